"""Two papers side by side: the reader reads one of them, the one with the keyboard, and puts the other one down.

Putting down is the whole design. What the reader keeps of a paper (its text, its place, what was found, the link that
the keys have come to, where its highlights are) is laid aside in a :class:`Side`, and taken up again when the keyboard
comes back. So everything works in both papers as it does in one, and nothing else in the reader knows that there are
two. On a terminal that is too narrow for both, the one without the keyboard is not shown.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from paperpath.errors import PaperpathError
from paperpath.tui.cells import clip, safe
from paperpath.tui.reading import gather
from paperpath.tui.screens.annotating import Annotating
from paperpath.tui.screens.following import Following
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from paperpath.tui.document import Document, Place
    from paperpath.tui.reading import Opened

WIDE_ENOUGH = 160
"""Columns from which on two texts stand side by side, with 74 cells in a line at least."""
LAYOUT_WAIT = 2.0
"""Seconds; a screen that another one covers is not laid out."""
_FRESH: dict[str, Any] = {
    "_hits": [], "_hit": -1, "_query": "", "_landed": None, "_saved": None, "_said_end": False,
    "_link": None, "_target": None, "_in_library": None, "located": [],
}  # fmt: skip
"""What the reader keeps of a paper besides its text, as it is when the paper has just been opened."""


class TextColumn(Vertical):
    """A text under its title, which is seen when there are two."""

    def __init__(self, page: Page) -> None:
        super().__init__(classes="text")
        self.page = page
        self.title = Bar(page.glyphs)
        self.title.add_class("paper-title")

    def compose(self) -> ComposeResult:
        """Title and text."""
        yield self.title
        yield self.page


@dataclass
class Side:
    """The paper that was put down."""

    opened: Opened
    page: Page
    kept: dict[str, Any]
    """By the names of ``_FRESH``, and ``_began``."""


class Beside(Annotating, Following):
    """The part of the reader that is about having two papers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "beside", "Open a second paper beside this one", id="reader.beside", priority=True),
        Binding("l", "other_paper", "To the other of two papers", id="reader.other_paper", priority=True),
    ]
    _page: Page
    _began: bool
    _other: Side | None = None

    def show_document(self, document: Document, place: Place | None = None) -> None:
        """Show a text, from where it was left."""
        raise NotImplementedError

    def show_paper(self) -> None:
        """Tell all panes about the paper."""
        raise NotImplementedError

    def take_in(self, opened: Opened) -> None:
        """Show the paper as it is now."""
        raise NotImplementedError

    def save_position(self) -> None:
        """Keep the place."""
        raise NotImplementedError

    @property
    def both(self) -> list[Opened]:
        """The paper with the keyboard, and the other one if there is one."""
        return [self.opened, *([self._other.opened] if self._other else [])]

    @property
    def text_pane(self) -> Widget:
        """What the text stands in."""
        return _column(self._page)

    # opening

    async def action_beside(self) -> None:
        """Choose a paper to read beside this one."""
        from paperpath.tui.screens.paper_choice import PaperChoice

        await self.app.push_screen(PaperChoice(self, [one.record.key for one in self.both], self.read_beside))

    async def read_beside(self, key: str) -> None:
        """Open a paper at the right, with the keyboard; of two papers the one without the keyboard makes room."""
        if key in [one.record.key for one in self.both]:
            if key != self.opened.record.key:
                self.action_other_paper()
            self.say("This paper is open already")
            return
        try:
            opened = await self.front.desk.read(partial(gather, key=key, key_of=self.key))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if self._other is not None:
            with self._other_taken_up():
                self.save_position()
            gone, self._other = self._other, None
            await _column(gone.page).remove()
        page = Page(self.front.glyphs, opened.document)
        page.when_followed = self.follow_link
        for one in (self._page, page):
            one.when_clicked = partial(self._clicked, one)
        await self.query_one("#panes").mount(TextColumn(page), after=self.text_pane)
        self._other = Side(opened, page, {**_FRESH, "_began": opened.record.status != "unread"})
        self.stop_choosing()
        self.save_position()
        self._turn()
        self.show_document(opened.document)
        self._to_text()
        self.front.did("read")
        with suppress(TimeoutError):  # keys that were typed ahead are about its lines
            await asyncio.wait_for(page.laid_out.wait(), LAYOUT_WAIT)
        if opened.trouble:
            self.say(opened.trouble, "bad")
            return
        narrow = "" if self.app.size.width >= WIDE_ENOUGH else f"Both are seen from {WIDE_ENOUGH} columns on; "
        self.say(f"{narrow}{self.key('reader.other_paper')} goes from one to the other, {self.key('app.back')} closes")

    # from one to the other

    def action_other_paper(self) -> None:
        """The keyboard goes to the other paper."""
        if self._other is None:
            self.say(f"{self.key('reader.beside')} opens a second paper beside this one")
            return
        self.turn_to(self._other.page)
        self._to_text()

    def turn_to(self, page: Page) -> None:
        """Read the paper of ``page``, and put down the one that was read."""
        if self._other is None or page is not self._other.page:
            return
        self.stop_choosing()
        self.save_position()
        self._turn()
        self._arrange()
        self.show_paper()

    def _to_text(self) -> None:
        self.remove_class("-show-outline", "-show-aside")
        self._arrange()
        self.set_focus(self._page)

    def _turn(self) -> None:
        """Put this paper down and take up the other."""
        assert self._other is not None
        taken = self._other
        self._other = Side(self.opened, self._page, {name: getattr(self, name) for name in taken.kept})
        self.opened, self._page = taken.opened, taken.page
        for name, value in taken.kept.items():
            setattr(self, name, value)

    @contextmanager
    def _other_taken_up(self) -> Iterator[None]:
        """For something that is done to the other paper while the keyboard stays where it is."""
        self._turn()
        try:
            yield
        finally:
            self._turn()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The mouse or a label brought the keyboard to a text; or a key did, and has left it again since."""
        if self._other is None or event.widget is not self._other.page or event.widget is not self.focused:
            return
        if self._editor is not None:  # a note is finished before another paper is read
            self.set_focus(self._editor.area)
        else:
            self.turn_to(self._other.page)

    async def _clicked(self, page: Page, place: Place) -> None:
        if self._editor is None:
            self.turn_to(page)
        if page is self._page:
            await self.follow_at(place)

    # closing

    def close_paper(self) -> bool:
        """Close the paper with the keyboard if there is another one; tells whether there was."""
        if self._other is None:
            return False
        self.stop_choosing()
        self._turn()
        gone, self._other = self._other, None
        self._to_text()
        _column(gone.page).remove()
        self.show_paper()
        self.say(f"Closed “{clip(safe(gone.opened.record.paper.title), 60, self.front.glyphs.ellipsis)}”")
        return True

    # what is seen

    @on(events.Resize)
    def _resized(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Both texts where there is room; else the one with the keyboard."""
        both = self._other is not None and self.app.size.width >= WIDE_ENOUGH
        self.set_class(both, "-pair")
        self.text_pane.display = True
        _entitle(self._page, self.opened, "key")
        if self._other is not None:
            _column(self._other.page).display = both
            _entitle(self._other.page, self._other.opened, "dim")

    async def refresh_papers(self) -> None:
        """Read anew what is open, because the library has changed."""
        await self.refresh_paper()
        if self._other is None:
            return
        key = self._other.opened.record.key
        again = partial(gather, key=key, key_of=self.key, before=self._other.opened)
        try:
            opened = await self.front.desk.read(again)
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        # The keyboard may have gone to it meanwhile, or it was closed.
        other = self._other
        if other is not None and other.opened.record.key == key and other.opened != opened:
            with self._other_taken_up():
                self.take_in(opened)
            self.show_paper()


def _column(page: Page) -> TextColumn:
    column = page.parent
    assert isinstance(column, TextColumn)
    return column


def _entitle(page: Page, opened: Opened, look: str) -> None:
    paper = opened.record.paper
    about = f"  {paper.byline} {paper.year or ''}".rstrip()
    _column(page).title.show([(safe(paper.title), look), (safe(about), "dim")])
