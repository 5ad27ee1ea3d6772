"""The papers of a fetch, under the list: how far each is, and why some failed. It stays until it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.message import Message

from paperpath.tui.cells import Run, fit, safe, width_of, wrap
from paperpath.tui.fetching import fraction, pace, reason, step
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from paperpath.tui.fetching import Fetches
    from paperpath.tui.themed import Themed
    from paperpath.workflow.fetch import FetchEvent

HEIGHT = 8
BAR = 14


class Tray(LineList):
    """A line for each paper, and under a failure its reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "leave_out", "Leave this paper out", id="fetch.leave_out", priority=True),
        Binding("r", "retry_failed", "Try all again that failed", id="fetch.retry_failed", priority=True),
    ]

    @dataclass
    class LeaveOut(Message):
        """A paper is not to be fetched; ``name`` is its key, or its id."""

        name: str

    class RetryFailed(Message):
        """All papers that failed are to be fetched again."""

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

    @property
    def name_here(self) -> str | None:
        """The paper under the cursor: its key, or its id as long as it has none."""
        event = self._lines[self.item][0] if self.item is not None and self.item < len(self._lines) else None
        return (event.key or event.id) if event else None

    def action_leave_out(self) -> None:
        """Leave out the paper under the cursor."""
        if self.name_here is not None:
            self.post_message(self.LeaveOut(self.name_here))

    def action_retry_failed(self) -> None:
        """Fetch all again that failed."""
        self.post_message(self.RetryFailed())

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
        words = step(event) if event.state != "failed" else f"{self._label('paper.fetch')} tries again"
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

    def _label(self, id: str) -> str:  # noqa: A002 - Textual's word
        return cast("Themed[None]", self.app).keymap.label(id)

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
        fetches = self._fetches
        said = [f"FETCH  {fetches.summary()}", f"   {pace(fetches)}"]
        hints = ["stopping after this step"] if fetches.stopping and fetches.running else self._hints(fetches)
        while len(hints) > 1 and width_of("".join(said)) + len("   ".join(hints)) + 2 > width:
            hints.pop()  # what happens is worth more than a key that the help has too
        hint = "   ".join(hints)
        room = width - len(hint) - 2
        said[1] = fit(said[1], min(width_of(said[1]), max(0, room - width_of(said[0]))), self.glyphs.ellipsis)
        gap = width - width_of("".join(said)) - len(hint) - 1
        return [(said[0], "strong"), (said[1], "accent"), (" " * max(1, gap), ""), (hint, "dim")]

    def _hints(self, fetches: Fetches) -> list[str]:
        """The keys that matter: here when the keyboard is here, and in the library when it is there."""
        hints = []
        if self.has_focus:
            if fetches.running or fetches.paused:
                hints.append(f"{self._label('fetch.leave_out')} leaves out")
            if fetches.failed:
                hints.append(f"{self._label('fetch.retry_failed')} tries all failed again")
        if fetches.running or fetches.paused:
            hints.append(f"{self._label('fetch.pause')} {'goes on' if fetches.paused else 'pauses'}")
            hints.append(f"{self._label('fetch.stop')} stops")
        elif not self.has_focus:
            return [f"{self._label('room.leave')} or {self._label('fetch.show')} closes"]
        return [*hints, f"{self._label('fetch.show')} hides"]
