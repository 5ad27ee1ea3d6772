"""Spaces that a font of drawn letters hides or makes up."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest

from paperpath.pdf import cutting, spacing
from paperpath.pdf.text import clean

SIZE = 10.0
CLOSE, WORD = 0.5, 3.5
"""Points between the letters of a word, and between two words."""


class Widths(dict[str, float]):
    """Every letter takes as much as any other."""

    def __missing__(self, word: str) -> float:
        return (5 + CLOSE) * len(word)


WIDTHS = Widths()


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


def kept(text: str, boxes: dict[int, tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    words = [word.span() for word in spacing.WORD.finditer(text)]
    return spacing.respaced(text, words, boxes, SIZE, WIDTHS)


def spelt(text: str, parts: list[tuple[int, int]]) -> str:
    read = text[slice(*parts[0])]
    for (_, end), (start, stop) in pairwise(parts):
        read += (" " if start == end else "") + text[start:stop]
    return read


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
    assert spelt(text, kept(text, boxes)) == read


def test_what_stands_below_does_not_follow() -> None:
    boxes = {0: (72.0, 77.0, 700.0, 707.0), 2: (72.0, 76.0, 695.0, 700.0)}
    assert kept("X i", boxes) == [(0, 3)]


@pytest.mark.parametrize(("right", "text"), [(0.7, "PE"), (1.7, "P E")])
def test_the_slant_of_a_letter_is_no_space_in_a_formula(right: float, text: str) -> None:
    letters = SimpleNamespace(text="P E", boxes={0: (0.0, 7.0, 0.0, 7.0), 2: (7 + right, 14 + right, 0.0, 7.0)})
    cutter = cutting._Cutter(letters, 1, 300)  # type: ignore[arg-type]
    cutter._close(0, 3, 10.0)
    assert clean(cutter.text) == text
