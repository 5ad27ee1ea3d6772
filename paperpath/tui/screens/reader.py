"""Reading one paper: its text, its outline, and what the reader marks and writes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from paperpath.errors import PaperpathError
from paperpath.tui import anchors
from paperpath.tui.cells import clip, safe
from paperpath.tui.document import Place
from paperpath.tui.fetching import fraction, reason, step
from paperpath.tui.reading import gather
from paperpath.tui.screens.actions import PaperRoom
from paperpath.tui.screens.annotating import Annotating
from paperpath.tui.screens.beside import Beside, TextColumn
from paperpath.tui.screens.following import Following
from paperpath.tui.screens.timing import Timed
from paperpath.tui.widgets.aside import Aside
from paperpath.tui.widgets.outline import Outline
from paperpath.tui.widgets.page import Mark, Page
from paperpath.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from paperpath.tui.cells import Run
    from paperpath.tui.document import Document, Range
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.reading import Opened

SAVE_AFTER = 2.0
"""Seconds of rest after which the position is written; leaving writes it at once."""


class Reader(Beside, Annotating, Following, Timed, PaperRoom):
    """The reader."""

    TITLE_OF_HELP = "Reading"
    OPENS = "reader.open_pdf"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find in this paper", id="reader.find", priority=True),
        Binding("n", "hit(1)", "Next hit", id="reader.next_hit", priority=True),
        Binding("N", "hit(-1)", "Hit before", id="reader.hit_before", priority=True),
        Binding("o,1", "outline", "Outline", id="reader.outline", priority=True),
        Binding("2", "text", "The text", id="reader.text", show=False, priority=True),
        Binding("i,3", "aside", "Highlights and note", id="reader.aside", priority=True),
        Binding("right_curly_bracket", "next_pane(1)", "Next pane", id="reader.next_pane", priority=True),
        Binding("left_curly_bracket", "next_pane(-1)", "Pane before", id="reader.pane_before", priority=True),
        Binding("p", "passes", "Three passes over the paper, and their checklist", id="paper.passes", priority=True),
        Binding("O", "open_pdf", "Open the PDF, or the page on the web", id="reader.open_pdf", priority=True),
        Binding("w", "show_fetch", "Show the fetch", id="fetch.show", show=False, priority=True),
    ]

    def __init__(self, opened: Opened, glyphs: Glyphs, *, find: str = "") -> None:
        """``find`` is a passage of the paper to land on."""
        super().__init__()
        self.opened = opened
        self._landing = find
        self._page = Page(glyphs, opened.document)
        self._hits: list[Range] = []
        self._hit = -1
        self._query = ""
        self._landed: Range | None = None
        self._saved: Place | None = None
        self._save_timer: Timer | None = None
        self._began = opened.record.status != "unread"
        self._said_end = False

    def body(self) -> ComposeResult:
        """Outline, text, aside."""
        glyphs = self.front.glyphs
        with Vertical(id="room"), Horizontal(id="panes"):
            yield Outline(glyphs, id="outline")
            yield TextColumn(self._page)
            yield Aside(glyphs, id="aside", classes="pane")

    def on_mount(self) -> None:
        """Open where the reader stopped, or on the passage that was searched for."""
        self.outline.when_chosen = self._jump_to_section
        self.aside.when_chosen = self._jump_to_highlight
        self.page.when_clicked, self.page.when_followed = self.follow_at, self.follow_link
        self.outline.empty = [[("no sections", "dim")]]
        self.set_focus(self._page)
        self.show_document(self.opened.document)
        if self.opened.trouble:
            self.say(self.opened.trouble, "bad")
        if self._landing:
            self._land(self._landing)

    @property
    def document(self) -> Document:
        """What is read."""
        return self.opened.document

    @property
    def page(self) -> Page:
        """The text."""
        return self._page

    @property
    def outline(self) -> Outline:
        """The left pane."""
        return self.query_one(Outline)

    @property
    def aside(self) -> Aside:
        """The right pane."""
        return self.query_one(Aside)

    def targets(self) -> list[str]:
        """The paper being read."""
        return [self.opened.record.key]

    def chosen(self) -> list[Range]:
        """The passage that is being selected; empty while none is."""
        return self.choosing.ranges if self.choosing else []

    # opening and landing

    def show_document(self, document: Document, place: Place | None = None) -> None:
        """Show a text from ``place`` on, or from where it was left."""
        if place is None:
            position = self.opened.record.position
            place = document.place(position) if position else Place(0, 0)
        self.forget_link()
        self._page.open(document, place, self.opened.links)
        self._saved = place
        self.show_paper()

    def show_paper(self) -> None:
        """Tell the panes and the lines above and below about the paper, which is another one or has another text."""
        self._fill_outline()
        self.locate_highlights()
        self.paint_marks()
        self.follow_page()
        self.show_hints()

    def _fill_outline(self) -> None:
        worth = self.opened.worth
        self.outline.fill(self.document, worth.blocks if worth else frozenset())

    def _land(self, passage: str) -> None:
        """Show the passage that a search found; where its words are broken otherwise, its longest piece."""
        from paperpath.model import Highlight

        pieces = sorted((piece.strip() for piece in passage.replace("...", "…").split("…")), key=len, reverse=True)
        for piece in pieces:
            for words in (piece, " ".join(piece.split()[:8])):
                found = anchors.locate(self.document, Highlight(words)) if words else []
                if found:
                    self._landed = found[0]
                    self.page.go(Place(found[0].block, found[0].start), above=6)
                    self.paint_marks()
                    return
        self.say("The passage is in the index but not in the text that is shown", "warn")

    async def refresh_paper(self) -> None:
        """Read the paper anew: it was fetched, marked or edited, here or elsewhere."""
        asked = ""
        while asked != self.opened.record.key:  # meanwhile the keyboard may go to the other paper
            asked = self.opened.record.key
            again = partial(gather, key=asked, key_of=self.key, before=self.opened)
            try:
                opened = await self.front.desk.read(again)
            except PaperpathError as error:
                self.say(str(error), "bad")
                return
        self.take_in(opened)

    def take_in(self, opened: Opened) -> None:
        """Show the paper as it is now."""
        before, self.opened = self.opened, opened
        if opened.document != before.document:
            self.show_document(
                opened.document, None if not before.document.parsed else self._translated(before, opened)
            )
            if not before.document.parsed and opened.document.parsed:
                self.say("The paper is here", "good")
        else:
            self.opened = replace(opened, document=before.document)
            if opened.worth != before.worth:
                self._fill_outline()
            self.locate_highlights()
            self.paint_marks()
            self.follow_page()

    def _translated(self, before: Opened, after: Opened) -> Place:
        return after.document.place(before.document.position(self.page.place))

    def library_changed(self) -> None:
        """Something was written; if it was about this paper, or a paper that it cites, show it."""
        self.forget_library()
        self.ask_library(self.refresh_papers)

    def fetch_changed(self) -> None:
        """Say how far this paper is."""
        event = self.front.fetches.events.get(self.opened.record.key)
        if event is None:
            return
        if event.state == "failed":
            self.say(reason(event), "bad")
        elif self.front.fetches.running:
            full, empty = self.front.glyphs.bar(fraction(event), 16)
            self.status.idle(
                [
                    ("fetching  ", ""),
                    (full, "accent"),
                    (empty, "dim"),
                    (f"  {step(event)}", "dim"),
                    (f"   {self.key('fetch.stop')} ", "key"),
                    ("stops", "dim"),
                ]
            )

    def action_show_fetch(self) -> None:
        """The fetch is shown in the library."""
        self.say(f"The fetch is shown in the library: {self.key('app.back')} goes back there")

    # where one is

    @on(Page.Scrolled)
    def _scrolled(self, event: Page.Scrolled) -> None:
        if event.page is not self._page:
            return  # the wheel, over the other paper: its place is kept when it is left
        self.follow_page()
        if self._save_timer is not None:
            self._save_timer.stop()
        self._save_timer = self.set_timer(SAVE_AFTER, self.save_position)

    def follow_page(self) -> None:
        """Outline, header and status line follow the page."""
        page, document = self.page, self.document
        place = page.place
        section = document.section_of(min(place.block + 1, len(document.blocks) - 1))
        self.outline.follow(section)
        seen = 1.0 if page.at_end else document.fraction(page.last_place)
        self._head(seen, place)
        self._idle(seen, section)
        if (
            document.parsed
            and seen >= 1.0
            and not self._said_end
            and self._began
            and self.opened.record.status != "read"
        ):
            self._said_end = True
            self.say(f"The end. {self.key('paper.status')} then d marks it read", "good")

    def _head(self, seen: float, place: Place) -> None:
        record, glyphs = self.opened.record, self.front.glyphs
        row = self.front.catalogue.row(record.key)
        status = row.status if row else record.status
        right: list[Run] = [(f"{glyphs.status(status)} {status}", "accent"), ("  ", "")]
        if self.document.parsed:
            page = self.document.blocks[min(place.block, len(self.document.blocks) - 1)].page or 1
            full, empty = glyphs.bar(seen, 8)
            minutes = self.document.minutes_left(seen)
            if self.size.width >= 96:
                right += [(full, "accent"), (empty, "dim"), (" ", "")]
            right += [
                (f"{seen:.0%}", ""),
                (f"  p.{page}/{self.document.pages}", "dim"),
            ]
            right.append((f"  {minutes} min left " if minutes else "  ", "dim"))
        else:
            right.append(("abstract only ", "dim"))
        byline = f"  {record.paper.byline} {record.paper.year or ''}".rstrip()
        room = max(20, self.size.width - sum(len(text) for text, _ in right) - len(byline) - 4)
        title = clip(safe(record.paper.title), room, glyphs.ellipsis)
        left: list[Run] = [(f" {title}", "strong")]
        if self.size.width >= 96:
            left.append((safe(byline), "dim"))
        self.header(left, right)

    def _idle(self, seen: float, section: int | None) -> None:
        del seen
        if self.choosing:
            return
        heading = self.document.blocks[self.document.outline[section]].text if section is not None else ""
        left: list[Run] = [(heading.replace("  ", " "), "dim")]
        right: list[Run] = []
        if self._query:
            count = f"{self._hit + 1} of {len(self._hits)}" if self._hits else "nothing found"
            right = [
                (f"/{self._query} ", "accent"),
                (count, "" if self._hits else "warn"),
                (f"  {self.key('reader.next_hit')} ", "key"),
                ("next ", "dim"),
                (f"{self.key('reader.hit_before')} ", "key"),
                ("before", "dim"),
            ]
        elif self.page.wide_tables:
            right = [(f"{self.key('page.left')} {self.key('page.right')} ", "key"), ("move the table", "dim")]
        else:
            right = [*self._tags(), *self._pass_now()]
        self.status.idle(left, right)

    def _tags(self) -> list[Run]:
        tags = self.opened.record.tags
        return [(safe(" ".join(f"#{tag}" for tag in tags)), "dim")] if tags else []

    def _pass_now(self) -> list[Run]:
        """The pass that one is in, with the sign that the outline has beside what it is about."""
        worth = self.opened.worth
        if worth is None:
            return []
        sign = f"   {self.front.glyphs.bullet} " if worth.blocks else "   "
        said = f"pass {worth.number} of 3: {worth.name}"
        return [(sign, "mark"), (said, "dim"), (f"  {self.key('paper.passes')} ", "key")]

    def show_hints(self) -> None:
        """The keys that matter now: those for choosing a passage while one does."""
        if self.choosing:
            self.hints(
                [
                    ("select.next/select.before", "Sentence", "screen.choose(1)"),
                    ("select.more/select.less", "More, less", "screen.grow(1)"),
                    ("select.word/select.word_back", "Word", "screen.word(1)"),
                    ("select.other_end", "Other end", "screen.other_end"),
                    ("reader.highlight", "Highlight", "screen.highlight"),
                    ("reader.note", "With a note", "screen.note"),
                    ("reader.card", "Card", "screen.card"),
                    ("room.leave", "Cancel", "screen.leave"),
                ]
            )
            return
        whole = self.document.parsed
        self.hints(
            [
                ("page.down", "Page", "screen.page_down"),
                ("page.next_section/page.section_before", "Section", "screen.next_section"),
                *([] if whole else [self._bring()]),
                ("reader.find", "Find", "screen.find"),
                ("reader.select", "Select", "screen.select"),
                ("reader.note", "Note", "screen.note"),
                *([("reader.other_paper", "Other paper", "screen.other_paper")] if len(self.both) > 1 else []),
                ("app.help", "Keys", "app.help"),
                *([("reader.next_link", "Links", "screen.link(1)")] if self.opened.links.all else []),
                ("reader.outline", "Outline", "screen.outline"),
                *([("reader.references", "References", "screen.references")] if self.opened.references else []),
                ("reader.aside", "Marks", "screen.aside"),
                ("paper.status", "Status", "screen.status"),
                ("paper.cite", "Cite", "screen.cite"),
                *([("reader.open_pdf", "PDF", "screen.open_pdf")] if whole else []),
                ("app.back", "Back" if len(self.both) == 1 else "Close", "app.back"),
            ]
        )

    def _bring(self) -> tuple[str, str, str]:
        """What helps when the text is not here."""
        record = self.opened.record
        if record.paper.arxiv_id or record.pdf:
            return ("paper.fetch", "Fetch", "screen.fetch")
        return ("reader.open_pdf", "Its page", "screen.open_pdf")

    def action_page_down(self) -> None:
        """A click on the key."""
        self.page.action_pages(1)

    def action_next_section(self) -> None:
        """A click on the key."""
        self.page.action_section(1)

    def save_position(self) -> None:
        """Keep the place; the first move into an unread paper makes it one that is being read."""
        from paperpath.workflow import annotating

        place = self.page.place
        if place == self._saved or not self.document.parsed:
            return
        self._saved = place
        position = self.document.position(place)
        if self.page.at_end:
            position = replace(position, fraction=1.0)
        key = self.opened.record.key
        self._began = True
        self.front.carry_out(lambda library: annotating.set_position(library, key, position), "")

    # panes

    def action_outline(self) -> None:
        """To the outline and back."""
        self._pane(self.outline if self.focused is not self.outline else self.page)

    def action_aside(self) -> None:
        """To the highlights and the note, and back."""
        self._pane(self.aside if self.focused is not self.aside else self.page)

    def action_text(self) -> None:
        """To the text."""
        self._pane(self.page)

    def action_next_pane(self, by: int) -> None:
        """Go round the panes."""
        panes = [self.outline, *self.query(Page), self.aside]
        at = panes.index(self.focused) if self.focused in panes else panes.index(self.page)
        self._pane(panes[(at + by) % len(panes)])

    def _pane(self, pane: Outline | Page | Aside) -> None:
        self.set_class(pane is self.outline, "-show-outline")
        self.set_class(pane is self.aside, "-show-aside")
        if isinstance(pane, Page):
            self.turn_to(pane)
        self.set_focus(pane)

    def caption_in_view(self) -> int | None:
        """The figure under the cursor of the outline, or one that the page shows."""
        item = self.outline.item if self.focused is self.outline else None
        if item is not None and item >= len(self.document.outline):
            return self.outline.block_at(item)
        return super().caption_in_view()

    def _jump_to_section(self, item: int) -> None:
        self._pane(self.page)
        if item < len(self.document.outline):
            self.page.go(Place(self.document.outline[item], 0))
        else:
            self.jump(self.outline.block_at(item))

    def _jump_to_highlight(self, item: int) -> None:
        number = self.aside.highlight_at(item)
        ranges = self.located[number] if number is not None else []
        if ranges:
            self._pane(self.page)
            self.page.go(Place(ranges[0].block, ranges[0].start), above=4)

    def step_back(self) -> None:
        """Out of a choice, a pane, a link, a find, and then of the paper."""
        if self.stop_choosing():
            return
        if self.focused is not self.page:
            self._pane(self.page)
        elif self.forget_link():
            self.paint_marks()
        elif self._query or self._landed:
            self._query, self._hits, self._hit, self._landed = "", [], -1, None
            self.paint_marks()
            self.follow_page()
        else:
            self.leave_room()

    def leave_room(self) -> None:
        """Keep the place, and go; of two papers only the one with the keyboard goes."""
        self.save_position()
        if not self.close_paper():
            super().leave_room()

    # find

    def action_find(self) -> None:
        """Find while typing; enter stays on the hit, escape returns to where one was."""
        before = self.page.place

        def cancelled() -> None:
            self._find("")
            self.page.go(before, remember=False)

        self.ask(
            Question("Find", self._find, placeholder="words in this paper", changed=self._find, cancelled=cancelled)
        )

    def _find(self, text: str) -> None:
        if text == self._query and self._hits:
            return
        self._query, self._landed = text, None
        self._hits = self.document.find(text)
        here = self.page.place
        self._hit = next(
            (n for n, hit in enumerate(self._hits) if (hit.block, hit.start) >= here), 0 if self._hits else -1
        )
        self._show_hit()
        if self.prompt.active:
            count = f"{self._hit + 1} of {len(self._hits)}" if self._hits else "nothing found" if text else ""
            self.prompt.found([(count, "dim" if self._hits else "warn")])

    def action_hit(self, by: int) -> None:
        """The next hit, round the end."""
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show_hit()
        else:
            self.say(
                f"{self.key('reader.find')} finds words in this paper"
                if not self._query
                else f"“{self._query}” is not in this paper"
            )

    def _show_hit(self) -> None:
        self.paint_marks()
        if self._hits:
            self.page.show_range(self._hits[self._hit])
        self.follow_page()

    def extra_marks(self) -> list[Mark]:
        """Hits and the passage that was searched for, to lie over the highlights."""
        marks = [Mark(hit, "here" if number == self._hit else "hit") for number, hit in enumerate(self._hits)]
        if self._landed:
            marks.append(Mark(self._landed, "hit"))
        return marks + self.link_marks()
