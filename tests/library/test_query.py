"""The query language finds what it says, and says what is wrong with what it cannot read."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperpath.errors import BadQuery, UnknownList
from paperpath.library.folding import clean, fold
from paperpath.library.query import FIELDS, MOST_TERMS, condition
from paperpath.model import Highlight, Paper, StoredPdf
from tests.library.samples import ATTENTION, GRAPHS, PLAN, REPORT, TSNE, add

if TYPE_CHECKING:
    from paperpath.library import Library

A, G, T, R = (paper.key for paper in (ATTENTION, GRAPHS, TSNE, REPORT))


@pytest.fixture
def marked(shelf: Library) -> Library:
    shelf.set_status([A], "read")
    shelf.set_status([G], "skimmed")
    shelf.tag([A, R], add=["Language Models"])
    shelf.set_note(T, "words")
    shelf.add_highlight(G, Highlight("edges"))
    shelf.set_pdf(A, StoredPdf("00", 1, 1, "2026-01-01T00:00:00Z"))
    shelf.set_problem(R, "gone")
    shelf.set_list(PLAN, origin="shipped", fingerprint="1")
    return shelf


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", [A, G, T, R]),
        ("   ", [A, G, T, R]),
        ("attention", [A]),
        ("ATTENTION need", [A]),
        ("need attention", [A]),
        ('"need attention"', []),
        ('"is all"', [A]),
        ("erdos renyi", [G]),
        ("Erdős", [G]),
        ("erdos-renyi", [G]),
        ("łukasz", [A]),
        ("lukasz", [A]),
        ("van der maaten", [T]),
        ("1706.03762", [A]),
        ("2017", [A]),
        ("author:hinton", [T]),
        ('author:"van der"', [T]),
        ("author:erdős title:graphs", [G]),
        ("authors:openai", [R]),
        ("title:attention", [A]),
        ("abstract:attention", [T]),
        ("year:2017", [A]),
        ("year:2008..2017", [A, T]),
        ("year:..2008", [G, T]),
        ("year:2009..", [A]),
        ("year:2008-2017", [A, T]),
        ("year:<2000", [G]),
        ("year:>=2008", [A, T]),
        ("-year:2017", [G, T, R]),
        ("status:read", [A]),
        ("status:unread", [T, R]),
        ("status:read,Skimmed", [A, G]),
        ('tag:"language models"', [A, R]),
        ("tag:lang*", [A, R]),
        ("tag:lang", []),
        ("list:starter", [A, G]),
        ("list:START*", [A, G]),
        ("key:openai2023GPT4", [R]),
        ("key:openai", []),
        ("key:openai*", [R]),
        ("venue:mathematicae", [G]),
        ("journal:neural", [A]),
        ("-venue:neural", [G, T, R]),
        ("category:cs.lg", [A]),
        ("id:1706.03762v5", [A]),
        ("doi:10.5486/PMD.1959.6.3-4.12", [G]),
        ("arxiv:2303.08774", [R]),
        ("-id:1706.03762", [G, T, R]),
        ("id:https://jmlr.org/papers/v9/vandermaaten08a.html", [T]),
        ("has:pdf", [A]),
        ("-has:pdf", [G, T, R]),
        ("has:note", [T]),
        ("has:highlights", [G]),
        ("has:tag has:pdf", [A]),
        ("has:problem", [R]),
        ("has:list", [A, G]),
        ("has:abstract", [A, T]),
        ("has:text", []),
        ("added:2", [A, G, T, R]),
        ("attention or graphs", [A, G]),
        ("attention | graphs", [A, G]),
        ("not attention", [G, T, R]),
        ("-attention -graphs", [T, R]),
        ("-(attention or graphs)", [T, R]),
        ("not not attention", [A]),
        ("(attention or graphs) year:<2000", [G]),
        ("attention and need", [A]),
        ("t-sne", [T]),
        ('"or"', [G, T, R]),
        ("%", []),
        ("_", []),
        ("'", []),
    ],
)
def test_a_query_finds(marked: Library, query: str, keys: list[str]) -> None:
    if query == "added:2":
        query = f"added:{marked.rows()[0].added[:4]}"
    if query == '"or"':
        keys = [row.key for row in marked.rows() if "or" in row.haystack]
    assert [row.key for row in marked.rows(query)] == keys
    assert [paper.key for paper in marked.papers(query)] == keys
    assert [record.key for record in marked.records(query)] == keys


def test_a_list_is_in_reading_order(marked: Library) -> None:
    assert [row.key for row in marked.rows(list_name="starter")] == [G, A]
    assert [row.key for row in marked.rows("attention", list_name="starter")] == [A]
    with pytest.raises(UnknownList, match="starter"):
        marked.rows(list_name="startr")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("autor:x", "'autor' at character 1, which is no field"),
        ("x author:", "which author at character 3"),
        ("(a", "lacks a “)” for the “(” at character 1"),
        ("a)", "a “)” too many at character 2"),
        ("a or", "lacks a term at character 5"),
        ("or a", "lacks a term at character 1"),
        ("a not", "“not” at character 3, but not what"),
        ("()", "lacks a term at character 2"),
        ("year:soon", "no year or range"),
        ("year:..", "no year or range"),
        ("status:done", "is no status"),
        ("status:,", "is no status"),
        ("has:wings", "has: takes pdf"),
        ("id:nothing", "no arXiv id"),
        ("added:monday", "2026-05-17"),
        ("(" * 40 + "a" + ")" * 40, "parentheses inside one another"),
        ("a " * (MOST_TERMS + 1), "up to 200"),
    ],
)
def test_what_is_wrong_is_said(library: Library, query: str, words: str) -> None:
    with pytest.raises(BadQuery) as caught:
        library.rows(query)
    assert words in str(caught.value)


_PIECES = st.sampled_from(
    [
        *(f"{name}:" for name in FIELDS),
        "(",
        ")",
        "-",
        "not ",
        " or ",
        '"',
        " ",
        "*",
        "2017",
        "..",
        "x",
        "read",
        ":",
        "|",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=3), max_size=12).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_raises_anything_but_bad_query(shelf: Library, query: str) -> None:
    with contextlib.suppress(BadQuery):
        shelf.rows(query)


def test_the_longest_allowed_query_is_understood_by_sqlite(shelf: Library) -> None:
    assert len(shelf.rows("attention " * MOST_TERMS)) == 1
    assert len(shelf.rows("not " * (MOST_TERMS - 1) + "attention")) == 3
    deep = shelf.rows("tag:a or x -(" * 10 + "attention" + ")" * 10)
    assert [row.key for row in deep] == []


@pytest.mark.parametrize(
    "title", ["What is [attention]?", "a * b", "[^a-z]", "why?", "x]y", "".join(map(str, range(999)))]
)
def test_signs_of_patterns_stand_for_themselves(library: Library, title: str) -> None:
    add(library, Paper(title, key="it"), Paper("What is mattention! xy abb", key="other"))
    for query in (f'"{title}"', f'title:"{title}"'):
        assert [row.key for row in library.rows(query)] == ["it"]
        assert [row.key for row in library.rows(f"-{query}")] == ["other"]


def test_an_empty_query_costs_nothing() -> None:
    assert condition("") == ("1", ())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ABC", "abc"),
        ("Straße", "strasse"),
        ("Ångström–Łódź", "angstrom-lodz"),
        ("ﬁne “quotes” ’n’ ﬀ", "fine \"quotes\" 'n' ff"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("北京", "北京"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(codec=None)))
def test_folding_and_cleaning_are_done_once(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    kept.encode("utf-8")
    assert "\0" not in kept
    assert fold(fold(kept)) == fold(kept)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_what_is_in_a_part_is_in_the_folded_whole(before: str, part: str, after: str) -> None:
    # The terms title: and venue: look into the haystack first.
    assert fold(clean(part)) in fold(f"{clean(before)} {clean(part)} {clean(after)}")
