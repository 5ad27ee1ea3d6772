"""The tables below captions as aligned text: what ``grid.py`` found, written down by columns."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, east_asian_width

from paperpath.pdf import grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.pdf.grid import Row, Span
    from paperpath.pdf.lines import Cell, Line, Manuscript

_MOST_CELLS, _MOST_ROWS, _MOST_LETTERS = 3000, 200, 250
"""Cells, rows, and letters in a row beyond which it is no table that a person could read as text."""
_GROUP = 1.3
"""A gap between rows of more than so many usual ones parts two groups."""
_NUMBER = re.compile(r"(?!.*[^\W\d_]{3})[−–+±~≈∼<>≤≥*†‡$#(\[-]*\s?[.,]?\d|[-–—−✓✗×?]$|n/?a$", re.I)


class _Placed(NamedTuple):
    """A text over columns ``first`` to ``last``."""

    first: int
    last: int
    text: str
    left: bool
    """Whether it begins where its first column does."""


def read(m: Manuscript) -> None:
    """Give the captions of tables their ``content``."""
    for i, (caption, lines) in enumerate(zip(m.captions, m.floats, strict=True)):
        if caption.kind == "table" and (content := aligned(lines)):
            m.captions[i] = replace(caption, content=content)


def aligned(lines: Sequence[Line]) -> str | None:
    """The table made of ``lines`` as text with its columns aligned; None when they are no table."""
    if sum(max(1, len(line.cells)) for line in lines) > _MOST_CELLS:
        return None
    rows = grid.rows_of(lines)
    if not 2 <= len(rows) <= _MOST_ROWS:
        return None
    columns = grid.columns_of(rows)
    if len(columns) < 2:
        return None
    placed = [list(_place(row, columns)) for row in rows]
    if not _makes_sense(placed):
        return None
    _indent(rows, placed)
    written = _written(placed, len(columns))
    if max(map(_width, written)) > _MOST_LETTERS:
        return None
    drops = [above.base - below.base for above, below in pairwise(rows)]
    usual = median(drops)
    text = written[0]
    for drop, line in zip(drops, written[1:], strict=True):
        text += ("\n\n" if drop > _GROUP * usual else "\n") + line
    return text


def _makes_sense(rows: list[list[_Placed]]) -> bool:
    """Whether enough rows have cells side by side; the labels of a figure stand strewn over it.

    A cell of many lines may go on alone (1409.3215, Table 3), and notes may follow the last row (LSTM).
    """
    full = [i for i, row in enumerate(rows) if len(row) > 1]
    if len(full) < 2:
        return False
    table = rows[: full[-1] + 1]
    going_on = sum(len(row) == 1 and row[0].first > 0 and row[0].left for row in table)
    return len(full) + going_on >= 0.4 * len(table) and len(full) >= 0.15 * len(table)


def _place(row: Row, columns: Sequence[Span]) -> Iterator[_Placed]:
    """The texts of a row with the columns over which they stand."""
    spans = [_over(cell, columns) for cell in row.cells]
    for i, cell in enumerate(row.cells):
        if between := _between(cell, columns):
            beside = spans[:i] + spans[i + 1 :]
            if not any(first <= between[1] and last >= between[0] for first, last in beside):
                spans[i] = between
    waiting: _Placed | None = None
    end = 0.0
    for cell, (first, last) in zip(row.cells, spans, strict=True):
        if waiting is not None:
            if last <= waiting.last:  # two in one column
                glue = "  " if cell.x0 - end > 1.5 * row.size else " "
                waiting, end = waiting._replace(text=waiting.text + glue + cell.text), cell.x1
                continue
            yield waiting._replace(last=max(waiting.first, min(waiting.last, first - 1)))
            first = max(first, min(waiting.last, first - 1) + 1, waiting.first + 1)
        waiting, end = _Placed(first, last, cell.text, cell.x0 - columns[first][0] < 0.5 * row.size), cell.x1
    if waiting is not None:
        yield waiting


def _indent(rows: Sequence[Row], placed: Sequence[list[_Placed]]) -> None:
    """Give the labels of sub-rows, which begin a little further right, two spaces for each step (1907.11692, Table 4).

    What is centred begins at many places too, but has its middle at one.
    """
    labels = [
        (row.cells[0], i)
        for i, (row, texts) in enumerate(zip(rows, placed, strict=True))
        if texts and texts[0].first == texts[0].last == 0
    ]
    least = min((cell.x0 for cell, _ in labels), default=0.0)
    near = [cell for cell, _ in labels if cell.x0 - least < 3 * rows[0].size]
    middles = [(cell.x0 + cell.x1) / 2 for cell in near]
    steps: list[float] = []
    for x0 in sorted(cell.x0 for cell in near):
        if not steps or x0 - steps[-1] > 0.6 * rows[0].size:
            steps.append(x0)
    if not 1 < len(steps) <= 3 or max(middles) - min(middles) < 1.5 * (steps[-1] - steps[0]):
        return
    for cell, i in labels:
        step = max(k for k, start in enumerate(steps) if cell.x0 >= start)
        if cell.x0 - steps[step] <= 0.6 * rows[0].size:
            placed[i][0] = placed[i][0]._replace(text="  " * step + placed[i][0].text)


def _over(cell: Cell, columns: Sequence[Span]) -> tuple[int, int]:
    """The first and the last column that share much with ``cell``, or the nearest one."""
    touched = [i for i, (x0, x1) in enumerate(columns) if x0 < cell.x1 and x1 > cell.x0]
    if len(touched) == 1:
        return touched[0], touched[0]
    if not touched:
        nearest = min(range(len(columns)), key=lambda i: max(columns[i][0] - cell.x1, cell.x0 - columns[i][1]))
        return nearest, nearest
    shared = [min(cell.x1, columns[i][1]) - max(cell.x0, columns[i][0]) for i in touched]
    much = [
        i
        for i, part in zip(touched, shared, strict=True)
        if part > 0.5 * (columns[i][1] - columns[i][0]) or part > 0.3 * (cell.x1 - cell.x0)
    ]
    return (much[0], much[-1]) if much else (touched[shared.index(max(shared))],) * 2


def _between(cell: Cell, columns: Sequence[Span]) -> tuple[int, int] | None:
    """The two columns between which ``cell`` is centred, as a short head that spans them is."""
    middle = (cell.x0 + cell.x1) / 2
    left = sum(x1 < middle for _, x1 in columns) - 1
    if left < 0 or left + 1 >= len(columns) or columns[left + 1][0] <= middle or cell.x0 < columns[left][0] + 1:
        return None
    return left, left + 1


def _written(rows: list[list[_Placed]], count: int) -> list[str]:
    widths = [0] * count
    alone: list[list[str]] = [[] for _ in range(count)]
    for row in rows:
        for first, last, text, _ in row:
            if first == last:
                widths[first] = max(widths[first], _width(text))
                alone[first].append(text)
    for row in rows:
        for (first, last, text, _), _ in pairwise(row):  # what stands last in its row has room
            missing = _width(text) - sum(widths[first : last + 1]) - 2 * (last - first)
            while missing > 0:
                narrow = min(range(first, last + 1), key=lambda i: widths[i])
                widths[narrow] += 1
                missing -= 1
    right = [sum(bool(_NUMBER.match(text.strip())) for text in texts) >= 0.5 * len(texts) for texts in alone]
    starts = [0, *accumulate(width + 2 for width in widths)]
    return [_line(row, starts, right) for row in rows]


def _line(row: list[_Placed], starts: Sequence[int], right: Sequence[bool]) -> str:
    line, used = "", 0
    for first, last, text, left in row:
        room = starts[last + 1] - 2 - starts[first]
        spare = max(0, room - _width(text))
        spanning = 0 if left else spare // 2
        at = starts[first] + (spanning if first < last else spare if right[first] else 0)
        line += " " * (at - used) + text
        used = at + _width(text)
    return line


def _width(text: str) -> int:
    """How many letters wide ``text`` is in a font whose letters all have the same width."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WF" else not combining(c) for c in text)
