"""When to read what: minutes in a row, laid over the days at a weekly pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Stint:
    """The days for one paper."""

    key: str
    minutes: int
    first: date
    last: date
    """Its last day, which may be the first one of the next paper."""


@dataclass(frozen=True, slots=True)
class Week:
    """What is to be read in the seven days from ``first`` on."""

    number: int
    """From 1."""
    first: date
    last: date
    parts: tuple[tuple[str, int], ...]
    """Key and minutes of each paper in this week; a long paper is part of several weeks."""

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(minutes for _, minutes in self.parts)


def stints(papers: Iterable[tuple[str, int]], start: date, minutes_a_week: int) -> tuple[Stint, ...]:
    """Days for papers (key, minutes) one after the other, each day with a seventh of the week's minutes."""
    found, spent = [], 0
    for key, minutes in papers:
        end = spent + minutes
        first = spent * 7 // minutes_a_week
        last = max(first, (end * 7 - 1) // minutes_a_week)
        found.append(Stint(key, minutes, _day(start, first), _day(start, last)))
        spent = end
    return tuple(found)


def weeks(papers: Iterable[tuple[str, int]], start: date, minutes_a_week: int) -> tuple[Week, ...]:
    """Papers (key, minutes) one after the other, in weeks that are full but for the last."""
    filled: list[list[tuple[str, int]]] = []
    room = 0
    for key, minutes in papers:
        left = minutes
        while left > 0:
            if room == 0:
                filled.append([])
                room = minutes_a_week
            part = min(left, room)
            filled[-1].append((key, part))
            left -= part
            room -= part
    return tuple(
        Week(number + 1, _day(start, 7 * number), _day(start, 7 * number + 6), tuple(parts))
        for number, parts in enumerate(filled)
    )


def _day(start: date, days: int) -> date:
    """So many days later; a plan that would end after the year 9999 ends there."""
    try:
        return start + timedelta(days)
    except OverflowError:
        return date.max
