"""Exporting: papers of the library → a bibliography, in any format of :data:`paperpath.formats.WRITERS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.durable import atomic_write
from paperpath.errors import BadInput
from paperpath.formats import WRITERS

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from paperpath.library import Library


def export(
    library: Library,
    *,
    query: str = "",
    list_name: str | None = None,
    format: str = "bibtex",  # noqa: A002 - what the option is called
    only: Container[str] | None = None,
) -> str:
    """The bibliography of the whole library, of what ``query`` finds, or of a reading list in reading order.

    Args:
        library: where the papers are.
        query: see :mod:`paperpath.library.query`.
        list_name: of a reading list.
        format: a name from :data:`paperpath.formats.WRITERS`.
        only: keys of the papers that may be in it, as :func:`~paperpath.workflow.cited_papers.cited` gives; None: all.

    Raises:
        BadInput: there is no such format, or nothing is left to be written.
        BadQuery: the query cannot be read.
        UnknownList: there is no such list.
    """
    if format not in WRITERS:
        raise BadInput(f"There is no format {format!r}. The formats are {', '.join(WRITERS)}.")
    papers = library.papers(query, list_name=list_name)
    if only is not None:
        papers = [paper for paper in papers if paper.key in only]
        if not papers:
            raise BadInput("No paper that is cited is in the library, so nothing was written.")
    return WRITERS[format].write(papers)


def pin_exported(
    library: Library, *, query: str = "", list_name: str | None = None, only: Container[str] | None = None
) -> None:
    """Remember that the keys of these papers stand in a file now, so that no formula makes them anew."""
    pins = library.pins()  # a second export of the same papers then waits for nobody's writing
    keys = [row.key for row in library.rows(query, list_name=list_name) if only is None or row.key in only]
    if new := [key for key in keys if "exported" not in pins.get(key, ())]:
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
