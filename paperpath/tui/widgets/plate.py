"""A picture in the middle of its place, or words that stand for it.

What is shown is asked for in a thread, in the size that there is. While a key is held down only what was wanted last is
asked for: a view takes 40 ms, and keys come faster.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from paperpath.errors import Cancelled, PaperpathError
from paperpath.tui import imaging
from paperpath.tui.cells import lines_of
from paperpath.tui.ink import Inked
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from paperpath.pdf.views import Frame, View
    from paperpath.tui.cells import Run

    Question = Callable[[Frame], View]

ALL: imaging.Part = (0.0, 0.0, 1.0, 1.0)
WORDS = 72
"""Cells that words take at most."""


class Plate(Inked):
    """One picture."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.means: imaging.Means = ""
        """How pictures are shown here."""
        self.part = ALL
        """What will be seen."""
        self.when_failed: Callable[[PaperpathError], None] | None = None
        self.when_turned: Callable[[int], None] | None = None
        """Called by the wheel of the mouse, with 1 for down."""
        self._question: Question | None = None
        self._zoom = 1.0
        self._wanted = self._drawing = self._gone = False
        self._lines: Sequence[Strip] = ()
        self._words: Sequence[Run] = ()
        self._forget = ""
        """What makes the terminal forget the picture that is shown."""

    @property
    def text(self) -> str:
        """The words, while there is no picture."""
        return "".join(text for text, _ in self._words)

    # what is shown

    def ask(self, question: Question, meanwhile: str) -> None:
        """Show all of another picture; ``meanwhile`` is said as long as there is none."""
        self._question, self._zoom, self.part = question, 1.0, ALL
        if not self._lines:
            self.say((meanwhile, "dim"))
        self._want()

    def move(self, zoom: float, middle: tuple[float, float]) -> None:
        """Show the part of the picture around ``middle``, ``zoom`` times as large as the whole would be."""
        share = self._zoom / zoom
        self._zoom = zoom
        edges = []
        for low, high, centre in zip(self.part[:2], self.part[2:], middle, strict=True):
            half = min(1.0, (high - low) * share) / 2
            centre = max(half, min(centre, 1 - half))
            edges.append((centre - half, centre + half))
        (left, right), (top, bottom) = edges
        self.part = (left, top, right, bottom)
        self._want()

    def say(self, *runs: Run) -> None:
        """Show words in place of a picture."""
        self._forget_shown()
        self._lines, self._words = (), runs
        self.refresh()

    def on_resize(self) -> None:
        """Another size wants another picture."""
        self._want()

    def on_unmount(self) -> None:
        """Nothing stays in the terminal's memory."""
        self._gone = True
        self._forget_shown()

    # asking

    def _want(self) -> None:
        self._wanted = bool(self.means and self._question and self.size.area)
        if self._wanted and not self._drawing:
            self._drawing = True
            start(self, self._draw, "picture")

    async def _draw(self) -> None:
        try:
            while self._wanted and not self._gone and self._question is not None:
                self._wanted = False
                question, (columns, rows), zoom, part = self._question, self.size, self._zoom, self.part
                try:
                    drawing = await asyncio.to_thread(_made, question, self.means, columns, rows, zoom, part)
                except Cancelled:
                    return
                except PaperpathError as error:
                    if not self._wanted and self.when_failed is not None:
                        self.when_failed(error)
                    continue
                if not self._wanted:
                    self._lay(drawing)
        finally:
            self._drawing = False

    def _lay(self, drawing: imaging.Drawing) -> None:
        self._write(drawing.send)
        self._lines, self._words, self.part = drawing.lines, (), drawing.part
        self.refresh()
        self._forget_shown()
        self._forget = drawing.forget

    def _forget_shown(self) -> None:
        if self._forget:
            self.call_after_refresh(self._write, self._forget) if not self._gone else self._write(self._forget)
            self._forget = ""

    def _write(self, sequence: str) -> None:
        """Send something that is no text; Textual has no other door for that than its driver."""
        driver = self.app._driver  # noqa: SLF001
        if sequence and driver is not None:
            driver.write(sequence)

    # the mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        self._turn(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel."""
        self._turn(event, -1)

    def _turn(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        if self.when_turned is not None:
            self.when_turned(by)

    # painting

    def render_line(self, y: int) -> Strip:
        """The line."""
        width, height = self.size
        ground = self.style_of("")
        lines = self._lines or self._written(min(width - 4, WORDS))
        at = y - max(0, (height - len(lines)) // (2 if self._lines else 3))
        if not 0 <= at < len(lines):
            return Strip.blank(width, ground)
        left = max(0, (width - lines[at].cell_length) // 2)
        shown = Strip([Segment(" " * left, ground), *lines[at]], left + lines[at].cell_length)
        return shown.adjust_cell_length(width, ground)

    def _written(self, width: int) -> list[Strip]:
        return [
            Strip([Segment(text, self.style_of(style)) for text, style in line])
            for line in (lines_of(self._words, max(8, width)) if self._words else ())
        ]


def _made(
    question: Question, means: imaging.Means, columns: int, rows: int, zoom: float, part: imaging.Part
) -> imaging.Drawing:
    left, top, right, bottom = part
    frame = imaging.frame(means, columns, rows, zoom=zoom, x=(left + right) / 2, y=(top + bottom) / 2)
    return imaging.draw(means, question(frame))
