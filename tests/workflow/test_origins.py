"""A technique is found however its name is written, and nothing is made up where no list knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput
from paperpath.model import ListEntry, Paper, ReadingList, Stage
from paperpath.workflow.origins import origins, words_of

if TYPE_CHECKING:
    from paperpath.library import Library

INTRODUCES = {
    "a2015": ("batch normalization",),
    "b1997": ("LSTM", "long short-term memory"),
    "c2014": ("attention", "additive attention"),
    "d2017": ("transformer", "multi-head attention", "scaled dot-product attention"),
    "e2016": ("residual connection",),
    "f2013": ("variational autoencoder",),
    "g2012": ("dropout",),
    "i1992": ("Q-learning with its proof",),
    "h2001": ("masked language modelling", "boxes", "theories of lenses", "in-context learning"),
}


@pytest.fixture
def listed(library: Library) -> Library:
    """A list whose papers introduced this and that, and a second one that says some of it again."""
    papers = [Paper(f"Paper {key}", key=key, year=int(key[1:])) for key in INTRODUCES]
    library.add(papers, lambda paper, taken: "x")
    entries = tuple(ListEntry(key, f"Why {key}.", introduces) for key, introduces in INTRODUCES.items())
    for name, some in (("whole", entries), ("some", entries[:2])):
        library.set_list(ReadingList(name, name, "", (Stage("S", "", some),)), origin="own", fingerprint="1")
    library.set_list(
        ReadingList("late", "L", "", (Stage("S", "", (ListEntry("d2017", "?", ("Dropout",)),)),)),
        origin="own",
        fingerprint="1",
    )
    return library


def found(library: Library, name: str) -> list[tuple[str, str]]:
    return [(one.technique, one.row.key) for one in origins(library, name).found]


@pytest.mark.parametrize(
    ("asked", "technique"),
    [
        ("batch normalization", "batch normalization"),
        ("Batch-Normalisation", "batch normalization"),
        ("batchnormalization", "batch normalization"),
        ("batch norm", "batch normalization"),
        ("residual connections", "residual connection"),
        ("Variational Auto-Encoders", "variational autoencoder"),
        ("LSTMs", "LSTM"),
        ("long short term memories", "long short-term memory"),
        ("BN", "batch normalization"),
        ("Transformers", "transformer"),
        ("attention", "attention"),
        ("multi head attention", "multi-head attention"),
        ("masked language modeling", "masked language modelling"),
        ("box", "boxes"),
        ("q-learning", "Q-learning with its proof"),
        ("theory of lens", "theories of lenses"),
    ],
)
def test_a_name_is_known_however_it_is_written(listed: Library, asked: str, technique: str) -> None:
    assert [one for one, _ in found(listed, asked)] == [technique]


def test_it_comes_with_its_paper_and_the_lists_that_say_so(listed: Library) -> None:
    [one] = origins(listed, "batch normalization").found
    assert (one.row.key, one.row.year, one.why, one.lists) == ("a2015", 2015, "Why a2015.", ("some", "whole"))


def test_several_papers_are_told_the_oldest_first(listed: Library) -> None:
    assert found(listed, "dropout") == [("dropout", "g2012"), ("Dropout", "d2017")]
    assert found(listed, "dot attention") == [("scaled dot-product attention", "d2017")]


def test_what_only_resembles_is_offered_and_not_answered(listed: Library) -> None:
    told = origins(listed, "transfromer")
    assert told.found == ()
    assert told.near[0].technique == "transformer"
    assert origins(listed, "xyzzy") == ((), ())
    assert origins(listed, "of") == ((), ())


def test_a_paper_that_was_removed_introduced_nothing(listed: Library) -> None:
    listed.remove(["a2015"])
    assert found(listed, "batch normalization") == []


def test_nothing_asked_is_no_question(library: Library) -> None:
    with pytest.raises(BadInput, match="Say the name"):
        origins(library, " – ")


def test_words_are_compared_in_one_form() -> None:
    assert words_of("Erdős–Rényi Graphs") == ["erdo", "renyi", "graph"]
    assert words_of("labelled, optimising") == words_of("labeled, optimizing")
    assert words_of("Bias, loss and analysis") == ["bia", "loss", "and", "analysis"]
