"""When a card is asked again: FSRS, by the ``fsrs`` package of its authors (version 6 of the algorithm).

Its default parameters and steps are used, it aims at 90 % remembered, and without its random shift of a few days: the
intervals that are shown are those that one gets, and what is undone and made again comes out the same.

The package counts a day as 24 hours. A card of yesterday evening that is answered this morning would be one of the same
day to it, which has another formula. So it is told how many days of :mod:`~paperpath.cards.days` have passed, and
nothing else: answers that are whole days apart give its own figures to the last digit.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from paperpath.cards.days import between, moment_of, text_of
from paperpath.model import GRADES, Schedule

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from paperpath.model import Grade, MemoryState

_STATES: tuple[MemoryState, ...] = ("learning", "review", "relearning")
"""From 1 to 3, as FSRS counts them."""


def answered(schedule: Schedule | None, grade: Grade, now: datetime, zone: tzinfo | None = None) -> Schedule:
    """The schedule after an answer.

    Args:
        schedule: the one before; None for a card that was never reviewed.
        grade: how well it was remembered.
        now: the moment of the answer, aware.
        zone: where days begin; the machine's own without it.
    """
    from fsrs import Card, Rating, State

    now = now.astimezone(UTC).replace(microsecond=0)
    if schedule is None:
        card = Card(card_id=0, due=now)
    else:
        passed = between(schedule.last_review, text_of(now), zone)
        card = Card(
            card_id=0,
            state=State(_STATES.index(schedule.state) + 1),
            step=schedule.step,
            stability=schedule.stability,
            difficulty=schedule.difficulty,
            due=moment_of(schedule.due),
            last_review=now - timedelta(days=passed),
        )
    after, _ = _scheduler().review_card(card, Rating(GRADES.index(grade) + 1), now)
    assert after.stability is not None
    assert after.difficulty is not None
    return Schedule(
        _STATES[after.state - 1], after.step, after.stability, after.difficulty, text_of(after.due), text_of(now)
    )


def choices(schedule: Schedule | None, now: datetime, zone: tzinfo | None = None) -> dict[Grade, Schedule]:
    """The schedule after each of the four answers."""
    return {grade: answered(schedule, grade, now, zone) for grade in GRADES}


@cache
def _scheduler() -> Any:
    """Made once; the package is imported when the first card is answered, which takes 50 ms."""
    from fsrs import Scheduler

    return Scheduler(enable_fuzzing=False)
