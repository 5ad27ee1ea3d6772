"""Everything by name: papers, lists, commands of this screen, themes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from paperpath.library.folding import fold
from paperpath.library.ranking import ranked
from paperpath.tui.catalogue import Scope
from paperpath.tui.cells import Run, fit, safe, width_of
from paperpath.tui.screens.help import bindings_of
from paperpath.tui.widgets.line import Line, settled
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from textual.app import ComposeResult

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.screens.base import Room

MOST_PAPERS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be done."""

    words: str
    about: str
    do: Callable[[], Awaitable[object] | object]


class EntryList(LineList):
    """What matches."""

    entries: Sequence[Entry] = ()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.entries = entries
        self.show(range(len(entries)))

    def draw(self, item: int, width: int) -> list[Run]:
        """Its name, and at the right its kind or key."""
        entry = self.entries[item]
        about = fit(entry.about, min(width_of(entry.about), 24))
        return [
            (" ", ""),
            (fit(safe(entry.words), width - width_of(about) - 3, self.glyphs.ellipsis), ""),
            (f" {about} ", "dim"),
        ]


class Palette(ModalScreen[None]):
    """One line to type in, and what it finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="palette.close", show=False, priority=True),
        Binding("enter", "take", "Do it", id="palette.take", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "Up", show=False, priority=True),
    ]

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._commands: list[Entry] = []

    def compose(self) -> ComposeResult:
        """The line and the list."""
        with Vertical(id="palette", classes="dialog"):
            yield Line(placeholder="A paper, a list, a command, a theme")
            yield EntryList(cast("PaperpathApp", self.app).glyphs)

    async def on_mount(self) -> None:
        """Take the keyboard."""
        self._commands = list(self._all_commands())
        entries = self.query_one(EntryList)
        entries.when_chosen = self._take
        entries.led = True
        entries.empty = [[("Nothing is called that", "dim")]]
        entries.fill(self._commands)
        field = self.query_one(Input)
        self.set_focus(field)

    @property
    def _app(self) -> PaperpathApp:
        return cast("PaperpathApp", self.app)

    def _all_commands(self) -> Iterator[Entry]:
        for node in (self._room, self._app):
            for keys, words, action in bindings_of(node):
                if action not in ("palette", "retry", "accept", "leave"):
                    yield Entry(words, keys, partial(self._app.run_action, action, node))
        for one in self._app.catalogue.lists:
            yield Entry(one.title, "reading list", partial(self._show, Scope("list", one.name)))
        yield Entry("All papers", "library", partial(self._show, Scope()))
        for name in self._app.available_themes:
            if name != self._app.theme:
                yield Entry(f"Theme: {name}", "theme", partial(setattr, self._app, "theme", name))

    def _show(self, scope: Scope) -> None:
        while self._app.rooms[-1] is not self._app.shelf:
            self._app.rooms[-1].leave_room()
        self._app.shelf.show_scope(scope)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._match(event.value)

    def _match(self, text: str) -> None:
        words = fold(text).split()
        found = [entry for entry in self._commands if all(word in fold(entry.words) for word in words)]
        if words:
            # What begins with the words comes first; papers follow the commands, the likeliest first.
            found.sort(key=lambda entry: not fold(entry.words).startswith(words[0]))
            found += [
                Entry(row.title, f"{row.byline} {row.year or ''}", partial(self._app.read, row.key))
                for row in ranked(self._app.catalogue.rows, text)[:MOST_PAPERS]
            ]
        self.query_one(EntryList).fill(found)

    def action_move(self, step: int) -> None:
        """Choose among what matches."""
        self.query_one(EntryList).action_move(step)

    async def action_take(self) -> None:
        """Do what is under the cursor, once the line has taken every key before."""
        field, entries = self.query_one(Input), self.query_one(EntryList)
        item = entries.item
        before = field.value
        await settled(field)
        if field.value != before:
            item = None
        if item is None:
            self._match(field.value)
            item = entries.item
        if item is not None:
            await self._take(item)

    async def _take(self, item: int) -> None:
        entry = self.query_one(EntryList).entries[item]
        self.dismiss()
        done = entry.do()
        if done is not None and hasattr(done, "__await__"):
            await cast("Awaitable[object]", done)

    def action_close(self) -> None:
        """Do nothing."""
        self.dismiss()
