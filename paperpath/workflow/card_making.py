"""Cards by hand: making, changing and removing them. Each is one change, which undo takes back."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.model import Card
from paperpath.workflow import reviewing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import Highlight

_LONGEST = 10_000


def add(library: Library, key: str, question: str, answer: str = "", *, passage: Highlight | None = None) -> Card:
    """Make a card of the reader's own; without an answer, the passage is what is to be remembered.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: there is no question, or neither an answer nor a passage.
    """
    asked, answered = _words(question), _words(answer)
    if not asked:
        raise BadInput("A card needs a question.")
    if not answered and passage is None:
        raise BadInput('A card needs an answer: paperpath card add KEY "question" "answer", or --quote "passage".')
    card = Card(f"own:{secrets.token_hex(4)}", library.resolve(key), "own", asked, answered, edited=True)
    if passage is not None:
        quote = " ".join(passage.quote.split())
        card = replace(card, section=passage.section, page=passage.page, quote=quote)
    return library.keep_card(card, what=f"add a card to {card.key}: “{card.question}”")


def edit(library: Library, card_id: str, *, question: str | None = None, answer: str | None = None) -> Card:
    """Give a card other words, which stay when its source says something else.

    Raises:
        BadInput: there is no such card, or nothing would be left to ask or to answer.
    """
    card = reviewing.require(library, card_id)
    asked = card.question if question is None else _words(question)
    answered = card.answer if answer is None else _words(answer)
    if not asked or not (answered or card.quote):
        raise BadInput("A card needs a question, and an answer or a passage. Nothing was changed.")
    if (asked, answered) == (card.question, card.answer):
        return card
    made = replace(card, question=asked, answer=answered, edited=True)
    return library.keep_card(made, what=f"change a card of {card.key}: “{asked}”")


def remove(library: Library, card_ids: Sequence[str]) -> list[Card]:
    """Remove cards, with what was answered; one whose source is still there is kept silently, so as not to come back.

    Raises:
        BadInput: there is no such card; none was removed.
    """
    found = {card.id: card for card in (reviewing.require(library, one) for one in card_ids)}
    if not found:
        return []
    first = next(iter(found.values()))
    what = f"remove {f'a card of {first.key}: “{first.question}”' if len(found) == 1 else f'{len(found)} cards'}"
    with library.change(what):
        for card in found.values():
            if card.origin == "own" or card.orphan:
                library.remove_card(card.id, what=what)
            else:
                library.keep_card(replace(card, removed=True), what=what)
    return list(found.values())


def _words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        raise BadInput(f"{len(words):,} characters are too long for a card: it is looked at for some seconds.")
    return words
