"""What windows over a page have in common: a title, a text as high as it needs to be, and the keys below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Vertical
from textual.screen import ModalScreen

from paperpath.tui.cells import Run, lines_of
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar, Keys
from paperpath.tui.widgets.text import Para, TextPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.tui.app import PaperpathApp

WIDTH = 76
FRAME = 5
"""Lines of the window that are not text: padding, title, keys and the line between."""


class Window(Keyed, ModalScreen[None]):
    """A box over the page."""

    NAME: ClassVar[str]
    """The id of the box, with which the ids of its keys begin."""

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        glyphs = self._front.glyphs
        with Vertical(id=self.NAME, classes="dialog"):
            yield Bar(glyphs)
            yield TextPane(glyphs)
            yield Keys(glyphs)

    @property
    def _front(self) -> PaperpathApp:
        return cast("PaperpathApp", self.app)

    def _key_of(self, does: str) -> str:
        return self._front.keymap.label(f"{self.NAME}.{does}")

    def _fit(self, paragraphs: Sequence[Para]) -> tuple[int, int]:
        """Make the box as large as these want it, as far as there is room; columns and lines of all of it."""
        width = min(WIDTH, self.app.size.width - 2)
        wanted = sum(_height(para, width - 4) for para in paragraphs)
        height = min(wanted, self.app.size.height - FRAME - 4)
        self.query_one(f"#{self.NAME}").styles.width = width
        self.query_one(TextPane).styles.height = height
        return width, height + FRAME

    def _turns(self, at: int, count: int) -> list[Run]:
        """Which of several it is, and the keys that turn to the others."""
        if count < 2:
            return []
        keys = f"{self._key_of('next')} {self._key_of('before')} "
        return [(f"{at + 1} of {count}  ", "dim"), (keys, "key"), ("others", "dim")]

    def _hint(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """What can be done: the end of a key's id, a word, and what a click does."""
        self.query_one(Keys).hint([(self._key_of(does), word, action) for does, word, action in hints])


def _height(para: Para, width: int) -> int:
    return max(1, len(lines_of(para.runs, max(8, width - max(para.indent, para.first)))))
