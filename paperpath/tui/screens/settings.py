"""What can be set while the program runs, and is remembered: each value is an entry of the palette.

A setting of the configuration wins at the start, as it does for the theme; what is chosen here then holds for the run.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from paperpath.tui.catalogue import SORTS
from paperpath.tui.glyphs import ASCII, UNICODE
from paperpath.tui.widgets.lines import Painted
from paperpath.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperpath.tui.app import PaperpathApp

WIDTHS = (60, 72, 80, 92, 110)
"""Cells of a line of text; 92 is what we begin with."""


class Choice(NamedTuple):
    """A value that a setting can have."""

    words: str
    now: bool
    """Whether it has that value."""
    take: Callable[[], None]


def choices(app: PaperpathApp) -> Iterator[Choice]:
    """Every value of every setting but the theme, which is seen before it is chosen."""
    for width in WIDTHS:
        yield Choice(f"Width of the text: {width}", width == app.text_width, partial(choose_width, app, width))
    for on, words in ((False, "all"), (True, "ASCII alone")):
        yield Choice(f"Signs: {words}", on == (app.glyphs is ASCII), partial(choose_ascii, app, on=on))
    shelf = app.shelf
    for name in shelf.orders:
        words = f"Sort: {SORTS[name][1].lower()}"
        yield Choice(words, name == shelf.sort, partial(shelf.choose_sort, name))


def choose_width(app: PaperpathApp, width: int) -> None:
    """Wrap texts to lines of so many cells, as far as the terminal has them."""
    app.text_width = width
    for room in app.rooms:
        for page in room.query(Page):
            page.wrap_anew()
    app.remember(text_width=width)
    app.say(f"Lines of {width} characters at most", "good")


def choose_ascii(app: PaperpathApp, *, on: bool) -> None:
    """Draw with ASCII signs alone, or with all."""
    app.glyphs = ASCII if on else UNICODE
    app.set_class(on, "-ascii")
    for room in app.rooms:
        for widget in room.query("*"):
            if hasattr(widget, "glyphs"):
                widget.glyphs = app.glyphs
                widget.refresh()
            if isinstance(widget, Painted):
                widget.forget_strips()
    app.remember(ascii=on)
    # What was made with the other signs is made again: this screen now, those behind it when they come to the front.
    app.show_catalogue()
    fixed = "; the setting ascii turns it on at the start" if app.ascii_fixed and not on else ""
    app.say(f"Signs: {'ASCII alone' if on else 'all'}{fixed}", "good")
