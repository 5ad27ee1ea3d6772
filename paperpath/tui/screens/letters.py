"""A window that waits for a letter: the one to give a place, or the one of a place to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from paperpath.library.bookmarks import LETTERS
from paperpath.tui.cells import Run, fit, safe
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.glyphs import Glyphs

MOST = 14
"""Lines of the list; the rest is scrolled."""


class PlaceList(LineList):
    """The places that have a letter."""

    def __init__(self, glyphs: Glyphs, places: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(glyphs)
        self._places = [*places.items()]
        self.empty = [[("No place has a letter yet", "dim")]]

    def draw(self, item: int, width: int) -> list[Run]:
        """Letter, section, the words that begin there."""
        letter, (section, words) = self._places[item]
        room = min(24, width // 3)
        return [
            (f" {letter}  ", "mark"),
            (fit(section, room, self.glyphs.ellipsis), ""),
            (fit(f"  {words}", width - room - 4, self.glyphs.ellipsis), "dim"),
        ]


class Letters(Keyed, ModalScreen[None]):
    """Every letter is taken at once, also ``q``, ``j`` and ``k``; the arrows and enter choose a place too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="letters.close", show=False, priority=True),
    ]

    def __init__(self, title: str, places: Mapping[str, tuple[str, str]], chosen: Callable[[str], None]) -> None:
        """``places`` are letter → section and words."""
        super().__init__()
        self._title = title
        self._places = {letter: (safe(section), safe(words)) for letter, (section, words) in places.items()}
        self._chosen = chosen
        for letter in LETTERS:
            self._bindings.bind(letter, f"pick('{letter}')", letter, priority=True)

    def compose(self) -> ComposeResult:
        """Title and places."""
        glyphs = cast("PaperpathApp", self.app).glyphs
        with Vertical(id="letters", classes="dialog"):
            yield Bar(glyphs)
            yield PlaceList(glyphs, self._places)

    def on_mount(self) -> None:
        """Take the keyboard."""
        closes = cast("PaperpathApp", self.app).keymap.label("letters.close")
        self.query_one(Bar).show([(self._title, "strong")], [(f"{closes} ", "key"), ("closes", "dim")])
        places = self.query_one(PlaceList)
        places.styles.height = max(1, min(MOST, len(self._places)))
        places.show(range(len(self._places)))
        places.when_chosen = lambda item: self.action_pick([*self._places][item])
        self.set_focus(places)

    def action_pick(self, letter: str) -> None:
        """Take a letter."""
        self.dismiss()
        self._chosen(letter)

    def action_close(self) -> None:
        """Take none."""
        self.dismiss()
