"""Our themes: ink on warm paper, by night and by day, and others for other eyes. Textual brings some twenty more.

Those of high contrast keep 7:1 for letters on the page and on panels, the others 4.5:1, and 3:1 for what is dim; a test
measures it.
"""

from __future__ import annotations

from difflib import get_close_matches

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from paperpath.errors import BadSetting

OURS = "paperpath-"

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
    primary="#74490c",
    secondary="#1a5c52",
    accent="#7d4a05",
    warning="#84490a",
    error="#a02a20",
    success="#3d651c",
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
        "dim": "#6f685c",
        "border": "#cfc4ad",
        "scrollbar": "#d3c8b2",
        "scrollbar-background": "#f8f4ea",
        "scrollbar-hover": "#b9ab8f",
        "scrollbar-active": "#8a5a12",
    },
)

CONTRAST_DARK = Theme(
    name="paperpath-contrast-dark",
    primary="#ffd700",
    secondary="#7ce8ff",
    accent="#ffd700",
    warning="#ffb84d",
    error="#ff9a94",
    success="#8cff8c",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#141414",
    dark=True,
    variables={
        "block-cursor-background": "#ffd700",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#ffd700",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#ffd700 35%",
        "border": "#ffffff",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#000000",
        "scrollbar-hover": "#7ce8ff",
        "scrollbar-active": "#ffd700",
        "dim": "#c8c8c8",
        "soft": "#e6e6e6",
    },
)
CONTRAST_LIGHT = Theme(
    name="paperpath-contrast-light",
    primary="#00318a",
    secondary="#004d43",
    accent="#6a0048",
    warning="#6b3a00",
    error="#8f0010",
    success="#0b4d00",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#f0f0f0",
    dark=False,
    variables={
        "block-cursor-background": "#00318a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#6a0048",
        "input-cursor-foreground": "#ffffff",
        "input-selection-background": "#00318a 35%",
        "border": "#000000",
        "scrollbar": "#000000",
        "scrollbar-background": "#ffffff",
        "scrollbar-hover": "#004d43",
        "scrollbar-active": "#00318a",
        "dim": "#3c3c3c",
        "soft": "#1e1e1e",
    },
)
SLATE = Theme(
    name="paperpath-slate",
    primary="#8fb4e8",
    secondary="#8fcfc4",
    accent="#9cc4f5",
    warning="#e6b673",
    error="#ee8d92",
    success="#9fcf94",
    foreground="#d5dce6",
    background="#12161c",
    surface="#171c24",
    panel="#222a35",
    dark=True,
    variables={
        "block-cursor-background": "#2c3f5a",
        "block-cursor-foreground": "#eaf2ff",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#9cc4f5",
        "input-cursor-foreground": "#171c24",
        "input-selection-background": "#8fb4e8 35%",
        "border": "#364252",
        "scrollbar": "#364252",
        "scrollbar-background": "#171c24",
        "scrollbar-hover": "#8fcfc4",
        "scrollbar-active": "#8fb4e8",
    },
)
SEPIA = Theme(
    name="paperpath-sepia",
    primary="#7a3b12",
    secondary="#3d5a45",
    accent="#8a3c10",
    warning="#7d4800",
    error="#9c2a1f",
    success="#47651c",
    foreground="#43321f",
    background="#e3d2b0",
    surface="#f0e2c6",
    panel="#e4d3b2",
    dark=False,
    variables={
        "block-cursor-background": "#d8bd8c",
        "block-cursor-foreground": "#2f200f",
        "block-cursor-text-style": "none",
        "input-cursor-background": "#8a3c10",
        "input-cursor-foreground": "#f0e2c6",
        "input-selection-background": "#7a3b12 35%",
        "dim": "#7a6546",
        "border": "#c4ab7e",
        "scrollbar": "#c4ab7e",
        "scrollbar-background": "#f0e2c6",
        "scrollbar-hover": "#3d5a45",
        "scrollbar-active": "#7a3b12",
    },
)
TERMINAL = Theme(
    name="paperpath-terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border-blurred": "ansi_bright_black",
        "block-cursor-background": "ansi_blue",
        "block-cursor-foreground": "ansi_bright_white",
        "block-cursor-text-style": "none",
        "input-cursor-background": "ansi_magenta",
        "input-cursor-foreground": "ansi_bright_white",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_bright_white",
        "border": "ansi_bright_black",
        "scrollbar": "ansi_bright_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-hover": "ansi_blue",
        "scrollbar-active": "ansi_blue",
        "dim": "ansi_bright_black",
        "soft": "ansi_default",
        "mark-blue": "ansi_cyan",
        "mark-select": "ansi_bright_blue",
    },
)
"""The sixteen colours of the terminal, on its own ground."""
THEMES = (NIGHT, DAY, SLATE, SEPIA, CONTRAST_DARK, CONTRAST_LIGHT, TERMINAL)


def find(name: str, origin: str) -> str:
    """The whole name of a theme; ``night`` is enough for ours.

    Raises:
        BadSetting: there is no such theme.
    """
    names = [theme.name for theme in THEMES]
    for known in (f"{OURS}{name}", name):
        if known in names or known in BUILTIN_THEMES:
            return known
    short = [theme.removeprefix(OURS) for theme in names]
    close = get_close_matches(name, [*short, *BUILTIN_THEMES], 2, 0.5)
    meant = f"Did you mean {' or '.join(map(repr, close))}? " if close else ""
    raise BadSetting(
        f"{origin}: there is no theme {name!r}. {meant}Ours are {', '.join(short)}; "
        f"Textual brings {', '.join(sorted(BUILTIN_THEMES))}."
    )


_BLENDS = {
    "soft": ("foreground", 0.8),
    "dim": ("foreground", 0.58),
    "mark-accent": ("accent", 0.3),
    "mark-select": ("primary", 0.41),
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
        if name in variables:  # the theme knows better
            continue
        try:
            surface, colour = Color.parse(variables["surface"]), Color.parse(variables[source])
        except (ColorParseError, KeyError):
            surface = colour = Color(0, 0, 0)
        plain = surface.ansi is not None or colour.ansi is not None
        mixed[name] = variables[source] if plain else surface.blend(colour, amount).hex
    return {**variables, **mixed}
