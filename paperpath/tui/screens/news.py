"""New papers, judged one after the other: the ranked list, what each is about, and one key per verdict.

A verdict takes the paper off the list at once and is written behind; undo, here or elsewhere, brings it back to its
place. The order is made when the screen opens and when feeds were asked, never under one's hands: what a verdict
teaches shows the next time. Feeds are asked only when somebody presses the key, in a thread with a library of its own,
and leaving the screen stops that; what has come stays.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.worker import get_current_worker

from paperpath.errors import Cancelled, PaperpathError
from paperpath.tui.cells import Run, clip, safe
from paperpath.tui.screens.actions import open_outside
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.news import Item, NewsList, about
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.text import TextPane
from paperpath.tui.working import start

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from paperpath.library.rows import Verdict
    from paperpath.sources import Progress
    from paperpath.workflow.following import Asked
    from paperpath.workflow.new_papers import Overview


class NewsRoom(Room):
    """The screen."""

    TITLE_OF_HELP = "New papers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keep", "Keep: into the library", id="news.keep", priority=True),
        Binding("K", "keep_on", "Keep, on a list of yours", id="news.keep_on", priority=True),
        Binding(
            "d", "judge('dismissed')", "Dismiss: not this one, and fewer like it", id="news.dismiss", priority=True
        ),
        Binding("l", "judge('later')", "Later: put it off", id="news.later", priority=True),
        Binding("o", "open", "Open its page on arXiv", id="news.open", priority=True),
        Binding("f", "ask", "Ask the feeds that were not asked today", id="news.ask", priority=True),
        Binding("s", "follow", "Follow a category, a search, an author", id="news.follow", priority=True),
        Binding("tab", "pane", "From the papers to the abstract, and back", id="pane.next", priority=True),
        Binding("shift+tab", "pane", "And back", id="pane.before", show=False, priority=True),
    ]

    @dataclass
    class Heard(Message):
        """A feed came a step further, or all of them are through."""

        text: str
        asked: Asked | None = None

        def can_replace(self, message: Message) -> bool:
            """Of several waits only the last is worth drawing."""
            return isinstance(message, NewsRoom.Heard) and self.asked is None and message.asked is None

    @dataclass
    class Ended(Message):
        """No feed is being asked any more."""

        error: PaperpathError | None

    def __init__(self) -> None:
        super().__init__()
        self.filled: asyncio.Event = asyncio.Event()
        self._overview: Overview | None = None
        self._judged: dict[str, tuple[Verdict, int]] = {}
        """As the library says, and as was said since."""
        self._asking = ""
        """What is going on with the feeds; empty when nothing is."""

    def body(self) -> ComposeResult:
        """The papers, and what the one under the cursor is about."""
        glyphs = self.front.glyphs
        with Container(id="news"):
            yield NewsList(glyphs, id="new-papers")
            yield TextPane(glyphs, id="about-new", classes="pane")

    def on_mount(self) -> None:
        """Rank what is known."""
        self.papers.when_chosen = lambda _: self.set_focus(self.text)
        self.papers.empty = [[("Ranking the new papers", "dim")]]
        self.header([(" paperpath ", "key"), (f" {self.TITLE_OF_HELP}", "strong")], [])
        self.set_focus(self.papers)
        self.show_hints()
        start(self, self._load, "news", latest=True)

    @property
    def papers(self) -> NewsList:
        """The list."""
        return self.query_one(NewsList)

    @property
    def text(self) -> TextPane:
        """The abstract and the reason."""
        return self.query_one(TextPane)

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                ("news.keep", "Keep", "screen.keep"),
                ("news.dismiss", "Dismiss", "screen.judge('dismissed')"),
                ("news.later", "Later", "screen.judge('later')"),
                ("news.open", "Page", "screen.open"),
                ("news.ask", "Ask feeds", "screen.ask"),
                ("app.undo", "Undo", "app.undo"),
                ("news.keep_on", "Keep on a list", "screen.keep_on"),
                ("news.follow", "Follow", "screen.follow"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    # what is shown

    def library_changed(self) -> None:
        """Verdicts may have been undone, here or elsewhere; the order stays."""
        start(self, self._look_again, "verdicts", latest=True)

    async def _load(self) -> None:
        from paperpath.workflow import new_papers

        try:
            self._overview = await self.front.desk.read(new_papers.overview)
            self._judged = await self.front.desk.read(lambda library: library.verdicts())
        except PaperpathError as error:
            self.papers.empty = [[(part, "bad")] for part in [str(error)]]
            self.papers.forget_strips()
            self.say(str(error), "bad")
            self.filled.set()
            return
        self.papers.papers = _items(self._overview)
        self._fill()
        self.filled.set()

    async def _look_again(self) -> None:
        if self._overview is None:
            return
        try:
            judged, followed = await self.front.desk.read(lambda one: (one.verdicts(), tuple(one.subscriptions())))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if followed != self._overview.subscriptions:
            await self._load()
            return
        self._judged = judged
        self._fill()

    def _fill(self, *, at: int | None = None) -> None:
        """Show what waits; the cursor stays with its paper, or goes to what took its place, ``at`` if that is said."""
        papers = self.papers
        keep, place = papers.item if at is None else None, papers.place if at is None else at
        papers.papers = [self._sorted(one) for one in papers.papers]
        shown = [number for number, one in enumerate(papers.papers) if self._waits(one)]
        self._say_empty()
        papers.fill(shown, keep=keep, at=place)
        self._head(shown)

    def _sorted(self, one: Item) -> Item:
        """The paper under the heading that its verdict puts it."""
        if one.kind == "update":
            return one
        return replace(one, kind="later" if self._judged.get(one.id, ("", 0))[0] == "later" else "new")

    def _waits(self, one: Item) -> bool:
        verdict, version = self._judged.get(one.id, (None, 0))
        if one.kind == "update":
            return version < (one.news.paper.arxiv_version or 1)
        return verdict in (None, "later")

    def _head(self, shown: list[int]) -> None:
        assert self._overview is not None
        counts = {
            kind: sum(self.papers.papers[item].kind == kind for item in shown) for kind in ("new", "later", "update")
        }
        words = {"new": "to judge", "later": "put off", "update": "new versions"}
        said = ", ".join(f"{counts[kind]:,} {word}" for kind, word in words.items() if counts[kind])
        right: list[Run] = [(self._asking or _asked(self._overview), "accent" if self._asking else "dim"), (" ", "")]
        failed = len(self._overview.problems)
        if failed and not self._asking:
            right.insert(0, (f"{failed} feed{'s' if failed > 1 else ''} failed   ", "bad"))
        self.header([(" paperpath ", "key"), (f" {self.TITLE_OF_HELP}", "strong"), (f"   {said}", "dim")], right)
        if not self._overview.taught and counts["new"]:
            self.status.idle([("The newest first, until a paper is read or kept: that teaches the order", "dim")], [])
        else:
            self.status.idle([("", "")], [])

    def _say_empty(self) -> None:
        assert self._overview is not None
        followed, asks = self._overview.subscriptions, self.key("news.ask")
        lines: list[list[Run]]
        if not followed:
            lines = [
                [("You follow nothing yet", "strong")],
                [],
                [(self.key("news.follow"), "mark"), (" follows a category such as cs.LG, a search or an author", "")],
            ]
        elif self._asking:
            lines = [[(safe(self._asking), "dim")]]
        elif self._overview.asked is None:
            lines = [
                [("Nothing is known yet", "strong")],
                [],
                [(asks, "mark"), (f" asks arXiv what is new in {_count(len(followed), 'feed')}", "")],
            ]
        else:
            lines = [[(f"{self.front.glyphs.tick} Nothing waits", "good")], []]
            lines += [[("arXiv announces nothing on Saturdays and Sundays", "dim")], []]
            lines += [[(asks, "mark"), (" asks the feeds, each once a day", "dim")]]
        for one in self._overview.problems[:3]:
            lines += [[], [(clip(safe(f"{one.words}: {one.problem}"), 76, self.front.glyphs.ellipsis), "bad")]]
        self.papers.empty = lines
        self.papers.forget_strips()

    @on(LineList.Moved, "#new-papers")
    def _moved(self) -> None:
        paper = self.papers.paper
        self.text.show(about(paper, self.front.glyphs) if paper is not None else [])

    def action_pane(self) -> None:
        """The other pane."""
        self.set_focus(self.text if self.papers.has_focus else self.papers)

    # verdicts

    def action_keep(self) -> None:
        """Into the library; of a paper that is there, its later version."""
        self._keep("")

    def _keep(self, title: str) -> None:
        from paperpath.formats import citekeys
        from paperpath.workflow import new_papers

        one = self.papers.paper
        if one is None:
            return
        make_key = self.front.make_key or citekeys.make_key
        where = f" on “{clip(safe(title), 40)}”" if title else ""
        word = f"Version {one.news.paper.arxiv_version} of {one.key} taken over" if one.kind == "update" else "Kept"
        self._judge(one, "kept")
        self.front.carry_out(
            partial(new_papers.keep, ids=[one.id], list_title=title, make_key=make_key),
            f"{word}{where}: {_title(one)}{self.undoable}",
        )

    def action_keep_on(self) -> None:
        """Ask for a list, and keep the paper on it."""
        if self.papers.paper is None:
            return
        catalogue = self.front.catalogue
        titles = [one.title for one in catalogue.lists if one.name in catalogue.own]
        self.ask(
            Question(
                "Keep on the list",
                lambda text: self._keep(" ".join(text.split())),
                placeholder="a list of yours, or a name for another",
                words=titles,
            )
        )

    def action_judge(self, verdict: Verdict) -> None:
        """Dismiss the paper under the cursor, or put it off."""
        from paperpath.workflow import new_papers

        one = self.papers.paper
        if one is None or (one.kind == "later" and verdict == "later"):
            return
        self._judge(one, verdict)
        said = {"dismissed": "Dismissed", "later": "Put off", "kept": "Kept"}[verdict]
        self.front.carry_out(
            partial(new_papers.judge, ids=[one.id], verdict=verdict), f"{said}: {_title(one)}{self.undoable}"
        )

    def _judge(self, one: Item, verdict: Verdict) -> None:
        """Show it now; the next paper comes under the cursor, so that the next key means that one."""
        at = self.papers.place
        self._judged[one.id] = (verdict, one.news.paper.arxiv_version or 1)
        self._fill(at=at)

    def action_open(self) -> None:
        """Its page in the browser; the verdict can wait."""
        one = self.papers.paper
        if one is not None and one.news.paper.web_page is not None:
            open_outside(one.news.paper.web_page)
            self.say(f"Its page in your browser: {one.news.paper.web_page}", "good")

    # feeds

    def action_follow(self) -> None:
        """Ask what to follow."""
        self.ask(
            Question(
                "Follow",
                self._follow,
                placeholder='cs.LG, or all:"graph neural network", or author Ann Kessel',
            )
        )

    async def _follow(self, text: str) -> None:
        from paperpath.workflow import following

        words = text.strip()
        author = words.lower().startswith("author ")
        wanted = words[7:] if author else words
        try:
            followed, new = await self.front.desk.change(partial(following.subscribe, text=wanted, author=author))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        await self._load()
        asks = f"; {self.key('news.ask')} asks what is new there"
        self.say(f"{'Followed' if new else 'Followed already'}: {safe(followed.words)}{asks}{self.undoable}", "good")

    def action_ask(self) -> None:
        """Ask the feeds, in a thread; once at a time."""
        if self._asking:
            self.say("The feeds are being asked")
        elif self._overview is None or not self._overview.subscriptions:
            self.say(f"You follow nothing yet: {self.key('news.follow')} follows a category", "warn")
        else:
            self._tell("asking the feeds")
            self.run_worker(self._ask, thread=True, group="feeds", exit_on_error=True)

    def _ask(self) -> None:
        """In the thread, with a library of its own."""
        from paperpath.library import Library
        from paperpath.workflow import following

        worker = get_current_worker()
        error: PaperpathError | None = None

        def tell(one: Progress) -> None:
            if (seconds := getattr(one, "seconds", 0.0)) >= 1:
                self.post_message(self.Heard(f"{getattr(one, 'why', '')}: on in {seconds:.0f} s"))

        try:
            with Library.open(self.front.desk.home) as library:
                for one in following.ask(library, self.front.access, tell=tell, stop=lambda: worker.is_cancelled):
                    self.post_message(self.Heard(f"asking {one.subscription.words}", one))
        except Cancelled:
            pass  # the screen was left
        except PaperpathError as failure:
            error = failure
        self.post_message(self.Ended(error))

    @on(Heard)
    def _heard(self, message: Heard) -> None:
        one = message.asked
        if one is not None and one.error is not None:
            self.say(f"{safe(one.subscription.words)}: {one.error}", "bad")
        elif one is not None and one.state == "busy":
            self.say("Another paperpath is asking the feeds; they show here when it is done", "warn")
        if one is None or one.state == "asking":
            self._tell(message.text)

    @on(Ended)
    async def _ended(self, message: Ended) -> None:
        before = {one.id for one in self.papers.papers}
        self._asking = ""
        await self._load()
        if message.error is not None:
            self.say(str(message.error), "bad")
        elif not self.status.urgent:
            new = sum(one.id not in before for one in self.papers.papers)
            self.say(f"{_count(new, 'new paper')}" if new else "Nothing new", "good")

    def _tell(self, text: str) -> None:
        self._asking = clip(safe(text), 50, self.front.glyphs.ellipsis)
        if self._overview is not None:
            self._fill()


def _items(overview: Overview) -> list[Item]:
    return [
        *(Item("new", one.news, one.why, one.score) for one in overview.papers),
        *(Item("later", one.news, one.why, one.score) for one in overview.later),
        *(Item("update", one.news, key=one.key, have=one.have) for one in overview.updates),
    ]


def _asked(overview: Overview) -> str:
    if overview.asked is None:
        return "feeds never asked" if overview.subscriptions else ""
    from datetime import datetime

    return f"feeds asked {datetime.fromisoformat(overview.asked).astimezone():%Y-%m-%d %H:%M}"


def _title(one: Item) -> str:
    return f"“{clip(safe(one.news.paper.title), 48)}”"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
