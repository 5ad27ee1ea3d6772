"""Pieces of a printed line that PDFium gave one by one → whole lines, with scripts and fractions written as such.

PDFium cuts at roots, fractions, superscripts and wide gaps. Where a piece stands, and how large it is, tells what it is
to the one before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.pdf import scripts
from paperpath.pdf.lines import WIDE, Cell, Line
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SMALL = 0.86
"""A piece of a row that is smaller than this part of it may be a superscript or subscript."""
_FRACTION, _ROOTED = 0.69, 0.8
"""How far apart numerator and denominator are at least, in parts of the font size, and those below a root.

Scripts of one letter are .59 to .66 apart, and .69 to .79 where the upper one is high (1412.6980); the terms of
fractions .73 (quant-ph/9508027).
"""
_DISPLAYED = 1.28
"""The same for displayed fractions, whose terms are 1.36 apart (1406.2661); the rows of a matrix are 1.2 apart."""
_SIGNS, _LARGE = frozenset("+−–-"), frozenset("∑∏∫∮⋃⋂⋁⋀")
_ONE = re.compile(r"\d[\d.]*|[∂∇]?[^\W\d_](?:_\w+)?")
_RAISED_ALONE = re.compile(rf"(?<=\s)(?:{scripts.RAISED_DIGITS}+|\^(?:[^\W_]+|\{{[^{{}}]*\}}))$")
_BEFORE_SCRIPT = re.compile(r"[^\W_]$|[)\]}|∗*′’∑∏∫∇∂⋃⋂∥‖⟩]$")
_WITH_SCRIPT = re.compile(rf"(?:{scripts.RAISED_DIGITS}+|\^(?:[^\W_]+|\{{[^{{}}]*\}}))$")
_SCRIPT = re.compile(r"(?![_^])(?:\S{1,24}|\S{1,10} \S{1,10}(?: \S{1,10})?)")


def joined(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` in their order, those that are pieces of one row put together."""
    row = last = None
    for line in lines:
        if row is not None and last is not None and _same_row(row, line):
            row = _append(row, last, line)
        else:
            if row is not None:
                yield row
            row = line
        last = line
    if row is not None:
        yield row


def _same_row(row: Line, line: Line) -> bool:
    size = max(row.size, line.size)
    level = abs(row.base - line.base)
    if row.column != line.column:  # one piece of a line across the page may lie in one column
        return level < 1 and -0.5 * size < line.x0 - row.x1 < 0.6 * size
    if row.text.endswith(HYPHEN) and level > 1.5:
        return False
    gap = line.x0 - row.x1
    if level < 1.5:
        return -0.5 * size < gap < 2.2 * size or (gap <= 0 and line.x0 > row.x0 + 1)
    return level < 0.8 * size and line.x0 > row.x0 + 3 and gap < 1.0 * size and min(line.width, row.width) < 14 * size


def _append(row: Line, last: Line, line: Line) -> Line:
    """``row``, of which ``last`` is the last piece, with ``line`` behind it."""
    gap = line.x0 - row.x1
    raised = line.size < 0.85 * row.size
    glue = "" if gap < (0.25 if raised or line.base - row.base > 2 else 0.12) * row.size else " "
    before = row.text.rstrip(HYPHEN)
    text = _with_script(before, row, last, line) or before + glue + line.text
    lead = row.lead or (len(row.text) if _stands_out(row) > _stands_out(line) else 0)
    if row.lead == 0 and row.bold and line.lead:
        lead = len(row.text) + len(glue) + line.lead
    long = line if len(line.text) > len(row.text) else row
    return replace(
        row,
        text=text,
        x1=max(row.x1, line.x1),
        y0=min(row.y0, line.y0),
        y1=max(row.y1, line.y1),
        base=row.base if row.size >= line.size - 0.5 else line.base,
        size=max(row.size, line.size),
        font=long.font,
        bold=(row.bold and line.bold) or (row.bold and len(line.text) < 4) or (line.bold and len(row.text) < 8),
        italic=long.italic,
        lead=lead,
        cells=_cells(row, line, glue) if row.cells or line.cells or gap > WIDE * row.size else (),
    )


def _with_script(before: str, row: Line, last: Line, line: Line) -> str | None:
    """``before``, the text of ``row``, with ``line`` as its script or denominator; None if it is neither."""
    rise = line.base - row.base
    if rise < 0 and last.base > row.base and last.base - line.base > _DISPLAYED * row.size:
        return _displayed_fraction(before, row, last, line)
    small = line.size < _SMALL * row.size and (rise > 0.13 * row.size or rise < -0.06 * row.size)
    if not small or not _SCRIPT.fullmatch(line.text):
        return None
    near = abs(line.x0 - last.x0) < 0.6 * row.size or (last.x0 < line.x1 and line.x0 < last.x1)
    stacked = last.size < _SMALL * row.size and near
    fraction = _fraction(before, row, last, line) if stacked else _late_fraction(before, row, line)
    if fraction:
        return fraction
    if not _BEFORE_SCRIPT.search(before) or (len(before) > 1 and before[-2:].isalpha() and line.text[:2].islower()):
        return None  # a word in which the size changes
    under = rise < 0 and _WITH_SCRIPT.search(before) and line.x0 > row.x1 - 1.2 * row.size  # of one that came before
    if not (stacked or under or -0.3 * row.size < line.x0 - row.x1 < 0.25 * row.size):
        return None
    return before + (scripts.raised if rise > 0 else scripts.lowered)(line.text)


def _fraction(before: str, row: Line, last: Line, line: Line) -> str | None:
    """``before``, which ends with the numerator ``last``, with ``line`` as the denominator; None if it is none.

    A numerator is centred over its denominator, and further away from it than scripts are from each other.
    """
    above = next((text for text in (scripts.raised(last.text), last.text) if text and before.endswith(text)), None)
    apart = last.base - line.base
    signs = last.text[:1] in _SIGNS and line.text[:1] in _SIGNS  # 4.2 with an error of +3.2 or −2.0
    if above is None or apart < _FRACTION * row.size or signs:
        return None
    rest = before[: -len(above)]
    over = (last.x0 + last.x1 - line.x0 - line.x1) / 2
    if rest.endswith("√") and apart > _ROOTED * row.size and -0.6 * row.size < over < 0:  # the root begins further left
        return f"{rest[:-1]}{_term(last.text)}/√{_term(line.text)}"
    alike = abs(last.width - line.width) < 0.12 * row.size
    if abs(over) > 0.06 * row.size or (alike and rest[-1:].isalpha()) or rest[-1:] in _LARGE:
        return None
    return f"{rest}{_term(last.text)}/{_term(line.text)}"


def _displayed_fraction(before: str, row: Line, last: Line, line: Line) -> str | None:
    """The same in a displayed formula, where the terms are as large as all else."""
    over = (last.x0 + last.x1 - line.x0 - line.x1) / 2
    if abs(over) > 0.1 * row.size or not last.text or not before.endswith(last.text):
        return None
    return f"{before[: -len(last.text)]}{_term(last.text)}/{_term(line.text)}"


def _late_fraction(before: str, row: Line, line: Line) -> str | None:
    """The same where the numerator came as the end of a longer piece: "log ¹" and then δ."""
    above = _RAISED_ALONE.search(before)
    if above is None or line.base > row.base or not -1.6 * row.size < line.x0 - row.x1 < 0:
        return None
    return f"{before[: above.start()]}{_term(scripts.flat(above[0]).strip('^{}'))}/{_term(line.text)}"


def _term(text: str) -> str:
    """A numerator or denominator, in brackets where it is more than one number or letter."""
    return text if _ONE.fullmatch(text) else f"({text})"


def _cells(row: Line, line: Line, glue: str) -> tuple[Cell, ...]:
    """The cells of two lines that become one; the second line of a head may stand below the first."""
    before = row.cells or (Cell(row.x0, row.x1, row.text.rstrip(HYPHEN), row.base),)
    after = line.cells or (Cell(line.x0, line.x1, line.text.rstrip(HYPHEN), line.base),)
    left, right = before[-1], after[0]
    if not -row.size < right.x0 - left.x1 < WIDE * row.size:
        return before + after
    joined = Cell(left.x0, max(left.x1, right.x1), left.text + glue + right.text, left.base)
    return (*before[:-1], joined, *after[1:])


def _stands_out(line: Line) -> bool:
    return line.bold or line.italic or "csc" in line.font.lower()
