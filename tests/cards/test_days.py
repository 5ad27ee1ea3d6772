"""Days that begin at four, in any zone and through summer time; how far away a day is, in words."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.cards.days import beginning, between, day_of, end_of_today, interval, moment_of, text_of, when

if TYPE_CHECKING:
    from collections.abc import Iterator

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
ZONES = st.sampled_from([UTC, BERLIN, TOKYO, ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Auckland")])
MOMENTS = st.integers(1_577_836_800, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From 2020 to 2040."""


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_day_begins_at_four_in_the_morning() -> None:
    late, early = datetime(2026, 11, 24, 3, 59, tzinfo=UTC), datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert day_of(late, UTC) == date(2026, 11, 23)
    assert day_of(early, UTC) == date(2026, 11, 24)
    assert end_of_today(late, UTC) == early
    assert end_of_today(early, UTC) == early + timedelta(days=1)
    assert between(text_of(late), text_of(early), UTC) == 1


def test_it_is_four_where_the_reader_is() -> None:
    moment = datetime(2026, 11, 23, 18, 59, 59, tzinfo=UTC)  # 3:59:59 of the 24th in Tokyo
    assert day_of(moment, TOKYO) == date(2026, 11, 23)
    assert day_of(moment + timedelta(seconds=1), TOKYO) == date(2026, 11, 24)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all of a process")
@pytest.mark.usefixtures("berlin")
def test_without_a_zone_the_machine_s_own_counts() -> None:
    assert beginning(date(2026, 7, 1)) == datetime(2026, 7, 1, 2, tzinfo=UTC)
    assert beginning(date(2026, 12, 1)) == datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert day_of(datetime(2026, 7, 1, 1, 59, tzinfo=UTC)) == date(2026, 6, 30)


def test_the_night_of_summer_time_belongs_to_the_day_before() -> None:
    # On 2026-10-25 at 3:00 clocks in Berlin go back to 2:00.
    assert end_of_today(datetime(2026, 10, 24, 12, tzinfo=UTC), BERLIN) == datetime(2026, 10, 25, 3, tzinfo=UTC)
    assert between("2026-10-24T10:00:00Z", "2026-10-25T10:00:00Z", BERLIN) == 1


def test_a_clock_that_was_put_back_makes_no_negative_days() -> None:
    assert between("2026-11-23T12:00:00Z", "2026-11-20T12:00:00Z", UTC) == 0


@given(MOMENTS, ZONES)
def test_every_moment_is_in_its_day(moment: datetime, zone: ZoneInfo) -> None:
    day = day_of(moment, zone)
    assert beginning(day, zone) <= moment < beginning(day + timedelta(days=1), zone) == end_of_today(moment, zone)
    assert moment_of(text_of(moment)) == moment


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (60, "1 min"), (330, "6 min"), (600, "10 min"), (3 * 3600, "3 h"), (86400, "1 day"), (8 * 86400, "8 days"),
        (59 * 86400, "59 days"), (163 * 86400, "5.4 months"), (498 * 86400, "1.4 years"),
    ],
)  # fmt: skip
def test_an_interval_is_short_to_read(seconds: int, said: str) -> None:
    start = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert interval(text_of(start), text_of(start + timedelta(seconds=seconds))) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-11-23T11:00:00Z", "now"), ("2026-11-23T12:10:00Z", "in 10 min"), ("2026-11-23T20:00:00Z", "today"),
        ("2026-11-24T03:59:00Z", "today"), ("2026-11-24T04:00:00Z", "tomorrow"), ("2026-12-01T12:00:00Z", "in 8 days"),
        ("2027-03-01T12:00:00Z", "on 2027-03-01"),
    ],
)  # fmt: skip
def test_a_date_is_said_as_people_count(due: str, said: str) -> None:
    assert when(due, datetime(2026, 11, 23, 12, tzinfo=UTC), UTC) == said
