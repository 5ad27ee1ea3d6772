"""A few lines to write in, under the text. Apart from its screen because TextArea takes 36 ms to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.strip import Strip
from textual.widgets import TextArea

from paperpath.tui.cells import safe
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.line import run_own_binding

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Region

    from paperpath.tui.glyphs import Glyphs


class Area(TextArea):
    """The lines; its editing keys act in order."""

    async def _on_key(self, event: events.Key) -> None:
        await run_own_binding(self, event)

    def get_line(self, line_index: int) -> Text:
        """A line as it is shown: what was pasted may have characters that a terminal obeys. Tabs stay as wide."""
        line = super().get_line(line_index)
        line.plain = "\t".join(map(safe, line.plain.split("\t")))
        return line

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing while it has no styles: a frame painted before they come would end the program."""
        if not self._component_styles:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)


class Editor(Vertical):
    """Escape keeps what was written; nothing written keeps nothing."""

    def __init__(self, glyphs: Glyphs, title: str) -> None:
        super().__init__(id="editor")
        self._title = Bar(glyphs)
        self._title.show([(title, "strong")], [("esc ", "key"), ("keeps it", "dim")])
        self.area = Area(classes="typing", soft_wrap=True, show_line_numbers=False, compact=True)
        # A blinking cursor would wake the program twice a second.
        self.area.cursor_blink = False
        self.area.highlight_cursor_line = False

    def compose(self) -> ComposeResult:
        """What it is about, and the lines."""
        yield self._title
        yield self.area

    @property
    def text(self) -> str:
        """What was written."""
        return self.area.text
