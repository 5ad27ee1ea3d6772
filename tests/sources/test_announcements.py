"""Asking the stand-in what is new: one request a feed, the same rules and the same faults as for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadAnswer, BadInput, Cancelled, NotFound, Refused, Unreachable
from paperpath.sources.announcements import Announcements, category_named
from paperpath.sources.base import Access
from tests.sources.conftest import INTERVAL, QUICK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.standin import StandIn


@pytest.fixture
def feeds(arxiv: StandIn, tmp_path: Path) -> Iterator[Announcements]:
    arxiv.reset(interval=INTERVAL, day="2026-08-13", page=3500, announced=[])
    with Announcements(Access(arxiv.url, INTERVAL, cache=tmp_path / "cache"), patience=QUICK) as made:
        yield made


def test_a_category_is_one_request(feeds: Announcements, arxiv: StandIn) -> None:
    page = feeds.today("cs.CL")
    assert (page.day, [one.paper.arxiv_id for one in page.announced]) == ("2026-08-13", ["1706.03762"])
    assert page.announced[0].kind == "replaced"
    assert {one.kind for one in feeds.today("cs.LG").announced} == {"new", "replaced"}
    assert arxiv.log().paths() == ["/rss/cs.CL", "/rss/cs.LG"]
    assert arxiv.log().early == 0


def test_a_whole_archive_has_a_feed_too(feeds: Announcements) -> None:
    assert len(feeds.today("cs").announced) == 131


def test_a_day_without_papers_is_no_error(feeds: Announcements, arxiv: StandIn) -> None:
    assert feeds.today("hep-th").announced == ()
    assert len(arxiv.log()) == 1


def test_missed_days_come_page_by_page(feeds: Announcements, arxiv: StandIn) -> None:
    arxiv.reset(interval=INTERVAL, page=50)
    page = feeds.since("cs.LG", "2020-01-01")
    assert len(page.announced) == 131
    assert page.day == "2023-08-02"
    assert arxiv.log().paths() == ["/oai"] * 3
    assert "set=cs%3Acs%3ALG&from=2020-01-01" in arxiv.log().arrivals[0].query
    by_id = {one.paper.arxiv_id: one for one in page.announced}
    assert (by_id["1706.03762"].kind, by_id["1706.03762"].paper.arxiv_version) == ("replaced", 7)
    assert (by_id["2001.00001"].kind, by_id["2001.00001"].paper.published) == ("new", "2020-01-02")
    assert feeds.since("math.GT", "2030-01-01").announced == ()


def test_a_search_brings_the_latest_first_and_remembers_nothing(feeds: Announcements, arxiv: StandIn) -> None:
    for _ in range(2):
        page = feeds.search('au:"Ashish Vaswani"')
        assert [one.paper.arxiv_id for one in page.announced] == ["1706.03762"]
    assert arxiv.log().paths() == ["/api/query"] * 2
    assert "sortBy=lastUpdatedDate" in arxiv.log().arrivals[0].query
    assert feeds.search("ti:nonsense").announced == ()


@pytest.mark.parametrize(
    "fault", ["429", "429-retry-after", "429-late", "503", "503-zero", "500", "reset", "stall", "truncated-xml"]
)
@pytest.mark.parametrize("asked", ["today", "since", "search"])
def test_what_may_pass_is_asked_again(feeds: Announcements, arxiv: StandIn, fault: str, asked: str) -> None:
    arxiv.reset([f"{fault}:1"], interval=INTERVAL)
    page = {
        "today": lambda: feeds.today("cs.CL"),
        "since": lambda: feeds.since("cs.CL", "2000-01-01"),
        "search": lambda: feeds.search("ti:attention"),
    }[asked]()
    assert [one.paper.arxiv_id for one in page.announced] == ["1706.03762"]
    assert len(arxiv.log()) == 2
    assert arxiv.log().early == 0
    assert arxiv.log().most_open == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("403", Refused), ("captcha", Refused), ("400", NotFound), ("404", NotFound), ("redirect-away", BadAnswer),
        ("truncated-xml", BadAnswer), ("503", Unreachable), ("redirect-loop", BadAnswer),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_told(feeds: Announcements, arxiv: StandIn, fault: str, error: type[Exception]) -> None:
    arxiv.reset([fault], interval=INTERVAL)
    with pytest.raises(error):
        feeds.today("cs.CL")
    if error is Refused:
        before = len(arxiv.log())
        with pytest.raises(Refused):
            feeds.search("ti:attention")
        assert len(arxiv.log()) == before, "after a refusal nobody asks again"


def test_without_a_connection_it_says_so(tmp_path: Path) -> None:
    access = Access("http://127.0.0.1:9", INTERVAL, cache=tmp_path / "cache")
    with Announcements(access, patience=QUICK) as feeds, pytest.raises(Unreachable, match="no connection"):
        feeds.today("cs.CL")


def test_it_can_be_stopped(feeds: Announcements) -> None:
    with pytest.raises(Cancelled):
        feeds.today("cs.CL", stop=lambda: True)


def test_arxivs_own_hosts_are_asked(tmp_path: Path) -> None:
    with Announcements(Access(cache=tmp_path)) as feeds:
        assert (feeds._rss, feeds._oai) == ("https://rss.arxiv.org", "https://oaipmh.arxiv.org")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cs.LG", "cs.LG"), ("cs.lg", "cs.LG"), ("CS.lg", "cs.LG"), (" hep-th ", "hep-th"), ("math.ag", "math.AG"),
        ("cond-mat.mes-hall", "cond-mat.mes-hall"), ("physics.acc-ph", "physics.acc-ph"), ("nlin.CD", "nlin.CD"),
        ("q-bio.nc", "q-bio.NC"), ("cs", "cs"), ("astro-ph.CO", "astro-ph.CO"),
    ],
)  # fmt: skip
def test_categories_are_written_as_arxiv_does(typed: str, name: str) -> None:
    assert category_named(typed) == name


@pytest.mark.parametrize(
    "typed", ["", "cs.", "xx.LG", "graph neural network", "cs.LG+cs.CL", "../etc", "cs.L G", "cs.1"]
)
def test_what_is_no_category_is_told(typed: str) -> None:
    with pytest.raises(BadInput, match="no category"):
        category_named(typed)
