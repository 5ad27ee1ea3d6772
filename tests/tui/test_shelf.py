"""The library screen, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from paperpath.library import Library
from paperpath.tui.catalogue import Scope
from paperpath.tui.widgets.bars import Keys
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.text import TextPane
from paperpath.workflow import annotating
from tests.tui import samples
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start


def shown(app: PaperpathApp) -> list[str]:
    return [app.catalogue.rows[item].key for item in app.shelf.papers.items if item >= 0]


def stored_status(home: Path, key: str) -> str:
    with Library.open(home) as library:
        return library.get(key).status


@pytest.mark.parametrize("size", [WIDE, (100, 30), SMALL, (40, 10)])
async def test_it_opens_on_the_reading_list_with_every_title_as_it_is(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as (app, pilot):
        assert app.shelf.scope == Scope("list", "engines")
        text = screen_text(app)
        assert "Beginnings" in text
        assert "Analytical" in text
        await pilot.press("1", "G", *["k"] * 20, "j", "enter")
        await settle(app, pilot)
        if size == WIDE:
            text = screen_text(app)
            assert "Markup [/x] in [bold]titles[/bold]"[:20] in text
            assert "\x1b" not in text
        if size == SMALL:
            assert len(app.shelf.query_one(Keys).shown(80)) <= 7


async def test_all_papers_show_markup_controls_and_foreign_letters(start: Start) -> None:
    async with start((160, 40)) as (app, pilot):
        app.shelf.show_scope(Scope())
        await settle(app, pilot)
        text = screen_text(app)
        for words in (
            "Markup [/x] in [bold]titles",
            "[all] of it",
            "Red ␛[31malert␇",
            "שלום",
            "注意力机制",
            "Naïve Erdős–Rényi",
        ):
            assert words in text
        assert "\u202e" not in text


async def test_details_say_why_what_it_needs_and_leads_to(start: Start) -> None:
    async with start() as (app, pilot):
        await until(pilot, lambda: app.shelf._record is not None)
        pane = app.shelf.query_one("#details", TextPane).text
        assert "On Analytical Engines" in pane
        assert "The first programme [/x] ever." in pane
        for words in ("programming, looping", "LEADS TO", "WHY NEXT", "5 pages"):
            assert words in pane


async def test_a_status_is_chosen_written_and_undone(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        await pilot.press("s", "d")
        await settle(app, pilot)
        assert "is read" in app.shelf.status.said
        assert stored_status(shelf_home, samples.READABLE) == "read"
        await pilot.press("u")
        await settle(app, pilot)
        assert app.shelf.status.said.startswith("Taken back: status of lovelace2001engines")
        assert stored_status(shelf_home, samples.READABLE) == "unread"
        row = app.catalogue.row(samples.READABLE)
        assert row is not None
        assert row.status == "unread"
        await pilot.press("U")
        await settle(app, pilot)
        assert stored_status(shelf_home, samples.READABLE) == "read"
        await pilot.press("u", "u")
        await settle(app, pilot)
        assert app.shelf.status.said, "nothing is left to undo, and it says so"


async def test_filter_as_you_type_then_back(start: Start) -> None:
    async with start(SMALL) as (app, pilot):
        app.shelf.show_scope(Scope())
        burst(app, "/erdos")
        await settle(app, pilot)
        assert shown(app) == ["erdos2007naive"]
        assert "1 paper" in screen_text(app)
        await pilot.press("enter")
        assert app.focused is app.shelf.papers
        await pilot.press("escape")
        assert len(shown(app)) == len(samples.PAPERS)
        burst(app, "/nothing like this")
        await settle(app, pilot)
        assert shown(app) == []
        assert "Nothing here matches" in screen_text(app)
        await pilot.press("escape")
        assert len(shown(app)) == len(samples.PAPERS)


async def test_a_query_with_fields_is_answered_by_the_library_and_errors_are_explained(start: Start) -> None:
    async with start() as (app, pilot):
        app.shelf.show_scope(Scope())
        burst(app, "/year:2002..2003")
        await settle(app, pilot)
        assert sorted(shown(app)) == ["bracket2002markup", "gone2003all"]
        burst(app, "\x15year:(")
        await settle(app, pilot)
        assert shown(app) == []
        assert app.shelf._complaint
        await pilot.press("escape")
        await settle(app, pilot)
        assert len(shown(app)) == len(samples.PAPERS)


async def test_marks_and_tags_of_several(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "xxtmethod -old\r")
        await settle(app, pilot)
        with Library.open(shelf_home) as library:
            assert library.get(samples.READABLE).tags == ("method",)
            assert library.get("bracket2002markup").tags == ("method",)
        assert app.catalogue.tags["method"] == 2
        await pilot.press("escape", "g", "t")
        assert app.shelf.papers.marked == set()
        assert app.shelf.prompt.input.value == "method "
        burst(app, "\x15to-cite\r")
        await settle(app, pilot)
        with Library.open(shelf_home) as library:
            assert library.get(samples.READABLE).tags == ("to-cite",)
        assert app.catalogue.tags["to-cite"] == 1
        assert app.catalogue.tags["method"] == 1


async def test_citing_copies_the_key_and_the_entry(start: Start) -> None:
    async with start() as (app, pilot):
        await pilot.press("y")
        assert app.clipboard == samples.READABLE
        await pilot.press("Y")
        await settle(app, pilot)
        assert f"{{{samples.READABLE}," in app.clipboard
        assert "lines" in app.shelf.status.said


async def test_moving_sorting_and_the_next_unread(start: Start) -> None:
    async with start() as (app, pilot):
        await pilot.press("j")
        assert app.shelf.papers.key == "bracket2002markup"
        await pilot.press("j", "j", "j")
        assert app.shelf.papers.key == "wang2006attention"
        await pilot.press("g", "s", "d", "n")
        assert app.shelf.papers.key == "bracket2002markup"
        await pilot.press("S", "y")
        assert shown(app)[0] == "wang2006attention"
        assert "newest first" in "".join(text for text, _ in app.shelf.status._idle[0])


async def test_panes_by_number_and_one_at_a_time_when_narrow(start: Start) -> None:
    async with start(SMALL) as (app, pilot):
        assert not app.shelf.lists.display or not app.shelf.lists.region.width
        await pilot.press("1")
        await pilot.pause()
        assert app.shelf.lists.region.width == 80
        assert "READING LISTS" in screen_text(app)
        await pilot.press("3")
        await until(pilot, lambda: "WHY IT MATTERS" in screen_text(app))
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is app.shelf.papers
        await pilot.resize_terminal(130, 40)
        await settle(app, pilot)
        assert "READING LISTS" in screen_text(app)
        assert app.shelf.papers.key == samples.READABLE
        await pilot.press("tab")
        assert app.focused is app.shelf.query_one("#details")


async def test_choosing_a_tag_in_the_left_pane_shows_its_papers(start: Start, shelf_home: Path) -> None:
    with Library.open(shelf_home) as library:
        annotating.tag(library, ["cohen2005shalom"], add=["rtl"])
    async with start() as (app, pilot):
        await pilot.press("1", "G", "enter")
        await settle(app, pilot)
        assert app.shelf.scope == Scope("tag", "rtl")
        assert shown(app) == ["cohen2005shalom"]
        assert app.focused is app.shelf.papers


async def test_what_another_program_changes_appears_by_itself(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        with Library.open(shelf_home) as library:
            annotating.set_status(library, [samples.READABLE], "skimmed")
        await until(pilot, lambda: app.catalogue.rows[app.catalogue.place[samples.READABLE]].status == "skimmed")
        await settle(app, pilot)
        assert "◔ On Analytical" in screen_text(app)


async def test_keys_typed_ahead_do_what_they_do_one_by_one(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        app.shelf.show_scope(Scope())
        await settle(app, pilot)
        burst(app, "/erdos\rsd/\x1bg")
        await settle(app, pilot)
        assert stored_status(shelf_home, "erdos2007naive") == "read"
        assert app.shelf.words == ""
        assert not app.shelf.prompt.active
        assert [key for key in app.catalogue.place if stored_status(shelf_home, key) == "read"] == ["erdos2007naive"]
        burst(app, "/wrong\x15erdx\x7fos\r")
        await settle(app, pilot)
        assert app.shelf.words == "erdos"
        burst(app, "\x1b/attention quit status fuss?\r")
        await settle(app, pilot)
        assert app.shelf.words == "attention quit status fuss?"
        assert app.is_running


async def test_arrows_typed_ahead_move_among_what_the_words_before_them_find(start: Start) -> None:
    async with start() as (app, pilot):
        app.shelf.show_scope(Scope())
        await settle(app, pilot)
        for words in ("/of", "Fengine", ":o"):
            seen = []
            for one_by_one in (True, False):
                burst(app, words)
                if one_by_one:
                    await settle(app, pilot)
                app.post_message(events.Key("down", None))
                await settle(app, pilot)
                found = app.shelf.papers if app.screen is app.shelf else app.screen.query(LineList).first()
                seen.append((len(found.items), found.at))
                burst(app, "\x1b\x1b\x1bg")
                await settle(app, pilot)
            assert seen[0] == seen[1]
            assert seen[0][1] > 0


async def test_help_palette_and_themes(start: Start) -> None:
    async with start() as (app, pilot):
        await pilot.press("question_mark")
        await settle(app, pilot)
        assert "Next unread paper" in screen_text(app)
        burst(app, "\x1b:paperpath-day\r")
        await settle(app, pilot)
        assert app.theme == "paperpath-day"
        burst(app, ":erdos\r")
        await settle(app, pilot)
        assert "Naïve Erdős–Rényi models" in screen_text(app)
        assert len(app.screen_stack) == 2
        await pilot.press("q")
        burst(app, ":all papers\r")
        await settle(app, pilot)
        assert app.shelf.scope == Scope()


async def test_an_empty_library_and_an_empty_list_say_what_to_do(start: Start, tmp_path: Path) -> None:
    async with start(home=tmp_path / "empty") as (app, _):
        assert "Your library is empty" in screen_text(app)
    async with start(list_name="nowhere") as (app, pilot):
        assert "There is no reading list “nowhere”" in app.shelf.status.said
        app.shelf.show_scope(Scope("tag", "none"))
        await pilot.pause()
        assert "Nothing here yet" in screen_text(app)


async def test_a_library_that_cannot_be_opened_is_explained_and_tried_again(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "broken"
    home.mkdir()
    (home / "library.db").write_bytes(b"this is not a database, " * 100)
    async with start(home=home) as (app, pilot):
        assert "could not be opened" in screen_text(app)
        (home / "library.db").unlink()
        await pilot.press("r")
        await settle(app, pilot)
        assert "Your library is empty" in screen_text(app)


async def test_ascii_mode_draws_nothing_else(start: Start) -> None:
    async with start(ascii=True) as (app, pilot):
        await pilot.press("x")
        await settle(app, pilot)
        text = screen_text(app)
        titles = {letter for paper in samples.PAPERS for letter in f"{paper.title}{paper.byline}"}
        assert {letter for letter in text if not letter.isascii()} <= titles


async def test_errors_stay_until_they_were_seen(start: Start) -> None:
    async with start() as (app, pilot):
        app.say("The disk is full.", "bad")
        app.say("Something small happened")
        await pilot.pause()
        assert "The disk is full." in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "The disk is full." not in screen_text(app)
