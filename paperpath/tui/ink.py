"""The styles that widgets draw with, by name: ``dim``, ``title``, ``hit``. Mixed from the colours of the theme.

Textual's own way is a component class for each name, and each is styled like a widget of its own, for every widget that
draws: 257 of the 315 computations of a start, and as many again for every screen that opens. Here a theme is mixed once
and all widgets share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ink(NamedTuple):
    """Variables of the theme for letters and ground, if not those of the widget."""

    colour: str = ""
    ground: str = ""
    bold: bool = False
    italic: bool = False


INKS = {
    "dim": Ink("dim"),
    "soft": Ink("soft"),
    "strong": Ink(bold=True),
    "accent": Ink("accent"),
    "key": Ink("accent", bold=True),
    "good": Ink("success"),
    "warn": Ink("warning"),
    "bad": Ink("error"),
    "title": Ink("primary", bold=True),
    "mark": Ink("accent", bold=True),
    "match": Ink(ground="mark-accent", bold=True),
    "quote": Ink("secondary"),
    # the line under the cursor: where the keys go, and elsewhere
    "cursor": Ink("block-cursor-foreground", "block-cursor-background"),
    "rest": Ink(ground="panel"),
    "rest-on-panel": Ink(ground="surface"),
    # the text of a paper, and what lies over it
    "link": Ink("secondary"),
    "equation": Ink(italic=True),
    "caption": Ink("soft"),
    "yellow": Ink(ground="mark-yellow"),
    "green": Ink(ground="mark-green"),
    "blue": Ink(ground="mark-blue"),
    "red": Ink(ground="mark-red"),
    "hit": Ink(ground="mark-accent"),
    "here": Ink("background", "accent", bold=True),
    "select": Ink(ground="mark-select"),
}


def mix(variables: Mapping[str, str]) -> dict[str, Style]:
    """Every ink as Rich draws it, from a theme's variables."""
    return {name: _mixed(ink, variables) for name, ink in INKS.items()}


def _mixed(ink: Ink, variables: Mapping[str, str]) -> Style:
    surface = _parsed(variables.get("surface", ""), Color(0, 0, 0)) or Color(0, 0, 0)
    ground = _parsed(variables.get(ink.ground, ""), surface)
    colour = _parsed(variables.get(ink.colour, ""), ground or surface)
    if ground is not None and ground.ansi not in (None, -1) and (colour is None or colour.ansi == -1):
        colour = Color(0, 0, 0, ansi=0)  # the terminal's own colours are full ones: only black reads on all of them
    return Style(
        color=colour.rich_color if colour else None,
        bgcolor=ground.rich_color if ground else None,
        bold=ink.bold or None,
        italic=ink.italic or None,
    )


def _parsed(text: str, below: Color) -> Color | None:
    """A colour as stylesheets write it, ``#e2b974 35%`` or ``auto 87%``, mixed with what is below it: Rich knows no
    transparency."""
    name, _, amount = text.partition(" ")
    share = float(amount[:-1]) / 100 if amount.endswith("%") else 1.0
    if name == "auto":
        return below.blend(below.get_contrast_text(1.0), share, 1.0)
    try:
        colour = Color.parse(name) if name else None
    except ColorParseError:
        return None
    if colour is None or colour.a == 0.0:  # the terminal's own ground, of which no colour is known
        return None
    if colour.a * share >= 1.0:
        return colour
    return below.blend(colour, colour.a * share, 1.0)


class Inkwell(Protocol):
    """An app that has mixed the inks of its theme."""

    inks: dict[str, Style]


class Inked(Widget):
    """A widget that draws with inks."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}

    def style_of(self, names: str) -> Style:
        """The inks of that name on the ground of this widget; several are laid over one another."""
        found = self._styles.get(names)
        if found is None:
            found, inks = self.rich_style, cast("Inkwell", self.app).inks
            for name in names.split():
                found = found + inks[name]
            self._styles[names] = found
        return found

    def notify_style_update(self) -> None:
        """Called when the theme or the ground changes."""
        self._styles.clear()
        super().notify_style_update()
