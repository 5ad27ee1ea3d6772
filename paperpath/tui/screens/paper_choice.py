"""The palette with papers alone: the one that is taken opens beside the paper that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.library.ranking import ranked
from paperpath.tui.screens.palette import MOST_PAPERS, Palette

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from paperpath.tui.screens.base import Room
    from paperpath.tui.screens.palette import Entry


class PaperChoice(Palette):
    """A line to type in, and papers."""

    PLACEHOLDER = "A paper to read beside this one"

    def __init__(self, room: Room, but: Sequence[str], chosen: Callable[[str], Awaitable[None]]) -> None:
        """``but`` are papers that are not offered; ``chosen`` is told the key of the one that was taken."""
        super().__init__(room)
        self._front, self._but, self._chosen = room.front, but, chosen

    def _all_commands(self) -> Iterator[Entry]:
        """Papers that are being read, and then those whose text is here, the last added first."""
        rows = self._front.catalogue.rows
        reading = [row for row in rows if row.status == "reading"]
        others = [row for row in reversed(rows) if row.status != "reading" and row.has_pdf]
        yield from self.papers([row for row in (*reading, *others) if row.key not in self._but][:MOST_PAPERS])

    def found(self, text: str) -> list[Entry]:
        """Of all papers of the library those that fit the words, the likeliest first."""
        return self.papers(ranked(self._front.catalogue.rows, text)[:MOST_PAPERS]) if text.strip() else self._commands

    async def read(self, key: str) -> None:
        """Hand it over."""
        await self._chosen(key)
