"""Pixels as text: the upper half of a cell in one colour and the lower half in another, two pixels to a character.

Every terminal with colours can show that, through tmux, ssh and a browser too, and nobody has to be asked whether.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from paperpath.pdf.views import View

UPPER = "▀"
SAMPLES = 3
"""In either direction, for a pixel: with one, lines of Figure 1 of 1706.03762 are broken and its letters are gone."""


def strips(view: View) -> list[Strip]:
    """The lines of a view, each as many cells wide as the view has pixels; a last row alone has white below it."""
    row, pixels = 3 * view.width, view.pixels
    rows = [pixels[at : at + row] for at in range(0, row * view.height, row)]
    if len(rows) % 2:
        rows.append(b"\xff" * row)
    return [_strip(upper, lower) for upper, lower in zip(rows[::2], rows[1::2], strict=True)]


def _strip(upper: bytes, lower: bytes) -> Strip:
    cells = ((upper[at : at + 3], lower[at : at + 3]) for at in range(0, len(upper), 3))
    segments = []
    for (above, below), run in groupby(cells):
        # A space needs one colour to be sent, and is the same in any font.
        sign = " " if above == below else UPPER
        segments.append(Segment(sign * sum(1 for _ in run), _style(above, below)))
    return Strip(segments, len(upper) // 3)


@lru_cache(4096)
def _style(above: bytes, below: bytes) -> Style:
    return Style.from_color(None if above == below else Color.from_rgb(*above), Color.from_rgb(*below))
