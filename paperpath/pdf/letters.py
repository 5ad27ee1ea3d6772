"""The letters of one page, by PDFium: what they are, where they stand and what they are set in.

One text object of a PDF holds letters of one font, one size and one height; TeX begins a new one for every change of
them, and a line of plain text is one object from end to end. So style is asked once for each object and kept, and a
line is cut into :class:`Run` s by asking few of its letters for their object.
"""

from __future__ import annotations

import ctypes
import re
from functools import lru_cache
from math import hypot
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.pdf import bitmap_fonts, calls, glyphs, spacing
from paperpath.pdf.bitmap_fonts import REAL_SIZE
from paperpath.pdf.calls import pdfium
from paperpath.pdf.spacing import Bounds
from paperpath.pdf.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOLD = re.compile(r"bold|black|heavy|medi(?!um.?it)|demi|cmb|[-,]b\b|sfbx|bx\d|-bd|nimbus\w+-bol", re.I)
_ITALIC = re.compile(r"ital|obli|cmti|cmmi|slant|cmsl|sfti|sfsl|-it\b|ti\d|regu?ital", re.I)
_LIGHT = re.compile(r"regu|roman|book|light|cmr\d|cmmi|cmsy|cmti|ital", re.I)
_MATHS = re.compile(r"mi(?:b?\d|$)|math|mathit|msbm|cmsy|cmex|mtsy|mtex|symbol", re.I)
_SMALL_CAPS = re.compile(r"csc|smallcap|sc\d|caps", re.I)
_ACCENTS = "¨´ˆ˜˚ˇ˙˝"
_STRAY_ACCENT = re.compile(rf"[{_ACCENTS}`](?:(?<=[^\W\d_].)(?=[\s.,;)]|$)|(?<=[\s.,;)].)(?=\s|$))")
_BEFORE_ACCENT = re.compile(rf"(?<=[^\W\d_]) +(?=[{_ACCENTS}][^\W\d_])")
_PRINTED = re.compile("[^\\s\ufffe\x02](?:[^\r\n\ufffe\x02]*[^\\s\ufffe\x02])?")
"""A line without the white space around it."""
MAX_LETTERS = 200_000
"""Letters on one page; a page of small print has 10,000."""
_LINE = 120
"""Letters of a long line: PDFium may put an accent at its end that belongs to its beginning (1409.0473)."""
_TOUCHING = 1.2
"""Points; less than any space between words."""


class Font(NamedTuple):
    """A font by what its name says."""

    name: str
    bold: bool
    italic: bool
    caps: bool
    maths: bool
    """Whether it is one of variables and signs."""
    signs: dict[int, str] | None
    """What its letters are to be read as; see ``glyphs.py``."""
    em: float = 1.0
    """How large it is where it says that its size is 1: fonts of bitmaps count in dots; see ``bitmap_fonts.py``."""

    @property
    def style(self) -> tuple[bool, bool, bool]:
        """What tells it from the font of the running text."""
        return (self.bold, self.italic, self.caps)

    @property
    def stands_out(self) -> bool:
        """Whether anything does."""
        return self.bold or self.italic or self.caps


class Style(NamedTuple):
    """What the letters of one text object are set in."""

    font: Font
    size: float
    """Points as printed."""
    rotated: bool
    """Whether letters stand on their side."""


Run = tuple[int, int, Style]
"""Letters of one text object: the index of the first, the index after the last, and what they are set in.

A plain tuple, because there are 175 on a page, and a named one takes 0.5 µs longer to make.
"""


_NO_FONT = Font("", bold=False, italic=False, caps=False, maths=False, signs=None)
_FOUR_DOUBLES, _FOUR_FLOATS = Struct("4d").unpack, Struct("4f")
_UPRIGHT = _FOUR_FLOATS.pack(1.0, 0.0, 0.0, 1.0)
"""The matrix of letters that have none, without its last two numbers, which say where they stand."""


class _Boxes(dict[int, Bounds]):
    """The place of each letter by its text index, asked of PDFium when it is wanted for the first time.

    A dictionary that fills itself: of 520 questions a page 190 were asked before, and cost no call of a function here.
    """

    __slots__ = ("_question",)

    def __init__(self, page: ctypes.c_void_p, index: Sequence[int]) -> None:
        numbers = (ctypes.c_double * 4)()
        self._question = (calls.char_box, page, index, numbers, *(ctypes.byref(numbers, 8 * i) for i in range(4)))

    def __missing__(self, i: int) -> Bounds:
        ask, page, index, numbers, left, right, bottom, top = self._question
        ask(page, index[i], left, right, bottom, top)
        box: Bounds = _FOUR_DOUBLES(numbers)
        self[i] = box
        return box


class _Widths(dict[str, float]):
    """Points that letters of a font take, and whole words; asked of PDFium when wanted for the first time.

    A letter that the font has not takes none. Of 42,000 words asked about in LeCun 1998 46 % came before on their page.
    """

    __slots__ = ("_font", "_unit")

    def __init__(self, place: int | None, unit: float) -> None:
        self._font, self._unit = ctypes.c_void_p(place), unit

    def __missing__(self, word: str) -> float:
        if len(word) > 1:
            width = sum(map(self.__getitem__, word))
        else:
            width = _width(self._font, word) * self._unit if self._font else 0.0
        self[word] = width
        return width


class Letters:
    """The letters of one page, in the order of the content stream; holds the C buffers for all questions."""

    def __init__(self, raw: Any) -> None:
        self._page = calls.handle(raw)
        self.text, self._index = _page_text(raw, self._page)
        self.boxes = _Boxes(self._page, self._index)
        """The place of the letter at a text index."""
        self._fonts: dict[int, Font] = {}
        self._widths: dict[tuple[int | None, float], _Widths] = {}
        self._styles: dict[int | None, Style] = {}
        self._alike: dict[tuple[int | None, float, bytes], Style] = {}
        """By font, size and the bytes of the matrix: numbers would have to be made of them for each object."""
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._matrix: Any = ctypes.create_string_buffer(6 * ctypes.sizeof(ctypes.c_float))
        self._matrix_reference = ctypes.byref(self._matrix)
        if any(
            accent in self.text for accent in f"{_ACCENTS}`"
        ):  # the pattern alone would cost more than all else here
            for accent in _STRAY_ACCENT.finditer(self.text):
                self._set_accent(accent.start())
            for space in _BEFORE_ACCENT.finditer(self.text):
                self._close_up(space.start(), space.end())

        if self._is_drawn():
            self._space_out()

    def _is_drawn(self) -> bool:
        """Whether the letters of the page are of fonts that draw them, by three of them."""
        last = len(self.text) - 1
        places = {self.letter(i, last) for i in (0, last // 2, 3 * last // 4)} if last > 0 else set()
        styles = [self.style(i) for i in places]
        return any(style.font.em != 1.0 or style.size < REAL_SIZE for style in styles)

    def _space_out(self) -> None:
        """Put spaces between words where their gaps are; see ``spacing.py``."""
        text, index, known = self.text, self._index, self.boxes
        pieces, places = list[str](), list[int]()
        moved = list[int]()  # for each letter where it is now, -1 where it is no more
        done = 0
        for line in _PRINTED.finditer(text):
            a, z = line.start(), line.end() - 1
            declared = size = self.style(a).size
            if size < REAL_SIZE:
                size, _ = bitmap_fonts.measured(text, a, z, known)
            widths = self._widths_at(a, declared)
            words = list(map(re.Match.span, spacing.WORD.finditer(text, a, z + 1)))
            kept = spacing.respaced(text, words, known, size, widths) if size else [(a, z + 1)]
            for start, end in [(done, kept[0][1]), *kept[1:]]:
                if start == done and start > a:
                    pieces.append(" ")
                    places.append(index[start - 1])
                moved += [-1] * (start - done)
                moved += range(len(places), len(places) + end - start)
                pieces.append(text[start:end])
                places += index[start:end]
                done = end
        moved += [-1] * (len(text) - done)
        self.text, self._index = "".join(pieces), places
        self.boxes = _Boxes(self._page, places)
        self.boxes.update(zip(map(moved.__getitem__, known), known.values(), strict=True))
        self.boxes.pop(-1, None)

    def _widths_at(self, i: int, size: float) -> _Widths:
        """The widths of letters in the font of the one at text index ``i``, whose style is of this size."""
        thing = calls.text_object(self._page, self._index[i])
        place = calls.object_font(thing) if thing else None
        key = (place, size)
        if key not in self._widths:
            self._widths[key] = _Widths(place, size / (_THOUSAND.value * self._font(place).em))
        return self._widths[key]

    def level(self, i: int) -> float:
        """The height of the baseline on which the letter at text index ``i`` stands."""
        x, y = self._origin
        calls.char_origin(self._page, self._index[i], x, y)
        return self._y.value

    def style(self, i: int) -> Style:
        """What the letter at text index ``i`` is set in; the same object for all letters that are set alike."""
        thing = calls.text_object(self._page, self._index[i])
        return self._styles.get(thing) or self._ask(i, thing)

    def runs(self, a: int, z: int) -> list[Run]:
        """The letters from text index ``a`` to ``z``, both included and neither a space, cut where the object changes.

        Looks ahead in steps that double, then halves the last one: a line of plain text costs two questions, a formula
        one or two for each letter. A space counts as the letter before it: most are PDFium's own, of no object.
        """
        found: list[Run] = []
        ask, page, index, text, styles = calls.text_object, self._page, self._index, self.text, self._styles
        start, thing = a, ask(page, index[a])
        last = ask(page, index[z])
        while thing != last:
            same, other, following, step = start, z, last, 1
            while other - same > 1:
                probe = (same + other) // 2
                if probe - same > step:
                    probe = same + step
                while text[probe].isspace():
                    probe -= 1
                if probe <= same:  # nothing but spaces up to the middle
                    probe = same + 1
                    while probe < other and text[probe].isspace():
                        probe += 1
                    if probe == other:
                        break
                at = ask(page, index[probe])
                if at == thing:
                    same, step = probe, 2 * step
                else:
                    other, following = probe, at
            found.append((start, other, styles.get(thing) or self._ask(start, thing)))
            start, thing = other, following
        found.append((start, z + 1, styles.get(thing) or self._ask(start, thing)))
        return found

    def letter(self, i: int, end: int) -> int:
        """The first index from ``i`` on that is no space: spaces are often PDFium's own and have no font."""
        while i < end and self.text[i].isspace():
            i += 1
        return i

    def _ask(self, i: int, thing: int | None) -> Style:
        """The style of text object ``thing``, to which the letter at text index ``i`` belongs; kept for next time."""
        index = self._index[i]
        size = calls.font_size(self._page, index)
        matrix = (
            self._matrix[: _FOUR_FLOATS.size]
            if calls.char_matrix(self._page, index, self._matrix_reference)
            else _UPRIGHT
        )
        place = calls.object_font(thing) if thing else None
        key = (place, size, matrix)
        style = self._alike.get(key)
        if style is None:
            a, b, _, d = _FOUR_FLOATS.unpack(matrix)
            font = self._font(place)
            style = self._alike[key] = Style(font, size * font.em * hypot(b, d), abs(b) > abs(a))
        if thing:
            self._styles[thing] = style
        return style

    def _font(self, place: int | None) -> Font:
        """The font at this address."""
        if not place:
            return _NO_FONT
        font = self._fonts.get(place)
        if font is None:
            font = self._fonts[place] = _describe(ctypes.c_void_p(place))
        return font

    def _set_accent(self, accent: int) -> None:
        """Put a lone accent before the letter over which it stands: old TeX fonts draw it apart (``Gun¨`` for Gün)."""
        left, right, bottom, _ = self.boxes[accent]
        middle = (left + right) / 2
        for i in range(accent - 1, max(-1, accent - _LINE), -1):
            if self.text[i].isalpha():
                x0, x1, low, _ = self.boxes[i]
                if x0 - 0.3 <= middle <= x1 + 0.3 and -1 < bottom - low < 15:
                    self._move_back(accent, i)
                    self._compose_grave(i)
                    return

    def _compose_grave(self, i: int) -> None:
        """Put a grave accent at text index ``i`` into the letter behind it: elsewhere the sign is a quotation mark."""
        if self.text[i] == "`" and len(whole := clean(f"{self.text[i + 1]}\u0300")) == 1:
            self.text = f"{self.text[:i]}{glyphs.GONE}{whole}{self.text[i + 2 :]}"

    def _close_up(self, a: int, z: int) -> None:
        """Drop spaces that PDFium made of an accent's own place: ``L  ´opez`` where the o stands right behind the L."""
        if self.boxes[z + 1][0] - self.boxes[a - 1][1] < _TOUCHING:
            self.text = self.text[:a] + glyphs.GONE * (z - a) + self.text[z:]

    def _move_back(self, begin: int, to: int) -> None:
        """Move the letter at text index ``begin`` to the earlier index ``to``."""
        text, index = self.text, list(self._index)
        self.text = text[:to] + text[begin] + text[to:begin] + text[begin + 1 :]
        index.insert(to, index.pop(begin))
        self._index = index
        self.boxes = _Boxes(self._page, index)


_NAME = ctypes.create_string_buffer(256)
_NAME_SIZE = ctypes.c_size_t(len(_NAME))


def _describe(font: ctypes.c_void_p) -> Font:
    length = calls.font_name(font, _NAME, _NAME_SIZE)
    name = _NAME.raw[: max(0, min(length, len(_NAME)) - 1)].decode("utf-8", "replace").rsplit("+", 1)[-1]
    em = 1.0
    if not name:
        name, wide = bitmap_fonts.recognised(lambda letter: _width(font, letter))
        em = wide / _THOUSAND.value or 1.0
    # The weight is derived from stem widths and calls NimbusRomNo9L-Regu bold (2202.00535), so the name goes first.
    named, may_be_heavy = _named(name)
    if em != 1.0:
        return named._replace(em=em)
    return named._replace(bold=True) if may_be_heavy and calls.font_weight(font) >= 650 else named


_WIDE = ctypes.c_float()
_WIDE_REFERENCE, _THOUSAND = ctypes.byref(_WIDE), ctypes.c_float(1000.0)


def _width(font: ctypes.c_void_p, letter: str) -> float:
    """How wide a letter is, in units that depend on the font; 0 for one that it has not."""
    return _WIDE.value if calls.glyph_width(font, ord(letter), _THOUSAND, _WIDE_REFERENCE) else 0.0


@lru_cache(maxsize=1024)
def _named(name: str) -> tuple[Font, bool]:
    """A font by its name, and whether it may be bold though its name does not say so."""
    bold, italic, caps, maths = (bool(pattern.search(name)) for pattern in (_BOLD, _ITALIC, _SMALL_CAPS, _MATHS))
    font = Font(name, bold, italic, caps, maths, glyphs.table(name))
    return font, not font.bold and not _LIGHT.search(name)


_UNITS = ctypes.create_string_buffer(2 * MAX_LETTERS + 2)
"""Room for the text of any page: a buffer of its own size for each is a ctypes type of its own, 30 µs and more."""


def _page_text(raw: Any, page: ctypes.c_void_p) -> tuple[str, Sequence[int]]:
    """The text of a page, and for each index into it PDFium's own index of that letter."""
    count = min(MAX_LETTERS, pdfium.FPDFText_CountChars(raw))
    written = calls.get_text(page, 0, count, _UNITS)
    units = ctypes.string_at(_UNITS, 2 * max(0, written - 1))
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
