"""Full-text search: what people type is understood, what they find is short and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperpath.errors import BadQuery
from paperpath.library import Passage
from paperpath.library.passages import _MOST
from paperpath.library.search import MOST_TERMS, wanted
from paperpath.model import Paper
from tests.library.samples import ATTENTION, GRAPHS, REPORT, TSNE, add

if TYPE_CHECKING:
    from paperpath.library import Library

A, G, T, R = (paper.key for paper in (ATTENTION, GRAPHS, TSNE, REPORT))


@pytest.fixture
def full(shelf: Library) -> Library:
    shelf.set_parsed(
        A,
        "1",
        [
            Passage("text", "3 Model", 3, "Multi-head attention lets the model attend to naïve positions."),
            Passage("text", "4 Why", 6, "We compare self-attention layers with recurrent ones. " * 20),
            Passage("text", "5 Training", 7, "The optimizer is Adam with warmup."),
            Passage("caption", "5 Training", 8, "Attention map"),
            Passage("text", "6 Results", 9, "  "),
        ],
    )
    shelf.set_note(T, "---\ntitle: Visualizing\nauthors: [Hinton]\n---\nPerplexity is a smooth neighbour count.")
    return shelf


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("transduction", [A]),
        ("TRANSDUCTION recurrent", [A]),
        ("transduc", [A]),
        ("transduc ", []),
        ("transduc* ", [A]),
        ('"transduc', []),
        ('"sequence transduction"', [A]),
        ('"transduction sequence"', []),
        ("„sequence transduction“", [A]),
        ("erdos", [G]),
        ("Erdős rényi", [G]),
        ("vaswani transformer", [A]),
        ("hinton attention ", [T]),
        ("graphs or transformer", [A, G]),
        ("graphs | transformer", [A, G]),
        ("attention -local ", [A]),
        ('attention -"local structure"', [A]),
        ("title:attention", [A]),
        ("abstract:attention", [T]),
        ("author:openai", [R]),
        ("note:perplexity", [T]),
        ("text:warmup", [A]),
        ("note:hinton ", []),
        ("naive", [A]),
        ("self-attention", [A]),
        ("t-sne", [T]),
        ("report:", [R]),
        ("gpt-4: technical", [R]),
        ("perplexity hinton ", [T]),
        ("warmup vaswani ", [A]),
        ("warmup vaswani -adam ", []),
        ("ﬁrst", []),
        ("NEAR(", []),
        ("zzzz", []),
        ("", []),
        ("  ", []),
        ("--", []),
        ("…", []),
        ('""', []),
    ],
)
def test_a_search_finds(full: Library, text: str, keys: list[str]) -> None:
    assert sorted({hit.key for hit in full.search(text)}) == sorted(keys)


def test_a_hit_says_where_it_is(full: Library) -> None:
    [hit] = full.search("warmup")
    assert (hit.key, hit.title, hit.kind, hit.section, hit.page) == (A, ATTENTION.title, "text", "5 Training", 7)
    assert hit.passage == "The optimizer is Adam with \ue000warmup\ue001."
    [note] = full.search("neighbour")
    assert (note.key, note.kind, note.page) == (T, "note", None)
    [author] = full.search("openai")
    assert (author.kind, author.passage) == ("authors", "\ue000OpenAI\ue001")


def test_the_title_comes_first_and_no_paper_takes_all_the_room(full: Library) -> None:
    hits = full.search("attention")
    assert (hits[0].key, hits[0].kind) == (A, "title")
    assert [hit.score for hit in hits] == sorted(hit.score for hit in hits)
    assert sum(hit.key == A for hit in hits) == 3
    assert sum(hit.key == A for hit in full.search("attention", per_paper=10)) == 4
    assert len(full.search("attention", limit=1)) == 1
    assert full.search("attention", limit=0) == []


def test_of_a_word_that_is_everywhere_the_titles_come_first(library: Library) -> None:
    # More passages than are ranked one against the other, and the title is older than all of them.
    add(library, Paper("Lanterns at dusk", key="dusk"), Paper("A tale", key="tale"), Paper("Another", key="another"))
    library.set_parsed("tale", "1", [Passage("text", "I", 1, "Lanterns lanterns lanterns")] * (_MOST + 1))
    library.set_parsed("another", "1", [Passage("text", "I", 1, "Lanterns and kettles")])
    hits = library.search("lanterns ")
    assert [hit.key for hit in hits] == ["dusk", "tale", "tale", "tale", "another"]
    assert [hit.kind for hit in hits[:2]] == ["title", "text"]
    assert hits == sorted(hits, key=lambda hit: hit.score)
    assert [hit.key for hit in library.search("lanterns -tale text:and ")] == ["another"]
    assert {hit.key for hit in library.search("lan", per_paper=1)} == {"dusk", "tale", "another"}


def test_words_in_different_places_of_a_paper_come_after_those_together(full: Library) -> None:
    add(full, Paper("Warmup by Vaswani"))
    hits = full.search("vaswani warmup ")
    assert [hit.key for hit in hits] == ["paper1", A]
    assert hits[0].score <= hits[1].score


def test_passages_are_short_and_on_one_line(library: Library) -> None:
    add(library, Paper("Long", key="long", abstract="needle " + "x" * 5000), Paper("y" * 3000 + " needle", key="title"))
    library.set_parsed("long", "1", [Passage("text", "", 1, "a\n" * 500 + "needle\n\nb " + "c d " * 500)])
    hits = library.search("needle")
    assert len(hits) == 3
    for hit in hits:
        assert len(hit.passage) <= 250
        assert "\n" not in hit.passage
        assert hit.passage.count("\ue000") == hit.passage.count("\ue001") == 1


def test_marks_in_a_text_are_not_taken_for_hits(library: Library) -> None:
    add(library, Paper("P", key="p"))
    library.set_parsed("p", "1", [Passage("text", "", 1, "\ue000 of \ue001 needle")])
    assert library.search("needle")[0].passage == "\ufffd of \ufffd \ue000needle\ue001"


def test_the_index_follows_every_change(full: Library) -> None:
    full.set_parsed(A, "2", [Passage("text", "", 1, "Something else")])
    assert (full.search("warmup"), [hit.key for hit in full.search("something else")]) == ([], [A])
    full.set_note(T, "Other words")
    assert (full.search("perplexity"), [hit.key for hit in full.search("other words")]) == ([], [T])
    full.set_note(T, None)
    assert full.search("other words") == []
    full.remove([A])
    assert full.search("something else") == []
    assert full.check() == []


@pytest.mark.parametrize("text", ["-attention", '-"a b" -c', "word " * (MOST_TERMS + 1)])
def test_what_cannot_be_searched_for_is_said(full: Library, text: str) -> None:
    with pytest.raises(BadQuery):
        full.search(text)


def test_a_single_letter_is_no_beginning_of_a_word() -> None:
    for text, prefix in (("a", False), ("ab", True), ("ab ", False), ("北", True), ("x -ab", False)):
        found = wanted(text)
        assert found is not None
        assert found.terms[-1].prefix is prefix


_PIECES = st.sampled_from(
    [
        '"',
        "*",
        "-",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "title:",
        "x:",
        "^",
        "+",
        "{",
        "}",
        ":",
        " ",
        "attention",
        "a",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=10).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_raises_anything_but_bad_query(shelf: Library, text: str) -> None:
    try:
        hits = shelf.search(text)
    except BadQuery:
        return
    assert all(hit.passage for hit in hits)
