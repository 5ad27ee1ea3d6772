"""A pane of styled paragraphs that scrolls: details, help, notes, previews.

Paragraphs come as runs of (text, style name), so nothing is ever read as markup. A change repaints the pane without a
layout pass, which halves the cost of moving through a list with the details open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from paperpath.tui.cells import Run, lines_of
from paperpath.tui.widgets.lines import Painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.tui.glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; no runs make an empty line."""

    runs: tuple[Run, ...] = ()
    indent: int = 0
    """Cells before every line but the first."""
    first: int = 0
    """Cells before the first line."""
    link: str = ""
    """Where it leads, in a pane that can follow."""


def line(text: str, style: str = "") -> Para:
    """A paragraph in one style."""
    return Para(((text, style),))


BLANK = Para()


class TextPane(Painted, can_focus=True):
    """Paragraphs, wrapped to the width of the pane."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "lines(1)", "Down", id="pane.down", show=False, priority=True),
        Binding("k,up", "lines(-1)", "Up", id="pane.up", show=False, priority=True),
        Binding("space,pagedown,ctrl+d", "pages(1)", "Page down", id="pane.page_down", show=False, priority=True),
        Binding("b,pageup,ctrl+u", "pages(-1)", "Page up", id="pane.page_up", show=False, priority=True),
        Binding("g,home", "edge(0)", "Top", id="pane.top", show=False, priority=True),
        Binding("G,end", "edge(1)", "Bottom", id="pane.bottom", show=False, priority=True),
    ]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id, classes=classes)
        self._paragraphs: Sequence[Para] = ()
        self._lines: list[tuple[int, list[Run]]] = []
        self._owners: list[int] = []
        """For each line, the index of its paragraph."""
        self._width = 0

    @property
    def text(self) -> str:
        """What is shown, unwrapped."""
        return "\n".join("".join(text for text, _ in para.runs) for para in self._paragraphs)

    def show(self, paragraphs: Sequence[Para], *, keep_place: bool = False) -> None:
        """Show other paragraphs, from the top unless they are the same text anew."""
        self._paragraphs = paragraphs
        self._wrap()
        if not keep_place:
            self.jump_to(0)
        self.forget_strips()

    def _wrap(self) -> None:
        self._width = width = self.columns
        lines: list[tuple[int, list[Run]]] = []
        self._owners = []
        for at, para in enumerate(self._paragraphs):
            # The first line may hang out to the left: it is wrapped at the width of the others.
            wrapped = lines_of(para.runs, max(8, width - max(para.indent, para.first))) or [[]]
            lines.extend((para.indent if number else para.first, runs) for number, runs in enumerate(wrapped))
            self._owners.extend([at] * len(wrapped))
        self._lines = lines
        self.extend_to(len(lines))

    def on_resize(self) -> None:
        """Wrap to the new width."""
        if self.columns != self._width:
            self._wrap()
            self.forget_strips()

    def over(self, line: int) -> str:
        """The ink that is laid over a line, if any."""
        del line
        return ""

    def render_line(self, y: int) -> Strip:
        """The line at ``y`` of the window."""
        at, width = y + int(self.scroll_y), self.columns
        if at >= len(self._lines):
            return Strip.blank(width, self.style_of(""))
        indent, runs = self._lines[at]
        over = self.over(at)
        segments = [Segment(" " * indent, self.style_of(over))] if indent else []
        segments.extend(Segment(text, self.style_of(f"{style} {over}".strip())) for text, style in runs)
        return Strip(segments).adjust_cell_length(width, self.style_of(over))

    def action_lines(self, count: int) -> None:
        """Scroll by lines."""
        self.jump_to(self.scroll_y + count)

    def action_pages(self, count: int) -> None:
        """Scroll by pages."""
        self.jump_to(self.scroll_y + count * max(1, self.size.height - 2))

    def action_edge(self, bottom: int) -> None:
        """Scroll to the top or the bottom."""
        self.jump_to(self.virtual_size.height if bottom else 0)
