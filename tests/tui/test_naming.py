"""What the left pane keeps under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.library import Library
from paperpath.tui.catalogue import Scope
from tests.tui.conftest import SMALL, burst, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start


def shown(app: PaperpathApp) -> list[str]:
    return [app.catalogue.rows[item].key for item in app.shelf.papers.items if item >= 0]


def queries(home: Path) -> dict[str, str]:
    with Library.open(home) as library:
        return dict(library.searches())


async def test_a_filter_is_saved_shown_renamed_removed_and_each_taken_back(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "/year:2003 or care\tlater or careful\r")
        await settle(app, pilot)
        assert queries(shelf_home) == {"later or careful": 'list:"engines" (year:2003 or care)'}
        assert app.shelf.words == "year:2003 or care"
        assert "later or caref" in screen_text(app)
        burst(app, "\x1b:later\r")
        await settle(app, pilot)
        assert app.shelf.scope == Scope("saved", "later or careful")
        assert shown(app) == ["gone2003all"]
        burst(app, "R\x15Soon\r")
        await settle(app, pilot)
        assert app.shelf.scope == Scope("saved", "Soon")
        assert list(queries(shelf_home)) == ["Soon"]
        await pilot.press("1", "D")
        await settle(app, pilot)
        assert "Removed the search “Soon”" in app.shelf.status.said
        assert app.shelf.scope == Scope()
        assert queries(shelf_home) == {}
        for what in ("remove the search “Soon”", "rename the search “later or careful” to “Soon”"):
            await pilot.press("u")
            await settle(app, pilot)
            assert app.shelf.status.said.startswith(f"Taken back: {what}")
        assert app.catalogue.search_named("later or careful") is not None


async def test_papers_go_on_a_list_of_ones_own_and_off_it_as_one_change(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "xxaTo cite\r")
        await settle(app, pilot)
        assert app.shelf.status.said.startswith("2 papers on the list “To cite”")
        assert "YOUR LISTS" in screen_text(app)
        await pilot.press("escape", "a", "(")  # the third paper
        await settle(app, pilot)
        assert "makes a new list" in screen_text(app)
        await pilot.press("ctrl+u")  # back to the lists that there are
        await settle(app, pilot)
        assert "makes a new list" not in screen_text(app)
        burst(app, "to\r")
        await settle(app, pilot)
        app.shelf.show_scope(Scope("list", "to-cite"))
        await settle(app, pilot)
        three = ["lovelace2001engines", "bracket2002markup", "gone2003all"]
        assert shown(app) == three
        await pilot.press("g", "a")
        await settle(app, pilot)
        assert "✓ To cite" in screen_text(app)
        await pilot.press("enter")
        await settle(app, pilot)
        assert shown(app) == three[1:]
        burst(app, "R\x15Cited\r")
        await settle(app, pilot)
        assert "Cited" in screen_text(app)
        await pilot.press("D")
        await settle(app, pilot)
        assert app.shelf.scope == Scope()
        told = []
        for _ in range(5):
            await pilot.press("u")
            await settle(app, pilot)
            told.append(app.shelf.status.said.removeprefix("Taken back: ").removesuffix("  (U makes it again)"))
        assert told == [
            "remove the list “to-cite”",
            "rename the list “to-cite” to “Cited”",
            "take lovelace2001engines from the list “to-cite”",
            "add gone2003all to the list “To cite”",
            "add 2 papers to the list “To cite”",
        ]
        assert app.catalogue.own == frozenset()
        await pilot.press("asterisk")
        assert len(app.shelf.papers.marked) == len(shown(app))


async def test_what_cannot_be_saved_or_removed_says_why(start: Start, shelf_home: Path) -> None:
    async with start(SMALL) as (app, pilot):
        await pilot.press("K")
        assert "no filter to save" in app.shelf.status.said
        await pilot.press("D")
        assert "can be removed: choose one in the left pane" in app.shelf.status.said
        burst(app, "/year:(\tx\r")
        await settle(app, pilot)
        assert "which year" in app.shelf.status.said
        assert queries(shelf_home) == {}
