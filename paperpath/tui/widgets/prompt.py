"""The line in which one types: filter, find, tags, a file name.

It is always there and merely hidden, because a widget that has yet to be mounted would miss what is typed ahead. Enter
and escape run in the order of the keys too: they wait until the characters before them have arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.line import Line, settled
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult

    from paperpath.tui.cells import Run
    from paperpath.tui.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what becomes of the answer."""

    label: str
    accepted: Callable[[str], Awaitable[None] | None]
    value: str = ""
    placeholder: str = ""
    changed: Callable[[str], None] | None = None
    """Called with each character."""
    cancelled: Callable[[], None] | None = None
    words: Sequence[str] = ()
    """Completions for the last word; the right arrow takes one."""


class _LastWord(Suggester):
    """Completes the word that is being typed, not the whole line."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = words

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last word completed."""
        head, space, last = value.rpartition(" ")
        if not last:
            return None
        return next((f"{head}{space}{word}" for word in self._words if word.startswith(last) and word != last), None)


class Prompt(Widget):
    """A label, the input, and a word about what the input finds."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label = Static("", id="prompt-label", markup=False)
        self.input = Line(id="prompt-input")
        self._found = Bar(glyphs, id="prompt-found")
        self._question: Question | None = None
        self._before: Widget | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """The parts."""
        yield self._label
        yield self.input
        yield self._found

    @property
    def active(self) -> bool:
        """Whether something is being asked."""
        return self._question is not None

    @property
    def label(self) -> str:
        """What is being asked; empty when nothing is."""
        return self._question.label if self._question else ""

    def ask(self, question: Question) -> None:
        """Show the line and take the keyboard, at once."""
        if self._question is None:
            self._before = self.screen.focused
            self._lead(True)
        self._question = question
        self._label.update(question.label)
        self._label.styles.width = len(question.label) + 1
        self.found(())
        self.input.placeholder = question.placeholder
        self.input.suggester = _LastWord(question.words) if question.words else None
        self.input.value = question.value
        self.input.cursor_position = len(question.value)
        self.display = True
        self.screen.set_focus(self.input)

    def found(self, runs: Sequence[Run]) -> None:
        """Say what the input finds, at the right."""
        self._found.show((), runs)

    async def caught_up(self) -> None:
        """Return when what was typed before now is in the line, and whoever asked has been told."""
        if self._question is None:
            return
        await settled(self.input)
        if self._question.changed:
            self._question.changed(self.input.value)

    async def accept(self) -> None:
        """Take the answer."""
        await settled(self.input)
        question, value = self._close(), self.input.value
        done = question.accepted(value) if question else None
        if done is not None:
            await done

    async def cancel(self) -> None:
        """Take no answer."""
        await settled(self.input)
        question = self._close()
        if question and question.cancelled:
            question.cancelled()

    def _close(self) -> Question | None:
        question, self._question = self._question, None
        self.display = False
        self._lead(False)
        self.screen.set_focus(self._before)
        return question

    def _lead(self, on: bool) -> None:
        """Arrows move through the list that had the keyboard: let its cursor look so."""
        if isinstance(self._before, LineList):
            self._before.led = on

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        # An event of an earlier question, or one that later keys have overtaken, says nothing new.
        if self._question and self._question.changed and event.value == self.input.value:
            self._question.changed(event.value)
