"""Papers go in whole, are recognised, completed and found again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperpath.errors import BadInput, UnknownPaper
from paperpath.library import Library, Row
from paperpath.model import Author, Paper, PaperId, Position
from tests.library.samples import ATTENTION, GRAPHS, PAPERS, REPORT, TSNE, add, numbered

if TYPE_CHECKING:
    from collections.abc import Container

_TEXT = st.text(max_size=20)
_FILLED = st.none() | st.text(min_size=1, max_size=20)
_AUTHOR = st.builds(Author, _TEXT, _TEXT, _TEXT, _TEXT, st.booleans())
_PAPER = st.builds(
    Paper,
    _TEXT,
    st.lists(_AUTHOR, max_size=3).map(tuple),
    key=st.just(""),
    entry_type=_TEXT,
    year=st.none() | st.integers(-(2**63), 2**63 - 1),
    month=st.none() | st.integers(0, 13),
    venue=_FILLED,
    pages=_FILLED,
    categories=st.lists(_TEXT, max_size=2).map(tuple),
    abstract=_FILLED,
    extra=st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_a_paper_comes_back_as_it_went_in(library: Library, paper: Paper) -> None:
    assert add(library, paper) == [(paper.key, True)]
    assert library.get(paper.key).paper == paper
    assert library.papers() == [paper]
    assert library.get(paper.key).status == "unread"


@given(_PAPER)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_and_number_can_be_kept(library: Library, paper: Paper) -> None:
    with library.quietly():
        [added] = add(library, paper)
        kept = library.get(added.key).paper
        library.remove([added.key])
    safe = str(paper).isprintable() and not any("\ud800" <= c <= "\udfff" for c in str(paper.title))
    if safe and "\\x00" not in repr(paper):
        assert kept == dataclasses.replace(paper, key=added.key)
    assert len(kept.authors) == len(paper.authors)


def test_a_number_too_large_for_a_column_is_bad_input(library: Library) -> None:
    with pytest.raises(BadInput, match="too large"):
        add(library, Paper("Sometime", year=10**30))
    assert library.keys() == set()


def test_broken_characters_are_replaced(library: Library) -> None:
    [added] = add(library, Paper("A\0B \ud835 C", abstract="\udcff"))
    assert library.get(added.key).paper.title == "A\ufffdB \ufffd C"


@pytest.mark.parametrize(
    "again",
    [
        Paper("Another title", arxiv_id="1706.03762"),
        dataclasses.replace(ATTENTION, key="otherKey"),
        Paper("attention is all you need", key="Vaswani2017Attention"),
    ],
    ids=["arxiv id", "other key", "same key and title"],
)
def test_a_known_paper_is_not_added_twice(shelf: Library, again: Paper) -> None:
    assert add(shelf, again) == [("vaswani2017attention", False)]
    assert len(shelf.keys()) == 4
    assert shelf.get("vaswani2017attention").paper == ATTENTION


def test_a_doi_is_recognised_in_any_case(shelf: Library) -> None:
    assert add(shelf, Paper("X", doi="10.5486/PMD.1959.6.3-4.12")) == [("erdos1959random", False)]


def test_a_title_alone_is_no_identity(shelf: Library) -> None:
    assert add(shelf, Paper(ATTENTION.title)) == [("paper1", True)]


def test_the_same_key_and_title_with_another_id_is_another_paper(shelf: Library) -> None:
    [added] = add(shelf, dataclasses.replace(ATTENTION, arxiv_id="2001.00001"))
    assert added == ("paper1", True)


def test_missing_fields_are_filled_in_and_present_ones_kept(shelf: Library) -> None:
    found = dataclasses.replace(
        REPORT, title="gpt4", doi="10.1/GPT", year=2023, month=3, abstract="We report.", venue="ArXiv", pages="1-100"
    )
    assert add(shelf, found) == [("openai2023gpt4", False)]
    paper = shelf.get("openai2023gpt4").paper
    assert (paper.title, paper.doi, paper.year, paper.abstract) == (REPORT.title, "10.1/gpt", 2023, "We report.")
    assert (paper.venue, paper.pages) == ("ArXiv", "1-100")
    assert shelf.find(PaperId("doi", "10.1/GPT")) == "openai2023gpt4"


def test_pages_of_one_publication_do_not_join_another(shelf: Library) -> None:
    add(shelf, Paper("Attention", arxiv_id="1706.03762", venue="Some Journal", pages="5-9", volume="3"))
    paper = shelf.get("vaswani2017attention").paper
    assert (paper.venue, paper.pages, paper.volume) == (ATTENTION.venue, None, None)


def test_an_id_of_a_second_paper_is_not_taken_from_it(shelf: Library) -> None:
    add(shelf, Paper("Both", arxiv_id=ATTENTION.arxiv_id, doi=GRAPHS.doi))
    assert shelf.get("vaswani2017attention").paper.doi is None
    assert shelf.get("erdos1959random").paper.doi == GRAPHS.doi


def test_keys_are_unique_whatever_their_case(library: Library) -> None:
    seen: list[bool] = []

    def key(paper: Paper, taken: Container[str]) -> str:
        seen.append("VASWANI2017ATTENTION" in taken)
        return numbered(paper, taken)

    library.add([ATTENTION, dataclasses.replace(GRAPHS, key="Vaswani2017ATTENTION"), TSNE], key)
    assert library.keys() == {"vaswani2017attention", "paper1", TSNE.key}
    assert seen == [True]


def test_one_change_for_many_papers(library: Library) -> None:
    add(library, *PAPERS)
    assert [change.what for change in library.history()] == ["add 4 papers"]


def test_an_error_half_way_adds_nothing(library: Library) -> None:
    with pytest.raises(BadInput):
        add(library, ATTENTION, Paper("Sometime", year=10**30))
    assert (library.keys(), library.history()) == (set(), [])


def test_update_replaces_and_can_be_undone(shelf: Library) -> None:
    better = dataclasses.replace(ATTENTION, title="Attention!", authors=ATTENTION.authors[:1], abstract=None)
    shelf.update(better)
    assert shelf.get(ATTENTION.key).paper == better
    assert shelf.rows("author:shazeer") == []
    assert [hit.key for hit in shelf.search("transduction")] == []
    shelf.undo()
    assert shelf.get(ATTENTION.key).paper == ATTENTION
    assert [row.key for row in shelf.rows("author:shazeer")] == [ATTENTION.key]
    assert [hit.key for hit in shelf.search("transduction")] == [ATTENTION.key]
    assert shelf.check() == []


def test_update_refuses_the_id_of_another_paper(shelf: Library) -> None:
    with pytest.raises(BadInput, match="openai2023gpt4"):
        shelf.update(dataclasses.replace(ATTENTION, arxiv_id=REPORT.arxiv_id))
    with pytest.raises(UnknownPaper):
        shelf.update(Paper("Nothing", key="nothing"))


def test_an_update_that_changes_nothing_is_no_change(shelf: Library) -> None:
    shelf.update(ATTENTION)
    assert shelf.history() == []


def test_an_unknown_key_names_those_that_are_close(shelf: Library) -> None:
    with pytest.raises(UnknownPaper, match="vaswani2017attention"):
        shelf.get("vaswani2017atention")
    with pytest.raises(UnknownPaper, match="openai2023gpt4"):
        shelf.remove(["gpt4"])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("VASWANI2017attention", ATTENTION.key),
        ("@erdos1959random", GRAPHS.key),
        ("arXiv:1706.03762v7", ATTENTION.key),
        ("https://arxiv.org/abs/2303.08774", REPORT.key),
        ("https://doi.org/10.5486/PMD.1959.6.3-4.12", GRAPHS.key),
        ("https://jmlr.org/papers/v9/vandermaaten08a.html", TSNE.key),
        (TSNE.key, TSNE.key),
    ],
)
def test_resolve_takes_keys_and_ids(shelf: Library, text: str, key: str) -> None:
    assert shelf.resolve(text) == key


@pytest.mark.parametrize(("text", "hint"), [("2401.00001", "paperpath add"), ("nothing at all", "paperpath list")])
def test_resolve_says_what_to_do_with_the_unknown(shelf: Library, text: str, hint: str) -> None:
    with pytest.raises(UnknownPaper, match=hint):
        shelf.resolve(text)


def test_find_answers_none_for_a_paper_that_is_not_there(shelf: Library) -> None:
    assert shelf.find(PaperId("arxiv", "2401.00001")) is None
    assert shelf.find(PaperId("arxiv", "1706.03762", 3)) == ATTENTION.key


def test_rows_hold_what_a_list_shows(shelf: Library) -> None:
    shelf.tag([ATTENTION.key], add=["to read", "NLP"])
    shelf.set_problem(ATTENTION.key, "no PDF")
    row = shelf.rows()[0]
    assert row == Row(
        key="vaswani2017attention",
        title="Attention Is All You Need",
        byline="Vaswani +2",
        year=2017,
        status="unread",
        progress=0.0,
        has_pdf=False,
        problem="no PDF",
        tags=("NLP", "to read"),
        added=row.added,
        haystack=row.haystack,
    )
    for part in ("vaswani2017attention", "attention is all", "kaiser", "2017", "1706.03762", "advances", "nlp"):
        assert part in row.haystack
    assert "lukasz" in row.haystack
    assert [one.key for one in shelf.rows()] == [paper.key for paper in PAPERS]


def test_places_with_a_letter_are_kept_beside_the_history_and_come_back_with_their_paper(shelf: Library) -> None:
    first, other = Position(1, 20, 0.2), Position(3, 0, 0.7)
    shelf.set_bookmark(ATTENTION.key, "q", other)
    shelf.set_bookmark(ATTENTION.key, "a", other)
    shelf.set_bookmark(ATTENTION.key, "a", first)
    assert [*shelf.bookmarks(ATTENTION.key).items()] == [("a", first), ("q", other)]
    assert shelf.history() == []
    shelf.remove([ATTENTION.key])
    shelf.undo()
    assert shelf.bookmarks(ATTENTION.key) == {"a": first, "q": other}
    for letter in ("A", "é", "ab", ""):
        with pytest.raises(BadInput, match="a letter from a to z"):
            shelf.set_bookmark(ATTENTION.key, letter, first)
