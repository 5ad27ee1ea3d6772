"""Picking papers at the prompt."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from paperpath.tui.picker import Picker
from tests.library.test_ranking import ROWS


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        (["enter"], ("tin2004whole",)),
        ([*"wick", "enter"], ("wick2017more",)),
        ([*"wick", "down", "enter"], ("lamp2017light",)),
        ([*"wick", "tab", "tab", "enter"], ("wick2017more", "lamp2017light")),
        ([*"wick", "tab", "up", "tab", "enter"], ("lamp2017light",)),  # the first no longer, and the cursor went on
        ([*"lamp", "tab", *["backspace"] * 4, *"bert", "tab", "enter"], ("lamp2017light", "kettle2019bert")),
        ([*"zebra", "enter"], ()),
        ([*"wick", "escape"], ()),
    ],
)
async def test_keys_lead_to_papers(keys: list[str], picked: tuple[str, ...]) -> None:
    app = Picker(ROWS)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press(*keys)
    assert app.return_value == picked


async def test_words_of_the_command_are_where_one_begins() -> None:
    app = Picker(ROWS, "light")
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press(*" oak", "enter")
    assert app.return_value == ("oak2020after",)


async def test_a_pasted_line_is_typed_once() -> None:
    app = Picker(ROWS)
    async with app.run_test(size=(80, 12)) as pilot:
        app.post_message(events.Paste("wick\nand more"))
        await pilot.pause()
        assert app.query_one(Input).value == "wick"
        await pilot.press("enter")
    assert app.return_value == ("wick2017more",)
