"""What is asked today, in which order, and when the next card comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from paperpath.cards.asking import today
from paperpath.cards.days import end_of_today, text_of
from paperpath.model import Card, Schedule

if TYPE_CHECKING:
    from paperpath.model import MemoryState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def card(name: str, due: str | None = None, state: MemoryState = "review", *, removed: bool = False) -> Card:
    schedule = Schedule(state, None if state == "review" else 0, 3.0, 5.0, due, "2026-11-20T12:00:00Z") if due else None
    return Card(name, "k", "own", "?", "!", schedule=schedule, removed=removed)


def test_first_what_has_waited_its_minutes_then_the_day_then_new_ones_then_what_should_wait() -> None:
    cards = [
        card("new"),
        card("soon", "2026-11-23T12:09:00Z", "learning"),
        card("this evening", "2026-11-23T22:00:00Z"),
        card("long ago", "2026-10-01T12:00:00Z"),
        card("forgotten", "2026-11-23T11:59:00Z", "relearning"),
        card("tonight", "2026-11-24T03:59:59Z"),
        card("tomorrow", "2026-11-24T04:00:00Z"),
        card("that day too", "2026-11-25T03:00:00Z"),
        card("later", "2026-11-25T04:00:00Z"),
        card("gone", "2026-11-01T04:00:00Z", removed=True),
        card("another new"),
    ]
    found = today(cards, NOW, 1, UTC)
    assert [one.id for one in found.queue] == ["forgotten", "long ago", "this evening", "tonight", "new", "soon"]
    assert (found.due, found.new, found.waiting) == (5, 1, 1)
    assert (found.next_due, found.next_count) == ("2026-11-24T04:00:00Z", 2)


def test_nothing_is_due() -> None:
    assert today([], NOW, 20, UTC) == ((), 0, 0, 0, "", 0)
    assert today([card("new")], NOW, -3, UTC).waiting == 1


DUES = st.integers(-80, 100).map(lambda hours: text_of(NOW + timedelta(hours=hours)))


@given(st.lists(st.tuples(DUES | st.none(), st.sampled_from(["learning", "review", "relearning"])), max_size=12))
def test_every_card_is_asked_today_or_counted_for_later(made: list[tuple[str | None, MemoryState]]) -> None:
    cards = [card(str(number), due, state) for number, (due, state) in enumerate(made)]
    found, end = today(cards, NOW, 2, UTC), text_of(end_of_today(NOW, UTC))
    assert {one.id for one in found.queue if one.schedule} == {
        one.id for one in cards if one.schedule and one.schedule.due < end
    }
    assert found.due + found.new == len(found.queue)
    assert found.new + found.waiting == sum(one.schedule is None for one in cards)
    assert bool(found.next_due) == any(one.schedule and one.schedule.due >= end for one in cards)
