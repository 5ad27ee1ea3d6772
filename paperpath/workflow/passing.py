"""Three passes over a paper: what is to be read and asked in each, which are done, and the status that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadInput
from paperpath.library.history import now
from paperpath.library.studies import DonePass
from paperpath.model import Guide
from paperpath.notes import checklist
from paperpath.study.passes import PASSES, following, returning
from paperpath.workflow import annotating, noting
from paperpath.workflow.texts import read_parsed

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.model import ParsedPaper, Status
    from paperpath.study.passes import Pass


class Item(NamedTuple):
    """A question of the checklist."""

    text: str
    ticked: bool


class OnePass(NamedTuple):
    """One pass."""

    name: Pass
    about: str
    """How it is done."""
    sections: tuple[str, ...]
    """What to read, from the guide, with the titles that the paper has; empty without a guide: then all of it."""
    task: str
    """What to practise, in the last pass of a paper that has a guide."""
    checklist: tuple[Item, ...]
    done_at: str | None
    """ISO 8601, UTC; None while it is to be done."""


class Passes(NamedTuple):
    """All three."""

    key: str
    title: str
    status: Status
    passes: tuple[OnePass, ...]


class Changed(NamedTuple):
    """What became of a pass that was set."""

    changed: bool
    """False if it was so before."""
    status: Status
    """What the paper is now."""
    raised: bool
    """Whether that followed from it."""


def passes(library: Library, key: str) -> Passes:
    """The three passes over a paper; raises UnknownPaper."""
    record = library.get(key)
    done = {one.name: one.at for one in library.passes(key)}
    guide = library.guide(record.key) or Guide(record.key)
    parsed = read_parsed(library, key) if record.parsed else None
    ticked = checklist.ticked(noting.note_text(library, record.key))
    return Passes(
        record.key,
        record.paper.title,
        record.status,
        tuple(
            OnePass(
                name,
                how,
                tuple(_titled(section, parsed) for section in sections),
                guide.task if name == "implement" else "",
                tuple(Item(question, question in ticked) for question in asked),
                done.get(name),
            )
            for name, (how, asked), sections in zip(
                PASSES, checklist.questions(), (guide.skim, guide.understand, guide.implement), strict=True
            )
        ),
    )


def set_pass(library: Library, key: str, name: str, *, done: bool) -> Changed:
    """Say that a pass over a paper is done, or to be done (again); the status follows, in the same change.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: there is no such pass.
    """
    if name not in PASSES:
        raise BadInput(f"{name!r} is no pass over a paper; there are {', '.join(PASSES)}.")
    noting.refresh_notes(library, [key])
    before = {one.name: one for one in library.passes(key)}
    status = library.get(key).status
    if (name in before) == done:
        return Changed(False, status, raised=False)
    others = [one for one in PASSES if one in before and one != name]
    if done:
        wanted = following(status, name, others)
    else:
        wanted = returning(status, before[name].after, before[name].before, others)
    moved = f"; status {status} → {wanted}" if wanted else ""
    with library.change(f"{name} {key}: {'done' if done else 'to do'}{moved}"):
        if done:
            library.set_pass(key, DonePass(name, now(), status if wanted else None, wanted))
        else:
            library.drop_pass(key, name)
        if wanted:
            annotating.set_status(library, [key], wanted)
    return Changed(True, wanted or status, raised=wanted is not None)


def tick(library: Library, key: str, question: str, *, on: bool) -> None:
    """Tick a box of the checklist in the note, which is drafted if there is none.

    Raises:
        BadInput: the note has no such box, because its reader took the checklist out.
    """
    noting.ensure_note(library, key)
    text = checklist.with_tick(noting.note_text(library, key), question, on)
    if text is None:
        raise BadInput(f"The note on {key} has no such box any more, so there is nothing to tick.")
    noting.write_note(library, key, text)


def _titled(section: str, parsed: ParsedPaper | None) -> str:
    """``3.2`` with its title, if the paper's text is here."""
    for one in parsed.sections if parsed else ():
        if one.number and one.number.rstrip(".") == section.rstrip("."):
            return f"{section} {one.title}"
    return section
