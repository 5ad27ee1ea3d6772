"""New papers on screen: ranked, one key a verdict, undo, feeds asked from here, and every state without papers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.sources import Access
from paperpath.workflow import following
from tests.announcing import KETTLE, LANTERN, line
from tests.standin import StandIn
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.tui.conftest import Start

TODAY = datetime.now(UTC)
DAY = (TODAY - timedelta(days=1)).date().isoformat()
METADATA = [
    *(line(number, KETTLE, day=DAY) for number in (1, 2)),
    *(line(number, LANTERN, day=DAY) for number in (3, 4)),
    line(9, KETTLE, version=2, day=DAY, published="2021-01-02T10:00:00Z"),
    line(5, "x", day=DAY)
    | {"title": "注意 \x1b[2J [/x] \u202eשלום", "categories": ["math.AG"], "primary_category": "math.AG"},
]


@pytest.fixture(scope="session")
def announcing() -> Iterator[StandIn]:
    with StandIn(metadata=METADATA) as server:
        yield server


@pytest.fixture
def arxiv(announcing: StandIn) -> StandIn:
    announcing.reset(interval=0.005, day=TODAY.date().isoformat())
    return announcing


@pytest.fixture
def access(arxiv: StandIn, tmp_path: Path) -> Access:
    return Access(arxiv.url, 0.005, cache=tmp_path / "cache")


@pytest.fixture
def news_home(shelf_home: Path, access: Access) -> Path:
    """The sample library, following cs.CL, whose feed was asked today; a paper of it is here in an older version."""
    from paperpath.formats.citekeys import make_key
    from paperpath.model import Paper

    with Library.open(shelf_home) as library, library.quietly():
        kettles = Paper(f"On {KETTLE}", key="kettle9", arxiv_id="2608.00009", arxiv_version=1, abstract=KETTLE)
        library.add([kettles], make_key)
        library.set_status(["kettle9"], "read")
        library.subscribe("category", "cs.CL")
    with Library.open(shelf_home) as library:
        assert [one.state for one in following.ask(library, access)] == ["asking", "asked"]
    return shelf_home


def ids(app: object) -> list[str]:
    papers = app.screen.papers  # type: ignore[attr-defined]
    return [papers.papers[row].id[-2:] for row in papers.items if row >= 0]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_list_is_ranked_and_says_why(start: Start, news_home: Path, size: tuple[int, int]) -> None:
    async with start(size=size, home=news_home) as (app, pilot):
        burst(app, "N")
        await settle(app, pilot)
        text = screen_text(app)
        for words in ("New papers", "4 to judge", "1 new version", "New versions of papers you have", "WHY"):
            assert words in text
        assert "On whistling kettles" in text
        assert "which you read" in " ".join(app.screen.text.text.split())
        assert set(ids(app)[:2]) == {"01", "02"}
        assert "feeds asked " in text


async def test_one_key_is_one_verdict_and_undo_brings_it_back(start: Start, news_home: Path) -> None:
    async with start(home=news_home) as (app, pilot):
        burst(app, "N")
        await settle(app, pilot)
        order = ids(app)
        burst(app, "kdl")  # in one write: each is about the paper that then stands under the cursor
        await settle(app, pilot)
        with Library.open(news_home) as library:
            verdicts = {name[-2:]: verdict for name, (verdict, _) in library.verdicts().items()}
            assert verdicts == dict(zip(order[:3], ("kept", "dismissed", "later"), strict=True))
            assert library.find(app.screen.papers.papers[0].news.paper.ids[0]) is not None
        assert ids(app) == [order[3], order[2], "09"]
        assert "Put off" in screen_text(app)
        burst(app, "uuu")
        await settle(app, pilot)
        await until(pilot, lambda: ids(app) == order)
        with Library.open(news_home) as library:
            assert library.verdicts() == {}
        burst(app, "U")
        await settle(app, pilot)
        await until(pilot, lambda: ids(app) == [*order[1:4], "09"])


async def test_a_new_version_is_taken_over(start: Start, news_home: Path) -> None:
    async with start(home=news_home) as (app, pilot):
        burst(app, "NG")
        await settle(app, pilot)
        assert "Version 1 is here, as kettle9." in screen_text(app)
        burst(app, "k")
        await settle(app, pilot)
        with Library.open(news_home) as library:
            assert library.get("kettle9").paper.arxiv_version == 2
        assert "09" not in ids(app)


async def test_keeping_on_a_list(start: Start, news_home: Path) -> None:
    async with start(home=news_home) as (app, pilot):
        burst(app, "NKTo cite [/x]\r")
        await settle(app, pilot)
        await until(pilot, lambda: "Kept on “To cite [/x]”" in screen_text(app))
        with Library.open(news_home) as library:
            [made] = [one for one in library.lists() if one.title == "To cite [/x]"]
            assert len(made.entries) == 1


async def test_its_page_opens(start: Start, news_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("paperpath.tui.screens.news.open_outside", opened.append)
    async with start(home=news_home) as (app, pilot):
        burst(app, "No")
        await settle(app, pilot)
        assert opened == [f"https://arxiv.org/abs/2608.000{ids(app)[0]}"]


async def test_feeds_are_asked_from_here(start: Start, shelf_home: Path, access: Access, arxiv: StandIn) -> None:
    async with start() as (app, pilot):
        app._access = access
        burst(app, "N")
        await settle(app, pilot)
        assert "You follow nothing yet" in screen_text(app)
        burst(app, "f")
        await settle(app, pilot)
        assert "follows a category" in screen_text(app)
        burst(app, "sxx.YY\r")
        await settle(app, pilot)
        assert "no category of arXiv" in screen_text(app)
        burst(app, "\x1bsmath.ag\r")
        await settle(app, pilot)
        await until(pilot, lambda: "Nothing is known yet" in screen_text(app))
        assert "feeds never asked" in screen_text(app)
        burst(app, "f")
        await until(pilot, lambda: ids(app) == ["05"])
        await settle(app, pilot)
        text = screen_text(app)
        assert "1 new paper" in text
        assert "注意" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        burst(app, "f")
        await until(pilot, lambda: "Nothing new" in screen_text(app))
        assert arxiv.log().paths() == ["/rss/math.AG"], "once a day"
        burst(app, "d")
        await until(pilot, lambda: "Nothing waits" in screen_text(app))


async def test_a_feed_that_fails_says_why_and_what_is_known_stays(start: Start, news_home: Path) -> None:
    with Library.open(news_home) as library:
        library.subscribe("category", "hep-th")
    async with start(home=news_home) as (app, pilot):
        app._access = Access("http://127.0.0.1:9", 0.005, cache=app._access.cache)
        burst(app, "Nf")
        await until(pilot, lambda: "1 feed failed" in screen_text(app))
        assert "no connection" in screen_text(app)
        assert len(ids(app)) == 5


async def test_another_programs_verdict_shows(start: Start, news_home: Path) -> None:
    async with start(home=news_home) as (app, pilot):
        burst(app, "N")
        await settle(app, pilot)
        with Library.open(news_home) as library:
            library.judge(["2608.00003"], "dismissed")
        await until(pilot, lambda: "03" not in ids(app))


async def test_the_palette_knows_it_and_escape_leads_back(start: Start, news_home: Path) -> None:
    async with start(home=news_home) as (app, pilot):
        burst(app, ":new papers\r")
        await settle(app, pilot)
        assert "New papers" in screen_text(app)
        burst(app, "\t")
        await settle(app, pilot)
        assert app.screen.text.has_focus
        burst(app, "\t\x1b")
        await settle(app, pilot)
        assert app.screen is app.shelf
