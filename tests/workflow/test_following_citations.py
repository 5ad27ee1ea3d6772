"""Following what cites papers: off unless wanted, once a day, in turns, faults told and got over, ranks and reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadAnswer, BadInput, Cancelled, NotFound, Refused, UnknownPaper, Unreachable
from paperpath.formats.citekeys import make_key
from paperpath.model import Paper
from paperpath.sources import Access
from paperpath.sources.providers.asking import Services
from paperpath.workflow import caring, following, following_citations, new_papers, rekeying
from tests.announcing import FRIDAY, KETTLE, LANTERN, METADATA, THURSDAY, TUESDAY
from tests.standin import StandIn
from tests.standin.citations import citing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.workflow.days_of_feeds import Asked

S2 = "/semantic-scholar/graph/v1/paper/"
READ, READING, OTHER, BOOK = "1801.00001", "1801.00002", "1801.00003", "10.1234/book"
CITATIONS = {
    READ: [
        citing("2608.00004", "2026-08-12"),
        citing("2608.00005v2", "2026-08-12"),
        citing(None, "2026-08-11", DOI="10.1/x"),
        citing("2608.00099", "2026-08-11"),  # arXiv knows no such paper
        citing("1105.0001", "2026-08-10"),  # an old preprint that a journal printed now
        citing("2607.00001", "2026-07-01"),  # older than what is asked for
    ],
    READING: [citing("2608.00004", "2026-08-12")],
    OTHER: [citing("2608.00001", "2026-08-12")],
    BOOK: [],
}


@pytest.fixture(scope="session")
def announcing() -> Iterator[StandIn]:
    with StandIn(metadata=METADATA) as server:
        yield server


@pytest.fixture
def server(announcing: StandIn) -> StandIn:
    announcing.reset(
        interval=0.005, day="2026-08-13", announced=["2608.00001"], citations=CITATIONS, citations_page=1000
    )
    return announcing


@pytest.fixture
def access(server: StandIn, tmp_path: Path) -> Access:
    return Access(server.url, 0.005, cache=tmp_path / "cache")


@pytest.fixture
def services(server: StandIn, tmp_path: Path) -> Services:
    return Services(server.url, 0.005, cache=tmp_path / "cache")


@pytest.fixture
def reader(library: Library) -> Library:
    """Three papers and a book: one read, one being read, two untouched."""
    library.add(
        [
            Paper("Why Kettles Sing", key="sing", arxiv_id=READ, abstract=KETTLE),
            Paper("How Lanterns Glow", key="glow", arxiv_id=READING),
            Paper("Other Things", key="other", arxiv_id=OTHER),
            Paper("A Book of Kettles", key="book", doi=BOOK),
            Paper("Without a Name", key="bare"),
        ],
        make_key,
    )
    library.set_status(["sing"], "read")
    library.set_status(["glow"], "reading")
    return library


def run(library: Library, access: Access, services: Services | None, now: datetime = THURSDAY) -> list[Asked]:
    return [one for one in following.ask(library, access, services, now=now) if one.state != "asking"]


# --------------------------------------------------------------------------- what is followed


def test_a_paper_is_named_by_key_or_id_and_followed_by_its_id(reader: Library, services: Services) -> None:
    one, new = following_citations.subscribe(reader, "SING", services)
    assert (one.kind, one.words, new) == ("citing", f"citing {READ}", True)
    assert following_citations.subscribe(reader, f"arXiv:{READ}v3", services) == (one, False)
    assert following_citations.subscribe(reader, "book", services)[0].words == f"citing {BOOK}"
    assert following_citations.subscribe_read(reader, services)[0].words == "citing what I read"
    assert [following_citations.shown(reader, each) for each in reader.subscriptions()] == [
        "citing book", "citing sing", "citing what I read",
    ]  # fmt: skip
    rekeying.rename(reader, "sing", "song")
    assert following_citations.shown(reader, one) == "citing song"


@pytest.mark.parametrize(("text", "error"), [("nobody", UnknownPaper), ("bare", BadInput), ("", UnknownPaper)])
def test_what_cannot_be_followed(reader: Library, services: Services, text: str, error: type[Exception]) -> None:
    before = len(reader.history())
    with pytest.raises(error):
        following_citations.subscribe(reader, text, services)
    assert reader.subscriptions() == []
    assert len(reader.history()) == before


def test_switched_off_it_says_how_to_switch_it_on(reader: Library) -> None:
    for job in (
        lambda: following_citations.subscribe(reader, "sing", None),
        lambda: following_citations.subscribe_read(reader, None),
    ):
        with pytest.raises(BadInput, match=r'citing_from = "semantic-scholar" into config\.toml.*Nothing was changed'):
            job()
    assert reader.subscriptions() == []


@pytest.mark.parametrize("text", ["sing", f"citing {READ}", f"arXiv:{READ}", "citing  SING"])
def test_it_is_followed_no_longer_under_any_of_its_names(reader: Library, services: Services, text: str) -> None:
    following_citations.subscribe(reader, "sing", services)
    assert following.unsubscribe(reader, text).words == f"citing {READ}"
    assert reader.subscriptions() == []
    caring.undo(reader)
    assert [one.words for one in reader.subscriptions()] == [f"citing {READ}"]


def test_what_was_read_is_followed_no_longer_and_a_paper_that_is_gone_too(reader: Library, services: Services) -> None:
    following_citations.subscribe_read(reader, services)
    following_citations.subscribe(reader, "sing", services)
    reader.remove(["sing"])
    following.unsubscribe(reader, "citing read")
    following.unsubscribe(reader, READ)
    assert reader.subscriptions() == []
    with pytest.raises(BadInput, match="not followed"):
        following.unsubscribe(reader, "citing glow")


# --------------------------------------------------------------------------- asking


def test_nobody_is_asked_while_it_is_off(reader: Library, access: Access, services: Services, server: StandIn) -> None:
    following_citations.subscribe(reader, "sing", services)
    following.subscribe(reader, "cs.CL")
    assert [(one.subscription.kind, one.state) for one in run(reader, access, None)] == [
        ("citing", "off"), ("category", "asked"),
    ]  # fmt: skip
    assert server.log().paths() == ["/rss/cs.CL"]


def test_what_cites_a_paper_is_new_and_says_why(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    following_citations.subscribe(reader, "sing", services)
    [one] = run(reader, access, services)
    assert (one.state, set(one.new), one.elsewhere) == ("asked", {"2608.00004", "2608.00005"}, 1)
    arrivals = server.log().arrivals
    assert arrivals[0].path == f"{S2}ARXIV:{READ}/citations"
    assert "publicationDateOrYear=2026-07-14:" in arrivals[0].query
    assert {arrival.path for arrival in arrivals[1:]} == {"/api/query"}
    assert "1105.0001" not in arrivals[1].query
    assert server.log().early == 0
    first = new_papers.overview(reader, now=THURSDAY).papers[0]
    assert first.why.startswith("cites “Why Kettles Sing”, which you have read")
    assert (first.cites, first.news.feeds) == (("sing",), (f"citing {READ}",))
    assert first.news.paper.abstract, "what the paper is comes from arXiv"
    assert (first.news.paper.categories, first.news.paper.arxiv_version) == (("cs.CL", "cs.LG"), 1)
    assert new_papers.keep(reader, ["2608.00004"]) != []


def test_it_is_asked_once_a_day(reader: Library, access: Access, services: Services, server: StandIn) -> None:
    following_citations.subscribe(reader, "glow", services)
    following_citations.subscribe_read(reader, services)
    run(reader, access, services)
    asked = [path for path in server.log().paths() if path.startswith(S2)]
    assert sorted(asked) == [f"{S2}ARXIV:{READ}/citations", f"{S2}ARXIV:{READING}/citations"], "each paper once"
    assert [one.state for one in run(reader, access, services, THURSDAY + timedelta(hours=10))] == ["known", "known"]
    assert len([path for path in server.log().paths() if path.startswith(S2)]) == 2
    [*states] = (one.state for one in run(reader, access, services, FRIDAY))
    assert states == ["asked", "asked"]
    assert len([path for path in server.log().paths() if path.startswith(S2)]) == 4


def test_after_a_rest_the_days_between_are_asked_for(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    following_citations.subscribe(reader, "glow", services)
    run(reader, access, services)
    for later, since in ((TUESDAY, "2026-07-14"), (THURSDAY + timedelta(days=200), "2026-12-31")):
        server.reset(interval=0.005, citations=CITATIONS)
        run(reader, access, services, later)
        assert f"publicationDateOrYear={since}:" in server.log().arrivals[0].query


def test_what_was_read_is_read_being_read_or_kept(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    following.subscribe(reader, "cs.CL")
    run(reader, access, services)
    new_papers.keep(reader, ["2608.00001"])
    following_citations.subscribe_read(reader, services)
    run(reader, access, services)
    asked = {path.removeprefix(f"{S2}ARXIV:").partition("/")[0] for path in server.log().paths() if S2 in path}
    assert asked == {READ, READING, "2608.00001"}
    ranked = {one.id: one for one in new_papers.overview(reader, now=THURSDAY).papers}
    assert ranked["2608.00004"].why.startswith(
        "cites “Why Kettles Sing”, which you have read, and 1 more of your papers"
    )


def test_a_large_library_takes_turns(
    reader: Library, access: Access, services: Services, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_citations, "MOST_REQUESTS", 2)
    reader.add([Paper(f"Number {n}", key=f"n{n}", arxiv_id=f"1802.0000{n}") for n in (1, 2, 3)], make_key)
    reader.set_status(["n1", "n2", "n3"], "read")
    following_citations.subscribe_read(reader, services)
    seen: list[str] = []
    for day in range(3):
        server.reset(interval=0.005, citations=CITATIONS | {f"1802.0000{n}": [] for n in (1, 2, 3)})
        run(reader, access, services, THURSDAY + timedelta(days=day))
        asked = [path.removeprefix(f"{S2}ARXIV:")[:10] for path in server.log().paths() if S2 in path]
        assert len(asked) == 2
        seen += asked
    assert seen == [READ, READING, "1802.00001", "1802.00002", "1802.00003", READ]


def test_pages_are_followed_as_far_as_is_polite(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    many = [citing(f"2608.{number:05}", "2026-08-12") for number in range(1, 9)]
    server.reset(interval=0.005, citations={OTHER: many}, citations_page=2)
    following_citations.subscribe(reader, "other", services)
    run(reader, access, services)
    offsets = [one.query.partition("offset=")[2][:1] for one in server.log().arrivals if S2 in one.path]
    assert offsets == ["0", "2", "4"], "three pages are the most"
    assert reader.citations_asked()[OTHER].requests == 3


def test_a_paper_that_a_feed_announced_gets_the_reason_too(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    following.subscribe(reader, "cs.CL")
    following_citations.subscribe(reader, "other", services)
    both = run(reader, access, services)
    assert [one.new for one in both] == [("2608.00001",), ()]
    assert "/api/query" not in server.log().paths(), "it is known what it is"
    [paper] = new_papers.overview(reader, now=THURSDAY).papers
    assert paper.why.startswith("cites “Other Things”, which you have")


def test_citing_counts_in_the_rank(reader: Library, access: Access, services: Services, server: StandIn) -> None:
    server.reset(interval=0.005, day="2026-08-13", announced=[], citations=CITATIONS)
    following.subscribe(reader, "cs.CL")
    run(reader, access, services)
    before = {one.id: one.score for one in new_papers.overview(reader, now=THURSDAY).papers}
    following_citations.subscribe(reader, "sing", services)
    run(reader, access, services)
    after = new_papers.overview(reader, now=THURSDAY).papers
    for one in after:
        assert one.score - before[one.id] == pytest.approx(new_papers.CITES if one.cites else 0)
    assert [one.score for one in after] == sorted((one.score for one in after), reverse=True)
    assert LANTERN in next(one.news.paper.title for one in after if one.cites)


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize("fault", ["429:2", "429-retry-after:1", "503:1", "reset:1", "truncated-xml:1", "empty:1"])
def test_faults_that_pass_are_got_over(
    reader: Library, access: Access, services: Services, server: StandIn, fault: str
) -> None:
    server.reset([fault], interval=0.005, citations={READING: CITATIONS[READING]}, retry_after="0.05")
    following_citations.subscribe(reader, "glow", services)
    [one] = run(reader, access, services)
    assert (one.state, one.new) == ("asked", ("2608.00004",))
    assert server.log().early == 0


@pytest.mark.parametrize(
    ("fault", "error"), [("429", Unreachable), ("403", Refused), ("empty", BadAnswer), ("400", BadAnswer)]
)
def test_faults_that_stay_are_told_and_the_next_run_tries_again(
    reader: Library, access: Access, services: Services, server: StandIn, fault: str, error: type[Exception]
) -> None:
    server.reset([fault], interval=0.005, citations=CITATIONS)
    quick = replace(services, interval=0.002)
    following_citations.subscribe(reader, "sing", services)
    following_citations.subscribe(reader, "glow", services)
    one, other = run(reader, access, quick)
    assert (one.state, type(one.error)) == ("failed", error)
    assert other.state == "failed"
    asked = {path for path in server.log().paths() if S2 in path}
    assert len(asked) == (1 if error in (Unreachable, Refused) else 2), "who refused is not asked again"
    assert reader.subscriptions()[0].problem
    assert reader.citations_asked() == {}
    if error is not Refused:
        server.reset(interval=0.005, citations=CITATIONS)
        assert [each.state for each in run(reader, access, services)] == ["asked", "asked"]
        assert reader.subscriptions()[0].problem is None


def test_a_long_rest_that_is_asked_for_ends_the_run(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    server.reset(["429-retry-after"], interval=0.005, citations=CITATIONS, retry_after="7200")
    following_citations.subscribe_read(reader, services)
    [one] = run(reader, access, services)
    assert isinstance(one.error, Unreachable)
    assert "asks for a rest until" in str(one.error)
    assert len(server.log()) == 1


def test_a_paper_that_is_unknown_there_is_told_once_a_day(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    server.reset(interval=0.005, citations={})
    following_citations.subscribe(reader, "sing", services)
    [one] = run(reader, access, services)
    assert isinstance(one.error, NotFound)
    assert "Semantic Scholar does not know arXiv:1801.00001" in str(one.error)
    assert len(server.log()) == 1
    assert [each.state for each in run(reader, access, services)] == ["asked"]
    assert len(server.log()) == 1


def test_when_arxiv_fails_the_service_is_not_asked_again(
    reader: Library, access: Access, services: Services, server: StandIn, tmp_path: Path
) -> None:
    following_citations.subscribe(reader, "glow", services)
    nowhere = Access("http://127.0.0.1:9", 0.005, cache=tmp_path / "other")
    [one] = run(reader, nowhere, services)
    assert isinstance(one.error, Unreachable)
    [one] = run(reader, access, services)
    assert one.new == ("2608.00004",)
    assert [path.startswith(S2) for path in server.log().paths()] == [True, False]


def test_stopped_in_the_middle_it_goes_on(reader: Library, access: Access, services: Services, server: StandIn) -> None:
    following_citations.subscribe_read(reader, services)
    with pytest.raises(Cancelled):
        list(following.ask(reader, access, services, now=THURSDAY, stop=lambda: bool(reader.citations_asked())))
    assert len(reader.citations_asked()) == 1
    run(reader, access, services)
    asked = [path for path in server.log().paths() if S2 in path]
    assert len(asked) == len(set(asked)) == 2


def test_announcements_and_what_they_cite_are_forgotten_together(
    reader: Library, access: Access, services: Services, server: StandIn
) -> None:
    following_citations.subscribe(reader, "sing", services)
    run(reader, access, services)
    assert set(reader.cites()) == {"2608.00004", "2608.00005"}
    assert reader.untold([READ]) == ["2608.00099"]
    server.reset(interval=0.005, citations={READ: []})
    for days in (90, 91):
        run(reader, access, services, THURSDAY + timedelta(days=days))
    assert (reader.cites(), reader.untold([READ])) == ({}, [])
