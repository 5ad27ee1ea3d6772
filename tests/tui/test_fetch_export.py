"""Fetching with a fetch of our own, and exporting."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.errors import Cancelled, NotFound, Refused
from paperpath.library import Library
from paperpath.tui.fetching import Fetches, pace, said_briefly, step
from paperpath.tui.glyphs import UNICODE
from paperpath.workflow import parsing
from paperpath.workflow.fetch import FetchEvent
from tests.tui import samples
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.tui.conftest import Start


class Conveyor:
    """A fetch that goes a step whenever the test lets it."""

    def __init__(self, *steps: Sequence[FetchEvent], end: Exception | None = None) -> None:
        self.go = threading.Semaphore(0)
        self.asked: list[list[str]] = []
        self._steps = steps
        self._end = end

    def __call__(
        self,
        library: Library,
        targets: Sequence[str],
        access: object,
        *,
        stop: Callable[[], bool],
        skip: Callable[[str], bool],
    ) -> Iterator[FetchEvent]:
        self.asked.append(list(targets))
        for events in self._steps:
            while not self.go.acquire(timeout=0.02):
                if stop():
                    raise Cancelled("stopped")
            for one in events:
                yield replace(one, state="stopped") if skip(one.key or one.id) else one
        if self._end:
            raise self._end


def event(key: str, state: str, **more: object) -> FetchEvent:
    return FetchEvent(key, key, f"Title of {key} [/x]", state, **more)  # type: ignore[arg-type]


async def test_progress_of_each_paper_and_an_error_that_stays_until_seen(start: Start) -> None:
    for size in (WIDE, SMALL):
        conveyor = Conveyor(
            [event("gone2003all", "queued"), event(samples.READABLE, "downloading", received=500_000, total=1_000_000)],
            [event(samples.READABLE, "fetched", pages=5)],
            [event("gone2003all", "failed", error=NotFound("arXiv has no PDF of it. Look at its page."))],
        )
        async with start(size, fetch=conveyor) as (app, pilot):
            await pilot.press("x", "j", "x", "f")
            conveyor.go.release()
            await until(pilot, lambda app=app: len(app.fetches.events) == 2)
            await settle(app, pilot)
            text = screen_text(app)
            assert conveyor.asked == [[samples.READABLE, "gone2003all"]]
            assert "500 KB of 1.0 MB" in text
            assert "queued" in text
            assert "FETCH  0 of 2" in text
            conveyor.go.release(2)
            await until(pilot, lambda app=app: not app.fetches.running)
            await settle(app, pilot)
            text = screen_text(app)
            assert "arXiv has no PDF of it" in text
            assert "f tries again" in text
            await pilot.press("j", "k")
            assert "arXiv has no PDF of it" in screen_text(app)
            await pilot.press("w")
            await settle(app, pilot)
            assert "arXiv has no PDF of it" not in screen_text(app)


async def test_a_fetch_is_stopped_with_a_key_and_more_can_wait_behind_one(start: Start) -> None:
    conveyor = Conveyor([event(samples.READABLE, "waiting", seconds_to_wait=3.0)], [], [])
    async with start(fetch=conveyor) as (app, pilot):
        await pilot.press("f")
        conveyor.go.release()
        await until(pilot, lambda: app.fetches.events)
        await settle(app, pilot)
        assert "next request in 3 s" in screen_text(app)
        await pilot.press("j", "j", "f", "f")
        await settle(app, pilot)
        assert app.shelf.status.said.startswith("1 more")
        await pilot.press("X")
        await until(pilot, lambda: not app.fetches.running)
        assert app.shelf.status.said.startswith("Stopped")
        assert len(conveyor.asked) == 1, "what waited behind was dropped"


async def test_the_queue_is_paused_goes_on_leaves_out_and_tries_again(start: Start) -> None:
    def gone() -> NotFound:
        return NotFound("arXiv has no PDF of it. Look at its page.")

    three = [samples.READABLE, "gone2003all", "2003.00099"]
    conveyor = Conveyor(
        [event(samples.READABLE, "waiting", seconds_to_wait=3.0, message="keeping requests apart")],
        [event("gone2003all", "failed", error=gone()), FetchEvent("2003.00099", None, "", "queued")],
        [event(samples.READABLE, "fetched"), FetchEvent("2003.00099", None, "", "failed", error=gone())],
    )
    async with start(fetch=conveyor) as (app, pilot):
        app.fetch(three)
        conveyor.go.release()
        await until(pilot, lambda: app.fetches.events[samples.READABLE].state == "waiting")
        await settle(app, pilot)
        assert "FETCH  0 of 3   arXiv allows the next request in 3 s" in screen_text(app)
        assert "2003.00099" in screen_text(app)
        conveyor.go.release()
        await until(pilot, lambda: app.fetches.failed)
        await pilot.press("Z")
        await until(pilot, lambda: not app.fetches.running)
        await settle(app, pilot)
        assert "FETCH  0 of 3, 1 failed   paused" in screen_text(app)
        assert "Z goes on" in screen_text(app)
        assert len(conveyor.asked) == 1
        await pilot.press("j", "j", "j", "f", "tab")  # of no source: refused, and then into the fetch
        await settle(app, pilot)
        assert app.focused is app.shelf.tray
        await pilot.press("r", "G", "d")  # what failed waits again behind the others, and is left out after all
        await settle(app, pilot)
        assert [one.state for one in app.fetches.events.values()] == ["queued", "queued", "stopped"]
        await pilot.press("Z")
        await settle(app, pilot)
        assert conveyor.asked[1:] == [[samples.READABLE, "2003.00099"]]
        assert app.fetches.running
        conveyor.go.release(3)
        await until(pilot, lambda: not app.fetches.running)
        await settle(app, pilot)
        assert "2003.00099" in [one.id for one in app.fetches.failed]
        before = len(conveyor.asked)
        await pilot.press("g", "f")  # failures come first: this one alone
        await until(pilot, lambda: len(conveyor.asked) > before)
        assert len(conveyor.asked[-1]) == 1
        assert len(app.fetches.failed) == 1, "a failure that nobody has looked at stays"
        await pilot.press("d")
        conveyor.go.release(3)
        await pilot.press("X")
        await until(pilot, lambda: not app.fetches.running)


async def test_a_refusal_is_said_and_nothing_goes_on(start: Start) -> None:
    conveyor = Conveyor(end=Refused("arXiv asks us to wait. Try again at 18:00."))
    async with start(SMALL, fetch=conveyor) as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: conveyor.asked and not app.fetches.running)
        await settle(app, pilot)
        assert app.shelf.status.urgent
        assert "arXiv asks us to wait" in screen_text(app)


async def test_a_paper_that_is_being_looked_at_turns_into_its_text(start: Start, shelf_home: Path) -> None:
    conveyor = Conveyor([event("gone2003all", "downloading")], [event("gone2003all", "fetched")])
    async with start(fetch=conveyor) as (app, pilot):
        await pilot.press("j", "j", "enter")
        await settle(app, pilot)
        await pilot.press("f")
        conveyor.go.release()
        await until(pilot, lambda: "fetching" in screen_text(app))
        with Library.open(shelf_home) as library:
            parsing.keep_parsed(library, "gone2003all", samples.PARSED)
        conveyor.go.release()
        await until(pilot, lambda: "The engine weaves patterns." in screen_text(app))


async def test_export_of_what_is_shown_to_a_file(start: Start, tmp_path: Path) -> None:
    for size in (WIDE, SMALL):
        target = tmp_path / f"refs{size[0]}.bib"
        async with start(size) as (app, pilot):
            await pilot.press("e")
            await settle(app, pilot)
            text = screen_text(app)
            assert "all shown" in text
            assert "4 papers" in text
            burst(app, f"\t\t\x15{target}\r")
            await settle(app, pilot)
            assert target.is_file(), screen_text(app)
            assert target.read_text().count("\n@") + 1 >= 4
            assert app.shelf.status.said.startswith("Wrote 4 papers to")
            burst(app, f"e\t\t\x15{tmp_path}\r")  # a folder is no file
            await settle(app, pilot)
            assert len(app.screen_stack) == 2, "it complains and stays"
            burst(app, "\x15~nobody.of.that.name/refs.bib\r")
            await settle(app, pilot)
            assert "no home folder ~nobody.of.that.name" in app.screen.query_one("#export-hint").text  # type: ignore[attr-defined]
            await pilot.press("escape")
            await settle(app, pilot)
            assert len(app.screen_stack) == 1


def test_a_fetch_is_said_briefly() -> None:
    fetches = Fetches(running=True)
    assert said_briefly(fetches, UNICODE) == []
    fetches.apply(event("a", "fetched", pages=3))
    fetches.apply(event("b", "downloading", received=812_000))
    text = "".join(words for words, _ in said_briefly(fetches, UNICODE))
    assert text.startswith("fetch 1 of 2 ")
    assert "812 KB" in text
    assert step(event("c", "parsing")) == "reading the PDF"
    fetches.running = False
    fetches.forget_done()
    assert not fetches.events


def test_the_rate_is_that_of_the_download_that_runs() -> None:
    fetches = Fetches(running=True)
    fetches.apply(event("a", "downloading", received=100_000), 10.0)
    assert pace(fetches) == ""
    fetches.apply(event("a", "downloading", received=1_100_000), 12.0)
    assert pace(fetches) == "500 KB a second"
    fetches.apply(event("a", "parsing"), 13.0)
    fetches.apply(event("b", "downloading", received=0), 14.0)
    assert pace(fetches) == ""
    fetches.apply(event("b", "waiting", seconds_to_wait=20.0, message="the server asked for a rest"), 15.0)
    assert pace(fetches) == "the server asked for a rest: on in 20 s"


def test_a_paper_that_gets_its_key_keeps_its_place() -> None:
    fetches = Fetches(running=True)
    for name in ("2001.00001", "2003.00003"):
        fetches.apply(FetchEvent(name, None, "", "queued"))
    fetches.apply(FetchEvent("2001.00001", "lovelace2001engines", "Engines", "downloading"))
    assert list(fetches.events) == ["lovelace2001engines", "2003.00003"]
    assert not fetches.open("2001.00001")
