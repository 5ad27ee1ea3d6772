"""What every full screen has: a header, the status line, the keys, a prompt, and keys that run in order.

All keys are bound with ``priority``. Textual runs those one after the other in the order they came, whereas others are
handed to the focused widget, which may take them after a later key has opened a dialog: ``/attention`` pasted in one
write would run as nine commands. So that one can type, ``check_action`` turns every key off while an input has the
focus.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar, Keys, StatusLine, Tone
from paperpath.tui.widgets.prompt import Prompt, Question
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.cells import Run

Hints = list[tuple[str, str, str]]


def is_typing(screen: Screen[Any]) -> bool:
    """Whether keys are text now."""
    # The note editor is told by its class: importing TextArea costs 36 ms, so that waits until it is used.
    focused = screen.focused
    return isinstance(focused, Input) or (focused is not None and focused.has_class("typing"))


class Room(Keyed, Screen[None]):
    """A screen that fills the terminal."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it as an instance variable
        (0, "-one"),
        (96, "-two"),
        (116, "-three"),
    ]
    AUTO_FOCUS = ""
    TITLE_OF_HELP = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Take what was typed", id="prompt.accept", show=False, priority=True),
        Binding("escape", "leave", "Back", id="room.leave", show=False, priority=True),
    ]
    TYPING: ClassVar[frozenset[str]] = frozenset({"accept", "leave"})
    """Actions that work while an input has the focus."""

    ASKS: ClassVar[bool] = False
    """Whether it asks the library when it opens: keys wait from the first moment, which is before it is mounted."""

    stale = False
    """Whether the library has changed since this screen was last in front."""

    def __init__(self) -> None:
        super().__init__()
        self.filled = asyncio.Event()
        """Whether everything is shown that the library was asked for. Keys wait for it."""
        if not self.ASKS:
            self.filled.set()

    @property
    def front(self) -> PaperpathApp:
        """The app, with its type."""
        return cast("PaperpathApp", self.app)

    def compose(self) -> ComposeResult:
        """What the screen shows, between the lines that all have."""
        # Textual sets these classes when the screen is laid out, and would style every widget once more for them.
        width = self.app.size.width
        fitting = [name for least, name in self.HORIZONTAL_BREAKPOINTS if width >= least]
        self.add_class(fitting[-1], update=False)
        glyphs = self.front.glyphs
        yield Bar(glyphs, id="header")
        yield from self.body()
        yield Prompt(glyphs)
        yield StatusLine(glyphs, id="status")
        yield Keys(glyphs, id="keys")

    def body(self) -> ComposeResult:
        """What the screen shows."""
        raise NotImplementedError

    @property
    def prompt(self) -> Prompt:
        """Where one types."""
        return self.query_one(Prompt)

    @property
    def status(self) -> StatusLine:
        """The line above the keys."""
        return self.query_one(StatusLine)

    @property
    def typing(self) -> bool:
        """Whether keys are text now."""
        return is_typing(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are off while one types, but for those that end it."""
        del parameters
        if action == "accept":
            return self.is_mounted and self.prompt.active
        if action == "move_while_typing":
            return self.typing
        return not self.typing or action in self.TYPING

    def say(self, text: str, tone: Tone = "") -> None:
        """A word on what happened."""
        if self.is_mounted:
            self.status.say(text, tone)

    def ask(self, question: Question) -> None:
        """Ask for a line of text."""
        self.prompt.ask(question)
        self._share_line()
        self.hints([("prompt.accept", "Take it", "screen.accept"), ("room.leave", "Cancel", "screen.leave")])

    def _share_line(self) -> None:
        """The prompt takes the place of the status line. A class for that would style every widget of the screen."""
        self.status.display = not self.prompt.active

    def header(self, left: list[Run], right: list[Run]) -> None:
        """Where one is."""
        self.query_one("#header", Bar).show(left, right)

    def hints(self, hints: Hints) -> None:
        """The keys that matter now: ids of bindings, a word, and what a click does."""
        self.query_one(Keys).hint([(self.key(ids), word, action) for ids, word, action in hints])

    def key(self, ids: str) -> str:
        """How the key of a binding is written, as it is bound now."""
        return self.front.keymap.label(ids)

    @property
    def undoable(self) -> str:
        """What a message ends with when undo takes back what it tells of."""
        return f"  ({self.key('app.undo')} takes it back)"

    def show_hints(self) -> None:
        """Show the keys that matter now."""

    async def action_accept(self) -> None:
        """Take what was typed."""
        await self.prompt.accept()
        self._share_line()
        if not self.prompt.active:
            self.show_hints()

    async def go_round(self, step: int, *panes: Widget) -> None:
        """The keyboard to another pane, or to the open line; what was typed before is in the line by then."""
        await self.prompt.caught_up()
        stops = [self.prompt.input, *panes] if self.prompt.active else panes
        at = next((number for number, pane in enumerate(stops) if self.focused is pane), 0)
        self.set_focus(stops[(at + step) % len(stops)])

    async def action_leave(self) -> None:
        """One step back: out of the prompt, past an error, and then whatever the screen says."""
        if self.prompt.active:
            await self.prompt.cancel()
            self._share_line()
            self.show_hints()
        elif self.status.urgent:
            self.status.clear()
        else:
            self.status.clear()
            self.step_back()

    def step_back(self) -> None:
        """What escape does when nothing is open."""
        self.leave_room()

    def leave_room(self) -> None:
        """The screen behind comes to the front, up to date at once."""
        self.app.pop_screen()
        self.front.rooms[-1].catch_up()

    def catch_up(self) -> None:
        """Show the library as it is now, if it has changed since this screen was last in front."""
        if self.stale:
            self.stale = False
            self.library_changed()

    def ask_library(self, job: Callable[[], Awaitable[None]]) -> None:
        """Let ``job`` ask the library what to show, instead of one that still asks; it says itself what goes wrong."""
        self.filled.clear()
        start(self, partial(self._fill_by, job), "fill", latest=True)

    async def _fill_by(self, job: Callable[[], Awaitable[None]]) -> None:
        await job()
        self.filled.set()

    # what the app tells

    def library_changed(self) -> None:
        """The catalogue was read anew."""

    def fetch_changed(self) -> None:
        """A fetch moved on."""
