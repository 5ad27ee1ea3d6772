"""Which sections answer, on made-up ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from paperpath.asking.question import understood
from paperpath.asking.ranking import Candidate, Part, Scored, ranked, rarities
from paperpath.asking.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILLER = "Many things are told in this place about birds and trees and rivers and stones. "


def section(heading: str, *paragraphs: str, title: str = "A paper", aside: bool = False) -> Candidate:
    parts = tuple(Part(10 * len(heading) + n, text) for n, text in enumerate(paragraphs))
    return Candidate(title, heading, parts, aside)


def judged(text: str, *candidates: Candidate) -> list[Scored]:
    question = understood(text)
    said = [part.text for candidate in candidates for part in candidate.parts]
    stems = Counter(name for one in said for name in {token.text for token in tokens(one)})
    words = Counter(word for one in said for word in {token.word for token in tokens(one)})

    def count(wanted: Iterable[str]) -> Mapping[str, int]:
        return {word: words[word] for word in wanted}

    passages = len(said) + 100
    return ranked(question, candidates, rarities(question, stems, passages), passages, count)


def order(text: str, *candidates: Candidate) -> list[str]:
    return [candidates[one.which].heading for one in judged(text, *candidates)]


def test_a_section_that_says_none_of_it_is_left_out() -> None:
    assert order("what is dropout?", section("1 Birds", FILLER), section("2 Nets", "We use dropout.")) == ["2 Nets"]


def test_forms_of_a_word_count() -> None:
    assert order("how are layers normalized?", section("1 A", "The normalization of a layer."), section("2 B", FILLER))


def test_a_heading_that_says_it_comes_before_one_that_does_not() -> None:
    same = "A module has a squeeze layer."
    found = order("what is a fire module?", section("2 Other", same), section("3 The fire module", same))
    assert found[0] == "3 The fire module"


def test_words_side_by_side_come_before_words_apart() -> None:
    together = section("1 A", "The next sentence is told by the model and then some more of it.")
    apart = section("2 B", "The sentence of the model and then the next, and some more told of it.")
    assert order("next sentence", apart, together) == ["1 A", "2 B"]


def test_a_caption_comes_after_a_text_that_says_the_same() -> None:
    same = "The architecture of the encoder."
    assert order("encoder architecture", section("Figure 1", same, aside=True), section("2 A", same))[0] == "2 A"


def test_what_the_neighbours_say_counts() -> None:
    near = section("1 A", "Of the carousel it is this.", "The error is constant.")
    alone = section("22 B", "Of the carousel it is this.", "Nothing.")
    assert order("constant error carousel", alone, near)[0] == "1 A"


def test_it_is_surer_of_a_passage_that_says_more_of_it() -> None:
    best = judged("does dropout regularize recurrent nets?", section("1 A", "Dropout regularizes recurrent nets."))[0]
    part = judged("does dropout regularize aspirin strokes?", section("1 A", "Dropout regularizes recurrent nets."))[0]
    assert best.sure > 0.44 > part.sure


def test_the_best_paragraph_of_a_section_comes_first() -> None:
    best = judged("beam search", section("1 A", FILLER, "We search.", "A beam search is used."))[0]
    assert best.parts == (2, 1)


@given(st.text(), st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=3)), max_size=4))
def test_any_question_and_any_texts(question: str, texts: list[tuple[str, list[str]]]) -> None:
    found = judged(question, *(section(heading, *paragraphs) for heading, paragraphs in texts))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.parts and one.sure > 0 for one in found)
