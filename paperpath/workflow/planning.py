"""A plan for one reader: the way to a paper, how long it takes, when, and what was left out of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadInput
from paperpath.study import minutes
from paperpath.study.mentions import mentions
from paperpath.study.paces import stints, weeks
from paperpath.study.planning import folded
from paperpath.study.planning import plan as thought_out
from paperpath.workflow import meaning
from paperpath.workflow.texts import read_parsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from paperpath.library import Library, Row
    from paperpath.model import Guide, ParsedPaper, Record, Topic
    from paperpath.study.minutes import Estimate
    from paperpath.study.paces import Stint, Week
    from paperpath.study.planning import LeftOut, PlanStep, ReadingPlan, Way

MOST_HOURS = 168
USUAL_HOURS = 5.0
"""A week's hours, where dates are wanted and no pace is said."""
_MOST_MISSED = 8
_WORD = re.compile("[a-z]+")
_OFTEN = 3
"""Times that a technique must be named whose name is one ordinary word: of 23 papers, “attention” is paid in two."""


class Planned(NamedTuple):
    """One paper of the plan."""

    step: PlanStep
    title: str
    byline: str
    year: int | None
    estimate: Estimate
    know: tuple[str, ...]
    """Topics that its guide takes for granted and that the reader has not said they know."""
    stint: Stint | None
    """Its days; None without a pace."""

    @property
    def key(self) -> str:
        """Its citation key."""
        return self.step.key


class Missed(NamedTuple):
    """A technique that comes up although its paper is not on the way."""

    key: str
    """The paper that introduced it."""
    topic: str
    reader: str
    """Key of the planned paper that speaks of it, or needs it."""
    section: str
    """Where; empty where a list says that it is needed and the text is not here, or does not name it."""
    times: int
    skipped: bool
    """Whether the reader said not to read it; otherwise no list names it as needed."""


class MyPlan(NamedTuple):
    """The plan with all that is told about it."""

    plan: ReadingPlan
    papers: tuple[Planned, ...]
    """In reading order."""
    missed: tuple[Missed, ...]
    weeks: tuple[Week, ...]
    """Empty without a pace."""
    names: Mapping[str, str]
    """Key → title, for every paper of the library."""
    aside: tuple[str, ...]
    """Papers that were to be skipped and are not on the way."""

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(paper.estimate.minutes for paper in self.papers)


def plan(
    library: Library,
    targets: Sequence[str],
    *,
    start: date,
    skip: Sequence[str] = (),
    hours_a_week: float | None = None,
) -> MyPlan:
    """The way to what is named, for this reader.

    Args:
        library: the library.
        targets: each a key, id, title or technique.
        start: the first day.
        skip: papers that are not to be read, named in the same ways.
        hours_a_week: the pace; without one there are no dates.

    Raises:
        BadInput: something named is no paper or several, a target is skipped, or the pace is none.
    """
    pace = _pace(hours_a_week)
    way = meaning.way(library)
    wanted = [meaning.paper(library, text, way) for text in targets]
    skipped = {meaning.paper(library, text, way) for text in skip}
    if both := skipped.intersection(wanted):
        raise BadInput(f"{min(both)} is where the plan is to lead, so it cannot be skipped.")
    topics = {folded(name): name for name in library.known_topics()}
    found = thought_out(
        way,
        wanted,
        library.statuses(),
        known_papers=library.known_papers().keys(),
        known_topics=topics,
        skipped=skipped,
    )
    rows = {row.key: row for row in library.rows()}
    records = {step.key: library.get(step.key) for step in found.steps}
    texts = {key: read_parsed(library, key) if record.parsed else None for key, record in records.items()}
    guides, names = library.guides(), library.topics()
    estimates = {key: estimate(record, guides.get(key), texts[key]) for key, record in records.items()}
    timed = [(key, one.minutes) for key, one in estimates.items()]
    days = {one.key: one for one in stints(timed, start, pace)} if pace else {}
    papers = tuple(
        Planned(
            step,
            rows[step.key].title,
            rows[step.key].byline,
            rows[step.key].year,
            estimates[step.key],
            tuple(one for one in _asked_for(guides.get(step.key), names) if folded(one) not in topics),
            days.get(step.key),
        )
        for step in found.steps
    )
    return MyPlan(
        found,
        papers,
        tuple(_missed(way, found, rows, texts, topics)),
        weeks(timed, start, pace) if pace else (),
        {key: row.title for key, row in rows.items()},
        tuple(sorted(skipped - {out.key for out in found.left_out})),
    )


def at_pace(made: MyPlan, start: date, hours_a_week: float) -> MyPlan:
    """The same plan on other days; nothing is read for that. Raises BadInput if the pace is none."""
    pace = _pace(hours_a_week)
    assert pace is not None
    timed = [(one.key, one.estimate.minutes) for one in made.papers]
    days = stints(timed, start, pace)
    papers = tuple(one._replace(stint=stint) for one, stint in zip(made.papers, days, strict=True))
    return made._replace(papers=papers, weeks=weeks(timed, start, pace))


def _asked_for(guide: Guide | None, topics: Mapping[str, Topic]) -> list[str]:
    """The names of what a guide takes for granted."""
    return [topics[one].name if one in topics else one for one in guide.know] if guide else []


def estimate(record: Record, guide: Guide | None, parsed: ParsedPaper | None) -> Estimate:
    """How long a paper takes, by the best that is known of it."""
    paper = record.paper
    return minutes.estimate(
        guide=guide.minutes if guide else None,
        text=minutes.of_text(parsed) if parsed else None,
        pages=record.pdf.pages if record.pdf else minutes.pages_of(paper.pages, paper.comment),
    )


def _pace(hours: float | None) -> int | None:
    if hours is None:
        return None
    if not 0.1 <= hours <= MOST_HOURS:
        raise BadInput(f"A week of {hours:g} hours is no pace: say between 0.1 and {MOST_HOURS}.")
    return round(hours * 60)


def _missed(
    way: Way,
    found: ReadingPlan,
    rows: Mapping[str, Row],
    texts: Mapping[str, ParsedPaper | None],
    topics: Mapping[str, str],
) -> list[Missed]:
    skipped = [out for out in found.left_out if out.reason == "skipped"]
    missed = [_skipped(way, out, found, texts) for out in skipped]
    return missed + _unread(way, found, rows, texts, topics)


def _skipped(way: Way, out: LeftOut, found: ReadingPlan, texts: Mapping[str, ParsedPaper | None]) -> Missed:
    """Where a skipped paper is missed: where the target speaks of it, or else another paper of the plan."""
    introduced = way.introduces.get(out.key, ())
    for step in reversed(found.steps):  # the target is the last
        parsed = texts[step.key]
        for one in mentions(parsed, {out.key: introduced}) if parsed else ():
            return Missed(out.key, one.topic, step.key, one.section, one.times, True)
    needing = next((step.key for step in found.steps if out.key in way.needs.get(step.key, ())), "")
    return Missed(out.key, introduced[0] if introduced else "", needing, "", 0, True)


def _unread(
    way: Way,
    found: ReadingPlan,
    rows: Mapping[str, Row],
    texts: Mapping[str, ParsedPaper | None],
    topics: Mapping[str, str],
) -> list[Missed]:
    """Techniques of papers that are neither known nor planned, in the text of a target; those named most often first.

    A paper that came later, or that builds on the target, can't be meant by a word in it.
    """
    accounted = {step.key for step in found.steps} | {out.key for out in found.left_out} | set(found.spared)
    said = []
    for target in found.targets:
        parsed = texts.get(target)
        if parsed is None:
            continue
        year = rows[target].year or 9999
        candidates = {
            key: [topic for topic in introduced if folded(topic) not in topics]
            for key, introduced in way.introduces.items()
            if key not in accounted
            and rows[key].status == "unread"
            and (rows[key].year or 0) <= year
            and target not in way.needs.get(key, ())
        }
        said += [
            Missed(one.key, one.topic, target, one.section, one.times, False)
            for one in mentions(parsed, candidates)
            if one.times >= _OFTEN or not _WORD.fullmatch(one.topic)
        ]
    return sorted(said, key=lambda one: -one.times)[:_MOST_MISSED]
