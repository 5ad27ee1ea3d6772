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
from paperpath.tui.cells import Run, clip, fit, safe, width_of
from paperpath.tui.keymap import Keyed
from paperpath.tui.screens.help import bindings_of
from paperpath.tui.themes import OURS
from paperpath.tui.widgets.line import Line, settled
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from paperpath.library import Row
    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.screens.base import Room

MOST_PAPERS = 40
PREVIEW_AFTER = 0.12
"""Seconds that the cursor rests on a theme before it is shown: styling every widget anew takes some time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be done."""

    words: str
    about: str
    do: Callable[[], Awaitable[object] | object]
    theme: str | None = None
    """The theme that it would choose, to be seen while the cursor is on it."""


class EntryList(LineList, can_focus=False):
    """What matches. The keyboard stays in the line: a key that took it from there would overtake those typed before."""

    entries: Sequence[Entry] = ()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.entries = entries
        self.show(range(len(entries)))

    def draw(self, item: int, width: int) -> list[Run]:
        """Its name, and at the right its kind or key."""
        entry = self.entries[item]
        about = clip(safe(entry.about), 24)
        return [
            (" ", ""),
            (fit(safe(entry.words), width - width_of(about) - 3, self.glyphs.ellipsis), ""),
            (f" {about} ", "dim"),
        ]


class Palette(Keyed, ModalScreen[None]):
    """One line to type in, and what it finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="palette.typing_close", show=False, priority=True),
        Binding("enter", "take", "Do it", id="palette.typing_take", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", "Down", id="palette.typing_down", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "Up", id="palette.typing_up", show=False, priority=True),
    ]

    NOTHING = "Nothing is called that"
    """What is said when nothing matches."""
    PLACEHOLDER = "A paper, a list, a command, a setting, a theme"

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._commands: list[Entry] = []
        self._matched = ""
        """The words whose matches are on show."""
        self._theme = ""
        """The theme that was there before."""
        self._preview: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line and the list."""
        with Vertical(id="palette", classes="dialog"):
            yield Line(placeholder=self.PLACEHOLDER)
            yield EntryList(cast("PaperpathApp", self.app).glyphs)

    async def on_mount(self) -> None:
        """Take the keyboard."""
        self._theme = self._app.theme
        self._commands = list(self._all_commands())
        entries = self.query_one(EntryList)
        entries.when_chosen = self._take
        entries.led = True
        entries.empty = [[(self.NOTHING, "dim")]]
        entries.fill(self._commands)
        field = self.query_one(Input)
        self.set_focus(field)

    @property
    def _app(self) -> PaperpathApp:
        return cast("PaperpathApp", self.app)

    def _all_commands(self) -> Iterator[Entry]:
        for node in (self._room, self._app):
            for keys, words, action in bindings_of(node, modes=frozenset({""})):
                if action not in ("palette", "leave"):
                    yield Entry(words, keys, partial(self._app.run_action, action, node))
        for one in self._app.catalogue.lists:
            yield Entry(one.title, "reading list", partial(self._show, Scope("list", one.name)))
        for found in self._app.catalogue.searches:
            yield Entry(found.name, "saved search", partial(self._show, Scope("saved", found.name)))
        yield Entry("All papers", "library", partial(self._show, Scope()))
        from paperpath.tui.screens.settings import choices

        for choice in choices(self._app):
            yield Entry(choice.words, "setting, now" if choice.now else "setting", choice.take)
        names = self._app.available_themes
        for name in sorted(names, key=lambda name: not name.startswith(OURS)):
            about = "theme, now" if name == self._theme else "theme"
            yield Entry(f"Theme: {name}", about, partial(self._app.choose_theme, name), name)

    def _show(self, scope: Scope) -> None:
        while self._app.rooms[-1] is not self._app.shelf:
            self._app.rooms[-1].leave_room()
        self._app.shelf.show_scope(scope)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        # What later keys have overtaken is not looked for: among many papers each letter takes its time.
        if event.value == event.input.value != self._matched:
            self._match(event.value)

    def _match(self, text: str) -> None:
        self._matched = text
        self.query_one(EntryList).fill(self.found(text))

    def found(self, text: str) -> list[Entry]:
        """What matches the words, the likeliest first."""
        words = fold(text).split()
        found = [entry for entry in self._commands if all(word in fold(entry.words) for word in words)]
        if words:
            # What begins with the words comes first; papers follow the commands, the likeliest first.
            found.sort(key=lambda entry: not fold(entry.words).startswith(words[0]))
            found += self.papers(ranked(self._app.catalogue.rows, text)[:MOST_PAPERS])
        return found

    def papers(self, rows: Iterable[Row]) -> list[Entry]:
        """Papers, each to be opened."""
        return [Entry(row.title, f"{row.byline} {row.year or ''}", partial(self.read, row.key)) for row in rows]

    async def read(self, key: str) -> None:
        """Open a paper that was taken."""
        await self._app.read(key)

    async def action_move(self, step: int) -> None:
        """Choose among what matches."""
        await self._catch_up()
        self.query_one(EntryList).action_move(step)

    async def action_take(self) -> None:
        """Do what is under the cursor, once the line has taken every key before."""
        await self._catch_up()
        item = self.query_one(EntryList).item
        if item is not None:
            await self._take(item)

    async def _catch_up(self) -> None:
        """Show what matches all that was typed before now."""
        field = self.query_one(Input)
        await settled(field)
        if field.value != self._matched:
            self._match(field.value)

    @on(LineList.Moved)
    def _moved(self) -> None:
        if self._preview is not None:
            self._preview.stop()
        self._preview = self.set_timer(PREVIEW_AFTER, self._show_theme)

    def _show_theme(self) -> None:
        """Show the theme under the cursor, or again the one that is in use."""
        entries = self.query_one(EntryList)
        theme = entries.entries[entries.item].theme if entries.item is not None else None
        self._app.theme = theme or self._theme

    def _close(self) -> None:
        if self._preview is not None:
            self._preview.stop()
        self.dismiss()

    async def _take(self, item: int) -> None:
        entry = self.query_one(EntryList).entries[item]
        self._close()
        if entry.theme is None:
            self._app.theme = self._theme
        done = entry.do()
        if done is not None and hasattr(done, "__await__"):
            await cast("Awaitable[object]", done)

    def action_close(self) -> None:
        """Do nothing."""
        self._close()
        self._app.theme = self._theme
