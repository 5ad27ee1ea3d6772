"""A list of any length that paints only what is seen.

Textual's own lists make an object or a layout for every row: with 10,000 rows DataTable takes two seconds to its first
paint and half a second for each filter key. Here a row is an integer, a strip is made when it comes into view and kept,
and showing another subset is one assignment: 4 ms for a key, 17 ms for a page, whatever the length.

A subclass says how an item looks (:meth:`LineList.draw`) and which items the cursor may rest on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from paperpath.tui.cells import width_of
from paperpath.tui.ink import Inked
from paperpath.tui.keymap import Keyed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual import events

    from paperpath.tui.cells import Run
    from paperpath.tui.glyphs import Glyphs


class Painted(Keyed, Inked, ScrollView):
    """What the line widgets share: inks, and strips that are made once."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.glyphs = glyphs
        self._strips: LRUCache[object, Strip] = LRUCache(1024)

    def forget_strips(self) -> None:
        """What is shown has changed."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Called when the theme or the ground changes."""
        self._strips.clear()
        super().notify_style_update()

    @property
    def columns(self) -> int:
        """Cells for text. ``size.width`` would count the scrollbar."""
        return self.scrollable_content_region.width

    def extend_to(self, lines: int) -> None:
        """Say how many lines there are. Assigning ``virtual_size`` would lay out the whole screen: 12 ms a key."""
        size = Size(self.columns, lines)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
        self.refresh()

    def jump_to(self, y: float) -> None:
        """Scroll in one frame."""
        self.scroll_to(y=y, animate=False, immediate=True)


class LineList(Painted, can_focus=True):
    """A list with a cursor; items are integers, one line each."""

    ALLOW_SELECT = False
    RESTING: ClassVar[bool] = True
    """Whether the cursor is seen while the keyboard is elsewhere."""
    LEADS_ON: ClassVar[bool] = False
    """Whether a row is a place to go to, and not a thing to choose: a jump to it opens it."""
    BINDINGS: ClassVar[list[BindingType]] = [
        # Priority: Textual runs such keys in the order they arrive, even when twenty come in one write.
        Binding("j,down", "move(1)", "Down", id="list.down", show=False, priority=True),
        Binding("k,up", "move(-1)", "Up", id="list.up", show=False, priority=True),
        Binding("ctrl+d", "half(1)", "Half a page down", id="list.half_down", show=False, priority=True),
        Binding("ctrl+u", "half(-1)", "Half a page up", id="list.half_up", show=False, priority=True),
        Binding("space,pagedown", "page(1)", "Page down", id="list.page_down", show=False, priority=True),
        Binding("b,pageup", "page(-1)", "Page up", id="list.page_up", show=False, priority=True),
        Binding("g,home", "edge(-1)", "First", id="list.first", show=False, priority=True),
        Binding("G,end", "edge(1)", "Last", id="list.last", show=False, priority=True),
        Binding("enter", "choose", "Open", id="list.open", show=False, priority=True),
    ]

    @dataclass
    class Moved(Message):
        """The cursor rests on another item, or on none."""

        list: LineList
        item: int | None

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

        def can_replace(self, message: Message) -> bool:
            """While a key is held down only the last place matters."""
            return isinstance(message, LineList.Moved) and message.list is self.list

    def __init__(self, glyphs: Glyphs, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id, classes=classes)
        self.items: Sequence[int] = ()
        self.at = 0
        """Index of the cursor's item in ``items``."""
        self.led = False
        """Whether keys move the cursor although the keyboard is elsewhere, in a line where one types."""
        self.when_chosen: Callable[[int], Awaitable[None] | None] | None = None
        """Called by enter and a double click; a message would arrive after keys that were typed ahead."""
        self.empty: Sequence[Sequence[Run]] = ()
        """What to say, line by line, when there is nothing to show."""

    # what a subclass says

    def draw(self, item: int, width: int) -> list[Run]:
        """The runs of one line; what is too long is cut, what is too short is padded."""
        raise NotImplementedError

    def selectable(self, item: int) -> bool:
        """Whether the cursor may rest there."""
        return item >= 0

    # what is shown

    @property
    def item(self) -> int | None:
        """The item under the cursor."""
        if 0 <= self.at < len(self.items) and self.selectable(self.items[self.at]):
            return self.items[self.at]
        return None

    def show(self, items: Sequence[int], *, keep: int | None = None) -> None:
        """Show ``items``, with the cursor on ``keep`` if it is there and else on the first."""
        self.items = items
        at = 0
        if keep is not None and keep in items:
            at = items.index(keep)
        self.at = self._selectable_from(at, 1)
        self.extend_to(len(items))
        self._strips.clear()
        self._reveal(centre=keep is not None)
        self.refresh()
        self.post_message(self.Moved(self, self.item))

    def go(self, item: int) -> None:
        """Put the cursor on ``item``, if it is shown."""
        if item in self.items:
            self._set(self.items.index(item))

    def _selectable_from(self, at: int, step: int) -> int:
        """The nearest index that the cursor may take, in the direction of ``step`` and then in the other."""
        if not self.items:
            return 0
        at = max(0, min(at, len(self.items) - 1))
        for candidates in (
            range(at, len(self.items) if step > 0 else -1, step),
            range(at, -1 if step > 0 else len(self.items), -step),
        ):
            for index in candidates:
                if self.selectable(self.items[index]):
                    return index
        return 0

    def _set(self, at: int, step: int = 1) -> None:
        new = self._selectable_from(at, step)
        if new == self.at:
            self._reveal()
            return
        old, self.at = self.at, new
        self._repaint(old)
        self._repaint(new)
        self._reveal()
        self.post_message(self.Moved(self, self.item))

    def _repaint(self, at: int) -> None:
        y = at - int(self.scroll_y)
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _reveal(self, *, centre: bool = False) -> None:
        height = self.size.height
        if not height:  # not laid out yet; on_resize comes back here
            return
        top = int(self.scroll_y)
        first = self.at
        while first > 0 and not self.selectable(self.items[first - 1]):
            first -= 1  # a heading stays in sight with its first row
        if first < top:
            self.jump_to(first)
        elif self.at >= top + height:
            self.jump_to(self.at - height // 2 if centre else self.at - height + 1)

    # keys and mouse

    def action_move(self, step: int) -> None:
        """One row."""
        self._set(self.at + step, step)

    def action_page(self, step: int) -> None:
        """One screen, less a line to hold on to."""
        self._set(self.at + step * max(1, self.size.height - 1), step)

    def action_half(self, step: int) -> None:
        """Half a screen."""
        self._set(self.at + step * max(1, self.size.height // 2), step)

    def action_edge(self, side: int) -> None:
        """The first or the last row."""
        self._set(0 if side < 0 else len(self.items) - 1, -side)

    async def action_choose(self) -> None:
        """Open what is under the cursor."""
        if self.item is not None and self.when_chosen is not None:
            done = self.when_chosen(self.item)
            if done is not None:
                await done

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        at = event.y + int(self.scroll_y)
        if at < len(self.items) and self.selectable(self.items[at]):
            self._set(at)
            if event.chain == 2:
                await self.action_choose()

    def on_resize(self) -> None:
        """Another width, other strips."""
        self.extend_to(len(self.items))
        self._strips.clear()
        self._reveal()

    # painting

    @property
    def _cursor(self) -> str:
        """The ink of the cursor's line."""
        if self.has_focus or self.led:
            return "cursor"
        if not self.RESTING:
            return ""
        return "rest" if self.rich_style.bgcolor != self.style_of("rest").bgcolor else "rest-on-panel"

    def render_line(self, y: int) -> Strip:
        """The line at ``y`` of the window."""
        at, width = y + int(self.scroll_y), self.columns
        if not self.items:
            return self._say_empty(y, width)
        if at >= len(self.items):
            return Strip.blank(width, self.style_of(""))
        item = self.items[at]
        here = self._cursor if at == self.at and self.selectable(item) else ""
        key = (item, width, here)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._strip(item, width, here)
        return strip

    def _say_empty(self, y: int, width: int) -> Strip:
        at = y - max(0, (self.size.height - len(self.empty)) // 3)
        if not 0 <= at < len(self.empty):
            return Strip.blank(width, self.style_of(""))
        runs = self.empty[at]
        left = max(0, (width - sum(width_of(text) for text, _ in runs)) // 2)
        segments = [Segment(" " * left, self.style_of(""))]
        segments.extend(Segment(text, self.style_of(style)) for text, style in runs)
        return Strip(segments).adjust_cell_length(width, self.style_of(""))

    def _strip(self, item: int, width: int, here: str) -> Strip:
        # The cursor's colour of letters goes over all others, so that the line reads on any theme.
        segments = [
            Segment(text, self.style_of(f"{style} {here}".strip() if here else style))
            for text, style in self.draw(item, width)
        ]
        return Strip(segments).adjust_cell_length(width, self.style_of(here))
