"""What is looked at in an answer that a language model wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperpath.asking.written import Source, looked_at, request


def test_passages_are_numbered_and_the_question_comes_last() -> None:
    text = request("Why?", [Source("A, 1 One", "Because."), Source("B, 2 Two", "So.")])
    assert text == "Passages:\n\n[1] A, 1 One\nBecause.\n\n[2] B, 2 Two\nSo.\n\nQuestion: Why?"


def test_an_answer_that_names_its_passages() -> None:
    seen = looked_at("It keeps gradients large [2]. It was found so [1, 2].", 2)
    assert (seen.cited, seen.wrong, seen.bare) == ((2, 1), (), ())


def test_a_number_that_no_passage_has() -> None:
    seen = looked_at("One thing [7]. Another [1, 9].", 2)
    assert seen.text == "One thing [?]. Another [1]."
    assert seen.wrong == (7, 9)
    assert seen.bare == ("One thing [?].",)


def test_a_sentence_without_a_number() -> None:
    assert looked_at("It is so [1]. Everybody knows it.", 1).bare == ("Everybody knows it.",)


def test_a_number_behind_the_stop_belongs_to_the_sentence_before() -> None:
    assert looked_at("It is so. [1] And so. [2]", 2).bare == ()


@given(st.text(), st.integers(0, 5))
def test_only_numbers_that_are_there_are_cited(text: str, sources: int) -> None:
    seen = looked_at(text, sources)
    assert all(1 <= n <= sources for n in seen.cited)
    assert not set(seen.cited) & set(seen.wrong)
