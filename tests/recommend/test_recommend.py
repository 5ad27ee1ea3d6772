"""Ranks and likenesses, from made-up papers whose subjects are plain to see."""

from __future__ import annotations

import random
from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperpath.recommend import Text, rank, recoupled, similar
from paperpath.recommend.classifier import Classifier
from paperpath.recommend.similar import Kindred
from paperpath.recommend.terms import singular, terms
from paperpath.recommend.vectors import Space, Vector, dot, telling

SUBJECTS = {
    "kettles": "kettle steam whistle copper spout boiling kitchen lid".split(),
    "lanterns": "lantern wick oil glass flame night harbour lamp".split(),
    "engines": "engine piston crank valve gear rail locomotive coal".split(),
}
FILLER = "we study how the design of many old things was made in towns and what people said about them".split()


def paper(subject: str, number: int) -> Text:
    dice = random.Random(f"{subject} {number}")
    words = dice.choices(SUBJECTS[subject], k=12) + dice.choices(FILLER, k=20)
    dice.shuffle(words)
    title = f"{subject.removesuffix('s')} {dice.choice(SUBJECTS[subject])} {number}"
    return Text(
        f"{subject}{number}", title, " ".join(words), authors=(f"Author {number}",), date=f"2026-01-{number:02}"
    )


def shelf(subject: str, start: int, count: int) -> list[Text]:
    return [paper(subject, number) for number in range(start, start + count)]


# --------------------------------------------------------------------------- terms and vectors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graph neural networks", ["graph", "neural", "graph neural", "network", "neural network"]),
        ("of graphs. Neural", ["graph", "neural"]),
        ("first-order methods", ["first", "order", "first order", "method", "order method"]),
        ("Erdős–Rényi \\emph{graphs}", ["erdos", "renyi", "erdos renyi", "graph", "renyi graph"]),
        ("see https://example.org/x in 2017", ["see"]),
        ("", []),
    ],
)
def test_words_and_pairs(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("networks", "network"), ("theories", "theory"), ("boxes", "box"), ("classes", "class"), ("bias", "bias"),
        ("analysis", "analysis"), ("physics", "physics"), ("corpus", "corpus"), ("loss", "loss"), ("series", "series"),
        ("gas", "gas"), ("cars", "car"),
    ],
)  # fmt: skip
def test_plurals_are_folded(plural: str, one: str) -> None:
    assert singular(plural) == one


@given(st.text(max_size=300))
def test_any_text_has_terms_without_stop_words_or_signs(text: str) -> None:
    for term in terms(text):
        assert 1 <= len(term.split()) <= 2
        assert "the" not in term.split()
        assert all(word.isalnum() for word in term.split())


def test_vectors_have_length_one_and_a_text_is_nearest_to_itself() -> None:
    texts = shelf("kettles", 1, 9) + shelf("lanterns", 1, 9)
    vectors = Space(texts).vectors
    for vector in vectors:
        assert dot(vector, vector) == pytest.approx(1.0)
    assert dot(vectors[0], vectors[1]) > dot(vectors[0], vectors[10])


def test_a_reason_says_a_pair_once_and_no_plain_words() -> None:
    words = ["neural", "neural network", "result", "graph", "propose method", "network"]
    assert telling(words) == ["neural network", "graph"]


# --------------------------------------------------------------------------- the classifier


def test_the_classifier_tells_apart_and_can_leave_a_paper_out() -> None:
    texts = shelf("kettles", 1, 8) + shelf("lanterns", 1, 8)
    vectors = Space(texts).vectors
    wanted = [at < 8 for at in range(16)]
    judge = Classifier(vectors, wanted, [1.0] * 16)
    scores = [judge.score(vector) for vector in vectors]
    assert min(scores[:8]) > max(scores[8:])
    # A ninth kettle that stands among the rest, as one that nobody has seen yet: its own vote is taken back.
    mixed = [*vectors, Space([*texts, paper("kettles", 20)]).vectors[-1]]
    judge = Classifier(mixed, [*wanted, False], [1.0] * 17)
    assert judge.unbiased(16, mixed[16]) > judge.score(mixed[16])


def test_nothing_to_learn_from_is_no_error() -> None:
    empty: list[Vector] = []
    assert Classifier(empty, [], []).score({"kettle": 1.0}) == 0.0


# --------------------------------------------------------------------------- ranks


def test_what_was_read_comes_first_with_its_reason() -> None:
    candidates = shelf("kettles", 10, 10) + shelf("lanterns", 10, 10) + shelf("engines", 10, 10)
    ranked = rank(shelf("kettles", 1, 6), [], candidates)
    assert {one.text.name for one in ranked} == {one.name for one in candidates}
    assert all(one.text.name.startswith("kettles") for one in ranked[:10])
    assert ranked[0].reason.like is not None
    assert ranked[0].reason.like.startswith("kettles")
    assert set(ranked[0].reason.words) & set(SUBJECTS["kettles"])


def test_what_was_dismissed_goes_down() -> None:
    candidates = shelf("lanterns", 10, 10) + shelf("engines", 10, 10)
    read = [*shelf("kettles", 1, 4), *shelf("lanterns", 1, 2), *shelf("engines", 1, 2)]

    def places(dismissed: list[Text]) -> float:
        names = [one.text.name for one in rank(read, dismissed, candidates)]
        return sum(at for at, name in enumerate(names) if name.startswith("engines")) / 10

    assert places(shelf("engines", 3, 6)) > places([])


def test_without_anything_read_the_newest_come_first_and_nothing_is_claimed() -> None:
    ranked = rank([], shelf("lanterns", 1, 3), shelf("kettles", 1, 5))
    assert [one.text.date for one in ranked] == sorted((one.text.date for one in ranked), reverse=True)
    assert {one.score for one in ranked} == {0.0}
    assert all(one.reason.like is None and not one.reason.words for one in ranked)


def test_known_authors_are_named() -> None:
    one = replace(paper("engines", 10), authors=("Ann Kessel", "Bo Li"))
    read = [replace(paper("engines", 1), authors=("Ann Kessel",))]
    assert rank(read, [], [one, *shelf("lanterns", 1, 4)])[0].reason.authors == ("Ann Kessel",)


def test_only_the_first_are_told_why() -> None:
    ranked = rank(shelf("kettles", 1, 3), [], shelf("kettles", 5, 9), reasons=2)
    assert [one.reason.like is not None for one in ranked] == [True] * 2 + [False] * 7


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_candidates_are_ranked_too(count: int) -> None:
    assert len(rank(shelf("kettles", 1, 2), [], shelf("kettles", 8, count))) == count


@settings(max_examples=20)
@given(st.permutations(shelf("kettles", 10, 4) + shelf("lanterns", 10, 4)))
def test_the_order_of_the_candidates_does_not_matter(candidates: list[Text]) -> None:
    expected = rank(shelf("kettles", 1, 4), shelf("lanterns", 1, 2), sorted(candidates, key=lambda text: text.name))
    assert rank(shelf("kettles", 1, 4), shelf("lanterns", 1, 2), candidates) == expected


words = st.lists(st.sampled_from([*SUBJECTS["kettles"], "naïve", "שלום", "[/x]", "$\\alpha$", ""]), max_size=6)
texts = st.lists(st.builds(lambda ws: " ".join(ws), words), max_size=8)


@settings(max_examples=50)
@given(texts, texts, texts)
def test_any_texts_are_ranked_each_once(wanted: list[str], dismissed: list[str], candidates: list[str]) -> None:
    made = [[Text(f"{kind}{at}", text) for at, text in enumerate(several)] for kind, several in
            (("w", wanted), ("d", dismissed), ("c", candidates))]  # fmt: skip
    ranked = rank(*made)
    assert sorted(one.text.name for one in ranked) == sorted(text.name for text in made[2])
    assert all(isfinite(one.score) for one in ranked)


# --------------------------------------------------------------------------- likeness


def test_similar_papers_are_of_the_same_subject_and_never_itself() -> None:
    library = shelf("kettles", 1, 8) + shelf("lanterns", 1, 8) + shelf("engines", 1, 8)
    for one in (library[0], library[10], library[-1]):
        found = similar(one, library, limit=5)
        assert one.name not in [like.text.name for like in found]
        assert all(like.text.name[:6] == one.name[:6] for like in found)
        assert [like.score for like in found] == sorted((like.score for like in found), reverse=True)
        assert all(0 <= like.score <= 1 and like.words for like in found)


def test_common_references_bring_papers_together() -> None:
    one = replace(paper("kettles", 1), references=frozenset({"a", "b", "c", "d"}))
    near, far = paper("kettles", 2), paper("kettles", 3)
    plain = similar(one, [near, far], limit=2)
    last = plain[-1].text.name
    cited = {last: frozenset({"a", "b", "c", "d", "e"}), plain[0].text.name: frozenset({"x"})}
    judged = recoupled(plain, one, cited)
    assert judged[0].text.name == last
    assert judged[0].references == ("a", "b", "c", "d")
    assert similar(one, [replace(far, references=frozenset("ab"))])[0].references == ("a", "b")


def test_nothing_in_common_is_not_similar() -> None:
    assert similar(Text("a", "kettles"), [Text("b", "lanterns"), Text("c", "")]) == []
    assert Kindred([]).like(Text("a", "kettles")) == []
