"""The right pane of the library: what ties a paper to others, and the way there."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from paperpath.library import Library
from paperpath.library.guides import Written
from paperpath.model import Guide, Highlight, Question, Reference, Topic
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


GUIDE = Guide(
    samples.READABLE,
    look_for="The [bold]first[/] loop.",
    know=("cards", "nothing"),
    minutes=45,
    questions=(
        Question("What does a card hold?", "2.1", "A number."),
        Question("What weaves?", "Abstract", "The engine \x1b[2J."),
    ),
    task="Weave a leaf.",
)


def guided(home: Path) -> None:
    """A guide to the paper with a text."""
    with Library.open(home) as library:
        library.set_topics([Topic("cards", "Punched cards", "They have holes.")], origin="shipped")
        library.set_guides({"a": [Written(GUIDE, None)]}, origin="shipped", fingerprint="1")


async def test_a_guide_stands_under_why_it_matters(start: Start, shelf_home: Path) -> None:
    guided(shelf_home)
    async with start() as (app, pilot):
        pane = app.shelf.query_one(LinkPane)
        await until(pilot, lambda: "TRY IT" in pane.text)
        parts = ["WHY IT MATTERS", "INTRODUCES", "NEEDS", "LOOK FOR", "QUESTIONS", "TRY IT", "LEADS TO"]
        places = [pane.text.index(part) for part in parts]
        assert places == sorted(places)
        lines = pane.text.splitlines()
        assert lines[lines.index("NEEDS") + 1] == "Punched cards"
        assert "The [bold]first[/] loop." in lines
        assert "1. What does a card hold?  section 2.1" in lines
        assert "2. What weaves?  Abstract" in lines
        assert "  45 minutes" in pane.text
        assert "A number." not in pane.text


async def test_enter_shows_an_answer_and_hides_it(start: Start, shelf_home: Path) -> None:
    guided(shelf_home)
    async with start() as (app, pilot):
        pane = app.shelf.query_one(LinkPane)
        await until(pilot, lambda: "QUESTIONS  enter answers one" in pane.text)
        await pilot.press("3")
        for _ in range(60):
            if pane.link == "answer:1":
                break
            await pilot.press("j")
        await pilot.press("enter")
        await until(pilot, lambda: "The engine" in pane.text)
        await settle(app, pilot)
        assert "\x1b" not in pane.text
        assert pane.link == "answer:1"
        assert "A number." not in pane.text
        await pilot.press("k", "enter")
        await until(pilot, lambda: "A number." in pane.text)
        assert "The engine" in pane.text
        await pilot.press("enter")
        await until(pilot, lambda: "A number." not in pane.text)
        await pilot.press("2", "j")
        await until(pilot, lambda: "QUESTIONS" not in pane.text)
        await pilot.press("k")
        await until(pilot, lambda: "QUESTIONS" in pane.text)
        assert "The engine" not in pane.text
