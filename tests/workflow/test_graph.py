"""Who cites whom, and what is cited in common and not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.model import Author, Paper, ParsedPaper, Reference
from paperpath.workflow.graph import citing
from paperpath.workflow.texts import keep_parsed

if TYPE_CHECKING:
    from paperpath.library import Library


def entry(author: str, title: str, year: int | None) -> Reference:
    return Reference("1", f"{author}. {title}. {year or ''}", 9, (author,), title, None, year)


GRU = entry("J. Chung", "Empirical evaluation of gated networks", 2014)


def keep(library: Library, key: str, *references: Reference) -> None:
    keep_parsed(library, key, ParsedPaper(references=references, pages=9))


@pytest.fixture
def papers(library: Library) -> Library:
    """Three papers without texts: a, b and c."""
    made = [
        Paper("Attention for lanterns", (Author("Vega", "Ana"),), year=2015, arxiv_id="1501.00001"),
        Paper("Learning by lanterns of old", (Author("Old", "Ann"),), year=2010),
        Paper("A third paper of lanterns", (Author("Third", "Tim"),), year=2016),
    ]
    for key, paper in zip("abc", made, strict=True):
        library.add([paper], lambda _paper, _taken, key=key: key)
    return library


def test_who_cites_whom_by_id_or_title(papers: Library) -> None:
    by_title = entry("A. Old", "Learning by Lanterns of Old", 2010)
    keep(papers, "c", Reference("1", "arXiv:1501.00001v2", 3, arxiv_id="1501.00001v2"), by_title)
    keep(papers, "a", by_title, by_title)
    found = citing(papers)
    assert sorted(found.graph.edges) == [("a", "b"), ("c", "a"), ("c", "b")]
    assert [node.key for node in found.graph.nodes] == ["b", "a", "c"]
    assert (found.missing, found.read) == ((), 2)


def test_what_is_missing_comes_by_how_many_cite_it(papers: Library) -> None:
    other = entry("S. Someone", "A quite different matter", 1999)
    keep(papers, "a", GRU, other)
    keep(
        papers,
        "b",
        Reference(
            "7", "J Chung: Empirical Evaluation of Gated  Networks", 2, (), "Empirical Evaluation of Gated Networks"
        ),
    )
    found = citing(papers).missing
    assert [(one.reference.title, one.cited_by) for one in found] == [(GRU.title, ("b", "a")), (other.title, ("a",))]
    assert found[0].reference == GRU  # what says most


def test_entries_with_one_id_are_one_work_whatever_their_titles(papers: Library) -> None:
    keep(papers, "a", Reference("1", "X", 2, (), "Empirical evaluation", arxiv_id="1412.3555"))
    keep(papers, "b", Reference("1", "Y", 2, (), "Another reading of the title", arxiv_id="1412.3555v1"))
    (one,) = citing(papers).missing
    assert one.cited_by == ("b", "a")


def test_one_title_of_two_authors_and_years_is_two_works(papers: Library) -> None:
    keep(papers, "a", entry("Smith", "An introduction to lanterns", 1980))
    keep(papers, "b", entry("Miller", "An introduction to lanterns", 2001))
    assert [len(one.cited_by) for one in citing(papers).missing] == [1, 1]


def test_a_paper_that_lists_itself_misses_nothing(papers: Library) -> None:
    keep(papers, "b", Reference("1", "Old, 1986", 2, ("A. Old",), "Learning by lanterns of old", None, 1986))
    assert citing(papers).missing == ()


def test_what_says_neither_id_nor_title_is_left_out(papers: Library) -> None:
    keep(
        papers,
        "a",
        Reference("1", "personal communication", 2),
        Reference("2", "Nets, 1999", 2, (), "Nets", None, 1999),
    )
    assert citing(papers).missing == ()


def test_a_damaged_text_is_passed_over(papers: Library) -> None:
    keep(papers, "a", GRU)
    papers.files.write(papers.files.parsed(papers.get("a").paper), "[")
    assert citing(papers) == citing(papers)._replace(missing=(), read=0)
