"""Labels over the screen: typing one goes where it stands.

The screen is copied once, strip by strip, with the labels laid over it: nothing below is laid out or painted anew, and
the labels of 45 places take some 35 ms of processor time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip

from paperpath.tui.ink import Inked
from paperpath.tui.jumping import LETTERS, Spot, labels, spots
from paperpath.tui.keymap import Keyed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from paperpath.tui.screens.base import Room


class _Labelled(Inked):
    """A picture of a screen with labels."""

    def __init__(self, picture: Sequence[Strip], leaves: str) -> None:
        """``leaves`` is the key that leaves; it is told in the place of the keys that rest meanwhile."""
        super().__init__()
        self._picture = picture
        self._leaves = leaves
        self._labels: dict[int, list[tuple[int, str]]] = {}

    def show(self, labelled: Sequence[tuple[str, Spot]], typed: str) -> None:
        """Lay these labels over it, without the letters that were typed."""
        self._labels = {}
        for label, spot in labelled:
            if label.startswith(typed):
                self._labels.setdefault(spot.y, []).append((spot.x, label[len(typed) :]))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, with its labels."""
        if y >= len(self._picture):
            return Strip.blank(self.size.width, self.rich_style)
        if y == len(self._picture) - 1:
            words = [Segment(" A label", self.style_of("key")), Segment(" goes there  ", self.rich_style)]
            words += [Segment(f" {self._leaves}", self.style_of("key")), Segment(" Stay", self.rich_style)]
            return Strip(words).adjust_cell_length(self.size.width, self.rich_style)
        line, style = self._picture[y], self.style_of("here")
        for x, label in self._labels.get(y, ()):
            middle = Strip([Segment(label, style)], len(label))
            line = Strip.join([line.crop(0, x), middle, line.crop(x + len(label))])
        return line


class Jump(Keyed, ModalScreen[None]):
    """The labels. Another key than theirs leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,apostrophe,space,enter", "close", "Close", id="jump.close", show=False, priority=True),
    ]

    def __init__(self, room: Room) -> None:
        super().__init__()
        found = spots(room)
        self.labelled = list(zip(labels(len(found)), found, strict=False))
        """Each label with its place."""
        self._picture = _Labelled(room._compositor.render_strips(), room.key("jump.close"))  # noqa: SLF001 - what is on the screen just now
        self._size = room.size
        self._typed = ""
        for letter in LETTERS:
            self._bindings.bind(letter, f"letter('{letter}')", letter, priority=True)

    def compose(self) -> ComposeResult:
        """The picture."""
        yield self._picture

    def on_mount(self) -> None:
        """Label everything."""
        self._picture.show(self.labelled, "")

    def on_resize(self, event: events.Resize) -> None:
        """On a terminal of another size everything stands elsewhere."""
        if event.size != self._size:
            self.dismiss()

    def on_click(self) -> None:
        """Whoever takes the mouse wants no label."""
        self.dismiss()

    async def action_letter(self, letter: str) -> None:
        """One letter of a label; the last one goes there."""
        self._typed += letter
        chosen = dict(self.labelled).get(self._typed)
        if chosen is not None:
            self.dismiss()
            done = chosen.go()
            if done is not None:
                await done
        elif any(label.startswith(self._typed) for label, _ in self.labelled):
            self._picture.show(self.labelled, self._typed)
        else:
            self.dismiss()

    def action_close(self) -> None:
        """Stay."""
        self.dismiss()
