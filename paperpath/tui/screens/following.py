"""Following what a text points at: from link to link by key, to a reference, a figure, a section, and back.

A part of the reader screen, kept apart because it is about what the paper points at and not about the page.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui.document import Place, Range
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.page import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import Reference
    from paperpath.tui.document import Document
    from paperpath.tui.links import Link
    from paperpath.tui.reading import Opened
    from paperpath.tui.widgets.page import Page
    from paperpath.workflow.viewing import Viewer

ABOVE = 4
"""Lines that are seen above the place of a jump."""


class Following(Room):
    """What can be followed in the reader."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "link(1)", "Next link; in the other panes the next pane", id="reader.next_link", priority=True),
        Binding("shift+tab", "link(-1)", "Link or pane before", id="reader.link_before", priority=True),
        Binding("r", "references", "References of the paper", id="reader.references", priority=True),
        Binding("P", "picture", "Show the figure or table as a picture", id="reader.picture", priority=True),
        Binding("I", "page_image", "Show this page of the PDF as a picture", id="reader.page_image", priority=True),
        Binding("D", "terms", "What the terms here mean", id="reader.terms", priority=True),
        Binding("B", "bookmark", "Mark this place with a letter", id="reader.bookmark", priority=True),
        Binding("grave_accent,semicolon", "bookmarks", "Go to a marked place", id="reader.bookmarks", priority=True),
    ]
    opened: Opened
    _link: Link | None = None
    """The link that the keys have come to."""
    _target: Range | None = None
    """What the last jump led to."""
    _in_library: tuple[str | None, ...] | None = None
    """Keys of the references, once they were asked for."""
    _viewer: Viewer | None = None
    """What has looked at the PDF: it remembers where the figures are."""

    @property
    def page(self) -> Page:
        """The text."""
        raise NotImplementedError

    @property
    def document(self) -> Document:
        """What is read."""
        raise NotImplementedError

    def paint_marks(self) -> None:
        """Lay all marks over the text."""
        raise NotImplementedError

    def chosen(self) -> list[Range]:
        """The passage that is being selected."""
        raise NotImplementedError

    async def read_beside(self, key: str) -> None:
        """Open another paper beside this one."""
        raise NotImplementedError

    def action_next_pane(self, by: int) -> None:
        """Go round the panes."""
        raise NotImplementedError

    def link_marks(self) -> list[Mark]:
        """The link that was come to, and where the last one led."""
        marks = [Mark(self._target, "hit")] if self._target else []
        return [*marks, Mark(self._link.range, "here")] if self._link else marks

    def forget_link(self) -> bool:
        """Forget where the keys have come to; tells whether they had come anywhere."""
        was = self._link is not None or self._target is not None
        self._link = self._target = None
        return was

    # from link to link

    def action_link(self, by: int) -> None:
        """The next link on the screen, or beyond it when there is none; from another pane, the next pane."""
        links, page = self.opened.links, self.page
        if self.focused is not page or not links.all:
            self.action_next_pane(by)
            return
        first, last = page.place, page.last_place
        if self._link is not None and first <= Place(self._link.range.block, self._link.range.start) < last:
            at = links.index_from(Place(self._link.range.block, self._link.range.start)) + by
        else:
            at = links.index_from(first) if by > 0 else links.index_from(last) - 1
        if 0 <= at < len(links.all):
            self.go_to_link(links.all[at], remember=False)
        else:
            self.say("That was the last link" if by > 0 else "That was the first link")

    def go_to_link(self, link: Link, *, remember: bool = True) -> None:
        """Show a link and come to it."""
        self._link, self._target = link, None
        self.page.show_range(link.range, remember=remember)
        self.paint_marks()

    # following

    async def follow_link(self) -> None:
        """Follow the link that the keys have come to."""
        if self._link is not None:
            await self.follow(self._link)
        elif self.opened.links.all:
            goes, follows = self.key("reader.next_link"), self.key("page.follow")
            self.say(f"{goes} goes to the next citation, figure or section; {follows} follows it")

    async def follow_at(self, place: Place) -> None:
        """Follow the link at ``place``, if there is one: it was clicked."""
        link = self.opened.links.at(place)
        if link is not None:
            self._link, self._target = link, None
            self.paint_marks()
            await self.follow(link)

    async def follow(self, link: Link) -> None:
        """Tell of a reference; jump to what is in the paper itself."""
        if link.kind == "reference":
            await self.tell(link.targets, link)
        else:
            self.jump(link.targets[0])
            self.say(f"{self.key('page.back')} goes back")

    async def tell(self, references: Sequence[int], link: Link | None = None) -> None:
        """Open the window on one reference after the other, beside ``link``."""
        from paperpath.tui.screens.reference import ReferenceWindow

        await self.app.push_screen(ReferenceWindow(self, references, link))

    async def action_references(self) -> None:
        """All references as a list; the one that is chosen is told of like one that was cited."""
        from paperpath.tui.screens.references import References

        opened = self.opened
        if not opened.references:
            said = (
                "No references were found in this paper"
                if self.document.parsed
                else f"{self.key('paper.fetch')} fetches the paper first"
            )
            self.say(said)
            return
        await self.app.push_screen(
            References(opened.references, opened.links, self.in_library, lambda number: self.tell((number,)))
        )

    def jump(self, block: int) -> None:
        """Go to a block, and mark its beginning."""
        text = self.document.blocks[block].text
        end = text.find(": ") if self.document.blocks[block].kind == "caption" else len(text)
        self._link, self._target = None, Range(block, 0, max(1, end))
        self.page.go(Place(block, 0), above=ABOVE)
        self.paint_marks()

    # terms

    def _in_view(self) -> str:
        """What is meant: the passage that is selected, or else all that the screen shows."""
        chosen, blocks, page = self.chosen(), self.document.blocks, self.page
        if chosen:
            return "\n".join(blocks[one.block].text[one.start : one.end] for one in chosen)
        first, last = page.place, page.last_place
        shown = [blocks[at].text for at in range(first.block, min(last.block + 1, len(blocks)))]
        if shown and last.block < len(blocks):
            shown[-1] = shown[-1][: last.offset] if last.block > first.block else shown[-1]
            shown[0] = shown[0][first.offset :]
        return "\n".join(shown)

    async def action_terms(self) -> None:
        """Open the window on the terms of the selected passage, or of what is in view."""
        from paperpath.tui.screens.terms import TermWindow

        if not self.document.parsed:
            self.say(f"Terms are found in the text of a paper: {self.key('paper.fetch')} fetches it")
            return
        await self.app.push_screen(TermWindow(self, self._in_view()))

    def show_sentence(self, sentence: str) -> bool:
        """Go to a sentence of this paper; whether it was found in the text that is shown."""
        from paperpath.model import Highlight
        from paperpath.tui import anchors

        ranges = anchors.locate(self.document, Highlight(sentence))
        if ranges:
            self._link, self._target = None, ranges[0]
            self.page.go(Place(ranges[0].block, ranges[0].start), above=ABOVE)
            self.paint_marks()
        return bool(ranges)

    # places with a letter

    def _places(self) -> dict[str, tuple[str, str]]:
        """Letter → the section, and the words that begin there."""
        found = {}
        for letter, position in self.opened.bookmarks.items():
            block, offset = self.document.place(position)
            at = self.document.section_of(block)
            section = self.document.blocks[self.document.outline[at]].text.replace("  ", " ") if at is not None else ""
            found[letter] = (section, self.document.blocks[block].text[offset : offset + 200])
        return found

    async def action_bookmark(self) -> None:
        """Ask for a letter, and give it to this place."""
        from paperpath.tui.screens.letters import Letters

        if not self.document.parsed:
            self.say(f"Places are marked in the text of a paper: {self.key('paper.fetch')} fetches it")
            return
        await self.app.push_screen(Letters("A letter from a to z for this place", self._places(), self._set_bookmark))

    def _set_bookmark(self, letter: str) -> None:
        key, position = self.opened.record.key, self.document.position(self.page.place)
        marked = dict(sorted({**self.opened.bookmarks, letter: position}.items()))
        self.opened = replace(self.opened, bookmarks=marked)
        self.front.carry_out(
            lambda library: library.set_bookmark(key, letter, position),
            f"Marked as {letter}: {self.key('reader.bookmarks')} {letter} comes back here",
        )

    async def action_bookmarks(self) -> None:
        """Ask for a letter, and go to its place."""
        from paperpath.tui.screens.letters import Letters

        if not self.opened.bookmarks:
            self.say(f"No place of this paper has a letter yet: {self.key('reader.bookmark')} gives one to this place")
            return
        await self.app.push_screen(Letters("Go to", self._places(), self._go_to_bookmark))

    def _go_to_bookmark(self, letter: str) -> None:
        position = self.opened.bookmarks.get(letter)
        if position is None:
            self.say(f"No place has the letter {letter}")
            return
        self.page.go(self.document.place(position))
        self.say(f"{self.key('page.back')} goes back")

    # figures

    def caption_in_view(self) -> int | None:
        """The caption that is meant: where the last jump led, what the link names, or the first on the page."""
        page, captions = self.page, self.document.captions
        first, last = page.place.block, page.last_place.block
        if self._link is not None and self._link.kind == "block" and self._link.targets[0] in captions:
            return self._link.targets[0]
        seen = [block for block in captions if first <= block <= last]
        led = self._target.block if self._target else None
        return led if led in seen else seen[0] if seen else None

    async def action_picture(self) -> None:
        """Show the picture of the caption that is meant."""
        block = self.caption_in_view()
        if block is None:
            self.say(f"There is no figure or table on this page; {self.key('reader.outline')} lists them")
            return
        await self._look(figure=block)

    async def action_page_image(self) -> None:
        """Show the page of the PDF on which the first line of the screen stands."""
        if not self.document.parsed:
            self.say(f"Pages are shown of a paper that is here: {self.key('paper.fetch')} fetches it")
            return
        blocks, here = self.document.blocks, self.page.place.block
        page = next((blocks[at].page for at in range(min(here, len(blocks) - 1), -1, -1) if blocks[at].page), 1)
        await self._look(page=page or 1)

    async def _look(self, *, figure: int | None = None, page: int = 1) -> None:
        from paperpath.tui.screens.pictures import Pictures
        from paperpath.workflow import figures, viewing

        key = self.opened.record.key
        try:
            pdf = await self.front.desk.read(lambda library: figures.pdf_of(library, key))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if self._viewer is None or self._viewer.pdf != pdf:
            if self._viewer is not None:
                self._viewer.rest_later(0)
            self._viewer = viewing.Viewer(key, pdf)
        await self.app.push_screen(Pictures(self, self._viewer, figure=figure, page=page))

    def on_unmount(self) -> None:
        """End the process that looked at the PDF; by a thread, for it is waited for."""
        if self._viewer is not None:
            asyncio.get_running_loop().run_in_executor(None, self._viewer.rest)

    # references and the library

    async def in_library(self) -> tuple[str | None, ...]:
        """For each reference its key in the library, if it is there.

        Raises:
            PaperpathError: the library cannot be read.
        """
        if self._in_library is None:
            key, references = self.opened.record.key, self.opened.references
            self._in_library = await self.front.desk.read(partial(_joined, key=key, references=references))
        return self._in_library

    def forget_library(self) -> None:
        """The library has changed: ask it anew when somebody wants to know, and at once if a window shows it."""
        from paperpath.tui.screens.reference import ReferenceWindow

        self._in_library = None
        if isinstance(self.app.screen, ReferenceWindow):
            self.app.screen.look_up()


def _joined(library: Library, key: str, references: Sequence[Reference]) -> tuple[str | None, ...]:
    from paperpath.workflow.linking import Linker

    return Linker(library).keys(key, references)
