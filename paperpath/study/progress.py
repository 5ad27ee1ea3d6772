"""How far a reader is on a reading list, and which paper to read next and why. Pure: lists and statuses in, words out.

What a status means here, because the four are not a scale:

* ``read`` is done. It alone counts as progress.
* ``skimmed`` is known: a paper that builds on it can be started, because the first pass gives the idea and its names,
  which is what the next paper takes for granted. It is not done, and comes back at the end of the list.
* ``reading`` is open: it is proposed before anything new, and what needs it still waits.

The order of a list is its curator's, and ``next_paper`` follows it: the first paper whose prerequisites are known. How
many papers it unlocks is told, but does not choose. When it did, a newcomer was sent to a proof about stability before
the essay that opens the list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from paperpath.model import ListEntry, ReadingList, Status

KNOWN: frozenset[Status] = frozenset(("read", "skimmed"))
"""Statuses that satisfy a prerequisite."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a list or a stage is behind the reader."""

    total: int
    read: int = 0
    skimmed: int = 0
    reading: int = 0

    @property
    def unread(self) -> int:
        """Papers not opened yet."""
        return self.total - self.read - self.skimmed - self.reading

    def counts(self) -> dict[str, int]:
        """Papers in all and by status."""
        return {name: getattr(self, name) for name in ("total", "read", "skimmed", "reading", "unread")}

    @property
    def fraction(self) -> float:
        """Read papers, 0 to 1; an empty list is done."""
        return self.read / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """One paper of a list as seen from where the reader is."""

    entry: ListEntry
    stage: int
    """Index into the list's stages."""
    status: Status
    missing: tuple[str, ...]
    """Keys of direct prerequisites that are not known yet."""
    unlocks: tuple[str, ...]
    """Keys of papers that name this one as needed."""

    @property
    def key(self) -> str:
        """The paper's key."""
        return self.entry.key

    @property
    def ready(self) -> bool:
        """Whether everything it needs is known."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Next:
    """The paper to read next."""

    step: Step
    reason: str
    """A sentence without capital or full stop: ``unlocks 3 papers; you have read what it needs: …``."""


def progress(reading_list: ReadingList, statuses: Mapping[str, Status]) -> Progress:
    """Progress on the whole list."""
    return _progress(reading_list.entries, statuses)


def stage_progress(reading_list: ReadingList, statuses: Mapping[str, Status]) -> tuple[Progress, ...]:
    """Progress on each stage."""
    return tuple(_progress(stage.entries, statuses) for stage in reading_list.stages)


def path(reading_list: ReadingList, statuses: Mapping[str, Status]) -> tuple[Step, ...]:
    """All papers in reading order: the curator's, except that a paper never stands before one it needs."""
    unlocks: dict[str, list[str]] = {}
    for entry in reading_list.entries:
        for needed in entry.needs:
            unlocks.setdefault(needed, []).append(entry.key)
    stages = {entry.key: number for number, stage in enumerate(reading_list.stages) for entry in stage.entries}
    return tuple(
        Step(
            entry,
            stages[entry.key],
            statuses.get(entry.key, "unread"),
            tuple(key for key in entry.needs if statuses.get(key, "unread") not in KNOWN),
            tuple(unlocks.get(entry.key, ())),
        )
        for entry in _entries_in_order(reading_list)
    )


def next_paper(
    reading_list: ReadingList, statuses: Mapping[str, Status], names: Mapping[str, str] | None = None
) -> Next | None:
    """What to read next and why; None when the whole list is read.

    Args:
        reading_list: the list.
        statuses: the status of each key; a key that is missing is unread.
        names: how to call the papers in the reason; their keys without it.
    """
    steps = path(reading_list, statuses)
    called = names or {}
    for step in steps:
        if step.status == "reading":
            return Next(step, "you are in the middle of it")
    unread = [step for step in steps if step.status == "unread"]
    ready = [step for step in unread if step.ready]
    if ready:
        waiting = {step.key for step in unread}
        chosen = ready[0]
        return Next(chosen, _why(chosen, len(waiting.intersection(chosen.unlocks)), statuses, called))
    if unread:  # only a list with a circle gets here; those are refused when they are read, but never hang
        return Next(unread[0], f"it still needs {_names(unread[0].missing, called)}")
    for step in steps:
        if step.status == "skimmed":
            return Next(step, "you have only skimmed it, and everything else on this list is read")
    return None


def _why(step: Step, opens: int, statuses: Mapping[str, Status], called: Mapping[str, str]) -> str:
    reasons = []
    if opens:
        reasons.append(f"unlocks {opens} paper{'s' if opens > 1 else ''}")
    if step.entry.needs:
        skimmed = any(statuses.get(key) == "skimmed" for key in step.entry.needs)
        verb = "read or skimmed" if skimmed else "read"
        reasons.append(f"you have {verb} what it needs: {_names(step.entry.needs, called)}")
    else:
        reasons.append("it needs nothing before it")
    return "; ".join(reasons)


def _names(keys: Iterable[str], called: Mapping[str, str], limit: int = 3) -> str:
    names = [called.get(key, key) for key in keys]
    if len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit} more"
    return ", ".join(names)


def _progress(entries: Iterable[ListEntry], statuses: Mapping[str, Status]) -> Progress:
    counts = Counter(statuses.get(entry.key, "unread") for entry in entries)
    return Progress(counts.total(), counts["read"], counts["skimmed"], counts["reading"])


def _entries_in_order(reading_list: ReadingList) -> list[ListEntry]:
    entries = {entry.key: entry for entry in reading_list.entries}
    return [entries[key] for key in in_order(entries, {key: entry.needs for key, entry in entries.items()})]


def in_order(entries: Iterable[str], needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Depth first in the order of ``entries``, so that it is their own order wherever that is a valid one.

    Without recursion, because a user's list may be a chain of any length, and safe on a circle.
    """
    listed = list(entries)
    known = set(listed)
    placed: dict[str, None] = {}
    entered: set[str] = set()
    stack = listed[::-1]
    while stack:
        key = stack[-1]
        before = [needed for needed in needs.get(key, ()) if needed in known and needed not in entered]
        if key not in entered and before:
            entered.add(key)
            stack += reversed(before)
            continue
        entered.add(key)
        stack.pop()
        placed.setdefault(key)
    return list(placed)
