"""What `paperpath path --to` shows and writes: a plan for one reader. The command itself is among those of lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from paperpath.cli import safe, show
from paperpath.cli.complete import complete_key
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.cli.session import Session
    from paperpath.workflow.planning import MyPlan, Planned

    _F = TypeVar("_F", bound=Callable[..., Any])


def plan_options(function: _F) -> _F:
    """The options that make a plan of ``paperpath path``."""
    options = (
        click.option(
            "--to",
            "targets",
            multiple=True,
            metavar="PAPER",
            shell_complete=complete_key,
            help="The way to PAPER, over all lists. May be given several times.",
        ),
        click.option(
            "--skip",
            multiple=True,
            metavar="PAPER",
            shell_complete=complete_key,
            help="With --to: leave PAPER out, known or not.",
        ),
        click.option(
            "--hours-a-week", "hours", type=float, metavar="HOURS", help="With --to: week by week, with dates."
        ),
        click.option("--start", metavar="DAY", help="With --to: the first day, as 2026-01-31; default: today."),
        click.option("--markdown", "page", metavar="FILE", help="With --to: write the plan to FILE; - prints it."),
        click.option("--ics", "calendar", metavar="FILE", help="With --to: write days for a calendar; - prints them."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def show_plan(
    session: Session,
    targets: Sequence[str],
    *,
    skip: Sequence[str],
    hours: float | None,
    start: str | None,
    page: str | None,
    calendar: str | None,
    as_json: bool,
) -> None:
    """Make a plan and show it, or write it into files."""
    from paperpath.workflow import plan_files, planning

    if (page, calendar).count("-") + as_json > 1:
        raise BadInput("Only one of --markdown -, --ics - and --json can be printed at a time.")
    first = _day(start)
    pace = planning.USUAL_HOURS if hours is None and calendar else hours
    with session.library() as library:
        made = planning.plan(library, targets, start=first, skip=skip, hours_a_week=pace)
        written = {
            path: text(library, made)
            for path, text in (
                (page, plan_files.markdown),
                (calendar, lambda library, made: plan_files.ics(library, made, datetime.now(UTC))),
            )
            if path
        }
        problem = "" if made.papers else _nothing_to_read(made)
    if problem:
        show.say(problem)
    for path, text in written.items():
        if path == "-":
            # Bytes, because the lines of a calendar end with CRLF on every system.
            click.echo((safe.block(text) if path == page else text).encode(), nl=False)
        else:
            _write(Path(path), text)
            show.say(f"Wrote {show.plural(len(made.papers), 'paper')} to {path}")
    if made.aside:
        show.say(f"Not on the way, so there is nothing to skip: {', '.join(made.aside)}")
    if calendar and hours is None:
        show.say(f"At {planning.USUAL_HOURS:g} hours a week; another pace: --hours-a-week")
    if as_json:
        show.json_document(_json(made))
    elif not written and made.papers:
        show.out(_text(made))


def _day(text: str | None) -> date:
    if text is None:
        return date.today()  # noqa: DTZ011 - the reader's own day is meant
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is no day. Write it as 2026-01-31.") from None


def _write(path: Path, text: str) -> None:
    from paperpath.durable import atomic_write, require_folder

    require_folder(path)
    atomic_write(path, text)


def _nothing_to_read(made: MyPlan) -> str:
    from paperpath.workflow.plan_files import left_out_words

    return f"There is nothing to read: {'; '.join(left_out_words(made))}."


# --------------------------------------------------------------------------- the plan


def _text(made: MyPlan) -> str:
    from paperpath.workflow import plan_files
    from paperpath.workflow.words import clock

    aims = " and ".join(f"“{made.names[key]}”" for key in made.plan.targets)
    head = f"The way to {aims}: {show.plural(len(made.papers), 'paper')}, about {clock(made.minutes)}"
    lines = [*show.wrapped(head, further="  ", bold=True), ""]
    number = {paper.key: str(at + 1) for at, paper in enumerate(made.papers)}
    by_key = {paper.key: paper for paper in made.papers}
    if made.weeks:
        begun: set[str] = set()
        for week in made.weeks:
            lines.append(
                show.style(f"Week {week.number}, {week.first} to {week.last}, {clock(week.minutes)}", bold=True)
            )
            for key, minutes in week.parts:
                if key in begun:
                    lines.append(
                        safe.clip(f"      {safe.line(by_key[key].title)}: the rest, {clock(minutes)}", show.width())
                    )
                else:
                    begun.add(key)
                    lines += _paper(by_key[key], number)
            lines.append("")
    else:
        for paper in made.papers:
            lines += _paper(paper, number)
        lines.append("")
    for title, said, more in (
        ("Left out", plan_files.left_out_words(made), _spared(made)),
        ("Mind the gaps", [f"{plan_files.missed_words(made, one)}." for one in made.missed], ""),
    ):
        if said:
            lines += [show.style(title, bold=True), *(row for one in said for row in show.wrapped(one, "  ", "    "))]
            lines += [*([f"  {more}"] if more else []), ""]
    if guessed := plan_files.estimate_words(made):
        lines += show.wrapped(f"{guessed}.", further="  ", dim=True)
    return "\n".join(lines).rstrip("\n")


def _spared(made: MyPlan) -> str:
    return f"and {show.plural(len(made.plan.spared), 'paper')} that only these would need" if made.plan.spared else ""


def _paper(paper: Planned, number: dict[str, str]) -> list[str]:
    from paperpath.workflow.words import clock

    by = ", ".join(part for part in (paper.byline, str(paper.year or "")) if part)
    about = "" if paper.estimate.source in ("guide", "text") else "~"
    tail = f"  {about}{clock(paper.estimate.minutes)}"
    lead = f"  {number[paper.key]:>2}  "
    room = max(show.width() - len(lead) - len(tail), 20)
    title = safe.clip(safe.line(paper.title), room)
    lines = [f"{lead}{title}{show.style(tail, dim=True)}"]
    details = [f"{paper.key}{f' ({by})' if by else ''}"]
    if paper.step.unlocks:
        details.append(f"unlocks {', '.join(number[key] for key in paper.step.unlocks)}")
    if len(paper.step.unlocks) < paper.step.opens:
        beyond = paper.step.opens - len(paper.step.unlocks)
        details.append(
            f"{beyond} more beyond this plan" if paper.step.unlocks else f"unlocks {beyond} beyond this plan"
        )
    lines.append(show.style(safe.clip(safe.line(f"{'; '.join(details)}"), max(show.width() - 6, 20)), dim=True))
    lines[-1] = f"      {lines[-1]}"
    if paper.know:
        lines += show.wrapped(f"know before: {', '.join(paper.know)}", "      ", "        ")
    return lines


def _json(made: MyPlan) -> dict[str, Any]:
    return {
        "to": list(made.plan.targets),
        "minutes": made.minutes,
        "papers": [
            {
                "key": paper.key,
                "title": paper.title,
                "authors": paper.byline,
                "year": paper.year,
                "minutes": paper.estimate.minutes,
                "minutes_from": paper.estimate.source,
                "first_day": paper.stint.first.isoformat() if paper.stint else None,
                "last_day": paper.stint.last.isoformat() if paper.stint else None,
                "why": paper.step.why,
                "introduces": list(paper.step.introduces),
                "needs": list(paper.step.needs),
                "unlocks": list(paper.step.unlocks),
                "unlocks_in_all": paper.step.opens,
                "know": list(paper.know),
            }
            for paper in made.papers
        ],
        "weeks": [
            {
                "week": week.number,
                "first_day": week.first.isoformat(),
                "last_day": week.last.isoformat(),
                "minutes": week.minutes,
                "papers": [{"key": key, "minutes": minutes} for key, minutes in week.parts],
            }
            for week in made.weeks
        ],
        "left_out": [{"key": out.key, "reason": out.reason, "topic": out.topic} for out in made.plan.left_out],
        "spared": list(made.plan.spared),
        "missed": [one._asdict() for one in made.missed],
    }
