"""The papers of a fetch, under the list: how far each is, and why some failed. It stays until it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.tui.cells import Run, fit, safe, width_of, wrap
from paperpath.tui.fetching import fraction, reason, step
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from paperpath.tui.fetching import Fetches
    from paperpath.workflow.fetch import FetchEvent

HEIGHT = 8
BAR = 14


class Tray(LineList):
    """A line for each paper, and under a failure its reason."""

    RESTING = False
    _lines: tuple[tuple[FetchEvent | None, str], ...] = ()
    _fetches: Fetches | None = None

    def fill(self, fetches: Fetches) -> None:
        """Show how things stand: failures and what moves first, what is done last."""
        self._fetches = fetches
        order = {"failed": 0, "downloading": 1, "parsing": 1, "waiting": 2, "queued": 3}
        events = sorted(fetches.events.values(), key=lambda event: 0 if event.error else order.get(event.state, 4))
        lines: list[tuple[FetchEvent | None, str]] = [(None, "")]
        room = max(20, self.columns - 6)
        for event in events:
            lines.append((event, ""))
            if event.final and event.error is not None:
                text = reason(event)
                lines += [(event, text[start:end]) for start, end in wrap(text, room)[:3]]
        before = self._lines[self.item][0] if self.item is not None and self.item < len(self._lines) else None
        self._lines = tuple(lines)
        key = before.key if before else None
        keep = next((i for i, (event, text) in enumerate(lines) if event and not text and event.key == key), None)
        self.styles.height = min(HEIGHT, len(lines)) + 1
        self.show([-1, *(i if not lines[i][1] else -1 - i for i in range(1, len(lines)))], keep=keep)

    def key_at(self, item: int) -> str | None:
        """The paper of a line."""
        event = self._lines[item][0]
        return event.key if event else None

    def draw(self, item: int, width: int) -> list[Run]:
        """The heading, a paper, or a reason."""
        event, text = self._lines[item if item >= 0 else -1 - item]
        if event is None:
            return self._draw_heading(width)
        if text:
            return [(f"     {fit(text, width - 5, self.glyphs.ellipsis)}", "bad")]
        sign, style = self._sign(event)
        words = step(event) if event.state != "failed" else "f tries again"
        full, empty = self.glyphs.bar(fraction(event), BAR)
        tail = f" {fit(words, 22)}"
        title = f"{event.id}  {safe(event.title)}" if event.title else str(event.id)
        room = width - 3 - BAR - width_of(tail) - 2
        bar: list[Run] = [(f" {full}", "accent"), (empty, "dim")]
        if event.state == "failed":
            bar = [(" " * (BAR + 1), "")]
        return [
            (f" {sign} ", style),
            (fit(title, room, self.glyphs.ellipsis), style if event.state == "failed" else ""),
            *bar,
            (tail, "dim"),
        ]

    def _sign(self, event: FetchEvent) -> Run:
        glyphs = self.glyphs
        if event.state in ("downloading", "parsing"):
            return glyphs.arrow, "accent"
        if event.state in ("fetched", "cached"):
            return glyphs.tick, "good"
        if event.state == "failed":
            return glyphs.times, "bad"
        return glyphs.wait, "dim"

    def _draw_heading(self, width: int) -> list[Run]:
        assert self._fetches is not None
        runs: list[Run] = [(f"FETCH  {self._fetches.summary()}", "strong")]
        hint = "X stops   w hides" if self._fetches.running else "esc or w closes"
        if self._fetches.stopping and self._fetches.running:
            hint = "stopping after this step"
        gap = width - width_of(runs[0][0]) - len(hint) - 1
        return [*runs, (" " * max(1, gap), ""), (hint, "dim")]
