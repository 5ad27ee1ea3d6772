"""Fonts of bitmaps, which have no names, by the widths of their letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf import bitmap_fonts

KNOWN = bitmap_fonts._WIDTHS
LETTERS = bitmap_fonts._LETTERS
_TIMES = (444, 444, 500, 500, 333, 278, 278, 389, 500, 278, 778, 500, 444, 500, 333, 722, 722, 889, 611, 944)
TIMES = dict(zip(LETTERS, _TIMES, strict=True))
"""Thousandths of the size; the metrics of Times-Roman that Adobe gave away."""


@given(st.sampled_from(sorted(KNOWN)), st.sampled_from((300, 400, 600)), st.floats(8, 25))
def test_a_font_is_known_at_every_size(name: str, dots: int, size: float) -> None:
    dot = 72 / dots
    widths = {letter: round(wide * size / 1000 / dot) for letter, wide in zip(LETTERS, KNOWN[name], strict=True)}
    found, em = bitmap_fonts.recognised(lambda letter: widths[letter])
    assert found == bitmap_fonts.PREFIX + name
    assert em * dot == pytest.approx(size, rel=0.03)


def test_a_font_of_few_letters_is_still_known() -> None:
    widths = dict(zip("aeond", (42, 38, 42, 47, 42), strict=True))
    assert bitmap_fonts.recognised(lambda letter: widths.get(letter, 0))[0] == "bitmap CMTI"


@pytest.mark.parametrize("widths", [TIMES, dict.fromkeys(LETTERS, 525), dict(zip("aeo", (42, 37, 42), strict=True))])
def test_others_are_not_guessed(widths: dict[str, int]) -> None:
    assert bitmap_fonts.recognised(lambda letter: widths.get(letter, 0)) == ("", 0.0)


def test_heights_tell_the_size_of_fonts_that_are_not_known() -> None:
    text = "Kettles 1997 %"
    heights = {"K": 6.9, **dict.fromkeys("ets", 4.5), "l": 6.9, **dict.fromkeys("1997", 6.6)}
    boxes = {i: (0.0, 5.0, 100.0, 100 + heights.get(letter, 3.0)) for i, letter in enumerate(text)}
    assert bitmap_fonts.measured(text, 0, len(text) - 1, boxes) == (10.0, 9)
    assert bitmap_fonts.measured("%", 0, 0, {0: (0, 1, 0, 1)}) == (0.0, 0)
