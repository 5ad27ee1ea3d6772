"""What is asked today, and in which order. Due is counted by the day, as :mod:`~paperpath.cards.days` has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.cards.days import day_of, end_of_today, moment_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from paperpath.model import Card

NEW_A_DAY = 20
"""Cards that are asked for the first time on one day at most, as in Anki: each comes back several times soon."""


class Today(NamedTuple):
    """The cards of today."""

    queue: tuple[Card, ...]
    """To be asked, the next one first."""
    due: int
    """How many of them were reviewed before."""
    new: int
    """How many were not."""
    waiting: int
    """New cards for another day."""
    next_due: str
    """When the first card after today falls due; empty if none does."""
    next_count: int
    """How many fall due on that day."""


def today(cards: Iterable[Card], now: datetime, new_left: int, zone: tzinfo | None = None) -> Today:
    """What is to be asked before the next day begins.

    First what is being learnt and has waited its minutes, then what falls due today, then new cards, and last what is
    being learnt and should wait some minutes more: so one may finish without sitting there.

    Args:
        cards: all cards that may be asked; those that were removed are left out here.
        now: the present moment, aware.
        new_left: how many new cards may still be asked today.
        zone: where days begin; the machine's own without it.
    """
    moment, end = text_of(now), text_of(end_of_today(now, zone))
    learning: list[Card] = []
    due: list[Card] = []
    new: list[Card] = []
    soon: list[Card] = []
    later: list[str] = []
    for card in cards:
        if card.removed:
            continue
        if card.schedule is None:
            new.append(card)
        elif card.schedule.due >= end:
            later.append(card.schedule.due)
        elif card.schedule.state == "review":
            due.append(card)
        else:
            (learning if card.schedule.due <= moment else soon).append(card)
    for some in (learning, due, soon):
        some.sort(key=_by_due)
    asked = new[: max(0, new_left)]
    first = min(later, default="")
    on = day_of(moment_of(first), zone) if first else None
    return Today(
        queue=(*learning, *due, *asked, *soon),
        due=len(learning) + len(due) + len(soon),
        new=len(asked),
        waiting=len(new) - len(asked),
        next_due=first,
        next_count=sum(day_of(moment_of(one), zone) == on for one in later),
    )


def _by_due(card: Card) -> tuple[str, str]:
    return card.schedule.due if card.schedule else "", card.id
