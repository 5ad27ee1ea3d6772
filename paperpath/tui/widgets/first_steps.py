"""Two or three lines under the papers that tell a newcomer what to press; each goes for good once it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual.strip import Strip

from paperpath.tui.cells import clip, width_of
from paperpath.tui.ink import Inked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.tui.themed import Themed

STEPS = {
    "read": ("list.open", "opens the paper under the cursor"),
    "fetch": ("paper.fetch", "fetches its PDF, to be read here"),
    "help": ("app.help", "shows every key"),
}
"""A step, the binding that does it, and what that does."""


class FirstSteps(Inked):
    """The lines; hidden while there are none."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.display = False
        self._steps: tuple[str, ...] = ()

    def show(self, steps: Sequence[str]) -> None:
        """Show what has not been done yet."""
        left = tuple(step for step in steps if step in STEPS)
        if left != self._steps:
            self._steps = left
            self.display = bool(left)
            self.styles.height = len(left)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A key and what it does."""
        width = self.size.width
        if y >= len(self._steps):
            return Strip.blank(width, self.rich_style)
        app = cast("Themed[None]", self.app)
        binding, words = STEPS[self._steps[y]]
        key = f" {app.keymap.label(binding):>6} "
        said = clip(words, max(0, width - width_of(key)), app.glyphs.ellipsis)
        return Strip([Segment(key, self.style_of("key")), Segment(said, self.style_of("dim"))]).adjust_cell_length(
            width, self.rich_style
        )
