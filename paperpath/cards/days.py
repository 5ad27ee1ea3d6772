"""Days as a reader counts them: they begin at four in the morning, so that a late evening belongs to the day before.

Moments are aware datetimes; as text they are ISO 8601, UTC, to the second, and compare as they sort. ``zone`` is that
of the machine unless another one is given; the machine's own is asked for each moment, because summer time comes and
goes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

BEGINS = timedelta(hours=4)
"""After midnight, as in Anki: whoever learns at one in the morning has not slept yet."""


def text_of(moment: datetime) -> str:
    """``2026-11-23T15:04:05Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> datetime:
    """The inverse of :func:`text_of`."""
    return datetime.fromisoformat(text)


def day_of(moment: datetime, zone: tzinfo | None = None) -> date:
    """The day that a moment belongs to."""
    return (moment.astimezone(zone).replace(tzinfo=None) - BEGINS).date()


def beginning(day: date, zone: tzinfo | None = None) -> datetime:
    """The moment at which a day begins, in UTC."""
    wall = datetime.combine(day, time()) + BEGINS
    return (wall.replace(tzinfo=zone) if zone else wall).astimezone(UTC)


def end_of_today(now: datetime, zone: tzinfo | None = None) -> datetime:
    """The moment at which tomorrow begins, in UTC."""
    return beginning(day_of(now, zone) + timedelta(days=1), zone)


def between(start: str, end: str, zone: tzinfo | None = None) -> int:
    """Days from one moment to another; 0 on the same day, and also when the clock was put back."""
    return max(0, (day_of(moment_of(end), zone) - day_of(moment_of(start), zone)).days)


def interval(start: str, end: str) -> str:
    """How long that is: ``10 min``, ``8 days``, ``5.4 months``, ``1.4 years``."""
    seconds = (moment_of(end) - moment_of(start)).total_seconds()
    days = round(seconds / 86400)
    if seconds < 3600:
        return f"{max(1, round(seconds / 60))} min"
    if days < 1:
        return f"{round(seconds / 3600)} h"
    if days < 60:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days / 30.44:.1f} months" if days < 365 else f"{days / 365.25:.1f} years"


def when(due: str, now: datetime, zone: tzinfo | None = None) -> str:
    """When that is: ``now``, ``in 10 min``, ``today``, ``tomorrow``, ``in 8 days``, ``on 2027-03-01``."""
    moment = moment_of(due)
    if moment <= now:
        return "now"
    days = (day_of(moment, zone) - day_of(now, zone)).days
    if days < 1:
        return f"in {interval(text_of(now), due)}" if moment - now < timedelta(hours=1) else "today"
    if days == 1:
        return "tomorrow"
    return f"in {days} days" if days < 60 else f"on {day_of(moment, zone).isoformat()}"
