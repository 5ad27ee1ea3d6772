"""Figures and pages in the terminal, key by key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import Caption
from paperpath.tui.screens import pictures
from paperpath.tui.screens.pictures import Pictures
from paperpath.tui.screens.reader import Reader
from paperpath.workflow import parsing
from tests import papers
from tests.tui import samples
from tests.tui.conftest import SMALL, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

KETTLE = Caption("figure", "1", "A kettle\x1b[31m between its input and its output.", 1)
MISSING = Caption("figure", "7", "Not in this file.", 2)
TABLE = Caption("table", "1", "Minutes until boiling.", 2)


@pytest.fixture(scope="session")
def kettles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return papers.make("one_column", tmp_path_factory.mktemp("kettles"))


@pytest.fixture
def drawn_home(shelf_home: Path, kettles: Path) -> Path:
    """The home whose readable paper has a PDF with a figure and a table."""
    with Library.open(shelf_home) as library:
        library.files.write(library.files.pdf(library.get(samples.READABLE).paper), kettles.read_bytes())
        text = replace(samples.PARSED, captions=(KETTLE, MISSING, TABLE), pages=2)
        parsing.keep_parsed(library, samples.READABLE, text)
    return shelf_home


async def test_figures_and_pages_are_seen_one_after_the_other(
    start: Start, drawn_home: Path, warm_parsers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(pictures, "open_outside", opened.append)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with start(SMALL) as (app, pilot):
        await pilot.press("enter")
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        before = reader.page.place
        await pilot.press("tab", "tab", "tab", "P")
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, Pictures)
        shown = screen_text(app)
        assert "▀" in shown
        assert "Figure 1: A kettle␛[31m between" in shown
        assert "1 of 3" in shown
        assert "\x1b" not in shown
        await pilot.press("plus", "plus", "l", "j")
        await settle(app, pilot)
        left, top, right, bottom = screen.plate.part
        assert 0 < left < right <= 1
        assert 0 < top < bottom <= 1
        assert "2x" in screen_text(app)
        await pilot.press("0", "o")
        await settle(app, pilot)
        assert screen.plate.part == (0, 0, 1, 1)
        assert [name.rpartition("/")[2] for name in opened] == ["figure-1.png"]
        await pilot.press("n")
        await settle(app, pilot)
        assert "Its caption is not in the PDF that is here now. I shows its page." in screen.plate.text
        await pilot.press("n", "n")
        await settle(app, pilot)
        assert "Table 1: Minutes until boiling." in screen_text(app)
        assert "That was the last picture" in screen.status.said
        await pilot.press("escape", "escape")
        await settle(app, pilot)
        assert app.screen is reader
        assert reader.page.place == before
        await pilot.press("I", "h")
        await settle(app, pilot)
        assert isinstance(app.screen, Pictures)
        assert "That was the first page" in app.screen.status.said
        assert "▀" in screen_text(app)
        await pilot.press("plus", "plus", "plus", "right_square_bracket")
        await settle(app, pilot)
        left, top, right, bottom = app.screen.plate.part
        assert (top, round(left + right, 1)) == (0, 1.0), "the next page is read from its top, as near"
        assert bottom < 0.6
        await pilot.press("P", "I", "o")  # the first figure on it, and back
        await settle(app, pilot)
        assert "Page 2 of 2" in screen_text(app)
        assert opened[-1].endswith(".pdf")
        await pilot.press("h", "escape")
        await settle(app, pilot)
        assert app.screen is reader
        await pilot.press("backspace", "P", "t")
        await settle(app, pilot)
        assert reader._target is not None
        assert reader.document.caption_name(reader._target.block) == "Figure 1"


async def test_without_colours_there_is_the_caption(
    start: Start, drawn_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start(SMALL) as (app, pilot):
        await pilot.press("enter")
        await settle(app, pilot)
        await pilot.press("tab", "tab", "tab", "P")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "o opens it in your viewer" in " ".join(shown.split())
        assert "Figure 1: A kettle" in shown
        assert "▀" not in shown
