"""What is drawn on a page besides its text: the boxes of images, embedded drawings and lines, as far as they show.

PDFium gives the box of an embedded drawing by all that it holds, and a plot often holds more than it shows: the rest is
cut off by a clip path. So drawings are looked into, and whatever is large is cut by its clip path.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from paperpath.pdf import calls
from paperpath.pdf.boxes import joined
from paperpath.pdf.calls import pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.pdf.lines import Box

_DEEPEST = 5
"""Drawings in drawings that are looked into."""
_MOST = 60_000
"""Objects that are looked at on one page; see ``pages.MAX_OBJECTS``."""
_CORNERS = 200
"""Corners of a clip path that are looked at; nearly all are rectangles."""
_LARGE = 20.0
"""Points from which an object's clip path and paint are asked for: smaller ones cannot reach far beyond the rest."""
_BACKGROUND = 0.8
"""Share of the page from which something is what the page is printed on."""
_SHEET = 0.4
"""Share of the page from which an embedded drawing may be the page itself, with its text (1412.6980)."""


def boxes(raw: Any, page: Box) -> list[Box]:
    """The boxes of everything but text on a loaded page that shows in ``page``, its visible part.

    A drawing that was embedded as one is one box, with the words in it; one that is nearly as large as the page is
    not, but what it holds is.
    """
    return list(_Looker(page).look(calls.handle(raw), pdfium.FPDFPage_CountObjects(raw)))


class _Looker:
    """The walk through the objects of one page; holds the C buffers and counts what was seen."""

    def __init__(self, page: Box) -> None:
        self._page = page
        self._area = _area(page)
        self._left = _MOST
        self._numbers = [ctypes.c_float() for _ in range(4)]
        self._bounds = tuple(map(ctypes.byref, self._numbers))

    def look(self, page: ctypes.c_void_p, count: int) -> Iterator[Box]:
        """The boxes of the first ``count`` objects of a page."""
        for i in range(count):
            yield from self._of(calls.object_at(page, i), None, self._page, 0)

    def _of(self, thing: Any, matrix: Any, window: Box, depth: int) -> Iterator[Box]:
        """What object ``thing``, which ``matrix`` brings onto the page, shows within ``window``."""
        self._left -= 1
        kind = calls.object_type(thing)
        if self._left < 0 or (kind == pdfium.FPDF_PAGEOBJ_TEXT and not depth):
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from self._drawing(thing, matrix, window, depth)
            return
        if not calls.object_bounds(thing, *self._bounds):
            return
        box: Box = tuple(number.value for number in self._numbers)  # type: ignore[assignment]  # four of them
        if matrix is not None:
            box = _moved(box, matrix)
        if box[2] - box[0] > _LARGE or box[3] - box[1] > _LARGE:
            if kind == pdfium.FPDF_PAGEOBJ_PATH and not _is_painted(thing):
                return
            clip = _clip(thing)
            if clip is not None:
                window = _common(window, clip if matrix is None else _moved(clip, matrix))
        box = _common(box, window)
        if box[0] <= box[2] and box[1] <= box[3] and _area(box) < _BACKGROUND * self._area:
            yield box

    def _drawing(self, form: Any, matrix: Any, window: Box, depth: int) -> Iterator[Box]:
        """An embedded drawing as one box, or what it holds where it may be the page itself."""
        own = pdfium.FS_MATRIX()
        if depth >= _DEEPEST or not pdfium.FPDFPageObj_GetMatrix(_typed(form), own):
            return
        clip = _clip(form)
        if clip is not None:
            window = _common(window, clip if matrix is None else _moved(clip, matrix))
        if matrix is not None:
            own = _product(own, matrix)
        count = pdfium.FPDFFormObj_CountObjects(_typed(form))
        held: list[tuple[Box, bool]] = []
        for i in range(min(count, max(0, self._left))):
            thing = calls.handle(pdfium.FPDFFormObj_GetObject(_typed(form), i))
            text = calls.object_type(thing) == pdfium.FPDF_PAGEOBJ_TEXT
            held += [(box, text) for box in self._of(thing, own, window, depth + 1)]
        if not held:
            return
        whole = joined([box for box, _ in held])
        if _area(whole) < _SHEET * self._area:
            yield whole
        else:
            yield from (box for box, text in held if not text)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _common(a: Box, b: Box) -> Box:
    return (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))


def _typed(thing: Any) -> Any:
    """An object for the functions that ``calls`` has not."""
    return ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)


def _is_painted(path: Any) -> bool:
    """Whether a path shows: some are there to be clipped by, some are white paper under a drawing (1602.07360)."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(_typed(path), fill, stroke) or stroke.value:
        return True
    colour = [ctypes.c_uint() for _ in range(4)]
    known = fill.value and pdfium.FPDFPageObj_GetFillColor(_typed(path), *colour)
    return bool(fill.value) and not (known and all(part.value == 255 for part in colour[:3]))


def _clip(thing: Any) -> Box | None:
    """The box within which an object shows, in its own coordinates; None where nothing is cut off."""
    clip = pdfium.FPDFPageObj_GetClipPath(_typed(thing))
    found: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        xs, ys = [], []
        for j in range(min(_CORNERS, max(0, pdfium.FPDFClipPath_CountPathSegments(clip, i)))):
            if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, i, j), x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            box = (min(xs), min(ys), max(xs), max(ys))
            found = box if found is None else _common(found, box)
    return found


def _moved(box: Box, m: Any) -> Box:
    corners = [(box[i], box[j]) for i in (0, 2) for j in (1, 3)]
    xs = [m.a * x + m.c * y + m.e for x, y in corners]
    ys = [m.b * x + m.d * y + m.f for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _product(a: Any, b: Any) -> Any:
    """The matrix that does what ``a`` does and then what ``b`` does."""
    return pdfium.FS_MATRIX(
        a.a * b.a + a.b * b.c,
        a.a * b.b + a.b * b.d,
        a.c * b.a + a.d * b.c,
        a.c * b.b + a.d * b.d,
        a.e * b.a + a.f * b.c + b.e,
        a.e * b.b + a.f * b.d + b.f,
    )
