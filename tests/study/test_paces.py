"""Weeks and days of a plan: all minutes are in them, in order, and no week has more than was said."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from paperpath.study.paces import stints, weeks

START = date(2026, 11, 23)
PAPERS = st.lists(st.integers(1, 900), max_size=12).map(lambda all_: [(f"p{n}", m) for n, m in enumerate(all_)])


def test_weeks_with_dates() -> None:
    first, second = weeks([("a", 90), ("b", 300)], START, 300)
    assert (first.first, first.last, first.parts) == (START, date(2026, 11, 29), (("a", 90), ("b", 210)))
    assert (second.number, second.first, second.parts, second.minutes) == (2, date(2026, 11, 30), (("b", 90),), 90)


def test_days_with_a_seventh_of_the_week_each() -> None:
    a, b = stints([("a", 60), ("b", 360)], START, 420)  # an hour a day
    assert (a.first, a.last) == (START, START)
    assert (b.first, b.last) == (START + timedelta(1), START + timedelta(6))


def test_a_pace_of_nearly_nothing_ends_at_the_end_of_time() -> None:
    [stint] = stints([("a", 10**9)], START, 6)
    assert stint.last == date.max


@given(PAPERS, st.integers(6, 3000))
def test_weeks_hold_all_minutes(papers: list[tuple[str, int]], pace: int) -> None:
    found = weeks(papers, START, pace)
    assert all(week.minutes == pace for week in found[:-1])
    assert not found or 0 < found[-1].minutes <= pace
    spread: dict[str, int] = {}
    for week in found:
        for key, minutes in week.parts:
            spread[key] = spread.get(key, 0) + minutes
    assert list(spread.items()) == papers  # in order, too
    assert [week.first for week in found] == [START + timedelta(7 * n) for n in range(len(found))]


@given(PAPERS, st.integers(6, 3000))
def test_days_follow_one_another_within_their_weeks(papers: list[tuple[str, int]], pace: int) -> None:
    found = stints(papers, START, pace)
    assert [(one.key, one.minutes) for one in found] == papers
    for before, after in pairwise(found):
        assert before.first <= before.last <= after.last
        assert timedelta(0) <= after.first - before.last <= timedelta(1)
    for one in found:
        holding = [week for week in weeks(papers, START, pace) if one.key in dict(week.parts)]
        assert holding[0].first <= one.first
        assert one.last <= holding[-1].last
