"""Reading, finding, marking and writing, key by key."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Region

from paperpath.library import Library
from paperpath.model import Caption, Highlight, Position
from paperpath.tui import working
from paperpath.tui.document import Place
from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.search import Search, around_match, matched
from paperpath.tui.widgets.editor import Area
from paperpath.workflow import annotating, noting, parsing
from tests.tui import samples
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from paperpath.model import Record
    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start


def reader(app: PaperpathApp) -> Reader:
    assert isinstance(app.screen, Reader)
    return app.screen


def stored(home: Path) -> Record:
    with Library.open(home) as library:
        return library.get(samples.READABLE)


async def opened(app: PaperpathApp, pilot: Pilot[None]) -> Reader:
    await pilot.press("enter")
    await settle(app, pilot)
    return reader(app)


@pytest.mark.parametrize("size", [WIDE, (100, 30), SMALL])
async def test_it_opens_with_outline_text_and_marks_and_survives_a_resize(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as (app, pilot):
        screen = await opened(app, pilot)
        text = screen_text(app)
        assert "The engine weaves patterns." in text
        assert ("2.1 Wheels" in text) == (size[0] >= 96)
        assert ("HIGHLIGHTS" in text) == (size[0] >= 116)
        await pilot.press(*["right_square_bracket"] * 4)
        await settle(app, pilot)
        assert screen.document.blocks[screen.page.place.block].text == "2.1  Wheels"
        place = screen.page.place
        await pilot.resize_terminal(*(SMALL if size == WIDE else WIDE))
        await settle(app, pilot)
        assert screen.page.place == place
        await pilot.press("left_square_bracket", "backspace", "G")
        await settle(app, pilot)
        assert screen.page.at_end
        await until(pilot, lambda: "100%" in screen_text(app))


async def test_the_place_is_kept_and_a_first_read_makes_it_reading(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.press("space", "space")
        place = screen.page.place
        await pilot.press("q")
        await settle(app, pilot)
        assert stored(shelf_home).status == "reading"
        screen = await opened(app, pilot)
        assert screen.page.place == place
        await pilot.press("q", "c")
        await settle(app, pilot)
        assert reader(app).page.place == place


async def test_find_counts_hits_and_goes_round(start: Start) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        burst(app, "/wheel number")
        await settle(app, pilot)
        assert "1 of 40" in screen_text(app)
        await pilot.press("enter", "n", "n", "N", "N", "N")
        await settle(app, pilot)
        assert "40 of 40" in screen_text(app)
        assert screen.page.place.block > 40
        burst(app, "/no such words\r")
        await settle(app, pilot)
        assert "nothing found" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Reader)


async def test_a_sentence_is_highlighted_by_keys_kept_shown_and_undone(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.press("v")
        assert "SELECT" in "".join(text for text, _ in screen.status._idle[0])
        await pilot.press("j", "J", "b", "h")
        await settle(app, pilot)
        mark = stored(shelf_home).highlights[0]
        assert mark.quote.startswith("The engine weaves")
        assert screen.choosing is None
        assert "HIGHLIGHTS  1" in screen_text(app)
        assert [len(ranges) for ranges in screen.located] == [1]
        await pilot.press("u")
        await settle(app, pilot)
        assert stored(shelf_home).highlights == ()
        assert screen.located == []


async def test_the_mouse_selects_and_h_highlights(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        target = screen.document.find("cards suffice")[0]
        y = screen.page.line_of(Place(target.block, target.start))
        line = screen.page._lines[y]
        x = screen.page._margin + target.start - line.start
        await pilot.mouse_down(screen.page, offset=(x, y))
        await pilot.hover(screen.page, offset=(x + len("cards suffice"), y))
        await pilot.mouse_up(screen.page, offset=(x + len("cards suffice"), y))
        await pilot.press("h")
        await settle(app, pilot)
        assert [one.quote.strip() for one in stored(shelf_home).highlights] == ["cards suffice"]


async def test_highlights_are_jumped_to_and_removed_in_the_right_pane(start: Start, shelf_home: Path) -> None:
    with Library.open(shelf_home) as library:
        annotating.highlight(library, samples.READABLE, Highlight("Engines will think.", colour="green"))
        annotating.highlight(library, samples.READABLE, Highlight("Words of an older version.", comment="[/x] why?"))
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        text = screen_text(app)
        assert "not in this text any more" in text
        assert "[/x] why?" in text
        await pilot.press("i", "enter")
        await settle(app, pilot)
        assert "Engines will think." in screen_text(app)
        assert app.focused is screen.page
        await pilot.press("i", "x")
        await settle(app, pilot)
        assert [one.quote for one in stored(shelf_home).highlights] == ["Words of an older version."]


async def test_a_note_is_written_in_place_and_typed_ahead(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        await opened(app, pilot)
        burst(app, "]]mquick jumps [/x]\x1b")
        await until(pilot, lambda: "quick jumps [/x]" in _note(shelf_home))
        await settle(app, pilot)
        assert "(" in _note(shelf_home).split("quick jumps [/x]")[1], "it says where it was written"
        burst(app, "vmso true\x1b")
        await until(pilot, lambda: [mark.comment for mark in stored(shelf_home).highlights] == ["so true"])
        await settle(app, pilot)
        await pilot.press("m", "escape")
        await settle(app, pilot)
        assert not app.screen.query("Editor")


def _note(home: Path) -> str:
    with Library.open(home) as library:
        path = noting.note_path(library, samples.READABLE)
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def test_the_editor_opens_the_note_and_its_changes_come_in(
    start: Start, shelf_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit.py"
    script.write_text(
        "import sys\nwith open(sys.argv[1], 'a', encoding='utf-8') as f: f.write('\\nMy own words.\\n')\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    async with start() as (app, pilot):
        await opened(app, pilot)
        await pilot.press("M")
        await settle(app, pilot)
        said = reader(app).status.said
        assert "My own words." in _note(shelf_home) or "No editor can be opened here" in said


async def test_an_answer_that_comes_when_the_reader_is_left_changes_nothing(start: Start) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.press("q")
        await settle(app, pilot)
        assert not screen.children
        working.start(screen, screen.refresh_paper, "refresh")
        await settle(app, pilot)
        assert "Engines, from steam to thought" in screen_text(app)


async def test_an_answer_that_comes_when_the_program_ends_is_no_error(start: Start) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot)
        await screen.remove_children()
        working.start(screen, screen.refresh_paper, "refresh")
        await app.workers.wait_for_complete()
        app.exit()


async def test_a_paper_without_text_tells_that_f_fetches_it(start: Start) -> None:
    async with start(SMALL) as (app, pilot):
        await pilot.press("j", "j", "enter")
        await settle(app, pilot)
        text = screen_text(app)
        assert "Press f to fetch the paper" in text
        assert "WHY" in text.upper()
        assert "abstract only" in text


async def test_a_paper_that_is_not_on_arxiv_says_where_else_it_may_be(
    start: Start, shelf_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_pages: list[str] = []
    monkeypatch.setattr("paperpath.tui.screens.actions.open_outside", opened_pages.append)
    with Library.open(shelf_home) as library:
        paper = library.get("bracket2002markup").paper
        library.update(replace(paper, doi="10.1234/brackets"))
    async with start() as (app, pilot):
        burst(app, "jf")
        await settle(app, pilot)
        assert app.shelf.status.said.startswith("bracket2002markup is not on arXiv: o opens its page; paperpath add")
        assert not app.fetches.events
        burst(app, "\rO")
        await settle(app, pilot)
        text = screen_text(app)
        assert "Its page" in text.splitlines()[-1]
        assert "the paper is not on arXiv" in text
        assert opened_pages == ["https://doi.org/10.1234/brackets"]


async def test_status_and_tags_from_the_reader(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        await opened(app, pilot)
        burst(app, "sdtdeep\ry")
        await settle(app, pilot)
        record = stored(shelf_home)
        assert (record.status, record.tags) == ("read", ("deep",))
        assert "● read" in screen_text(app)
        assert app.clipboard == samples.READABLE


async def test_a_position_made_elsewhere_is_where_it_opens(start: Start, shelf_home: Path) -> None:
    with Library.open(shelf_home) as library:
        library.set_position(samples.READABLE, Position(3, 0, 0.9))
    async with start(SMALL) as (app, pilot):
        screen = await opened(app, pilot)
        assert "Engines will think." in screen_text(app)
        assert screen.document.blocks[screen.page.place.block].section >= 2


async def test_full_text_search_lands_on_the_passage(start: Start) -> None:
    for size in (WIDE, SMALL):
        async with start(size) as (app, pilot):
            burst(app, "Fwheel 37\r")
            await until(pilot, lambda app=app: isinstance(app.screen, Search) and app.screen.passages.hits)
            await settle(app, pilot)
            assert "passage" in screen_text(app)
            await pilot.press("enter")
            await settle(app, pilot)
            assert "Wheel number 37" in screen_text(app)
            await pilot.press("q")
            await settle(app, pilot)
            assert isinstance(app.screen, Search)


async def test_a_search_finds_a_table_whose_rows_are_cut_and_not_wrapped(start: Start, shelf_home: Path) -> None:
    rows = "Wheel    Turns  " + "Remarks of the miller on it  " * 4 + f"End\nzinnober    40  {'quiet ' * 20}  end"
    table = Caption("table", "1", "Never mentioned.", 2, content=rows)
    with Library.open(shelf_home) as library:
        parsing.keep_parsed(library, samples.READABLE, replace(samples.PARSED, captions=(table,)))
    async with start(SMALL) as (app, pilot):
        burst(app, "Fzinnober\r")
        await until(pilot, lambda: isinstance(app.screen, Search) and app.screen.passages.hits)
        await settle(app, pilot)
        await pilot.press("enter")
        await settle(app, pilot)
        shown = [row.strip() for row in screen_text(app).splitlines()]
        at = next(i for i, row in enumerate(shown) if row.startswith("zinnober"))
        assert shown[at].startswith("zinnober 40 quiet quiet") or shown[at].startswith("zinnober    40  quiet")
        assert "…" in shown[at]
        assert shown[at - 1].startswith("Wheel")


async def test_a_search_without_hits_or_sense_says_so(start: Start) -> None:
    async with start() as (app, pilot):
        burst(app, "Fzyxw")
        await settle(app, pilot)
        assert "Nothing says “zyxw”" in screen_text(app)
        burst(app, '\x15"\r')
        await settle(app, pilot)
        assert app.is_running
        await pilot.press("escape")
        await settle(app, pilot)
        assert len(app.screen_stack) == 1


def test_a_passage_is_shown_around_its_first_match() -> None:
    runs = matched(f"{'word ' * 30}\ue000match\ue001 [/x] after")
    assert ("match", "match") in runs
    shown = around_match(runs, 30, "…")
    assert shown[0] == ("…", "dim")
    assert ("match", "match") in shown
    assert sum(len(text) for text, _ in shown) <= 30


def test_a_note_that_is_painted_before_it_has_styles_is_empty() -> None:
    strips = Area("Words").render_lines(Region(0, 0, 20, 2))
    assert [strip.text for strip in strips] == [" " * 20] * 2
