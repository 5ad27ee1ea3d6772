"""Where a jump can go on a screen, and the letters to type for each place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from paperpath.tui.document import Place
from paperpath.tui.widgets.lines import LineList, Painted
from paperpath.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.screen import Screen

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The keys under the fingers first."""


class Spot(NamedTuple):
    """A place to go to."""

    x: int
    y: int
    """Where its label stands on the screen."""
    go: Callable[[], Awaitable[None] | None]


def spots(screen: Screen[None]) -> list[Spot]:
    """Every row, paragraph and pane that is seen; the pane with the keyboard comes first, for the short labels."""
    panes = [widget for widget in screen.query(Painted) if widget.display and widget.region.area]
    panes.sort(key=lambda pane: pane is not screen.focused)
    return [spot for pane in panes for spot in _spots_of(pane)]


def _spots_of(pane: Painted) -> Iterator[Spot]:
    content = pane.content_region
    x = max(pane.region.x, content.x - 1)
    if isinstance(pane, LineList):
        top = int(pane.scroll_y)
        for at in range(top, min(top + content.height, len(pane.items))):
            if pane.selectable(pane.items[at]):
                yield Spot(x, content.y + at - top, partial(_to_row, pane, pane.items[at]))
    elif isinstance(pane, Page):
        for y, block in pane.beginnings():
            yield Spot(x, content.y + y, partial(_to_paragraph, pane, Place(block, 0)))
    else:
        yield Spot(x, content.y, partial(_focus, pane))


def _focus(pane: Painted) -> None:
    pane.screen.set_focus(pane)


async def _to_row(pane: LineList, item: int) -> None:
    """The cursor goes there; where a row is itself a place, such as a section, one goes on to that."""
    _focus(pane)
    pane.go(item)
    if pane.LEADS_ON:
        await pane.action_choose()


def _to_paragraph(page: Page, place: Place) -> None:
    _focus(page)
    page.go(place)


def labels(count: int) -> list[str]:
    """As many labels, none the beginning of another: one letter each while the letters last, then some have two.

    With more places than pairs of letters the rest goes without.
    """
    most = len(LETTERS)
    heads = 0  # letters that begin a pair
    while most - heads + heads * most < count and heads < most:
        heads += 1
    singles = [*LETTERS[: most - heads]]
    pairs = [first + second for first in LETTERS[most - heads :] for second in LETTERS]
    return [*singles, *pairs][:count]
