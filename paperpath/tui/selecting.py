"""Choosing a passage with the keyboard: by sentences first, then by words at either end.

A highlight nearly always is a sentence or a part of one. Beginning with the first whole sentence on the page, two or
three keys choose it; moving a cursor by characters would take dozens. Pure: a document in, ranges out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from paperpath.tui.document import Place, Range, sentences

if TYPE_CHECKING:
    from paperpath.tui.document import Document

_WORD = re.compile(r"\S+")
_SILENT = ("title", "meta", "notice")
"""Kinds of blocks that are ours or the library's words, not the paper's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage being chosen; every move gives another one."""

    document: Document
    start: Place
    end: Place
    active: Literal["start", "end"] = "end"
    """The end that grows and shrinks by words."""

    @classmethod
    def begin(cls, document: Document, place: Place) -> Choice | None:
        """The first sentence that begins at ``place`` or after it."""
        for unit in _units(document, place.block):
            if (unit.block, unit.start) >= place:
                return cls(document, Place(unit.block, unit.start), Place(unit.block, unit.end))
        return None

    @property
    def ranges(self) -> list[Range]:
        """What is chosen, a range for each block."""
        found = []
        for block in range(self.start.block, self.end.block + 1):
            if self.document.blocks[block].kind in _SILENT:
                continue
            first = self.start.offset if block == self.start.block else 0
            last = self.end.offset if block == self.end.block else len(self.document.blocks[block].text)
            if first < last:
                found.append(Range(block, first, last))
        return found

    @property
    def edge(self) -> Range:
        """The active end, as something to keep in sight."""
        place = self.end if self.active == "end" else self.start
        return Range(place.block, max(0, place.offset - 1), place.offset)

    def move(self, step: int) -> Choice:
        """The next sentence, or the one before."""
        unit = self._after() if step > 0 else self._before()
        if unit is None:
            return self
        return Choice(self.document, Place(unit.block, unit.start), Place(unit.block, unit.end))

    def extend(self, step: int) -> Choice:
        """One sentence more, or one less."""
        if step > 0:
            unit = self._after()
            return replace(self, end=Place(unit.block, unit.end)) if unit else self
        inside = [
            unit
            for unit in _units(self.document, self.start.block)
            if (unit.block, unit.start) >= self.start and (unit.block, unit.end) < self.end
        ]
        return replace(self, end=Place(inside[-1].block, inside[-1].end)) if inside else self

    def word(self, step: int) -> Choice:
        """Move the active end by a word, never past the other."""
        place = self.end if self.active == "end" else self.start
        words = list(_WORD.finditer(self.document.blocks[place.block].text))
        edges = [word.end() if self.active == "end" else word.start() for word in words]
        beyond = [edge for edge in edges if (edge > place.offset if step > 0 else edge < place.offset)]
        if not beyond:
            return self
        moved = Place(place.block, beyond[0] if step > 0 else beyond[-1])
        if self.active == "end":
            return replace(self, end=moved) if moved > self.start else self
        return replace(self, start=moved) if moved < self.end else self

    def swap(self) -> Choice:
        """Let the other end move."""
        return replace(self, active="start" if self.active == "end" else "end")

    def _after(self) -> Range | None:
        return next(
            (unit for unit in _units(self.document, self.end.block) if (unit.block, unit.start) >= self.end), None
        )

    def _before(self) -> Range | None:
        blocks = range(self.start.block, -1, -1)
        for block in blocks:
            inside = [unit for unit in _units_of(self.document, block) if (unit.block, unit.end) <= self.start]
            if inside:
                return inside[-1]
        return None


def _units(document: Document, first: int) -> list[Range]:
    """Sentences from block ``first`` on; far enough to find the next, not to the end of a book."""
    found: list[Range] = []
    for block in range(first, len(document.blocks)):
        found.extend(_units_of(document, block))
        if block > first + 8 and found:
            break
    return found


def _units_of(document: Document, block: int) -> list[Range]:
    if document.blocks[block].kind in (*_SILENT, "heading"):
        return []
    return [Range(block, start, end) for start, end in sentences(document.blocks[block].text) if start < end]
