"""Question cards, one at a time: the question, then its answer with the passage, then how well it was known.

What is asked next is worked out anew from the library after each answer, so that undo, another program and the next
day all show the card that is meant. An answer waits until it is written: keys that are typed ahead mean the next card.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from paperpath.cards import days, scheduling
from paperpath.errors import PaperpathError
from paperpath.tui import card_text
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.text import TextPane, line
from paperpath.workflow import reviewing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.cards.asking import Today
    from paperpath.library import Library
    from paperpath.model import Card, Grade, Schedule
    from paperpath.tui.cells import Run
    from paperpath.workflow.reviewing import Source


class Review(Room):
    """The screen."""

    TITLE_OF_HELP = "Reviewing cards"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "answer", "Show the answer; then a page down", id="review.answer", priority=True),
        Binding(
            "enter,o", "open", "Show the answer; then open the paper at the passage", id="review.open", priority=True
        ),
        Binding("1", "grade('again')", "Again: it was forgotten", id="review.again", priority=True),
        Binding("2", "grade('hard')", "Hard: it took long", id="review.hard", priority=True),
        Binding("3", "grade('good')", "Good", id="review.good", priority=True),
        Binding("4", "grade('easy')", "Easy: it came at once", id="review.easy", priority=True),
        Binding("E", "edit", "Change the question", id="review.edit", priority=True),
        Binding("x,delete", "remove", "Remove this card", id="review.remove", priority=True),
    ]

    def __init__(self, keys: Sequence[str]) -> None:
        """``keys`` are the papers whose cards are asked; none of them means all."""
        super().__init__()
        self._keys = frozenset(keys)
        self._today: Today | None = None
        self.card: Card | None = None
        """The one that is asked."""
        self._source: Source | None = None
        """Where it is from; None while the answer is hidden."""
        self._choices: dict[Grade, Schedule] = {}
        """What follows from each answer, once the answer is seen."""
        self._answers: list[tuple[str, int]] = []
        """The cards answered so far, each with how often that made in all."""
        self._said: list[Grade] = []

    def body(self) -> ComposeResult:
        """The card in the middle."""
        with Container(id="desk"):
            yield TextPane(self.front.glyphs, id="card")

    def on_mount(self) -> None:
        """Ask the library."""
        self.pane.show([line("Looking for what is due", "dim")])
        self.set_focus(self.pane)
        self._tell()
        self.library_changed()

    @property
    def pane(self) -> TextPane:
        """Where the card is."""
        return self.query_one(TextPane)

    @property
    def answered(self) -> bool:
        """Whether the answer is seen."""
        return self._source is not None

    # what is asked

    def library_changed(self) -> None:
        """Something was written, here or elsewhere: ask what is due anew."""
        self.ask_library(self._gather)

    async def _gather(self) -> None:
        try:
            await self._load()
        except PaperpathError as error:
            self.say(str(error), "bad")

    async def _load(self) -> None:
        today = await self.front.desk.read(partial(reviewing.today, keys=self._keys))
        before, self._today = self.card, today
        queue = {card.id: card for card in today.queue}
        card = self._taken_back(queue) or _same(before, queue) or next(iter(today.queue), None)
        if card is None or before is None or (card.id, card.reviews) != (before.id, before.reviews):
            self._source = None
        self.card = card
        self._show()

    def _taken_back(self, queue: dict[str, Card]) -> Card | None:
        """The card whose answer was undone: it is asked again at once."""
        if not self._answers:
            return None
        card_id, reviews = self._answers[-1]
        card = queue.get(card_id)
        if card is None or card.reviews >= reviews:
            return None
        self._answers.pop()
        self._said.pop()
        return card

    # what is shown

    def _show(self) -> None:
        glyphs, key = self.front.glyphs, self.key
        if self.card is None:
            self.pane.show(card_text.nothing(self._today, self._said, glyphs, key) if self._today else [])
        elif self._source is None:
            self.pane.show(card_text.front(self.card, key))
        else:
            self.pane.show(card_text.back(self.card, self._source, glyphs))
        self._tell()

    def _tell(self) -> None:
        """The lines above and below."""
        today, answers = self._today, len(self._said)
        left = len(today.queue) if today else 0
        about = f"   of {card_text.counted(len(self._keys), 'marked paper')}" if self._keys else ""
        counts: list[Run] = []
        if today and today.queue:
            counts = [(f"{today.due} due, {today.new} new", "dim"), ("   ", "")]
            full, empty = self.front.glyphs.bar(answers / (answers + left), 10)
            counts += [(full, "accent"), (empty, "dim"), (f" {left} left ", "")]
        self.header([(" paperpath ", "key"), (" Review", "strong"), (about, "dim")], counts)
        waiting = f"   {today.waiting} new ones wait for other days" if today and today.waiting else ""
        said = f"{card_text.counted(answers, 'answer')} in this session" if answers else ""
        self.status.idle([(said, "dim"), (waiting, "dim")])
        self.show_hints()

    def show_hints(self) -> None:
        """The keys that matter now: the grades with when the card comes back, once the answer is seen."""
        card = self.card
        leave = [("app.help", "Keys", "app.help"), ("app.back", "Back", "app.back")]
        if card is None:
            self.hints([("app.undo", "Undo", "app.undo"), *leave])
        elif self._source is None:
            showing = ("review.answer", "Show the answer", "screen.answer")
            self.hints([showing, ("app.undo", "Undo", "app.undo"), *leave])
        else:
            grades = [
                (
                    f"review.{grade}",
                    f"{grade.capitalize()} {days.interval(after.last_review, after.due)}",
                    f"screen.grade('{grade}')",
                )
                for grade, after in self._choices.items()
            ]
            opening = ("review.open", "Open", "screen.open")
            self.hints([*grades, opening, ("app.undo", "Undo", "app.undo"), *leave])

    # what can be done

    async def action_answer(self) -> None:
        """Show the answer; when it is seen, what is below."""
        if self._source is not None:
            self.pane.action_pages(1)
        else:
            await self._turn()

    async def action_open(self) -> None:
        """Show the answer; when it is seen, open the paper at the passage."""
        if self._source is None:
            await self._turn()
        elif self.card is not None:
            await self.front.read(self.card.key, find=self._source.spot.words)

    async def _turn(self) -> None:
        if self.card is None:
            return
        card = self.card
        try:
            self._source, self._choices = await self.front.desk.read(partial(_turned, card=card))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self._show()

    async def action_grade(self, grade: Grade) -> None:
        """Write down how well it was known, and go on."""
        card = self.card
        if card is None:
            return
        if self._source is None:
            self.say(f"{self.key('review.answer')} shows the answer first")
            return
        try:
            after = await self.front.desk.change(partial(reviewing.answer, card=card, grade=grade))
            self._answers.append((after.id, after.reviews))
            self._said.append(grade)
            await self._load()
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if after.schedule is not None:
            when = days.when(after.schedule.due, datetime.now(UTC))
            self.say(f"{grade.capitalize()}: again {when}{self.undoable}", "good")

    def action_edit(self) -> None:
        """Ask for other words; the source's own do not come back then."""
        if self.card is not None:
            self.ask(Question("Question", partial(self._edited, self.card.id), value=self.card.question))

    async def _edited(self, card_id: str, words: str) -> None:
        from paperpath.workflow import card_making

        try:
            await self.front.desk.change(lambda library: card_making.edit(library, card_id, question=words))
            await self._load()
        except PaperpathError as error:
            self.say(str(error), "bad")

    async def action_remove(self) -> None:
        """Do not ask this any more."""
        from paperpath.workflow import card_making

        card = self.card
        if card is None:
            return
        try:
            await self.front.desk.change(lambda library: card_making.remove(library, [card.id]))
            await self._load()
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self.say(f"Removed the card{self.undoable}", "good")


def _turned(library: Library, card: Card) -> tuple[Source, dict[Grade, Schedule]]:
    """What the other side shows: where the card is from, and what follows from each answer."""
    return reviewing.source(library, card), scheduling.choices(card.schedule, datetime.now(UTC))


def _same(before: Card | None, queue: dict[str, Card]) -> Card | None:
    """The card that was asked, if nobody has answered it meanwhile."""
    card = queue.get(before.id) if before else None
    return card if card and before and card.reviews == before.reviews else None
