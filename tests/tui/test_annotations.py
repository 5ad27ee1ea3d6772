"""All annotations in one list, and the way to the passage and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import Highlight
from paperpath.tui.marks import gather, matching
from paperpath.tui.screens.annotations import Annotations
from paperpath.tui.screens.reader import Reader
from paperpath.workflow import annotating, noting
from tests.tui import samples
from tests.tui.conftest import SMALL, burst, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

OTHER = "erdos2007naive"


@pytest.fixture
def marked_home(shelf_home: Path) -> Path:
    """Three highlights in two papers, and a note on the second of these."""
    with Library.open(shelf_home) as library:
        for quote, colour, comment, page in (
            ("The engine weaves patterns.", "yellow", "", 1),
            ("Engines will think.", "green", "will they [/x]? #Doubt", 4),
        ):
            mark = Highlight(quote, colour=colour, comment=comment, page=page, created="2026-01-02T00:00:00Z")
            library.add_highlight(samples.READABLE, mark)
        library.add_highlight(OTHER, Highlight("Random graphs are green.", colour="blue"))
        noting.append_note(library, OTHER, "Compare with percolation.")
        annotating.tag(library, [OTHER], add=["graphs"])
    return shelf_home


def test_words_colours_tags_papers_and_kinds_narrow_it_down(marked_home: Path) -> None:
    with Library.open(marked_home) as library:
        all_of_them = gather(library, ())
        assert [one.comment for one in gather(library, {OTHER})] == ["", "Compare with percolation."]
    quotes = [one.quote for one in all_of_them]
    assert quotes == ["The engine weaves patterns.", "Engines will think.", "Random graphs are green.", ""]
    for words, expected in (
        ("", [0, 1, 2, 3]),
        ("ENGINE", [0, 1]),
        ("engine they", [1]),
        ("green", [1, 2]),
        ("colour:green", [1]),
        ("#graphs", [2, 3]),
        ("tag:graphs is:highlight", [2]),
        ("is:note", [3]),
        ("paper:erdos", [2, 3]),
        ("erdős percolation", [3]),
        ("#", [1, 2, 3]),
        ("#doubt", [1]),
        ("tag:dou they", [1]),
        ("zebra", []),
    ):
        assert matching(all_of_them, words) == expected, words


async def test_enter_lands_on_the_passage_and_q_comes_back_to_the_row(start: Start, marked_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "A/they\r")
        await settle(app, pilot)
        assert isinstance(app.screen, Annotations)
        assert "will they [/x]?" in screen_text(app)
        await pilot.press("escape", "j")
        await settle(app, pilot)
        chosen = app.screen.chosen
        assert chosen is not None
        await pilot.press("k", "enter")
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        assert reader._landed is not None
        assert "Engines will think." in reader.document.blocks[reader._landed.block].text
        await pilot.press("s", "d", "q")  # what is changed in the reader does not move the cursor either
        await settle(app, pilot)
        assert isinstance(app.screen, Annotations)
        assert app.screen.chosen is not None
        assert app.screen.chosen.quote == "Engines will think."
        await pilot.press("u")
        await settle(app, pilot)
        assert app.screen.status.said.startswith("Taken back: status of lovelace2001engines")
        assert app.screen.chosen.quote == "Engines will think."
        await pilot.press("backspace")
        assert app.screen is app.shelf


async def test_marked_papers_alone_and_a_small_screen(start: Start, marked_home: Path) -> None:
    async with start(SMALL, ascii=True) as (app, pilot):
        await pilot.press("j", "x", "A")
        await settle(app, pilot)
        assert "The marked papers have no annotations" in screen_text(app)
        await pilot.press("q", "escape", "g", "x", "A")
        await settle(app, pilot)
        assert "2 in 1 paper" in screen_text(app)
        assert isinstance(app.screen, Annotations)
        assert app.screen.targets() == [samples.READABLE]
        assert screen_text(app).isascii()
