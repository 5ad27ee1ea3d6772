"""The command that tells what was read, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show
from paperpath.cli.complete import complete_list
from paperpath.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from paperpath.workflow.measuring import ListStatistics, Statistics


@command("stats")
@click.option("--svg", "picture", metavar="FILE", help="Write the plots as SVG to FILE; - prints them.")
@click.option("--weeks", type=click.IntRange(1, 520), default=12, show_default=True, help="How many weeks to show.")
@click.option("--list", "-l", "list_name", metavar="LIST", shell_complete=complete_list, help="The stages of LIST.")
@json_option("Print one JSON object: totals, weeks, streak, lists with their stages, papers by minutes.")
def stats(session: Session, picture: str | None, weeks: int, list_name: str | None, as_json: bool) -> None:
    """Show what you have read, week by week and stage by stage.

    A paper counts in the week in which you first marked it. Minutes are counted in the reader of `paperpath tui`, while
    you move in the text. The SVG is readable on light and on dark pages. In `paperpath tui`, T shows the same.

    \b
    Examples:
      paperpath stats
      paperpath stats --weeks 26 --list zero-to-hero
      paperpath stats --svg reading.svg
      paperpath stats --json
    """
    from paperpath.workflow import measuring, picturing

    today = date.today()  # noqa: DTZ011 - the reader's own day is meant
    with session.library() as library:
        found = measuring.statistics(library, today, weeks=weeks, list_name=list_name)
    if picture == "-":
        click.echo(picturing.svg(found), nl=False)
    elif picture:
        from paperpath.durable import atomic_write, require_folder

        path = Path(picture)
        require_folder(path)
        atomic_write(path, picturing.svg(found))
        show.say(f"Wrote {picture}")
    elif as_json:
        show.json_document(_json(found))
    else:
        width = min(show.width(), 100)
        for line in picturing.lines(found, width, ascii_only=session.settings.ascii):
            # Blanks at the left of a plot must stay, which is why this is not `safe.line`.
            text, tail = (safe.block(part).replace("\n", " ") for part in (line.text, line.tail))
            show.out(f"{show.style(text, **_MARKS[line.kind])}{tail}")


_MARKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "text": {},
    "plot": {"fg": "cyan"},
    "dim": {"dim": True},
}


def _json(found: Statistics) -> dict[str, Any]:
    return {
        "day": found.today.isoformat(),
        "papers": found.papers.counts(),
        "minutes": found.minutes,
        "passes": found.passes,
        "streak": {"weeks": found.streak.now, "longest": found.streak.longest},
        "weeks": [
            {
                "first_day": week.first.isoformat(),
                "read": week.read,
                "skimmed": week.skimmed,
                "minutes": week.minutes,
                "passes": week.passes,
            }
            for week in found.weeks
        ],
        "lists": [_list(one) for one in found.lists],
        "longest_read": [one._asdict() for one in found.longest_read],
    }


def _list(one: ListStatistics) -> dict[str, Any]:
    stages = [{"title": stage.title, **stage.progress.counts(), "minutes": stage.minutes} for stage in one.stages]
    return {"name": one.name, "title": one.title, **one.progress.counts(), "minutes": one.minutes, "stages": stages}


COMMANDS = {"stats": stats}
