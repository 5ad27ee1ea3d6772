"""Questions about places on a page: x0, y0, x1, y1 in PDF points, origin bottom left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.pdf.lines import Box


def joined(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def is_in(box: Box, place: Box) -> bool:
    """Whether the middle of a box lies in a place."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def is_rule(box: Box) -> bool:
    """Whether it is a line across, as tables have them."""
    return height(box) < 2.5 and width(box) > 60


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """How much two stretches have in common; below 0 where they are apart."""
    return min(a1, b1) - max(a0, b0)


def width(box: Box) -> float:
    """From left to right."""
    return box[2] - box[0]


def height(box: Box) -> float:
    """From bottom to top."""
    return box[3] - box[1]
