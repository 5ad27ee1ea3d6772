"""The shortest sensible way to one paper: what it needs, over all reading lists together, less what is known.

*Shortest*: from the target back along ``needs``, never through a paper that is known or skipped. So each paper of a
plan is there because a later one needs it, and none can be left out.

*Sensible*: papers come in one order over all lists (:func:`order`), of which every plan is a part. So two papers
stand in the same order in every plan, and when the first one is read, the rest of the plan stays as it was.

Lists are curated one by one, and two of them may contradict each other: one says that a needs b, the other that b
needs a. The longer list is believed, and what would close a circle is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from paperpath.study.progress import in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from paperpath.model import ListEntry, ReadingList, Status

Reason = Literal["read", "skimmed", "known", "skipped"]


@dataclass(frozen=True, slots=True)
class Way:
    """All reading lists as one."""

    entries: dict[str, ListEntry]
    """Key → what the first list that says why says about it, in reading order."""
    needs: dict[str, tuple[str, ...]]
    """Key → what any list says that it needs, without circles."""
    introduces: dict[str, tuple[str, ...]]
    """Key → the techniques that any list says it introduced."""

    def unlocks(self, key: str) -> tuple[str, ...]:
        """Papers that need this one directly."""
        return tuple(other for other, needed in self.needs.items() if key in needed)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One paper of a plan."""

    key: str
    why: str
    introduces: tuple[str, ...]
    needs: tuple[str, ...]
    """Keys of the papers of this plan that it needs directly."""
    unlocks: tuple[str, ...]
    """Keys of the papers of this plan that need it directly."""
    opens: int
    """How many papers of all lists need it directly."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A paper that would be in the plan if it were not known or skipped."""

    key: str
    reason: Reason
    topic: str = ""
    """The technique that the reader knows, where that is why."""


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """What to read, in this order, the target last."""

    targets: tuple[str, ...]
    steps: tuple[PlanStep, ...]
    left_out: tuple[LeftOut, ...]
    """Known and skipped papers that the steps need, or that are targets."""
    spared: tuple[str, ...] = field(default=())
    """Papers that only those of :attr:`left_out` would need, in reading order."""


def one_way(lists: Iterable[ReadingList]) -> Way:
    """Put lists together: the longest first, those of the same length by name, whatever their order was."""
    entries: dict[str, ListEntry] = {}
    needs: dict[str, list[str]] = {}
    introduces: dict[str, dict[str, None]] = {}
    waited_for: set[str] = set()
    for one in sorted(lists, key=lambda one: (-len(one.entries), one.name)):
        here = {entry.key for entry in one.entries}
        for entry in one.entries:
            if entry.key not in entries or (entry.why and not entries[entry.key].why):
                entries[entry.key] = entry
            introduces.setdefault(entry.key, {}).update(dict.fromkeys(entry.introduces))
            mine = needs.setdefault(entry.key, [])
            for needed in entry.needs:
                # Nobody waits for most papers yet when their needs are read: no circle, and nothing to walk through.
                circle = entry.key == needed or (entry.key in waited_for and _reaches(needs, needed, entry.key))
                if needed in here and needed not in mine and not circle:
                    mine.append(needed)
                    waited_for.add(needed)
    order = in_order(entries, needs)
    return Way(
        {key: entries[key] for key in order},
        {key: tuple(needs[key]) for key in order},
        {key: tuple(introduces[key]) for key in order},
    )


def plan(
    way: Way,
    targets: Sequence[str],
    statuses: Mapping[str, Status],
    *,
    known_papers: Collection[str] = (),
    known_topics: Mapping[str, str] | None = None,
    skipped: Collection[str] = (),
) -> ReadingPlan:
    """The plan for one target or several.

    What was read or skimmed is known (as everywhere in :mod:`paperpath.study`); a target that was only skimmed is
    planned all the same, because whoever asks for the way to it means to read it.

    Args:
        way: all lists.
        targets: keys; they need not be on a list.
        statuses: the status of each key; a key that is missing is unread.
        known_papers: keys of papers that the reader said they know.
        known_topics: techniques that the reader said they know, folded with :func:`folded` → as written. A paper that
            introduced one of them is known.
        skipped: keys of papers that the reader does not want to read.
    """

    def reason(key: str, is_target: bool) -> LeftOut | None:
        if key in skipped:
            return LeftOut(key, "skipped")
        status = statuses.get(key, "unread")
        if status == "read" or (status == "skimmed" and not is_target):
            return LeftOut(key, "read" if status == "read" else "skimmed")
        if key in known_papers:
            return LeftOut(key, "known")
        said = (topics.get(folded(one)) for one in way.introduces.get(key, ()))
        topic = next(filter(None, said), "")
        return LeftOut(key, "known", topic) if topic else None

    topics = known_topics or {}
    wanted: set[str] = set()
    left_out: dict[str, LeftOut] = {}
    waiting = [*targets]
    while waiting:
        key = waiting.pop()
        if key in wanted or key in left_out:
            continue
        if out := reason(key, key in targets):
            left_out[key] = out
            continue
        wanted.add(key)
        waiting += way.needs.get(key, ())
    everything = _closure(way.needs, targets)
    order = [*way.entries, *(key for key in dict.fromkeys(targets) if key not in way.entries)]
    steps = tuple(_step(way, key, wanted) for key in order if key in wanted)
    return ReadingPlan(
        tuple(dict.fromkeys(targets)),
        steps,
        tuple(left_out[key] for key in order if key in left_out),
        tuple(key for key in order if key in everything and key not in wanted and key not in left_out),
    )


def folded(topic: str) -> str:
    """What two spellings of a technique have in common: ``Layer-Normalization`` is ``layer normalization``."""
    return " ".join(topic.casefold().replace("-", " ").split())


def _step(way: Way, key: str, wanted: Collection[str]) -> PlanStep:
    entry = way.entries.get(key)
    unlocks = way.unlocks(key)
    return PlanStep(
        key,
        entry.why if entry else "",
        way.introduces.get(key, ()),
        tuple(needed for needed in way.needs.get(key, ()) if needed in wanted),
        tuple(other for other in unlocks if other in wanted),
        len(unlocks),
    )


def _closure(needs: Mapping[str, Iterable[str]], keys: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = [*keys]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += needs.get(key, ())
    return found


def _reaches(needs: Mapping[str, Iterable[str]], start: str, end: str) -> bool:
    """Whether ``start`` needs ``end``, directly or not; a paper reaches itself."""
    return end in _closure(needs, [start])
