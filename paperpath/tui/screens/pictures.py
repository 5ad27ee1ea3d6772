"""Figures, tables and pages of the paper as pictures in the terminal.

A picture is made by another process and laid into lines by a thread; this screen is there before, and says so. While a
key is held down only the picture that was wanted last is made.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.errors import Cancelled, PaperpathError
from paperpath.tui import imaging
from paperpath.tui.cells import lines_of, safe
from paperpath.tui.document import Place
from paperpath.tui.screens.actions import open_outside
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.plate import Plate
from paperpath.tui.widgets.text import TextPane, line
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from paperpath.pdf.views import Frame, View
    from paperpath.tui.cells import Run
    from paperpath.tui.screens.citing import Citing
    from paperpath.workflow.viewing import Viewer

DPI = 150
"""Dots an inch of a picture for another viewer: they fill a screen."""
ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
STEP = 0.4
"""Of what is seen, that a key moves."""


class Pictures(Room):
    """One picture: a figure with its caption, or a page."""

    TITLE_OF_HELP = "Pictures"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,enter", "open", "Open it in your viewer", id="picture.open", priority=True),
        Binding("right_square_bracket,n,space,pagedown", "turn(1)", "Next", id="picture.next", priority=True),
        Binding("left_square_bracket,N,b,pageup", "turn(-1)", "The one before", id="picture.before", priority=True),
        Binding("plus,equals_sign", "zoom(1)", "Nearer", id="picture.nearer", priority=True),
        Binding("minus", "zoom(-1)", "Farther", id="picture.farther", priority=True),
        Binding("0", "whole", "All of it", id="picture.whole", priority=True),
        Binding("h,left", "move(-1,0)", "Move left, or to the one before", id="picture.left", priority=True),
        Binding("l,right", "move(1,0)", "Move right, or to the next", id="picture.right", priority=True),
        Binding("k,up", "move(0,-1)", "Move up, or to the one before", id="picture.up", priority=True),
        Binding("j,down", "move(0,1)", "Move down, or to the next", id="picture.down", priority=True),
        Binding("I", "page", "The page that it is on", id="picture.page", priority=True),
        Binding("P", "figure", "The figure or table on this page", id="picture.figure", priority=True),
        Binding("t", "text", "To its place in the text", id="picture.text", priority=True),
    ]

    def __init__(self, room: Citing, viewer: Viewer, *, figure: int | None = None, page: int = 1) -> None:
        """Show the caption ``figure``, a block of the document, or else the page of that number."""
        super().__init__()
        self._room = room
        self._viewer = viewer
        self._figure = figure
        """A block of the document; None while pages are looked at."""
        blocks = room.document.blocks
        self._figures = sorted(room.document.captions, key=lambda block: blocks[block].page or 0)
        """As the PDF has them; in the text they stand where they are first mentioned."""
        self._page = self._began = page
        self._near = 0
        """Index into :data:`ZOOMS`."""
        self._middle = (0.5, 0.5)

    def body(self) -> ComposeResult:
        """The picture, and its caption below."""
        yield Plate(id="plate")
        yield TextPane(self.front.glyphs, id="caption")

    def on_mount(self) -> None:
        """Say what comes; it is drawn as soon as there is a place of known size."""
        self.plate.means = imaging.means_of(self.app, self.front.glyphs)
        self.plate.when_failed = self._failed
        self.plate.when_turned = lambda by: self.action_move(0, by)
        self.set_focus(None)
        self._show()

    def on_unmount(self) -> None:
        """The process that reads ends when nobody comes back soon."""
        self._viewer.rest_later()

    @property
    def plate(self) -> Plate:
        """Where the picture is."""
        return self.query_one(Plate)

    @property
    def name(self) -> str:
        """What is shown."""
        return f"Page {self._page}" if self._figure is None else self._room.document.caption_name(self._figure)

    # what is shown

    def _show(self, near: int = 0, middle: tuple[float, float] = (0.5, 0.5)) -> None:
        """Another picture: its name and its caption at once."""
        document, caption = self._room.document, self.query_one(TextPane)
        self._near, self._middle = near, middle
        caption.display = self._figure is not None
        if self._figure is None:
            self._head(f"of {document.pages}")
        else:
            words = line(document.blocks[self._figure].text, "caption")
            rows = len(lines_of(words.runs, max(8, self.app.size.width - 3)))
            caption.styles.height = min(rows, self.app.size.height // (4 if self.plate.means else 2))
            caption.show([words])
            at = self._figures.index(self._figure) + 1
            self._head(f"page {document.blocks[self._figure].page}", f"{at} of {len(self._figures)} ")
        self.show_hints()
        if self.plate.means:
            self.plate.ask(self._question(), f"Drawing {self.name}")
            self.plate.move(ZOOMS[near], middle)
        else:
            self.plate.say(
                ("Pictures need colours and block characters, which are off here. ", "dim"),
                (f"{self.key('picture.open')} ", "key"),
                ("opens it in your viewer.", "dim"),
            )

    def _head(self, about: str, right: str = "") -> None:
        self.header([(f" {self.name} ", "strong"), (about, "dim")], [(right, "dim")])
        self._tell_near()

    def _tell_near(self) -> None:
        near: list[Run] = [(f"{ZOOMS[self._near]:g}x ", "accent")] if self._near else []
        self.status.idle([(safe(self._room.opened.record.paper.title), "dim")], near)

    def show_hints(self) -> None:
        """The keys that matter here."""
        paged = self._figure is None
        self.hints(
            [
                ("picture.next/picture.before", "Next, before", "screen.turn(1)"),
                *([("picture.nearer/picture.farther", "Zoom", "screen.zoom(1)")] if self.plate.means else []),
                ("picture.open", "PDF" if paged else "Viewer", "screen.open"),
                ("picture.text", "Text", "screen.text"),
                ("picture.figure", "Figure", "screen.figure") if paged else ("picture.page", "Page", "screen.page"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    def _question(self) -> Callable[[Frame], View]:
        if self._figure is None:
            return partial(self._viewer.page, self._page)
        return partial(self._viewer.figure, *self._named())

    def _named(self) -> tuple[tuple[str, str], int]:
        """Kind and label of the figure, and the how manieth of that name it is in the PDF."""
        assert self._figure is not None
        document = self._room.document
        same = [block for block in self._figures if document.caption_name(block) == self.name]
        kind, _, label = self.name.partition(" ")
        return (kind, label), same.index(self._figure)

    def _failed(self, error: PaperpathError) -> None:
        paged = self._figure is None
        self.plate.say(
            (f"{error} ", "warn"),
            ("" if paged else f"{self.key('picture.page')} ", "key"),
            ("" if paged else "shows its page.", "dim"),
        )

    # keys

    def action_turn(self, by: int) -> None:
        """The next figure or page, as far as there is one."""
        if self._figure is None:
            there = self._page + by
            if 1 <= there <= self._room.document.pages:
                self._page = there
                left, _, right, _ = self.plate.part  # who reads from near reads on from near
                self._show(self._near, ((left + right) / 2, 0.0 if by > 0 else 1.0))
                return
        else:
            there = self._figures.index(self._figure) + by
            if 0 <= there < len(self._figures):
                self._figure = self._figures[there]
                self._show()
                return
        self.say(f"That was the {'last' if by > 0 else 'first'} {'page' if self._figure is None else 'picture'}")

    def action_zoom(self, by: int) -> None:
        """Nearer or farther, with the same point in the middle."""
        near = max(0, min(self._near + by, len(ZOOMS) - 1))
        if near != self._near:
            self._near = near
            self._again()

    def action_whole(self) -> None:
        """All of it."""
        self._near, self._middle = 0, (0.5, 0.5)
        self._again()

    def action_move(self, across: int, down: int) -> None:
        """Move over what is enlarged; at its edge, turn to the next."""
        left, top, right, bottom = self.plate.part
        low, high, by = (left, right, across) if across else (top, bottom, down)
        if (by > 0 and high >= 1) or (by < 0 and low <= 0):
            if self._near and across:
                return  # a line that one reads along ends here
            self.action_turn(by)
            return
        # From where the window is, which stops at the edges, and not from what was asked for.
        x, y = (left + right) / 2, (top + bottom) / 2
        x, y = x + across * STEP * (right - left), y + down * STEP * (bottom - top)
        self._middle = (x, y)
        self._again()

    def _again(self) -> None:
        self._tell_near()
        self.plate.move(ZOOMS[self._near], self._middle)

    def action_page(self) -> None:
        """From the figure to the page that it is on."""
        if self._figure is not None:
            self._page = self._began = self._room.document.blocks[self._figure].page or 1
            self._figure = None
            self._show()

    def action_figure(self) -> None:
        """From the page to the first figure on it."""
        document = self._room.document
        if self._figure is None:
            here = [block for block in self._figures if document.blocks[block].page == self._page]
            if here:
                self._figure = here[0]
                self._show()
            else:
                self.say("There is no figure or table on this page")

    def action_text(self) -> None:
        """Back to the text, at what is shown."""
        figure, page = self._figure, self._page
        self._began = page
        self.leave_room()
        if figure is not None:
            self._room.jump(figure)
        else:
            self._to_page(page)

    def leave_room(self) -> None:
        """Back to the text: where one was, or at the page that one has turned to."""
        super().leave_room()
        if self._figure is None and self._page != self._began:
            self._to_page(self._page)

    def _to_page(self, page: int) -> None:
        blocks = self._room.document.blocks
        running = (at for at, block in enumerate(blocks) if block.kind not in ("caption", "table", "footnote"))
        there = next((at for at in running if (blocks[at].page or 0) >= page), len(blocks) - 1)
        self._room.page.go(Place(there, 0))
        self._room.say(f"Page {page}; {self._room.key('page.back')} goes back")

    # in another program

    def action_open(self) -> None:
        """Open the PDF, or the figure cut out of it, in the person's own viewer."""
        if self._figure is None:
            open_outside(str(self._viewer.pdf))
            self.say(f"Opened {self._viewer.pdf.name} in your viewer", "good")
        else:
            self.say(f"Cutting {self.name} out of the PDF")
            start(self, self._open, "open", latest=True)

    async def _open(self) -> None:
        name, key = self._named(), self._viewer.key
        try:
            folder: Path = await self.front.desk.read(lambda library: _cache_of(library, key))
            cut = await asyncio.to_thread(self._viewer.write, *name, folder, dpi=DPI)
        except Cancelled:
            return
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if cut.file is None:
            self.say(f"{self.name}: {cut.error}", "bad")
            return
        open_outside(str(cut.file))
        self.say(f"Opened {cut.file.name} in your viewer", "good")


def _cache_of(library: object, key: str) -> Path:
    from paperpath.workflow import figures

    return figures.cache_of(library, key)  # type: ignore[arg-type]
