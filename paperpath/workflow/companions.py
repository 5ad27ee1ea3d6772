"""What an imported file says beside metadata → tags, notes, highlights and status of the paper.

First it is worked out what a paper would gain, which changes nothing, so that a dry run and an import cannot disagree;
then that is carried out. What is there already is not gained, so importing twice is importing once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from paperpath.formats.result import Beside
from paperpath.library.folding import fold
from paperpath.notes import imported
from paperpath.workflow import annotating, noting
from paperpath.workflow.texts import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library import Library
    from paperpath.model import Highlight, Record, Status

_T = TypeVar("_T")
_LONGEST_TAG = 100
"""Characters; the library refuses longer ones."""


class Gains(NamedTuple):
    """What one paper gains beside its metadata."""

    key: str
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """As :func:`~paperpath.notes.imported.piece` marks them."""
    highlights: tuple[Highlight, ...] = ()
    status: Status | None = None

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self != Gains(self.key)


def together(several: Iterable[Beside]) -> Beside:
    """What several entries say about one paper."""
    each = list(several)
    return Beside(
        files=_once(one.files for one in each),
        tags=_once(one.tags for one in each),
        keywords=_once(one.keywords for one in each),
        notes=_once(one.notes for one in each),
        highlights=_once(one.highlights for one in each),
        status=next((one.status for one in each if one.status), None),
    )


def _once(several: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(one for each in several for one in each))


def gains(library: Library, key: str, beside: Beside, *, keywords: bool = False) -> Gains:
    """What the paper would gain; with ``keywords``, these become tags too."""
    record = library.get(key)
    return Gains(
        key,
        _new_tags(record, (*beside.tags, *(beside.keywords if keywords else ()))),
        _new_notes(library, key, beside.notes),
        _new_highlights(record, beside.highlights),
        beside.status if record.status == "unread" and beside.status != "unread" else None,
    )


def carry_out(library: Library, gained: Gains) -> None:
    """Give a paper what it gains; call it inside the change that it belongs to.

    The note comes last: the history keeps its text from before the words were added, and whatever else happens to it
    before is no part of the history.
    """
    key = gained.key
    if gained.status:
        library.set_status([key], gained.status)
    if gained.tags:
        library.tag([key], add=gained.tags)
    if gained.status or gained.tags:
        noting.write_marks(library, [key])
    for mark in gained.highlights:
        library.add_highlight(key, mark)
    if gained.highlights and noting.wants_draft(library, key):
        noting.ensure_note(library, key)  # where the text is not here, the note is the place to see them
    elif gained.highlights:
        annotating.show_highlights(library, key)
    if gained.notes:
        noting.append_note(library, key, "\n\n".join(gained.notes))


def _new_tags(record: Record, names: Iterable[str]) -> tuple[str, ...]:
    had = {fold(name) for name in record.tags}
    found: dict[str, str] = {}
    for name in names:
        plain = " ".join(name.split())
        plain = plain if len(plain) <= _LONGEST_TAG else f"{plain[: _LONGEST_TAG - 1]}…"
        if plain and fold(plain) not in had:
            found.setdefault(fold(plain), plain)
    return tuple(found.values())


def _new_notes(library: Library, key: str, texts: Iterable[str]) -> tuple[str, ...]:
    pieces = dict.fromkeys(imported.piece(text) for text in texts if text.strip())
    if not pieces:
        return ()
    note = noting.note_text(library, key)
    return tuple(piece for piece in pieces if not imported.holds(note, piece))


def _new_highlights(record: Record, marks: Iterable[Highlight]) -> tuple[Highlight, ...]:
    had = {(letters(mark.quote), mark.page) for mark in record.highlights}
    found = {(letters(mark.quote), mark.page): mark for mark in marks}
    return tuple(mark for anchor, mark in found.items() if anchor not in had)
