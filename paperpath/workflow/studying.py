"""Studying: where the reader is on a list, and what comes next. The thinking is in :mod:`paperpath.study`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from paperpath import study
from paperpath.errors import BadInput
from paperpath.library.made_lists import MADE

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.model import ReadingList
    from paperpath.study import Next, Progress, Step


class ListProgress(NamedTuple):
    """A reading list and how far the reader is on it."""

    reading_list: ReadingList
    progress: Progress
    stages: tuple[Progress, ...]


class Path(NamedTuple):
    """A reading list as a way to walk: every paper in order, and where to go on."""

    reading_list: ReadingList
    steps: tuple[Step, ...]
    next: Next | None
    """None when everything is read."""
    progress: Progress
    stages: tuple[Progress, ...]
    beside: tuple[int, ...]
    """Resources that go with each stage; a stage may have nothing else."""


def progress(library: Library) -> list[ListProgress]:
    """All reading lists with progress."""
    statuses = library.statuses()
    return [
        ListProgress(one, study.progress(one, statuses), study.stage_progress(one, statuses)) for one in library.lists()
    ]


def path(library: Library, list_name: str | None = None) -> Path:
    """The way through a list; without a name, through the list that :func:`chosen_list` takes.

    Raises:
        UnknownList: there is no such list.
    """
    reading_list = chosen_list(library, list_name)
    statuses = library.statuses()
    counts = resource_counts(library)
    return Path(
        reading_list,
        study.path(reading_list, statuses),
        study.next_paper(reading_list, statuses, _names(library, reading_list)),
        study.progress(reading_list, statuses),
        study.stage_progress(reading_list, statuses),
        tuple(counts[stage.title] for stage in reading_list.stages),
    )


def resource_counts(library: Library) -> Counter[str]:
    """How many books, courses and the like go with the stages of each title."""
    return Counter(one.stage for one in library.resources().values())


def next_paper(library: Library, list_name: str | None = None) -> Next | None:
    """The paper to read next on a list and the reason; None when all of it is read."""
    return path(library, list_name).next


def chosen_list(library: Library, list_name: str | None = None) -> ReadingList:
    """The list of that name; without one, the list that the reader is on.

    That is the one with most papers begun and not all read; among those that are as far the first, which is the main
    list. A list that a person made out of papers is no path, and is taken only where there is nothing else.

    Raises:
        UnknownList: there is no list of that name.
        BadInput: there is no list at all.
    """
    if list_name is not None:
        return library.reading_list(list_name)
    rows = progress(library)
    if not rows:
        raise BadInput(f"There is no reading list. Put one into {library.files.reading_lists}.")
    origins = library.list_origins()
    rows = [row for row in rows if origins.get(row.reading_list.name) != MADE] or rows
    unfinished = [row for row in rows if row.progress.read < row.progress.total] or rows

    return max(unfinished, key=lambda row: row.progress.total - row.progress.unread).reading_list


def _names(library: Library, reading_list: ReadingList) -> dict[str, str]:
    """``Bahdanau +2 2014`` for each paper of the list: how a reason calls it."""
    rows = library.rows(list_name=reading_list.name)
    return {row.key: " ".join(part for part in (row.byline, str(row.year or "")) if part) or row.key for row in rows}
