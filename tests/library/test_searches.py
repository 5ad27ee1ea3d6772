"""Queries under a name: kept, asked for by it in other queries, and taken back."""

from __future__ import annotations

import pytest

from paperpath.errors import BadInput, BadQuery
from paperpath.library import Library, SavedSearch
from tests.library.samples import ATTENTION, GRAPHS, PAPERS, REPORT, TSNE, add


@pytest.fixture
def papers(library: Library) -> Library:
    add(library, *PAPERS)
    return library


def found(library: Library, query: str) -> list[str]:
    return [row.key for row in library.rows(query)]


def test_a_saved_search_stands_for_its_query_in_any_other(papers: Library) -> None:
    papers.save_search("Old ones", "year:..2010 or title:report")
    assert found(papers, 'saved:"old ONES"') == [GRAPHS.key, TSNE.key, REPORT.key]
    assert found(papers, '-saved:"old ones"') == [ATTENTION.key]
    assert found(papers, 'saved:"old ones" author:hinton') == [TSNE.key], "the or stays inside"
    papers.save_search("hinton", 'saved:"old ones" author:hinton')
    assert papers.search_keys("saved:hinton") == [TSNE.key]


def test_saving_renaming_and_removing_can_be_taken_back(papers: Library) -> None:
    papers.save_search("todo", "status:unread")
    papers.save_search("TODO", "status:reading")
    papers.rename_search("todo", "À lire")
    assert papers.searches() == [SavedSearch("À lire", "status:reading")]
    papers.remove_search("a lire")
    assert papers.searches() == []
    told = [papers.undo().change.what for _ in range(3)]
    assert told == ["remove the search “a lire”", "rename the search “todo” to “À lire”", "save the search “TODO”"]
    assert papers.searches() == [SavedSearch("todo", "status:unread")]
    papers.redo()
    assert papers.searches() == [SavedSearch("TODO", "status:reading")]


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "x", "no name"),
        ('a"b', "x", "no name"),
        ("x" * 61, "x", "no name"),
        ("x", "  ", "nothing to save"),
        ("x", "y" * 3000, "too long"),
        ("x", "year:(", "which year"),
        ("x", "saved:X", "asks for itself"),
        ("x", "saved:nowhere", "No search is saved as 'nowhere'. There are first"),
    ],
)
def test_what_cannot_be_saved_is_explained(papers: Library, name: str, query: str, said: str) -> None:
    papers.save_search("first", "graphs")
    with pytest.raises(BadInput, match=said):
        papers.save_search(name, query)
    assert papers.searches() == [SavedSearch("first", "graphs")]


def test_a_search_that_another_one_asks_for_stays(papers: Library) -> None:
    papers.save_search("one", "graphs")
    papers.save_search("two", "saved:one or attention")
    for change in (lambda: papers.remove_search("one"), lambda: papers.rename_search("one", "uno")):
        with pytest.raises(BadInput, match="“two” asks for “one”"):
            change()
    with pytest.raises(BadQuery, match="asks for itself"):
        papers.save_search("one", "saved:two")
    with pytest.raises(BadInput, match="is called “Two”"):
        papers.rename_search("one", "Two")
    with pytest.raises(BadInput, match="There are: one, two"):
        papers.remove_search("three")
    assert found(papers, "saved:two") == [ATTENTION.key, GRAPHS.key]


def test_searches_that_stand_for_too_much_are_refused_at_once(papers: Library) -> None:
    papers.save_search("s0", "a b c d e f g h")
    papers.save_search("s1", " ".join(["saved:s0"] * 8))
    with pytest.raises(BadQuery, match="more than 200 terms"):  # each is eight times the one before it
        papers.save_search("s2", " ".join(["saved:s1"] * 8))
