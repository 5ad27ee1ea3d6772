"""Passes, statistics, and the minutes that the reader counts."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.library.guides import Written
from paperpath.model import Guide
from paperpath.tui.screens.passes import PassWindow
from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.statistics import Statistics
from paperpath.tui.screens.timing import IDLE
from paperpath.workflow import noting, parsing
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


@pytest.fixture
def guided_home(shelf_home: Path) -> Path:
    """The paper that has a text has a guide, which names nothing for the last pass."""
    guide = Guide(KEY, skim=("Abstract", "2", "Figure 1"), understand=("2.1", "Table 1"))
    papers = {paper.key: paper for paper in samples.PAPERS}
    with Library.open(shelf_home) as library:
        written = [
            Written(guide, papers[KEY]),
            Written(Guide("gone2003all", skim=("Abstract",)), papers["gone2003all"]),
        ]
        library.set_guides({"guides": written}, origin="shipped", fingerprint="1")
    return shelf_home


async def test_the_reader_says_which_pass_it_is_and_what_is_worth_it(start: Start, guided_home: Path) -> None:
    def marked() -> list[str]:
        outline = reader.outline
        lines = ["".join(text for text, _ in outline.draw(item, 40)) for item in outline.items if item >= 0]
        return [one.split("•")[1].strip() for one in lines if "•" in one]

    async with start() as (app, pilot):
        await app.read(KEY)
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        assert "• pass 1 of 3: skim  p" in screen_text(app)
        assert marked() == ["Abstract", "2 The mill", "Fig 1  The mill and its wheels."]
        burst(app, "p1q")
        await settle(app, pilot)
        assert "pass 2 of 3: understand" in screen_text(app)
        assert marked() == ["2.1 Wheels", "Tab 1  Never mentioned."]
        burst(app, "p2q")
        await settle(app, pilot)
        assert "pass 3 of 3: implement  p" in screen_text(app)
        assert "•" not in screen_text(app)  # its guide names nothing for that
        burst(app, "p3q")
        await settle(app, pilot)
        assert "pass " not in screen_text(app)
        burst(app, "u")
        await settle(app, pilot)
        reader.status.clear()
        assert "pass 3 of 3" in screen_text(app)


async def test_without_a_guide_or_a_text_the_reader_says_nothing_of_passes(start: Start, guided_home: Path) -> None:
    with Library.open(guided_home) as library:
        parsing.keep_parsed(library, "erdos2007naive", samples.PARSED)
    async with start() as (app, pilot):
        for key in ("erdos2007naive", "gone2003all"):
            await app.read(key)
            await settle(app, pilot)
            assert "pass " not in screen_text(app)
        burst(app, "p")
        await settle(app, pilot)
        assert "1 ○ Skim: to do" in screen_text(app)
