"""The letters of one page → printed lines.

PDFium already cuts a page into lines, in the order of the content stream, which for LaTeX is the reading order
(engines that sort by geometry break two-column papers). Here they are cut again where they hold more than they should:
across the gutter of two columns, or names of authors side by side; accents that were drawn apart find their letters,
and what stands high or low is written in the way of ``scripts.py``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from paperpath.pdf import glyphs, scripts
from paperpath.pdf.lines import WIDE, Cell, Line
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperpath.pdf.letters import Letters, Run, Style

_REAL_SIZE = 2.0
"""Points; fonts that say they are smaller are drawn letter by letter (Type 3), and their size says nothing."""
_PARTS = dict.fromkeys("ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl", 0.69) | dict.fromkeys("aceimnorsuvwxz", 0.45)
"""Heights of letters in parts of the font size, for text fonts."""
_SPARSE = 0.58
"""Letters of text are .4 to .5 of their size wide on average; a line of wider ones has gaps, or is in capitals."""
_DENSE = 0.5
"""The same for a row of a table with few gaps."""
_LONG = 45
"""Letters of a line of running text; most are longer in two columns too."""
_SMALL = 0.86
"""Superscripts and subscripts are smaller than this part of the line's size."""

_TABULAR = re.compile(r"^\W*(?:T(?:able|ABLE)|A(?:lgorithm|LGORITHM))\W+[\dA-Z]", re.M)
_CUT = re.compile("([\r\n\ufffe\x02]\n?)")
"""The end of a line. As alternatives, the same pattern takes four times as long."""
_WORD = re.compile(r"\S+")
_AT_END = re.compile(r"[\d%†‡*∗✓]|\s[-–—−]$")
"""What ends a row of numbers, and few lines of text."""
_HYPHENS = ("\ufffe", "\x02")
_LONE_ACCENTS = frozenset("¨´`ˆ˜˚ˇ˙˝")
_DRAWN_ACCENTS = frozenset("\u0302\u0303") | _LONE_ACCENTS
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=\S)")
_FORMULA = re.compile(r"[^\W\d_].*[+−=()^_|/-]|\d[A-Za-z]|[A-Za-z]\d+[A-Za-z]")
_PUNCTUATION = ".,;:()[]{}\"'“”‘’–-/"
_AFTER_SCRIPT = frozenset(" ,.;:)]}’”\"'=+−-–/|×·∗†‡§(^_′‖")
_CLOSES = re.compile(r" (?:[,.;:)\]}]|-[a-z])")
"""What stands right behind a script, though PDFium puts a space between them."""
_HANGING = frozenset("∑∏∫∮⋃⋂⋀⋁⨄⨁⨂⨀∐√()[]{}⌊⌋⌈⌉⟨⟩|‖")
"""What TeX's fonts of large signs draw below the baseline instead of on it."""
_TERM = 0.55
"""How far the terms of a displayed fraction are at least from the line, in parts of the font size: .68 up, .69 down."""
_AXIS = 0.25
"""How high the middle of a formula stands, in parts of the font size (The TeXbook, appendix G)."""


class _Script(NamedTuple):
    """Letters that stand high or low."""

    start: int
    end: int
    """The index after the last."""
    rise: int
    """1 or -1."""
    inside: bool
    """Whether the word goes on behind them."""
    text: str


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
            elif found and text in _LONE_ACCENTS:
                found[-1].text = self._accented(found[-1].text, last, self.text.index(text, begin))
            else:
                first = last = begin + chunk.index(text)
                for a, z, runs in self._pieces(first, first + len(text) - 1):
                    if a == z and found and self.text[a] in _LONE_ACCENTS:
                        found[-1].text = self._accented(found[-1].text, last, a)
                    else:
                        found.append(self._line(a, z, runs))
                        last = a
        return found

    def _accented(self, text: str, start: int, accent: int) -> str:
        """``text``, which begins at index ``start``, with the accent put after the letter that it stands over.

        Old TeX fonts draw accents apart, and PDFium gives some of them a line of their own (LSTM: ``Universit¨at``).
        """
        left, right, _, _ = self.letters.boxes[accent]
        middle = (left + right) / 2
        for i, letter in enumerate(text):
            if letter.isalpha():
                x0, x1, _, _ = self.letters.boxes[start + i]
                if x0 <= middle <= x1:
                    return text[:i] + self.text[accent] + text[i:]
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
            if style.size >= _SMALL * size:
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
        drawn = size < _REAL_SIZE
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
        letters = self.letters
        x0, right, low, high = letters.boxes[a]
        left, x1, low_end, high_end = letters.boxes[z]
        half = letters.letter((a + z) // 2, z)
        first, middle, last = self._samples(a, half, z, runs)
        for start, end, style in runs:
            if style.font.signs:
                self._read_as(start, end, style.font.signs)
        alike = first is last and first is middle
        size, rotated = max(first[1:], middle[1:], last[1:]) if not alike else first[1:]
        drawn = size < _REAL_SIZE
        if drawn:
            size = self._printed_size(a, z)
        # A footnote's mark stands higher than the line that it begins.
        level = a
        if not alike:
            samples = ((a, first), (half, middle), (z, last))
            large = (i for i, style in samples if style.size > 0.85 * size and self.text[i] != glyphs.GONE)
            level = next(large, a)
        sizes = [style.size for _, _, style in runs]
        if self.number > 1 and len(runs) > 2 and size < _SMALL * max(sizes) and (higher := self._is_raised(runs)):
            level, _, style = higher
            size = style.size
        one, two, three = first.font, middle.font, last.font
        line = Line(
            page=self.number,
            x0=min(x0, left),
            y0=min(low, low_end),
            x1=max(x1, right),
            y1=max(high, high_end),
            base=self.letters.level(level) if drawn else self._level(level, size),
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
        if len(runs) > 1 and not rotated and min(sizes) < _SMALL * line.size:
            self._mark_scripts(line, a, z, runs)
        if self.tabular and not rotated:
            line.cells = self._cells(line, a, z, runs)
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
        if len(runs) == 1:
            return (runs[0][2],) * 3
        return runs[0][2], next(style for _, end, style in runs if half < end), runs[-1][2]

    def _is_raised(self, runs: list[Run]) -> Run | None:
        """The first run of the line itself where a long superscript of the line before begins it (1706.03762)."""
        largest = max(runs, key=lambda run: run[2].size)
        rise = self.letters.level(runs[0][0]) - self.letters.level(largest[0])
        return largest if 0.13 * largest[2].size < rise < 0.6 * largest[2].size else None

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
            accent = self.text[start] in _LONE_ACCENTS or self.text[end] in _LONE_ACCENTS  # drawn apart
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
                self._marked(line, first, last, runs)[0] if marked else self.text[first : last + 1],
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

    def _printed_size(self, a: int, z: int) -> float:
        """Font size by the height of the letters, for Type 3 fonts whose own size says nothing (LeCun 1998)."""
        heights = []
        boxes = self.letters.boxes
        for i, letter in enumerate(self.text[a : min(z + 1, a + 24)], a):
            if part := _PARTS.get(letter):
                _, _, bottom, top = boxes[i]
                heights.append((top - bottom) / part)
        return round(2 * median(heights)) / 2 if heights else 0.0

    def _mark_scripts(self, line: Line, a: int, z: int, runs: list[Run]) -> None:
        """Write what stands high or low and small in the way of ``scripts.py``."""
        line.text, grown = self._marked(line, a, z, runs)
        line.lead += grown

    def _marked(self, line: Line, a: int, z: int, runs: list[Run]) -> tuple[str, int]:
        """The text from index ``a`` to ``z`` with its scripts marked, and by how much the line's lead has grown."""
        out: list[str] = []
        done = a
        grown = 0
        for script in self._scripts(line, a, z, runs):
            written = (scripts.raised if script.rise > 0 else scripts.lowered)(script.text)
            after = self.text[script.end : script.end + 1]
            if script.inside and (script.start == a or (written[-1:].isalpha() and after.isalnum())):
                written += " "  # the mark at the beginning of a footnote, or W_s x
            before = self.text[done : script.start]
            if (
                script.start > a
                and before[-1:] == " "
                and written[:1] not in ("", " ")
                and self._touches(script.start, line.size)
            ):
                before = before[:-1]
            out += [before, written]
            end = script.end + (_CLOSES.match(self.text, script.end) is not None)
            if script.end - a <= line.lead:
                grown += len(before) + len(written) - (end - done)
            done = end
        return scripts.lower_first("".join(out) + self.text[done : z + 1]), grown

    def _scripts(self, line: Line, a: int, z: int, runs: list[Run]) -> list[_Script]:
        """Superscripts and subscripts, word by word, without the punctuation around a word."""
        small = [
            (start, end, rise)
            for start, end, style in runs
            if style.size < _SMALL * line.size and (rise := self._rise(start, line))
        ]
        found: list[_Script] = []
        if not small:
            return found
        for word in _WORD.finditer(self.text, a, z + 1):
            text = word[0].strip(_PUNCTUATION)
            if not text or word.end() <= small[0][0]:
                continue
            if word.start() >= small[-1][1]:
                break
            first = word.start() + word[0].index(text)
            for start, end, rise in self._within(small, first, text):
                start, end = self._bracketed(start, end, rise, a, small)
                followed = any(first <= end < last for first, last, _ in small)
                inside = end < word.end() and not followed and self.text[end] not in _AFTER_SCRIPT
                if (start == a and end > z) or (inside and start > a and not self._in_formula(start)):
                    continue  # all of the line, or inside a word: [AAB+15]
                if end - start > 1 and self.text[start:end].isalpha() and self._stands_alone(start, line.size):
                    continue  # a small word, not a script of the one before
                written = self._nested(line, start, end, runs)
                if found and found[-1].rise == rise and self._goes_on(found[-1].end, start, line.size, small):
                    before = found.pop()
                    comma = "," if "," in self.text[before.end : start] else ""
                    start, written = before.start, before.text + comma + written
                found.append(_Script(start, end, rise, inside, written))
        return found

    def _within(self, small: list[tuple[int, int, int]], first: int, word: str) -> list[tuple[int, int, int]]:
        """The part of ``small`` that lies in ``word``, which begins at index ``first``; neighbours as one."""
        found: list[tuple[int, int, int]] = []
        end = first + len(word)
        for start, stop, rise in small:
            if start >= end or stop <= first:
                continue
            start, stop = max(start, first), min(stop, end)
            if found and found[-1][1] == start and found[-1][2] == rise:
                found[-1] = (found[-1][0], stop, rise)
            else:
                found.append((start, stop, rise))
        # A small letter in the midst of a word is a logo (LaTeX) unless the word looks like a formula.
        if (
            found
            and len(word) > 2
            and found[0][0] > first
            and found[-1][1] < end
            and not _FORMULA.search(word)
            and not self._in_formula(found[0][0])
        ):
            return []
        return found

    def _in_formula(self, start: int) -> bool:
        """Whether what stands high or low from text index ``start`` on belongs to a variable: ``W_s x`` is no word."""
        before = self.text[start - 1]
        if before in scripts.LARGE:
            return True
        variable = before.isalpha() and not self.text[start - 2 : start - 1].isalpha()
        return variable and any(self.letters.style(i).font.maths for i in (start - 1, start))

    def _nested(self, line: Line, start: int, end: int, runs: list[Run]) -> str:
        """The text of a script, with scripts of its own marked: ``d_model`` in an exponent."""
        inside = [run for run in runs if start <= run[0] < end]
        sizes = [style.size for _, _, style in inside]
        if len(inside) < 2 or min(sizes) >= _SMALL * max(sizes):
            return self.text[start:end]
        base = self.letters.level(inside[sizes.index(max(sizes))][0])
        return self._marked(replace(line, size=max(sizes), base=base, lead=0), start, end - 1, inside)[0]

    def _bracketed(self, start: int, end: int, rise: int, a: int, small: list[tuple[int, int, int]]) -> tuple[int, int]:
        """``start`` and ``end`` with the brackets around them if these are part of a script, as in ``x^{(k)}``.

        Only behind a letter that stands alone, a sign or nothing: the marks of authors, "Vega(1)", are read without.
        """
        text = self.text
        inside = text[start:end]
        missing = inside.count("(") - inside.count(")")
        first = start - (missing == 0)
        if first < a or text[first] != "(" or text[end : end + 1] != ")" or missing not in (0, 1):
            return start, end
        before = text[a:first].rstrip()[-2:]
        if (before.isalpha() and len(before) > 1) or (not before and (self.number == 1 or inside.isdigit())):
            return start, end
        raised = all(any(s <= i < e and r == rise for s, e, r in small) for i in (first, end))
        return (first, end + 1) if raised else (start, end)

    def _rise(self, i: int, line: Line) -> int:
        """1 where the letter at text index ``i`` stands higher than the line, -1 where it stands lower, else 0."""
        offset = self.letters.level(i) - line.base
        return 1 if offset > 0.13 * line.size else -1 if offset < -0.06 * line.size else 0

    def _stands_alone(self, i: int, size: float) -> bool:
        """Whether nothing stands right before text index ``i``; PDFium puts many scripts on a line of their own."""
        before = i - 1
        while before >= 0 and self.text[before].isspace():
            before -= 1
        if before < 0:
            return True
        return not -1.2 * size < self.letters.boxes[i][0] - self.letters.boxes[before][1] < 0.18 * size

    def _goes_on(self, end: int, start: int, size: float, small: list[tuple[int, int, int]]) -> bool:
        """Whether two scripts are one: PDFium reads ``d_ff`` as "df f" and ``g_{1:T,i}`` as "g1:T ,i"."""
        between = self.text[end:start]
        if between == " ":
            return self._touches(start, size)
        comma = end + between.find(",")
        return between.strip() == "," and any(first <= comma < last for first, last, _ in small)

    def _touches(self, i: int, size: float) -> bool:
        """Whether the word at text index ``i`` stands right behind the one before it."""
        end = self.letters.boxes[i - 2][1]
        if self.text[i - 2] in _DRAWN_ACCENTS:  # narrower than the letter below it
            end = max(end, self.letters.boxes[i - 3][1])
        return self.letters.boxes[i][0] - end < 0.16 * size


def _gap(height: float) -> float:
    """How far apart two words must be to be in two columns."""
    return max(14.0, 1.4 * height)
