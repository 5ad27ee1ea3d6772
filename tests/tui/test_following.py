"""Following citations and names of figures in the reader, key by key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.library import Library
from paperpath.model import Caption, Reference
from paperpath.tui.document import Place
from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.reference import ReferenceWindow
from paperpath.workflow import parsing
from tests.tui import samples
from tests.tui.conftest import SMALL, burst, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start

OWNED = Reference(
    "1", "[1] P. Erdős. Naïve Erdős–Rényi models. 2007.", 5, ("P. Erdős",), "Naïve Erdős–Rényi models", year=2007
)
NEW = Reference("2", "[2] C. Babbage. Passages from life. 1864.", 5, ("C. Babbage",), "Passages from life", year=1864)


async def opened(app: PaperpathApp, pilot: Pilot[None], home: Path) -> Reader:
    """The reader on the sample, one of whose references is in the library."""
    with Library.open(home) as library:
        parsing.keep_parsed(library, samples.READABLE, replace(samples.PARSED, references=(OWNED, NEW)))
    await pilot.press("enter")
    await settle(app, pilot)
    assert isinstance(app.screen, Reader)
    return app.screen


def link_text(screen: Reader) -> str:
    assert screen._link is not None
    shown = screen._link.range
    return screen.document.blocks[shown.block].text[shown.start : shown.end]


async def test_tab_goes_from_link_to_link_and_enter_tells_of_a_reference(start: Start, shelf_home: Path) -> None:
    async with start(SMALL) as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        before = screen.page.place
        await pilot.press("tab", "tab")
        assert link_text(screen) == "[1, 2]"
        await pilot.press("shift+tab", "shift+tab")
        assert link_text(screen) == "Menabrea et al. (1842)"
        await pilot.press("enter")
        await settle(app, pilot)
        text = screen_text(app)
        assert "in the library as erdos2007naive" in text
        assert "cited 2 times here: 1" in text
        await pilot.press("n", "j")
        await settle(app, pilot)
        assert "2 of 2" in screen_text(app)
        assert "not in the library" in screen_text(app)
        await pilot.press("a", "u")  # u means nothing here
        await settle(app, pilot)
        assert "in the library as babbage1864passages" in screen_text(app)
        await pilot.press("y")
        await settle(app, pilot)
        assert app.clipboard == "babbage1864passages"
        await pilot.press("g")
        await settle(app, pilot)
        assert screen.document.blocks[screen._target.block].text == NEW.text if screen._target else False
        await pilot.press("backspace", "escape")
        assert screen.page.place == before
        assert app.screen is screen
        await pilot.press("tab", "enter", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, Reader)
        assert app.screen.opened.record.key == "erdos2007naive"
        with Library.open(shelf_home) as library:
            assert library.get("babbage1864passages").tags == ("to-check",)


async def test_references_are_listed_filtered_and_told_of(start: Start, shelf_home: Path) -> None:
    async with start(SMALL) as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        await pilot.press("r")
        await settle(app, pilot)
        assert "1 of 2 in the library" in screen_text(app)
        assert [line.split()[-1] for line in screen_text(app).split("\n") if "1864" in line or "2007" in line] == [
            "2x",
            "1x",
        ]
        burst(app, "passages babb\r")
        await settle(app, pilot)
        assert "not in the library" in screen_text(app)
        await pilot.press("n")
        await settle(app, pilot)
        assert link_text(screen) == "[1, 2]"
        await pilot.press("escape")
        burst(app, "rnothing\r")
        await settle(app, pilot)
        assert "No reference has these words" in screen_text(app)


async def test_a_figure_that_is_named_is_jumped_to_and_links_are_clicked(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        before = screen.page.place
        await pilot.press("tab", "tab", "tab")
        assert link_text(screen) == "Figure 1"
        await pilot.press("enter", "backspace")
        assert screen._target is not None
        assert screen.document.blocks[screen._target.block].text.startswith("Figure 1: The mill")
        assert screen.page.place == before
        cited = screen.document.find("[1, 2]")[0]
        y = screen.page.line_of(Place(cited.block, cited.start))
        x = screen.page._margin + cited.start - screen.page._lines[y].start
        await pilot.click(screen.page, offset=(x + 1, y - int(screen.page.scroll_y)))
        await settle(app, pilot)
        assert isinstance(app.screen, ReferenceWindow)
        await pilot.press("q", "i", "tab")  # in the other panes tab goes round
        assert app.focused is screen.outline


async def test_figures_stand_in_the_outline_and_p_opens_their_pictures(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        assert "Fig 1  The mill" in screen_text(app)
        await pilot.press("o", "G", "enter")
        await settle(app, pilot)
        assert app.focused is screen.page
        assert screen._target is not None
        assert screen.document.caption_name(screen._target.block) == "Table 1"
        await pilot.press("P")
        await settle(app, pilot)
        assert "The PDF of lovelace2001engines is not here yet" in screen.status.said
        await pilot.press("escape", "backspace", "tab", "tab", "tab")
        assert screen.caption_in_view() == screen.document.captions[0]
        await app.read("gone2003all")  # only its abstract is here: nothing stands in its outline
        await settle(app, pilot)
        await pilot.press("o", "P")
        await settle(app, pilot)
        assert "There is no figure or table" in screen_text(app)


async def test_a_place_keeps_its_letter_and_is_come_back_to(start: Start, shelf_home: Path) -> None:
    async with start(SMALL) as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        await pilot.press("grave_accent")
        assert "No place of this paper has a letter yet" in screen.status.said
        await pilot.press("space", "space")
        place = screen.page.place
        await pilot.press("B", "q", "G")
        await settle(app, pilot)
        away = screen.page.place
        await pilot.press("grave_accent", "q")
        assert screen.page.place == place
        await pilot.press("backspace", "grave_accent", "z")
        assert screen.page.place == away
        assert "No place has the letter z" in screen.status.said
        await pilot.press("q")
        await settle(app, pilot)
        await pilot.press("enter")
        await settle(app, pilot)
        await pilot.press("g", "semicolon")
        await settle(app, pilot)
        assert "Wheel number" in next(line for line in screen_text(app).split("\n") if " q  2.1 Wheels" in line)
        await pilot.press("enter")
        assert app.screen is not screen
        assert isinstance(app.screen, Reader)
        assert app.screen.page.place == place


async def test_wide_tables_are_moved_sideways_and_what_is_found_there_comes_into_sight(
    start: Start, shelf_home: Path
) -> None:
    head = "".join(f"column{n:<6}" for n in range(12)) + "last"
    table = Caption("table", "1", "Wide.", 1, content=f"{head}\n{'1':<144}end [1, 2]")
    with Library.open(shelf_home) as library:
        parsing.keep_parsed(library, samples.READABLE, replace(samples.PARSED, captions=(table,)))
    async with start(SMALL, ascii=True) as (app, pilot):
        await pilot.press("enter")
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, Reader)
        screen.jump(screen.document.captions[0])
        await settle(app, pilot)
        assert "move the table" in screen_text(app)
        assert "column0" in screen_text(app)
        await pilot.press("right", "right", "right", "right")
        await settle(app, pilot)
        text = screen_text(app)
        assert "last" in text
        assert "column0" not in text
        await pilot.press("left", "left", "left", "left")
        await settle(app, pilot)
        assert "column0" in screen_text(app)
        burst(app, "/end [\r")
        await settle(app, pilot)
        assert "end [1, 2]" in screen_text(app)
