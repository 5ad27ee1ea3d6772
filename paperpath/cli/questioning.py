"""Answering cards line by line: question, enter, answer, grade."""

from __future__ import annotations

import shutil
import sys
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.model import GRADES

if TYPE_CHECKING:
    from paperpath.cards.asking import Today
    from paperpath.library import Library
    from paperpath.model import Card, Grade

HELP = "1 again, 2 hard, 3 good, 4 easy. u: take the last answer back. q: quit."


NO_CARDS = (
    "There are no cards yet. They come from guides of papers that are read, from highlights with a comment that ends"
    " with ?, and from: paperpath card add"
)


def someone_is_there() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def nothing_due(today: Today) -> str:
    """Why there is nothing to answer, and when there will be."""
    from paperpath.cards import days

    if today.next_due:
        comes = days.when(today.next_due, datetime.now(UTC))
        return f"Nothing is due. Next: {show.plural(today.next_count, 'card')} {comes}." + (
            f" {today.waiting} new ones wait for another day." if today.waiting else ""
        )
    if today.waiting:
        return f"Nothing is due; {show.plural(today.waiting, 'new card')} will come on the next days."
    return NO_CARDS


class Session:
    """The cards of today, and what a person says to them."""

    def __init__(
        self, library: Library, target: str | None, first: Today, *, limit: int | None, only_due: bool
    ) -> None:
        self._library, self._target, self._only_due = library, target, only_due
        self._wanted = {card.id for card in first.queue[:limit]} if limit else None
        """Ids of the cards that are asked; None for all. One that comes back today counts once."""
        self._answered: list[int] = []
        """Numbers of the changes that the answers are."""

    def run(self) -> None:
        """Ask until nothing is left, ``q``, the end of the input or Ctrl-C."""
        show.say(HELP)
        while queue := self._queue():
            if not self._ask(queue[0], len(queue)):
                break
        from paperpath.workflow import reviewing

        left = reviewing.today(self._library, self._target, only_due=self._only_due)
        show.say(f"{show.plural(len(self._answered), 'answer')}.")
        show.say(f"{len(left.queue)} left for today." if left.queue else nothing_due(left))

    def _queue(self) -> list[Card]:
        from paperpath.workflow import reviewing

        found = reviewing.today(self._library, self._target, only_due=self._only_due).queue
        return [card for card in found if self._wanted is None or card.id in self._wanted]

    def _ask(self, card: Card, left: int) -> bool:
        """One card; whether to go on."""
        show.out()
        _print(card.question)
        while True:
            match self._said(f"{left} left. Enter shows the answer"):
                case None | "q":
                    return False
                case "u":
                    if self._undone():
                        return True
                case "":
                    return self._grade(card)
                case _:
                    show.say("Enter shows the answer; q quits.")

    def _grade(self, card: Card) -> bool:
        from paperpath.cards import days, scheduling
        from paperpath.workflow import reviewing

        where = reviewing.source(self._library, card)
        _print(card.answer, "  ")
        _print(f"“{card.quote}”" if card.quote else "", "  ")
        _print(where.line, "  ")
        if card.orphan:
            show.say("What this card was made from is gone; it is asked as it was.")
        now = datetime.now(UTC)
        choices = scheduling.choices(card.schedule, now)
        spans = {grade: days.interval(after.last_review, after.due) for grade, after in choices.items()}
        question = ", ".join(f"{number} {grade} {spans[grade]}" for number, grade in enumerate(GRADES, 1))
        while True:
            said = self._said(question)
            if said in (None, "q"):
                return False
            if said == "u":
                if self._undone():
                    return True
            elif (grade := _grade_of(str(said))) is not None:
                after = reviewing.answer(self._library, card, grade)
                assert after.schedule is not None
                self._answered.append(self._last())
                show.say(f"{grade}: again {days.when(after.schedule.due, now)}.")
                return True
            else:
                show.say(HELP)

    def _undone(self) -> bool:
        """Take back the last answer of this session, if there is one and nothing came after it."""
        if not self._answered:
            show.say("Nothing was answered yet.")
            return False
        if self._last() != self._answered[-1]:
            show.say("Something else was changed since; `paperpath history` shows it.")
            return False
        undone = self._library.undo()
        self._answered.pop()
        show.say(f"Taken back: {safe.line(undone.change.what)}")
        return True

    def _last(self) -> int:
        """The number of the change that undo would take back."""
        return next((change.id for change in self._library.history() if change.state == "done"), 0)

    @staticmethod
    def _said(question: str) -> str | None:
        """What is typed; None at the end of the input."""
        try:
            said = click.prompt(question, default="", show_default=False, prompt_suffix="> ", err=True)
        except click.Abort:
            return None
        return str(said).strip().lower()


def _grade_of(said: str) -> Grade | None:
    if said in ("1", "2", "3", "4"):
        return GRADES[int(said) - 1]
    return next((grade for grade in GRADES if said and grade.startswith(said)), None)


def _print(text: str, indent: str = "") -> None:
    width = min(shutil.get_terminal_size().columns, 100)
    for line in textwrap.wrap(safe.line(text), width, initial_indent=indent, subsequent_indent=indent):
        show.out(line)
