"""What the details pane says about a paper: paragraphs, ready to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.tui.cells import Run, clip, safe
from paperpath.tui.widgets.text import BLANK, Para, line
from paperpath.workflow.places import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.library.studies import DonePass
    from paperpath.model import Guide, ListEntry, ReadingList, Record
    from paperpath.tui.catalogue import Catalogue, Scope
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.keymap import Keymap
    from paperpath.workflow.citations import Cited

MOST_AUTHORS = 8
STATUS_STYLES = {"unread": "dim", "skimmed": "quote", "reading": "accent", "read": "good"}


PAPER, MARK, ANSWER = "paper:", "mark:", "answer:"
"""What a link begins with: to a paper by its key, to a highlight of this one by its number, and to the answer of a
question by its place."""


class Kin(NamedTuple):
    """Papers of the library that this one is tied to by bibliographies."""

    cited: Cited | None = None
    """None while that is not known."""
    citing: tuple[str, ...] = ()


class Guidance(NamedTuple):
    """What its guide says about reading a paper."""

    guide: Guide
    topics: tuple[str, ...] = ()
    """Names of what to know before."""
    answered: frozenset[int] = frozenset()
    """Places of the questions whose answers are shown."""


def guidance(library: Library, key: str) -> Guidance | None:
    """What the pane says of a guide; None where there is none."""
    guide = library.guide(key)
    if guide is None:
        return None
    topics = library.topics(guide.know) if guide.know else {}
    return Guidance(guide, tuple(topics[one].name for one in guide.know if one in topics))


def of_record(
    record: Record,
    catalogue: Catalogue,
    scope: Scope,
    glyphs: Glyphs,
    keymap: Keymap,
    kin: Kin | None = None,
    passes: Sequence[DonePass] = (),
    *,
    guided: Guidance | None = None,
) -> list[Para]:
    """Everything about one paper, what decides whether to read it first."""
    paper = record.paper
    said = [line(safe(paper.title), "title")]
    if paper.authors:
        said.append(line(safe(_authors(record))))
    where = f" {glyphs.dot} ".join(
        part
        for part in (paper.venue, str(paper.year) if paper.year else "", str(paper.ids[0]) if paper.ids else "")
        if part
    )
    state = [*_state(record, glyphs, keymap, guided), *_passes(passes, glyphs, keymap)]
    said += [line(safe(where), "dim"), BLANK, *state]
    found = catalogue.entry(record.key, scope)
    reading_list, entry = found if found and found[1].why else (None, None)
    if reading_list and entry:
        said += _study(reading_list, entry, record, catalogue)
    said += _needs(entry.needs if entry else (), guided, catalogue, glyphs)
    if guided:
        said += _guide(guided, keymap)
    if reading_list:
        said += _leads(reading_list, record, catalogue, glyphs)
    if paper.abstract:
        said += [BLANK, line("ABSTRACT", "dim strong"), line(safe(" ".join(paper.abstract.split())))]
    said += _marks(record, glyphs)
    if kin is not None:
        said += _kin(kin, catalogue, glyphs)
    return said


def _kin(kin: Kin, catalogue: Catalogue, glyphs: Glyphs) -> list[Para]:
    said: list[Para] = []
    if kin.cited is not None and kin.cited.total:
        heading = f"REFERENCES  {len(kin.cited.keys)} of {kin.cited.total} are here"
        said += [BLANK, line(heading, "dim strong"), *(_other(key, catalogue, glyphs) for key in kin.cited.keys)]
    if kin.citing:
        heading = f"CITED BY  {len(kin.citing)} here"
        said += [BLANK, line(heading, "dim strong"), *(_other(key, catalogue, glyphs) for key in kin.citing)]
    return said


def _authors(record: Record) -> str:
    names = [str(author) for author in record.paper.authors]
    if len(names) > MOST_AUTHORS:
        names = [*names[: MOST_AUTHORS - 2], f"and {len(names) - MOST_AUTHORS + 2} more"]
    return ", ".join(names)


def _state(record: Record, glyphs: Glyphs, keymap: Keymap, guided: Guidance | None) -> list[Para]:
    runs: list[Run] = [(f"{glyphs.status(record.status)} {record.status}", STATUS_STYLES[record.status])]
    if record.position and 0 < record.position.fraction < 1 and record.status != "read":
        full, empty = glyphs.bar(record.position.fraction, 8)
        runs += [("  ", ""), (full, "accent"), (empty, "dim"), (f" {record.position.fraction:.0%}", "")]
    if record.pdf and record.parsed:
        runs.append((f"  {record.pdf.pages} pages", "dim"))
    elif record.pdf:
        runs.append(("  PDF here, not read yet", "dim"))
    elif record.paper.arxiv_id and not record.problem:
        runs += [("  not here yet: ", "dim"), (keymap.label("paper.fetch"), "mark"), (" fetches", "dim")]
    if guided and guided.guide.minutes and record.status != "read":
        runs.append((f"  {guided.guide.minutes} minutes", "dim"))
    said = [Para(tuple(runs))]
    if record.problem:
        said.append(Para(((f"{glyphs.problem} ", "bad"), (safe(record.problem), "bad")), indent=2))
    if record.tags:
        said.append(line(safe(" ".join(f"#{tag}" for tag in record.tags)), "quote"))
    said.append(line(safe(record.key), "dim"))
    return said


def _passes(passes: Sequence[DonePass], glyphs: Glyphs, keymap: Keymap) -> list[Para]:
    """The passes that are done, each with its day; a paper without any says nothing of them."""
    if not passes:
        return []
    runs: list[Run] = []
    for one in passes:
        runs += [(f"{glyphs.tick} {one.name} ", "good"), (f"{one.at[:10]}  ", "dim")]
    return [Para((*runs, (keymap.label("paper.passes"), "mark"), (" passes", "dim")))]


def _study(reading_list: ReadingList, entry: ListEntry, record: Record, catalogue: Catalogue) -> list[Para]:
    said = [BLANK, line("WHY IT MATTERS", "dim strong"), line(safe(entry.why))]
    following = catalogue.next_in(reading_list)
    if following and following.step.key == record.key:
        said += [
            BLANK,
            line("WHY NEXT", "accent strong"),
            line(safe(f"{following.reason[:1].upper()}{following.reason[1:]}.")),
        ]
    if entry.introduces:
        said += [BLANK, line("INTRODUCES", "dim strong"), line(safe(", ".join(entry.introduces)))]
    return said


def _needs(papers: tuple[str, ...], guided: Guidance | None, catalogue: Catalogue, glyphs: Glyphs) -> list[Para]:
    topics = guided.topics if guided else ()
    if not papers and not topics:
        return []
    said = [BLANK, line("NEEDS", "dim strong"), *(_other(key, catalogue, glyphs) for key in papers)]
    if topics:
        said.append(line(safe(", ".join(topics))))
    return said


def _guide(guided: Guidance, keymap: Keymap) -> list[Para]:
    """What to look for, what to ask oneself, and what to try; an answer is there when it is asked for."""
    guide, said = guided.guide, list[Para]()
    if guide.look_for:
        said += [BLANK, line("LOOK FOR", "dim strong"), line(safe(guide.look_for))]
    if guide.questions:
        key = keymap.label("pane.follow")
        said += [BLANK, Para((("QUESTIONS  ", "dim strong"), (key, "mark"), (" answers one", "dim")))]
        for at, one in enumerate(guide.questions):
            head = f"{at + 1}. "
            runs: tuple[Run, ...] = (
                (head, "dim"),
                (safe(one.ask), ""),
                (f"  {safe(places([one.section]))}", "dim"),
            )
            said.append(Para(runs, indent=len(head), link=f"{ANSWER}{at}"))
            if at in guided.answered:
                said.append(Para(((safe(one.answer), "quote"),), indent=len(head), first=len(head)))
    if guide.task:
        said += [BLANK, line("TRY IT", "dim strong"), line(safe(guide.task))]
    return said


def _leads(reading_list: ReadingList, record: Record, catalogue: Catalogue, glyphs: Glyphs) -> list[Para]:
    unlocks = [other.key for other in reading_list.entries if record.key in other.needs]
    if not unlocks:
        return []
    said = [BLANK, line("LEADS TO", "dim strong"), *(_other(key, catalogue, glyphs) for key in unlocks[:6])]
    if len(unlocks) > 6:
        said.append(line(f"  and {len(unlocks) - 6} more", "dim"))
    return said


def _other(key: str, catalogue: Catalogue, glyphs: Glyphs) -> Para:
    row = catalogue.row(key)
    if row is None:
        return Para((("  ", ""), (safe(key), "dim")), indent=2)
    year = f" {row.year}" if row.year else ""
    return Para(
        (
            (f"{glyphs.status(row.status)} ", STATUS_STYLES[row.status]),
            (clip(safe(row.title), 90, glyphs.ellipsis), ""),
            (year, "dim"),
        ),
        indent=2,
        link=f"{PAPER}{key}",
    )


def _marks(record: Record, glyphs: Glyphs) -> list[Para]:
    if not record.highlights:
        return []
    said = [BLANK, line(f"HIGHLIGHTS  {len(record.highlights)}", "dim strong")]
    for highlight in record.highlights[-3:]:
        quote = clip(safe(" ".join(highlight.quote.split())), 200, glyphs.ellipsis)
        page = f"  p.{highlight.page}" if highlight.page else ""
        said.append(
            Para(((f"{glyphs.quote} ", "mark"), (quote, "quote"), (page, "dim")), 2, link=f"{MARK}{highlight.id}")
        )
    return said
