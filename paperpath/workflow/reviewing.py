"""Reviewing: all cards there are, those of today, and an answer. The thinking is in :mod:`paperpath.cards`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from paperpath.cards import asking, days, joining, making, places, scheduling
from paperpath.errors import BadInput, UnknownPaper
from paperpath.workflow.parsing import read_parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import tzinfo

    from paperpath.cards.asking import Today
    from paperpath.cards.places import Spot
    from paperpath.library import Library
    from paperpath.model import Card, Grade, Paper, ParsedPaper


class Source(NamedTuple):
    """Where a card is from, for a person."""

    paper: Paper
    spot: Spot

    @property
    def line(self) -> str:
        """``Attention Is All You Need (Vaswani +7, 2017), 3.2.1 Scaled Dot-Product Attention, p. 4``."""
        by = ", ".join(part for part in (self.paper.byline, str(self.paper.year or "")) if part)
        title = f"{self.paper.title} ({by})" if by else self.paper.title
        page = f"p. {self.spot.page}" if self.spot.page else ""
        return ", ".join(part for part in (title, self.spot.heading, page) if part)


def cards(library: Library, target: str | None = None, *, keys: Collection[str] = ()) -> list[Card]:
    """All cards, those that were removed left out.

    A guide's questions are asked once the paper is read; before that nobody could answer them. Whoever names the paper
    gets them all the same.

    Args:
        library: the library.
        target: only those of the papers of this reading list, or of the paper with this key or id.
        keys: only those of these papers; all if it is empty.

    Raises:
        UnknownPaper: ``target`` is neither.
    """
    named: frozenset[str] = frozenset(keys)
    within: frozenset[str] | None = named or None
    if target is not None:
        listed = {one.name: one for one in library.lists()}.get(target)
        if listed is not None:
            within = frozenset(entry.key for entry in listed.entries)
        else:
            named = within = frozenset((_paper(library, target, listed_names=library.list_fingerprints()),))
    statuses = library.statuses()
    return [
        card
        for card in _all(library)
        if (within is None or card.key in within)
        and (card.origin != "guide" or card.created or card.key in named or statuses.get(card.key) == "read")
    ]


def _paper(library: Library, target: str, *, listed_names: Collection[str]) -> str:
    try:
        return library.resolve(target)
    except UnknownPaper as error:
        raise UnknownPaper(f"{error} Reading lists: {', '.join(sorted(listed_names))}.") from error


def _all(library: Library) -> list[Card]:
    return [card for card in joining.joined(library.cards(), _made(library)) if not card.removed]


def _made(library: Library) -> Iterator[Card]:
    """The cards of guides and highlights, as these are now."""
    for key, guide in library.guides().items():
        yield from making.of_guide(guide, key)
    for key, mark in library.commented_highlights():
        made = making.of_highlight(key, mark, lambda one: library.get(one).paper)
        if made is not None:
            yield made


def today(
    library: Library,
    target: str | None = None,
    *,
    keys: Collection[str] = (),
    only_due: bool = False,
    now: datetime | None = None,
    zone: tzinfo | None = None,
) -> Today:
    """What is to be asked today; of a paper that is named, all that is new.

    Raises:
        UnknownPaper: see :func:`cards`.
    """
    moment = now or datetime.now(UTC)
    found = cards(library, target, keys=keys)
    begun = library.cards_begun(days.text_of(days.beginning(days.day_of(moment, zone), zone)))
    free = bool(keys) or (target is not None and target not in library.list_fingerprints())
    left = 0 if only_due else len(found) if free else asking.NEW_A_DAY - begun
    return asking.today(found, moment, left, zone)


def answer(
    library: Library, card: Card, grade: Grade, *, now: datetime | None = None, zone: tzinfo | None = None
) -> Card:
    """Write down how well a card was remembered; the card with its next date. One change, which undo takes back."""
    moment = now or datetime.now(UTC)
    after = scheduling.answered(card.schedule, grade, moment, zone)
    what = f"review in {card.key}: {grade} for “{card.question}”"
    kept = library.review_card(replace(card, schedule=after), grade, after.last_review, what=what)
    return replace(kept, reviews=card.reviews + 1)


def source(library: Library, card: Card) -> Source:
    """The card's paper, and where in it the answer is; the text is read for that, if it is there."""
    return sources(library)(card)


def sources(library: Library) -> Callable[[Card], Source]:
    """What :func:`source` tells, of many cards: those of a paper in a row read its text once."""

    @lru_cache(maxsize=4)
    def texts(key: str) -> tuple[Paper, ParsedPaper | None]:
        return library.get(key).paper, read_parsed(library, key)

    def tell(card: Card) -> Source:
        paper, parsed = texts(card.key)
        return Source(paper, places.spot(card, parsed))

    return tell


def require(library: Library, card_id: str) -> Card:
    """The card with this id, or the one whose id begins so.

    Raises:
        BadInput: there is none, or more than one.
    """
    everything = _all(library)
    found = [card for card in everything if card.id == card_id] or [
        card for card in everything if card_id and card.id.startswith(card_id)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(f"{card_id!r} may be {', '.join(card.id for card in found[:4])}. Type some more of it.")
    raise BadInput(f"There is no card {card_id!r}. `paperpath cards` shows them with their ids.")
