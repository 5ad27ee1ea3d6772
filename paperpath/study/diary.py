"""What was read when, counted by weeks; and how many weeks in a row. Days in, numbers out.

A week begins on Monday. A streak is told in weeks and not in days, and the week that runs cannot break it: nobody is
to open a paper on a Sunday night to save a number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class WeekRead:
    """One week."""

    first: date
    """Its Monday."""
    read: int
    """Papers that became ``read``."""
    skimmed: int
    """Papers that became ``skimmed``."""
    minutes: int
    """In the reader."""
    passes: int
    """Passes that were done."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row with some reading in each."""

    now: int
    """Up to this week, or to the last one; 0 if both were without."""
    longest: int


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())


def by_week(
    today: date,
    count: int,
    *,
    read: Iterable[date] = (),
    skimmed: Iterable[date] = (),
    minutes: Mapping[date, int] | None = None,
    passes: Iterable[date] = (),
) -> tuple[WeekRead, ...]:
    """The last ``count`` weeks, the one of ``today`` last; days outside them are left out."""
    spent: Counter[date] = Counter()
    for day, value in (minutes or {}).items():
        spent[monday(day)] += value
    counts = [Counter(map(monday, days)) for days in (read, skimmed, passes)]
    firsts = (monday(today) - timedelta(7 * back) for back in range(count - 1, -1, -1))
    return tuple(
        WeekRead(first, counts[0][first], counts[1][first], spent[first], counts[2][first]) for first in firsts
    )


def streak(today: date, days: Iterable[date]) -> Streak:
    """Weeks in a row in which there is at least one of ``days``; days after ``today`` do not count."""
    active = sorted({monday(day) for day in days if day <= today})
    longest = run = 0
    before: date | None = None
    for first in active:
        run = run + 1 if before is not None and (first - before).days == 7 else 1
        longest, before = max(longest, run), first
    alive = before is not None and (monday(today) - before).days <= 7
    return Streak(run if alive else 0, longest)
