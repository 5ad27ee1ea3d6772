"""A plan as lines: its weeks with their papers, what was left out, what will be missed; and one line in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath.tui.catalogue import Scope
from paperpath.tui.cells import Run, fit, safe, width_of
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.text import BLANK, Para, line
from paperpath.workflow.plan_files import missed_words
from paperpath.workflow.words import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.model import Status
    from paperpath.study.planning import LeftOut
    from paperpath.tui.catalogue import Catalogue
    from paperpath.tui.glyphs import Glyphs
    from paperpath.workflow.planning import MyPlan, Planned

SOURCES = {
    "guide": "by its guide",
    "text": "by the length of its text",
    "pages": "by its pages, 3 minutes each",
    "assumed": "assumed, for no text or page is known",
}
"""Where minutes are from, as :class:`~paperpath.study.minutes.Estimate` names it."""
REASONS = {
    "read": "You have read it.",
    "skimmed": "You have skimmed it.",
    "known": "You said that you know it.",
    "skipped": "You left it out of this plan.",
}
_DAY = 6
_WIDE = 52
"""Cells from which on there is room for days."""


class Step(NamedTuple):
    """One line."""

    kind: Literal["paper", "rest", "out", "missed", "heading", "word"]
    text: str
    key: str = ""
    """The paper that it is about."""
    number: int = 0
    """Of a paper, its place in the plan, from 1; of what is missed, its place among these, from 0."""
    right: str = ""
    """What stands at the right end: minutes, or a reason."""
    day: str = ""
    status: Status = "unread"


class StepList(LineList):
    """The lines; an item is an index into them."""

    steps: Sequence[Step] = ()

    @property
    def step(self) -> Step | None:
        """The line under the cursor."""
        return None if self.item is None else self.steps[self.item]

    def fill(self, steps: Sequence[Step]) -> None:
        """Show other lines; the cursor stays with its line, or goes to what took its place."""
        before, at = self.step, self.at
        self.steps = steps
        same = (number for number, one in enumerate(steps) if before and _name(one) == _name(before))
        self.show(range(len(steps)), keep=next(same, min(at, len(steps) - 1)))

    def selectable(self, item: int) -> bool:
        """Whether it is about a paper; the rest of one that has begun is not asked for twice."""
        return self.steps[item].kind in ("paper", "out", "missed")

    def draw(self, item: int, width: int) -> list[Run]:
        """A heading with its sum; or number, title, minutes and the first day."""
        one, glyphs = self.steps[item], self.glyphs
        right = f" {one.right}" if one.right else ""
        if one.kind == "word":
            return [(fit(f" {one.text}", width, glyphs.ellipsis), "good")]
        if one.kind == "heading":
            title = fit(f" {one.text} ", min(width_of(one.text) + 2, width - width_of(right) - 1), glyphs.ellipsis)
            rule = glyphs.rule * max(0, width - width_of(title) - width_of(right) - 1)
            return [(title, "title"), (rule, "dim"), (f"{right} ", "dim")]
        day = f" {one.day:{_DAY - 1}}" if width >= _WIDE and one.kind in ("paper", "rest") else ""
        lead = f"{one.number:>3} " if one.kind == "paper" else "    "
        sign = {"missed": glyphs.problem, "rest": " "}.get(one.kind, glyphs.status(one.status))
        room = max(8, width - len(lead) - 2 - width_of(right) - len(day) - 1)
        ink = "" if one.kind in ("paper", "missed") else "dim"
        return [
            (lead, "dim"),
            (f"{sign} ", "warn" if one.kind == "missed" else "accent" if one.status == "reading" else "dim"),
            (fit(safe(one.text), room, glyphs.ellipsis), ink),
            (f"{right}{day} ", "dim"),
        ]


def _name(one: Step) -> tuple[str, str]:
    return one.kind, one.key


def steps_of(made: MyPlan, catalogue: Catalogue) -> list[Step]:
    """The lines of a plan that has a pace."""
    found: list[Step] = []
    if not made.papers:
        found.append(Step("word", "Nothing is left to read on this way"))
    elif len(made.papers) == len(made.plan.targets):
        found.append(Step("word", _nothing_before(made, catalogue)))
    number = {paper.key: at for at, paper in enumerate(made.papers, 1)}
    by_key = {paper.key: paper for paper in made.papers}
    begun: set[str] = set()
    for week in made.weeks:
        title = f"Week {week.number}  {week.first} to {week.last}"
        found.append(Step("heading", title, right=clock(week.minutes)))
        for key, minutes in week.parts:
            paper = by_key[key]
            row = catalogue.row(key)
            if key in begun:
                found.append(Step("rest", f"the rest of {paper.title}", key, right=clock(minutes)))
                continue
            begun.add(key)
            about = "" if paper.estimate.source in ("guide", "text") else "~"
            day = paper.stint.first.isoformat()[5:] if paper.stint else ""
            status = row.status if row else "unread"
            right = f"{about}{clock(paper.estimate.minutes)}"
            found.append(Step("paper", paper.title, key, number[key], right, day, status))
    if made.missed:
        found.append(Step("heading", "Mind the gaps"))
        for at, one in enumerate(made.missed):
            name = one.topic or made.names[one.key]
            right = "left out" if one.skipped else "not read"
            found.append(Step("missed", f"{name[:1].upper()}{name[1:]}", one.key, at, right))
    if made.plan.left_out:
        found.append(Step("heading", "Left out"))
        for out in made.plan.left_out:
            row = catalogue.row(out.key)
            right = f"known: {safe(out.topic)}" if out.topic else out.reason
            status = row.status if row else "unread"
            found.append(Step("out", made.names[out.key], out.key, right=right, status=status))
    return found


def _nothing_before(made: MyPlan, catalogue: Catalogue) -> str:
    if made.plan.left_out:
        return "What it needs is known to you or left out: read it now"
    listed = any(catalogue.entry(key, Scope()) for key in made.plan.targets)
    return "Nothing comes before it" if listed else "It is on no reading list, so nothing is known to come before it"


def about(one: Step, made: MyPlan, catalogue: Catalogue, glyphs: Glyphs) -> list[Para]:
    """Everything about one line."""
    row = catalogue.row(one.key)
    said = [line(safe(made.names.get(one.key, one.key)), "title")]
    by = f" {glyphs.dot} ".join(part for part in (row.byline, str(row.year or ""), one.key) if part) if row else one.key
    said.append(line(safe(by), "dim"))
    if one.kind == "missed":
        said += [BLANK, line(safe(f"{missed_words(made, made.missed[one.number])}."), "warn")]
    elif one.kind == "out":
        said += [BLANK, *_out(next(out for out in made.plan.left_out if out.key == one.key), made)]
    else:
        said += _paper(made.papers[one.number - 1], made, glyphs)
    return said


def _out(out: LeftOut, made: MyPlan) -> Iterator[Para]:
    yield line(safe(f"You know {out.topic}, which it introduced." if out.topic else REASONS[out.reason]), "quote")
    if made.plan.spared:
        count = len(made.plan.spared)
        yield BLANK
        yield line(
            f"{count} paper{'s' * (count != 1)} that only what is left out would need "
            f"{'are' if count != 1 else 'is'} spared with it.",
            "dim",
        )


def _paper(paper: Planned, made: MyPlan, glyphs: Glyphs) -> list[Para]:
    estimate, stint, step = paper.estimate, paper.stint, paper.step
    said = [Para(((clock(estimate.minutes), "accent"), (f"  {SOURCES[estimate.source]}", "dim")))]
    if stint is not None:
        days = str(stint.first) if stint.first == stint.last else f"{stint.first} to {stint.last}"
        said.append(line(days, "dim"))
    if step.why:
        said += [BLANK, line("WHY", "dim strong"), line(safe(step.why))]
    if step.introduces:
        said += [BLANK, line("INTRODUCES", "dim strong"), line(safe(", ".join(step.introduces)))]
    if paper.know:
        said += [BLANK, line("KNOW BEFORE", "dim strong"), line(safe(", ".join(paper.know)))]
    number = {one.key: at for at, one in enumerate(made.papers, 1)}
    for heading, keys in (("NEEDS", step.needs), ("UNLOCKS", step.unlocks)):
        beyond = step.opens - len(step.unlocks) if heading == "UNLOCKS" else 0
        if keys or beyond:
            said += [BLANK, line(heading, "dim strong")]
        said += [
            Para(((f"{number[key]:>2} ", "dim"), (safe(made.names[key]), "")), indent=3)
            for key in keys
            if key in number
        ]
        if beyond:
            papers = f"paper{'s' * (beyond != 1)}"
            said.append(line(f"{glyphs.bullet}  {beyond} {'more ' if keys else ''}{papers} beyond this plan", "dim"))
    return said
