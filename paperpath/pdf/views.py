"""What is to be seen of a page on a screen of few pixels, and the pixels.

A terminal without pictures has two pixels to a character, 120 by 60 for a whole page. PDFium puts a hairline into one
pixel or into none at such sizes, so it draws several times larger and each pixel is the mean of its samples.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

MOST = 4096
"""Pixels of a view in either direction; larger frames are taken for this size."""
MOST_ZOOM = 16.0
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a view is to be shown, and how near."""

    width: int
    """Pixels there are at most, at least 1."""
    height: int
    aspect: float = 1.0
    """Width of a pixel of the screen by its height."""
    zoom: float = 1.0
    """1 shows all of it; 2 is twice as large in either direction, of which the frame is a window."""
    x: float = 0.5
    """The middle of the window, from 0 at the left to 1 at the right."""
    y: float = 0.5
    """From 0 at the top to 1 at the bottom."""
    samples: int = 1
    """Samples of a pixel in either direction."""


@dataclass(frozen=True, slots=True)
class View:
    """Pixels of a figure or of a page."""

    width: int
    height: int
    packed: bytes
    """The pixels in rows from the top, three bytes (red, green, blue) each, packed by zlib."""
    part: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """Left, top, right, bottom of what is seen, as parts of the whole."""

    @property
    def pixels(self) -> bytes:
        """The pixels, three bytes each."""
        return zlib.decompress(self.packed)

    @classmethod
    def of(cls, width: int, height: int, pixels: bytes, part: tuple[float, float, float, float]) -> View:
        """A view of pixels, three bytes each."""
        return cls(width, height, zlib.compress(pixels, _LEVEL), part)


@dataclass(frozen=True, slots=True)
class Window:
    """The piece of something enlarged that fits a frame, in pixels of the screen."""

    whole: tuple[int, int]
    left: int
    top: int
    width: int
    height: int

    @property
    def part(self) -> tuple[float, float, float, float]:
        """The same as parts of the whole."""
        wide, high = self.whole
        return (
            self.left / wide,
            self.top / high,
            (self.left + self.width) / wide,
            (self.top + self.height) / high,
        )


def window(frame: Frame, width: float, height: float) -> Window:
    """What of a thing ``width`` by ``height`` large (in any unit) is seen in a frame; all of it at a zoom of 1."""
    room = max(1, min(frame.width, MOST)), max(1, min(frame.height, MOST))
    aspect = min(8.0, max(0.125, frame.aspect))
    width, height = max(width, 1e-3), max(height, 1e-3)
    scale = min(room[0] * aspect / width, room[1] / height) * min(MOST_ZOOM, max(1.0, frame.zoom))
    whole = max(1, round(width * scale / aspect)), max(1, round(height * scale))
    seen = min(room[0], whole[0]), min(room[1], whole[1])
    left, top = (
        max(0, min(round(middle * all_of_it - part / 2), all_of_it - part))
        for middle, all_of_it, part in zip((frame.x, frame.y), whole, seen, strict=True)
    )
    return Window(whole, left, top, *seen)


def averaged(pixels: bytes, width: int, height: int, samples: int) -> bytes:
    """The mean of each square of samples.

    Args:
        pixels: ``width * samples`` by ``height * samples`` of them, three bytes each, without gaps between rows.
        width: pixels in a row of the result.
        height: rows of the result.
        samples: of a pixel in either direction.
    """
    if samples == 1:
        return pixels
    row = 3 * width * samples
    made = bytearray(3 * width * height)
    square: Any = samples * samples
    for y in range(height):
        rows = [pixels[at : at + row] for at in range(y * samples * row, (y + 1) * samples * row, row)]
        for channel in range(3):
            columns = [line[channel + 3 * n :: 3 * samples] for line in rows for n in range(samples)]
            start = 3 * width * y + channel
            made[start : start + 3 * width - channel : 3] = bytes(
                sum(one) // square for one in zip(*columns, strict=True)
            )
    return bytes(made)
