"""Words found again by their letters and digits."""

from __future__ import annotations

import time

import pytest

from paperpath.pdf.bones import Sheets, bones, find


def found(text: str, quote: str, before: str = "", after: str = "", near: int = 0) -> list[str]:
    sheet = bones(text)
    spans = find(sheet.text, bones(quote).text, before=bones(before).text, after=bones(after).text, near=near)
    return [text[sheet.places[a] : sheet.places[b - 1] + 1] for a, b in spans]


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("We ﬁne-\ntuned it", "We finetuned it"),
        ("the Poincar´e map", "the Poincaré map"),
        ("the Poincare´ map", "the Poincaré map"),
        ("grows as x 2 and d k", "grows as x² and d_k"),
        ("A  NEW\tway", "a new way"),
        ("ﬀﬃ ß", "ffffi ss"),
    ],
)
def test_what_is_set_otherwise_is_the_same(printed: str, quote: str) -> None:
    assert found(f"Before. {printed} after.", quote) == [printed]


def test_equal_words_are_told_apart_by_what_stands_around_them() -> None:
    text = "A red kettle boils. A blue kettle boils. A green kettle sings."
    sheet = bones(text)
    ((begin, _),) = find(sheet.text, "kettle", before="blue", after="boils")
    assert text[: sheet.places[begin]] == "A red kettle boils. A blue "
    ((begin, _),) = find(sheet.text, "kettle", near=len(sheet.text))
    assert text[: sheet.places[begin]].endswith("A green ")


def test_a_quote_with_something_in_between_is_found_in_pieces() -> None:
    text = (
        "Nothing. The quick brown fox jumps over 17 RUNNING HEAD OF A PAGE THAT IS LONG the lazy dog and sleeps. End."
    )
    quote = "The quick brown fox jumps over the lazy dog and sleeps"
    assert found(text, quote) == ["The quick brown fox jumps over", "the lazy dog and sleeps"]
    formula = "so that the loss L P i x i squared is what we minimise here"
    assert found(f"Now {formula} at last", "so that the loss L = ∑_{i=1} xᵢ² squared is what we minimise here") == [
        formula
    ]


def test_words_that_are_not_there_are_not_found() -> None:
    assert found("The quick brown fox jumps over the lazy dog.", "A slow grey wolf walks under an eager cat.") == []
    assert found("The quick brown fox.", "… ?!") == []
    assert found("", "words") == []


def test_one_text_of_several() -> None:
    sheets = Sheets(["Page one ends with ﬁ-", "", "nally, page two."])
    ((begin, end),) = find(sheets.text, bones("with finally").text)
    assert sheets.characters((begin, end)) == [(0, 14, 20), (2, 0, 5)]
    assert sheets.start(2) == len("pageoneendswithfi")


def test_time_is_linear_on_hostile_text() -> None:
    started = time.process_time()
    find("a" * 200_000, "a" * 19_999 + "b")
    find("ab" * 100_000, "abc" * 6_000)
    find("abcdefghi" * 20_000, "abcdefghij" * 2_000)
    assert time.process_time() - started < 5
