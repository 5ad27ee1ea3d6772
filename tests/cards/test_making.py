"""Which highlights make cards, what they ask, and how cards of sources and kept ones become one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paperpath.cards.joining import joined
from paperpath.cards.making import of_guide, of_highlight, says
from paperpath.cards.places import Spot, spot
from paperpath.model import Author, Caption, Card, Guide, Highlight, Paper, ParsedPaper, Question, Section

PAPER = Paper("Looms", (Author("Vega"), Author("Lund"), Author("Kern")), key="vega2020looms", year=2020)
MARK = Highlight("Threads  cross\nat right angles.", section="Weaving", page=3, id=7)


@pytest.mark.parametrize(
    ("comment", "question"),
    [
        ("Why at right angles?", "Why at right angles?"),
        ("#method why so?  #later", "why so?"),
        ("何故？", "何故？"),
        ("threads #card", "What do Vega et al. (2020) say about threads?"),
        ("#card", "What do Vega et al. (2020) say about Weaving?"),
        ("compare with knitting", None),
        ("#method", None),
        ("see a#card", None),
        ("", None),
    ],
)
def test_a_highlight_asks_when_its_comment_does(comment: str, question: str | None) -> None:
    card = of_highlight("vega2020looms", replace(MARK, comment=comment), lambda _key: PAPER)
    assert (card.question if card else None) == question
    if card:
        assert (card.id, card.origin, card.answer) == ("highlight:7", "highlight", "")
        assert (card.quote, card.section, card.page) == ("Threads cross at right angles.", "Weaving", 3)


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (("Vega",), "What does Vega (2020) say"),
        (("Vega", "Lund"), "What do Vega and Lund (2020) say"),
        (("Vega", "others"), "What do Vega et al. (2020) say"),
        ((), "What does “Looms” say"),
    ],
)
def test_a_question_names_who_says_it(authors: tuple[str, ...], said: str) -> None:
    assert says(Paper("Looms", tuple(Author(name) for name in authors), year=2020)) == said


# --------------------------------------------------------------------------- joining


def guide(*questions: str) -> list[Card]:
    return of_guide(Guide("loom", questions=tuple(Question(words, "", f"{words}!") for words in questions)), "vega")


def kept(card: Card) -> Card:
    return replace(card, created="2026-01-01T00:00:00Z", reviews=1)


def test_the_words_are_the_source_s_and_the_schedule_is_what_is_kept() -> None:
    before, now = guide("Wich?"), guide("Which?")
    assert joined([kept(before[0])], now) == [kept(now[0])]


def test_the_reader_s_own_words_stay() -> None:
    mine = replace(kept(guide("Which?")[0]), question="Which one?", edited=True)
    assert joined([mine], guide("Which?")) == [mine]


def test_one_question_more_in_the_middle_moves_no_schedule() -> None:
    first, last = map(kept, guide("First?", "Last?"))
    found = joined([first, last], guide("First?", "Between?", "Last?"))
    assert [(card.question, card.id, card.reviews) for card in found] == [
        ("First?", "guide:loom:1", 1),
        ("Between?", "guide:loom:2.2", 0),
        ("Last?", "guide:loom:2", 1),
    ]
    between = kept(found[1])
    assert joined([first, last, between], guide("First?", "Between?", "Last?")) == [first, between, last]


def test_a_card_whose_source_is_gone_is_an_orphan_and_the_reader_s_own_never_is() -> None:
    gone, own = kept(guide("Which?")[0]), Card("own:1", "vega", "own", "Why?", "So.", created="x")
    assert joined([gone, own], []) == [replace(gone, orphan=True), own]


def test_a_card_without_an_answer_goes_with_its_source() -> None:
    assert joined([], guide("Which?")) == guide("Which?")
    assert joined([], []) == []


# --------------------------------------------------------------------------- places

PARSED = ParsedPaper(
    abstract="We weave. It is new.",
    sections=(
        Section("3", "Weaving", 1, 3, ""),
        Section("3.2", "Warp and weft", 2, 4, "The warp is held by the loom, and so are all of the others.\n\nMore."),
        Section("A", "Appendix", 1, 9, "Tables."),
    ),
    captions=(Caption("table", "2", "Speeds of looms.", 5),),
)


@pytest.mark.parametrize(
    ("section", "found"),
    [
        ("3.2", Spot("3.2 Warp and weft", 4, "The warp is held by the loom, and so are all of")),
        ("warp AND weft", Spot("3.2 Warp and weft", 4, "The warp is held by the loom, and so are all of")),
        ("3", Spot("3 Weaving", 3, "Weaving")),
        ("A", Spot("A Appendix", 9, "Tables.")),
        ("Abstract", Spot("Abstract", 1, "We weave. It is new.")),
        ("Table 2", Spot("Table 2", 5, "Speeds of looms.")),
        ("7.1", Spot("section 7.1", None, "")),
        ("Discussion", Spot("Discussion", None, "")),
        ("", Spot("", None, "")),
    ],
)
def test_a_section_is_found_by_number_title_or_caption(section: str, found: Spot) -> None:
    assert spot(Card("x", "k", "guide", "?", "!", section), PARSED) == found


def test_a_passage_is_where_it_was_marked_and_nothing_is_found_without_a_text() -> None:
    card = Card("x", "k", "highlight", "?", "", "Weaving", 8, "Threads cross.")
    assert spot(card, PARSED) == Spot("3 Weaving", 8, "Threads cross.")
    assert spot(card, None) == Spot("Weaving", 8, "")
