"""What one follows, on screen: citations besides feeds, each with how it stands, and one key to follow it no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.sources import Access
from paperpath.sources.providers.asking import Services
from tests.announcing import KETTLE, line
from tests.standin import StandIn
from tests.standin.citations import citing
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.tui.conftest import Start

TODAY = datetime.now(UTC)
DAY = (TODAY - timedelta(days=1)).date().isoformat()
CITING = f"{TODAY:%y%m}.00003"
READ = "1801.00001"


@pytest.fixture(scope="session")
def index() -> Iterator[StandIn]:
    with StandIn(metadata=[line(3, KETTLE, day=DAY) | {"id": CITING}]) as server:
        yield server


@pytest.fixture
def server(index: StandIn) -> StandIn:
    index.reset(interval=0.005, citations={READ: [citing(CITING, DAY), citing(None, DAY, DOI="10.1/x")]})
    return index


@pytest.fixture
def access(server: StandIn, tmp_path: Path) -> Access:
    return Access(server.url, 0.005, cache=tmp_path / "cache")


@pytest.fixture
def services(server: StandIn, tmp_path: Path) -> Services:
    return Services(server.url, 0.005, cache=tmp_path / "cache")


@pytest.fixture
def followed_home(shelf_home: Path) -> Path:
    """The sample library with a paper that was read; a category and a search are followed."""
    from paperpath.formats.citekeys import make_key
    from paperpath.model import Paper

    with Library.open(shelf_home) as library, library.quietly():
        library.add([Paper("Why [/x] Kettles Sing", key="sing", arxiv_id=READ)], make_key)
        library.set_status(["sing"], "read")
        library.subscribe("category", "cs.CL")
        library.subscribe("search", 'all:"注意 \u202eשלום [/x]"')
        library.feed_failed("category", "cs.CL", "there was no connection to arXiv")
    return shelf_home


def words(home: Path) -> list[str]:
    with Library.open(home) as library:
        return [one.words for one in library.subscriptions()]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_list_says_how_each_stands(start: Start, followed_home: Path, size: tuple[int, int]) -> None:
    async with start(size=size, home=followed_home) as (app, pilot):
        burst(app, "NS")
        await settle(app, pilot)
        text = screen_text(app)
        for part in ("What you follow", "2 feeds", "category", "cs.CL", "failed", "注意", "[/x]", "never asked"):
            assert part in text
        assert "\u202e" not in text
        burst(app, "\r")
        await settle(app, pilot)
        assert "there was no connection to arXiv" in screen_text(app)


async def test_one_key_follows_no_longer_and_undo_brings_it_back(start: Start, followed_home: Path) -> None:
    async with start(home=followed_home) as (app, pilot):
        before = words(followed_home)
        burst(app, "NSd")
        await settle(app, pilot)
        assert words(followed_home) == before[1:]
        assert "No longer followed: cs.CL" in screen_text(app)
        burst(app, "dd")
        await settle(app, pilot)
        assert words(followed_home) == []
        assert "You follow nothing yet" in screen_text(app)
        burst(app, "uu")
        await settle(app, pilot)
        await until(pilot, lambda: "2 feeds" in screen_text(app))
        assert words(followed_home) == before
        assert app.screen.feeds.item is not None
        burst(app, "Gdq")
        await settle(app, pilot)
        assert words(followed_home) == before[:1]
        assert "New papers" in screen_text(app)


async def test_citations_are_off_until_somebody_wants_them(start: Start, followed_home: Path) -> None:
    async with start(size=SMALL, home=followed_home) as (app, pilot):
        burst(app, "NS")
        for typed in ("citing sing\r", "citing read\r"):
            burst(app, f"s{typed}")
            await settle(app, pilot)
            assert 'citing_from = "semantic-scholar" into config.toml' in screen_text(app)
        assert len(words(followed_home)) == 2


async def test_citations_are_followed_asked_for_and_judged(
    start: Start, followed_home: Path, access: Access, services: Services, server: StandIn
) -> None:
    async with start(home=followed_home) as (app, pilot):
        app._access, app.services = access, services
        burst(app, "NSdds citing  SING\r")
        await settle(app, pilot)
        assert "Followed: citing sing" in screen_text(app)
        burst(app, "scitING Read\r")
        await settle(app, pilot)
        assert words(followed_home) == [f"citing {READ}", "citing what I read"]
        burst(app, "scs nobody\r")
        await settle(app, pilot)
        assert "no category" in screen_text(app)
        burst(app, "\x1b")
        burst(app, "scitingnobody\r")
        await settle(app, pilot)
        burst(app, "\x1b")
        burst(app, "sciting nobody\r")
        await settle(app, pilot)
        assert len(words(followed_home)) == 2
        burst(app, "\x1bf")
        await until(pilot, lambda: "1 new paper; " in screen_text(app))
        assert "2 citing papers not on arXiv left out" in screen_text(app), "each list counts its own"
        assert len([path for path in server.log().paths() if "citations" in path]) == 1
        burst(app, "q")
        await settle(app, pilot)
        await until(pilot, lambda: "1 to judge" in screen_text(app))
        about = " ".join(app.screen.text.text.split())
        assert "Cites “Why [/x] Kettles Sing”, which you have read" in about
        burst(app, "k")
        await settle(app, pilot)
        with Library.open(followed_home) as library:
            assert library.verdicts()[CITING][0] == "kept"


async def test_switched_off_again_the_list_and_the_asking_say_so(start: Start, followed_home: Path) -> None:
    with Library.open(followed_home) as library, library.quietly():
        library.unsubscribe("category", "cs.CL")
        library.unsubscribe("search", library.subscriptions()[0].words)
        library.subscribe("citing", f"citing {READ}")
    async with start(home=followed_home) as (app, pilot):
        burst(app, "NS")
        await settle(app, pilot)
        assert screen_text(app).count(" off") == 1
        burst(app, "f")
        await until(pilot, lambda: 'citing_from = "semantic' in screen_text(app))
