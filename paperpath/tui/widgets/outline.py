"""The sections of a paper, with the one that is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.tui.cells import Run, fit
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from paperpath.tui.document import Document


class Outline(LineList):
    """One line a heading; an item is its number in the document's outline."""

    _document: Document | None = None
    current: int | None = None
    """The section on the page."""

    def fill(self, document: Document) -> None:
        """Show the outline of ``document``."""
        self._document = document
        self.show(range(len(document.outline)), keep=self.current)

    def follow(self, current: int | None) -> None:
        """The page has come to another section; the cursor goes along unless the person is choosing."""
        if current == self.current:
            return
        self.current = current
        if self.screen.focused is not self and current is not None:
            self.go(current)
        self.forget_strips()

    def draw(self, item: int, width: int) -> list[Run]:
        """A heading, indented by its depth."""
        assert self._document is not None
        block = self._document.blocks[self._document.outline[item]]
        here = item == self.current
        text = f"{'  ' * (min(block.level, 4) - 1)}{block.text.replace('  ', ' ', 1)}"
        style = "accent" if here else "strong" if block.level <= 1 else ""
        return [(f"{self.glyphs.here} " if here else "  ", "mark"), (fit(text, width - 3, self.glyphs.ellipsis), style)]
