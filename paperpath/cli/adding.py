"""How adding looks: one line per target, and the question which of several papers a title means."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.cli.progress import Progress
    from paperpath.errors import PaperpathError
    from paperpath.model import Paper
    from paperpath.workflow.add import AddEvent

FINAL = ("added", "known", "attached", "failed")
MOST = 9
"""Answers to choose from, so that one key is enough."""


class AddView:
    """Takes the events of one ``add``, shows them, and knows in the end how it went."""

    def __init__(self, progress: Progress, *, as_json: bool) -> None:
        self._progress = progress
        self._json = as_json
        self._done = 0
        self._failures: list[PaperpathError] = []
        self.keys: list[str] = []
        """Of the papers that are new, or were there."""

    def take(self, event: AddEvent) -> None:
        """Show one event."""
        if event.state not in FINAL:
            wait = f"{event.seconds_to_wait:.0f} s, " if event.state == "waiting" else "reading the PDF"
            self._progress.now(f"{event.target}: {wait}{event.message}")
            return
        self._done += 1
        self._progress.at(self._done, None)
        self.keys += event.keys
        if self._json:
            self._progress.result(
                safe.json_text(
                    {
                        "target": event.target,
                        "status": event.state,
                        "keys": list(event.keys),
                        "title": event.title or None,
                        "message": event.message if not event.error else "",
                        "error": str(event.error) if event.error else None,
                    }
                )
            )
        elif event.state != "failed":
            fields = (event.state, event.key or event.target, event.title, event.message)
            self._progress.result("\t".join(safe.line(field) for field in fields if field))
        if event.error is not None:
            self._failures.append(event.error)
            self._progress.problem(event.error, event.target)

    def conclude(self) -> int:
        """The exit code."""
        return show.code_of_all(self._failures, succeeded=self._done - len(self._failures))


class Chooser:
    """Decides which of the papers found for a title is meant.

    The one with the very same title is taken. Otherwise a person is asked; where there is none, nothing is guessed:
    the answers are named with their ids, one of which is the next thing to type.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, title: str, found: Sequence[Paper]) -> Paper | None:
        """The paper, or None."""
        same = [paper for paper in found if _letters(paper.title) == _letters(title)]
        if len(same) == 1:
            return same[0]
        shown = (same or list(found))[:MOST]
        with self._progress.paused():
            show.say(f"For “{safe.line(title)}” there are:")
            for number, paper in enumerate(shown, 1):
                facts = ", ".join(fact for fact in (paper.byline, str(paper.year or ""), paper.arxiv_id) if fact)
                show.say(f"  {number}  {safe.line(paper.title)} ({safe.line(facts)})")
            if not _someone_is_there():
                return None
            answer = click.prompt("Number, or 0 for none of these", type=click.IntRange(0, len(shown)), err=True)
        return shown[answer - 1] if answer else None


def _someone_is_there() -> bool:
    """Whether a question would be seen and could be answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", "", title.casefold())
