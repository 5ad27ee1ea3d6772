"""The lines of a table → its rows, and where its columns are.

A PDF knows no tables, only words at places. What people see as columns are stripes of paper with nothing printed on
them in nearly all rows; a head that spans columns, or a long note, may cross a stripe. So pieces that bridge what other
rows keep apart are set aside first, and the stripes are found between the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING

from paperpath.pdf.lines import WIDE, Cell
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperpath.pdf.lines import Line

_CROSSED = (0.2, 0.5)
"""Rows that may print something between two columns, as a part of those that leave a gap there; the second is for
small tables, where one long head is a large part."""
_SIGNS = frozenset("·×±+=→")

Span = tuple[float, float]
"""Where a column begins and ends."""


@dataclass(slots=True)
class Row:
    """What stands on one baseline, from left to right."""

    base: float
    size: float
    cells: list[Cell]


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """The rows from top to bottom."""
    pieces = [(cell, line.size) for line in lines for cell in _cells(line)]
    rows: list[Row] = []
    for cell, size in sorted(pieces, key=lambda piece: (-piece[0].base, piece[0].x0)):
        if not rows or rows[-1].base - cell.base > 0.25 * size:
            rows.append(Row(cell.base, size, []))
        rows[-1].cells.append(cell)
    for row in rows:
        row.cells = _joined(row.cells, row.size)
    _settle(rows)
    return rows


def _cells(line: Line) -> list[Cell]:
    cells = list(line.cells or (Cell(line.x0, line.x1, line.text.rstrip(HYPHEN), line.base),))
    if line.text.endswith(HYPHEN):
        cells[-1] = cells[-1]._replace(text=cells[-1].text + "-")
    return [cell._replace(text=" ".join(cell.text.split())) for cell in cells if cell.text.strip()]


def _joined(cells: list[Cell], size: float) -> list[Cell]:
    """Cells of one row, left to right, with those put together that have no gap between them."""
    found: list[Cell] = []
    for cell in sorted(cells):
        if found and cell.x0 - found[-1].x1 < _least(found[-1].text, cell.text) * size:
            last = found[-1]
            glue = "" if 0 <= cell.x0 - last.x1 < 0.1 * size else " "
            found[-1] = last._replace(x1=max(last.x1, cell.x1), text=last.text + glue + cell.text)
        else:
            found.append(cell)
    return found


def _least(before: str, after: str) -> float:
    """The gap that parts two cells, as a part of the font size: signs have much room around them (1706.03762)."""
    return 2 * WIDE if before[-1:] in _SIGNS or after[:1] in _SIGNS else WIDE


def _settle(rows: list[Row]) -> None:
    """Put what is centred beside two rows into one of them: the head of a column beside one of two lines.

    The nearest first, and of two at the same distance the lower one, nearer to what a head stands over (1706.03762,
    Tables 2 and 3).
    """
    usual = median([above.base - below.base for above, below in pairwise(rows)]) if len(rows) > 1 else 0.0
    while True:
        close = [
            (round((above.base - below.base) / (0.15 * above.size)), -i)
            for i, (above, below) in enumerate(pairwise(rows))
            if above.base - below.base < min(0.9 * above.size, max(0.85 * usual, 0.65 * above.size))
            and _fit(above, below)
        ]
        if not close:
            return
        i = -min(close)[1]
        above, below = rows[i], rows.pop(i + 1)
        above.base = max((below, above), key=lambda row: len(row.cells)).base
        above.cells = sorted(above.cells + below.cells)


def _fit(above: Row, below: Row) -> bool:
    """Whether the cells of two rows stand side by side."""
    gap = 0.3 * above.size
    return not any(a.x0 < b.x1 + gap and b.x0 < a.x1 + gap for a in above.cells for b in below.cells)


# ------------------------------------------------------------------ columns


def columns_of(rows: Sequence[Row]) -> list[Span]:
    """Where the columns begin and end, from left to right."""
    bridges = set(_bridges(rows))
    plain = [[cell for cell in row.cells if id(cell) not in bridges] for row in rows]
    found = []
    for crossed in _CROSSED:
        columns = _with_sparse(_stripes(rows, plain, crossed), plain, rows[0].size)
        together = sum(_share(row.cells, columns) for row in rows)
        if together <= 0.3 * len(rows):
            return columns
        found.append((together, columns))
    return min(found)[1]


def _share(cells: Sequence[Cell], columns: Sequence[Span]) -> bool:
    """Whether two neighbours stand in the same column."""
    return any(any(x0 < a.x1 and b.x0 < x1 for x0, x1 in columns) for a, b in pairwise(cells))


def _stripes(rows: Sequence[Row], plain: Sequence[list[Cell]], crossed: float) -> list[Span]:
    """What is left of the width of the table between stripes that nearly all rows leave free."""
    printed: Counter[float] = Counter()
    left_free: Counter[float] = Counter()
    for row, cells in zip(rows, plain, strict=True):
        for cell in cells:
            printed[cell.x0] += 1
            printed[cell.x1] -= 1
        for a, b in pairwise(row.cells):
            left_free[a.x1] += 1
            left_free[b.x0] -= 1
    places = sorted({*printed, *left_free})
    on = accumulate(printed[x] for x in places)
    off = accumulate(left_free[x] for x in places)
    columns: list[Span] = []
    for (start, end), count, gaps in zip(pairwise(places), on, off, strict=False):
        if count > crossed * gaps:
            if columns and columns[-1][1] == start:
                columns[-1] = (columns[-1][0], end)
            else:
                columns.append((start, end))
    # Where only the heads of two neighbours reach over each other is no column.
    inside = [cell for cells in plain for cell in cells]
    return [
        (x0, x1)
        for x0, x1 in columns
        if any(min(cell.x1, x1) - max(cell.x0, x0) > 0.5 * (cell.x1 - cell.x0) for cell in inside)
    ]


def _bridges(rows: Sequence[Row]) -> Iterator[int]:
    """The ``id`` of each cell in whose place other rows have mostly two cells or more."""
    # The cells of a row do not overlap, so those that end before a place and those that begin behind it are counted.
    bounds = [([cell.x0 for cell in row.cells], [cell.x1 for cell in row.cells]) for row in rows if len(row.cells) > 1]
    for row in rows:
        for cell in row.cells:
            more = int(len(row.cells) > 1)  # it is one of its own
            for starts, ends in bounds:
                count = bisect_left(starts, cell.x1 - 1) - bisect_right(ends, cell.x0 + 1)
                more += 1 if count > 1 else -1 if count == 1 else 0
            if more > 0:
                yield id(cell)


def _with_sparse(columns: list[Span], rows: list[list[Cell]], size: float) -> list[Span]:
    """``columns`` and those between them in which few rows have anything.

    A head between two columns that are empty in its own row spans them and has no column of its own.
    """
    found: list[Span] = []
    for cells in rows:
        for i, cell in enumerate(cells):
            if any(x0 < cell.x1 and x1 > cell.x0 for x0, x1 in columns):
                continue
            if i > 0 and cell.x0 - cells[i - 1].x1 < 2 * WIDE * size:  # a word that stands a little apart
                continue
            before = max((x0 for x0, x1 in columns if x1 <= cell.x0), default=None)
            after = min((x1 for x0, x1 in columns if x0 >= cell.x1), default=None)
            taken = (before is None or (i > 0 and cells[i - 1].x1 > before)) or (
                after is None or (i + 1 < len(cells) and cells[i + 1].x0 < after)
            )
            if taken:
                found.append((cell.x0, cell.x1))
    merged: list[Span] = []
    for x0, x1 in sorted([*columns, *found]):
        if merged and x0 < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(x1, merged[-1][1]))
        else:
            merged.append((x0, x1))
    return merged
