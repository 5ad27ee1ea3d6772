"""Spaces that a font of drawn letters hides or makes up."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from types import SimpleNamespace

import pytest

from paperpath.pdf import cutting, spacing
from paperpath.pdf.text import clean

SIZE = 10.0
CLOSE, WORD = 0.5, 3.5
"""Points between the letters of a word, and between two words."""

WIDTHS = defaultdict(lambda: 5 + CLOSE)


def printed(letters: str) -> tuple[str, dict[int, tuple[float, float, float, float]]]:
    """A line as PDFium gives it, and where its letters stand: five points each, a word apart behind every ``|``."""
    text, boxes, x = "", {}, 72.0
    for letter in letters:
        if letter == "|":
            x += WORD - CLOSE
            continue
        if letter != " ":
            boxes[len(text)] = (x, x + 5, 700.0, 707.0)
            x += 5 + CLOSE
        text += letter
    return text, boxes


def spelt(text: str, order: list[int]) -> str:
    return "".join(" " if place == before else text[place] for before, place in pairwise((-1, *order)))


@pytest.mark.parametrize(
    ("letters", "read"),
    [
        ("ma jor", "major"),
        ("recent|years", "recent years"),
        ("Firstly,|typical", "Firstly, typical"),
        ("a| word", "a word"),
        ("1| 998", "1 998"),
        ("i.e. this", "i.e. this"),
        ("H|E|A|D|I|N|G", "HEADING"),
        ("x", "x"),
    ],
)
def test_spaces_are_where_gaps_are(letters: str, read: str) -> None:
    text, boxes = printed(letters)
    assert spelt(text, spacing.respaced(text, 0, len(text) - 1, boxes, SIZE, WIDTHS)) == read


def test_what_stands_below_does_not_follow() -> None:
    boxes = {0: (72.0, 77.0, 700.0, 707.0), 2: (72.0, 76.0, 695.0, 700.0)}
    assert spacing.respaced("X i", 0, 2, boxes, SIZE, WIDTHS) == [0, 1, 2]


@pytest.mark.parametrize(("right", "text"), [(0.7, "PE"), (1.7, "P E")])
def test_the_slant_of_a_letter_is_no_space_in_a_formula(right: float, text: str) -> None:
    letters = SimpleNamespace(text="P E", boxes={0: (0.0, 7.0, 0.0, 7.0), 2: (7 + right, 14 + right, 0.0, 7.0)})
    cutter = cutting._Cutter(letters, 1, 300)  # type: ignore[arg-type]
    cutter._close(0, 3, 10.0)
    assert clean(cutter.text) == text
