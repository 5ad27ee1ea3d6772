"""Stems, tokens, and what a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.asking.question import MOST_TERMS, understood
from paperpath.asking.stems import stem
from paperpath.asking.tokens import plain, tokens

PORTER = {
    # the examples of Porter's own paper, step by step
    "caresses": "caress", "ponies": "poni", "cats": "cat", "feed": "feed", "agreed": "agre", "plastered": "plaster",
    "motoring": "motor", "sing": "sing", "conflated": "conflat", "troubled": "troubl", "sized": "size",
    "hopping": "hop", "tanned": "tan", "falling": "fall", "hissing": "hiss", "fizzed": "fizz", "failing": "fail",
    "filing": "file", "happy": "happi", "sky": "sky", "relational": "relat", "conditional": "condit",
    "rational": "ration", "digitizer": "digit", "operator": "oper", "feudalism": "feudal", "hopefulness": "hope",
    "formalize": "formal", "electrical": "electr", "goodness": "good", "revival": "reviv", "allowance": "allow",
    "inference": "infer", "airliner": "airlin", "adjustable": "adjust", "defensible": "defens", "irritant": "irrit",
    "replacement": "replac", "adjustment": "adjust", "dependent": "depend", "adoption": "adopt", "activate": "activ",
    "effective": "effect", "probate": "probat", "rate": "rate", "cease": "ceas", "controll": "control", "roll": "roll",
}  # fmt: skip


def test_stems_are_porters() -> None:
    assert {word: stem(word) for word in PORTER} == PORTER


@pytest.mark.parametrize(
    "forms", ["normalize normalized normalizing normalization", "translate translation translating", "query queries"]
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@given(st.text())
def test_any_text_has_tokens_and_they_stay_what_they_are(text: str) -> None:
    for token in tokens(text):
        assert token.text
        assert token.word == token.word.lower()
        assert plain(token.word) == token.word


@pytest.mark.parametrize("text", ["d_k", "d_{k}", "dₖ", "D_K"])
def test_a_symbol_is_one_token_however_it_is_written(text: str) -> None:
    assert [token.text for token in tokens(text)] == ["d_k"]


@pytest.mark.parametrize("text", ["β_1", "β₁", "beta_1"])
def test_greek_letters_are_written_out(text: str) -> None:
    assert [token.text for token in tokens(text)] == ["beta_1"]


@pytest.mark.parametrize("root", ["sqrt(d_k)", r"\sqrt{d_k}", "√d_k", "√(d_k)", "the square root of d_k"])
def test_a_root_is_asked_for_in_many_ways(root: str) -> None:
    question = understood(f"why divide by {root}?")
    assert [term.text for term in question.terms] == ["divid", "√", "d_k"]
    assert ("√", "d_k") in question.pairs


def test_words_that_only_ask_are_left_out() -> None:
    question = understood("What is the use of the next sentence in this paper?")
    assert [term.word for term in question.terms] == ["next", "sentence"]
    assert question.pairs == (("next", "sentenc"),)


def test_words_beside_each_other_are_pairs_and_others_are_not() -> None:
    question = understood("How does a hierarchical softmax save the time of classes?")
    assert ("hierarch", "softmax") in question.pairs
    assert ("save", "time") not in question.pairs


def test_a_question_of_nothing_but_such_words_is_taken_by_its_words() -> None:
    assert [term.word for term in understood("to be or not to be").terms] == ["to", "be", "or", "not"]


@pytest.mark.parametrize("text", ["", "???", " \x00 "])
def test_nothing_is_asked(text: str) -> None:
    assert understood(text).terms == ()


def test_a_page_is_cut_off() -> None:
    assert len(understood(" ".join(f"word{n}" for n in range(500))).terms) == MOST_TERMS
