"""What the interface and the prompt have in common: our themes, and styles to draw with in the theme in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.app import App

from paperpath.tui import themes
from paperpath.tui.glyphs import ASCII, UNICODE, WIDEST
from paperpath.tui.ink import mix
from paperpath.tui.keymap import Keyed, Keymap

if TYPE_CHECKING:
    from rich.style import Style

ReturnType = TypeVar("ReturnType")


class Themed(Keyed, App[ReturnType]):
    """An app that begins in our dark theme, or in another one."""

    inks: dict[str, Style]
    """The styles to draw with, of the theme in use."""
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, ascii: bool = False, keymap: Keymap | None = None, theme: str | None = None) -> None:  # noqa: A002 - the setting's name
        super().__init__()
        self.keymap = keymap or Keymap()
        """Which key does what."""
        self._bindings = self.keymap.bind(self)
        self.glyphs = ASCII if ascii else UNICODE
        self.text_width = WIDEST
        """Cells of a line of text at most."""
        for ours in themes.THEMES:
            self.register_theme(ours)
        # Set the usual way it would have every stylesheet parsed a second time and the screen laid out once more.
        self.set_reactive(App.theme, theme if theme in self.available_themes else themes.NIGHT.name)
        self._watch_ansi_color(None)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, and those that we mix from them."""
        variables = themes.with_blends(super().get_css_variables())
        self.inks = mix(variables)
        return variables
