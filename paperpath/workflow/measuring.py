"""What was read, when, and how far it brought the reader: everything from what the library has recorded.

Papers count in the week in which their status was first reached; minutes are those that the reader of the interface
recorded, from the day on when it began to. Days are those where the reader is, not UTC's.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from paperpath import study
from paperpath.library.made_lists import MADE
from paperpath.study.diary import by_week, streak
from paperpath.workflow import studying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library import Library
    from paperpath.model import ReadingList
    from paperpath.study import Progress
    from paperpath.study.diary import Streak, WeekRead

WEEKS = 12
MOST_WEEKS = 520
_MOST_PAPERS = 10


class PaperTime(NamedTuple):
    """A paper and the minutes with it."""

    key: str
    title: str
    minutes: int


class StageStatistics(NamedTuple):
    """A stage of a list."""

    title: str
    progress: Progress
    minutes: int


class ListStatistics(NamedTuple):
    """A reading list."""

    name: str
    title: str
    progress: Progress
    minutes: int
    stages: tuple[StageStatistics, ...]


class Statistics(NamedTuple):
    """All of it."""

    today: date
    papers: Progress
    """Over the whole library."""
    minutes: int
    passes: dict[str, int]
    """Name of a pass → papers with which it is done."""
    weeks: tuple[WeekRead, ...]
    """The last ones, the present one last."""
    streak: Streak
    longest_read: tuple[PaperTime, ...]
    """The papers with most minutes, at most ten."""
    lists: tuple[ListStatistics, ...]
    """The one that the reader is on first, then by name."""


def statistics(library: Library, today: date, *, weeks: int = WEEKS, list_name: str | None = None) -> Statistics:
    """Count.

    Args:
        library: the library.
        today: the present day where the reader is.
        weeks: how many weeks are told one by one.
        list_name: the list that comes first, when it is not the one that the reader is on.

    Raises:
        UnknownList: there is no list of that name.
    """
    reached, minutes, passes = library.reached(), library.minutes(), library.all_passes()
    statuses = library.statuses()
    spent: Counter[str] = Counter()
    by_day: Counter[date] = Counter()
    for one in minutes:
        spent[one.key] += one.minutes
        by_day[date.fromisoformat(one.day)] += one.minutes
    read, skimmed = _days(one.read for one in reached), _days(one.skimmed for one in reached)
    passed = _days(at for _, _, at in passes)
    others = [*_days(one.reading for one in reached), *_days(library.marked())]
    counts = Counter(statuses.values())
    titles = {row.key: row.title for row in library.rows()} if spent else {}
    return Statistics(
        today,
        study.Progress(len(statuses), counts["read"], counts["skimmed"], counts["reading"]),
        sum(spent.values()),
        dict(Counter(name for _, name, _ in passes)),
        by_week(today, weeks, read=read, skimmed=skimmed, minutes=by_day, passes=passed),
        streak(today, [*read, *skimmed, *passed, *others, *by_day]),
        tuple(PaperTime(key, titles[key], value) for key, value in spent.most_common(_MOST_PAPERS)),
        tuple(_list(one, library, spent) for one in _lists(library, list_name)),
    )


def _lists(library: Library, list_name: str | None) -> list[ReadingList]:
    origins = library.list_origins()
    every = [one for one in library.lists() if one.entries and (origins.get(one.name) != MADE or one.name == list_name)]
    if not every:
        return [library.reading_list(list_name)] if list_name else []
    first = studying.chosen_list(library, list_name)
    return [first, *(one for one in every if one.name != first.name)]


def _list(one: ReadingList, library: Library, spent: Counter[str]) -> ListStatistics:
    statuses = library.statuses()
    stages = tuple(
        StageStatistics(stage.title, progress, sum(spent[entry.key] for entry in stage.entries))
        for stage, progress in zip(one.stages, study.stage_progress(one, statuses), strict=True)
    )
    minutes = sum(spent[entry.key] for entry in one.entries)
    return ListStatistics(one.name, one.title, study.progress(one, statuses), minutes, stages)


def _days(moments: Iterable[str | None]) -> list[date]:
    """The days of moments as the library keeps them; what another program may have written there is left out."""
    days = []
    for moment in moments:
        try:
            days.append(datetime.fromisoformat(moment or "").astimezone().date())
        except ValueError:
            continue
    return days
