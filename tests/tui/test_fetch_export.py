"""Fetching with a fetch of our own, and exporting."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from paperpath.errors import Cancelled, NotFound, Refused
from paperpath.library import Library
from paperpath.tui.fetching import Fetches, said_briefly, step
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
        self, library: Library, targets: Sequence[str], access: object, *, stop: Callable[[], bool]
    ) -> Iterator[FetchEvent]:
        self.asked.append(list(targets))
        for events in self._steps:
            while not self.go.acquire(timeout=0.02):
                if stop():
                    raise Cancelled("stopped")
            yield from events
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
