"""A plan to take along: as a page of Markdown with boxes to tick, and as days for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats import calendar
from paperpath.formats.markdown import plain
from paperpath.workflow.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from paperpath.library import Library
    from paperpath.workflow.planning import Missed, MyPlan, Planned

REASONS = {"read": "read", "skimmed": "skimmed", "known": "known", "skipped": "skipped"}


def markdown(library: Library, plan: MyPlan) -> str:
    """The page."""
    return "\n\n".join(_blocks(library, plan)) + "\n"


def ics(library: Library, plan: MyPlan, now: datetime) -> str:
    """Each paper on the days that it takes; read again by a calendar, the events move. The plan must have a pace."""
    events = [
        calendar.Event(
            _identity(library, paper.key),
            paper.stint.first,
            paper.stint.last,
            f"Read: {paper.title}",
            "\n\n".join(_about(plan, paper)),
            library.get(paper.key).paper.web_page or "",
        )
        for paper in plan.papers
        if paper.stint is not None
    ]
    return calendar.write(events, "Reading plan", now)


def missed_words(plan: MyPlan, one: Missed) -> str:
    """A sentence about a technique that is missed, without its full stop."""
    name = one.topic or plan.names[one.key]
    where = f"“{plan.names[one.reader]}”" if one.reader else "the plan"
    times = f", {one.times} times in all" if one.times > 1 else ""
    if one.skipped:
        paper = f" ({one.key})" if one.topic else ""
        comes = f"it comes up in {one.section} of {where}{times}" if one.section else f"{where} needs it"
        return f"You skip {name}{paper}: {comes}"
    return f"{name[:1].upper()}{name[1:]} comes up in {one.section} of {where}{times}, and you have not read {one.key}"


def left_out_words(plan: MyPlan) -> list[str]:
    """What is not in the plan, a line for each paper."""
    lines = []
    for out in plan.plan.left_out:
        said = f"you know {out.topic}" if out.topic else REASONS[out.reason]
        lines.append(f"{plan.names[out.key]} ({out.key}): {said}")
    return lines


def estimate_words(plan: MyPlan) -> str:
    """Where the minutes are from; empty if all of them are from guides or texts."""
    guessed = [paper for paper in plan.papers if paper.estimate.source == "assumed"]
    pages = [paper for paper in plan.papers if paper.estimate.source == "pages"]
    said = []
    if pages:
        said.append(f"{_papers(len(pages))} by the number of pages, at 3 minutes each")
    if guessed:
        said.append(f"{_papers(len(guessed))} of which no text or page is known, at an assumed hour each")
    return f"Minutes are estimates: {'; '.join(said)}" if said else ""


def _papers(count: int) -> str:
    return f"{count} paper{'' if count == 1 else 's'}"


def _blocks(library: Library, plan: MyPlan) -> Iterator[str]:
    aims = " and ".join(f"“{plain(plan.names[key])}”" for key in plan.plan.targets)
    yield f"# The way to {aims}"
    yield f"{_papers(len(plan.papers))}, about {clock(plan.minutes)}."
    by_key = {paper.key: paper for paper in plan.papers}
    if plan.weeks:
        begun: set[str] = set()
        for week in plan.weeks:
            yield f"## Week {week.number}: {week.first} to {week.last}"
            lines = []
            for key, minutes in week.parts:
                if key in begun:
                    lines.append(f"- {plain(by_key[key].title)}, the rest: {clock(minutes)}")
                else:
                    begun.add(key)
                    lines.append(_item(library, plan, by_key[key]))
            yield "\n".join(lines)
    else:
        yield "\n".join(_item(library, plan, paper) for paper in plan.papers)
    if out := left_out_words(plan):
        yield "## Left out"
        yield "\n".join(f"- {plain(line)}" for line in out)
        if plan.plan.spared:
            yield f"And {_papers(len(plan.plan.spared))} that only these would need."
    if plan.missed:
        yield "## Mind the gaps"
        yield "\n".join(f"- {plain(missed_words(plan, one))}." for one in plan.missed)
    if said := estimate_words(plan):
        yield f"*{said}.*"


def _item(library: Library, plan: MyPlan, paper: Planned) -> str:
    page = library.get(paper.key).paper.web_page
    title = plain(paper.title)
    linked = f"[{title}](<{page}>)" if page and not set(page) & set("<>\n") else title
    by = ", ".join(part for part in (plain(paper.byline), str(paper.year or "")) if part)
    lines = [f"- [ ] **{linked}**{f' ({by})' if by else ''}, {clock(paper.estimate.minutes)}, `{paper.key}`"]
    lines += [f"  {plain(line)}" for line in _about(plan, paper)]
    return "\\\n".join(lines)


def _about(plan: MyPlan, paper: Planned) -> Iterator[str]:
    if paper.step.why:
        yield paper.step.why
    if paper.know:
        yield f"Know before: {', '.join(paper.know)}."
    if paper.step.unlocks:
        yield f"Unlocks: {', '.join(plan.names[key] for key in paper.step.unlocks)}."


def _identity(library: Library, key: str) -> str:
    """What a paper keeps when its key changes: one is read once, whichever plan asks for it."""
    ids = library.get(key).paper.ids
    return f"read {ids[0].scheme}:{ids[0].value}" if ids else f"read {key}"
