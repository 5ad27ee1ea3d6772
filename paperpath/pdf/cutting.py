"""The letters of one page → printed lines.

PDFium already cuts a page into lines, in the order of the content stream, which for LaTeX is the reading order
(engines that sort by geometry break two-column papers). Here they are cut again where they hold more than they should:
across the gutter of two columns, or names of authors side by side; accents that were drawn apart find their letters,
and what stands high or low is written in the way of ``scripts.py``.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from paperpath.pdf import bitmap_fonts, glyphs, script_marking, scripts
from paperpath.pdf.bitmap_fonts import REAL_SIZE
from paperpath.pdf.glyphs import LONE_ACCENTS
from paperpath.pdf.lines import WIDE, Cell, Line
from paperpath.pdf.scripts import SMALL
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperpath.pdf.letters import Letters, Run, Style

_TELLING = 8
"""Letters whose heights tell the size of a font."""
_SPARSE = 0.58
"""Letters of text are .4 to .5 of their size wide on average; a line of wider ones has gaps, or is in capitals."""
_DENSE = 0.5
"""The same for a row of a table with few gaps."""
_LONG = 45
"""Letters of a line of running text; most are longer in two columns too."""

_TABULAR = re.compile(r"^\W*(?:T(?:able|ABLE)|A(?:lgorithm|LGORITHM))\W+[\dA-Z]", re.M)
_CUT = re.compile("([\r\n\ufffe\x02]\n?)")
"""The end of a line. As alternatives, the same pattern takes four times as long."""
_SLANT = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
_THIN = 0.15
"""Parts of the font size; TeX's thin space is .167, and letters have some room of their own beside it."""
_WORD = re.compile(r"\S+")
_AT_END = re.compile(r"[\d%†‡*∗✓]|\s[-–—−]$")
"""What ends a row of numbers, and few lines of text."""
_HYPHEN_AND_SPACE = re.compile(r"(?<=\w)- +(?=\w)")
_HYPHENS = ("\ufffe", "\x02")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=\S)")
_HANGING = frozenset(f"{scripts.LARGE}⨄⨀∐√()[]{{}}⌊⌋⌈⌉⟨⟩|‖")
"""What TeX's fonts of large signs draw below the baseline instead of on it."""
_TERM = 0.55
"""How far the terms of a displayed fraction are at least from the line, in parts of the font size: .68 up, .69 down."""
_AXIS = 0.25
"""How high the middle of a formula stands, in parts of the font size (The TeXbook, appendix G)."""


def lines(letters: Letters, number: int, width: float) -> list[Line]:
    """All lines of page ``number``, ``width`` points wide, in the order of the content stream."""
    return _Cutter(letters, number, width / 2).lines()


class _Cutter:
    """Reads the lines of one page."""

    def __init__(self, letters: Letters, number: int, middle: float) -> None:
        self.letters = letters
        self.text = letters.text
        self.number = number
        self.middle = middle
        self.tabular = _TABULAR.search(self.text) is not None
        """Whether a table or an algorithm may stand on the page: gaps are looked for nowhere else."""
        self._printed: dict[int, float] = {}
        """Font size by the identity of a style of letters that are drawn one by one; the page's letters keep it."""

    def lines(self) -> list[Line]:
        found: list[Line] = []
        last = 0
        start = 0
        for chunk in _CUT.split(self.text):
            begin, start = start, start + len(chunk)
            text = chunk.strip()
            if not text:
                continue
            if text in _HYPHENS:
                if found:
                    found[-1].text += HYPHEN
            elif found and text in LONE_ACCENTS:
                found[-1].text = self._accented(found[-1].text, last, self.text.index(text, begin))
            else:
                first = last = begin + chunk.index(text)
                rows = [(first, first + len(text) - 1)]
                if "- " in text:
                    rows = self._rows(*rows[0])
                for a, z, runs in (piece for row in rows for piece in self._pieces(*row)):
                    if a == z and found and self.text[a] in LONE_ACCENTS:
                        found[-1].text = self._accented(found[-1].text, last, a)
                    else:
                        found.append(self._line(a, z, runs))
                        last = a
        return found

    def _rows(self, a: int, z: int) -> list[tuple[int, int]]:
        """The PDFium line from text index ``a`` to ``z``, cut behind hyphens with which a row of print ends.

        PDFium may put a space there instead of the end of a line if the font draws its letters (LeCun 1998).
        """
        boxes, rows = self.letters.boxes, []
        for hyphen in _HYPHEN_AND_SPACE.finditer(self.text, a, z + 1):
            if boxes[hyphen.end()][0] < boxes[hyphen.start()][0] - 2:
                rows.append((a, hyphen.start()))
                a = hyphen.end()
        return [*rows, (a, z)]

    def _accented(self, text: str, start: int, accent: int) -> str:
        """``text``, which begins at index ``start``, with the accent put after the letter that it stands over.

        Old TeX fonts draw accents apart, and PDFium gives some of them a line of their own (LSTM: ``Universit¨at``).
        """
        left, right, _, _ = self.letters.boxes[accent]
        middle = (left + right) / 2
        printed = (i for i in range(start, len(self.text)) if self.text[i].isalpha())
        letters = (i for i, letter in enumerate(text) if letter.isalpha())
        for here, place in zip(letters, printed, strict=False):  # marks and spaces may have come between
            x0, x1, _, _ = self.letters.boxes[place]
            if x0 <= middle <= x1:
                return text[:here] + self.text[accent] + text[here:]
        return text

    def _pieces(self, a: int, z: int) -> Iterator[tuple[int, int, list[Run]]]:
        """The same as :meth:`_cut`, cut once more where the terms of a fraction stand above and below the line."""
        for first, last, runs in self._cut(a, z):
            if len(runs) > 1 and any(style.font.maths for _, _, style in runs):
                yield from self._by_level(first, last, runs)
            else:
                yield first, last, runs

    def _by_level(self, a: int, z: int, runs: list[Run]) -> Iterator[tuple[int, int, list[Run]]]:
        """Pieces whose letters of full size stand on one level; scripts go with what they follow."""
        size = max(style.size for _, _, style in runs)
        start, level = a, None
        held: list[Run] = []
        for run in runs:
            first, _, style = run
            if style.size >= SMALL * size:
                here = self._level(first, size)
                if held and level is not None and abs(here - level) > _TERM * size:
                    yield start, self._end(held[-1][1]), held
                    start, held = first, []
                level = here
            held.append(run)
        yield start, z, held

    def _cut(self, a: int, z: int) -> list[tuple[int, int, list[Run]]]:
        """One PDFium line from text index ``a`` to ``z``, cut where it jumps over the gutter or back to the left.

        Each piece comes with its runs; without any where they say nothing, because a font is drawn letter by letter.
        """
        letters = self.letters
        x0, x1 = letters.boxes[a][0], letters.boxes[z][1]
        size = letters.style(a).size
        drawn = size < REAL_SIZE
        if self.number == 1 or x1 < x0 - 2:
            return self._with_runs(self._by_words(a, z), drawn=drawn)
        crosses = x0 < self.middle < x1
        if crosses and x1 - x0 > _SPARSE * size * (z - a):  # a row of a table may be one object
            words = self._words(a, z)
            cut = self._gutter([first for first, _ in words], lambda i: words[i][1])
            return self._with_runs([(a, words[cut - 1][1]), (words[cut][0], z)] if cut else [(a, z)], drawn=drawn)
        runs = [] if drawn else letters.runs(a, z)
        if not crosses or len(runs) < 2:
            return [(a, z, runs)]
        cut = self._gutter([start for start, _, _ in runs], lambda i: self._end(runs[i][1]))
        if not cut:
            return [(a, z, runs)]
        return [(a, self._end(runs[cut - 1][1]), runs[:cut]), (runs[cut][0], z, runs[cut:])]

    def _with_runs(self, pieces: list[tuple[int, int]], *, drawn: bool) -> list[tuple[int, int, list[Run]]]:
        return [(first, last, [] if drawn else self.letters.runs(first, last)) for first, last in pieces]

    def _words(self, a: int, z: int) -> list[tuple[int, int]]:
        return [(m.start(), m.end() - 1) for m in _WORD.finditer(self.text, a, z + 1)]

    def _end(self, end: int) -> int:
        """The last index before ``end`` that is no space, in a run that begins with a letter."""
        end -= 1
        while self.text[end].isspace():
            end -= 1
        return end

    def _by_words(self, a: int, z: int) -> list[tuple[int, int]]:
        """Page 1 has authors side by side, sometimes with little more than two spaces between them (RADOS)."""
        boxes = self.letters.boxes
        words = self._words(a, z)
        if len(words) < 2:
            return words
        ends = [(boxes[first], boxes[last]) for first, last in words]
        gaps = [after[0][0] - before[1][1] for before, after in pairwise(ends)]
        wide = max(5.0, 1.75 * median(gaps))
        pieces = [words[0]]
        for (first, last), gap, ((left, _, bottom, top), _), right in zip(
            words[1:], gaps, ends[1:], [last[1] for _, last in ends], strict=False
        ):
            if gap > min(wide, _gap(top - bottom)) or left < right - 40:
                pieces.append((first, last))
            else:
                pieces[-1] = (pieces[-1][0], last)
        return pieces

    def _gutter(self, starts: list[int], end: Callable[[int], int]) -> int:
        """Which of the neighbours on a line that begin at ``starts`` is the first behind the gutter; 0 when none is.

        The gutter is a wide gap over the middle of the page. Neighbour ``i`` ends at text index ``end(i)``.
        """
        boxes = self.letters.boxes
        low, high = 0, len(starts) - 1  # bisect for the last one that begins left of the middle
        while low < high:
            half = (low + high + 1) // 2
            if boxes[starts[half]][0] < self.middle:
                low = half
            else:
                high = half - 1
        if low == len(starts) - 1:
            return 0
        left, _, bottom, top = boxes[starts[low + 1]]
        return low + 1 if left - boxes[end(low)][1] > _gap(top - bottom) else 0

    def _line(self, a: int, z: int, runs: list[Run]) -> Line:
        """The line from text index ``a`` to ``z``, both included."""
        line = self._uniform(a, z, runs[0][2]) if _is_uniform(runs) else self._mixed(a, z, runs)
        if self.tabular and not line.rotated:
            line.cells = self._cells(line, a, z, runs)
        return line

    def _uniform(self, a: int, z: int, style: Style) -> Line:
        """A line that is set in one style from end to end, as most are."""
        x0, right, low, high = self.letters.boxes[a]
        left, x1, low_end, high_end = self.letters.boxes[z]
        font, size, rotated = style
        if font.signs:
            self._read_as(a, z + 1, font.signs)
        return Line(
            page=self.number,
            x0=min(x0, left),
            y0=min(low, low_end),
            x1=max(x1, right),
            y1=max(high, high_end),
            base=self._level(a, size),
            size=round(size, 1),
            font=font.name,
            text=self.text[a : z + 1],
            bold=font.bold,
            italic=font.italic,
            rotated=rotated,
        )

    def _mixed(self, a: int, z: int, runs: list[Run]) -> Line:
        """A line in which the style changes, or whose style says nothing and that came without runs."""
        letters = self.letters
        x0, right, low, high = letters.boxes[a]
        left, x1, low_end, high_end = letters.boxes[z]
        half = letters.letter((a + z) // 2, z)
        first, middle, last = self._samples(a, half, z, runs)
        for start, end, style in runs:
            font = style.font
            if font.signs:
                self._read_as(start, end, font.signs)
            if font.maths and end - start > 2 and style.size > REAL_SIZE:
                self._close(start, end, style.size)
        size, rotated = max(first[1:], middle[1:], last[1:])
        drawn = size < REAL_SIZE
        if drawn:
            size = self._printed_size(a, z, middle if first is middle is last else None)
        # A footnote's mark stands higher than the line that it begins.
        level = a
        for i, style in ((a, first), (half, middle), (z, last)):
            if style.size > 0.85 * size and self.text[i] != glyphs.GONE:
                level = i
                break
        sizes = [style.size for _, _, style in runs]
        if self.number > 1 and len(runs) > 2 and size < SMALL * max(sizes) and (higher := self._is_raised(runs)):
            level, _, style = higher
            size = style.size
        one, two, three = first.font, middle.font, last.font
        line = Line(
            page=self.number,
            x0=min(x0, left),
            y0=min(low, low_end),
            x1=max(x1, right),
            y1=max(high, high_end),
            base=letters.level(level) if drawn else self._level(level, size),
            size=round(size, 1),
            font=two.name or one.name,
            text=self.text[a : z + 1],
            bold=one.bold + two.bold + three.bold >= 2,
            italic=one.italic + two.italic + three.italic >= 2,
            rotated=rotated,
        )
        if one.stands_out:
            line.lead = self._lead(a, z, a, first) if one.style != three.style else 0
        elif number := _SECTION_NUMBER.match(self.text, a, z + 1):  # amsart sets the number of a run-in heading plain
            title = letters.style(number.end())
            line.lead = self._lead(a, z, number.end(), title) if title.font.stands_out and title.font != three else 0
        if runs and not rotated and min(sizes) < SMALL * line.size:
            line.text, grown = script_marking.marked(letters, self.text, line, runs, a, z)
            line.lead += grown
        return line

    def _level(self, i: int, size: float) -> float:
        """The baseline at text index ``i``; large signs hang from theirs, about the middle of the line."""
        level = self.letters.level(i)
        if self.text[i] in _HANGING:
            _, _, bottom, top = self.letters.boxes[i]
            if top < level + 0.2 * size and bottom < level - 0.5 * size:
                return (bottom + top) / 2 - _AXIS * size
        return level

    def _samples(self, a: int, half: int, z: int, runs: list[Run]) -> tuple[Style, Style, Style]:
        """The styles of the first letter of a line, of the one in the middle and of the last."""
        if not runs:
            return self.letters.style(a), self.letters.style(half), self.letters.style(z)
        middle = runs[-1][2]
        for _, end, style in runs:
            if half < end:
                middle = style
                break
        return runs[0][2], middle, runs[-1][2]

    def _is_raised(self, runs: list[Run]) -> Run | None:
        """The first run of the line itself where a long superscript of the line before begins it (1706.03762)."""
        largest = max(runs, key=lambda run: run[2].size)
        rise = self.letters.level(runs[0][0]) - self.letters.level(largest[0])
        return largest if 0.13 * largest[2].size < rise < 0.6 * largest[2].size else None

    def _close(self, start: int, end: int, size: float) -> None:
        """Take away the spaces that PDFium puts where the slant of an italic letter is: ``P E`` for the product PE."""
        for slant in _SLANT.finditer(self.text[start:end]):
            i = start + slant.start()
            if self.letters.boxes[i + 1][0] - self.letters.boxes[i - 1][1] < _THIN * size:
                self.text = f"{self.text[:i]}{glyphs.GONE}{self.text[i + 1 :]}"

    def _read_as(self, start: int, end: int, signs: dict[int, str]) -> None:
        """Take the letters of a font of symbols for what they stand for."""
        text = self.text[start:end]
        if (read := text.translate(signs)) != text:  # most say what they are, and the page's text is long
            self.text = self.text[:start] + read + self.text[end:]

    def _cells(self, line: Line, a: int, z: int, runs: list[Run]) -> tuple[Cell, ...]:
        """The pieces of a line between wide gaps, none for a line without.

        What looks like running text is not asked word by word: its pieces are objects of their own, or there are none.
        """
        if z - a > _LONG and line.width < _DENSE * line.size * (z - a) and not _AT_END.search(self.text, z - 5, z + 1):
            spans = [(start, self._end(end)) for start, end, _ in runs]
        else:
            spans = self._words(a, z)
        if len(spans) < 2:
            return ()
        boxes, wide = self.letters.boxes, WIDE * line.size
        cuts = []
        for (_, end), (start, _) in pairwise(spans):
            gap = boxes[start][0] - boxes[end][1]
            accent = self.text[start] in LONE_ACCENTS or self.text[end] in LONE_ACCENTS  # drawn apart
            # PDFium may put the second line of a cell behind the row.
            if (gap > wide or gap < -2 * line.size) and not accent:
                cuts.append((end, start))
        if not cuts:
            return ()
        marked = line.text != self.text[a : z + 1]
        pieces = zip([a, *(start for _, start in cuts)], [*(end for end, _ in cuts), z], strict=True)
        return tuple(
            Cell(
                boxes[first][0],
                boxes[last][1],
                script_marking.marked(self.letters, self.text, line, runs, first, last)[0]
                if marked
                else self.text[first : last + 1],
                self._base(line, first),
            )
            for first, last in pieces
        )

    def _base(self, line: Line, i: int) -> float:
        """The baseline of the cell from text index ``i`` on: that of its line, unless it is a second line below it."""
        level = self.letters.level(i)
        return level if abs(level - line.base) > 0.5 * line.size else line.base

    def _lead(self, a: int, z: int, start: int, style: Style) -> int:
        """Letters from ``a`` to the end of the words from ``start`` on that are set like ``style``."""
        length = 0
        for word in _WORD.finditer(self.text, start, z + 1):
            if self.letters.style(word.start()).font.style != style.font.style:
                break
            length = word.end() - a
        return length

    def _printed_size(self, a: int, z: int, style: Style | None) -> float:
        """Font size by the height of the letters, for Type 3 fonts whose own size says nothing (LeCun 1998).

        It is measured once for a ``style`` in which a whole line is set; None for a line that is set in several.
        """
        if known := self._printed.get(id(style)):
            return known
        size, letters = bitmap_fonts.measured(self.text, a, z, self.letters.boxes)
        if style is not None and letters >= _TELLING:
            self._printed[id(style)] = size
        return size


def _is_uniform(runs: list[Run]) -> bool:
    """Whether a line is set in one style, and needs no look at where formulas have gaps.

    Some programs begin a new text object for each word, so these are 65 lines of 100, and 47 are one object.
    """
    if not runs:
        return False
    style = runs[0][2]
    return len(runs) == 1 or (not style.font.maths and all(other is style for _, _, other in runs))


def _gap(height: float) -> float:
    """How far apart two words must be to be in two columns."""
    return max(14.0, 1.4 * height)
