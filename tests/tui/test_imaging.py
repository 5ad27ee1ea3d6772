"""Pictures as text, and as what kitty understands."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from hashlib import sha256

import pytest
from rich.cells import cell_len

from paperpath.pdf.views import View
from paperpath.tui import halfblocks, imaging, kitty
from paperpath.tui.imaging import Cell

R, G, B, W = b"\xff\0\0", b"\0\xff\0", b"\0\0\xff", b"\xff\xff\xff"
ALL = (0.0, 0.0, 1.0, 1.0)


def test_two_pixels_are_the_halves_of_a_character() -> None:
    view = View.of(3, 3, (R + R + W) + (G + G + W) + (B + W + B), ALL)
    first, second = halfblocks.strips(view)
    assert [(s.text, s.style.color and s.style.color.name, s.style.bgcolor.name) for s in first] == [
        ("▀▀", "#ff0000", "#00ff00"),
        (" ", None, "#ffffff"),
    ]
    assert [(s.text, s.style.color and s.style.color.name, s.style.bgcolor.name) for s in second] == [
        ("▀", "#0000ff", "#ffffff"),
        (" ", None, "#ffffff"),
        ("▀", "#0000ff", "#ffffff"),
    ]
    assert first.cell_length == second.cell_length == 3


def test_kitty_is_sent_the_pixels_and_shown_where_they_are_to_be() -> None:
    pixels = b"".join(sha256(bytes([n // 256, n % 256])).digest() for n in range(450))[: 3 * 90 * 40]
    view = View.of(90, 40, pixels, ALL)
    sent = kitty.sent(view, 0x123456, 9, 2)
    pieces = re.findall(r"\x1b_G([^;\x1b]*);([A-Za-z0-9+/=]*)\x1b\\", sent)
    assert sent.count("\x1b") == 2 * len(pieces)
    assert len(pieces) > 1
    assert [dict(pair.split("=") for pair in head.split(","))["m"] for head, _ in pieces] == ["1"] * (
        len(pieces) - 1
    ) + ["0"]
    assert pieces[0][0] == "a=T,U=1,i=1193046,c=9,r=2,f=24,o=z,s=90,v=40,q=2,m=1"
    assert max(len(piece) for _, piece in pieces) <= 4096
    assert zlib.decompress(b64decode("".join(piece for _, piece in pieces))) == pixels
    lines = kitty.strips(0x123456, 9, 2)
    assert [strip.cell_length for strip in lines] == [9, 9]
    (segment,) = lines[1]
    assert cell_len(segment.text) == 9
    assert segment.text[-3:] == "\U0010eeee\u030d\u0346", "row 1, column 8"
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.color.triplet == (0x12, 0x34, 0x56)


def test_as_many_accents_as_kitty_has() -> None:
    assert kitty.MOST == len(set(kitty.ACCENTS)) == 297
    assert (kitty.ACCENTS[0], kitty.ACCENTS[-1]) == ("\u0305", "\U0001d244")


@pytest.mark.parametrize(
    ("environ", "colours", "speaks"),
    [
        ({"TERM": "xterm-kitty"}, "truecolor", True),
        ({"TERM": "xterm-ghostty"}, "truecolor", True),
        ({"TERM": "xterm-kitty"}, "256", False),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"}, "truecolor", False),
        ({"TERM": "xterm-kitty", "ZELLIJ": "0"}, "truecolor", False),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "truecolor", False),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "truecolor", False),
        ({}, "truecolor", False),
    ],
)
def test_who_is_spoken_to_like_kitty(environ: dict[str, str], colours: str, speaks: bool) -> None:
    assert kitty.speaks(environ, colours) is speaks


def test_a_frame_is_as_fine_as_the_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imaging, "cell", lambda: Cell(9, 20))
    blocks = imaging.frame("blocks", 100, 30, zoom=1, x=0.5, y=0.5)
    assert (blocks.width, blocks.height, blocks.aspect) == (100, 60, 0.9)
    fine = imaging.frame("kitty", 1000, 30, zoom=2, x=0.5, y=0.5)
    assert (fine.width, fine.height, fine.aspect, fine.samples) == (297 * 9, 600, 1.0, 1)
    drawing = imaging.draw("kitty", View.of(91, 39, bytes(3 * 91 * 39), ALL))
    assert [strip.cell_length for strip in drawing.lines] == [11, 11]
    number = re.search(r"i=(\d+),c=11,r=2,", drawing.send)
    assert number
    assert drawing.forget == f"\x1b_Ga=d,d=I,i={number[1]},q=2\x1b\\"
    assert imaging.draw("blocks", View.of(2, 2, bytes(12), ALL)).send == ""
