"""Commands about reading lists: which there are, the way through one, and the next paper on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.complete import complete_list
from paperpath.cli.planning import plan_options, show_plan
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library import Library, Row
    from paperpath.model import Record, Stage, Status
    from paperpath.study import Next, Progress, Step
    from paperpath.workflow.studying import Path

MARKS: dict[Status, str] = {"read": "✓", "skimmed": "~", "reading": "▸", "unread": "·"}
ASCII_MARKS: dict[Status, str] = {"read": "x", "skimmed": "~", "reading": ">", "unread": "-"}
NONE_LEFT = "Everything on this list is read. Other lists: paperpath lists"

list_argument = click.argument("list_name", metavar="[LIST]", required=False, shell_complete=complete_list)


@command("lists")
@json_option('Print one JSON array: [{"name", "title", "about", "total", "read", "skimmed", "reading", "unread"}].')
def lists(session: Session, as_json: bool) -> None:
    """Show the reading lists with your progress.

    Lists come with paperpath. Your own go into the folder reading_lists of the library: NAME.toml for the plan and
    NAME.bib for its papers, or a line such as from = "zero-to-hero" in the plan to take those of another list; they are
    taken in by the next command. In `paperpath tui`, a makes lists out of papers
    that are there.

    \b
    Examples:
      paperpath lists
      paperpath lists --json
    """
    from paperpath.workflow import opening, studying

    with session.library() as library:
        rows = studying.progress(library)
        problems = opening.list_problems(library)
    if as_json:
        show.json_document(
            [
                {"name": r.reading_list.name, "title": r.reading_list.title, "about": r.reading_list.about}
                | r.progress.counts()
                for r in rows
            ]
        )
    else:
        columns = (tables.Column("List"), tables.Column("Read", right=True), tables.Column("Title", share=1))
        tables.table(columns, [(r.reading_list.name, _read(r.progress), r.reading_list.title) for r in rows])
    for problem in problems:
        show.fail(problem.message, about=f"the {problem.what} {problem.name} is left out")


@command("path")
@list_argument
@plan_options
@json_option("Print one JSON object: progress, next paper, stages with their papers; with --to, the plan.")
def path(session: Session, list_name: str | None, as_json: bool, targets: tuple[str, ...], **options: Any) -> None:
    """Show the way through a list, or the shortest one to a paper.

    Stages, prerequisites, progress, and the next paper with the reason for it. Without LIST, the one you are on. A
    paper never stands before one it needs.

    With --to PAPER (a title, a key, an arXiv id, or a technique that it introduced) the shortest way there: all that
    it needs, over all lists together, without what you have read, skimmed, or said that you know (paperpath know).
    Each paper with its minutes, from its guide or its text where they are here; ~ means an estimate. It says what was
    left out, and which techniques come up in the text of PAPER that you would meet unprepared. A calendar that reads
    the file of --ics again moves the days and adds nothing twice.

    \b
    Examples:
      paperpath path
      paperpath path zero-to-hero | less
      paperpath path --to "Attention Is All You Need"
      paperpath path --to transformer --hours-a-week 5 --skip "layer normalization"
      paperpath path --to 1706.03762 --hours-a-week 3 --start 2026-12-01 --ics plan.ics
      paperpath path --to vaswani2017attention --markdown plan.md
      paperpath path --json
    """
    if targets:
        if list_name:
            raise BadInput(f"A way to a paper goes over all lists: leave {list_name} out, or --to.")
        show_plan(session, targets, as_json=as_json, **options)
        return
    if any(options.values()):
        raise BadInput("--skip, --hours-a-week, --start, --markdown and --ics go with --to PAPER.")
    from paperpath.workflow import studying

    with session.library() as library:
        way = studying.path(library, list_name)
        rows = _rows(library, way.reading_list.name)
        following = _next_text(way.next, rows, library) if way.next else NONE_LEFT
    if as_json:
        show.json_document(_path_json(way, rows))
    else:
        show.out(f"{_path_text(way, rows, session.settings.ascii)}\n\n{'Next: ' if way.next else ''}{following}")


@command("next")
@list_argument
@click.option("--key", "only_key", is_flag=True, help="Print its citation key alone.")
@json_option('Print one JSON object: {"list", "key", "title", …, "why", "reason"}; null when all is read.')
def next_(session: Session, list_name: str | None, only_key: bool, as_json: bool) -> None:
    """Show the next paper to read on a list, and why.

    Without LIST, the one you are on. What you are reading comes first; then a paper whose prerequisites you know, in
    the earliest stage that has one, and there the one that opens the way to most others.

    \b
    Examples:
      paperpath next
      paperpath fetch "$(paperpath next --key)"
      paperpath next --json
    """
    from paperpath.workflow import studying

    with session.library() as library:
        way = studying.path(library, list_name)
        rows = _rows(library, way.reading_list.name)
        text = _next_text(way.next, rows, library) if way.next else ""
    if as_json:
        found = way.next and {"list": way.reading_list.name} | _step_json(way.next.step, rows)
        show.json_document(found and {**found, "reason": way.next.reason if way.next else ""})
    elif way.next is None:
        show.say(NONE_LEFT)
    elif only_key:
        show.out(way.next.step.key)
    else:
        show.out(text)


def _rows(library: Library, list_name: str) -> dict[str, Row]:
    return {row.key: row for row in library.rows(list_name=list_name)}


def _read(progress: Progress) -> str:
    return f"{progress.read} of {progress.total}"


# --------------------------------------------------------------------------- JSON


def _path_json(way: Path, rows: dict[str, Row]) -> dict[str, Any]:
    stages = enumerate(zip(way.reading_list.stages, way.stages, way.beside, strict=True))
    return {
        "list": way.reading_list.name,
        "title": way.reading_list.title,
        "about": way.reading_list.about,
        "progress": way.progress.counts(),
        "next": way.next and {"key": way.next.step.key, "reason": way.next.reason},
        "stages": [
            {
                "title": stage.title,
                "about": stage.about,
                "progress": progress.counts(),
                "resources": beside,
                "papers": [_step_json(step, rows) for step in _of_stage(way.steps, number)],
            }
            for number, (stage, progress, beside) in stages
        ],
    }


def _step_json(step: Step, rows: dict[str, Row]) -> dict[str, Any]:
    row = rows[step.key]
    return {
        "key": step.key,
        "title": row.title,
        "authors": row.byline,
        "year": row.year,
        "status": step.status,
        "pdf": row.has_pdf,
        "why": step.entry.why,
        "introduces": list(step.entry.introduces),
        "needs": list(step.entry.needs),
        "missing": list(step.missing),
        "unlocks": list(step.unlocks),
    }


def _of_stage(steps: Iterable[Step], stage: int) -> list[Step]:
    return [step for step in steps if step.stage == stage]


# --------------------------------------------------------------------------- text


def _path_text(way: Path, rows: dict[str, Row], ascii_only: bool) -> str:
    marks = ASCII_MARKS if ascii_only else MARKS
    widest = max((safe.width(step.key) for step in way.steps), default=0)
    lines = [show.style(f"{safe.line(way.reading_list.title)}  {_read(way.progress)} read", bold=True)]
    for number, (stage, progress) in enumerate(zip(way.reading_list.stages, way.stages, strict=True)):
        read = f"  {_read(progress)}" if progress.total else ""
        lines += ["", show.style(f"{number + 1}. {safe.line(stage.title)}{read}", bold=True)]
        if not progress.total:
            lines += _without_papers(stage, way.beside[number])
        for step in _of_stage(way.steps, number):
            lines.append(_step_text(step, rows[step.key], marks, min(widest, 32)))
    return "\n".join(lines)


def _without_papers(stage: Stage, beside: int) -> list[str]:
    """What there is to do in a stage in which there is nothing to read."""
    told = [*show.wrapped(stage.about, "  ")]
    if beside:
        told.append(f'  {show.plural(beside, "resource")}: paperpath resources "{safe.line(stage.title)}"')
    return told


def _step_text(step: Step, row: Row, marks: dict[Status, str], widest: int) -> str:
    head = f"  {marks[step.status]} {safe.pad(safe.clip(step.key, widest), widest)}  "
    needs = f"  needs {', '.join(step.missing)}" if step.missing and step.status == "unread" else ""
    # The title is what a person knows a paper by, so what it needs gives way first.
    title = safe.clip(safe.line(row.title), max(show.width() - safe.width(head), 10))
    room = show.width() - safe.width(head) - safe.width(title)
    needs = safe.clip(needs, room) if room > len("  needs x…") else ""
    plain = show.style(title, dim=True) if step.status == "read" else title
    return head + plain + show.style(needs, dim=True)


def _next_text(following: Next, rows: dict[str, Row], library: Library) -> str:
    step, row = following.step, rows[following.step.key]
    by = ", ".join(part for part in (row.byline, str(row.year or "")) if part)
    lines = [show.style(step.key, bold=True), *show.wrapped(f"{row.title}" + (f" ({by})" if by else ""), "  ")]
    lines += show.wrapped(step.entry.why, "  ")
    reason = following.reason[:1].upper() + following.reason[1:]
    lines += show.wrapped(f"Why now: {reason}.", "  ")
    return "\n".join([*lines, f"  {how_to_read(library.get(row.key))}"])


def how_to_read(record: Record) -> str:
    """The command that brings the reader to the paper's text."""
    if record.pdf:
        return f"paperpath read {record.key}"
    return f"paperpath fetch {record.key}" if record.paper.arxiv_id else f"paperpath open {record.key} --web"


COMMANDS = {"lists": lists, "path": path, "next": next_}
