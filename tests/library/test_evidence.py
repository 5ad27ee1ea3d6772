"""Words of the index, and whole sections in which something stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import UnknownPaper
from paperpath.library import Passage

if TYPE_CHECKING:
    from paperpath.library import Library

KEY = "vaswani2017attention"


@pytest.fixture
def texts(shelf: Library) -> Library:
    """A paper of two sections and a caption."""
    said = ["One is normal.", "Two is normalized.", "Three.", "Four.", "Five."]
    rows = [Passage("text", "1 First", n + 1, text) for n, text in enumerate(said)]
    rows += [Passage("text", "2 Second", 9, "Six."), Passage("caption", "Figure 1", 2, "Six.")]
    shelf.set_parsed(min(shelf.keys()), "1", rows)
    return shelf


def test_words_that_begin_so(texts: Library) -> None:
    assert texts.index_words("normal") == {"normal": 1, "normalized": 1}
    assert texts.index_words("zz") == {}
    assert texts.index_words('"%_') == {}


def test_counts(texts: Library) -> None:
    assert texts.index_counts(["six", "one", "zz"]) == {"six": 2, "one": 1}
    assert texts.phrase_counts(["is normal", "normal is", '"']) == [1, 0, 0]


def test_a_passage_comes_with_its_neighbours_of_the_same_section(texts: Library) -> None:
    (found,) = texts.sections_with(["three"], limit=5)
    assert [one.text for one in found.paragraphs] == ["Two is normalized.", "Three.", "Four."]
    assert [one.page for one in found.paragraphs] == [2, 3, 4]
    numbers = [one.number for one in found.paragraphs]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert {one.kind for one in texts.sections_with(["six"], limit=5)} == {"text", "caption"}


def test_several_hits_of_a_section_are_one(texts: Library) -> None:
    (found,) = texts.sections_with(["one", "five"], limit=5)
    assert [one.text for one in found.paragraphs] == ["One is normal.", "Two is normalized.", "Four.", "Five."]


def test_an_abstract_is_a_section_and_a_note_is_none(texts: Library) -> None:
    key = sorted(texts.keys())[1]
    texts.set_note(key, "a verylonelyword")
    assert texts.sections_with(["verylonelyword"], limit=5) == []


def test_only_some_papers(texts: Library) -> None:
    first, second = sorted(texts.keys())[:2]
    assert texts.sections_with(["six"], limit=5, keys=[second]) == []
    assert {one.key for one in texts.sections_with(["six"], limit=5, keys=[first, second])} == {first}
    with pytest.raises(UnknownPaper):
        texts.sections_with(["six"], limit=5, keys=["nobody"])


def test_nothing_wanted(texts: Library) -> None:
    assert texts.sections_with([], limit=5) == []
