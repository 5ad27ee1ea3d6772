"""The window on the terms that stand on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import ParsedPaper, Section
from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.terms import TermWindow
from paperpath.workflow import parsing
from tests.tui import samples
from tests.tui.conftest import SMALL, WIDE, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start

SCALED = "It is scaled by √d_k, where d_k is the dimension of the [b]keys\x1b[2J[/b]."
FIRST = f"The engine has an attention machine (ATM).\n\n{SCALED}\n\nIt is a constant error carousel."
OTHER = "erdos2007naive"


async def opened(app: PaperpathApp, pilot: Pilot[None], home: Path, text: str = FIRST) -> Reader:
    """The reader on a text with three terms, one of which another paper defines."""
    with Library.open(home) as library:
        section = Section("1", "Engines", 1, 1, text)
        parsing.keep_parsed(library, samples.READABLE, replace(samples.PARSED, sections=(section,), references=()))
        other = Section("2", "Flow", 1, 3, "We call this the constant error carousel.")
        parsing.keep_parsed(library, OTHER, ParsedPaper(sections=(other,), pages=4))
    await pilot.press("enter")
    await settle(app, pilot)
    assert isinstance(app.screen, Reader)
    return app.screen


async def shown(app: PaperpathApp, pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(app, pilot)
    return screen_text(app)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_terms_of_the_screen_one_after_the_other(
    start: Start, shelf_home: Path, size: tuple[int, int]
) -> None:
    async with start(size) as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        text = await shown(app, pilot, "D")
        assert "ATM" in text
        assert "attention machine" in text
        assert "1 of 3" in text
        assert "1 Engines  p.1" in text
        text = await shown(app, pilot, "j")
        assert "d_k" in text
        assert "[b]keys" in text  # as it stands, and no control characters
        text = await shown(app, pilot, "k", "k")
        assert "3 of 3" in text
        assert f"{OTHER}  2 Flow  p.3" in text
        await shown(app, pilot, "escape")
        assert app.screen is screen


async def test_enter_goes_to_where_it_is_said(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        screen = await opened(app, pilot, shelf_home)
        await shown(app, pilot, "D", "j", "enter")
        assert app.screen is screen
        assert screen._target is not None
        assert screen.document.blocks[screen._target.block].text.startswith("It is scaled by")
        await shown(app, pilot, "D", "k", "enter")
        assert isinstance(app.screen, Reader)
        assert app.screen.opened.record.key == OTHER


async def test_the_terms_of_what_is_selected(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        await opened(app, pilot, shelf_home)
        text = await shown(app, pilot, "v", "j", "D")
        assert "d_k" in text
        assert " of 3" not in text


async def test_nothing_is_defined_here(start: Start, shelf_home: Path) -> None:
    async with start(SMALL) as (app, pilot):
        await opened(app, pilot, shelf_home, "Nothing of that kind is said.")
        assert "No paper of the library defines a term that stands here." in await shown(app, pilot, "D", "enter", "j")
        await shown(app, pilot, "D")
        assert isinstance(app.screen, Reader)


async def test_a_paper_without_text_has_none(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        await app.read(OTHER)
        await settle(app, pilot)
        await shown(app, pilot, "D")
        assert not isinstance(app.screen, TermWindow)
        assert "fetches it" in screen_text(app)
