"""Sentences of a passage, and where the words of a question stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperpath.asking.excerpts import excerpt, places, sentences

FILLER = "Something else is said here, at length and to no end. "


def test_sentences_end_at_stops_and_not_at_abbreviations() -> None:
    text = "We follow Ba et al. The rate, e.g. Fig. 3, is low. See J. Smith (1990). “It works.” Does it?"
    assert sentences(text) == [
        "We follow Ba et al. The rate, e.g. Fig. 3, is low.", "See J. Smith (1990).", "“It works.", "Does it?",
    ]  # fmt: skip


def test_a_short_passage_is_whole() -> None:
    assert excerpt("One.  Two.", ["two"], 100) == ("One. Two.", True)


def test_the_sentences_with_most_of_the_words_are_taken() -> None:
    text = FILLER * 20 + "The gate is open. The gate of the cell protects it. " + FILLER * 20
    shown = excerpt(text, ["gate", "cell", "protect"], 160)
    assert "The gate of the cell protects it." in shown.text
    assert len(shown.text) <= 160
    assert not shown.whole


def test_an_endless_sentence_is_cut_between_words() -> None:
    shown = excerpt("word " * 400, ["word"], 100)
    assert shown.text.endswith("word…")
    assert len(shown.text) <= 100


@given(st.text(), st.lists(st.text(max_size=5), max_size=3), st.integers(20, 200))
def test_an_excerpt_is_never_too_long_and_places_are_inside(text: str, names: list[str], longest: int) -> None:
    shown = excerpt(text, names, longest)
    assert len(shown.text) <= longest
    assert all(0 <= a < b <= len(text) for a, b in places(text, names))


def test_places_are_those_of_all_forms() -> None:
    text = "We normalize by √d_k; normalization"
    assert [text[a:b] for a, b in places(text, ["normal", "d_k"])] == ["normalize", "d_k", "normalization"]
