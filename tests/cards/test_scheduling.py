"""The schedule is that of FSRS's reference implementation, on its own test vectors and beside it.

The vectors are recorded from ``tests/test_basic.py`` of https://github.com/open-spaced-repetition/py-fsrs (MIT) at
commit 3abe686e9c058d3f3c00bbeb92e68b71211b2b31, version 6.3.1: test_review_card, test_memo_state,
test_repeated_correct_reviews and the learning steps of test_good/hard/again/easy_learning_steps and test_relearning.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.cards.days import between, day_of, moment_of, text_of
from paperpath.cards.scheduling import answered, choices
from paperpath.model import GRADES, Schedule

if TYPE_CHECKING:
    from paperpath.model import Grade

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
GRADINGS = st.lists(st.sampled_from(GRADES), min_size=1, max_size=12)


def test_the_intervals_of_the_reference() -> None:
    ratings: list[Grade] = ["good"] * 6 + ["again"] * 2 + ["good"] * 5
    schedule, now, found = None, START, []
    for grade in ratings:
        schedule = answered(schedule, grade, now, UTC)
        found.append((moment_of(schedule.due) - now).days)
        now = moment_of(schedule.due)
    assert found == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_stability_and_difficulty_of_the_reference() -> None:
    schedule, now = None, START
    ratings: tuple[Grade, ...] = ("again", "good", "good", "good", "good", "good")
    for grade, days in zip(ratings, (0, 0, 1, 3, 8, 21), strict=True):
        now += timedelta(days=days)
        schedule = answered(schedule, grade, now, UTC)
    assert schedule is not None
    assert schedule.stability == pytest.approx(53.62691, abs=1e-4)
    assert schedule.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_what_is_always_easy_is_as_easy_as_can_be() -> None:
    schedule = None
    for _ in range(10):
        schedule = answered(schedule, "easy", START, UTC)
    assert schedule is not None
    assert schedule.difficulty == 1.0


@pytest.mark.parametrize(
    ("grade", "state", "step", "seconds"),
    [("again", "learning", 0, 60), ("hard", "learning", 0, 330), ("good", "learning", 1, 600)],
)
def test_the_first_steps_are_minutes(grade: Grade, state: str, step: int, seconds: int) -> None:
    schedule = answered(None, grade, START, UTC)
    assert (schedule.state, schedule.step) == (state, step)
    assert moment_of(schedule.due) - START == timedelta(seconds=seconds)


def test_what_is_easy_at_once_comes_back_after_days_and_what_is_forgotten_after_ten_minutes() -> None:
    easy = answered(None, "easy", START, UTC)
    assert (easy.state, easy.step, moment_of(easy.due) - START >= timedelta(days=1)) == ("review", None, True)
    forgotten = answered(easy, "again", moment_of(easy.due), UTC)
    assert (forgotten.state, forgotten.step) == ("relearning", 0)
    assert moment_of(forgotten.due) - moment_of(easy.due) == timedelta(minutes=10)


@given(GRADINGS, st.lists(st.integers(0, 400), min_size=12, max_size=12))
def test_answers_that_are_whole_days_apart_give_the_reference_s_own_figures(
    grades: list[Grade], pauses: list[int]
) -> None:
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, schedule, now = fsrs.Card(card_id=1, due=START), None, START
    for grade, pause in zip(grades, pauses, strict=False):
        now += timedelta(days=pause)
        card, _ = scheduler.review_card(card, fsrs.Rating(GRADES.index(grade) + 1), now)
        schedule = answered(schedule, grade, now, UTC)
        assert (schedule.stability, schedule.difficulty, schedule.step) == (card.stability, card.difficulty, card.step)
        assert (moment_of(schedule.due), schedule.state) == (card.due, card.state.name.lower())


def test_yesterday_evening_and_this_morning_are_two_days() -> None:
    evening, morning = datetime(2026, 11, 23, 22, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)
    learnt = answered(None, "easy", evening, UTC)
    at_once, next_day = answered(learnt, "good", evening, UTC), answered(learnt, "good", morning, UTC)
    whole_day = answered(learnt, "good", evening + timedelta(days=1), UTC)
    assert next_day.stability == whole_day.stability > at_once.stability


@given(GRADINGS, st.lists(st.integers(0, 4_000_000), min_size=12, max_size=12), st.integers(-11, 12))
def test_due_is_never_before_the_answer_and_better_answers_come_back_no_sooner(
    grades: list[Grade], waits: list[int], hours: int
) -> None:
    zone, schedule, now = timezone(timedelta(hours=hours)), None, START
    for grade, wait in zip(grades, waits, strict=False):
        now += timedelta(seconds=wait)
        offered = choices(schedule, now, zone)
        dues = [offered[one].due for one in GRADES]
        assert text_of(now) < dues[0]
        assert dues == sorted(dues)
        before, schedule = schedule, offered[grade]
        assert schedule.last_review == text_of(now)
        assert schedule.stability > 0
        assert 1 <= schedule.difficulty <= 10
        assert (schedule.state == "review") == (schedule.step is None)
        if schedule.state == "review":
            assert day_of(moment_of(schedule.due), zone) > day_of(now, zone)
        if before and grade != "again" and between(before.last_review, text_of(now), zone):
            assert schedule.stability > before.stability, "what was known after some days is known for longer"


def test_a_clock_that_was_put_back_does_no_harm() -> None:
    known = Schedule("review", None, 8.0, 5.0, "2026-12-01T12:00:00Z", "2026-11-23T12:00:00Z")
    after = answered(known, "good", datetime(2026, 11, 1, 12, tzinfo=UTC), UTC)
    assert after.last_review == "2026-11-01T12:00:00Z" < after.due
