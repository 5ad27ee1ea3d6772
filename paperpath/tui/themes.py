"""Our two themes: ink on warm paper, by night and by day. Textual brings some twenty more."""

from __future__ import annotations

from textual.color import Color, ColorParseError
from textual.theme import Theme

NIGHT = Theme(
    name="paperpath-night",
    primary="#d9a862",
    secondary="#7fb3a6",
    accent="#e2b974",
    warning="#e0a458",
    error="#e5786d",
    success="#9dbb78",
    foreground="#d8d3c8",
    background="#17191d",
    surface="#1c1f24",
    panel="#262a31",
    variables={
        "block-cursor-background": "#3d3a2f",
        "block-cursor-foreground": "#f6ead0",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#e2b974",
        "input-cursor-foreground": "#17191d",
        "input-selection-background": "#d9a862 35%",
        "border": "#3a3f48",
        "scrollbar": "#343943",
        "scrollbar-background": "#1c1f24",
        "scrollbar-hover": "#4a505c",
        "scrollbar-active": "#d9a862",
    },
)
DAY = Theme(
    name="paperpath-day",
    primary="#8a5a12",
    secondary="#1f6b60",
    accent="#9a5f0a",
    warning="#a4610a",
    error="#b3362b",
    success="#4c7a26",
    foreground="#2f2b25",
    background="#efe9dc",
    surface="#f8f4ea",
    panel="#e4dccb",
    dark=False,
    variables={
        "block-cursor-background": "#ead9b5",
        "block-cursor-foreground": "#241f18",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#8a5a12",
        "input-cursor-foreground": "#f8f4ea",
        "input-selection-background": "#8a5a12 30%",
        "border": "#cfc4ad",
        "scrollbar": "#d3c8b2",
        "scrollbar-background": "#f8f4ea",
        "scrollbar-hover": "#b9ab8f",
        "scrollbar-active": "#8a5a12",
    },
)

_BLENDS = {
    "soft": ("foreground", 0.8),
    "dim": ("foreground", 0.58),
    "mark-accent": ("accent", 0.3),
    "mark-select": ("primary", 0.45),
    "mark-yellow": ("warning", 0.34),
    "mark-green": ("success", 0.34),
    "mark-blue": ("secondary", 0.38),
    "mark-red": ("error", 0.34),
}
"""Variable → the colour of the theme that it is mixed from, and how much of it lies on the surface."""


def with_blends(variables: dict[str, str]) -> dict[str, str]:
    """A theme's variables and our own, mixed from them, so that every theme works.

    Mixed here and not written as ``$foreground 58%``: styles of parts of a widget are handed to Rich, which knows no
    transparency. A theme of the terminal's own sixteen colours can't be mixed; it gets the nearest plain one.
    """
    mixed = {}
    for name, (source, amount) in _BLENDS.items():
        try:
            surface, colour = Color.parse(variables["surface"]), Color.parse(variables[source])
        except (ColorParseError, KeyError):
            surface = colour = Color(0, 0, 0)
        plain = surface.ansi is not None or colour.ansi is not None
        mixed[name] = variables[source] if plain else surface.blend(colour, amount).hex
    return {**variables, **mixed}
