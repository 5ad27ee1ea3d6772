"""Answering cards in the interface: question, answer, grade, undo, the way to the passage; and making them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import Card, Highlight, Schedule
from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.review import Review
from paperpath.workflow import annotating, card_making, reviewing
from tests.tui import samples
from tests.tui.conftest import SMALL, burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

OTHER = "erdos2007naive"


@pytest.fixture
def carded_home(shelf_home: Path) -> Path:
    """A highlight that asks, and a card by hand on another paper."""
    with Library.open(shelf_home) as library:
        mark = Highlight("Engines will think.", comment="Will they [/x] think? #doubt", page=4, section="Conclusion")
        annotating.highlight(library, samples.READABLE, mark)
        card_making.add(library, OTHER, "What is random?", "The graph.")
    return shelf_home


def answers(home: Path) -> list[str]:
    with Library.open(home) as library:
        return [review.grade for review in library.reviews()]


async def test_a_card_is_asked_answered_and_the_day_is_done(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "v")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "Will they [/x] think?" in shown
        assert "#doubt" not in shown
        assert "Engines will think." not in shown
        assert "2 left" in shown
        burst(app, "3")  # no grade for an answer that nobody has seen
        await settle(app, pilot)
        assert "space shows the answer first" in screen_text(app)
        burst(app, " ")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "Engines will think." in shown
        assert "On Analytical Engines (Lovelace +2, 2001), 3 Conclusion, p. 4" in shown
        assert "1 Again 1 min  2 Hard 6 min  3 Good 10 min  4 Easy 8 days" in shown
        burst(app, "4")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "What is random?" in shown
        assert "Easy: again in 8 days" in shown
        assert "1 left" in shown
        burst(app, "\r4")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "Done for today" in shown
        assert "2 answers, 2 of them remembered." in shown
        assert "Next: 2 cards in 8 days." in shown
    assert answers(carded_home) == ["easy", "easy"]


async def test_what_was_forgotten_comes_back_and_all_may_be_typed_ahead(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "v 1 4 2 4q")
        await settle(app, pilot)
        assert app.screen is app.shelf
    assert answers(carded_home) == ["again", "easy", "hard", "easy"]


async def test_undo_asks_the_card_again_and_redo_goes_on(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "v 4u")
        await settle(app, pilot)
        review = app.screen
        assert isinstance(review, Review)
        assert review.card is not None
        assert (review.card.question, review.answered) == ("Will they [/x] think?", False)
        assert f"Taken back: review in {samples.READABLE}: easy" in screen_text(app)
        assert answers(carded_home) == []
        burst(app, "U")
        await settle(app, pilot)
        assert review.card is not None
        assert review.card.question == "What is random?"
        burst(app, "u 1")
        await settle(app, pilot)
    assert answers(carded_home) == ["again"]


async def test_the_passage_opens_the_paper_and_q_comes_back_to_the_answer(start: Start, carded_home: Path) -> None:
    async with start(size=SMALL) as (app, pilot):
        burst(app, "v\r\r")
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        assert "Engines will think." in screen_text(app)
        assert reader.document.blocks[reader.page.place.block].page == 4
        burst(app, "q")
        await settle(app, pilot)
        assert isinstance(app.screen, Review)
        assert app.screen.answered
        assert "4 Easy 8 days  enter Open  q Back" in screen_text(app)


async def test_a_card_that_nobody_wants_is_removed(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "vx")
        await settle(app, pilot)
        assert "What is random?" in screen_text(app)
        assert "Removed the card  (u takes it back)" in screen_text(app)
        burst(app, "u")
        await settle(app, pilot)
        assert "2 left" in screen_text(app)


async def test_a_question_gets_other_words(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "v E\x15Do they [/x]?\r")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "Do they [/x]?" in shown
        assert "Engines will think." in shown, "the answer stays open"
        burst(app, "E\x15\r")
        await settle(app, pilot)
        assert "A card needs a question" in screen_text(app)
        burst(app, "\x1buE\x1bE")
        await settle(app, pilot)
        assert "Question Will they [/x] think?" in screen_text(app)


async def test_only_the_cards_of_marked_papers(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, ":all papers\r/naive\rxv")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "What is random?" in shown
        assert "of 1 marked paper" in shown
        assert "1 left" in shown


async def test_without_cards_one_is_told_where_they_come_from(start: Start) -> None:
    async with start(size=SMALL, ascii=True) as (app, pilot):
        burst(app, "v 1\rx")
        await settle(app, pilot)
        shown = screen_text(app)
        assert "Nothing is due" in shown
        assert "v selects a passage and Q asks for it." in shown
        assert shown.isascii()


async def test_when_the_next_card_comes_is_told(start: Start, carded_home: Path) -> None:
    with Library.open(carded_home) as library:
        for card in reviewing.cards(library):
            reviewing.answer(library, card, "easy")
    async with start() as (app, pilot):
        burst(app, "v")
        await settle(app, pilot)
        assert "Nothing is due" in screen_text(app)
        assert "Next: 2 cards in 8 days." in screen_text(app)


async def test_a_card_whose_highlight_was_removed_says_so(start: Start, carded_home: Path) -> None:
    with Library.open(carded_home) as library:
        reviewing.answer(library, reviewing.cards(library)[0], "again")
        annotating.remove_highlight(library, samples.READABLE, 1)
    async with start() as (app, pilot):
        burst(app, "v 4 ")
        await settle(app, pilot)
        assert "What this card was made from is gone; it is asked as it was." in screen_text(app)


async def test_another_program_s_answer_is_seen(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "v ")
        await settle(app, pilot)
        with Library.open(carded_home) as library:
            reviewing.answer(library, reviewing.cards(library)[0], "easy")
        await app._poll()
        await settle(app, pilot)
        assert isinstance(app.screen, Review)
        assert app.screen.card is not None
        assert (app.screen.card.question, app.screen.answered) == ("What is random?", False)


async def test_a_passage_that_is_selected_becomes_a_card(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, ":analytical engines\rQ")
        await settle(app, pilot)
        assert "Nothing is selected" in screen_text(app)
        burst(app, "vQ")
        await settle(app, pilot)
        assert "Question What does this passage answer?" in screen_text(app)
        burst(app, "\x1b")  # back to the choice, which stands
        await settle(app, pilot)
        assert "J/K More, less" in screen_text(app)
        burst(app, "QWhat [/x] weaves?\r")
        await settle(app, pilot)
        assert "Card made: What [/x] weaves?  (u takes it back)" in screen_text(app)
        with Library.open(shelf_home) as library:
            (card,) = reviewing.cards(library)
        assert (card.question, card.quote) == (
            "What [/x] weaves?", "We show that an engine may weave algebraic patterns.",
        )  # fmt: skip
        burst(app, "u")
        await settle(app, pilot)
        burst(app, "vQ  \r")
        await settle(app, pilot)
        assert "No question, so no card was made" in screen_text(app)
    with Library.open(shelf_home) as library:
        assert reviewing.cards(library) == []


async def test_the_palette_knows_it(start: Start, carded_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, ":review cards\r")
        await settle(app, pilot)
        assert isinstance(app.screen, Review)


async def test_the_library_tells_quietly_when_cards_are_due(start: Start, shelf_home: Path) -> None:
    async with start() as (app, pilot):
        assert "due" not in screen_text(app)
    past = Schedule("review", None, 1.0, 5.0, "2020-01-01T00:00:00Z", "2019-12-31T00:00:00Z")
    later = Schedule("review", None, 1.0, 5.0, "2999-01-01T00:00:00Z", "2019-12-31T00:00:00Z")
    with Library.open(shelf_home) as library:
        for number, schedule in enumerate((past, past, later, None)):
            card = Card(f"own:{number}", samples.READABLE, "own", f"Why {number}?", "So.", schedule=schedule)
            library.keep_card(card, what="a card")
    async with start(size=SMALL) as (app, pilot):
        assert "2 cards due  v" in screen_text(app)
        burst(app, "v 4q")
        await settle(app, pilot)
        assert app.screen is app.shelf
        await until(pilot, lambda: "1 card due  v" in screen_text(app))
        burst(app, "v 4q")
        await until(pilot, lambda: app.screen is app.shelf and "due" not in screen_text(app))
        burst(app, "u")
        await settle(app, pilot)
        app.shelf.status.clear()
        assert "1 card due  v" in screen_text(app)
