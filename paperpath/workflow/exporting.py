"""Exporting: papers of the library → a bibliography, in any format of :data:`paperpath.formats.WRITERS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.durable import atomic_write
from paperpath.errors import BadInput
from paperpath.formats import WRITERS

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library


def export(library: Library, *, query: str = "", list_name: str | None = None, format: str = "bibtex") -> str:  # noqa: A002 - what the option is called
    """The bibliography of the whole library, of what ``query`` finds, or of a reading list in reading order.

    Raises:
        BadInput: there is no such format.
        BadQuery: the query cannot be read.
        UnknownList: there is no such list.
    """
    if format not in WRITERS:
        raise BadInput(f"There is no format {format!r}. The formats are {', '.join(WRITERS)}.")
    return WRITERS[format].write(library.papers(query, list_name=list_name))


def pin_exported(library: Library, *, query: str = "", list_name: str | None = None) -> None:
    """Remember that the keys of these papers stand in a file now, so that no formula makes them anew."""
    pins = library.pins()  # a second export of the same papers then waits for nobody's writing
    new = [row.key for row in library.rows(query, list_name=list_name) if "exported" not in pins.get(row.key, ())]
    if new:
        library.pin(new, "exported")


def write_export(path: Path, text: str) -> None:
    """Put the text into a file in one step: a LaTeX run beside it sees the old file or the new one.

    A file that says this already is left alone, so that build tools see no change.

    Raises:
        DiskFull, LibraryError: it cannot be written; what was there is whole.
    """
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    atomic_write(path, data)
