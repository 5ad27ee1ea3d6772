"""Plans for one reader: the way to a paper (`path --to`), what they know already, and passes over a paper."""

from __future__ import annotations

import shutil
import sys
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadFile, BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.library import Library
    from paperpath.workflow.passing import Passes
    from paperpath.workflow.planning import MyPlan, Planned

    _F = TypeVar("_F", bound=Callable[..., Any])

USUAL_HOURS = 5.0
"""A week's hours for a calendar, where no pace is said."""
PASS_NAMES = ("skim", "understand", "implement")


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
    pace = USUAL_HOURS if hours is None and calendar else hours
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
        show.say(f"At {USUAL_HOURS:g} hours a week; another pace: --hours-a-week")
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
    from paperpath.durable import atomic_write

    if not path.absolute().parent.is_dir():
        raise BadFile(f"There is no folder {path.absolute().parent} to write {path.name} into.")
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
    lines = [*_wrapped(head, bold=True), ""]
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
                        safe.clip(f"      {safe.line(by_key[key].title)}: the rest, {clock(minutes)}", _width())
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
            lines += [show.style(title, bold=True), *(row for one in said for row in _wrapped(one, "  "))]
            lines += [*([f"  {more}"] if more else []), ""]
    if guessed := plan_files.estimate_words(made):
        lines += _wrapped(f"{guessed}.", dim=True)
    return "\n".join(lines).rstrip("\n")


def _spared(made: MyPlan) -> str:
    return f"and {show.plural(len(made.plan.spared), 'paper')} that only these would need" if made.plan.spared else ""


def _paper(paper: Planned, number: dict[str, str]) -> list[str]:
    from paperpath.workflow.words import clock

    by = ", ".join(part for part in (paper.byline, str(paper.year or "")) if part)
    about = "" if paper.estimate.source in ("guide", "text") else "~"
    tail = f"  {about}{clock(paper.estimate.minutes)}"
    lead = f"  {number[paper.key]:>2}  "
    room = max(_width() - len(lead) - len(tail), 20)
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
    lines.append(show.style(safe.clip(safe.line(f"{'; '.join(details)}"), max(_width() - 6, 20)), dim=True))
    lines[-1] = f"      {lines[-1]}"
    if paper.know:
        lines += _wrapped(f"know before: {', '.join(paper.know)}", "      ")
    return lines


def _width() -> int:
    """The terminal's; in a file or a pager's pipe, lines are not cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 200


def _wrapped(text: str, indent: str = "", **marks: Any) -> list[str]:
    width = min(_width(), 100)
    rows = textwrap.wrap(safe.line(text), width, initial_indent=indent, subsequent_indent=f"{indent}  ")
    return [show.style(row, **marks) if marks else row for row in rows]


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


# --------------------------------------------------------------------------- know


@command("know")
@click.argument("names", nargs=-1, metavar="[TOPIC|PAPER]...", shell_complete=complete_key)
@json_option('Print what you know as one JSON array: [{"name", "since", "key", "paper"}].')
def know(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """Say what you know already, so that no plan asks for it.

    A TOPIC is a technique that a reading list names (layer normalization), a PAPER a key, an arXiv id or a title. Who
    knows a technique need not read the paper that introduced it. Without a name, print what you know.

    \b
    Examples:
      paperpath know "layer normalization" dropout
      paperpath know rumelhart1986learning
      paperpath know
      paperpath unknow dropout
    """
    from paperpath.workflow import knowing

    with session.library() as library:
        found = knowing.know(library, names) if names else knowing.known(library)
    if as_json:
        show.json_document(
            [{"name": one.name, "since": one.since, "key": one.key, "paper": one.is_paper} for one in found]
        )
    elif names:
        show.say(f"You know {show.names([one.name for one in found])}. To take it back: paperpath undo")
    elif found:
        columns = (tables.Column("Known", most=40), tables.Column("Paper", most=28), tables.Column("Since", most=10))
        tables.table(columns, [(one.name, one.key or "", one.since[:10]) for one in found])
    else:
        show.say('You have not said yet what you know. For example: paperpath know "dropout"')


@command("unknow")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC|PAPER...")
def unknow(session: Session, names: tuple[str, ...]) -> None:
    """Take back that you know a topic or a paper.

    \b
    Examples:
      paperpath unknow "layer normalization"
      paperpath unknow rumelhart1986learning
    """
    from paperpath.workflow import knowing

    with session.library() as library:
        gone = knowing.unknow(library, names)
    show.say(f"No longer known: {show.names(gone)}. To take it back: paperpath undo")


# --------------------------------------------------------------------------- pass


@command("pass")
@click.argument("key", metavar="PAPER", shell_complete=complete_key)
@click.argument("name", metavar="[skim|understand|implement]", type=click.Choice(PASS_NAMES), required=False)
@click.option("--undo", "back", is_flag=True, help="The pass is to be done again.")
@json_option('Print one JSON object: {"key", "status", "passes": [{"name", "done", "sections", "checklist"}]}.')
def pass_(session: Session, key: str, name: str | None, back: bool, as_json: bool) -> None:
    """Show the three passes over a paper, or say that one is done.

    Skim to know what it is about, understand to tell others what it says, implement to have built it again. A paper
    that was skimmed becomes skimmed, one that was understood read; a status that you set yourself is never lowered,
    and stays if you set it back. The checklist is the one in the paper's note.

    \b
    Examples:
      paperpath pass vaswani2017attention
      paperpath pass vaswani2017attention skim
      paperpath pass vaswani2017attention skim --undo
      paperpath pass vaswani2017attention --json
    """
    from paperpath.workflow import passing

    with session.library() as library:
        found = library.resolve(key)
        if back and name is None:
            raise BadInput(f"Which pass is to be done again? For example: paperpath pass {found} skim --undo")
        said = _change_pass(library, found, name, back) if name else ""
        now = passing.passes(library, found)
    if as_json:
        show.json_document(_passes_json(now))
    elif said:
        show.say(said)
    else:
        show.out(_passes_text(now, session.settings.ascii))


def _change_pass(library: Library, key: str, name: str, back: bool) -> str:
    from paperpath.workflow import passing

    changed = passing.set_pass(library, key, name, done=not back)
    state = "to do" if back else "done"
    if not changed.changed:
        return f"{name} of {key} was {state} already."
    status = f", and the paper is {changed.status}" if changed.raised else f"; the paper stays {changed.status}"
    return f"{name} of {key}: {state}{status}."


def _passes_json(now: Passes) -> dict[str, Any]:
    return {
        "key": now.key,
        "title": now.title,
        "status": now.status,
        "passes": [
            {
                "name": one.name,
                "done": one.done_at,
                "about": one.about,
                "sections": list(one.sections),
                "task": one.task,
                "checklist": [{"text": item.text, "ticked": item.ticked} for item in one.checklist],
            }
            for one in now.passes
        ],
    }


def _passes_text(now: Passes, ascii_only: bool) -> str:
    done, todo = ("x", "-") if ascii_only else ("✓", "·")
    lines = [show.style(f"{safe.line(now.title)}  {now.status}", bold=True)]
    for one in now.passes:
        state = f"done {one.done_at[:10]}" if one.done_at else "to do"
        lines += ["", show.style(f"{done if one.done_at else todo} {one.name}: {state}", bold=True)]
        lines += _wrapped(one.about, "  ")
        if one.sections:
            lines += _wrapped(f"Read: {', '.join(one.sections)}", "  ")
        if one.task:
            lines += _wrapped(f"Task: {one.task}", "  ")
        for item in one.checklist:
            lines += _wrapped(f"[{'x' if item.ticked else ' '}] {item.text}", "  ")
    return "\n".join(lines)


COMMANDS = {"know": know, "unknow": unknow, "pass": pass_}
