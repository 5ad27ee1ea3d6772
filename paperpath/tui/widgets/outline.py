"""The sections of a paper, with the one that is being read, and below them its figures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.tui.cells import Run, fit
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from paperpath.tui.document import Document


_BLANK, _TITLE = -1, -2


class Outline(LineList):
    """One line a heading; an item is its number in the document's outline, or behind all of them that of a caption."""

    LEADS_ON = True
    _document: Document | None = None
    current: int | None = None
    """The section on the page."""
    _worth: frozenset[int] = frozenset()
    """Blocks that the next pass is about."""

    def fill(self, document: Document, worth: frozenset[int] = frozenset()) -> None:
        """Show the outline of ``document``, with a sign beside the blocks of ``worth``."""
        self._document, self._worth = document, worth
        sections, figures = len(document.outline), len(document.figures)
        rest = [_BLANK, _TITLE, *range(sections, sections + figures)] if figures else []
        self.show([*range(sections), *rest], keep=self.current)

    def block_at(self, item: int) -> int:
        """The heading or the caption that an item is."""
        assert self._document is not None
        outline = self._document.outline
        return outline[item] if item < len(outline) else self._document.figures[item - len(outline)]

    def follow(self, current: int | None) -> None:
        """The page has come to another section; the cursor goes along unless the person is choosing."""
        if current == self.current:
            return
        self.current = current
        if self.screen.focused is not self:
            self.go(current or 0)
        self.forget_strips()

    def draw(self, item: int, width: int) -> list[Run]:
        """A heading, indented by its depth."""
        assert self._document is not None
        if item < 0:
            return [(fit("  FIGURES AND TABLES" if item == _TITLE else "", width), "dim strong")]
        block = self._document.blocks[self.block_at(item)]
        here = item == self.current
        lead = self.glyphs.here if here else " "
        if self._worth:
            lead += self.glyphs.bullet if self.block_at(item) in self._worth else " "
        lead += " "
        room = width - len(lead) - 1
        if block.kind == "caption":
            return [(lead, "mark"), (fit(_shortly(block.text), room, self.glyphs.ellipsis), "")]
        text = f"{'  ' * (min(block.level, 4) - 1)}{block.text.replace('  ', ' ', 1)}"
        style = "accent" if here else "strong" if block.level <= 1 else ""
        return [(lead, "mark"), (fit(text, room, self.glyphs.ellipsis), style)]


def _shortly(text: str) -> str:
    """``Fig 2  Scaled dot-product attention``, so that some of the caption can be seen too."""
    name, _, words = text.partition(": ")
    kind, _, label = name.partition(" ")
    return f"{kind[:3]} {label}  {words}"
