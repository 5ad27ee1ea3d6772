"""What the interface and the prompt have in common: our two themes, and styles to draw with in the theme in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.app import App

from paperpath.tui import themes
from paperpath.tui.glyphs import ASCII, UNICODE
from paperpath.tui.ink import mix

if TYPE_CHECKING:
    from rich.style import Style

ReturnType = TypeVar("ReturnType")


class Themed(App[ReturnType]):
    """An app that begins in our dark theme."""

    inks: dict[str, Style]
    """The styles to draw with, of the theme in use."""
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, ascii: bool = False) -> None:  # noqa: A002 - the setting's name
        super().__init__()
        self.glyphs = ASCII if ascii else UNICODE
        for theme in (themes.NIGHT, themes.DAY):
            self.register_theme(theme)
        # Set the usual way it would have every stylesheet parsed a second time and the screen laid out once more.
        self.set_reactive(App.theme, themes.NIGHT.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, and those that we mix from them."""
        variables = themes.with_blends(super().get_css_variables())
        self.inks = mix(variables)
        return variables
