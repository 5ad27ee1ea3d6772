"""A window on the terms that the reader has before them: what each means, and where that is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.screen import ModalScreen

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, lines_of, safe
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar, Keys
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.reading import Opened
    from paperpath.tui.widgets.bars import Tone
    from paperpath.tui.widgets.page import Page
    from paperpath.workflow.terms import Said, Term

WIDTH = 76
FRAME = 5
"""Lines of the window that are not text: padding, title, keys and the line between."""
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


class TermWindow(Keyed, ModalScreen[None]):
    """One of the terms of a passage; ``j`` and ``k`` turn to the others."""

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

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        glyphs = self._front.glyphs
        with Vertical(id="term", classes="dialog"):
            yield Bar(glyphs)
            yield TextPane(glyphs)
            yield Keys(glyphs)

    def on_mount(self) -> None:
        """Show that it is looked for, and look."""
        self._show()
        start(self, self._look_up, "terms", latest=True)

    def on_resize(self) -> None:
        """Stay on the screen."""
        self._show()

    @property
    def _front(self) -> PaperpathApp:
        return cast("PaperpathApp", self.app)

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
        width = min(WIDTH, self.app.size.width - 2)
        pane, box = self.query_one(TextPane), self.query_one("#term")
        paragraphs = self._paragraphs()
        height = min(sum(_height(para, width - 4) for para in paragraphs), self.app.size.height - FRAME - 4)
        box.styles.width, pane.styles.height = width, height
        page, screen = self._room.page, self.app.size
        left = max(1, min(page.region.x + 2, screen.width - width - 1))
        box.styles.offset = Offset(left, max(0, screen.height - height - FRAME - 3))
        terms = self._terms or ()
        turns: list[Run] = []
        if len(terms) > 1:
            turns = [
                (f"{self._at + 1} of {len(terms)}  ", "dim"),
                (f"{self._key_of('next')} {self._key_of('before')} ", "key"),
                ("others", "dim"),
            ]
        title = terms[self._at].term if terms else "Terms here"
        self.query_one(Bar).show([(safe(title), "strong")], turns)
        pane.show(paragraphs)
        hints = [*([("open", "Where it is said", "screen.open")] if terms else []), ("close", "Close", "screen.close")]
        self.query_one(Keys).hint([(self._key_of(does), word, action) for does, word, action in hints])

    def _key_of(self, does: str) -> str:
        return self._front.keymap.label(f"term.{does}")

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


def _height(para: Para, width: int) -> int:
    return max(1, len(lines_of(para.runs, max(8, width - max(para.indent, para.first)))))
