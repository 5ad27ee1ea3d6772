"""By what means this terminal shows pictures, and a view as lines of text by those means."""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath.tui import halfblocks, kitty
from paperpath.tui.glyphs import ASCII

if TYPE_CHECKING:
    from textual.app import App
    from textual.strip import Strip

    from paperpath.pdf.views import Frame, View
    from paperpath.tui.glyphs import Glyphs

Means = Literal["kitty", "blocks", ""]
"""Empty where no picture can be shown."""
Part = tuple[float, float, float, float]
"""Left, top, right, bottom, as parts of the whole."""


class Cell(NamedTuple):
    """A character's size in pixels."""

    width: float
    height: float


USUAL = Cell(10, 20)
"""Where the terminal does not tell: twice as high as wide, as nearly all fonts are."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A view, ready to be shown."""

    lines: list[Strip]
    part: Part
    send: str = ""
    """To be written to the terminal before the lines are."""
    forget: str = ""
    """To be written when the lines are seen no more."""


def means_of(app: App[object], glyphs: Glyphs) -> Means:
    """How the terminal of ``app`` shows pictures: by what it is, without asking it."""
    if glyphs is ASCII or app.no_color or app.console.color_system is None:
        return ""
    return "kitty" if not app.is_web and kitty.speaks(os.environ, app.console.color_system) else "blocks"


def cell() -> Cell:
    """The size of a character, of which the system knows what the terminal has told it."""
    try:
        import fcntl
        import termios

        told = fcntl.ioctl(sys.__stderr__.fileno(), termios.TIOCGWINSZ, bytes(8))  # type: ignore[union-attr]
        rows, columns, width, height = struct.unpack("HHHH", told)
    except (ImportError, OSError, ValueError, AttributeError):
        return USUAL
    found = Cell(width / columns, height / rows) if rows and columns else Cell(0, 0)
    return found if found.width >= 2 and found.height >= 2 else USUAL


def frame(means: Means, columns: int, rows: int, *, zoom: float, x: float, y: float) -> Frame:
    """What ``columns`` by ``rows`` cells can show; for a thread, the first time takes 0.15 s."""
    from paperpath.pdf.views import Frame  # with all that reads papers, which this process never needed

    size = cell()
    if means == "kitty":
        columns, rows = min(columns, kitty.MOST), min(rows, kitty.MOST)
        return Frame(round(columns * size.width), round(rows * size.height), zoom=zoom, x=x, y=y)
    return Frame(columns, 2 * rows, 2 * size.width / size.height, zoom, x, y, halfblocks.SAMPLES)


def draw(means: Means, view: View) -> Drawing:
    """A view that fits the frame that it was made for; some milliseconds, so in a thread."""
    if means != "kitty":
        return Drawing(halfblocks.strips(view), view.part)
    size, number = cell(), kitty.next_number()
    columns = min(kitty.MOST, max(1, -int(-view.width // size.width)))
    rows = min(kitty.MOST, max(1, -int(-view.height // size.height)))
    return Drawing(
        kitty.strips(number, columns, rows), view.part, kitty.sent(view, number, columns, rows), kitty.forgotten(number)
    )
