"""Algorithms: which lines beside a caption are their steps, and the steps as text, each on a line of its own.

Environments print the caption above the steps or below them, between rules; the steps are numbered, or begin with words
of programming, and stand to the right of what they belong to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from paperpath.pdf import grid
from paperpath.pdf.lines import Role
from paperpath.pdf.prose import is_heading_like, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.pdf.grid import Row
    from paperpath.pdf.lines import Line, Manuscript

_SURE = re.compile(
    r"\d{1,3}\s?:\s|(?:Require|Ensure|Inputs?|Outputs?|Data|Results?|Parameters?|Initiali[sz]\w*|Hyper-?parameters?)\s?:"
)
_STEP = re.compile(
    r"\d{1,3}[:.)]?\s|[•◦∗-]\s|(?:require|ensure|inputs?|outputs?|initiali[sz]\w*|procedure|function|for|foreach|while|if|"
    r"else|repeat|until|loop|return|begin|do|end|set|let|compute|update|choose|select|sample|import|def)\b|.*←",
    re.I,
)
_LISTED = re.compile(r"\d{1,3}\s?:\s|[•◦∗]\s")
"""What begins a step as wide as running text; that may begin with "For" or "Let" too."""
_NUMBER = re.compile(r"(\d{1,3}(?:\s?[:.)]|(?=\s|$)))\s*(.*)")
_MOST_LINES, _MOST_LETTERS = 150, 250
_INDENTED, _DEEPEST = 0.5, 12
"""Font sizes by which a step stands further right than what it belongs to, and the levels that are told apart."""
_GAP = 1.7
"""A drop of more than so many font sizes before running text parts it from the steps."""
_FAR = 4.5
"""The same before anything: displayed formulas among the steps stand apart from them too (1406.2661)."""


def ends_caption(first: Line, last: Line, line: Line, right: float) -> bool:
    """Whether ``line`` is the first step below an algorithm's caption, which began with ``first`` and goes to ``last``.

    ``right`` is the edge of the column: a line of the caption that ends before it is its last one.
    """
    if _SURE.match(line.text):
        return True
    short = last.x1 < right - 0.12 * (right - first.x0)
    return short and (bool(_STEP.match(line.text)) or line.x0 > first.x0 + 0.4 * first.size)


def steps(m: Manuscript, first: int, last: int) -> list[int]:
    """Indices of the lines that are the steps of the algorithm with its caption in lines ``first`` to ``last``.

    None where what stands beside the caption does not look like steps.
    """
    for start, step in ((last, +1), (first, -1)):
        found = _walk(m, start, step)
        if _look_like_steps([m.lines[i] for i in found]):
            return found
    return []


def _walk(m: Manuscript, start: int, step: int) -> list[int]:
    """Indices of the lines below (1) or above (-1) line ``start`` that may be steps, nearest first."""
    caption = m.lines[start]
    found: list[int] = []
    edge = caption.base  # the lowest (or highest) baseline so far
    i = start + step
    while 0 <= i < len(m.lines) and len(found) < _MOST_LINES:
        line = m.lines[i]
        drop = (edge - line.base) * step
        if (line.page, line.column) != (caption.page, caption.column) or (line.base - caption.base) * step > 0:
            break
        if line.role not in (Role.TEXT, Role.FLOAT) or is_heading_like(m, line) or drop > _FAR * line.size:
            break
        if (step < 0 or drop > _GAP * line.size) and is_prose(m, line) and not _LISTED.match(line.text):
            break
        if step < 0 and not _STEP.match(line.text) and _ends_paragraph(m, i):
            break
        found.append(i)
        edge = min(edge, line.base) if step > 0 else max(edge, line.base)
        i += step
    return found


def _ends_paragraph(m: Manuscript, i: int) -> bool:
    """Whether line ``i`` stands right below running text."""
    line, above = m.lines[i], m.lines[max(0, i - 1)]
    return is_prose(m, above) and 0 < above.base - line.base < _GAP * line.size and line.x0 - above.x0 < line.size


def _look_like_steps(lines: Sequence[Line]) -> bool:
    """Whether some of the rows begin as steps do, or stand to the right of the row before."""
    rows = [(row.cells[0].x0, _text(row), row.size) for row in _rows(lines)]
    likely = sum(bool(_STEP.match(text)) for _, text, _ in rows)
    likely += sum(b[0] > a[0] + _INDENTED * b[2] and not _STEP.match(b[1]) for a, b in pairwise(rows))
    return likely >= max(2, 0.35 * len(rows))


def read(m: Manuscript) -> None:
    """Give the captions of algorithms their ``content``."""
    for i, (caption, lines) in enumerate(zip(m.captions, m.floats, strict=True)):
        if caption.kind == "algorithm" and lines and (content := written(lines)):
            m.captions[i] = replace(caption, content=content)


def written(lines: Sequence[Line]) -> str | None:
    """The steps as lines of text, indented as they are printed; None if a line is too long to be one."""
    numbers = {line.base: match[1] for line in lines if (match := _NUMBER.match(line.text))}
    inorder = [int(re.sub(r"\D", "", numbers[base])) for base in sorted(numbers, reverse=True)]
    if len(inorder) < 2 or any(a >= b for a, b in pairwise(inorder)):
        numbers = {}
    texts = (_without_number(line) if line.base in numbers else line for line in lines)
    rows = _rows(line for line in texts if line.text)
    if not rows:
        return None
    starts: list[float] = []
    for x0 in sorted(row.cells[0].x0 for row in rows):
        if not starts or x0 - starts[-1] > _INDENTED * rows[0].size:
            starts.append(x0)
    margin = max(map(len, numbers.values()), default=0)
    found = []
    for row in rows:
        number = next((text for base, text in numbers.items() if abs(base - row.base) < 0.2 * row.size), "")
        level = sum(start <= row.cells[0].x0 for start in starts) - 1
        found.append((f"{number:>{margin}} " if margin else "") + "  " * min(level, _DEEPEST) + _text(row))
    return "\n".join(line.rstrip() for line in found) if max(map(len, found), default=0) <= _MOST_LETTERS else None


def _rows(lines: Iterable[Line]) -> list[Row]:
    """The lines by baselines; what was found between wide gaps in them is no cell here."""
    return grid.rows_of(replace(line, cells=()) for line in lines)


def _text(row: Row) -> str:
    text, end = row.cells[0].text, row.cells[0].x1
    for cell in row.cells[1:]:
        text += ("  " if cell.x0 - end > 1.5 * row.size else " ") + cell.text
        end = cell.x1
    return text


def _without_number(line: Line) -> Line:
    """``line``, which begins with the number of a step, from behind the number."""
    match = _NUMBER.match(line.text)
    if match is None:
        return line
    if line.cells and line.cells[0].text == match[1]:
        start = line.cells[1].x0
    else:
        start = line.x0 + line.width * match.start(2) / len(line.text)
    return replace(line, x0=start, text=match[2])
