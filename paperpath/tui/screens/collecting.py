"""Putting papers on lists of one's own, and taking them off: one line to type in, over the lists that there are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.containers import Vertical

from paperpath.library.folding import fold
from paperpath.tui.cells import clip, safe
from paperpath.tui.screens.palette import Entry, EntryList, Palette
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from paperpath.model import ReadingList
    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.screens.base import Room


class Collecting(Palette):
    """The lists; a name that none of them has makes another."""

    NOTHING = "Type a name: the list is made with the first paper on it"

    def __init__(self, room: Room, keys: Sequence[str], named: str) -> None:
        """``named`` is what the papers are called in a sentence."""
        super().__init__(room)
        self._keys = keys
        self._named = named

    def compose(self) -> ComposeResult:
        """What it is about, the line and the lists."""
        glyphs = cast("PaperpathApp", self.app).glyphs
        with Vertical(id="palette", classes="dialog"):
            yield Bar(glyphs, id="about")
            yield Line(placeholder="A list of yours, or a name for another")
            yield EntryList(glyphs)

    async def on_mount(self) -> None:
        """As the palette, with what the papers are called over it."""
        await super().on_mount()
        self.query_one(Bar).show([("On which list?  ", "strong"), (clip(self._named, 54), "dim")])

    def _all_commands(self) -> Iterator[Entry]:
        catalogue, takes = self._app.catalogue, self._app.keymap.label("palette.typing_take")
        for one in catalogue.lists:
            if one.name in catalogue.own:
                on = {entry.key for entry in one.entries}.issuperset(self._keys)
                sign = self._app.glyphs.tick if on else " "
                about = f"{takes} takes off" if on else f"{len(one.entries)} papers"
                yield Entry(f"{sign} {one.title}", about, partial(self._release if on else self._collect, one))

    def found(self, text: str) -> list[Entry]:
        """The lists whose names have the words, and unless one is called just so, another to be made."""
        words = fold(text).split()
        found = [entry for entry in self._commands if all(word in fold(entry.words) for word in words)]
        title = " ".join(text.split())
        if title and not any(fold(entry.words[2:]) == fold(title) for entry in found):
            found.append(Entry(f"+ {title}", "makes a new list", partial(self._put, title)))
        return found

    def _collect(self, one: ReadingList) -> None:
        self._put(one.title)

    def _put(self, title: str) -> None:
        keys = self._keys
        said = f"{self._named} on the list “{clip(safe(title), 40)}”{self._room.undoable}"
        self._app.carry_out(lambda library: library.collect(keys, title), said)

    def _release(self, one: ReadingList) -> None:
        keys = self._keys
        said = f"{self._named} taken off the list “{clip(safe(one.title), 40)}”{self._room.undoable}"
        self._app.carry_out(lambda library: library.release(keys, one.name), said)
