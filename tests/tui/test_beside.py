"""Two papers side by side: each keeps its place, its marks and what was found in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import Highlight
from paperpath.tui.screens.reader import Reader
from paperpath.tui.widgets.page import Page
from paperpath.workflow import parsing
from tests.tui import samples
from tests.tui.conftest import WIDE, burst, screen_text, settle
from tests.tui.test_following import NEW, OWNED

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start

FIRST, SECOND, THIRD = samples.READABLE, "gone2003all", "erdos2007naive"
BROAD = (170, 40)


@pytest.fixture
def two_home(shelf_home: Path) -> Path:
    """A second paper with a text, which differs from the first in its title and in a mark."""
    with Library.open(shelf_home) as library:
        parsing.keep_parsed(library, SECOND, samples.PARSED)
        library.set_pdf(SECOND, samples.PDF)
        library.add_highlight(SECOND, Highlight("Engines will think.", colour="green"))
    return shelf_home


def seen(app: PaperpathApp) -> list[str]:
    """The papers whose texts are on the screen, from left to right."""
    pages = [page for page in app.screen.query(Page) if page.region.area]
    return [_key_of(app, page) for page in sorted(pages, key=lambda page: page.region.x)]


def _key_of(app: PaperpathApp, page: Page) -> str:
    screen = app.screen
    assert isinstance(screen, Reader)
    other = screen._other
    return other.opened.record.key if other and other.page is page else screen.opened.record.key


async def test_each_keeps_its_place_its_find_and_its_marks(start: Start, two_home: Path) -> None:
    async with start(BROAD) as (app, pilot):
        burst(app, "\r/turns\rnndCof it\r")
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, Reader)
        assert seen(app) == [FIRST, SECOND]
        assert screen.opened.record.key == SECOND
        assert screen.focused is screen.page
        assert screen.page.text_width >= 74
        text = screen_text(app)
        assert "On Analytical Engines  Lovelace" in text
        assert "[all] of it  Gone 2003" in text
        assert "l Other paper" in text
        left = screen._other.page.place  # type: ignore[union-attr]
        await pilot.press("G", "h", "l")  # nothing is selected: it says so
        await settle(app, pilot)
        assert screen.opened.record.key == FIRST
        assert screen.page.place == left
        assert (screen._query, screen._hit) == ("turns", 2)
        assert "HIGHLIGHTS" not in screen_text(app)
        await pilot.press("n", "v", "h", "right_curly_bracket")  # the next pane is the other text
        await settle(app, pilot)
        assert screen.opened.record.key == SECOND
        assert screen.page.at_end
        assert screen._query == ""
        assert len(screen.located) == 1
        await pilot.press("u")  # of the mark in the other paper
        await settle(app, pilot)
        assert screen._other is not None
        assert screen._other.opened.record.highlights == ()
        assert screen._other.page._marks.keys() == {hit.block for hit in screen._other.kept["_hits"]}
        assert len(screen.opened.record.highlights) == 1
        assert len(screen.located) == 1

        await pilot.resize_terminal(*WIDE)
        await settle(app, pilot)
        assert seen(app) == [SECOND]
        await pilot.press("l")
        await settle(app, pilot)
        assert seen(app) == [FIRST]
        place = screen.page.place
        await pilot.resize_terminal(*BROAD)
        await settle(app, pilot)
        assert seen(app) == [FIRST, SECOND]
        assert screen.page.place == place
        assert screen._other.page.at_end

        await pilot.click(screen._other.page, offset=(20, 20))
        await settle(app, pilot)
        assert screen.opened.record.key == SECOND
        burst(app, "Cnaive\r")  # a third one takes the place of the one without the keyboard
        await settle(app, pilot)
        assert seen(app) == [SECOND, THIRD]
        await pilot.press("q")
        await settle(app, pilot)
        assert seen(app) == [SECOND]
        assert screen.page.at_end
        assert "HIGHLIGHTS  1" in screen_text(app)
        assert not screen.has_class("-pair")
        await pilot.press("q")
        await settle(app, pilot)
        assert app.screen is app.shelf
    with Library.open(two_home) as library:
        for key in (FIRST, SECOND):
            assert library.get(key).position is not None, key
        assert library.get(FIRST).status == "reading"


async def test_a_reference_that_is_here_opens_beside_the_paper_that_cites_it(start: Start, shelf_home: Path) -> None:
    with Library.open(shelf_home) as library:
        parsing.keep_parsed(library, FIRST, replace(samples.PARSED, references=(OWNED, NEW)))
    async with start() as (app, pilot):
        burst(app, "\r\t\rC/metadata\rC\x1b")
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, Reader)
        assert [one.record.key for one in screen.both] == [THIRD, FIRST], screen_text(app)
        assert seen(app) == [THIRD]
        assert screen._hits
        assert "Both are seen from 160 columns on" in screen.status.said
        await pilot.press("q", "m", "x")
        await settle(app, pilot)
        assert screen.opened.record.key == FIRST
        assert screen._editor is not None
