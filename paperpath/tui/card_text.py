"""How a question card reads: its question, its answer with the passage, and what there is to say when none is due."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath.cards.days import when
from paperpath.tui.cells import safe
from paperpath.tui.widgets.text import BLANK, Para, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.cards.asking import Today
    from paperpath.model import Card, Grade
    from paperpath.tui.glyphs import Glyphs
    from paperpath.workflow.reviewing import Source

    KeyOf = Callable[[str], str]
    """The id of a binding → how its key is written."""

FROM = {"guide": "From the guide", "highlight": "Your highlight", "own": "Your card"}


def front(card: Card, key: KeyOf) -> list[Para]:
    """The question alone."""
    return [*_question(card), Para(((key("review.answer"), "mark"), (" shows the answer", "dim")))]


def back(card: Card, source: Source, glyphs: Glyphs) -> list[Para]:
    """The question, the answer, the passage, and where it stands."""
    shown = _question(card)
    if card.answer:
        shown += [line(safe(card.answer)), BLANK]
    if card.quote:
        shown += [Para(((f"{glyphs.quote} ", "quote"), (safe(card.quote), "")), 2), BLANK]
    shown.append(line(safe(source.line), "soft"))
    if card.orphan:
        shown += [BLANK, line("What this card was made from is gone; it is asked as it was.", "warn")]
    return shown


def _question(card: Card) -> list[Para]:
    seen = f", answered {counted(card.reviews, 'time')} so far" if card.reviews else ", new"
    return [line(f"{FROM[card.origin]}{seen}", "dim"), BLANK, line(safe(card.question), "title"), BLANK]


def nothing(today: Today, said: Sequence[Grade], glyphs: Glyphs, key: KeyOf) -> list[Para]:
    """That the day is done, or that nothing is due, and when there will be something; ``said`` are today's answers."""
    if said:
        known = sum(grade != "again" for grade in said)
        shown = [
            line(f"{glyphs.tick} Done for today", "good strong"),
            BLANK,
            line(f"{counted(len(said), 'answer')}, {known} of them remembered."),
        ]
    else:
        shown = [line("Nothing is due", "strong")]
    if today.next_due:
        comes = when(today.next_due, datetime.now(UTC))
        shown += [BLANK, line(f"Next: {counted(today.next_count, 'card')} {comes}.")]
    if today.waiting:
        shown += [BLANK, line(f"{counted(today.waiting, 'new card')} will come on other days.", "dim")]
    if not (said or today.next_due or today.waiting):
        pen, asks = key("reader.select"), key("reader.card")
        shown += [
            BLANK,
            line("Cards come from three places:"),
            BLANK,
            line("the questions of our guides, once you have marked a paper as read;", "dim"),
            line("highlights with a comment that ends with ? or has the tag #card;", "dim"),
            line(f"what you ask yourself: while you read, {pen} selects a passage and {asks} asks for it.", "dim"),
        ]
    return shown


def counted(count: int, noun: str) -> str:
    """``1 card``, ``2 cards``."""
    return f"{count} {noun}{'s' * (count != 1)}"
