"""The letters of one page, by PDFium: what they are, where they stand and what they are set in.

One text object of a PDF holds letters of one font, one size and one height; TeX begins a new one for every change of
them, and a line of plain text is one object from end to end. So style is asked once for each object and kept, and a
line is cut into :class:`Run` s by asking few of its letters for their object.
"""

from __future__ import annotations

import ctypes
import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.pdf import calls, glyphs
from paperpath.pdf.calls import pdfium
from paperpath.pdf.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOLD = re.compile(r"bold|black|heavy|medi(?!um.?it)|demi|cmb|[-,]b\b|sfbx|bx\d|-bd|nimbus\w+-bol", re.I)
_ITALIC = re.compile(r"ital|obli|cmti|cmmi|slant|cmsl|sfti|sfsl|-it\b|ti\d|regu?ital", re.I)
_LIGHT = re.compile(r"regu|roman|book|light|cmr\d|cmmi|cmsy|cmti|ital", re.I)
_MATHS = re.compile(r"mi(?:b?\d|$)|math|mathit|msbm|cmsy|cmex|mtsy|mtex|symbol", re.I)
_SMALL_CAPS = re.compile(r"csc|smallcap|sc\d|caps", re.I)
_ACCENTS = "¨´ˆ˜˚ˇ˙˝"
_STRAY_ACCENT = re.compile(rf"(?<=[^\W\d_])[{_ACCENTS}](?=[\s.,;)]|$)|(?<=[\s.,;)])[{_ACCENTS}`](?=\s|$)")
_BEFORE_ACCENT = re.compile(rf"(?<=[^\W\d_]) +(?=[{_ACCENTS}][^\W\d_])")
_TOUCHING = 1.2
"""Points; less than any space between words."""

Bounds = tuple[float, float, float, float]
"""Left, right, bottom, top in PDF points."""


class Font(NamedTuple):
    """A font by what its name says."""

    name: str
    bold: bool
    italic: bool
    caps: bool
    maths: bool
    """Whether it is one of variables and signs."""

    @property
    def style(self) -> tuple[bool, bool, bool]:
        """What tells it from the font of the running text."""
        return (self.bold, self.italic, self.caps)


class Style(NamedTuple):
    """What the letters of one text object are set in."""

    font: Font
    size: float
    """Points as printed."""
    rotated: bool
    """Whether letters stand on their side."""


class Run(NamedTuple):
    """Letters of one text object."""

    start: int
    end: int
    """The index after the last."""
    style: Style


_NO_FONT = Font("", bold=False, italic=False, caps=False, maths=False)


class Letters:
    """The letters of one page, in the order of the content stream; holds the C buffers for all questions."""

    def __init__(self, raw: Any) -> None:
        self._page = calls.handle(raw)
        self.text, self._index = _page_text(raw, self._page)
        self._fonts: dict[int, Font] = {}
        self._styles: dict[int | None, Style] = {}
        self._boxes: dict[int, Bounds] = {}
        numbers = [ctypes.c_double() for _ in range(4)]
        self._left, self._right, self._bottom, self._top = numbers
        self._bounds = tuple(map(ctypes.byref, numbers))
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_reference = ctypes.byref(self._matrix)
        if any(accent in self.text for accent in _ACCENTS):  # the pattern alone would cost more than all else here
            for accent in _STRAY_ACCENT.finditer(self.text):
                self._set_accent(accent.start())
            for space in _BEFORE_ACCENT.finditer(self.text):
                self._close_up(space.start(), space.end())

    def box(self, i: int) -> Bounds:
        """The place of the letter at text index ``i``."""
        if (known := self._boxes.get(i)) is not None:
            return known
        calls.char_box(self._page, self._index[i], *self._bounds)
        box = (self._left.value, self._right.value, self._bottom.value, self._top.value)
        self._boxes[i] = box
        return box

    def level(self, i: int) -> float:
        """The height of the baseline on which the letter at text index ``i`` stands."""
        calls.char_origin(self._page, self._index[i], *self._origin)
        return self._y.value

    def style(self, i: int) -> Style:
        """What the letter at text index ``i`` is set in."""
        return self._style(i, calls.text_object(self._page, self._index[i]))

    def runs(self, a: int, z: int) -> list[Run]:
        """The letters from text index ``a`` to ``z``, both included and neither a space, cut where the object changes.

        Looks ahead in steps that double, then halves the last one: a line of plain text costs two questions, a formula
        one or two for each letter. A space counts as the letter before it: most are PDFium's own, of no object.
        """
        found: list[Run] = []
        ask, page, index, text = calls.text_object, self._page, self._index, self.text
        start, thing = a, ask(page, index[a])
        last = ask(page, index[z])
        while thing != last:
            same, other, following, step = start, z, last, 1
            while other - same > 1:
                probe = min(same + step, (same + other) // 2)
                while text[probe].isspace():
                    probe -= 1
                if probe <= same:  # nothing but spaces up to the middle
                    probe = self.letter(same + 1, other)
                    if probe >= other:
                        break
                at = ask(page, index[probe])
                if at == thing:
                    same, step = probe, 2 * step
                else:
                    other, following = probe, at
            found.append(Run(start, other, self._style(start, thing)))
            start, thing = other, following
        found.append(Run(start, z + 1, self._style(start, thing)))
        return found

    def letter(self, i: int, end: int) -> int:
        """The first index from ``i`` on that is no space: spaces are often PDFium's own and have no font."""
        while i < end and self.text[i].isspace():
            i += 1
        return i

    def _style(self, i: int, thing: int | None) -> Style:
        """The style of text object ``thing``, to which the letter at text index ``i`` belongs."""
        style = self._styles.get(thing)
        if style is None:
            style = self._ask(self._index[i], thing)
            if thing:
                self._styles[thing] = style
        return style

    def _ask(self, i: int, thing: int | None) -> Style:
        size, rotated = calls.font_size(self._page, i), False
        if calls.char_matrix(self._page, i, self._matrix_reference):
            m = self._matrix
            size, rotated = size * math.hypot(m.b, m.d), abs(m.b) > abs(m.a)
        place = calls.object_font(ctypes.c_void_p(thing)) if thing else None
        if not place:
            return Style(_NO_FONT, size, rotated)
        font = self._fonts.get(place)
        if font is None:
            font = self._fonts[place] = _describe(ctypes.cast(place, pdfium.FPDF_FONT))
        return Style(font, size, rotated)

    def _set_accent(self, accent: int) -> None:
        """Put a lone accent before the letter over which it stands: old TeX fonts draw it apart (``Gun¨`` for Gün)."""
        left, right, bottom, _ = self.box(accent)
        middle = (left + right) / 2
        for i in range(accent - 1, max(-1, accent - 60), -1):
            if self.text[i].isalpha():
                x0, x1, low, _ = self.box(i)
                if x0 - 0.3 <= middle <= x1 + 0.3 and -1 < bottom - low < 15:
                    self._move_back(accent, i)
                    if self.text[i] == "`":  # elsewhere it is a quotation mark
                        self.text = (
                            self.text[:i] + glyphs.GONE + clean(self.text[i + 1] + "\u0300") + self.text[i + 2 :]
                        )
                    return

    def _close_up(self, a: int, z: int) -> None:
        """Drop spaces that PDFium made of an accent's own place: ``L  ´opez`` where the o stands right behind the L."""
        if self.box(z + 1)[0] - self.box(a - 1)[1] < _TOUCHING:
            self.text = self.text[:a] + glyphs.GONE * (z - a) + self.text[z:]

    def _move_back(self, begin: int, to: int) -> None:
        """Move the letter at text index ``begin`` to the earlier index ``to``."""
        text, index = self.text, list(self._index)
        self.text = text[:to] + text[begin] + text[to:begin] + text[begin + 1 :]
        index.insert(to, index.pop(begin))
        self._index = index
        self._boxes.clear()


def _describe(font: Any) -> Font:
    buffer = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").rsplit("+", 1)[-1]
    # The weight is derived from stem widths and calls NimbusRomNo9L-Regu bold (2202.00535), so the name goes first.
    named = _named(name)
    heavy = not named.bold and not _LIGHT.search(name) and pdfium.FPDFFont_GetWeight(font) >= 650
    return named._replace(bold=True) if heavy else named


@lru_cache(maxsize=1024)
def _named(name: str) -> Font:
    return Font(name, *(bool(pattern.search(name)) for pattern in (_BOLD, _ITALIC, _SMALL_CAPS, _MATHS)))


def _page_text(raw: Any, page: ctypes.c_void_p) -> tuple[str, Sequence[int]]:
    """The text of a page, and for each index into it PDFium's own index of that letter."""
    count = pdfium.FPDFText_CountChars(raw)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    units = bytes(buffer)[: 2 * max(0, written - 1)]
    text = units.decode("utf-16-le", "replace")
    if len(text) == count:
        return text, range(count)
    # PDFium leaves out what it finds no letter for, and letters beyond U+FFFF take two units.
    if 2 * len(text) == len(units):
        return text, _indices(page, len(text))
    places, unit = [], 0
    for letter in text:
        places.append(_char_index(page, unit))
        unit += 2 if letter > "\uffff" else 1
    return text, places


def _indices(page: ctypes.c_void_p, length: int) -> list[int]:
    """PDFium's index for each index into the text, which can only run ahead: where it ran at both ends it ran between.

    Halving costs some ten questions for every place where a letter is left out, asking for each letter one a letter.
    """
    places = [0] * length
    todo = [(0, _char_index(page, 0), length - 1, _char_index(page, length - 1))] if length else []
    while todo:
        first, begin, last, end = todo.pop()
        if end - begin == last - first:
            places[first : last + 1] = range(begin, end + 1)
        elif last - first == 1:
            places[first], places[last] = begin, end
        else:
            middle = (first + last) // 2
            half = _char_index(page, middle)
            todo += [(first, begin, middle, half), (middle, half, last, end)]
    return places


def _char_index(page: ctypes.c_void_p, unit: int) -> int:
    index: int = calls.char_index(page, unit)
    return max(0, index)
