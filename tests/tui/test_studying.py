"""Passes, statistics, and the minutes that the reader counts."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.tui.screens.passes import PassWindow
from paperpath.tui.screens.statistics import Statistics
from paperpath.tui.screens.timing import IDLE
from paperpath.workflow import noting
from tests.tui import samples
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

KEY = samples.READABLE


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_passes_are_done_and_taken_back(start: Start, shelf_home: Path, size: tuple[int, int]) -> None:
    async with start(size=size) as (app, pilot):
        burst(app, "p1")  # in one write
        await settle(app, pilot)
        text = screen_text(app)
        assert "1 ● Skim: done 20" in text
        assert "2 ○ Understand: to do" in text
        assert "Skim: done; the paper is skimmed" in text
        assert "Implement" in text  # the keys are seen
        burst(app, "2")
        await settle(app, pilot)
        assert app.catalogue.row(KEY).status == "read"  # type: ignore[union-attr]
        burst(app, "2p")  # to do again, and closed
        await settle(app, pilot)
        assert not isinstance(app.screen, PassWindow)
        assert app.catalogue.row(KEY).status == "skimmed"  # type: ignore[union-attr]
        burst(app, "u")
        await settle(app, pilot)
        assert f"Taken back: understand {KEY}: to do; status read → skimmed" in screen_text(app)
    with Library.open(shelf_home) as library:
        assert [one.name for one in library.passes(KEY)] == ["skim", "understand"]


async def test_the_checklist_is_ticked_in_the_note(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "pjx")
        await settle(app, pilot)
        assert "[x] Category: what kind of paper" in screen_text(app)
        await pilot.press("j", "enter")
        await settle(app, pilot)
        assert "[x] Context:" in screen_text(app)
        await pilot.press("enter")
        await settle(app, pilot)
        assert "[ ] Context:" in screen_text(app)
    with Library.open(shelf_home) as library:
        assert noting.note_text(library, KEY).count("- [x]") == 1


async def test_what_was_done_stands_in_the_details(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        assert "passes" not in app.shelf.query_one("#details").text  # type: ignore[attr-defined]
        burst(app, "p3q")
        details = app.shelf.query_one("#details")
        await until(pilot, lambda: "✓ implement 20" in details.text)  # type: ignore[attr-defined]


async def test_without_a_paper_there_are_no_passes(start: Start) -> None:
    async with start() as (app, pilot):
        burst(app, "/zzzz\rp")
        await settle(app, pilot)
        assert "There is no paper here to go over" in screen_text(app)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_statistics(start: Start, shelf_home: Path, size: tuple[int, int]) -> None:
    today = datetime.now(UTC).astimezone().date().isoformat()
    with Library.open(shelf_home) as library:
        library.set_status([KEY], "read")
        library.add_minutes(KEY, today, 75)
    async with start(size=size) as (app, pilot):
        burst(app, ":statistics\r")
        await settle(app, pilot)
        assert isinstance(app.screen, Statistics)
        text = screen_text(app)
        assert "1 of 8 papers read, 1 h 15 min in the reader" in text
        assert "Papers a week, read or skimmed" in text
        assert "███" in text
        burst(app, "+G")
        await settle(app, pilot)
        text = screen_text(app)
        assert "The last 24 weeks" in text
        assert "Most time with" in text
        burst(app, "l-q")
        await settle(app, pilot)
        assert app.screen is app.shelf


async def test_statistics_of_nothing_in_ascii(start: Start) -> None:
    async with start(size=SMALL, ascii=True) as (app, pilot):
        burst(app, "T")
        await settle(app, pilot)
        text = screen_text(app)
        assert "nothing in the last 12 weeks" in text
        burst(app, "G")
        await settle(app, pilot)
        assert "are counted here, week by week" in screen_text(app)


async def test_the_reader_counts_minutes_while_somebody_is_there(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        await app.read(KEY)
        await settle(app, pilot)
        reader = app.rooms[-1]
        for _ in range(2):
            await pilot.press("j")
            reader.minute_over()  # type: ignore[attr-defined]
        await settle(app, pilot)
        app.last_input = time.monotonic() - IDLE - 1  # nobody has been there for long
        reader.minute_over()  # type: ignore[attr-defined]
        await settle(app, pilot)
        await pilot.press("j")
        app.app_focus = False  # another window is in front
        reader.minute_over()  # type: ignore[attr-defined]
        app.app_focus = True
        burst(app, "F")  # another screen is
        await settle(app, pilot)
        reader.minute_over()  # type: ignore[attr-defined]
        await settle(app, pilot)
    today = datetime.now(UTC).astimezone().date().isoformat()
    with Library.open(shelf_home) as library:
        assert [tuple(one) for one in library.minutes()] == [(KEY, today, 2)]
        assert not any("minute" in change.what for change in library.history())
