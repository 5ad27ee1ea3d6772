"""The library: what can be shown, the papers, and everything about one of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from paperpath.errors import PaperpathError
from paperpath.tui import details
from paperpath.tui.catalogue import SORTS, Scope, View, is_query
from paperpath.tui.cells import Run, clip, safe
from paperpath.tui.fetching import said_briefly
from paperpath.tui.screens.menu import Choice, Menu
from paperpath.tui.screens.naming import FILTER, Naming
from paperpath.tui.ties import Ties
from paperpath.tui.widgets.first_steps import FirstSteps
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.links import LinkPane
from paperpath.tui.widgets.papers import PaperList
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.sidebar import Sidebar
from paperpath.tui.widgets.text import line
from paperpath.tui.widgets.tray import Tray
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

    from paperpath.model import Record
    from paperpath.tui.screens.sides import Sides
    from paperpath.tui.widgets.text import Para

DETAILS_AFTER = 0.06
"""Seconds that the cursor rests before the details follow: while a key is held down they would only flicker."""


class Shelf(Naming):
    """The library screen, where the program begins."""

    TITLE_OF_HELP = "The library"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash", "filter", "Filter: words, or year:2015..2018 tag:x status:read …", id="shelf.filter", priority=True
        ),
        Binding("c", "continue", "Continue, or begin with what is next", id="shelf.continue", priority=True),
        Binding("n", "next_unread", "Next unread paper below", id="shelf.next_unread", priority=True),
        Binding("x", "mark", "Mark for the next action", id="shelf.mark", priority=True),
        Binding("asterisk", "mark_all", "Mark all that are shown, or none", id="shelf.mark_all", priority=True),
        Binding("S", "sort", "Sort", id="shelf.sort", priority=True),
        Binding("o", "open_pdf", "Open the PDF, or the page on the web", id="paper.open", priority=True),
        Binding("M", "duplicates", "Papers that are here twice", id="shelf.duplicates", priority=True),
        Binding("V", "published", "Published versions of preprints", id="shelf.published", priority=True),
        Binding("v", "review", "Review cards", id="shelf.review", priority=True),
        Binding("p", "passes", "Three passes over the paper, and their checklist", id="paper.passes", priority=True),
        Binding("P", "plan", "The way to this paper: a plan", id="shelf.plan", priority=True),
        Binding("T", "statistics", "Statistics: what you have read", id="shelf.statistics", priority=True),
        Binding("N", "news", "New papers", id="shelf.news", priority=True),
        Binding("w", "tray", "Show or hide the fetch", id="fetch.show", priority=True),
        Binding("1", "pane('lists')", "Lists and tags", id="pane.lists", priority=True),
        Binding("2", "pane('papers')", "Papers", id="pane.papers", priority=True),
        Binding("3,i", "pane('details')", "About the paper", id="pane.details", priority=True),
        Binding(
            "tab", "keep_typed", "Save the filter, while one types", id="shelf.typing_keep", show=False, priority=True
        ),
        Binding("tab", "next_pane(1)", "Next pane", id="pane.next", priority=True),
        Binding("shift+tab", "next_pane(-1)", "Pane before", id="pane.before", priority=True),
        Binding(
            "down", "move_while_typing(1)", "Down, while one types", id="shelf.typing_down", show=False, priority=True
        ),
        Binding("up", "move_while_typing(-1)", "Up, while one types", id="shelf.typing_up", show=False, priority=True),
    ]
    TYPING: ClassVar[frozenset[str]] = frozenset({"accept", "leave", "move_while_typing", "keep_typed"})

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope or Scope()
        self.words = ""
        self._matches: list[str] | None = None
        """Keys that the library found, while the filter is a query with fields."""
        self._complaint = ""
        self._view = View(())
        self._record: Record | None = None
        self._kin: details.Kin | None = None
        self._answered: frozenset[int] = frozenset()
        """Places of the questions about the paper whose answers are shown."""
        self._ties = Ties()
        self._held: str | None = None
        """The paper under the cursor when the filter was begun: words that are half typed do not lose it."""
        self._details_timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Three panes."""
        glyphs = self.front.glyphs
        with Vertical(id="room"):
            with Horizontal(id="panes"):
                yield Sidebar(glyphs, id="lists")
                with Vertical(id="middle"):
                    yield PaperList(glyphs, self.front.fetches, id="papers")
                    yield FirstSteps(id="first-steps")
                yield LinkPane(glyphs, id="details", classes="pane")
            yield Tray(glyphs, id="tray")

    def on_mount(self) -> None:
        """The keyboard goes to the papers; they may not be there yet."""
        self.tray.display = False
        self.papers.when_chosen = self._read
        self.lists.when_chosen = self._show_scope
        self.tray.when_chosen = self._tray_chosen
        self.query_one(LinkPane).when_followed = self._follow
        self.papers.empty = [[("Opening the library", "dim"), (self.front.glyphs.ellipsis, "dim")]]
        self.set_focus(self.papers)
        self.show_hints()
        self.front.open_library()

    @property
    def papers(self) -> PaperList:
        """The middle pane."""
        return self.query_one(PaperList)

    @property
    def lists(self) -> Sidebar:
        """The left pane."""
        return self.query_one(Sidebar)

    @property
    def first_steps(self) -> FirstSteps:
        """What a newcomer may press, under the papers."""
        return self.query_one(FirstSteps)

    @property
    def tray(self) -> Tray:
        """The fetch under the papers."""
        return self.query_one(Tray)

    # what is shown

    @property
    def sort(self) -> str:
        """The order of the scope on show."""
        chosen = self.front.remembered.sorts.get(self.scope.kind)
        return chosen if chosen in self.orders else "path" if self.scope.kind == "list" else "added"

    @property
    def orders(self) -> list[str]:
        """The orders that the scope on show can have."""
        return [name for name in SORTS if name != "path" or self.scope.kind == "list"]

    def choose_sort(self, name: str) -> None:
        """Order such scopes so from now on, in later runs too."""
        self.front.remember(sorts={**self.front.remembered.sorts, self.scope.kind: name})
        self.refill()

    def library_changed(self) -> None:
        """Show the catalogue, which is new."""
        catalogue = self.front.catalogue
        if self.scope.kind == "list" and catalogue.list_named(self.scope.name) is None:
            self.scope = Scope()
        if self.scope.kind == "saved" and catalogue.search_named(self.scope.name) is None:
            self.scope = Scope()
        self.papers.marked &= catalogue.place.keys()
        self.refill()
        if self.words and is_query(self.words):
            self._query(self.words)

    def refill(self, *, key: str | None = None) -> None:
        """Fill the panes anew, with the cursor on ``key`` or where it was."""
        self.lists.fill(self.front.catalogue, self.scope)
        self._head()
        self._refill_papers(key)

    def _refill_papers(self, key: str | None = None) -> None:
        """Fill the middle pane alone: all that a filter changes, so that it follows each character."""
        catalogue = self.front.catalogue
        matches = self._matches if is_query(self.words) else None
        self._view = catalogue.view(self.scope, self.words, self.sort, matches=matches)
        self._say_empty()
        self.papers.fill(catalogue, self._view, key=key or self.papers.key)
        self._idle()

    def show_failure(self, error: PaperpathError) -> None:
        """The library could not be opened."""
        self.papers.empty = [
            [(f"{self.front.glyphs.problem} The library could not be opened", "bad")],
            [],
            *([(part, "")] for part in _broken(str(error), 60)),
            [],
            [(self.key("app.retry"), "mark"), (" tries again    ", ""), (self.key("app.back"), "mark"), (" quits", "")],
        ]
        self.papers.forget_strips()

    def _say_empty(self) -> None:
        if self._complaint:
            lines: list[list[Run]] = [[(part, "warn")] for part in _broken(self._complaint, 60)]
        elif self.words:
            lines = [[(f"Nothing here matches “{clip(safe(self.words), 40)}”", "")], []]
            if self.scope.kind != "all":
                lines.append([(self.key("pane.lists"), "mark"), (" then All papers looks everywhere    ", "dim")])
            lines.append(
                [
                    (self.key("room.leave"), "mark"),
                    (" shows all again    ", "dim"),
                    (self.key("app.search"), "mark"),
                    (" searches the full text", "dim"),
                ]
            )
        elif self.scope.kind == "problem":
            lines = [[(f"{self.front.glyphs.tick} Nothing needs a look", "good")]]
        elif self.scope.kind == "saved":
            lines = [[(part, "")] for part in _broken(self._why_empty(), 60)]
        elif self.scope.kind != "all":
            lines = [
                [("Nothing here yet", "")],
                [],
                [(self.key("pane.lists"), "mark"), (" chooses something else to show", "dim")],
            ]
        else:
            lines = [
                [("Your library is empty", "strong")],
                [],
                [("paperpath add 1706.03762", "accent"), ("   a paper of arXiv, a PDF, a title", "dim")],
                [("paperpath import refs.bib", "accent"), ("  what you have already", "dim")],
            ]
        self.papers.empty = lines

    def _why_empty(self) -> str:
        found = self.front.catalogue.search_named(self.scope.name)
        if found is None:
            return ""
        return found.trouble or f"No paper is found by {found.query} now. Others will appear here as they fit."

    def _head(self) -> None:
        catalogue, scope = self.front.catalogue, self.scope
        chosen = catalogue.list_named(scope.name) if scope.kind == "list" else None
        right: list[Run] = []
        if chosen:
            read, total = catalogue.progress(chosen)
            full, empty = self.front.glyphs.bar(read / max(1, total), 10)
            counts: list[Run] = [(f"   {total} papers, {read} read  ", "dim"), (full, "accent"), (empty, "dim")]
            following = catalogue.next_in(chosen)
            row = catalogue.row(following.step.key) if following else None
            if row and self.size.width >= 96:
                right = [
                    ("next: ", "dim"),
                    (clip(safe(row.title), 40, self.front.glyphs.ellipsis), ""),
                    (f"  {self.key('shelf.continue')} ", "key"),
                ]
        else:
            counts = [(f"   {len(catalogue.within(scope)):,} papers", "dim")]
            found = catalogue.search_named(scope.name) if scope.kind == "saved" else None
            if found and self.size.width >= 96:
                right = [(clip(safe(found.query), 56, self.front.glyphs.ellipsis), "dim"), (" ", "")]
        name = {"all": "All papers", "problem": "Needs a look", "tag": f"#{scope.name}"}.get(
            scope.kind, chosen.title if chosen else scope.name if scope.kind == "saved" else scope.name.capitalize()
        )
        self.header([(" paperpath ", "key"), (f" {safe(name)}", "strong"), *counts], right)

    def _idle(self) -> None:
        """What the status line says when nothing happened: where the cursor is, what filters, what is fetched."""
        view, papers = self._view, self.papers
        runs: list[Run] = []
        if papers.item is not None:
            at = (
                papers.at + 1 - sum(1 for item in view.items[: papers.at] if item < 0)
                if view.headings
                else papers.at + 1
            )
            runs.append((f"{at:,} of {view.papers:,}", "dim"))
        if self.words:
            runs += [
                ("   filter ", "dim"),
                (safe(self.words), "accent"),
                (f"  {self.key('room.leave')} ", "key"),
                ("shows all", "dim"),
            ]
            if self.size.width >= 96:
                runs += [(f"  {self.key('shelf.keep_search')} ", "key"), ("saves it", "dim")]
            if view.close:
                runs.append(("   nothing has these words; these come close", "warn"))
        if papers.marked:
            runs += [
                (f"   {len(papers.marked)} marked ", "accent"),
                (f"{self.key('room.leave')} ", "key"),
                ("unmarks", "dim"),
            ]
        if not runs or (self.sort != "path" and not self.words):
            runs.append((f"   {SORTS[self.sort][1].lower()}", "dim"))
        right = said_briefly(self.front.fetches, self.front.glyphs) if not self.tray.display else []
        if not right and (due := self.front.catalogue.due):
            right = [(f"{due:,} card{'s' * (due != 1)} due  ", "dim"), (f"{self.key('shelf.review')} ", "key")]
        self.status.idle(runs, right)

    def show_hints(self) -> None:
        """The keys that matter here, the most useful first."""
        self.hints(
            [
                ("list.open", "Read", "screen.chosen"),
                ("shelf.filter", "Find", "screen.filter"),
                ("shelf.continue", "Continue", "screen.continue"),
                ("paper.fetch", "Fetch", "screen.fetch"),
                ("paper.status", "Status", "screen.status"),
                ("app.help", "Keys", "app.help"),
                ("paper.tags", "Tags", "screen.tags"),
                ("paper.collect", "List", "screen.collect"),
                ("paper.cite", "Cite", "screen.cite"),
                ("app.export", "Export", "app.export"),
                ("app.search", "Search text", "app.search"),
                ("app.palette", "Commands", "app.palette"),
                ("app.undo", "Undo", "app.undo"),
                ("app.back", "Quit", "app.back"),
            ]
        )

    # scope, filter, order

    def _show_scope(self, item: int) -> None:
        self.scope = self.lists.scope_at(item)
        self.words, self._matches, self._complaint = "", None, ""
        self.action_pane("papers")
        self.refill()
        self.papers.action_edge(-1)

    def show_scope(self, scope: Scope) -> None:
        """Show something else, from the palette."""
        self.scope = scope
        self.words, self._matches, self._complaint = "", None, ""
        self.refill()

    def action_filter(self) -> None:
        """Filter while typing."""
        self.action_pane("papers")
        self._held = self.papers.key
        before = self.words
        self.ask(
            Question(
                FILTER,
                self._filter,
                value=self.words,
                placeholder="words, or fields: author:hinton year:2015..2018 tag:method status:unread",
                changed=self._filter,
                cancelled=lambda: self._filter(""),
            )
        )
        self.hints(
            [
                ("prompt.accept", "Take it", "screen.accept"),
                ("shelf.typing_keep", "Save as a search", "screen.keep_typed"),
                ("room.leave", "Cancel", "screen.leave"),
            ]
        )
        self._filter(before)

    def _filter(self, words: str) -> None:
        if words == self.words and not self._complaint:
            self._found()
            return
        self.words, self._complaint = words, ""
        if is_query(words):
            self._query(words)
            return
        self._matches = None
        self._refill_papers(self._held)
        self._found()

    def _query(self, words: str) -> None:
        """Let the library answer a query with fields; what is shown meanwhile stays."""
        self.ask_library(partial(self._look_up, words))

    async def _look_up(self, words: str) -> None:
        try:
            rows = await self.front.desk.read(lambda library: library.rows(words))
        except PaperpathError as error:
            matches, complaint = [], str(error)
        else:
            matches, complaint = [row.key for row in rows], ""
        if words == self.words:
            self._matches, self._complaint = matches, complaint
            self._refill_papers(self._held)
            self._found()

    def _found(self) -> None:
        if self.prompt.active:
            self.prompt.found(
                [(f"{self._view.papers:,} papers" if not self._view.close else "no match; close ones", "dim")]
            )

    async def action_move_while_typing(self, step: int) -> None:
        """Choose among the papers that fit what was typed before now, without leaving the filter."""
        await self.prompt.caught_up()
        self.papers.action_move(step)
        self._held = self.papers.key

    async def action_sort(self) -> None:
        """Choose an order."""
        names = self.orders
        choices = [Choice(SORTS[name][0], SORTS[name][1], "", name) for name in names]
        at = names.index(self.sort) if self.sort in names else 0
        await self.app.push_screen(Menu("Sort", choices, self.choose_sort, at=at))

    # papers

    def targets(self) -> list[str]:
        """The marked papers in the order shown, or the one under the cursor, which may be in the fetch."""
        papers = self.papers
        if self.focused is self.tray:
            return [key] if self.tray.item is not None and (key := self.tray.key_at(self.tray.item)) else []
        if papers.marked:
            rows = self.front.catalogue.rows
            shown = [rows[item].key for item in self._view.items if item >= 0 and rows[item].key in papers.marked]
            return shown + sorted(papers.marked.difference(shown))
        return [papers.key] if papers.key is not None else []

    def marked(self) -> list[str]:
        """The marked papers."""
        return self.targets() if self.papers.marked else []

    async def _read(self, item: int) -> None:
        await self.front.read(self.front.catalogue.rows[item].key)

    async def action_chosen(self) -> None:
        """Open the paper under the cursor."""
        await self.papers.action_choose()

    async def action_duplicates(self) -> None:
        """Papers that are in the library twice, those like the one under the cursor first."""
        from paperpath.tui.screens.duplicates import Duplicates

        await self._show_sides(Duplicates)

    async def action_review(self) -> None:
        """Answer the question cards of today, of the marked papers or of all."""
        from paperpath.tui.screens.review import Review

        await self.app.push_screen(Review(self.marked()))

    async def action_news(self) -> None:
        """What arXiv announced in what is followed, the likeliest first."""
        from paperpath.tui.screens.news import NewsRoom

        await self.app.push_screen(NewsRoom())

    async def action_published(self) -> None:
        """What preprints became, that under the cursor first."""
        from paperpath.tui.screens.published import Published

        await self._show_sides(Published)

    async def _show_sides(self, screen: type[Sides]) -> None:
        targets = self.targets()
        await self.app.push_screen(screen(targets[0] if targets else None))

    async def action_plan(self) -> None:
        """The way to the paper under the cursor, or to those that are marked."""
        from paperpath.tui.screens.plan import PlanRoom

        targets = self.targets()
        if not targets:
            self.say("There is no paper here to find the way to", "warn")
            return
        await self.app.push_screen(PlanRoom(targets))

    async def action_statistics(self) -> None:
        """What was read, week by week."""
        from paperpath.tui.screens.statistics import Statistics

        shown = self.front.catalogue.list_named(self.scope.name) if self.scope.kind == "list" else None
        await self.app.push_screen(Statistics(shown.name if shown else None))

    async def action_continue(self) -> None:
        """Open the paper that was read last, or the one that comes next."""
        await self.front.read_on()

    def action_next_unread(self) -> None:
        """Go to the next unread paper, from the top again at the end."""
        rows, items, at = self.front.catalogue.rows, self._view.items, self.papers.at
        for index in [*range(at + 1, len(items)), *range(at)]:
            if items[index] >= 0 and rows[items[index]].status == "unread":
                self.papers.go(items[index])
                return
        self.say("Nothing unread is left here", "good")

    def action_mark(self) -> None:
        """Mark and go on."""
        self.papers.toggle_mark()
        self._idle()

    def action_mark_all(self) -> None:
        """Mark all that are shown; again: none."""
        rows = self.front.catalogue.rows
        shown = {rows[item].key for item in self._view.items if item >= 0}
        self.papers.marked = set() if shown <= self.papers.marked else self.papers.marked | shown
        self.papers.forget_strips()
        self._idle()

    # panes

    def action_pane(self, name: str) -> None:
        """Go to a pane; where there is no room for it, it takes the place of the papers."""
        self.set_class(name == "lists", "-show-lists")
        self.set_class(name == "details", "-show-details")
        if name == "details" and self._details_timer is not None:
            self._details_timer.stop()
            self.ask_library(self._detail)  # the next key is about the paper under the cursor
        self.set_focus(self.query_one(f"#{name}"))

    def action_next_pane(self, step: int) -> None:
        """Go round the panes that are seen."""
        names = ["lists", "papers", *(["tray"] if self.tray.display else []), "details"]
        at = next((number for number, name in enumerate(names) if self.focused is self.query_one(f"#{name}")), 1)
        self.action_pane(names[(at + step) % len(names)])

    def step_back(self) -> None:
        """Back to the papers, then to no marks, no filter, no tray."""
        if self.focused is not self.papers:
            self.action_pane("papers")
        elif self.papers.marked:
            self.papers.marked.clear()
            self.papers.forget_strips()
            self._idle()
        elif self.words:
            self._held = self.papers.key
            self._filter("")
        elif self.tray.display:
            self.action_tray()

    # details

    @on(LineList.Moved, "#papers")
    def _moved(self) -> None:
        self._idle()
        if self._details_timer is not None:
            self._details_timer.stop()
        self._details_timer = self.set_timer(DETAILS_AFTER, self._show_details)

    def _show_details(self) -> None:
        start(self, self._detail, "details", latest=True)

    async def _detail(self) -> None:
        key = self.papers.key
        pane = self.query_one(LinkPane)
        if key is None:
            self._record = None
            pane.show([])
            return
        try:
            record, guided, done = await self.front.desk.read(
                lambda library: (library.get(key), details.guidance(library, key), library.passes(key))
            )
        except PaperpathError as error:
            pane.show([line(str(error), "warn")])
            return
        same = self._record is not None and self._record.key == record.key
        self._record = record
        self._answered = self._answered if same else frozenset()
        said = partial(
            details.of_record,
            *(record, self.front.catalogue, self.scope, self.front.glyphs, self.front.keymap),
            passes=done,
            guided=guided and guided._replace(answered=self._answered),
        )
        self._kin = self._kin if same else None
        pane.show(said(self._kin), keep_place=same)
        start(self, partial(self._tie, key, pane, said), "ties", latest=True)

    async def _tie(self, key: str, pane: LinkPane, said: Callable[[details.Kin], list[Para]]) -> None:
        """Show what ties the paper to others too; to read their bibliographies takes a while."""
        async for kin in self._ties.of(self.front.desk, self.front.catalogue, key):
            if self._record is None or self._record.key != key:
                return
            self._kin = kin
            pane.show(said(kin), keep_place=True)

    async def _follow(self, link: str) -> None:
        """Go to the paper that the details name, or to the highlight; show the answer to a question, or hide it."""
        if link.startswith(details.ANSWER):
            self._answered ^= {int(link.removeprefix(details.ANSWER))}
            self._show_details()
        elif link.startswith(details.PAPER):
            at = self.front.catalogue.place.get(link.removeprefix(details.PAPER))
            if at is None:
                self.say("That paper is not in the library any more", "warn")
                return
            if at not in self._view.items:
                self.show_scope(Scope())
            self.papers.go(at)
        elif self._record is not None:
            number = int(link.removeprefix(details.MARK))
            mark = next((one for one in self._record.highlights if one.id == number), None)
            if mark is not None:
                await self.front.read(self._record.key, find=mark.quote)

    # the fetch

    def fetch_changed(self) -> None:
        """Draw how the fetch stands."""
        fetches = self.front.fetches
        if not fetches.events:
            self.tray.display = False
        elif self.tray.display:
            self.tray.fill(fetches)
        self.papers.forget_strips()
        self._idle()

    def show_tray(self) -> None:
        """Open the tray, without taking the keyboard from the papers."""
        self.tray.display = True
        self.tray.fill(self.front.fetches)
        self._idle()

    def action_tray(self) -> None:
        """Show or hide the fetch; hiding it when it is over means that its errors were seen."""
        if self.tray.display:
            if self.focused is self.tray:
                self.set_focus(self.papers)
            self.tray.display = False
            self.front.fetches.forget_done()
        elif self.front.fetches.events:
            self.show_tray()
            self.set_focus(self.tray)
        else:
            self.say(f"Nothing is being fetched: {self.key('paper.fetch')} fetches the paper under the cursor")
        self.fetch_changed()

    async def action_fetch(self) -> None:
        """Fetch what is meant; in the fetch that is the paper under the cursor, which need not be in the library."""
        if self.focused is not self.tray:
            await super().action_fetch()
        elif self.tray.name_here is not None:
            self.front.fetch([self.tray.name_here])

    @on(Tray.LeaveOut)
    def _leave_out(self, message: Tray.LeaveOut) -> None:
        self.front.leave_out(message.name)

    @on(Tray.RetryFailed)
    def _retry_failed(self) -> None:
        self.front.retry_failed()

    def _tray_chosen(self, item: int) -> None:
        key = self.tray.key_at(item)
        at = self.front.catalogue.place.get(key) if key else None
        if at is not None:
            if at not in self._view.items:
                self.show_scope(Scope())
            self.papers.go(at)
            self.set_focus(self.papers)


def _broken(text: str, width: int) -> list[str]:
    from paperpath.tui.cells import wrap

    text = safe(text)
    return [text[start:end] for start, end in wrap(text, width)]
