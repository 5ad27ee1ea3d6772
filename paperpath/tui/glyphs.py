"""The few signs that the interface draws, in Unicode and in ASCII.

Circles and block elements are of "ambiguous width": some terminals, set up for East Asian text, give them two cells and
shift the rest of the row. ``--ascii`` is for these, for fonts without the signs, and for screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperpath.model import Status


WIDEST = 92
"""Cells of a line of text, unless another width was chosen; beyond this the eye loses the line when it jumps back."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs; every field but ``enter`` is one cell wide."""

    unread: str = "○"
    skimmed: str = "◔"
    reading: str = "◐"
    read: str = "●"
    problem: str = "!"
    mark: str = "▌"
    pdf: str = "▪"
    """The PDF is here."""
    here: str = "›"
    """Points at the chosen row of a pane that has not the focus."""
    ellipsis: str = "…"
    full: str = "━"
    empty: str = "─"
    arrow: str = "↓"
    dot: str = "·"
    bullet: str = "•"
    rule: str = "─"
    quote: str = "▎"
    times: str = "✗"
    tick: str = "✓"
    wait: str = "◌"
    enter: str = "⏎"

    def status(self, status: Status) -> str:
        """The sign of a reading status."""
        return {"unread": self.unread, "skimmed": self.skimmed, "reading": self.reading, "read": self.read}[status]

    def bar(self, fraction: float, width: int) -> tuple[str, str]:
        """The filled and the empty part of a progress bar; a beginning shows, and only the end fills it."""
        full = int(max(0.0, min(1.0, fraction)) * width)
        if fraction > 0 and full == 0:
            full = 1
        return self.full * full, self.empty * (width - full)


UNICODE = Glyphs()
ASCII = Glyphs(
    unread=".",
    skimmed="~",
    reading="o",
    read="x",
    problem="!",
    mark="*",
    pdf="+",
    here=">",
    ellipsis="~",
    full="#",
    empty="-",
    arrow="v",
    dot="-",
    bullet="*",
    rule="-",
    quote="|",
    times="!",
    tick="x",
    wait=".",
    enter="enter",
)
