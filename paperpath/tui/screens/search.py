"""Full text of the library: passages of papers and notes, live while typing, with the whole passage beside them."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import get_current_worker

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, clip, fit, safe, width_of
from paperpath.tui.screens.actions import PaperRoom
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.embedding import Meaning
    from paperpath.library import Library
    from paperpath.model import Hit
    from paperpath.workflow.asking import Asked

START, END = "\ue000", "\ue001"
_MATCH = re.compile(f"({START}[^{END}]*{END})")
MOST = 120
ANSWERS = 20
"""Sections that answer a question, which is what ends with a question mark."""
WIDE, SECTION = 70, 24
"""Cells from which a line has room for the section, and those that it takes with the page."""


def matched(passage: str) -> list[Run]:
    """A passage with its matches styled, as one line of safe text."""
    runs = []
    for part in _MATCH.split(" ".join(passage.split())):
        if part.startswith(START):
            runs.append((safe(part.strip(START + END)), "match"))
        elif part:
            runs.append((safe(part.replace(START, "").replace(END, "")), ""))
    return runs


def around_match(runs: Sequence[Run], width: int, ellipsis: str) -> list[Run]:
    """The part of a passage that shows its first match, in ``width`` cells."""
    before = 0
    for text, style in runs:
        if style == "match":
            break
        before += width_of(text)
    skip = max(0, before - width // 3) if before > width // 2 else 0
    shown: list[Run] = [(ellipsis, "dim")] if skip else []
    room = width - len(shown)
    for text, style in runs:
        if skip >= width_of(text):
            skip -= width_of(text)
            continue
        part, skip = text[skip:], 0
        part = clip(part, room, ellipsis)
        shown.append((part, style))
        room -= width_of(part)
        if room <= 0:
            break
    return shown


def _ask(library: Library, words: str, meaning: Meaning | None) -> Asked:
    from paperpath.workflow import asking

    return asking.ask(library, words, limit=ANSWERS, meaning=meaning)


class HitList(LineList):
    """Passages, a line each, under the titles of their papers."""

    hits: Sequence[Hit] = ()
    _titles: tuple[tuple[str, int], ...] = ()

    def fill(self, hits: Sequence[Hit]) -> None:
        """Show other hits, grouped by paper; a paper stands where its best passage does."""
        groups: dict[str, list[int]] = {}
        for number, hit in enumerate(hits):
            groups.setdefault(hit.key, []).append(number)
        self.hits = hits
        items: list[int] = []
        titles = []
        for numbers in groups.values():
            titles.append((hits[numbers[0]].title, len(numbers)))
            items.append(-len(titles))
            items.extend(numbers)
        self._titles = tuple(titles)
        self.show(items)

    def draw(self, item: int, width: int) -> list[Run]:
        """A title; or page, section where there is room for it, and passage."""
        if item < 0:
            title, count = self._titles[-1 - item]
            words = f" {count} passages " if count > 1 else " "
            return [(f" {fit(safe(title), width - len(words) - 1, self.glyphs.ellipsis)}", "title"), (words, "dim")]
        hit = self.hits[item]
        where = f"p.{hit.page}" if hit.page else hit.kind
        if width >= WIDE and hit.page:
            where = f"{where:<6}{safe(hit.section)}"
        cells = SECTION if width >= WIDE else 9
        head = f"   {fit(where, cells - 1, self.glyphs.ellipsis)} "
        return [(head, "dim"), *around_match(matched(hit.passage), width - cells - 4, self.glyphs.ellipsis)]


class Search(PaperRoom):
    """The search screen."""

    TITLE_OF_HELP = "Searching the full text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "edit", "Change the words", id="search.edit", priority=True),
        Binding(
            "down", "move_while_typing(1)", "Down, while one types", id="search.typing_down", show=False, priority=True
        ),
        Binding("up", "move_while_typing(-1)", "Up, while one types", id="search.typing_up", show=False, priority=True),
        Binding("tab", "next_pane(1)", "Next pane", id="pane.next", show=False, priority=True),
        Binding("shift+tab", "next_pane(-1)", "Pane before", id="pane.before", show=False, priority=True),
    ]
    TYPING: ClassVar[frozenset[str]] = frozenset({"accept", "leave", "move_while_typing", "next_pane"})

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._answered = ""
        """The words whose passages are shown."""

    def body(self) -> ComposeResult:
        """Passages, and the whole of one."""
        glyphs = self.front.glyphs
        with Container(id="found"):
            yield HitList(glyphs, id="hits")
            yield TextPane(glyphs, id="preview", classes="pane")

    def on_mount(self) -> None:
        """Ask at once."""
        self.passages.when_chosen = self._open
        self._say_empty("")
        self.set_focus(self.passages)
        self.header([(" paperpath ", "key"), (" Search the full text", "strong"), ("   papers and notes", "dim")], [])
        self.action_edit()
        if self.front.desk.meaning:
            self.run_worker(partial(self._read_for_meaning, self.front.desk.meaning), thread=True, group="meaning")

    def _read_for_meaning(self, meaning: Meaning) -> None:
        """In a thread, with a library of its own: passages that the model has not read, while this screen is open."""
        from paperpath.library import Library
        from paperpath.workflow import asking

        worker = get_current_worker()
        # What is wrong with the model, the first question tells; without these passages it is answered too.
        with suppress(PaperpathError), Library.open(self.front.desk.home) as library:
            asking.read_for_meaning(library, meaning, stop=lambda: worker.is_cancelled)

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                ("list.open", "Read there", "screen.chosen"),
                ("search.edit", "Change", "screen.edit"),
                ("paper.fetch", "Fetch", "screen.fetch"),
                ("paper.status", "Status", "screen.status"),
                ("paper.cite", "Cite", "screen.cite"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    @property
    def passages(self) -> HitList:
        """The passages."""
        return self.query_one(HitList)

    def targets(self) -> list[str]:
        """The paper of the passage under the cursor."""
        return [self.passages.hits[self.passages.item].key] if self.passages.item is not None else []

    def action_edit(self) -> None:
        """Type other words."""
        self.ask(
            Question(
                "Search",
                self._accepted,
                value=self.words,
                placeholder='words, "a phrase", begin*, -without, or a question?',
                changed=self._changed,
                cancelled=self._cancelled,
            )
        )

    def _cancelled(self) -> None:
        if not self.words:
            self.step_back()

    def _changed(self, words: str) -> None:
        if words != self.words:
            self.words = words
            start(self, partial(self._search, words), "search", latest=True)

    async def _accepted(self, words: str) -> None:
        # The passages of fewer letters may still be on show, and the next enter opens one.
        if words != self._answered or not self.passages.hits:
            self.words = words
            self.workers.cancel_group(self, "search")
            await self._search(words)

    async def _search(self, words: str) -> None:
        complaint = ""
        hits: Sequence[Hit] = ()
        answered = True
        if words.strip():
            try:
                if words.rstrip().endswith("?"):
                    asked = await self.front.desk.read(partial(_ask, words=words, meaning=self.front.desk.meaning))
                    hits, answered = asked.hits(), asked.answered
                else:
                    hits = await self.front.desk.read(lambda library: library.search(words, limit=MOST))
            except PaperpathError as error:
                complaint = str(error)
        if words != self.words or words == self._answered:
            return
        self._answered = words
        self._say_empty(complaint)
        self.passages.fill(hits)
        papers = len({hit.key for hit in hits})
        found: list[Run] = [(f"{len(hits)} in {papers} papers" if hits else "", "dim")]
        if hits and not answered:
            found = [("nearest, no answer", "warn")]  # in 20 cells
        self.prompt.found(found)
        counted = "no paper seems to answer; the nearest passages" if hits and not answered else ""
        counted = counted or f"{len(hits)} passages in {papers} papers"
        self.status.idle([(safe(words), "accent"), (f"   {counted}", "dim")] if words else [])

    def _say_empty(self, complaint: str) -> None:
        fetches = self.key("paper.fetch")
        fetched = sum(1 for row in self.front.catalogue.rows if row.has_pdf)
        if complaint:
            self.passages.empty = [[(safe(complaint), "warn")]]
        elif self.words.strip():
            self.passages.empty = [
                [(f"Nothing says “{clip(safe(self.words), 40)}”", "")],
                [],
                [(f"The text of {fetched} fetched papers was searched, and every abstract and note.", "dim")],
            ]
        else:
            self.passages.empty = [
                [("Type to search every paper, abstract and note", "")],
                [],
                [
                    (f"{fetched} papers are here with their whole text; {fetches} in the library fetches more", "dim"),
                ],
            ]

    def library_changed(self) -> None:
        """The status beside a passage may be another; the passages stay, and the cursor with them."""
        self._moved()

    async def action_move_while_typing(self, step: int) -> None:
        """Choose among the passages of what was typed before now, without leaving the line."""
        await self.prompt.caught_up()
        await self._accepted(self.words)
        self.passages.action_move(step)

    async def action_next_pane(self, step: int) -> None:
        """Go round the line, the passages and the whole of one."""
        await self.go_round(step, self.passages, self.query_one("#preview"))

    async def _open(self, item: int) -> None:
        hit = self.passages.hits[item]
        passage = hit.passage.replace(START, "").replace(END, "") if hit.kind == "text" else ""
        await self.front.read(hit.key, find=passage)

    async def action_chosen(self) -> None:
        """Open the paper at the passage."""
        await self.passages.action_choose()

    @on(LineList.Moved, "#hits")
    def _moved(self) -> None:
        pane, item = self.query_one("#preview", TextPane), self.passages.item
        if item is None:
            pane.show([])
            return
        hit = self.passages.hits[item]
        row = self.front.catalogue.row(hit.key)
        where = "  ".join(part for part in (hit.section, f"p.{hit.page}" if hit.page else "") if part) or hit.kind
        said = [line(safe(hit.title), "title")]
        if self.has_class("-one"):  # no room to repeat the title
            said = []
        elif row:
            said.append(line(safe(f"{row.byline} {row.year or ''}  {row.status}"), "dim"))
        gap = [BLANK] if said else []
        pane.show([*said, *gap, line(safe(where), "quote"), *gap, Para(tuple(matched(hit.passage)))])
