"""Statistics as plots: for a terminal, as lines of text, and as one SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath.formats import charts, charts_svg
from paperpath.workflow.words import clock, papers

if TYPE_CHECKING:
    from paperpath.workflow.measuring import ListStatistics, StageStatistics, Statistics

Kind = Literal["title", "text", "plot", "dim"]
_BAR = 24


class Shown(NamedTuple):
    """A line of the plots."""

    kind: Kind
    text: str
    tail: str = ""
    """What follows in plain letters."""


def lines(found: Statistics, width: int, *, ascii_only: bool = False) -> list[Shown]:
    """All of it, in lines of at most ``width`` cells as far as titles allow; titles may hold anything."""
    shown = [Shown("title", headline(found)), *(Shown("text", one) for one in remarks(found))]
    labels = [f"{week.first:%m-%d}" for week in found.weeks]
    for title, values in (
        ("Papers a week, read or skimmed", [week.read + week.skimmed for week in found.weeks]),
        ("Minutes a week, in the reader", [week.minutes for week in found.weeks]),
    ):
        shown += [Shown("text", ""), Shown("title", title)]
        if any(values):
            drawn = charts.columns(values, labels, width=width, ascii_only=ascii_only)
            shown += [*(Shown("plot", one) for one in drawn[:-1]), Shown("dim", drawn[-1])]
        else:
            shown.append(Shown("dim", f"nothing in the last {len(values)} weeks"))
    for number, one in enumerate(found.lists):
        if number == 0:
            shown += _stages(one, width, ascii_only)
        elif number == 1:
            shown += [Shown("text", ""), Shown("title", "Other lists")]
        if number:
            shown.append(_bar(one.title, one.progress.read, one.progress.total, one.minutes, width, ascii_only))
    if found.longest_read:
        shown += [Shown("text", ""), Shown("title", "Most time with")]
    for paper in found.longest_read:
        title = _clip(paper.title, width - 12, ascii_only=ascii_only)
        shown.append(Shown("text", f"{clock(paper.minutes):>10}  {title}"))
    return shown


def headline(found: Statistics) -> str:
    """How much was read in all."""
    time = f", {clock(found.minutes)} in the reader" if found.minutes else ""
    skimmed = f", {found.papers.skimmed} skimmed" if found.papers.skimmed else ""
    return f"{found.papers.read} of {papers(found.papers.total)} read{skimmed}{time}"


def remarks(found: Statistics) -> list[str]:
    """What else is worth a line; nothing about what was not done."""
    said = []
    if found.streak.now > 1:
        longest = f"; the longest row was {found.streak.longest}" if found.streak.longest > found.streak.now else ""
        said.append(f"You have read in {found.streak.now} weeks in a row{longest}")
    if done := [f"{found.passes[name]} {word}" for name, word in _DONE if found.passes.get(name)]:
        said.append(f"Passes: {', '.join(done)}")
    return said


_DONE = (("skim", "skimmed"), ("understand", "understood"), ("implement", "implemented"))


def svg(found: Statistics) -> str:
    """One picture of all plots."""
    labels = [f"{week.first:%m-%d}" for week in found.weeks]
    plots: list[charts_svg.Columns | charts_svg.Bars] = [
        charts_svg.Columns(
            "Papers a week",
            [week.read for week in found.weeks],
            labels,
            [week.skimmed for week in found.weeks],
            ("read", "skimmed"),
        ),
        charts_svg.Columns("Minutes a week, in the reader", [week.minutes for week in found.weeks], labels),
    ]
    if found.lists:
        first = found.lists[0]
        rows = [(stage.title, stage.progress.read, stage.progress.total) for stage in _with_papers(first)]
        plots.append(charts_svg.Bars(first.title, rows))
    return charts_svg.write(f"Reading, to {found.today}", headline(found), plots)


def _stages(one: ListStatistics, width: int, ascii_only: bool) -> list[Shown]:
    shown = [
        Shown("text", ""),
        Shown("title", f"{one.title}: {one.progress.read} of {papers(one.progress.total)} read"),
    ]
    return shown + [
        _bar(stage.title, stage.progress.read, stage.progress.total, stage.minutes, width, ascii_only)
        for stage in _with_papers(one)
    ]


def _with_papers(one: ListStatistics) -> list[StageStatistics]:
    """The stages in which there is something to count: one may have resources alone."""
    return [stage for stage in one.stages if stage.progress.total]


def _bar(title: str, done: int, total: int, minutes: int, width: int, ascii_only: bool) -> Shown:
    time = f", {clock(minutes)}" if minutes else ""
    drawn = charts.bar(done / total if total else 1.0, _BAR, ascii_only=ascii_only)
    edge = "|" if ascii_only else "▏"
    title = _clip(title, width - _BAR - 13 - len(time), ascii_only=ascii_only)
    return Shown("plot", f"{drawn}{edge}", f"{done:>3} of {total:<3} {title}{time}")


def _clip(text: str, width: int, *, ascii_only: bool) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: max(1, width - 1)]}{'~' if ascii_only else '…'}"
