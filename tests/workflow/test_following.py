"""Following arXiv: each feed once a day, missed days at once, faults told and got over; ranks, verdicts, undo."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from paperpath.errors import BadInput, Cancelled, NotAnId, Refused, Unreachable
from paperpath.formats.citekeys import make_key
from paperpath.library import Library, Subscription
from paperpath.model import Paper
from paperpath.sources import Access
from paperpath.workflow import caring, days_of_feeds, following, new_papers
from tests.announcing import FRIDAY, KETTLE, METADATA, MONDAY, SATURDAY, THURSDAY, TUESDAY
from tests.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperpath.workflow.days_of_feeds import Asked

DAY = ["2608.00001", "2608.00002", "2608.00003", "2608.00004", "2608.00005", "2608.00006", "2608.00009"]


@pytest.fixture(scope="session")
def announcing() -> Iterator[StandIn]:
    with StandIn(metadata=METADATA) as server:
        yield server


@pytest.fixture
def arxiv(announcing: StandIn) -> StandIn:
    announcing.reset(interval=0.005, day="2026-08-13", announced=DAY)
    return announcing


@pytest.fixture
def access(arxiv: StandIn, tmp_path: Path) -> Access:
    return Access(arxiv.url, 0.005, cache=tmp_path / "cache")


def asked(library: Library, access: Access, now: datetime) -> list[Asked]:
    return [one for one in following.ask(library, access, now=now) if one.state != "asking"]


def states(library: Library, access: Access, now: datetime) -> list[str]:
    return [one.state for one in asked(library, access, now)]


# --------------------------------------------------------------------------- subscriptions


@pytest.mark.parametrize(
    ("text", "author", "expected"),
    [
        ("cs.lg", False, ("category", "cs.LG")),
        ('all:"graph  neural network"', False, ("search", 'all:"graph neural network"')),
        ("ti:kettle AND cat:cs.LG", False, ("search", "ti:kettle AND cat:cs.LG")),
        (" Ann  Kessel ", True, ("author", "Ann Kessel")),
    ],
)
def test_what_is_meant(text: str, author: bool, expected: tuple[str, str]) -> None:
    assert following.understood(text, author=author) == expected


@pytest.mark.parametrize(
    ("text", "author"),
    [("", False), ("  !", False), ("kettles", False), ('all:"graph', False), ("au:x", True), ("x" * 301, True)],
)
def test_what_cannot_be_followed(library: Library, text: str, author: bool) -> None:
    with pytest.raises(BadInput):
        following.subscribe(library, text, author=author)
    assert library.subscriptions() == []
    assert library.history() == []


# --------------------------------------------------------------------------- once a day


def test_two_runs_a_day_are_one_request_a_feed(library: Library, access: Access, arxiv: StandIn) -> None:
    following.subscribe(library, "cs.CL")
    following.subscribe(library, "Bo Li", author=True)
    following.subscribe(library, 'ti:"whistling kettles"')
    first = asked(library, access, THURSDAY)
    assert [(one.state, one.told) for one in first] == [("asked", 6), ("asked", 8), ("asked", 4)]
    assert [len(one.new) for one in first] == [6, 2, 0], "a paper is new once, whichever feed tells of it first"
    assert states(library, access, THURSDAY + timedelta(hours=15)) == ["known"] * 3
    assert arxiv.log().paths() == ["/rss/cs.CL", "/api/query", "/api/query"]
    assert arxiv.log().early == 0
    assert states(library, access, FRIDAY) == ["asked"] * 3


def test_a_day_begins_when_arxiv_announces() -> None:
    def at(hour: int) -> date:
        return days_of_feeds.day_of(datetime(2026, 8, 14, hour, 30, tzinfo=UTC))

    assert (at(4), at(5)) == (date(2026, 8, 13), date(2026, 8, 14))


def test_a_weekend_is_no_error(library: Library, access: Access, arxiv: StandIn) -> None:
    following.subscribe(library, "cs.CL")
    arxiv.reset(interval=0.005, day="2026-08-14")
    asked(library, access, FRIDAY)
    arxiv.reset(["empty"], interval=0.005, day="2026-08-15")
    [one] = asked(library, access, SATURDAY)
    assert (one.state, one.told, one.error) == ("asked", 0, None)
    assert arxiv.log().paths() == ["/rss/cs.CL"]
    arxiv.reset(interval=0.005, day="2026-08-17")
    assert states(library, access, MONDAY) == ["asked"]
    assert arxiv.log().paths() == ["/rss/cs.CL"], "between Friday and Monday nothing was missed"


def test_days_that_were_missed_come_all_at_once(library: Library, access: Access, arxiv: StandIn) -> None:
    following.subscribe(library, "cs.CL")
    asked(library, access, THURSDAY)
    arxiv.reset(interval=0.005)
    [one] = asked(library, access, TUESDAY)
    assert arxiv.log().paths() == ["/oai"]
    assert "from=2026-08-13" in arxiv.log().arrivals[0].query
    assert one.new == ("2608.00008",)
    assert library.subscriptions()[0].through == "2026-08-18"
    arxiv.reset(interval=0.005)
    asked(library, access, TUESDAY + timedelta(days=1))
    assert arxiv.log().paths() == ["/rss/cs.CL"]


def test_a_feed_that_lied_about_a_day_is_caught_up_with(library: Library, access: Access, arxiv: StandIn) -> None:
    following.subscribe(library, "cs.CL")
    arxiv.reset(interval=0.005, day="2026-08-12")
    asked(library, access, THURSDAY - timedelta(days=1))
    arxiv.reset(["empty"], interval=0.005)
    asked(library, access, THURSDAY)
    arxiv.reset(interval=0.005)
    asked(library, access, FRIDAY)
    assert arxiv.log().paths() == ["/oai"]


@pytest.mark.parametrize(
    ("through", "now", "expected"),
    [
        ("2026-08-14", MONDAY, None),
        ("2026-08-13", FRIDAY, None),
        ("2026-08-13", MONDAY, date(2026, 8, 13)),
        ("2026-08-14", TUESDAY, date(2026, 8, 14)),
        ("2026-01-02", TUESDAY, date(2026, 8, 4)),
        (None, TUESDAY, date(2026, 8, 11)),
    ],
)
def test_what_was_missed(through: str | None, now: datetime, expected: date | None) -> None:
    one = Subscription("category", "cs.LG", "2026-08-11T09:00:00Z", through)
    assert following.missed(one, now) == expected


# --------------------------------------------------------------------------- faults


def test_a_feed_that_failed_is_asked_again_by_the_next_run(library: Library, access: Access, arxiv: StandIn) -> None:
    following.subscribe(library, "cs.CL")
    following.subscribe(library, "cs.LG")
    arxiv.reset(["404:1"], interval=0.005, day="2026-08-13")
    library.subscribe("category", "cs.CV")
    ended = asked(library, access, THURSDAY)
    assert [one.state for one in ended] == ["failed"] * 3
    assert all("announces nothing" in str(one.error) for one in ended)
    assert all(one.problem for one in library.subscriptions())
    assert states(library, access, THURSDAY) == ["asked"] * 3
    assert not any(one.problem for one in library.subscriptions())


def test_after_a_refusal_nothing_more_is_asked(library: Library, access: Access, arxiv: StandIn) -> None:
    for name in ("cs.CL", "cs.LG", "hep-th"):
        following.subscribe(library, name)
    arxiv.reset(["captcha"], interval=0.005)
    ended = asked(library, access, THURSDAY)
    assert [type(one.error) for one in ended] == [Refused] * 3
    assert len(arxiv.log()) == 1
    assert new_papers.overview(library, now=THURSDAY).problems[0].words == "cs.CL"


def test_offline_everything_known_stays(library: Library, access: Access, tmp_path: Path) -> None:
    following.subscribe(library, "cs.CL")
    asked(library, access, THURSDAY)
    nowhere = Access("http://127.0.0.1:9", 0.005, cache=tmp_path / "cache")
    [one] = asked(library, nowhere, FRIDAY)
    assert isinstance(one.error, Unreachable)
    assert len(new_papers.overview(library, now=FRIDAY).papers) == 6


@pytest.mark.parametrize("seed", range(3))
def test_any_mix_of_faults_ends_in_the_same_papers(library: Library, access: Access, arxiv: StandIn, seed: int) -> None:
    arxiv.reset(
        mix=0.4, most=2, seed=seed, interval=0.005, day="2026-08-13", announced=[], late=0.01, retry_after="0.01"
    )
    for name in ("cs.CL", "cs.LG", "math.AG"):
        following.subscribe(library, name)
    for now in (THURSDAY, FRIDAY, TUESDAY):
        assert "failed" not in states(library, access, now)
    assert arxiv.log().early == 0
    known = {one.id for one in new_papers.overview(library, now=TUESDAY).papers}
    assert known >= {f"2608.{number:05}" for number in (1, 2, 3, 4, 5, 6, 7, 8)}


def test_it_can_be_stopped_and_goes_on(library: Library, access: Access) -> None:
    following.subscribe(library, "cs.CL")
    following.subscribe(library, "cs.LG")
    stop = threading.Event()

    def until_the_first() -> None:
        for one in following.ask(library, access, now=THURSDAY, stop=stop.is_set):
            if one.state == "asked":
                stop.set()

    with pytest.raises(Cancelled):
        until_the_first()
    assert states(library, access, THURSDAY) == ["known", "asked"]


def test_two_at_once_ask_once(home: Path, access: Access, arxiv: StandIn) -> None:
    with Library.open(home) as library:
        following.subscribe(library, "cs.CL")
        locks = library.files.locks
        locks.mkdir(parents=True)
        with FileLock(locks / "feeds.lock"):
            assert states(library, access, THURSDAY) == ["busy"]
        assert len(arxiv.log()) == 0
        results: list[list[str]] = []

        def run() -> None:
            with Library.open(home) as own:
                results.append(states(own, access, THURSDAY))

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(state for one in results for state in one if state == "asked") == ["asked"]
        assert arxiv.log().paths() == ["/rss/cs.CL"]


# --------------------------------------------------------------------------- ranks and verdicts


@pytest.fixture
def known(library: Library, access: Access) -> Library:
    """A library with two papers on lanterns read, and Thursday's announcements."""
    with library.quietly():
        library.add(
            [
                Paper("Old lanterns", key="old", abstract="Night lanterns and wicks, night lanterns."),
                Paper("More lanterns", key="more", abstract="Wicks of night lanterns in harbours."),
                Paper("Unread", key="unread", abstract=f"{KETTLE} {KETTLE}"),
                Paper(f"On {KETTLE}", key="kettle9", arxiv_id="2608.00009", arxiv_version=1),
            ],
            make_key,
        )
        library.set_status(["old", "more"], "read")
        library.subscribe("category", "cs.CL")
    asked(library, access, THURSDAY)
    return library


def titles(library: Library) -> list[str]:
    return [one.id[-2:] for one in new_papers.overview(library, now=THURSDAY).papers]


def test_what_is_like_the_papers_read_comes_first_and_says_why(known: Library) -> None:
    overview = new_papers.overview(known, now=THURSDAY)
    assert {one.id for one in overview.papers[:3]} == {"2608.00004", "2608.00005", "2608.00006"}
    best = overview.papers[0]
    assert best.like in ("old", "more")
    assert "which you read: " in best.why
    assert "lantern" in best.why
    assert [str(author) for author in best.news.paper.authors] == ["Petter Törnberg", "Bo Li, Jr."]
    assert (overview.taught, overview.asked) == (2, "2026-08-13T09:00:00Z")


def test_new_versions_of_papers_that_are_here_stand_apart(known: Library) -> None:
    overview = new_papers.overview(known, now=THURSDAY)
    [update] = overview.updates
    assert (update.key, update.have, update.news.paper.arxiv_version) == ("kettle9", 1, 2)
    assert "2608.00009" not in [one.id for one in overview.papers]
    assert new_papers.keep(known, ["2608.00009"]) == ["kettle9"]
    paper = known.get("kettle9").paper
    assert (paper.arxiv_version, paper.title) == (2, "On whistling kettles and steam, part 9 [/x]")
    assert new_papers.overview(known, now=THURSDAY).updates == ()
    caring.undo(known)
    assert known.get("kettle9").paper.arxiv_version == 1
    assert len(new_papers.overview(known, now=THURSDAY).updates) == 1
    new_papers.judge(known, ["2608.00009"], "dismissed")
    assert new_papers.overview(known, now=THURSDAY).updates == ()


def test_keeping_is_one_change(known: Library) -> None:
    before = titles(known)
    [key, other] = new_papers.keep(known, ["2608.00001", "arXiv:2608.00002v1"], list_title="Kettles")
    record = known.get(key)
    assert record.paper.title == "On whistling kettles and steam, part 1 [/x]"
    assert record.lists == ("kettles",)
    assert known.origins(key)["title"].source == "arXiv"
    assert {"01", "02"}.isdisjoint(titles(known))
    assert known.history()[0].what == "keep 2 new papers"
    assert caring.undo(known).what == "keep 2 new papers"
    assert titles(known) == before
    assert not known.keys() & {key, other}
    caring.redo(known)
    assert known.keys() >= {key, other}


def test_verdicts_teach(known: Library) -> None:
    def mean(names: set[str]) -> float:
        order = titles(known)
        return sum(order.index(name) for name in names) / len(names)

    new_papers.keep(known, ["2608.00001"])
    assert titles(known)[:2] != ["02", "03"]
    after_keeping = mean({"02", "03"})
    caring.undo(known)
    assert mean({"02", "03"}) >= after_keeping
    why = next(one.why for one in new_papers.overview(known, now=THURSDAY).papers if one.id.endswith("02"))
    new_papers.keep(known, ["2608.00001"])
    taught = next(one.why for one in new_papers.overview(known, now=THURSDAY).papers if one.id.endswith("02"))
    assert "which you kept" in taught
    assert "which you kept" not in why


def test_dismissed_is_gone_later_waits_apart(known: Library) -> None:
    new_papers.judge(known, ["2608.00004"], "dismissed")
    new_papers.judge(known, ["2608.00005"], "later")
    overview = new_papers.overview(known, now=THURSDAY)
    assert {"2608.00004", "2608.00005"}.isdisjoint(one.id for one in overview.papers)
    assert [one.id for one in overview.later] == ["2608.00005"]
    assert known.history()[0].what.startswith("put off “On night lanterns")
    months = new_papers.overview(known, now=THURSDAY + timedelta(days=300))
    assert ([one.id for one in months.later], months.papers) == (["2608.00005"], ())


def test_what_was_not_announced_cannot_be_judged(known: Library) -> None:
    for ids, error in (["2608.00001", "2608.77777"], BadInput), (["nonsense"], NotAnId), (["10.1000/x"], BadInput):
        with pytest.raises(error):
            new_papers.keep(known, ids)
    assert known.history() == []


def test_old_papers_of_a_search_are_no_news(library: Library, access: Access) -> None:
    following.subscribe(library, "ti:lanterns")
    asked(library, access, THURSDAY)
    assert sorted(one.id[-2:] for one in new_papers.overview(library, now=THURSDAY).papers) == ["04", "05", "06"]
