from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.library import Row
from paperpath.library.folding import fold
from paperpath.library.ranking import ranked

if TYPE_CHECKING:
    import random


def row(key: str, title: str, byline: str, year: int) -> Row:
    haystack = fold(f"{key} {title} {byline} {year}")
    return Row(key, title, byline, year, "unread", 0.0, False, None, (), "2024-01-01T00:00:00Z", haystack)


ROWS = [
    row("tin2004whole", "The Whole Path of Robert's Kettle", "Tin +3", 2004),
    row("kettle2019bert", "BERT: Boiling Every Room's Tea", "Kettle +2", 2019),
    row("lamp2017light", "Light Is All You Need", "Lamp & Wick", 2017),
    row("wick2017more", "More Light for Less Lamp", "Wick", 2017),
    row("oak2020after", "After Lamp and Wick: Lighting Without Bulbs", "Oak", 2020),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("bert", ["kettle2019bert", "tin2004whole"]),  # a word of the title before the middle of a name
        ("wick", ["wick2017more", "lamp2017light", "oak2020after"]),
        ("lamp 2017", ["lamp2017light", "wick2017more"]),
        ("light wick", ["wick2017more", "lamp2017light", "oak2020after"]),
        ("oak2020after", ["oak2020after"]),
        ("ligh", ["lamp2017light", "wick2017more", "oak2020after"]),  # the title that begins so comes first
        ("ligt", ["lamp2017light", "wick2017more", "oak2020after"]),  # a letter is missing
        ("zebra", []),
    ],
)
def test_the_likeliest_comes_first(text: str, keys: list[str]) -> None:
    assert [found.key for found in ranked(ROWS, text)] == keys


def test_without_words_everything_stays_as_it_is() -> None:
    assert ranked(ROWS, "  ") == ROWS


@given(st.text(max_size=20), st.randoms(use_true_random=False))
def test_what_is_found_does_not_depend_on_the_order(text: str, chance: random.Random) -> None:
    shuffled = [*ROWS]
    chance.shuffle(shuffled)
    assert set(ranked(shuffled, text)) == set(ranked(ROWS, text))
