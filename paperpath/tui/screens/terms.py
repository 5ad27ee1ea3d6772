"""A window on the terms that the reader has before them: what each means, and where that is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.geometry import Offset

from paperpath.errors import PaperpathError
from paperpath.tui.cells import safe
from paperpath.tui.screens.windows import Window
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.tui.reading import Opened
    from paperpath.tui.widgets.bars import Tone
    from paperpath.tui.widgets.page import Page
    from paperpath.workflow.terms import Said, Term

MOST_SAID = 3
"""Papers that are heard of one term."""


class Room(Protocol):
    """The screen whose paper has the terms."""

    opened: Opened

    @property
    def page(self) -> Page:
        """The text."""

    def show_sentence(self, sentence: str) -> bool:
        """Go to a sentence of the paper; whether it was found."""

    def say(self, text: str, tone: Tone = ...) -> None:
        """Tell the reader something."""


class TermWindow(Window):
    """One of the terms of a passage; ``j`` and ``k`` turn to the others."""

    NAME = "term"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,g", "open", "Where it is said", id="term.open", priority=True),
        Binding("j,down,tab", "turn(1)", "Next term", id="term.next", priority=True),
        Binding("k,up,shift+tab", "turn(-1)", "Term before", id="term.before", priority=True),
        Binding("escape,q,D", "close", "Close", id="term.close", priority=True),
    ]

    def __init__(self, room: Room, text: str) -> None:
        """``text`` is the passage whose terms are told."""
        super().__init__()
        self._room = room
        self._text = text
        self._terms: Sequence[Term] | None = None
        """None until the papers were looked through."""
        self._at = 0

    def on_mount(self) -> None:
        """Show that it is looked for, and look."""
        self._show()
        start(self, self._look_up, "terms", latest=True)

    def on_resize(self) -> None:
        """Stay on the screen."""
        self._show()

    async def _look_up(self) -> None:
        if self._terms is not None:
            return
        from paperpath.workflow.terms import about

        try:
            self._terms = await self._front.desk.read(partial(about, key=self._room.opened.record.key, text=self._text))
        except PaperpathError as error:
            self._room.say(str(error), "bad")
            self.dismiss()
            return
        self._show()

    # what is shown

    def _show(self) -> None:
        paragraphs = self._paragraphs()
        width, height = self._fit(paragraphs)
        page, screen = self._room.page, self.app.size
        left = max(1, min(page.region.x + 2, screen.width - width - 1))
        self.query_one("#term").styles.offset = Offset(left, max(0, screen.height - height - 3))
        terms = self._terms or ()
        turns = self._turns(self._at, len(terms))
        title = terms[self._at].term if terms else "Terms here"
        self.query_one(Bar).show([(safe(title), "strong")], turns)
        self.query_one(TextPane).show(paragraphs)
        hints = [*([("open", "Where it is said", "screen.open")] if terms else []), ("close", "Close", "screen.close")]
        self._hint(hints)

    def _paragraphs(self) -> list[Para]:
        if self._terms is None:
            return [line("looking through the papers", "dim")]
        if not self._terms:
            return [
                line("No paper of the library defines a term that stands here."),
                BLANK,
                line("Only sentences that plainly define something are taken.", "dim"),
            ]
        said = self._terms[self._at].said
        paragraphs: list[Para] = []
        for one in said[:MOST_SAID]:
            paragraphs += [*([BLANK] if paragraphs else []), *self._said(one)]
        if len(said) > MOST_SAID:
            paragraphs += [BLANK, line(f"and in {len(said) - MOST_SAID} more papers", "dim")]
        return paragraphs

    def _said(self, said: Said) -> list[Para]:
        one = said.definition
        here = said.key == self._room.opened.record.key
        place = "  ".join(filter(None, ("" if here else said.key, one.section, f"p.{one.page}" if one.page else "")))
        means = [line(safe(one.means), "accent")] if one.kind == "abbreviation" and one.means else []
        return [*means, line(safe(one.sentence)), line(safe(place), "dim")]

    # what can be done

    async def action_open(self) -> None:
        """Go to the sentence; into another paper where this one does not say it. Keys typed ahead wait."""
        await self._look_up()
        if not self._terms:
            return
        said, room = self._terms[self._at].said[0], self._room
        self.dismiss()
        if said.key != room.opened.record.key:
            await self._front.read(said.key, find=said.definition.sentence)
        elif room.show_sentence(said.definition.sentence):
            room.say(f"{self._front.keymap.label('page.back')} goes back")
        else:
            room.say("The sentence is not in the text that is shown", "warn")

    async def action_turn(self, by: int) -> None:
        """Another term of the same passage, round the end."""
        await self._look_up()
        if self._terms:
            self._at = (self._at + by) % len(self._terms)
            self._show()

    def action_close(self) -> None:
        """Back to the text."""
        self.dismiss()
