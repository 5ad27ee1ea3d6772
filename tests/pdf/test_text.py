"""Letters and hyphens."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf.text import HYPHEN, Words, clean, join

NONE = Words(())


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("eﬃcient ﬁnd", "efficient find"),
        ("J ¨urgen Schmidhuber", "Jürgen Schmidhuber"),
        ("J¨urgen", "Jürgen"),
        ("the ¨Ubermensch", "the Übermensch"),
        ("Fran¸cois", "François"),
        ("Universite de Montr´eal ´", "Universite de Montréal"),
        ("http://www.cs.edu/˜user", "http://www.cs.edu/˜user"),
        ("``a priori''", "``a priori''"),
        ("class´ﬁed", "classfied"),
        ("𝑄 = 𝐾", "Q = K"),
        ("the state s˜_i is", "the state s̃_i is"),
        ("given by ˆθ of", "given by θ̂ of"),
        ("\x1b[31mred\x1b[0m\x07", "[31mred[0m"),
        ("a\x9bb\x00c\u202ed", "abcd"),
        ("x\ue000y\ud800z\ufffd", "xyz"),
        ("e\u0301", "é"),
    ],
)
def test_clean(raw: str, read: str) -> None:
    assert clean(raw) == read


@given(st.text())
def test_clean_text_is_normal_printable_and_clean_already(text: str) -> None:
    result = clean(text)
    assert unicodedata.is_normalized("NFC", result)
    assert not any(unicodedata.category(c) in ("Cs", "Co") or (unicodedata.category(c) == "Cc") for c in result)
    result.encode("utf-8")


def words_of(*lines: str) -> Words:
    return Words(lines)


@pytest.mark.parametrize(
    ("lines", "inside", "read"),
    [
        (["repre" + HYPHEN, "sentation is"], (), "representation is"),
        (["fine" + HYPHEN, "tuned models"], ("a fine-tuned model was",), "fine-tuned models"),
        (["over" + HYPHEN, "fitting"], ("an overfitting model",), "overfitting"),
        (["English" + HYPHEN, "German"], (), "English-German"),
        (["English-to" + HYPHEN, "german"], (), "English-to-german"),
        (["GPT-", "2 is"], (), "GPT-2 is"),
        (["task" + HYPHEN, "specific"], ("a task that is specific to us",), "task-specific"),
        (["see https://arxiv.org/", "abs/1706.03762 for"], (), "see https://arxiv.org/abs/1706.03762 for"),
        (["at http://x.org.", "In Proceedings"], (), "at http://x.org. In Proceedings"),
        (["ends here" + HYPHEN], (), "ends here-"),
        (["one", "", "two"], (), "one two"),
    ],
)
def test_join(lines: list[str], inside: tuple[str, ...], read: str) -> None:
    assert join(lines, words_of(*inside)) == read


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=6))
def test_lines_without_hyphens_are_parted_by_one_space(lines: list[str]) -> None:
    assert join(lines, NONE) == " ".join(lines)


@given(st.text("abcdefghijkl", min_size=4, max_size=12), st.data())
def test_a_word_divided_anywhere_comes_back_when_the_paper_has_it_whole(word: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(word) - 1))
    known = words_of(f"the {word} again")
    assert join([f"a {word[:cut]}{HYPHEN}", f"{word[cut:]} b"], known) == f"a {word} b"


@given(st.lists(st.text(max_size=30), max_size=5))
def test_join_takes_anything(lines: list[str]) -> None:
    assert HYPHEN not in join(lines, words_of(*lines))


def test_lines_of_chinese_and_japanese_join_without_a_space() -> None:
    assert join(["マ", "クロ経済変数", "can be"], Words(())) == "マクロ経済変数 can be"
    assert join(["국내 확", "진자는"], Words(())) == "국내 확 진자는"


def test_part_of_a_longer_compound_keeps_its_hyphen() -> None:
    words = Words(["we translate English-to-German text here"])
    assert join(["to English-", "to-French"], words) == "to English-to-French"


def test_a_dash_between_words_has_no_space_at_the_end_of_a_line() -> None:
    assert join(["mention–", "mention edges"], Words(())) == "mention–mention edges"
    assert join(["edges –", "and nodes"], Words(())) == "edges – and nodes"
