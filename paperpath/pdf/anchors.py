"""What the author's own tools left in the PDF: bookmarks, named destinations and links, by PDFium.

hyperref marks every section (``section.3``), every bibliography entry (``cite.vaswani2017``) and every citation (a link
to one). 19 of 21 arXiv papers since 2015 have these; papers before, scans and publishers' copies have none. So the
anchors confirm and complete what the printed page says, and every step does without them when they are missing or
wrong.

PDFium resolves the name of a link by itself and does not tell it. But it gives the same array for the same name, so the
address of the array says which entry a link leads to.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperpath.pdf import calls
from paperpath.pdf.calls import pdfium
from paperpath.pdf.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BOOKMARKS = 5_000
MAX_TARGETS = 3_000
"""Named places that are read. PDFium finds each by counting from the first: 1,100 take 30 ms, 3,000 some 200 ms."""
MAX_LINKS = 2_000
"""Links that are read on one page; outlines and lists of annotations of hostile files have no end."""
_TITLE_BYTES = 2_048
_NAME = ctypes.create_string_buffer(_TITLE_BYTES)
_DEEPEST = 8
_SECTION = re.compile(r"(?:part|chapter|appendix|(?:sub){0,2}section)\*?\.")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of the outline."""

    title: str
    level: int
    """From 1."""
    page: int
    y: float | None


@dataclass(frozen=True, slots=True)
class Target:
    """A named place that links can lead to."""

    name: str
    page: int
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to a bibliography entry."""

    page: int
    box: tuple[float, float, float, float]
    name: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """All marks of one PDF; empty for most older papers."""

    outline: tuple[Bookmark, ...] = ()
    sections: tuple[Target, ...] = ()
    cites: tuple[Target, ...] = ()
    links: tuple[Link, ...] = ()


class Places:
    """The named places of an open PDF; kept while its pages are read."""

    def __init__(self, raw: Any) -> None:
        self._document = calls.handle(raw)
        self.sections: list[Target] = []
        self.cites: list[Target] = []
        self._cites: dict[int, str] = {}
        """Names by the address of what PDFium resolves them to."""
        count = pdfium.FPDF_CountNamedDests(raw)
        for i in range(count if count <= MAX_TARGETS else 0):
            name, destination = _named(raw, i)
            if name.startswith("cite."):
                self._cites[_address(destination)] = name
                self.cites += _target(raw, name, destination)
            elif _SECTION.match(name):
                self.sections += _target(raw, name, destination)

    def links(self, page: Any, number: int) -> Iterator[Link]:
        """The links of a loaded page that lead to bibliography entries."""
        if not self._cites:
            return
        position, link, rectangle = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        sheet, next_one, found = calls.handle(page), ctypes.byref(position), ctypes.byref(link)
        for _ in range(MAX_LINKS):
            if not calls.next_link(sheet, next_one, found):
                return
            name = self._cites.get(calls.link_target(self._document, link))
            if name and pdfium.FPDFLink_GetAnnotRect(link, rectangle):
                x0, x1 = sorted((rectangle.left, rectangle.right))
                y0, y1 = sorted((rectangle.bottom, rectangle.top))
                yield Link(number, (x0, y0, x1, y1), name)


def outline(raw: Any) -> tuple[Bookmark, ...]:
    """The bookmarks of an open PDF in their order; those that lead nowhere are left out."""
    found: list[Bookmark] = []
    buffer = ctypes.create_string_buffer(_TITLE_BYTES)
    asked = 0
    first = pdfium.FPDFBookmark_GetFirstChild(raw, None)
    waiting = [(first, 1)] if first else []
    while waiting and asked < MAX_BOOKMARKS:
        mark, level = waiting.pop()
        asked += 1
        if following := pdfium.FPDFBookmark_GetNextSibling(raw, mark):
            waiting.append((following, level))
        if level < _DEEPEST and (child := pdfium.FPDFBookmark_GetFirstChild(raw, mark)):
            waiting.append((child, level + 1))
        destination = pdfium.FPDFBookmark_GetDest(raw, mark)
        page = pdfium.FPDFDest_GetDestPageIndex(raw, destination) + 1 if destination else 0
        length = pdfium.FPDFBookmark_GetTitle(mark, buffer, _TITLE_BYTES)
        title = " ".join(clean(_decoded(buffer, length)).split())
        if page > 0 and title:
            found.append(Bookmark(title, level, page, _place(destination)[1]))
    return tuple(found)


def _named(raw: Any, i: int) -> tuple[str, Any]:
    """Named destination ``i``; an empty name when it has none or leads nowhere."""
    size = ctypes.c_long(_TITLE_BYTES)
    destination = pdfium.FPDF_GetNamedDest(raw, i, _NAME, size)
    return (_decoded(_NAME, size.value), destination) if destination else ("", None)


def _decoded(buffer: ctypes.Array[ctypes.c_char], length: int) -> str:
    """UTF-16 text that ends with a zero; empty when it was too long for the buffer."""
    return (
        ctypes.string_at(buffer, length).decode("utf-16-le", "replace").rstrip("\0")
        if 0 < length <= _TITLE_BYTES
        else ""
    )


def _target(raw: Any, name: str, destination: Any) -> list[Target]:
    page = pdfium.FPDFDest_GetDestPageIndex(raw, destination) + 1
    return [Target(name, page, *_place(destination))] if page > 0 else []


def _place(destination: Any) -> tuple[float | None, float | None]:
    """Left and top of what a destination shows, where it says so."""
    given = [ctypes.c_int() for _ in range(3)]
    values = [ctypes.c_float() for _ in range(3)]
    if pdfium.FPDFDest_GetLocationInPage(destination, *given, *values):
        x, y, _ = (value.value if has.value else None for has, value in zip(given, values, strict=True))
        return x, y
    count, numbers = ctypes.c_ulong(), (ctypes.c_float * 4)()
    view = pdfium.FPDFDest_GetView(destination, count, numbers)
    if view in (pdfium.PDFDEST_VIEW_FITH, pdfium.PDFDEST_VIEW_FITBH) and count.value >= 1:
        return None, numbers[0]
    if view == pdfium.PDFDEST_VIEW_FITR and count.value == 4:
        return numbers[0], numbers[3]
    return None, None


def _address(destination: Any) -> int:
    return ctypes.cast(destination, ctypes.c_void_p).value or 0
