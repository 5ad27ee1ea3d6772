"""The keys of the screen one is in, read from its bindings, so that the help is never out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from paperpath.tui.keymap import Keyed, key_name, mode_of, own_bindings
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.screens.base import Room

KEY = 18
_MODES = frozenset({"", "select"})


class Help(Keyed, ModalScreen[None]):
    """A window over the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "close", "Close", id="help.close", show=False, priority=True)
    ]

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room

    def compose(self) -> ComposeResult:
        """A heading and the keys."""
        glyphs = cast("PaperpathApp", self.app).glyphs
        with Vertical(id="help", classes="dialog"):
            yield Bar(glyphs)
            yield TextPane(glyphs, id="help-text")

    def on_mount(self) -> None:
        """Take the keyboard."""
        app = cast("PaperpathApp", self.app)
        self.query_one(Bar).show(
            [("Keys", "strong"), (f"   {self._room.TITLE_OF_HELP.lower()}", "dim")],
            [(f"{app.keymap.label('help.close')} ", "key"), ("closes", "dim")],
        )
        pane = self.query_one(TextPane)
        self.set_focus(pane)
        pane.show([*_sections(app, self._room), *_legend(app.glyphs)])

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


def bindings_of(node: DOMNode, modes: frozenset[str] = _MODES) -> Iterator[tuple[str, str, str]]:
    """Keys, words and action of each thing that ``node`` does, as they are bound now; what is most its own first."""
    keymap = cast("PaperpathApp", node.app).keymap
    for binding in own_bindings(type(node)):
        if mode_of(binding.id or "") in modes:
            yield " ".join(map(key_name, keymap.keys(binding)[:3])), binding.description, binding.action


def _sections(app: PaperpathApp, room: Room) -> list[Para]:
    said: list[Para] = [BLANK]
    focused = room.focused
    for title, node in (("HERE", room), ("MOVING", focused), ("EVERYWHERE", app)):
        if node is None:
            continue
        said.append(line(title, "dim strong"))
        for keys, words, _ in bindings_of(node):
            said.append(Para(((f"{keys:<{KEY}}", "mark"), (words, "")), indent=KEY + 1, first=1))
        said.append(BLANK)
    return said


def _legend(glyphs: Glyphs) -> list[Para]:
    signs = (
        (glyphs.unread, "dim", "unread"),
        (glyphs.skimmed, "quote", "skimmed: you know what it is about"),
        (glyphs.reading, "accent", "reading"),
        (glyphs.read, "good", "read"),
        (glyphs.problem, "bad", "its last fetch failed; the details say why"),
        (glyphs.pdf, "quote", "before the year: its PDF is here"),
    )
    return [
        line("SIGNS", "dim strong"),
        *(Para(((f"{sign:<{KEY}}", style), (words, "")), first=1) for sign, style, words in signs),
    ]
