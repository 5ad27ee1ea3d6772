"""Where on the page the figure or the table of a caption is.

A figure stands above its caption and a table on either side. Between the caption and the running text there is a band
of the page, and what is drawn there is the float, together with the words at it: labels of axes, names of parts, cells.
So a region begins with what is drawn next to the caption and grows over all that is near, up to the next line of text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from paperpath.model import Caption
from paperpath.pdf.boxes import height, is_in, is_rule, joined, overlap, width
from paperpath.pdf.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.pdf.lines import Box, Manuscript, Page

Side = Literal["above", "below"]

_LOW, _NARROW = 8.0, 20.0
"""Points; what is smaller is a rule or a stray mark. The digits of 1406.2661, Figure 3, are one row of 14 points."""
_NEAR = 34.0
"""Points between the drawings of one float: rows of figures, groups of a table's rows."""
_WORDS = 14.0
"""Points between a drawing and words that belong to it; a running head is farther (1207.1925, page 8)."""
_FAR = 60.0
"""Points between a caption and its float, at most."""
_MARGIN = 3.0
"""Points around a region: the boxes of lines and letters leave out the thickness of strokes."""


@dataclass(frozen=True, slots=True)
class Region:
    """The place of a figure, a table or an algorithm."""

    caption: Caption
    box: Box | None
    """x0, y0, x1, y1 in PDF points, origin bottom left; None where nothing was found that belongs to the caption."""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Region:
        """The inverse of ``dataclasses.asdict``, also after a way through JSON."""
        caption = data["caption"]
        place = data["box"]
        return cls(Caption(**caption | {"box": tuple(caption["box"])}), place and tuple(place))


def find(m: Manuscript, drawn: Callable[[int], Sequence[Box]]) -> tuple[Region, ...]:
    """The regions of all captions, in their order.

    Args:
        m: the manuscript with its captions; their lines and those within floats are claimed.
        drawn: number of a page → the boxes of what is drawn on it.
    """
    numbers = sorted({caption.page for caption in m.captions})
    sheets = [_Sheet(m, m.sheet(number), drawn(number)) for number in numbers]
    side = _usual_side(sheets)
    places: dict[int, Box] = {}
    for sheet in sheets:
        places |= sheet.regions(side)
    return tuple(Region(caption, places.get(id(caption))) for caption in m.captions)


def _usual_side(sheets: Sequence[_Sheet]) -> Side:
    """Where the tables of this paper stand, by those that can only be on one side."""
    votes: Counter[Side] = Counter()
    for sheet in sheets:
        for caption in sheet.captions:
            above, below = (sheet.at(caption, side) for side in ("above", "below"))
            if caption.kind == "table" and bool(above) != bool(below):
                votes["above" if above else "below"] += 1
    return "above" if votes["above"] > votes["below"] else "below"


class _Sheet:
    """One page with captions: its text, what is drawn on it, and what was given to captions already."""

    def __init__(self, m: Manuscript, page: Page, drawn: Sequence[Box]) -> None:
        self.captions = [caption for caption in m.captions if caption.page == page.number and caption.box]
        self._page = page
        self._drawn = [box for box in drawn if not _is_marginal(page, box)]
        self._lines = Labels(m, page, self._drawn)
        self._taken: list[Box] = []

    def regions(self, side: Side) -> dict[int, Box]:
        """The region of each caption, by the caption's ``id``; ``side`` is where tables usually stand."""
        found: dict[int, Box] = {}
        other: Side = "above" if side == "below" else "below"
        for caption in sorted(self.captions, key=lambda c: c.kind != "figure"):
            order: tuple[Side, Side] = ("above", "below")
            if caption.kind != "figure":
                order = (side, other) if caption.kind == "table" else ("below", "above")
            box = self.at(caption, order[0], side) or self._beside(caption) or self.at(caption, order[1], side)
            if box is not None:
                self._taken.append(box)
                found[id(caption)] = box
        return found

    def at(self, caption: Caption, side: Side, usual: Side | None = None) -> Box | None:
        """What stands on that side of the caption, if anything does.

        Args:
            caption: one of this page.
            side: where to look.
            usual: where tables stand in this paper, when that is known: then a place between two captions is shared.
        """
        band = self._band(caption, side)
        if usual is not None:
            band = self._shared(caption, side, band, usual)
        parts = [box for box in self._drawn if is_in(box, band)]
        words = [box for box in self._lines.words if is_in(box, band)]
        return _trimmed(_grown(parts, words, caption, side), band)

    def _band(self, caption: Caption, side: Side) -> Box:
        """The place between a caption and the next text on that side, as wide as its column."""
        left, right = self._span(caption)
        _, y0, _, y1 = _box(caption)
        walls = [*self._lines.text, *self._taken, *(_box(other) for other in self.captions if other is not caption)]
        walls = [box for box in walls if overlap(box[0], box[2], left, right) > 0.3 * min(width(box), right - left)]
        if side == "above":
            top = min((box[1] for box in walls if box[1] > y0 and box[3] > y1), default=self._page.height)
            return (left, y1, right, top)
        return (left, max((box[3] for box in walls if box[3] < y1 and box[1] < y0), default=0.0), right, y0)

    def _span(self, caption: Caption) -> tuple[float, float]:
        """Between which edges the float of a caption is: those of its column, or of its share of the row."""
        x0, y0, x1, y1 = _box(caption)
        left, right = self._wide(caption)
        others = [_box(other) for other in self.captions if other is not caption]
        for box in [*self._lines.text, *others]:
            if box[1] >= y1 or box[3] <= y0:
                continue
            if box[0] >= x1 and box[0] < right:
                right = (x1 + box[0]) / 2
            elif box[2] <= x0 and box[2] > left:
                left = (x0 + box[2]) / 2
        return left, right

    def _wide(self, caption: Caption) -> tuple[float, float]:
        column, middle = self._lines.column(caption), self._page.width / 2
        if column == 0:
            return 0.0, self._page.width
        # The caption of a figure across the page may be short, and set at the left.
        low, high = _box(caption)[1] - _FAR, _box(caption)[3] + _FAR
        for box in self._drawn:
            if box[0] < middle - 30 and box[2] > middle + 30 and low < box[3] and box[1] < high:
                return 0.0, self._page.width
        return (0.0, middle + 4) if column == 1 else (middle - 4, self._page.width)

    def _shared(self, caption: Caption, side: Side, band: Box, usual: Side) -> Box:
        """The part of the band that is this caption's, when the float of the one at its far end is there too.

        A table below its caption may be followed by a figure above its own (1303.5778, Table 1 and Figure 3).
        """
        for other in self.captions:
            upper, lower = (other, caption) if side == "above" else (caption, other)
            edge = _box(other)[1] if side == "above" else _box(other)[3]
            if (
                abs(edge - band[3 if side == "above" else 1]) > 1
                or (upper.kind == "table" and usual == "above")
                or (lower.kind == "table" and usual == "below")
                or upper.kind == "figure"
                or lower.kind == "algorithm"
                or self.at(upper, "above")
            ):
                continue
            cut = self._cut(band)
            return (band[0], cut, band[2], band[3]) if side == "below" else (band[0], band[1], band[2], cut)
        return band

    def _cut(self, band: Box) -> float:
        """The height that parts a table at the top of the band from a float at its bottom.

        That is the end of the table's rules, or the widest gap.
        """
        boxes = [box for box in [*self._drawn, *self._lines.words] if is_in(box, band)]
        rules = sorted((box for box in boxes if is_rule(box)), key=lambda box: -box[1])
        same = [box for box in rules if abs(box[0] - rules[0][0]) < 4 and abs(box[2] - rules[0][2]) < 4]
        if len(same) > 1:
            return same[-1][1] - 1.5
        cut, widest, low = band[1], 0.0, band[3]
        for box in sorted(boxes, key=lambda box: -box[3]):
            if low - box[3] > widest and low < band[3]:
                cut, widest = (low + box[3]) / 2, low - box[3]
            low = min(low, box[1])
        return cut

    def _beside(self, caption: Caption) -> Box | None:
        """What stands at the left or the right of a caption (1409.0473, Table 1)."""
        x0, y0, x1, y1 = _box(caption)
        first, last = self._wide(caption)
        for left, right in ((first, x0 - 2), (x1 + 2, last)):
            band = (left, y0 - _NEAR, right, y1 + _NEAR)
            parts = [box for box in self._drawn if is_in(box, band)]
            words = [box for box in self._lines.words if is_in(box, band)]
            if any(height(box) > _NARROW or is_rule(box) for box in parts):
                box = joined([*parts, *words])
                if not any(is_in(line, box) for line in self._lines.text):
                    return _trimmed(box, (left, 0.0, right, self._page.height))
        return None


def _grown(parts: Sequence[Box], words: Sequence[Box], caption: Caption, side: Side) -> Box | None:
    """What is drawn or written next to the caption, and what is near to that, and so on."""

    def distance(box: Box) -> float:
        return box[1] - _box(caption)[3] if side == "above" else _box(caption)[1] - box[3]

    pictured = caption.kind == "figure" and any(height(box) > 4 for box in parts)
    seeds = [box for box in (parts if pictured else [*parts, *words]) if distance(box) < _FAR]
    if not seeds:
        return None
    region = min(seeds, key=distance)
    waiting = [(box, _NEAR) for box in parts] + [(box, _WORDS if pictured else _NEAR) for box in words]
    while True:
        # Beside each other parts may be far apart: figures in a row, columns of a table.
        near = [box for box, reach in waiting if -overlap(box[1], box[3], region[1], region[3]) < reach]
        larger = joined([region, *near])
        if larger == region:
            return region
        region = larger


def _trimmed(box: Box | None, band: Box) -> Box | None:
    """The box with a margin, as far as it is in the band; None where that is too small to be a float."""
    if box is None:
        return None
    x0, y0, x1, y1 = max(box[0], band[0]), max(box[1], band[1]), min(box[2], band[2]), min(box[3], band[3])
    if y1 - y0 < _LOW or x1 - x0 < _NARROW:
        return None
    x0, x1 = max(x0 - _MARGIN, band[0]), min(x1 + _MARGIN, band[2])
    return (x0, max(y0 - _MARGIN, band[1] + 0.5), x1, min(y1 + _MARGIN, band[3] - 0.5))


def _is_marginal(page: Page, box: Box) -> bool:
    """Whether something drawn belongs to running heads: rules, logos and crop marks."""
    low, high = (0.08, 0.92) if height(box) < 2 else (0.05, 0.95)
    return box[1] > high * page.height or box[3] < low * page.height


def _box(caption: Caption) -> Box:
    """The place of a caption; those of a parsed PDF have one."""
    assert caption.box is not None
    return caption.box
