"""The references of a paper as a list: which of them are in the library, and how often each is cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from paperpath.errors import PaperpathError
from paperpath.library.folding import fold
from paperpath.tui.cells import Run, fit, safe
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.line import Line, settled
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult

    from paperpath.model import Reference, Status
    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.links import Links

COUNT = 6
"""Cells for how often a reference is cited."""


@dataclass(slots=True)
class Entry:
    """A line of the list."""

    words: str
    folded: str
    cited: int
    status: Status | None = None
    """None for a paper that is not in the library."""


class ReferenceList(LineList):
    """What matches; an item is the number of a reference."""

    def __init__(self, glyphs: Glyphs, entries: Sequence[Entry]) -> None:
        super().__init__(glyphs)
        self.entries = entries

    def draw(self, item: int, width: int) -> list[Run]:
        """Status, the entry, and at the right how often it is cited."""
        entry = self.entries[item]
        sign = self.glyphs.status(entry.status) if entry.status else " "
        count = f"{entry.cited}x" if entry.cited else ""
        return [
            (f" {sign} ", "accent"),
            (fit(entry.words, width - COUNT - 3, self.glyphs.ellipsis), "" if entry.status else "soft"),
            (f"{count:>{COUNT - 1}} ", "dim"),
        ]


def _words(reference: Reference) -> str:
    """Label, who and when, and the title: as printed, the names of six authors would leave no room for it."""
    from paperpath.workflow.taking_references import as_paper

    if not reference.title:
        return safe(" ".join(reference.text.split()))
    paper = as_paper(reference)
    label = f"[{reference.label}]" if reference.label else ""
    return safe("  ".join(part for part in (label, f"{paper.byline} {paper.year or ''}".strip(), paper.title) if part))


class References(Keyed, ModalScreen[None]):
    """A line to type in, and the references that fit the words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="references.typing_close", show=False, priority=True),
        Binding("enter", "take", "Tell about it", id="references.typing_take", show=False, priority=True),
        Binding("down,ctrl+n,tab", "move(1)", "Down", id="references.typing_down", show=False, priority=True),
        Binding("up,ctrl+p,shift+tab", "move(-1)", "Up", id="references.typing_up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", id="references.typing_page_down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", id="references.typing_page_up", show=False, priority=True),
    ]

    def __init__(
        self,
        references: Sequence[Reference],
        links: Links,
        in_library: Callable[[], Awaitable[tuple[str | None, ...]]],
        chosen: Callable[[int], Awaitable[None]],
    ) -> None:
        """``chosen`` is told the number of a reference, once this window is closed."""
        super().__init__()
        self._entries = [
            Entry(_words(reference), fold(reference.text), len(links.mentions(number)))
            for number, reference in enumerate(references)
        ]
        self._in_library = in_library
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The line and the list."""
        glyphs = self._front.glyphs
        with Vertical(id="references", classes="dialog"):
            yield Bar(glyphs)
            yield Line(placeholder="Words of a reference: authors, title, year")
            yield ReferenceList(glyphs, self._entries)

    def on_mount(self) -> None:
        """Take the keyboard, and ask the library."""
        self._head()
        listed = self._list
        listed.when_chosen = self._take
        listed.led = True
        listed.empty = [[("No reference has these words", "dim")]]
        listed.show(range(len(self._entries)))
        self.set_focus(self.query_one(Input))
        start(self, self._look_up, "references")

    @property
    def _front(self) -> PaperpathApp:
        return cast("PaperpathApp", self.app)

    @property
    def _list(self) -> ReferenceList:
        return self.query_one(ReferenceList)

    def _head(self, here: int | None = None) -> None:
        counted = f"   {here} of {len(self._entries)} in the library" if here is not None else ""
        takes, closes = (self._front.keymap.label(f"references.typing_{does}") for does in ("take", "close"))
        right: list[Run] = [(f"{takes} ", "key"), ("tells more  ", "dim"), (f"{closes} ", "key"), ("closes", "dim")]
        self.query_one(Bar).show([("References", "strong"), (counted, "dim")], right)

    async def _look_up(self) -> None:
        try:
            keys = await self._in_library()
        except PaperpathError as error:
            self._front.say(str(error), "bad")
            return
        for entry, key in zip(self._entries, keys, strict=True):
            row = self._front.catalogue.row(key) if key else None
            entry.status = row.status if row else None
        self._head(sum(1 for entry in self._entries if entry.status))
        self._list.forget_strips()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._match(event.value)

    def _match(self, text: str) -> None:
        words = fold(text).split()
        fitting = [n for n, entry in enumerate(self._entries) if all(word in entry.folded for word in words)]
        self._list.show(fitting, keep=self._list.item)

    def action_move(self, step: int) -> None:
        """Choose among what matches."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A page of the list."""
        self._list.action_page(step)

    async def action_take(self) -> None:
        """Tell about what is under the cursor, once the line has taken every key before."""
        field = self.query_one(Input)
        before = field.value
        await settled(field)
        if field.value != before:
            self._match(field.value)
        if self._list.item is not None:
            await self._take(self._list.item)

    async def _take(self, number: int) -> None:
        self.dismiss()
        await self._chosen(number)

    def action_close(self) -> None:
        """Back to the text."""
        self.dismiss()
