"""Pictures in terminals that speak kitty's graphics protocol: kitty itself and Ghostty.

The pixels are sent once, under a number. Where they are to be seen stand ordinary characters, a private one with the
row and the column as two accents and the number as its colour: so the picture scrolls, is covered and goes away like
text, and nothing here has to know where on the screen it is.
https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders

Whether the terminal can is told by ``TERM``. To ask it would take an answer on standard input, among what is typed:
a tenth of a second at each start, or an answer that shows up as letters where tmux or ssh deliver it late. Other
programs set a ``TERM`` of their own, and within tmux, screen and Zellij nothing is sent. Terminals that know the
protocol but not these characters (WezTerm, Konsole) get half blocks.
"""

from __future__ import annotations

import os
from base64 import b64encode
from itertools import count
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperpath.pdf.views import View

TERMS = ("xterm-kitty", "xterm-ghostty")
WITHIN = ("TMUX", "STY", "ZELLIJ")
PLACE = "\U0010eeee"
_ACCENTS = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 59c-5a1 5a8-5a9 "
    "5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec 730 732-733 735-736 73a 73d "
    "73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819 81b-823 825-827 829-82d 951 953-954 f82-f83 f86-f87 "
    "135d-135f 17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc "
    "1dd1-1de6 1dfe 20d0-20d1 20d4-20d7 20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d "
    "a6f0-a6f1 a8e0-a8f1 aab0 aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38 1d185-1d189 1d1aa-1d1ad "
    "1d242-1d244 "
)
"""kitty's rowcolumn-diacritics.txt: the accent for row or column 0, 1, 2 …"""
_CHUNK = 4096
"""Bytes of a piece that the protocol allows for."""

_numbers = count(int.from_bytes(os.urandom(2)) << 7)  # two programs in one window should not take the same


def _spelled(ranges: str) -> tuple[str, ...]:
    """``305 30d-30e`` → the three characters."""
    bounds = [part.partition("-") for part in ranges.split()]
    return tuple(chr(code) for low, _, high in bounds for code in range(int(low, 16), int(high or low, 16) + 1))


ACCENTS = _spelled(_ACCENTS)
MOST = len(ACCENTS)
"""Rows and columns of a picture."""


def speaks(environ: Mapping[str, str], colours: str | None) -> bool:
    """Whether the terminal shows such pictures; ``colours`` is Rich's name of what it can show of them."""
    return environ.get("TERM") in TERMS and colours == "truecolor" and not any(environ.get(name) for name in WITHIN)


def next_number() -> int:
    """A number for a picture: it must fit into a colour of 24 bits."""
    return next(_numbers) % (1 << 24) or 1


def sent(view: View, number: int, columns: int, rows: int) -> str:
    """What makes the terminal keep a view, to be seen in ``columns`` by ``rows`` cells; it gives no answer."""
    payload = b64encode(view.packed).decode("ascii")
    pieces = [payload[at : at + _CHUNK] for at in range(0, len(payload), _CHUNK)]
    head = f"a=T,U=1,i={number},c={columns},r={rows},f=24,o=z,s={view.width},v={view.height},q=2,"
    return "".join(
        f"\x1b_G{'' if at else head}m={int(at < len(pieces) - 1)};{piece}\x1b\\" for at, piece in enumerate(pieces)
    )


def forgotten(number: int) -> str:
    """What makes the terminal throw a picture away."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def strips(number: int, columns: int, rows: int) -> list[Strip]:
    """The characters that stand for a picture, at most :data:`MOST` rows and columns of them."""
    style = Style.from_color(Color.from_rgb(number >> 16, number >> 8 & 255, number & 255))
    return [
        Strip([Segment("".join(PLACE + ACCENTS[row] + ACCENTS[column] for column in range(columns)), style)], columns)
        for row in range(rows)
    ]
