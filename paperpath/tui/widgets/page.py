"""The text of a paper: wrapped once for a width, drawn line by line, with marks laid over it.

Textual's Markdown, Static and TextArea need half a second to four seconds to open a paper and animate each page for
another 0.7 s. Here wrapping a paper of 20,000 words takes some 50 ms, a page one frame. Marks (search hits, highlights,
the selection) are ranges of blocks, so a resize wraps anew and leaves them where they are.
"""

from __future__ import annotations

import asyncio
import bisect
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from paperpath.tui.cells import cell_to_index, rows, width_of, wrap, wrap_rows
from paperpath.tui.document import Document, Place, Range
from paperpath.tui.links import Links
from paperpath.tui.widgets.lines import Painted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from textual import events
    from textual.selection import Selection

    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.themed import Themed

MarkKind = Literal["yellow", "green", "blue", "red", "hit", "here", "select"]
INDENT = {"item": 2, "equation": 6, "caption": 4, "table": 4, "reference": 4, "footnote": 2, "notice": 2}
_BLANK = -1


@dataclass(frozen=True, slots=True)
class Mark:
    """A range with a look; later ones lie over earlier ones."""

    range: Range
    kind: MarkKind


class Page(Painted, can_focus=True):
    """The reader's text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "lines(1)", "Line down", id="page.line_down", show=False, priority=True),
        Binding("k,up", "lines(-1)", "Line up", id="page.line_up", show=False, priority=True),
        Binding("space,pagedown", "pages(1)", "Page down", id="page.down", show=False, priority=True),
        Binding("b,pageup", "pages(-1)", "Page up", id="page.up", show=False, priority=True),
        Binding("d,ctrl+d", "halves(1)", "Half a page down", id="page.half_down", show=False, priority=True),
        Binding("ctrl+u", "halves(-1)", "Half a page up", id="page.half_up", show=False, priority=True),
        Binding("g,home", "edge(0)", "Beginning", id="page.top", show=False, priority=True),
        Binding("G,end", "edge(1)", "End", id="page.bottom", show=False, priority=True),
        Binding(
            "right_square_bracket", "section(1)", "Next section", id="page.next_section", show=False, priority=True
        ),
        Binding(
            "left_square_bracket", "section(-1)", "Section before", id="page.section_before", show=False, priority=True
        ),
        Binding("right", "sideways(1)", "Wide tables to the right", id="page.right", show=False, priority=True),
        Binding("left", "sideways(-1)", "And back to the left", id="page.left", show=False, priority=True),
        Binding("enter", "follow", "Follow the link", id="page.follow", show=False, priority=True),
        Binding("backspace,ctrl+o", "back", "Back to where you jumped from", id="page.back", show=False, priority=True),
    ]

    @dataclass
    class Scrolled(Message):
        """Another part of the paper is seen."""

        page: Page

        def can_replace(self, message: Message) -> bool:
            """Only the last place of a page matters."""
            return isinstance(message, Page.Scrolled) and message.page is self.page

    def __init__(self, glyphs: Glyphs, document: Document, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id)
        self.document = document
        self._lines: list[Range] = []
        self._first: list[int] = []
        """First line of each block."""
        self._width = 0
        self._marks: dict[int, list[Mark]] = {}
        self._wanted: Place | None = None
        """Where to go once the size is known."""
        self._jumps: list[Place] = []
        self._links = Links()
        self._shifts: dict[int, int] = {}
        """Table → cells at its left that are out of sight."""
        self._breadths: dict[int, int] = {}
        self.laid_out = asyncio.Event()
        """Whether there are lines: before, no key of the page would know where to go."""
        self.when_clicked: Callable[[Place], Awaitable[None]] | None = None
        self.when_followed: Callable[[], Awaitable[None]] | None = None
        """Called by enter."""

    # layout

    def open(self, document: Document, place: Place, links: Links) -> None:
        """Show another document from ``place`` on."""
        self.document, self._marks, self._jumps, self._links = document, {}, [], links
        self._breadths = {}
        self._width = 0
        self._wanted = place
        self._lay_out()
        self.forget_strips()

    def on_resize(self) -> None:
        """Wrap to the new width and stay at the same words."""
        self._lay_out()

    def wrap_anew(self) -> None:
        """Wrap for another width of the text, and stay at the same words."""
        place, self._width = self.place, 0
        self._wanted = place
        self._lay_out()
        self.forget_strips()

    @property
    def text_width(self) -> int:
        """Cells of a full line."""
        return max(16, min(cast("Themed[None]", self.app).text_width, self.columns - 4))

    @property
    def _margin(self) -> int:
        return max(1, (self.columns - self.text_width) // 2)

    def _lay_out(self) -> None:
        if not self.size.width or not self.size.height:
            return
        place = self._wanted if self._wanted is not None else self.place
        if self._width != self.columns:
            self._width = self.columns
            self._wrap(self.text_width)
            self._strips.clear()
            self.extend_to(len(self._lines))
        self._wanted = None
        self._scroll(self.line_of(place))
        self.laid_out.set()

    def _wrap(self, width: int) -> None:
        lines: list[Range] = []
        first = []
        self._shifts = {}
        for index, block in enumerate(self.document.blocks):
            first.append(len(lines))
            indent = INDENT.get(block.kind, 0)
            if block.kind == "table":  # as wide as the window, and what is wider is cut
                spans = rows(block.text, self._table_width, self.glyphs.ellipsis)
            else:
                fold = wrap_rows if block.kind == "equation" else wrap
                spans = fold(block.text, width - indent)
            lines += [Range(index, start, end) for start, end in spans]
            if block.kind not in ("meta", "title") or self._kind(index + 1) != "meta":
                lines.append(Range(_BLANK, 0, 0))
        self._lines, self._first = lines, first

    @property
    def _table_width(self) -> int:
        return self.columns - self._margin - INDENT["table"] - 1

    def _kind(self, block: int) -> str:
        return self.document.blocks[block].kind if block < len(self.document.blocks) else ""

    def line_of(self, place: Place) -> int:
        """The line that shows ``place``."""
        if not self._first:
            return 0
        at = self._first[min(place.block, len(self._first) - 1)]
        while (
            at + 1 < len(self._lines)
            and self._lines[at + 1].block == place.block
            and self._lines[at + 1].start <= place.offset
        ):
            at += 1
        return at

    def _text_line(self, at: int) -> Range | None:
        """The first line with text from ``at`` on."""
        while at < len(self._lines):
            if self._lines[at].block != _BLANK:
                return self._lines[at]
            at += 1
        return None

    def beginnings(self) -> Iterator[tuple[int, int]]:
        """Each paragraph whose first line is seen: that line, counted from the top of the window, and its block."""
        top = int(self.scroll_y)
        for at in range(top, min(top + self.size.height, len(self._lines))):
            block = self._lines[at].block
            if block != _BLANK and self._first[block] == at:
                yield at - top, block

    @property
    def place(self) -> Place:
        """The first words that are seen."""
        if self._wanted is not None:
            return self._wanted
        found = self._text_line(int(self.scroll_y))
        return Place(found.block, found.start) if found else Place(max(0, len(self.document.blocks) - 1), 0)

    @property
    def last_place(self) -> Place:
        """The last words that are seen."""
        at = min(len(self._lines) - 1, int(self.scroll_y) + self.size.height - 1)
        while at > 0 and self._lines[at].block == _BLANK:
            at -= 1
        return Place(self._lines[at].block, self._lines[at].end) if self._lines else Place(0, 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line is seen."""
        return int(self.scroll_y) + self.size.height >= len(self._lines)

    # moving

    def _scroll(self, y: float) -> None:
        self.jump_to(y)
        self.post_message(self.Scrolled(self))

    def go(self, place: Place, *, above: int = 0, remember: bool = True) -> None:
        """Scroll so that ``place`` stands ``above`` lines below the top."""
        if not self.size.height or not self._width:
            self._wanted = place
            return
        if remember:
            self._jumps.append(self.place)
        self._scroll(max(0, self.line_of(place) - above))

    def show_range(self, shown: Range, *, remember: bool = True) -> None:
        """Scroll only if ``shown`` is out of sight, and then leave some lines above it."""
        first, last = (
            self.line_of(Place(shown.block, shown.start)),
            self.line_of(Place(shown.block, max(shown.start, shown.end - 1))),
        )
        top, height = int(self.scroll_y), self.size.height
        if first < top or last >= top + height:
            self.go(Place(shown.block, shown.start), above=height // 3, remember=remember)
        self._shift_to(shown)

    # wide tables

    def _breadth(self, block: int) -> int:
        """Cells of a table's longest line."""
        if block not in self._breadths:
            self._breadths[block] = max(width_of(line) for line in self.document.blocks[block].text.split("\n"))
        return self._breadths[block]

    @property
    def wide_tables(self) -> list[int]:
        """The tables on the screen that are wider than it."""
        top = int(self.scroll_y)
        seen = dict.fromkeys(line.block for line in self._lines[top : top + self.size.height] if line.block != _BLANK)
        return [one for one in seen if self._kind(one) == "table" and self._breadth(one) > self._table_width]

    def action_sideways(self, by: int) -> None:
        """Move the wide tables on the screen by half of its width."""
        for block in self.wide_tables:
            self._shift(block, self._shifts.get(block, 0) + by * (self._table_width // 2))

    def _shift(self, block: int, cells: int) -> None:
        """Let a table begin ``cells`` further right, no further than its end; it keeps its lines."""
        self._shifts[block] = max(0, min(cells, self._breadth(block) - self._table_width))
        spans = rows(
            self.document.blocks[block].text, self._table_width, self.glyphs.ellipsis, skip=self._shifts[block]
        )
        first = self._first[block]
        self._lines[first : first + len(spans)] = [Range(block, start, end) for start, end in spans]
        self.forget_strips()

    def _shift_to(self, shown: Range) -> None:
        """Bring words of a table into sight that are beyond the edge."""
        line = self._lines[self.line_of(Place(shown.block, shown.start))]
        if self._kind(shown.block) == "table" and not line.start <= shown.start < shown.end <= line.end:
            text = self.document.blocks[shown.block].text
            before = width_of(text[text.rfind("\n", 0, shown.start) + 1 : shown.start])
            self._shift(shown.block, before - self._table_width // 3)

    def action_lines(self, count: int) -> None:
        """Some lines."""
        self._scroll(self.scroll_y + count)

    def action_pages(self, count: int) -> None:
        """A screen, less two lines to hold on to."""
        self._scroll(self.scroll_y + count * max(1, self.size.height - 2))

    def action_halves(self, count: int) -> None:
        """Half a screen."""
        self._scroll(self.scroll_y + count * max(1, self.size.height // 2))

    def action_edge(self, bottom: int) -> None:
        """The beginning or the end."""
        self._jumps.append(self.place)
        self._scroll(len(self._lines) if bottom else 0)

    def action_section(self, step: int) -> None:
        """The next heading, or the one before."""
        outline, block = self.document.outline, self.place.block
        at = bisect.bisect_right(outline, block) if step > 0 else bisect.bisect_left(outline, block) - 1
        if 0 <= at < len(outline):
            self.go(Place(outline[at], 0))
        elif step < 0:
            self.go(Place(0, 0))

    def action_back(self) -> None:
        """Where the last jump began."""
        if self._jumps:
            self.go(self._jumps.pop(), remember=False)

    async def action_follow(self) -> None:
        """What the keys have come to."""
        if self.when_followed is not None:
            await self.when_followed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The wheel and the scrollbar move the text too."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled(self))

    # marks and selection

    def mark(self, marks: Sequence[Mark]) -> None:
        """Lay these marks over the text, in place of those before."""
        self._marks = {}
        for one in marks:
            self._marks.setdefault(one.range.block, []).append(one)
        self.forget_strips()

    def selected(self) -> list[Range]:
        """What the mouse selected, one range for each block."""
        selection = self.text_selection
        if selection is None:
            return []
        merged: dict[int, Range] = {}
        for part in self._selected_lines(selection):
            before = merged.get(part.block)
            merged[part.block] = Range(part.block, before.start, part.end) if before else part
        return list(merged.values())

    def _selected_lines(self, selection: Selection) -> Iterator[Range]:
        first = selection.start.y if selection.start else 0
        last = selection.end.y if selection.end else len(self._lines) - 1
        for y in range(max(0, first), min(last, len(self._lines) - 1) + 1):
            span = self._span(y, selection.get_span(y))
            if span is not None:
                yield span

    def _span(self, y: int, cells: tuple[int, int] | None) -> Range | None:
        """The characters of line ``y`` between two cells."""
        block, start, end = self._lines[y]
        if block == _BLANK or cells is None:
            return None
        text = self.document.blocks[block].text[start:end]
        left = self._margin + INDENT.get(self.document.blocks[block].kind, 0)
        first = cell_to_index(text, max(0, cells[0] - left))
        last = len(text) if cells[1] == -1 else cell_to_index(text, max(0, cells[1] - left))
        return Range(block, start + first, start + last) if first < last else None

    async def on_click(self, event: events.Click) -> None:
        """A click on words; the end of a selection is none."""
        at = event.y + int(self.scroll_y)
        if self.when_clicked is None or not 0 <= at < len(self._lines) or event.x < self._margin or self.selected():
            return
        clicked = self._span(at, (event.x, event.x + 1))
        if clicked is not None:
            await self.when_clicked(Place(clicked.block, clicked.start))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that the mouse selected; lines of a paragraph are joined."""
        del selection
        return "\n\n".join(self.document.blocks[r.block].text[r.start : r.end] for r in self.selected()), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """The mouse moves."""
        del selection
        self.forget_strips()

    # painting

    def render_line(self, y: int) -> Strip:
        """The line at ``y`` of the window."""
        at, width = y + int(self.scroll_y), self.columns
        if at >= len(self._lines):
            return Strip.blank(width, self.style_of(""))
        selection = self.text_selection
        span = self._span(at, selection.get_span(at)) if selection is not None else None
        key = (at, width, span)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = (
                self._strip(at, span).adjust_cell_length(width, self.style_of("")).apply_offsets(0, at)
            )
        return strip

    def _strip(self, at: int, selected: Range | None) -> Strip:
        block_at, start, end = self._lines[at]
        if block_at == _BLANK:
            return Strip([Segment(" " * self.columns, self.style_of(""))])
        block = self.document.blocks[block_at]
        base, lead = self._base(block.kind, block.level), self._lead(block.kind, first=at == self._first[block_at])
        if self._shifts.get(block_at):
            lead = [Segment(f"{self.glyphs.ellipsis:>{INDENT['table'] - 1}} ", self.style_of("soft"))]
        text = block.text[start:end]
        laid = [(a - start, z - start, ink) for a, z, ink in self._over(block_at, start, end)]
        if selected:
            laid.append((selected.start - start, selected.end - start, "select"))
        cuts = sorted({0, len(text), *(max(0, a) for a, _, _ in laid), *(min(len(text), z) for _, z, _ in laid)})
        segments = [Segment(" " * self._margin, self.style_of("")), *lead]
        for a, z in pairwise(cuts):
            inks = " ".join([base, *(ink for first, last, ink in laid if first <= a and z <= last)])
            segments.append(Segment(text[a:z], self.style_of(inks)))
        if block.kind == "table" and block.text[end : end + 1] not in ("", "\n"):
            segments.append(Segment(self.glyphs.ellipsis, self.style_of("soft")))
        return Strip(segments)

    def _over(self, block: int, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """What lies over the characters of a line: links first, marks upon them."""
        for link in self._links.of_block(block):
            if link.range.start < end and link.range.end > start:
                yield link.range.start, link.range.end, "link"
        for mark in self._marks.get(block, ()):
            if mark.range.start < end and mark.range.end > start:
                yield mark.range.start, mark.range.end, mark.kind

    @staticmethod
    def _base(kind: str, level: int) -> str:
        """The ink of a block."""
        if kind in ("title", "heading"):
            return "title" if level <= 1 else "strong"
        if kind in ("meta", "footnote"):
            return "dim"
        if kind == "notice":
            return "accent"
        if kind in ("equation", "caption"):
            return kind
        return ""

    def _lead(self, kind: str, *, first: bool) -> list[Segment]:
        """What stands before the words of a line."""
        indent = INDENT.get(kind, 0)
        if kind == "caption":
            return [Segment(f"  {self.glyphs.quote} ", self.style_of("quote"))]
        if kind == "notice":
            return [Segment(f"{self.glyphs.here} " if first else "  ", self.style_of("mark"))]
        if kind == "reference" and first:
            indent = max(0, indent - 2)
        return [Segment(" " * indent, self.style_of(""))] if indent else []
