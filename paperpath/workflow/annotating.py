"""What a reader leaves on papers: status, tags, highlights; in the library and in the note together, as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.workflow import noting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import Highlight, Position, Status


def set_status(library: Library, keys: Sequence[str], status: Status) -> None:
    """Say how far papers have been read.

    Raises:
        UnknownPaper: there is no such paper; none was changed.
    """
    if not keys:
        return
    noting.refresh_notes(library, keys)
    what = None if len(keys) == 1 else f"status of {len(keys)} papers: {status}"
    with library.change(what or f"status of {keys[0]}: {library.get(keys[0]).status} → {status}"):
        library.set_status(keys, status)
        noting.write_marks(library, keys)


def tag(library: Library, keys: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Give tags to papers and take them away.

    Raises:
        UnknownPaper: there is no such paper; none was changed.
        BadInput: a text that can be no tag.
    """
    if not keys or not (add or remove):
        return
    noting.refresh_notes(library, keys)
    signs = " ".join([*(f"+{name}" for name in add), *(f"-{name}" for name in remove)])
    with library.change(f"tags of {keys[0] if len(keys) == 1 else f'{len(keys)} papers'}: {signs}"):
        library.tag(keys, add=add, remove=remove)
        noting.write_marks(library, keys)


def highlight(library: Library, key: str, mark: Highlight) -> Highlight:
    """Keep a highlight, or replace the one with its number, in the note too; the answer has its number and time."""
    if mark.id is None:
        kept = library.add_highlight(key, mark)
    else:
        library.update_highlight(key, mark)
        kept = mark
    show_highlights(library, key)
    return kept


def remove_highlight(library: Library, key: str, id: int) -> None:  # noqa: A002 - what a highlight calls it
    """Delete a highlight, from the note too.

    Raises:
        BadInput: there is none with this number.
    """
    library.remove_highlight(key, id)
    show_highlights(library, key)


def show_highlights(library: Library, key: str) -> None:
    """Bring the note up to date with the highlights, if there is a note."""
    if noting.note_path(library, key).exists():
        noting.update_note(library, key)


def set_position(library: Library, key: str, position: Position) -> None:
    """Remember where reading stopped; a paper that is opened for the first time is ``reading`` from then on."""
    library.set_position(key, position)
    if position.fraction > 0 and library.get(key).status == "unread":
        set_status(library, [key], "reading")
