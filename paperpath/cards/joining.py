"""Cards as their sources have them now, and cards as they are kept, made one.

The words are the source's, unless the reader has changed them; the schedule is what is kept. A card that is kept and
has no source any more is an orphan: it is still asked, with the words that it had.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.model import Card


_WORDS = ("question", "answer", "section", "page", "quote")


def joined(kept: Sequence[Card], made: Iterable[Card]) -> list[Card]:
    """All cards, those of sources first and in their order; those that the reader has removed are among them."""
    fresh = list(made)
    partners = _partners(kept, fresh)
    taken = {card.id for card in kept}
    found: list[Card] = []
    for card in fresh:
        known = partners.get(card.id)
        if known is None:
            found.append(replace(card, id=_free(card.id, taken)) if card.id in taken else card)
        elif known.edited or _said(known) == _said(card):
            found.append(known)
        else:
            found.append(replace(known, **dict(zip(_WORDS, _said(card), strict=True))))
    held = {card.id for card in partners.values()}
    found += [replace(card, orphan=card.origin != "own") for card in kept if card.id not in held]
    return found


def _said(card: Card) -> tuple[Any, ...]:
    return card.question, card.answer, card.section, card.page, card.quote


def _partners(kept: Sequence[Card], fresh: Sequence[Card]) -> dict[str, Card]:
    """Id of a fresh card → the kept one that it is.

    A guide knows its questions by their number alone, and the next edition may have one more in the middle. So two
    with the same words are one first, and only then two with the same number.
    """
    known = {card.id: card for card in kept}
    pairs: dict[str, Card] = {}
    by_words = {(card.key, card.question): card for card in kept if card.origin == "guide"}
    for card in fresh:
        if card.origin == "guide" and (same := by_words.pop((card.key, card.question), None)):
            pairs[card.id] = same
    held = {card.id for card in pairs.values()}
    for card in fresh:
        if card.id not in pairs and card.id in known and card.id not in held:
            pairs[card.id] = known[card.id]
    return pairs


def _free(card_id: str, taken: set[str]) -> str:
    """``card_id`` with something behind it, because a card that has moved has that number."""
    return next(one for one in (f"{card_id}.{more}" for more in count(2)) if one not in taken)
