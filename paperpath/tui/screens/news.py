"""New papers, judged one after the other: the ranked list, what each is about, and one key per verdict.

A verdict takes the paper off the list at once and is written behind; undo, here or elsewhere, brings it back to its
place. The order is made when the screen opens and when feeds were asked, never under one's hands: what a verdict
teaches shows the next time. Feeds are asked only when somebody presses the key, in a thread with a library of its own,
and leaving the screen stops that; what has come stays.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, clip, safe
from paperpath.tui.screens.actions import open_outside
from paperpath.tui.screens.asking import Asking, count
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.news import Item, NewsList, about
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.text import TextPane

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from paperpath.library.rows import Verdict
    from paperpath.workflow.new_papers import Overview


class NewsRoom(Asking):
    """The screen."""

    TITLE_OF_HELP = "New papers"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keep", "Keep: into the library", id="news.keep", priority=True),
        Binding("K", "keep_on", "Keep, on a list of yours", id="news.keep_on", priority=True),
        Binding(
            "d", "judge('dismissed')", "Dismiss: not this one, and fewer like it", id="news.dismiss", priority=True
        ),
        Binding("l", "judge('later')", "Later: put it off", id="news.later", priority=True),
        Binding("o", "open", "Open its page on arXiv", id="news.open", priority=True),
        Binding("S", "followed", "What you follow, and following it no longer", id="news.followed", priority=True),
        Binding("tab", "pane", "From the papers to the abstract, and back", id="pane.next", priority=True),
        Binding("shift+tab", "pane", "And back", id="pane.before", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.overview: Overview | None = None
        """What is shown; None before it was read."""
        self._judged: dict[str, tuple[Verdict, int]] = {}
        """As the library says, and as was said since."""

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
        self.ask_library(self.load)

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
                ("news.followed", "What you follow", "screen.followed"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    # what is shown

    def library_changed(self) -> None:
        """Verdicts may have been undone, here or elsewhere; the order stays."""
        self.ask_library(self._look_again if self.overview is not None else self.load)

    async def load(self) -> None:
        """Rank what is known, and show it."""
        from paperpath.workflow import new_papers

        try:
            self.overview = await self.front.desk.read(new_papers.overview)
            self._judged = await self.front.desk.read(lambda library: library.verdicts())
        except PaperpathError as error:
            self.papers.empty = [[(part, "bad")] for part in [str(error)]]
            self.papers.forget_strips()
            self.say(str(error), "bad")
            return
        self.followed = self.overview.subscriptions
        self.papers.papers = _items(self.overview)
        self._fill()

    async def _look_again(self) -> None:
        assert self.overview is not None
        try:
            judged, followed = await self.front.desk.read(lambda one: (one.verdicts(), tuple(one.subscriptions())))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if followed != self.overview.subscriptions:
            await self.load()
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
        judged = self._judged.get(one.id)
        return replace(one, kind="later" if judged is not None and judged[0] == "later" else "new")

    def _waits(self, one: Item) -> bool:
        verdict, version = self._judged.get(one.id, (None, 0))
        if one.kind == "update":
            return version < (one.news.paper.arxiv_version or 1)
        return verdict in (None, "later")

    def _head(self, shown: list[int]) -> None:
        assert self.overview is not None
        counts = {
            kind: sum(self.papers.papers[item].kind == kind for item in shown) for kind in ("new", "later", "update")
        }
        words = {"new": "to judge", "later": "put off", "update": f"new version{'s' * (counts['update'] != 1)}"}
        said = ", ".join(f"{counts[kind]:,} {word}" for kind, word in words.items() if counts[kind])
        right: list[Run] = [(self.asking or _asked(self.overview), "accent" if self.asking else "dim"), (" ", "")]
        failed = len(self.overview.problems)
        if failed and not self.asking:
            right.insert(0, (f"{failed} feed{'s' if failed > 1 else ''} failed   ", "bad"))
        self.header([(" paperpath ", "key"), (f" {self.TITLE_OF_HELP}", "strong"), (f"   {said}", "dim")], right)
        if not self.overview.taught and counts["new"]:
            self.status.idle([("The newest first, until a paper is read or kept: that teaches the order", "dim")], [])
        else:
            self.status.idle([("", "")], [])

    def _say_empty(self) -> None:
        assert self.overview is not None
        followed, asks = self.overview.subscriptions, self.key("news.ask")
        lines: list[list[Run]]
        if not followed:
            lines = [
                [("You follow nothing yet", "strong")],
                [],
                [(self.key("news.follow"), "mark"), (" follows a category such as cs.LG, a search,", "")],
                [("an author, or what cites the papers that you read", "")],
            ]
        elif self.asking:
            lines = [[(safe(self.asking), "dim")]]
        elif self.overview.asked is None:
            lines = [
                [("Nothing is known yet", "strong")],
                [],
                [(asks, "mark"), (f" asks arXiv what is new in {count(len(followed), 'feed')}", "")],
            ]
        else:
            lines = [[(f"{self.front.glyphs.tick} Nothing waits", "good")], []]
            lines += [[("arXiv announces nothing on Saturdays and Sundays", "dim")], []]
            lines += [[(asks, "mark"), (" asks the feeds, each once a day", "dim")]]
        for one in self.overview.problems[:3]:
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

    def show_asking(self) -> None:
        """As the header and the empty list say it."""
        self._fill()

    def known(self) -> set[str]:
        """arXiv ids of all papers, judged or not."""
        return {one.id for one in self.papers.papers}

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

    async def action_followed(self) -> None:
        """The list of what is followed."""
        from paperpath.tui.screens.followed import Followed

        await self.app.push_screen(Followed())

    def action_open(self) -> None:
        """Its page in the browser; the verdict can wait."""
        one = self.papers.paper
        if one is not None and one.news.paper.web_page is not None:
            open_outside(one.news.paper.web_page)
            self.say(f"Its page in your browser: {one.news.paper.web_page}", "good")


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
