"""The lines at the top and the bottom of a screen: where one is, what just happened, which keys matter here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperpath.tui.cells import Run, clip, fit, safe, width_of
from paperpath.tui.ink import Inked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from paperpath.tui.glyphs import Glyphs

SAID_FOR = 8.0
"""Seconds; enough to read a line twice."""
Tone = Literal["", "good", "warn", "bad"]


class Bar(Inked):
    """One line with a left and a right part; the right one gives way when there is no room."""

    ALLOW_SELECT = False

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.glyphs = glyphs
        self.left: Sequence[Run] = ()
        self.right: Sequence[Run] = ()

    @property
    def text(self) -> str:
        """Both parts, as they would be on a line without end."""
        return "  ".join("".join(text for text, _ in part) for part in (self.left, self.right))

    def show(self, left: Sequence[Run], right: Sequence[Run] = ()) -> None:
        """Show other parts; nothing is painted when they are the same.

        What is said may name anything, a title in a change that is taken back, or a file: all of it is made safe here.
        """
        left, right = ([(safe(text), style) for text, style in part] for part in (left, right))
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        right = sum(width_of(text) for text, _ in self.right)
        left = sum(width_of(text) for text, _ in self.left)
        if right and left + right + 2 > width:
            if left + 12 > width or right + 20 > width:
                right = 0 if left + 12 > width else width - left - 2
            else:
                right = max(0, width - left - 2)
        room = width - right
        segments = self._segments(self.left, room)
        if right:
            segments += self._segments(self.right, right)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _segments(self, runs: Sequence[Run], width: int) -> list[Segment]:
        segments = []
        for text, style in runs:
            if width <= 0:
                break
            shown = clip(text, width, self.glyphs.ellipsis)
            segments.append(Segment(shown, self.style_of(style)))
            width -= width_of(shown)
        if width > 0:
            segments.append(Segment(fit("", width), self.rich_style))
        return segments


class StatusLine(Bar):
    """The line above the keys. A word on what happened stays a while; an error stays until it was seen."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id)
        self._idle: tuple[Sequence[Run], Sequence[Run]] = ((), ())
        self._said: tuple[str, Tone] | None = None
        self._timer: Timer | None = None

    @property
    def said(self) -> str:
        """What was said last and not yet cleared."""
        return self._said[0] if self._said else ""

    @property
    def urgent(self) -> bool:
        """Whether an error waits to be seen."""
        return self._said is not None and self._said[1] == "bad"

    def idle(self, left: Sequence[Run], right: Sequence[Run] = ()) -> None:
        """What to show while there is nothing to say."""
        self._idle = (left, right)
        self._paint()

    def say(self, text: str, tone: Tone = "") -> None:
        """Say something; an error is not talked over by anything but another error."""
        if self.urgent and tone != "bad":
            return
        self._said = (text, tone)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if tone != "bad":
            self._timer = self.set_timer(SAID_FOR, self.clear)
        self._paint()

    def clear(self) -> None:
        """Forget what was said."""
        self._said = None
        self._paint()

    def _paint(self) -> None:
        if self._said is None:
            self.show(*self._idle)
            return
        text, tone = self._said
        sign = {"good": f"{self.glyphs.tick} ", "bad": f"{self.glyphs.problem} ", "warn": f"{self.glyphs.problem} "}
        hint: list[Run] = [("  esc ", "key"), ("seen", "dim")] if tone == "bad" else []
        self.show([(sign.get(tone, ""), f"{tone} strong".strip()), (text, tone)], hint or self._idle[1])


class Keys(Bar):
    """The keys that matter on this screen, the most useful first; as many as fit, and at most seven on 80 columns."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id)
        self._hints: Sequence[tuple[str, str, str]] = ()

    def hint(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Show ``(key, word, action)``; a click on one runs its action. The last is always shown."""
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def shown(self, width: int) -> list[tuple[str, str, str]]:
        """Those that fit."""
        most = 7 if width < 96 else 14
        chosen = list(self._hints)
        while len(chosen) > 1 and (len(chosen) > most or self._cells(chosen) > width):
            del chosen[-2]
        return chosen

    @staticmethod
    def _cells(hints: Sequence[tuple[str, str, str]]) -> int:
        return sum(width_of(key) + width_of(word) + 3 for key, word, _ in hints)

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        segments = []
        for key, word, action in self.shown(width) if y == 0 else ():
            click = Style.from_meta({"@click": action})
            segments.append(Segment(f" {key}", self.style_of("key") + click))
            segments.append(Segment(f" {word} ", self.rich_style + click))
        return Strip(segments).adjust_cell_length(width, self.rich_style)
