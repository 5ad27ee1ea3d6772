"""A window on a reference, beside the place that cites it: what it is, whether it is here, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Offset

from paperpath.errors import PaperpathError
from paperpath.tui.cells import clip, safe
from paperpath.tui.document import Place
from paperpath.tui.screens.actions import open_outside
from paperpath.tui.screens.citing import bibtex_of
from paperpath.tui.screens.windows import Window
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from paperpath.model import Reference
    from paperpath.tui.links import Link
    from paperpath.tui.screens.citing import Citing


class ReferenceWindow(Window):
    """One of the references that a citation names; ``j`` and ``k`` turn to the others."""

    NAME = "reference"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="reference.open", priority=True),
        Binding("a", "add", "Add", id="reference.add", priority=True),
        Binding("y", "copy", "Copy", id="reference.copy", priority=True),
        Binding("n", "mention(1)", "Next mention", id="reference.next_mention", priority=True),
        Binding("N", "mention(-1)", "Mention before", id="reference.mention_before", priority=True),
        Binding("j,down,tab", "turn(1)", "Next reference", id="reference.next", priority=True),
        Binding("k,up,shift+tab", "turn(-1)", "Reference before", id="reference.before", priority=True),
        Binding("C", "beside", "Open beside this paper", id="reference.beside", priority=True),
        Binding("g", "entry", "Its entry", id="reference.entry", priority=True),
        Binding("o", "web", "Its page on the web", id="reference.web", priority=True),
        Binding("escape,q", "close", "Close", id="reference.close", priority=True),
    ]

    def __init__(self, room: Citing, references: Sequence[int], link: Link | None) -> None:
        """``link`` is the citation that names ``references``; None when they were chosen from the list of all."""
        super().__init__()
        self._room = room
        self._references = references
        self._link = link
        self._at = 0
        self._keys: tuple[str | None, ...] | None = None
        """None until the library has answered."""

    def on_mount(self) -> None:
        """Show it before the library is asked."""
        self._show()
        self.look_up()

    def on_resize(self) -> None:
        """Stay beside the citation."""
        self._show()

    @property
    def _number(self) -> int:
        return self._references[self._at]

    @property
    def _reference(self) -> Reference:
        return self._room.opened.references[self._number]

    @property
    def _mentions(self) -> Sequence[Link]:
        return self._room.opened.links.mentions(self._number)

    # what is shown

    def _show(self) -> None:
        paragraphs = self._paragraphs()
        self.query_one("#reference").styles.offset = self._beside(*self._fit(paragraphs))
        reference = self._reference
        label = f"[{reference.label}] " if reference.label else ""
        who = _byline(reference)
        turns = self._turns(self._at, len(self._references))
        self.query_one(Bar).show([(safe(f"{label}{who}".strip()) or "Reference", "strong")], turns)
        self.query_one(TextPane).show(paragraphs)
        key = self._key
        hints = [
            *([("open", "Open", "screen.open"), ("beside", "Beside", "screen.beside")] if key else []),
            *([("add", "Add", "screen.add")] if self._keys is not None and not key else []),
            ("copy", "Copy", "screen.copy"),
            *([("next_mention", "Next mention", "screen.mention(1)")] if len(self._mentions) > 1 else []),
            ("entry", "Entry", "screen.entry"),
            *([("web", "Web", "screen.web")] if self._page else []),
            ("close", "Close", "screen.close"),
        ]
        self._hint(hints)

    def _paragraphs(self) -> list[Para]:
        return [line(safe(" ".join(self._reference.text.split()))), BLANK, self._standing(), self._cited()]

    def _standing(self) -> Para:
        """Whether it is in the library."""
        key = self._key
        row = self._front.catalogue.row(key) if key else None
        if self._keys is None:
            return line("looking for it in the library", "dim")
        if row is None:
            known = self._reference.arxiv_id or self._reference.doi
            return line(f"not in the library{f'  ({known})' if known else ''}", "dim")
        sign = self._front.glyphs.status(row.status)
        return Para(((f"{sign} {row.status}", "accent"), (f"  in the library as {row.key}", "dim")))

    def _cited(self) -> Para:
        """How often, and in which sections, in the order of the paper."""
        document, mentions = self._room.document, self._mentions
        if not mentions:
            return line("where it is cited here could not be told", "dim")
        sections: dict[str, None] = {}
        for mention in mentions:
            at = document.section_of(mention.range.block)
            heading = document.blocks[document.outline[at]].text if at is not None else "title page"
            number, gap, _ = heading.partition("  ")
            sections[number if gap else heading] = None
        times = "once" if len(mentions) == 1 else f"{len(mentions)} times"
        return Para(((f"cited {times} here: ", "dim"), (", ".join(sections), "")), indent=2)

    def _beside(self, width: int, height: int) -> Offset:
        """Below the citation, or above it where there is more room."""
        page, screen = self._room.page, self.app.size
        left = max(1, min(page.region.x + 2, screen.width - width - 1))
        if self._link is None:
            return Offset(left, max(0, (screen.height - height) // 3))
        first, last = (
            page.line_of(Place(self._link.range.block, offset)) - int(page.scroll_y) + page.region.y
            for offset in (self._link.range.start, self._link.range.end - 1)
        )
        below = last + 1
        if below + height <= screen.height - 2 or below + height - screen.height <= height - first:
            return Offset(left, max(0, min(below, screen.height - height)))
        return Offset(left, max(0, first - height))

    # the library

    @property
    def _key(self) -> str | None:
        return self._keys[self._number] if self._keys is not None else None

    def look_up(self) -> None:
        """Ask the library which of the references it has."""
        start(self, self._look_up, "references", latest=True)

    async def _look_up(self) -> None:
        try:
            self._keys = await self._room.in_library()
        except PaperpathError as error:
            self._room.say(str(error), "bad")
            return
        self._show()

    # what can be done

    async def action_open(self) -> None:
        """Open the paper, if it is here; keys that were typed ahead wait for the library."""
        await self._open(self._front.read)

    async def action_beside(self) -> None:
        """Open it beside the paper that cites it."""
        await self._open(self._room.read_beside)

    async def _open(self, read: Callable[[str], Awaitable[None]]) -> None:
        await self._look_up()
        key = self._key
        if key is None:
            self._room.say(f"It is not in the library: {self._key_of('add')} adds it")
            return
        self.dismiss()
        await read(key)

    async def action_add(self) -> None:
        """Add the paper: by its arXiv id with its PDF, or else as the bibliography describes it."""
        from paperpath.formats.citekeys import make_key
        from paperpath.workflow.taking_references import add_reference, as_paper

        await self._look_up()
        if self._keys is None:
            return
        if self._key is not None:
            self._room.say(f"It is in the library as {self._key}: {self._key_of('open')} opens it")
            return
        reference, room, front = self._reference, self._room, self._front
        arxiv_id = as_paper(reference).arxiv_id
        if arxiv_id:
            room.say(f"Fetching arXiv:{arxiv_id}")
            front.fetch([arxiv_id])
            return
        job = partial(add_reference, reference=reference, citing=room.opened.record.key)
        title = clip(safe(reference.title or ""), 40, front.glyphs.ellipsis)
        front.carry_out(
            lambda library: job(library, make_key=front.make_key or make_key),
            f"Added “{title}” as it is printed, with the tag to-check{room.undoable}",
        )

    async def action_copy(self) -> None:
        """Copy the citation key of a paper that is here, else a BibTeX entry made of the reference."""
        await self._look_up()
        key = self._key
        try:
            text = (
                key if key is not None else await self._front.desk.read(partial(bibtex_of, reference=self._reference))
            )
        except PaperpathError as error:
            self._room.say(str(error), "bad")
            return
        self.app.copy_to_clipboard(text)
        self._room.say(
            f"Copied {text}" if key else "Copied a BibTeX entry made of the reference: please check it", "good"
        )

    def action_mention(self, by: int) -> None:
        """Show where else it is cited, round the end."""
        mentions = self._mentions
        if not mentions:
            self._room.say("Where it is cited here could not be told")
            return
        before = mentions.index(self._link) if self._link in mentions else -1 if by > 0 else 0
        self._link = mentions[(before + by) % len(mentions)]
        number = self._number
        self._references, self._at = self._link.targets, self._link.targets.index(number)
        self._room.go_to_link(self._link)
        self._show()

    def action_turn(self, by: int) -> None:
        """Another reference of the same citation."""
        self._at = (self._at + by) % len(self._references)
        self._show()

    def action_entry(self) -> None:
        """Go to its entry in the bibliography."""
        blocks = [at for at, block in enumerate(self._room.document.blocks) if block.kind == "reference"]
        self.dismiss()
        self._room.jump(blocks[self._number])
        self._room.say(f"{self._front.keymap.label('page.back')} goes back")

    @property
    def _page(self) -> str | None:
        from paperpath.workflow.taking_references import as_paper

        return as_paper(self._reference).web_page

    def action_web(self) -> None:
        """Open its page in the browser."""
        if self._page:
            open_outside(self._page)
            self._room.say(f"Its page in your browser: {self._page}", "good")
        else:
            self._room.say("No address on the web is printed with it")

    def action_close(self) -> None:
        """Back to the text."""
        self.dismiss()


def _byline(reference: Reference) -> str:
    from paperpath.workflow.taking_references import as_paper

    return f"{as_paper(reference).byline} {reference.year or ''}".strip()
