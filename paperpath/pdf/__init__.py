"""A PDF → :class:`~paperpath.model.ParsedPaper`; no network, no database.

``pages.py`` makes printed lines of the PDF and ``anchors.py`` collects what its author's tools marked. Then each of
``STEPS`` looks at the lines that are left, claims those it understands and writes down what they say; what nobody
claimed is the running text. A new heuristic is one function, in the list where it belongs.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperpath.collecting import uncollected
from paperpath.errors import ParseFailed
from paperpath.model import ParsedPaper
from paperpath.pdf import (
    algorithms,
    authors,
    captions,
    citations,
    contents,
    footnotes,
    front,
    headings,
    layout,
    legibility,
    references,
    sections,
    tables,
)
from paperpath.pdf.lines import Manuscript
from paperpath.pdf.text import clean, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from paperpath.pdf.lines import Box, Page
    from paperpath.pdf.pages import Document
    from paperpath.pdf.pictures import Region
    from paperpath.pdf.views import Frame, View

PARSER_VERSION = "6"
"""Changes whenever the same PDF may give another result, so that stored texts can be made anew."""

MAX_PAGES = 2_000
"""Pages that are read; the rest of a longer book is left out, with a warning."""

_SAMPLE = 4
"""Pages by which it is seen that fonts must be mended, before the rest is read in vain."""

STEPS: tuple[Callable[[Manuscript], None], ...] = (
    layout.tidy,  # margins, columns, rows → lines in reading order
    captions.find,  # before anything else: floats may stand anywhere
    tables.read,
    algorithms.read,
    contents.claim,  # names all headings, that of the references too
    references.find,
    footnotes.find,
    front.cover,
    front.title,
    headings.find,
    authors.find,  # stand between the title and the first prose
    front.abstract,  # ends where the first heading begins
    sections.assemble,  # what is left
    citations.find,
)


def parse(path: Path) -> ParsedPaper:
    """The structure of the PDF at ``path``, read in this process.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, or is encrypted.
    """
    with uncollected():
        return _parse(path)


def _parse(path: Path) -> ParsedPaper:
    manuscript, pages, warnings = _load(path)
    for step in STEPS:
        step(manuscript)
    return ParsedPaper(
        title=manuscript.title,
        authors=manuscript.authors,
        abstract=manuscript.abstract,
        arxiv_id=manuscript.arxiv_id,
        doi=manuscript.doi,
        sections=tuple(manuscript.sections),
        references=tuple(manuscript.references),
        citations=tuple(manuscript.citations),
        captions=tuple(manuscript.captions),
        footnotes=tuple(manuscript.footnotes),
        pages=pages,
        warnings=(*warnings, *manuscript.warnings),
    )


def page_count(path: Path) -> int:
    """How many pages the PDF at ``path`` has.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, is encrypted, or has no page that can be loaded.
    """
    from paperpath.pdf import pages

    with pages.opened(path) as document:
        if not document.loads():
            raise ParseFailed(f"{shown(path.name)} has no page that can be shown. Download it again.")
        return len(document)


def regions(path: Path) -> tuple[Region, ...]:
    """Where the figures, tables and algorithms of the PDF at ``path`` are, in the order of its captions.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, or is encrypted.
    """
    from paperpath.pdf import pages, pictures

    with uncollected():
        manuscript, _, _ = _load(path)
        for step in (layout.tidy, captions.find):
            step(manuscript)
        with pages.opened(path) as document:
            return pictures.find(manuscript, lambda number: document.drawn(number - 1))


def picture(path: Path, page: int, box: Box, dpi: int) -> bytes:
    """What page ``page`` (from 1) of the PDF at ``path`` shows within ``box``, as PNG.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, is encrypted, or has no such page.
    """
    from paperpath.pdf import pages

    with pages.opened(path) as document:
        return document.render(page - 1, box, dpi)


def view(path: Path, page: int, box: Box | None, frame: Frame) -> View:
    """What page ``page`` (from 1) of the PDF at ``path`` shows within ``box``, or all of it, in pixels of a screen.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, is encrypted, or has no such page.
    """
    from paperpath.pdf import pages

    with pages.opened(path) as document:
        return document.view(page - 1, box, frame)


@contextmanager
def searchable(path: Path) -> Iterator[Document]:
    """The PDF at ``path``, open, with fonts that say which letters they hold if that can be mended.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, or is encrypted.
    """
    from paperpath.pdf import pages, repair

    with pages.opened(path) as document:
        if not legibility.is_garbled(_pages(document, 0, _SAMPLE)):
            yield document
            return
    with pages.opened(path, repair.repaired(path)) as document:
        yield document


def _load(path: Path) -> tuple[Manuscript, int, list[str]]:
    """The lines and anchors of a PDF, its page count, and what had to be left out."""
    from paperpath.pdf import pages, repair

    with pages.opened(path) as document:
        if not document.loads():
            raise ParseFailed(f"{shown(path.name)} has no page that can be shown. Download it again.")
        count, name = len(document), document.title
        first = _pages(document, 0, min(_SAMPLE, MAX_PAGES))
        mended = repair.repaired(path) if legibility.is_garbled(first) else None
        if mended is None:
            read = first + _pages(document, _SAMPLE, MAX_PAGES)
            marks = document.anchors(page for page in read if page)
    if mended is not None:
        with pages.opened(path, mended) as document:
            read = _pages(document, 0, MAX_PAGES)
            marks = document.anchors(page for page in read if page)
    kept = [page for page in read if page is not None]
    warnings = []
    if count > MAX_PAGES:
        warnings.append(f"Only the first {MAX_PAGES:,} of {count:,} pages were read.")
    if len(kept) < len(read):
        numbers = ", ".join(str(i) for i, page in enumerate(read, 1) if page is None)[:80]
        warnings.append(f"Pages that are damaged or too crowded were left out: {numbers}.")
    warnings += legibility.warnings(kept)
    return Manuscript(kept, marks, name=clean(name or "").strip() or None), count, warnings


def _pages(document: Document, start: int, end: int) -> list[Page | None]:
    return [document.read(i) for i in range(start, min(len(document), end))]
