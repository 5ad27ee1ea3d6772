"""The right pane of the library: what ties a paper to others, and the way there."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from paperpath.library import Library
from paperpath.model import Highlight, Reference
from paperpath.tui.screens.reader import Reader
from paperpath.tui.widgets.links import LinkPane
from paperpath.workflow import parsing
from paperpath.workflow.citations import Citations, Cited
from tests.tui import samples
from tests.tui.conftest import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

OTHER = "gone2003all"
CITING = dataclasses.replace(
    samples.PARSED,
    references=(
        Reference("1", "[1] A. Lovelace. On Analytical Engines. 2001.", 5, title="On Analytical Engines", year=2001),
        Reference("2", "[2] C. Babbage. Passages from the life of a philosopher. 1864.", 5),
    ),
)


def fetched(home: Path) -> None:
    """Another paper with a text, which cites the one that has one, and a highlight in that."""
    with Library.open(home) as library:
        parsing.keep_parsed(library, OTHER, CITING)
        library.set_pdf(OTHER, samples.PDF)
        library.add_highlight(samples.READABLE, Highlight("Engines will think.", page=4))


def test_a_bibliography_is_read_once_and_again_when_its_text_or_the_library_changes(shelf_home: Path) -> None:
    fetched(shelf_home)
    with Library.open(shelf_home) as library:
        citations, rows = Citations(), library.rows()
        assert citations.of(library, rows, OTHER) == Cited((samples.READABLE,), 2)
        assert citations.of(library, rows, samples.READABLE) == Cited((), 2)
        assert citations.of(library, rows, "erdos2007naive") is None
        assert citations.of(library, rows, "nobody") is None
        path = library.files.parsed(library.get(OTHER).paper)
        first = citations.of(library, rows, OTHER)
        assert citations.of(library, rows, OTHER) is first
        library.remove([samples.READABLE])
        assert citations.of(library, library.rows(), OTHER) == Cited((), 2)
        path.write_text("{broken", encoding="utf-8")
        assert citations.of(library, library.rows(), OTHER) is None


async def test_enter_goes_to_papers_that_cite_and_to_highlights(start: Start, shelf_home: Path) -> None:
    fetched(shelf_home)
    async with start() as (app, pilot):
        pane = app.shelf.query_one(LinkPane)
        await until(pilot, lambda: "CITED BY  1 here" in pane.text)
        await pilot.press("3")
        for _ in range(60):
            if pane.link.startswith("mark:"):
                break
            await pilot.press("j")
        await pilot.press("enter")
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        assert reader._landed is not None
        await pilot.press("q", "G", *["j"] * 12)
        assert pane.link == f"paper:{OTHER}"
        await pilot.press("enter")
        await until(pilot, lambda: "REFERENCES  1 of 2 are here" in pane.text)
        assert app.shelf.papers.key == OTHER
        assert "On Analytical Engines" in pane.text.partition("REFERENCES")[2]
