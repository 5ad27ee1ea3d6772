"""What the details pane says about a paper: paragraphs, ready to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.tui.cells import Run, clip, safe
from paperpath.tui.widgets.text import BLANK, Para, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library.studies import DonePass
    from paperpath.model import ListEntry, ReadingList, Record
    from paperpath.tui.catalogue import Catalogue, Scope
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.keymap import Keymap
    from paperpath.workflow.citations import Cited

MOST_AUTHORS = 8
STATUS_STYLES = {"unread": "dim", "skimmed": "quote", "reading": "accent", "read": "good"}


PAPER, MARK = "paper:", "mark:"
"""What a link begins with: to a paper by its key, and to a highlight of this one by its number."""


class Kin(NamedTuple):
    """Papers of the library that this one is tied to by bibliographies."""

    cited: Cited | None = None
    """None while that is not known."""
    citing: tuple[str, ...] = ()


def of_record(
    record: Record,
    catalogue: Catalogue,
    scope: Scope,
    glyphs: Glyphs,
    keymap: Keymap,
    kin: Kin | None = None,
    passes: Sequence[DonePass] = (),
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
    said += [line(safe(where), "dim"), BLANK, *_state(record, glyphs, keymap), *_passes(passes, glyphs, keymap)]
    found = catalogue.entry(record.key, scope)
    if found:
        said += _study(found[0], found[1], record, catalogue, glyphs)
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


def _state(record: Record, glyphs: Glyphs, keymap: Keymap) -> list[Para]:
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


def _study(
    reading_list: ReadingList, entry: ListEntry, record: Record, catalogue: Catalogue, glyphs: Glyphs
) -> list[Para]:
    if not entry.why:  # a list of papers that somebody collected
        return []
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
    if entry.needs:
        said += [BLANK, line("NEEDS", "dim strong"), *(_other(key, catalogue, glyphs) for key in entry.needs)]
    unlocks = [other.key for other in reading_list.entries if record.key in other.needs]
    if unlocks:
        said += [BLANK, line("LEADS TO", "dim strong"), *(_other(key, catalogue, glyphs) for key in unlocks[:6])]
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
