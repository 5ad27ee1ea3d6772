"""Cards of guides, highlights and the reader: gathered, answered, taken back, kept when their source is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperpath.cards.asking import NEW_A_DAY
from paperpath.cards.days import text_of
from paperpath.errors import BadInput, NothingToUndo, UnknownPaper
from paperpath.library import Library
from paperpath.library.guides import Written
from paperpath.model import GRADES, Guide, Highlight, ListEntry, ParsedPaper, Question, ReadingList, Section, Stage
from paperpath.workflow import annotating, card_making, due_cards, reviewing
from paperpath.workflow.parsing import keep_parsed
from tests.library.samples import dump
from tests.workflow.samples import BULBS, LAMPS, LANTERNS

if TYPE_CHECKING:
    from paperpath.model import Card, Grade

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAMP = LAMPS.key
MARK = Highlight("Oil burns slowly.", comment="How does oil burn?", page=2, section="Oil")


class Guides:
    """Guides that can be changed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def ask(self, questions: dict[str, list[str]]) -> None:
        """Key → the questions of its guide; other papers have none."""
        guides = [
            Guide(key, questions=tuple(Question(one, "1", f"{one}!") for one in asked))
            for key, asked in questions.items()
        ]
        self._library.set_guides({"one": [Written(guide, None) for guide in guides]}, origin="own", fingerprint="1")


@pytest.fixture
def guides(shelf: Library) -> Guides:
    return Guides(shelf)


def today(library: Library, target: str | None = None, *, now: datetime = NOW, only_due: bool = False) -> list[str]:
    return [card.question for card in reviewing.today(library, target, now=now, zone=UTC, only_due=only_due).queue]


def asked(library: Library, question: str) -> Card:
    return next(card for card in reviewing.cards(library) if card.question == question)


def answer(library: Library, question: str, grade: Grade = "easy", *, now: datetime = NOW) -> Card:
    return reviewing.answer(library, asked(library, question), grade, now=now, zone=UTC)


def test_a_guide_asks_once_the_paper_is_read_or_named(shelf: Library, guides: Guides) -> None:
    guides.ask({LAMP: ["What burns?"]})
    assert today(shelf) == []
    assert today(shelf, LAMP) == ["What burns?"]
    shelf.set_status([LAMP], "read")
    assert today(shelf) == ["What burns?"]
    shelf.set_status([LAMP], "unread")
    answer_named = reviewing.answer(shelf, reviewing.cards(shelf, LAMP)[0], "easy", now=NOW, zone=UTC)
    assert answer_named.reviews == 1
    guides.ask({LAMP: ["What shines?", "What burns?"]})
    assert [(card.question, card.orphan) for card in reviewing.cards(shelf)] == [("What burns?", False)], (
        "what was answered stays, read or not, and wherever it stands in the next edition"
    )


def test_a_highlight_that_asks_is_a_card_and_its_words_follow(shelf: Library) -> None:
    mark = annotating.highlight(shelf, LAMP, MARK)
    annotating.highlight(shelf, LAMP, Highlight("Wicks.", comment="compare"))
    assert today(shelf) == ["How does oil burn?"]
    answer(shelf, "How does oil burn?", "again")
    shelf.update_highlight(LAMP, Highlight("Oil burns fast.", comment="How fast?", id=mark.id, created=mark.created))
    card = asked(shelf, "How fast?")
    assert (card.reviews, card.quote, card.id) == (1, "Oil burns fast.", f"highlight:{mark.id}")
    assert len(reviewing.cards(shelf)) == 1


def test_what_was_answered_outlives_its_source_and_what_was_not_goes(shelf: Library) -> None:
    marks = [annotating.highlight(shelf, LAMP, Highlight(f"{n}.", comment=f"Is it {n}?")) for n in (1, 2)]
    answer(shelf, "Is it 1?", "good")
    for mark in marks:
        annotating.remove_highlight(shelf, LAMP, mark.id or 0)
    (card,) = reviewing.cards(shelf)
    assert (card.question, card.quote, card.orphan, card.reviews) == ("Is it 1?", "1.", True, 1)
    assert today(shelf) == ["Is it 1?"]
    shelf.undo()
    shelf.undo()
    assert [(card.question, card.orphan) for card in reviewing.cards(shelf)] == [
        ("Is it 1?", False),
        ("Is it 2?", False),
    ]


def test_an_answer_is_one_change_and_undo_says_which(shelf: Library) -> None:
    annotating.highlight(shelf, LAMP, MARK)
    card = answer(shelf, "How does oil burn?", "hard")
    assert card.schedule is not None
    assert card.schedule.due == text_of(NOW + timedelta(minutes=5, seconds=30))
    assert [review.grade for review in shelf.reviews()] == ["hard"]
    assert shelf.undo().change.what == f"review in {LAMP}: hard for “How does oil burn?”"
    assert (shelf.cards(), shelf.reviews()) == ([], [])
    shelf.redo()
    assert shelf.cards() == [card]


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(GRADES), st.integers(0, 2_000_000)), min_size=1, max_size=10
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_answers_are_taken_back_exactly_and_made_again(steps: list[tuple[int, Grade, int]]) -> None:
    with Library.in_memory() as library:
        library.add([LAMPS], lambda paper, _taken: paper.key)
        for number in range(3):
            annotating.highlight(library, LAMP, Highlight(f"{number}.", comment=f"Is it {number}?"))
        states, now = [dump(library)], NOW
        for pick, grade, wait in steps:
            now += timedelta(seconds=wait)
            before = asked(library, f"Is it {pick}?")
            after = answer(library, f"Is it {pick}?", grade, now=now)
            assert after.schedule is not None
            assert after.schedule.due > text_of(now)
            assert after.reviews == before.reviews + 1 == asked(library, f"Is it {pick}?").reviews
            states.append(dump(library))
            assert due_cards.due(library, now=now) == reviewing.today(library, only_due=True, now=now).due
        for state in reversed(states[:-1]):
            library.undo()
            assert dump(library) == state
        for state in states[1:]:
            library.redo()
            assert dump(library) == state
        with pytest.raises(NothingToUndo):
            library.redo()


def test_new_cards_are_counted_by_the_day_that_begins_at_four(shelf: Library) -> None:
    for number in range(NEW_A_DAY + 3):
        card_making.add(shelf, LAMP, f"Q{number:02}?", "A.")
    first = reviewing.today(shelf, now=NOW, zone=UTC)
    assert (first.new, first.waiting) == (NEW_A_DAY, 3)
    night = datetime(2026, 11, 24, 3, tzinfo=UTC)
    for card in first.queue[:5]:
        reviewing.answer(shelf, card, "easy", now=NOW, zone=UTC)
    assert reviewing.today(shelf, now=night, zone=UTC).new == NEW_A_DAY - 5
    assert reviewing.today(shelf, now=night + timedelta(hours=1), zone=UTC).new == NEW_A_DAY + 3 - 5
    assert len(today(shelf, LAMP)) == NEW_A_DAY + 3 - 5, "a paper that is named asks all it has"
    assert today(shelf, only_due=True) == []


def test_a_list_a_paper_and_neither(shelf: Library) -> None:
    entries = (ListEntry(LAMP, "It burns."),)
    shelf.set_list(ReadingList("light", "Light", "", (Stage("All", "", entries),)), origin="own", fingerprint="1")
    card_making.add(shelf, LAMP, "Lamp?", "A.")
    card_making.add(shelf, BULBS.key, "Bulb?", "A.")
    assert today(shelf, "light") == today(shelf, LAMP) == ["Lamp?"]
    assert today(shelf) == ["Lamp?", "Bulb?"]
    assert [card.question for card in reviewing.cards(shelf, keys=[BULBS.key])] == ["Bulb?"]
    with pytest.raises(UnknownPaper, match="Reading lists: light"):
        today(shelf, "nowhere")


def test_a_card_of_one_s_own_may_have_a_passage_for_an_answer(shelf: Library) -> None:
    card = card_making.add(shelf, LAMP, "  How does\n oil burn?", passage=MARK)
    assert (card.question, card.answer, card.quote, card.page) == ("How does oil burn?", "", "Oil burns slowly.", 2)
    assert shelf.history()[0].what == f"add a card to {LAMP}: “How does oil burn?”"
    for question, words in ((" ", "A."), ("Q?", " "), ("Q?" * 9000, "A.")):
        with pytest.raises(BadInput):
            card_making.add(shelf, LAMP, question, words)
    assert len(reviewing.cards(shelf)) == 1


def test_the_reader_s_words_replace_those_of_a_source_and_undo_brings_these_back(shelf: Library) -> None:
    mark = annotating.highlight(shelf, LAMP, MARK)
    edited = card_making.edit(shelf, f"highlight:{mark.id}", question="How fast?", answer="Slowly.")
    assert [card.question for card in reviewing.cards(shelf)] == ["How fast?"]
    assert card_making.edit(shelf, edited.id, question="How fast?") == edited
    with pytest.raises(BadInput, match="needs a question"):
        card_making.edit(shelf, edited.id, question=" ")
    shelf.undo()
    assert [card.question for card in reviewing.cards(shelf)] == ["How does oil burn?"]


def test_what_is_due_is_counted_as_it_is_asked(shelf: Library) -> None:
    added = [card_making.add(shelf, LAMP, f"Q{number}?", "A.") for number in range(4)]
    assert due_cards.due(shelf, now=NOW) == 0, "what was never asked is not due"
    for card in added[:3]:
        reviewing.answer(shelf, card, "good", now=NOW)
    evening = NOW + timedelta(hours=1)
    assert due_cards.due(shelf, now=evening) == reviewing.today(shelf, only_due=True, now=evening).due == 3
    card_making.remove(shelf, [added[0].id])
    assert due_cards.due(shelf, now=evening) == reviewing.today(shelf, only_due=True, now=evening).due == 2
    assert due_cards.due(shelf, now=NOW - timedelta(days=1)) == 0


def test_what_was_removed_is_not_made_again(shelf: Library) -> None:
    mark = annotating.highlight(shelf, LAMP, MARK)
    own = card_making.add(shelf, LAMP, "Own?", "A.")
    card_making.remove(shelf, [f"highlight:{mark.id}", own.id[:6]])
    assert reviewing.cards(shelf) == []
    assert shelf.history()[0].what == "remove 2 cards"
    with pytest.raises(BadInput, match="There is no card"):
        card_making.remove(shelf, [own.id])
    shelf.undo()
    assert {card.id for card in reviewing.cards(shelf)} == {f"highlight:{mark.id}", own.id}


def test_the_beginning_of_an_id_is_enough_when_it_means_one(shelf: Library) -> None:
    card_making.add(shelf, LAMP, "One?", "A.")
    card_making.add(shelf, LAMP, "Two?", "A.")
    with pytest.raises(BadInput, match="may be own:"):
        reviewing.require(shelf, "own:")
    with pytest.raises(BadInput, match="There is no card"):
        reviewing.require(shelf, "")


def test_a_paper_that_is_removed_takes_its_cards_along_and_brings_them_back(shelf: Library) -> None:
    annotating.highlight(shelf, LAMP, MARK)
    answer(shelf, "How does oil burn?", "good")
    before = dump(shelf)
    shelf.remove([LAMP])
    assert (reviewing.cards(shelf), shelf.reviews()) == ([], [])
    shelf.undo()
    assert dump(shelf) == before


def test_two_papers_that_become_one_share_their_cards(shelf: Library, guides: Guides) -> None:
    guides.ask({LANTERNS.key: ["What shines?"]})
    card_making.add(shelf, LANTERNS.key, "Lantern?", "A.")
    reviewing.answer(shelf, reviewing.cards(shelf, LANTERNS.key)[-1], "good", now=NOW, zone=UTC)
    shelf.unite(LAMP, LANTERNS.key, LAMPS)
    assert {card.key for card in reviewing.cards(shelf)} == {LAMP}
    shelf.undo()
    assert {card.key for card in shelf.cards()} == {LANTERNS.key}


def test_a_card_tells_where_it_is_from(shelf: Library, guides: Guides) -> None:
    guides.ask({LAMP: ["What burns?"]})
    (card,) = reviewing.cards(shelf, LAMP)
    assert reviewing.source(shelf, card).line.endswith("section 1")
    keep_parsed(shelf, LAMP, ParsedPaper(sections=(Section("1", "Oil", 1, 2, "Oil burns slowly."),), pages=3))
    found = reviewing.source(shelf, card)
    assert found.line.startswith(LAMPS.title)
    assert found.line.endswith("1 Oil, p. 2")
    assert found.spot.words == "Oil burns slowly."
