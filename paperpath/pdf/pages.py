"""A PDF → pages of printed lines, by pypdfium2.

``letters.py`` asks PDFium for the letters of a page, ``cutting.py`` makes lines of them.

Not safe for threads: one process, one document at a time (see ``workers.py``).
"""

from __future__ import annotations

import ctypes
import re
from contextlib import contextmanager
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pypdfium2 as untyped_pypdfium2

from paperpath.errors import ParseFailed
from paperpath.pdf import anchors, calls, cutting, drawings, png
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.calls import pdfium
from paperpath.pdf.letters import MAX_LETTERS, Letters
from paperpath.pdf.lines import Box, Page
from paperpath.pdf.text import shown
from paperpath.pdf.views import Frame, View, averaged, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

pypdfium2: Any = untyped_pypdfium2

MAX_OBJECTS = 60_000
"""Objects on one page beyond which it is passed over: 400,000 text operators cost PDFium minutes, and the densest
page among real papers (a scatter plot drawn point by point) has some 30,000."""

MAX_PIXELS = 30_000_000
"""Pixels of one picture: a page at 550 dots an inch. What would have more is rendered coarser."""
_FINE = 16
"""Into so many parts a point is divided when a box is looked for on the screen: PDFium gives whole numbers."""
_PICTURES = re.compile(bytes([*b"[", pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, *b"]"]))
"""In a string of types of objects, a byte for each."""


@contextmanager
def opened(path: Path, data: bytes | None = None) -> Iterator[Document]:
    """The PDF at ``path``, or its mended copy ``data``, closed again afterwards.

    Raises:
        ParseFailed: it is no PDF, is damaged beyond repair, or wants a password.
    """
    try:
        document = pypdfium2.PdfDocument(path if data is None else data)
    except FileNotFoundError as error:
        raise ParseFailed(f"{shown(path.name)} is not there. Check the path.") from error
    except (pypdfium2.PdfiumError, OSError) as error:
        raise ParseFailed(_why(path, error)) from error
    found = Document(document)
    try:
        yield found
    finally:
        found.close()


def _why(path: Path, error: Exception) -> str:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return f"{shown(path.name)} is encrypted and wants a password. Save a copy without one and add that."
    if isinstance(error, OSError):
        return f"{shown(path.name)} cannot be read: {error.strerror or error}."
    return f"{shown(path.name)} is not a PDF, or damaged beyond repair. Download it again."


class Document:
    """An open PDF."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._places = anchors.Places(document.raw)
        self._loaded: dict[int, Any] = {}
        """The page by which :meth:`loads` saw that there is one, until it is read."""

    def __len__(self) -> int:
        return len(self._document)

    @property
    def title(self) -> str | None:
        """The title that the file's own metadata gives; often a file name or a template's."""
        return self._document.get_metadata_value("Title") or None

    def loads(self) -> bool:
        """Whether one of its first pages can be loaded: a file may open and hold nothing."""
        for index in range(min(3, len(self))):
            if page := self._loaded.get(index) or pdfium.FPDF_LoadPage(self._document.raw, index):
                self._loaded[index] = page
                return True
        return False

    def anchors(self, pages: Iterable[Page]) -> Anchors:
        """What the author's tools marked in the document and on these pages."""
        links = tuple(link for page in pages for link in page.links)
        outline = anchors.outline(self._document.raw)
        return Anchors(outline, tuple(self._places.sections), tuple(self._places.cites), links)

    def read(self, index: int) -> Page | None:
        """Page ``index`` (from 0); None when it cannot be loaded or holds more than a page can."""
        # Without pypdfium2's objects, whose finalizers cost 0.03 ms a page.
        page = self._loaded.pop(index, None) or pdfium.FPDF_LoadPage(self._document.raw, index)
        if not page:
            return None
        text = None
        try:
            if pdfium.FPDFPage_CountObjects(page) > MAX_OBJECTS:
                return None
            text = pdfium.FPDFText_LoadPage(page)
            if not text or pdfium.FPDFText_CountChars(text) > MAX_LETTERS:
                return None
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            lines = cutting.lines(Letters(text), index + 1, width)
            pictures = tuple(_pictures(page, width * height))
            return Page(index + 1, width, height, lines, pictures, tuple(self._places.links(page, index + 1)))
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    @contextmanager
    def letters(self, index: int) -> Iterator[Letters | None]:
        """The letters of page ``index`` (from 0) while they are looked at; None as for :meth:`read`."""
        page = pdfium.FPDF_LoadPage(self._document.raw, index)
        text = None
        try:
            if page and pdfium.FPDFPage_CountObjects(page) <= MAX_OBJECTS:
                text = pdfium.FPDFText_LoadPage(page)
            if text and pdfium.FPDFText_CountChars(text) <= MAX_LETTERS:
                yield Letters(text)
            else:
                yield None
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            if page:
                pdfium.FPDF_ClosePage(page)

    def text(self, index: int) -> str:
        """The letters of page ``index`` (from 0) in the order of the content stream; empty where there are none."""
        with self.letters(index) as letters:
            return letters.text if letters else ""

    def close(self) -> None:
        """Close the document, and the page that was loaded and not read."""
        for page in self._loaded.values():
            pdfium.FPDF_ClosePage(page)
        self._loaded.clear()
        self._document.close()

    @contextmanager
    def _page(self, index: int) -> Iterator[Any]:
        """Page ``index`` (from 0) while it is looked at; raises ParseFailed when it cannot be loaded."""
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise ParseFailed(f"Page {index + 1} is damaged and cannot be shown.") from error
        try:
            yield page
        finally:
            page.close()

    def drawn(self, index: int) -> list[Box]:
        """The boxes of images, embedded drawings and lines on page ``index`` (from 0); see ``drawings.py``."""
        with self._page(index) as page:
            return drawings.boxes(page.raw, page.get_bbox())

    def render(self, index: int, box: Box, dpi: int) -> bytes:
        """What page ``index`` (from 0) shows within ``box``, upright as a reader sees it, as PNG."""
        with self._page(index) as page:
            wide, high = page.get_size()
            scale = min(dpi / 72, (MAX_PIXELS / max(1.0, (box[2] - box[0]) * (box[3] - box[1]))) ** 0.5)
            size = (max(1, round(wide * scale)), max(1, round(high * scale)))
            corners = [_on_screen(page.raw, size, x, y) for x, y in (box[:2], box[2:])]
            (left, right), (top, bottom) = (sorted(numbers) for numbers in zip(*corners, strict=True))
            width, height = max(1, right - left), max(1, bottom - top)
            return png.encode(width, height, _painted(page.raw, size, left, top, width, height))

    def view(self, index: int, box: Box | None, frame: Frame) -> View:
        """What page ``index`` (from 0) shows within ``box``, or all of it, upright, in the pixels of a screen."""
        with self._page(index) as page:
            wide, high = page.get_size()
            left, top, right, bottom = _upright(page.raw, wide, high, box)
            seen = window(frame, (right - left) * wide, (bottom - top) * high)
            samples = frame.samples if seen.width * seen.height * frame.samples**2 <= MAX_PIXELS else 1
            across, down = seen.whole[0] * samples / (right - left), seen.whole[1] * samples / (bottom - top)
            rows = _painted(
                page.raw,
                (max(1, round(across)), max(1, round(down))),
                round(across * left) + seen.left * samples,
                round(down * top) + seen.top * samples,
                seen.width * samples,
                seen.height * samples,
            )
            pixels = averaged(b"".join(rows), seen.width, seen.height, samples)
            return View.of(seen.width, seen.height, pixels, seen.part)


def _upright(raw: Any, wide: float, high: float, box: Box | None) -> Box:
    """Left, top, right, bottom of a box on a page as it is shown, as parts of the page."""
    if box is None:
        return (0.0, 0.0, 1.0, 1.0)
    size = max(1, round(wide * _FINE)), max(1, round(high * _FINE))
    corners = [_on_screen(raw, size, x, y) for x, y in (box[:2], box[2:])]
    (left, right), (top, bottom) = (sorted(numbers) for numbers in zip(*corners, strict=True))
    return (left / size[0], top / size[1], max(left + 1, right) / size[0], max(top + 1, bottom) / size[1])


def _on_screen(raw: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """Where a point of a page is when the page is shown in ``size`` pixels: rotated, and from its crop box's corner."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(raw, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def _painted(raw: Any, size: tuple[int, int], left: int, top: int, width: int, height: int) -> list[bytes]:
    """The rows of a piece of a page that is shown in ``size`` pixels; without the frames that viewers draw at links."""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, raw, -left, -top, *size, 0, pdfium.FPDF_REVERSE_BYTE_ORDER)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return [pixels[y * stride : y * stride + 3 * width] for y in range(height)]


def _pictures(raw: Any, area: float) -> Iterator[Box]:
    """Images and form XObjects, save those that are the page itself or a mere rule."""
    things = list(map(calls.object_at, repeat(calls.handle(raw)), range(pdfium.FPDFPage_CountObjects(raw))))
    kinds = bytes(map(calls.object_type, things))  # half of what a loop over the 400 objects of a page takes
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for found in _PICTURES.finditer(kinds):
        if calls.object_bounds(things[found.start()], *map(ctypes.byref, (left, bottom, right, top))):
            box = (left.value, bottom.value, right.value, top.value)
            if box[2] - box[0] > 30 and box[3] - box[1] > 20 and (box[2] - box[0]) * (box[3] - box[1]) < 0.8 * area:
                yield box
