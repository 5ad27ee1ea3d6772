"""Superscripts and subscripts of a printed line, marked in its text in the way of ``scripts.py``.

They are set smaller than their line and stand above or below its baseline. So do logos (LaTeX), marks of authors,
small capitals and words in the corner of a figure: what is around tells which is which.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from paperpath.pdf import scripts
from paperpath.pdf.glyphs import LONE_ACCENTS
from paperpath.pdf.scripts import SMALL

if TYPE_CHECKING:
    from paperpath.pdf.letters import Letters, Run
    from paperpath.pdf.lines import Line

_WORD = re.compile(r"\S+")
_FORMULA = re.compile(r"[^\W\d_].*[+−=()^_|/-]|\d[A-Za-z]|[A-Za-z]\d+[A-Za-z]")
_PUNCTUATION = ".,;:()[]{}\"'“”‘’–-/"
_AFTER_SCRIPT = frozenset(" ,.;:)]}’”\"'=+−-–/|×·∗†‡§(^_′‖")
_CLOSES = re.compile(r" (?:[,.;:)\]}]|-[a-z])")
"""What stands right behind a script, though PDFium puts a space between them."""
_OVER_LETTERS = frozenset("\u0302\u0303") | LONE_ACCENTS
"""Accents, which are narrower than the letter below them."""


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


def marked(letters: Letters, text: str, line: Line, runs: list[Run], a: int, z: int) -> tuple[str, int]:
    """The part of ``line`` from index ``a`` of the page's ``text`` to ``z``, both included, with its scripts marked.

    ``runs`` are those of the whole line. Second comes how many letters ``line.lead`` has grown by the marks in it.
    """
    return _Marker(letters, text, line, runs).marked(a, z)


class _Marker:
    """Finds the scripts of one line."""

    def __init__(self, letters: Letters, text: str, line: Line, runs: list[Run]) -> None:
        self.letters = letters
        self.text = text
        self.line = line
        self.runs = runs

    def marked(self, a: int, z: int) -> tuple[str, int]:
        """The text from index ``a`` to ``z``, both included, with its scripts marked, and how much the lead grows."""
        line = self.line
        out: list[str] = []
        done = a
        grown = 0
        for script in self._scripts(a, z):
            written = (scripts.raised if script.rise > 0 else scripts.lowered)(script.text)
            after = self.text[script.end : script.end + 1]
            if script.inside and (script.start == a or (written[-1:].isalpha() and after.isalnum())):
                written += " "  # the mark at the beginning of a footnote, or W_s x
            before = self.text[done : script.start]
            if script.start > a and before[-1:] == " " and written[:1] not in ("", " ") and self._touches(script.start):
                before = before[:-1]
            out += [before, written]
            end = script.end + (_CLOSES.match(self.text, script.end) is not None)
            if script.end - a <= line.lead:
                grown += len(before) + len(written) - (end - done)
            done = end
        return scripts.lower_first("".join(out) + self.text[done : z + 1]), grown

    def _scripts(self, a: int, z: int) -> list[_Script]:
        """Superscripts and subscripts, word by word, without the punctuation around a word."""
        small = [
            (start, end, rise)
            for start, end, style in self.runs
            if style.size < SMALL * self.line.size and (rise := self._rise(start))
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
                if end - start > 1 and self.text[start:end].isalpha() and self._stands_alone(start):
                    continue  # a small word, not a script of the one before
                written = self._nested(start, end)
                if found and found[-1].rise == rise and self._goes_on(found[-1].end, start, small):
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

    def _nested(self, start: int, end: int) -> str:
        """The text of a script, with scripts of its own marked: ``d_model`` in an exponent."""
        inside = [run for run in self.runs if start <= run[0] < end]
        sizes = [style.size for _, _, style in inside]
        if len(inside) < 2 or min(sizes) >= SMALL * max(sizes):
            return self.text[start:end]
        base = self.letters.level(inside[sizes.index(max(sizes))][0])
        line = replace(self.line, size=max(sizes), base=base, lead=0)
        return _Marker(self.letters, self.text, line, inside).marked(start, end - 1)[0]

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
        if (before.isalpha() and len(before) > 1) or (not before and (self.line.page == 1 or inside.isdigit())):
            return start, end
        raised = all(any(s <= i < e and r == rise for s, e, r in small) for i in (first, end))
        return (first, end + 1) if raised else (start, end)

    def _rise(self, i: int) -> int:
        """1 where the letter at text index ``i`` stands higher than the line, -1 where it stands lower, else 0."""
        offset = self.letters.level(i) - self.line.base
        return 1 if offset > 0.13 * self.line.size else -1 if offset < -0.06 * self.line.size else 0

    def _stands_alone(self, i: int) -> bool:
        """Whether nothing stands right before text index ``i``; PDFium puts many scripts on a line of their own."""
        before = i - 1
        while before >= 0 and self.text[before].isspace():
            before -= 1
        if before < 0:
            return True
        gap = self.letters.boxes[i][0] - self.letters.boxes[before][1]
        return not -1.2 * self.line.size < gap < 0.18 * self.line.size

    def _goes_on(self, end: int, start: int, small: list[tuple[int, int, int]]) -> bool:
        """Whether two scripts are one: PDFium reads ``d_ff`` as "df f" and ``g_{1:T,i}`` as "g1:T ,i"."""
        between = self.text[end:start]
        if between == " ":
            return self._touches(start)
        comma = end + between.find(",")
        return between.strip() == "," and any(first <= comma < last for first, last, _ in small)

    def _touches(self, i: int) -> bool:
        """Whether the word at text index ``i`` stands right behind the one before it."""
        end = self.letters.boxes[i - 2][1]
        if self.text[i - 2] in _OVER_LETTERS:  # narrower than the letter below it
            end = max(end, self.letters.boxes[i - 3][1])
        return self.letters.boxes[i][0] - end < 0.16 * self.line.size
