"""Metadata and search through the query API of the stand-in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadAnswer, BadInput, Cancelled, NotFound, Unreachable
from paperpath.model import Author, PaperId
from tests.sources.conftest import ATTENTION, OLD, PAPERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.sources.arxiv import ArxivSource
    from tests.standin import StandIn

MANY = [PaperId("arxiv", paper["id"]) for paper in PAPERS[2:]]
UNKNOWN = PaperId("arxiv", "1901.00001")


@pytest.mark.parametrize("shape", ["2019", "2026"])
def test_a_paper_is_what_arxiv_says_of_it(source: ArxivSource, arxiv: StandIn, shape: str) -> None:
    arxiv.reset(shape=shape)
    papers = source.metadata([ATTENTION, OLD])
    paper = papers[ATTENTION]
    assert paper.title == "Attention Is All You Need"
    assert paper.authors[0] == Author("Vaswani", "Ashish")
    assert paper.abstract == "The dominant sequence transduction models are based on complex networks."
    assert (paper.entry_type, paper.year, paper.month, paper.venue) == ("misc", 2017, 6, None)
    assert (paper.published, paper.updated) == ("2017-06-12", "2023-08-02")
    assert (paper.arxiv_id, paper.arxiv_version) == ("1706.03762", 7)
    assert (paper.primary_category, paper.categories) == ("cs.CL", ("cs.CL", "cs.LG"))
    assert (paper.comment, paper.doi, paper.journal_ref) == ("15 pages, 5 figures", None, None)
    assert paper.url == "https://arxiv.org/abs/1706.03762"
    old = papers[OLD]
    assert old.title == "On Schrödinger & <Heisenberg>"
    assert old.authors == (Author("Maaten", "Laurens", "van der"), Author("King", "Martin Luther", suffix="Jr."))
    assert (old.doi, old.journal_ref) == ("10.1000/abc.def", "Ann. Math. 12 (2005)")
    assert len(arxiv.log()) == 1


def test_one_call_for_a_hundred_ids_and_each_gets_its_own(source: ArxivSource, arxiv: StandIn) -> None:
    papers = source.metadata(MANY)
    assert list(papers) == MANY
    assert all(paper.arxiv_id == paper_id.value for paper_id, paper in papers.items())
    log = arxiv.log()
    assert len(log) == 2  # 130 papers
    assert log.early == 0
    assert "max_results=100&" in log.arrivals[0].query + "&"


def test_versions_are_respected_even_of_the_same_paper(source: ArxivSource, arxiv: StandIn) -> None:
    third, latest = PaperId("arxiv", "1706.03762", 3), PaperId("arxiv", "1706.03762")
    papers = source.metadata([third, latest])
    assert papers[third].arxiv_version == 3
    assert papers[latest].arxiv_version == 7
    assert source.metadata([PaperId("arxiv", "1706.03762", 9)]) == {}


def test_the_second_time_nothing_is_asked(open_source: Callable[..., ArxivSource], arxiv: StandIn) -> None:
    first = open_source().metadata(MANY)
    seen = len(arxiv.log())
    assert open_source().metadata(list(reversed(MANY[:100])) + MANY[100:]) == first
    assert len(arxiv.log()) == seen


def test_an_unknown_id_is_missing_and_costs_the_others_nothing(source: ArxivSource, arxiv: StandIn) -> None:
    papers = source.metadata([ATTENTION, UNKNOWN, OLD])
    assert set(papers) == {ATTENTION, OLD}
    assert len(arxiv.log()) == 2


def test_an_unknown_id_alone_is_asked_for_three_times(source: ArxivSource, arxiv: StandIn) -> None:
    assert source.metadata([UNKNOWN]) == {}
    assert len(arxiv.log()) == 3
    assert source.metadata([UNKNOWN]) == {}
    assert len(arxiv.log()) == 6  # an absence is not remembered


def test_ids_of_other_schemes_are_left_alone(source: ArxivSource, arxiv: StandIn) -> None:
    assert source.metadata([PaperId("doi", "10.1/x")]) == {}
    assert len(arxiv.log()) == 0


@pytest.mark.parametrize("fault", ["empty", "truncated-xml", "total", "duplicate", "missing", "foreign"])
def test_answers_that_lie_are_asked_again(source: ArxivSource, arxiv: StandIn, fault: str) -> None:
    arxiv.reset([f"{fault}:1"])
    papers = source.metadata(MANY[:5])
    assert list(papers) == MANY[:5]
    log = arxiv.log()
    assert len(log) == 2
    assert log.early == 0


@pytest.mark.parametrize("fault", ["truncated-xml", "total", "duplicate", "foreign"])
def test_lies_that_do_not_end_are_a_bad_answer(source: ArxivSource, arxiv: StandIn, fault: str) -> None:
    arxiv.reset([fault])
    with pytest.raises(BadAnswer, match=r"^Metadata of arXiv:2001\.00001 and 4 more could not be fetched: .*believed"):
        source.metadata(MANY[:5])
    assert len(arxiv.log()) == 8


def test_no_bad_answer_is_ever_remembered(open_source: Callable[..., ArxivSource], arxiv: StandIn) -> None:
    for fault in ("empty", "truncated-xml", "total", "duplicate", "missing", "foreign", "404", "503"):
        arxiv.reset([fault])
        with contextlib.suppress(BadAnswer, NotFound, Unreachable):
            open_source(interval=0.002).metadata(MANY[:5])
    arxiv.reset()
    assert list(open_source().metadata(MANY[:5])) == MANY[:5]
    assert len(arxiv.log()) == 1


def test_an_id_that_arxiv_refuses_does_not_cost_the_others_their_answer(source: ArxivSource, arxiv: StandIn) -> None:
    bad = PaperId("arxiv", "nonsense")
    assert set(source.metadata([ATTENTION, bad])) == {ATTENTION}
    assert len(arxiv.log()) == 2
    arxiv.reset()
    with pytest.raises(NotFound, match=r"incorrect id format for nonsense"):
        source.metadata([bad])
    assert len(arxiv.log()) == 1


def test_on_400_there_is_exactly_one_request(source: ArxivSource, arxiv: StandIn) -> None:
    arxiv.reset(["400"])
    with pytest.raises(BadInput, match=r"does not accept"):
        source.metadata([ATTENTION])
    assert len(arxiv.log()) == 1


def test_on_404_there_is_exactly_one_request(source: ArxivSource, arxiv: StandIn) -> None:
    arxiv.reset(["404"])
    with pytest.raises(NotFound):
        source.metadata([ATTENTION])
    assert len(arxiv.log()) == 1


def test_a_stop_ends_it(source: ArxivSource, arxiv: StandIn) -> None:
    with pytest.raises(Cancelled):
        source.metadata([ATTENTION], stop=lambda: True)
    assert len(arxiv.log()) == 0


def test_a_title_is_found_whatever_its_signs(source: ArxivSource, arxiv: StandIn) -> None:
    assert [p.arxiv_id for p in source.search('"Attention" is all: you (need)?')] == ["1706.03762"]
    assert len(arxiv.log()) == 1
    source.search("attention is all you need")
    assert len(arxiv.log()) == 2  # written otherwise, asked again
    source.search("attention is all you need")
    assert len(arxiv.log()) == 2


def test_without_the_phrase_its_words_are_searched(source: ArxivSource, arxiv: StandIn) -> None:
    assert [p.arxiv_id for p in source.search("need attention you")] == ["1706.03762"]
    assert len(arxiv.log()) == 2


def test_the_exact_title_comes_first_and_ten_are_enough(source: ArxivSource, arxiv: StandIn) -> None:
    papers = source.search("Paper number 7 on things")
    assert papers[0].title == "Paper number 7 on things"
    assert len(source.search("number things")) == 10


def test_nothing_found_is_an_empty_list_and_no_words_are_bad_input(source: ArxivSource, arxiv: StandIn) -> None:
    assert source.search("zqx zqy") == []
    with pytest.raises(BadInput, match=r"no word"):
        source.search("?!")
    arxiv.reset(["400"])
    with pytest.raises(BadInput, match=r"cannot search"):
        source.search("anything")


def test_a_cache_folder_that_cannot_be_written_is_not_fatal(
    open_source: Callable[..., ArxivSource], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert ATTENTION in open_source(cache=blocked / "cache").metadata([ATTENTION])
