"""What a day is for everything that is followed, and what became of a feed on it.

arXiv announces from Sunday to Thursday at midnight Eastern time, which is five o'clock UTC in winter and four in
summer. So a *day* here begins at five UTC. A feed that answered is not asked again on the same day; one that failed
is, by the next run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from paperpath.errors import PaperpathError
    from paperpath.library import Subscription

BEGINS = timedelta(hours=5)
"""After midnight UTC, when the day's feeds are there in winter; in summer they are an hour earlier."""
FRESH = timedelta(days=30)
"""A paper that a search finds is new for so long after its first version."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one feed in a run."""

    subscription: Subscription
    state: Literal["asking", "asked", "known", "busy", "failed", "off"]
    """``known``: it was asked today; ``busy``: another program is asking the feeds; ``asking`` comes before the end;
    ``off``: its service is not switched on."""
    new: tuple[str, ...] = ()
    """arXiv ids of the papers that no feed had told of before, in this version."""
    told: int = 0
    """Papers that it told of now."""
    error: PaperpathError | None = None
    elsewhere: int = 0
    """Papers of the last weeks that it told of and that are not on arXiv."""


def is_due(subscription: Subscription, now: datetime) -> bool:
    """Whether its feed may have something that did not come yet."""
    return subscription.asked is None or day_of(datetime.fromisoformat(subscription.asked)) < day_of(now)


def day_of(moment: datetime) -> date:
    """The day of announcements that a moment belongs to."""
    return (moment.astimezone(UTC) - BEGINS).date()
