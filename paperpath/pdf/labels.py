"""Which words of a page belong to what is drawn on it, and which are its text.

The captions' step claims most words inside floats. What it leaves are words that stand apart in the stream of the page;
here the place of what is drawn tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from paperpath.pdf import prose
from paperpath.pdf.boxes import height, is_in, is_rule, width
from paperpath.pdf.lines import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.model import Caption
    from paperpath.pdf.lines import Box, Line, Manuscript, Page

_CELL = 6.0
"""Points; strokes that are nearer than that are one drawing."""
_FRAMES = 40
"""The largest drawings, of which it is asked whether they hold the others."""
_LEAST = 20.0
"""Points; lower or narrower drawings are rules and marks."""
_AROUND = 40.0
"""Points from a drawing within which a few words beside it are its label."""
_SHORT = 80.0
"""Points; text that runs around a figure is wider."""
_UNDER = 14.0
"""Points under a drawing within which ``(a) An Aztec diamond`` names it (math/0405482, Figure 2)."""
_SUBCAPTION = re.compile(r"\([a-z]\)\s")
_SHEET = 0.6
"""Share of the page from which a drawing is a frame around its text."""


class Labels:
    """The lines of one page by what they belong to."""

    def __init__(self, m: Manuscript, page: Page, drawn: Sequence[Box]) -> None:
        self._lines = [line for line in m.lines if line.page == page.number]
        frames = _frames(m, page, self._lines, drawn)
        sideways = [line for line in page.lines if line.rotated and line.text.strip()]
        self.words: list[Box] = [line.box for line in sideways if any(_is_axis(line.box, box) for box in frames)]
        """Words inside floats or at them."""
        self.text: list[Box] = []
        """Lines of the running text, headings, formulas and running heads."""
        heads = [line.box for line in page.lines if _is_running_head(page, line)]
        self.text += [line for line in heads if not any(is_in(line, box) for box in drawn)]
        for line in self._lines:
            if line.role is Role.FLOAT or (line.role is Role.TEXT and _is_label(m, line, frames)):
                self.words.append(line.box)
            elif line.role is Role.TEXT:
                self.text.append(line.box)

    def column(self, caption: Caption) -> int:
        """The column of the caption's lines; 0 where they go across the page."""
        box = caption.box
        columns = {line.column for line in self._lines if line.role is Role.CAPTION and box and is_in(line.box, box)}
        return columns.pop() if len(columns) == 1 else 0


def drawings(drawn: Sequence[Box]) -> list[Box]:
    """The boxes around all that touches: a drawing is made of hundreds of strokes.

    Strokes are put on a grid and its cells are joined, because comparing each of 30,000 with each takes minutes.
    """
    cells: set[tuple[int, int]] = set()
    large: list[tuple[int, int, int, int]] = []
    grid = {(int(x0 // _CELL), int(y0 // _CELL), int(x1 // _CELL), int(y1 // _CELL)) for x0, y0, x1, y1 in drawn}
    for x0, y0, x1, y1 in sorted(grid, key=lambda box: (box[0] - box[2]) * (box[3] - box[1])):
        # A thousand curves in one plot are within its frame.
        if any(box[0] <= x0 and box[1] <= y0 and x1 <= box[2] and y1 <= box[3] for box in large):
            continue
        if len(large) < _FRAMES:
            large.append((x0, y0, x1, y1))
        cells.update((x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))
    found = []
    while cells:
        todo = [cells.pop()]
        group = []
        while todo:
            x, y = todo.pop()
            group.append((x, y))
            near = [(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            todo += [cell for cell in near if cell in cells]
            cells.difference_update(near)
        xs, ys = zip(*group, strict=True)
        found.append((min(xs) * _CELL, min(ys) * _CELL, (max(xs) + 1) * _CELL, (max(ys) + 1) * _CELL))
    return found


def ruled(drawn: Sequence[Box]) -> Iterator[Box]:
    """The places between a horizontal rule and the next one of the same length below it, as tables have them."""
    rules: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
    for box in drawn:
        if is_rule(box):
            rules[round(box[0] / 4), round(box[2] / 4)].append(box)
    for same in rules.values():
        same.sort(key=lambda box: box[1])
        yield from ((low[0], low[1], low[2], high[3]) for low, high in pairwise(same))


def _is_axis(box: Box, frame: Box) -> bool:
    """Whether rotated words name an axis of a drawing, and are no stamp in the margin."""
    beside = max(box[0] - frame[2], frame[0] - box[2]) < _AROUND
    return beside and box[1] > frame[1] - _LEAST and box[3] < frame[3] + _LEAST


def _is_running_head(page: Page, line: Line) -> bool:
    """Whether a line is a running head or a page number; rotated words are dropped as margins too."""
    at_edge = line.y0 > 0.86 * page.height or line.y1 < 0.1 * page.height
    return line.role is Role.MARGIN and at_edge and not line.rotated


def _frames(m: Manuscript, page: Page, lines: Sequence[Line], drawn: Sequence[Box]) -> list[Box]:
    """The places of drawings and between rules, where words are labels and cells.

    Text may stand between the rules of two tables, and the box of a drawing may reach over it. But a table of sentences
    looks like text too (1410.8206, Table 3): what has a stroke from top to bottom is one.
    """
    text = [line for line in lines if line.role is Role.TEXT]
    running = [line.box for line in text if prose.is_prose(m, line)]
    uprights = [box for box in drawn if width(box) < 2.5 and height(box) > 10]
    found, tables = [], []
    for box in ruled(drawn):
        inside = sum(is_in(line.box, box) for line in text)
        whole = any(is_in(stroke, box) and height(stroke) > 0.8 * height(box) for stroke in uprights)
        if whole:
            tables.append(box)
        elif sum(is_in(line, box) for line in running) < 0.4 * inside:
            found.append(box)
    for box in drawings(drawn):
        if height(box) < _LEAST or width(box) < _LEAST:
            continue
        table = sum(height(part) for part in tables if is_in(part, box)) > 0.5 * height(box)
        if table or not any(is_in(line, box) for line in running):
            found.append(box)
    return [box for box in [*found, *tables] if height(box) * width(box) < _SHEET * page.width * page.height]


def _is_label(m: Manuscript, line: Line, frames: Sequence[Box]) -> bool:
    if prose.is_heading(m, line):  # the box of a drawing may reach over it (1706.03762, Figure 3)
        return False
    if _SUBCAPTION.match(line.text) and any(
        is_in(line.box, (box[0], box[1] - _UNDER, box[2], box[3])) for box in frames
    ):
        return True
    beside = len(line.text.split()) <= 3 or line.width < _SHORT
    return any(
        is_in(line.box, box)
        or (beside and box[1] < (line.y0 + line.y1) / 2 < box[3] and max(line.x0 - box[2], box[0] - line.x1) < _AROUND)
        for box in frames
    )
