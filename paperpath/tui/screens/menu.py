"""A small menu over a screen: a title, a few choices, one key each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from paperpath.tui.cells import Run, fit, width_of
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    key: str
    label: str
    about: str
    value: Any


class MenuList(LineList):
    """The choices."""

    def __init__(self, glyphs: Glyphs, choices: Sequence[Choice]) -> None:
        super().__init__(glyphs)
        self._choices = choices
        self._label = max(width_of(choice.label) for choice in choices) + 2

    def draw(self, item: int, width: int) -> list[Run]:
        """Key, label, meaning."""
        choice = self._choices[item]
        return [
            (f" {choice.key}  ", "mark"),
            (fit(choice.label, self._label), ""),
            (fit(choice.about, width - self._label - 4, self.glyphs.ellipsis), "dim"),
        ]


class Menu(Keyed, ModalScreen[None]):
    """The menu. What is chosen is done at once, before the next key is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", id="menu.close", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        chosen: Callable[[Any], None],
        *,
        at: int = 0,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = chosen
        self._at = at
        for number, choice in enumerate(choices):
            self._bindings.bind(choice.key, f"pick({number})", choice.label, priority=True)

    def compose(self) -> ComposeResult:
        """Title and choices."""
        glyphs = cast("PaperpathApp", self.app).glyphs
        with Vertical(classes="dialog"):
            yield Bar(glyphs, id="menu-title")
            yield MenuList(glyphs, self._choices)

    def on_mount(self) -> None:
        """Take the keyboard."""
        self.query_one(Bar).show([(self._title, "strong")])
        choices = self.query_one(MenuList)
        choices.styles.height = len(self._choices)
        choices.styles.margin = (1, 0, 0, 0)
        choices.show(range(len(self._choices)), keep=self._at)
        choices.when_chosen = self.action_pick
        self.set_focus(choices)

    def action_pick(self, number: int) -> None:
        """Take a choice."""
        self.dismiss()
        self._chosen(self._choices[number].value)

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss()
