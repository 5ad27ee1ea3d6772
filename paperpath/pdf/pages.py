"""A PDF → pages of printed lines, by pypdfium2; the only module that knows the PDF library.

PDFium already cuts a page into lines, in the order of the content stream, which for LaTeX is the reading order
(engines that sort by geometry break two-column papers). A call through ctypes for every letter costs 22 ms a page;
so the text is taken whole, cut where PDFium cut it, and box, size and font are asked for three letters of each line.
Words are probed only where a line may hold more than it should: across the gutter of two columns, or where it begins
in bold and goes on in the text font.

Not safe for threads: one process, one document at a time (see ``workers.py``).
"""

from __future__ import annotations

import ctypes
import math
import re
from contextlib import contextmanager
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2 as untyped_pypdfium2
import pypdfium2.raw as untyped_raw

from paperpath.errors import ParseFailed
from paperpath.pdf import scripts
from paperpath.pdf.lines import Box, Line, Page
from paperpath.pdf.text import HYPHEN, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pypdfium2: Any = untyped_pypdfium2
pdfium: Any = untyped_raw

MAX_OBJECTS = 60_000
"""Objects on one page beyond which it is passed over: 400,000 text operators cost PDFium minutes, and the densest
page among real papers (a scatter plot drawn point by point) has some 30,000."""

MAX_LETTERS = 200_000
"""Letters on one page; a page of small print has 10,000."""

_REAL_SIZE = 2.0
_TALL_LETTERS, _TALL = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl"), 0.69
_LOW_LETTERS, _LOW = frozenset("aceimnorsuvwxz"), 0.45
"""Heights of letters in parts of the font size, for text fonts."""

_LONE_ACCENTS = frozenset("¨´`ˆ˜˚ˇ˙˝")

_AFTER_SCRIPT = frozenset(" ,.;:)]}’”\"'=+−-–/|×·∗†‡§(^_")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=\S)")
_STRAY_ACCENT = re.compile(r"(?<=[^\W\d_])[¨´ˆ˜˚ˇ˙˝](?=[\s.,;)]|$)|(?<=\s)[¨´ˆ˜˚ˇ˙˝](?=\s|$)")
_CUT = re.compile(r"(\r\n|[\r\n]|\ufffe|\x02)")
_WORD = re.compile(r"\S+")
_SCRIPTED = re.compile(r"[^A-Za-z-]|^.{1,2}$")
"""Words that may hold superscripts or subscripts: those with digits or signs inside, and very short ones."""
_BETWEEN_HYPHENS = re.compile(r"[^-]+")
_FORMULA = re.compile(r"[^\W\d_].*[+−=()^_|/-]|\d[A-Za-z]|[A-Za-z]\d+[A-Za-z]")
_PUNCTUATION = ".,;:()[]{}\"'“”‘’–-/"
_PLAIN_WORDS = frozenset(
    "of to in a is we on by as an be it at or if so no I A In We As It If On To An By my us do".split()
)
_BOLD = re.compile(r"bold|black|heavy|medi(?!um.?it)|demi|cmb|[-,]b\b|sfbx|bx\d|-bd|nimbus\w+-bol", re.I)
_ITALIC = re.compile(r"ital|obli|cmti|cmmi|slant|cmsl|sfti|sfsl|-it\b|ti\d|regu?ital", re.I)
_LIGHT = re.compile(r"regu|roman|book|light|cmr\d|cmmi|cmsy|cmti|ital", re.I)
_SMALL_CAPS = re.compile(r"csc|smallcap|sc\d|caps", re.I)


class _Font(NamedTuple):
    name: str
    bold: bool
    italic: bool
    caps: bool

    @property
    def style(self) -> tuple[bool, bool, bool]:
        return (self.bold, self.italic, self.caps)


_NO_FONT = _Font("", bold=False, italic=False, caps=False)


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
    try:
        yield Document(document)
    finally:
        document.close()


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
        self._even: set[str] = set()
        """Words that were seen without a superscript or subscript."""

    def __len__(self) -> int:
        return len(self._document)

    @property
    def marked(self) -> bool:
        """Whether it has bookmarks or named destinations: most papers before 2000 have none."""
        raw = self._document.raw
        return bool(pdfium.FPDFBookmark_GetFirstChild(raw, None)) or pdfium.FPDF_CountNamedDests(raw) > 0

    @property
    def title(self) -> str | None:
        """The title that the file's own metadata gives; often a file name or a template's."""
        return self._document.get_metadata_value("Title") or None

    def loads(self) -> bool:
        """Whether one of its first pages can be loaded: a file may open and hold nothing."""
        for index in range(min(3, len(self))):
            try:
                self._document[index].close()
            except pypdfium2.PdfiumError:
                continue
            return True
        return False

    def read(self, index: int) -> Page | None:
        """Page ``index`` (from 0); None when it cannot be loaded or holds more than a page can."""
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            return None
        try:
            if pdfium.FPDFPage_CountObjects(page.raw) > MAX_OBJECTS:
                return None
            width, height = page.get_size()
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return None
        else:
            try:
                if text.count_chars() > MAX_LETTERS:
                    return None
                lines = _Reader(text.raw, index + 1, width, self._even).lines()
                return Page(index + 1, width, height, lines, tuple(_pictures(page.raw, width * height)))
            finally:
                text.close()
        finally:
            page.close()


def _pictures(page: Any, area: float) -> Iterator[Box]:
    """Images and form XObjects, save those that are the page itself or a mere rule."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, i)
        if pdfium.FPDFPageObj_GetType(thing) not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            box = (left.value, bottom.value, right.value, top.value)
            if box[2] - box[0] > 30 and box[3] - box[1] > 20 and (box[2] - box[0]) * (box[3] - box[1]) < 0.8 * area:
                yield box


class _Reader:
    """Reads the lines of one page; holds the C buffers so that a call costs as little as it can."""

    def __init__(self, raw: Any, number: int, width: float, even: set[str]) -> None:
        self.raw = raw
        self.even = even
        self.number = number
        self.middle = width / 2
        self.text, self.index = _page_text(raw)
        self._fonts: dict[int, _Font] = {}
        self._box = tuple(ctypes.c_double() for _ in range(4))
        self._box_refs = tuple(map(ctypes.byref, self._box))
        self._origin = (ctypes.c_double(), ctypes.c_double())
        self._origin_refs = tuple(map(ctypes.byref, self._origin))
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        for accent in _STRAY_ACCENT.finditer(self.text):
            self._set_accent(accent.start())

    def _set_accent(self, accent: int) -> None:
        """Put a lone accent before the letter over which it stands: old TeX fonts draw it apart (``Gun¨`` for Gün)."""
        left, right, bottom, _ = self.box(accent)
        middle = (left + right) / 2
        for i in range(accent - 1, max(-1, accent - 60), -1):
            if self.text[i].isalpha():
                x0, x1, low, _ = self.box(i)
                if x0 - 0.3 <= middle <= x1 + 0.3 and -1 < bottom - low < 15:
                    self._move_back(accent, i)
                    return

    def _move_back(self, begin: int, to: int) -> None:
        """Move the letter at text index ``begin`` to the earlier index ``to``."""
        text, index = self.text, self.index
        self.text = text[:to] + text[begin] + text[to:begin] + text[begin + 1 :]
        self.index = lambda k: index(begin if k == to else k - 1 if to < k <= begin else k)

    def lines(self) -> list[Line]:
        """All lines of the page in the order of the content stream."""
        found: list[Line] = []
        last = (0, 0)
        start = 0
        for chunk in _CUT.split(self.text):
            begin, start = start, start + len(chunk)
            if chunk in ("\ufffe", "\x02"):
                if found:
                    found[-1].text += HYPHEN
                continue
            words = [(begin + m.start(), begin + m.end() - 1) for m in _WORD.finditer(chunk)]
            if found and chunk.strip() in _LONE_ACCENTS:
                found[-1].text = self._accented(found[-1].text, last[0], words[0][0])
            elif words:
                last = words[0]
                for a, z in self._pieces(words):
                    if a == z and found and self.text[a] in _LONE_ACCENTS:
                        found[-1].text = self._accented(found[-1].text, last[0], a)
                    else:
                        found.append(self._line(a, z))
                        last = (a, z)
        return found

    def _accented(self, text: str, start: int, accent: int) -> str:
        """``text``, which begins at index ``start``, with the accent put after the letter that it stands over.

        Old TeX fonts draw accents apart, and PDFium gives some of them a line of their own (LSTM: ``Universit¨at``).
        """
        left, right, _, _ = self.box(accent)
        middle = (left + right) / 2
        for i, letter in enumerate(text):
            if letter.isalpha():
                x0, x1, _, _ = self.box(start + i)
                if x0 <= middle <= x1:
                    return text[:i] + self.text[accent] + text[i:]
        return text

    def box(self, i: int) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of the letter at text index ``i``."""
        pdfium.FPDFText_GetCharBox(self.raw, self.index(i), *self._box_refs)
        left, right, bottom, top = self._box
        return left.value, right.value, bottom.value, top.value

    def _pieces(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The words of one PDFium line, cut where it jumps over the gutter or back to the left."""
        first, last = words[0][0], words[-1][1]
        x0, x1 = self.box(first)[0], self.box(last)[1]
        if len(words) < 2 or not (self.number == 1 or x0 < self.middle < x1 or x1 < x0 - 2):
            return [(first, last)]
        if self.number > 1 and x0 < x1:
            return self._cut_at_gutter(words)
        # Page 1 has authors side by side, sometimes with little more than two spaces between them (RADOS).
        boxes = [(self.box(a), self.box(z)) for a, z in words]
        gaps = [after[0][0] - before[1][1] for before, after in pairwise(boxes)]
        wide = max(5.0, 1.75 * median(gaps))
        pieces = [words[0]]
        for (a, z), gap, ((left, _, bottom, top), _), right in zip(
            words[1:], gaps, boxes[1:], [box[1][1] for box in boxes], strict=False
        ):
            if gap > min(wide, _gap(top - bottom)) or left < right - 40:
                pieces.append((a, z))
            else:
                pieces[-1] = (pieces[-1][0], z)
        return pieces

    def _cut_at_gutter(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The words, cut in two where a wide gap lies over the middle of the page."""
        low, high = 0, len(words) - 1  # bisect for the last word that begins left of the middle
        while low < high:
            half = (low + high + 1) // 2
            if self.box(words[half][0])[0] < self.middle:
                low = half
            else:
                high = half - 1
        if low < len(words) - 1:
            left, _, bottom, top = self.box(words[low + 1][0])
            if left - self.box(words[low][1])[1] > _gap(top - bottom):
                return [(words[0][0], words[low][1]), (words[low + 1][0], words[-1][1])]
        return [(words[0][0], words[-1][1])]

    def _line(self, a: int, z: int) -> Line:
        """The line from text index ``a`` to ``z``, both included."""
        x0, right, low, high = self.box(a)
        left, x1, low_end, high_end = self.box(z)
        half = self._letter((a + z) // 2, z)
        sizes = {i: self._size(i) for i in (a, half, z)}
        fonts = [self._font(i) for i in (a, half, z)]
        size, rotated = max(sizes.values())
        named = self._raw_size(max(sizes, key=lambda i: sizes[i]))
        drawn = size < _REAL_SIZE
        if drawn:
            size = self._printed_size(a, z)
        # A footnote's mark stands higher than the line that it begins.
        level = next((i for i in (a, half, z) if sizes[i][0] > 0.85 * size), a)
        base = self._level(level)
        middle = fonts[1] if fonts[1].name else fonts[0]
        line = Line(
            page=self.number,
            x0=min(x0, left),
            y0=min(low, low_end),
            x1=max(x1, right),
            y1=max(high, high_end),
            base=base,
            size=round(size, 1),
            font=middle.name,
            text=self.text[a : z + 1],
            bold=sum(f.bold for f in fonts) >= 2,
            italic=sum(f.italic for f in fonts) >= 2,
            rotated=rotated,
        )
        if any(fonts[0].style):
            line.lead = self._lead(a, z, a, fonts[0]) if fonts[0].style != fonts[2].style else 0
        elif number := _SECTION_NUMBER.match(self.text, a, z + 1):  # amsart sets the number of a run-in heading plain
            title = self._font(number.end())
            line.lead = self._lead(a, z, number.end(), title) if any(title.style) and title != fonts[2] else 0
        if not (drawn or rotated):
            self._mark_scripts(line, a, z, named)
        return line

    def _raw_size(self, i: int) -> float:
        size: float = pdfium.FPDFText_GetFontSize(self.raw, self.index(i))
        return size

    def _printed(self, i: int) -> float:
        return self._size(i)[0]

    def _level(self, i: int) -> float:
        """The height of the baseline on which the letter at text index ``i`` stands."""
        pdfium.FPDFText_GetCharOrigin(self.raw, self.index(i), *self._origin_refs)
        level: float = self._origin[1].value
        return level

    def _mark_scripts(self, line: Line, a: int, z: int, named: float) -> None:
        """Write what stands high or low and small in the way of ``scripts.py``.

        ``named`` is the size by which the line's font was chosen. Where it says something, those of single letters can
        be compared with it, which costs one call a letter instead of two; some programs choose all fonts at size 1.
        """
        out: list[str] = []
        done = a
        grown = 0
        of, limit = (self._raw_size, 0.86 * named) if named > _REAL_SIZE else (self._printed, 0.86 * line.size)
        every = self.number == 1  # names of authors carry marks that look like their last letters
        for word in _WORD.finditer(self.text, a, z + 1):
            text = word[0].strip(_PUNCTUATION)
            if not text:
                continue
            first = word.start() + word[0].index(text)
            if not every and not _SCRIPTED.search(text):
                if text in self.even:
                    continue
                if all(of(first + part.end() - 1) >= limit for part in _BETWEEN_HYPHENS.finditer(text)):
                    self.even.add(text)  # d_model has a first time too, and so has d_model-dimensional
                    continue
            if not every and text in _PLAIN_WORDS:
                continue
            for start, end, rise in self._small_runs(first, first + len(text), line, of, limit):
                inside = end < word.end() and self.text[end] not in _AFTER_SCRIPT
                if (start == a and end > z) or (inside and start > a):
                    continue  # all of the line, or inside a word: [AAB+15]
                written = (scripts.raised if rise > 0 else scripts.lowered)(self.text[start:end])
                written += " " if inside else ""  # the mark at the beginning of a footnote
                before = self.text[done:start]
                if (
                    start > a
                    and before[-1:] == " "
                    and written[:1] not in ("", " ")
                    and self._touches(start, line.size)
                ):
                    before = before[:-1]
                out += [before, written]
                if end - a <= line.lead:
                    grown += len(before) + len(written) - (end - done)
                done = end
        if out:
            line.text = "".join(out) + self.text[done : z + 1]
            line.lead += grown

    def _small_runs(
        self, start: int, end: int, line: Line, of: Callable[[int], float], limit: float
    ) -> list[tuple[int, int, int]]:
        """(first index, index after the last, 1 or -1) of letters under the size limit and off the line's level."""
        found: list[tuple[int, int, int]] = []
        ends_even = end - start > 2 and of(start) > limit and of(end - 1) > limit
        if ends_even and not _FORMULA.search(self.text, start, end):
            return found
        for i in range(start, end):
            rise = 0
            if of(i) < limit:
                offset = self._level(i) - line.base
                rise = 1 if offset > 0.13 * line.size else -1 if offset < -0.06 * line.size else 0
            if not rise:
                continue
            if found and found[-1][1] == i and found[-1][2] == rise:
                found[-1] = (found[-1][0], i + 1, rise)
            else:
                found.append((i, i + 1, rise))
        return found

    def _touches(self, i: int, size: float) -> bool:
        """Whether the word at text index ``i`` stands right behind the one before it."""
        return self.box(i)[0] - self.box(i - 2)[1] < 0.16 * size

    def _printed_size(self, a: int, z: int) -> float:
        """Font size by the height of the letters, for Type 3 fonts whose own size says nothing (LeCun 1998)."""
        heights = []
        for i in range(a, min(z + 1, a + 24)):
            part = _TALL if self.text[i] in _TALL_LETTERS else _LOW if self.text[i] in _LOW_LETTERS else 0.0
            if part:
                _, _, bottom, top = self.box(i)
                heights.append((top - bottom) / part)
        return round(2 * median(heights)) / 2 if heights else 0.0

    def _letter(self, i: int, end: int) -> int:
        """The first index from ``i`` on that is no space: spaces are often PDFium's own and have no font."""
        while i < end and self.text[i].isspace():
            i += 1
        return i

    def _lead(self, a: int, z: int, start: int, font: _Font) -> int:
        """Letters from ``a`` to the end of the words from ``start`` on that are set in the style of ``font``."""
        length = 0
        for word in _WORD.finditer(self.text, start, z + 1):
            if self._font(word.start()).style != font.style:
                break
            length = word.end() - a
        return length

    def _size(self, i: int) -> tuple[float, bool]:
        """Font size in points as printed, and whether the letter stands on its side."""
        i = self.index(i)
        size = pdfium.FPDFText_GetFontSize(self.raw, i)
        if not pdfium.FPDFText_GetMatrix(self.raw, i, self._matrix_ref):
            return size, False
        m = self._matrix
        return size * math.hypot(m.b, m.d), abs(m.b) > abs(m.a)

    def _font(self, i: int) -> _Font:
        thing = pdfium.FPDFText_GetTextObject(self.raw, self.index(i))
        font = pdfium.FPDFTextObj_GetFont(thing) if thing else None
        if not font:
            return _NO_FONT
        address = ctypes.addressof(font.contents)
        if address not in self._fonts:
            self._fonts[address] = _describe(font)
        return self._fonts[address]


def _gap(height: float) -> float:
    """How far apart two words must be to be in two columns."""
    return max(14.0, 1.4 * height)


def _describe(font: Any) -> _Font:
    buffer = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").rsplit("+", 1)[-1]
    # The weight is derived from stem widths and calls NimbusRomNo9L-Regu bold (2202.00535), so the name goes first.
    heavy = not _LIGHT.search(name) and pdfium.FPDFFont_GetWeight(font) >= 650
    return _Font(name, heavy or bool(_BOLD.search(name)), bool(_ITALIC.search(name)), bool(_SMALL_CAPS.search(name)))


def _page_text(raw: Any) -> tuple[str, Callable[[int], int]]:
    """The text of a page, and the way from an index into it to PDFium's own index of that letter."""
    count = pdfium.FPDFText_CountChars(raw)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    units = bytes(buffer)[: 2 * max(0, written - 1)]
    text = units.decode("utf-16-le", "replace")
    if len(text) == count:
        return text, lambda i: i
    # Letters beyond U+FFFF take two units, and PDFium leaves out what it finds no letter for: ask for each index.
    unit = [0]
    for letter in text:
        unit.append(unit[-1] + (2 if letter > "\uffff" else 1))
    return text, lambda i: max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(raw, unit[i]))
