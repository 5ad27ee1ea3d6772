"""What one follows and how each feed stands, with one key to follow it no longer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, clip, fit, safe
from paperpath.tui.screens.asking import Asking, count
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.library import Library, Subscription

KIND, WHEN = 10, 18


class Feed(NamedTuple):
    """A line of the list."""

    subscription: Subscription
    shown: str
    """Its words, with a citation key in place of an id."""
    off: bool
    """Whether its service is not switched on."""


class FeedList(LineList):
    """What is followed, a line each."""

    feeds: Sequence[Feed] = ()

    def draw(self, item: int, width: int) -> list[Run]:
        """Kind, words, and when the feed answered or that it did not."""
        one = self.feeds[item]
        asked = one.subscription.asked
        state, tone = (asked.replace("T", " ")[:16], "dim") if asked else ("never asked", "dim")
        if one.subscription.problem:
            state, tone = "failed", "bad"
        if one.off:
            state, tone = "off", "warn"
        room = max(8, width - KIND - WHEN - 1)
        words = fit(safe(one.shown.removeprefix("citing ")), room, self.glyphs.ellipsis)
        return [(f" {fit(one.subscription.kind, KIND)}", "dim"), (words, ""), (f"{state:>{WHEN}}", tone)]


class Followed(Asking):
    """The screen."""

    TITLE_OF_HELP = "What you follow"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "unfollow", "Follow it no longer; its papers stay", id="followed.drop", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def body(self) -> ComposeResult:
        """The list."""
        yield FeedList(self.front.glyphs, id="followed")

    @property
    def feeds(self) -> FeedList:
        """The list."""
        return self.query_one(FeedList)

    @property
    def feed(self) -> Feed | None:
        """The line under the cursor."""
        return None if self.feeds.item is None else self.feeds.feeds[self.feeds.item]

    def on_mount(self) -> None:
        """Read what is followed."""
        self.feeds.empty = [[("Reading what you follow", "dim")]]
        self.feeds.when_chosen = self._tell_of
        self.show_asking()
        self.set_focus(self.feeds)
        self.show_hints()
        self.ask_library(self.load)

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                ("news.follow", "Follow", "screen.follow"),
                ("followed.drop", "Follow no longer", "screen.unfollow"),
                ("list.open", "How it stands", "screen.stands"),
                ("news.ask", "Ask feeds", "screen.ask"),
                ("app.undo", "Undo", "app.undo"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    def library_changed(self) -> None:
        """Something may be followed, or not any more, here or elsewhere."""
        self.ask_library(self.load)

    async def load(self) -> None:
        """Read what is followed, and show it; the cursor keeps its place."""
        feeds = self.feeds
        try:
            lines, self._known = await self.front.desk.read(partial(_read, off=self.front.services is None))
        except PaperpathError as error:
            feeds.empty = [[(safe(str(error)), "bad")]]
            feeds.forget_strips()
            self.say(str(error), "bad")
            return
        self.followed = [one.subscription for one in lines]
        feeds.feeds = lines
        feeds.empty = [
            [("You follow nothing yet", "strong")],
            [],
            [(self.key("news.follow"), "mark"), (" follows a category such as cs.LG, a search, an author,", "")],
            [("  what cites a paper of yours, or what cites the papers that you read", "")],
        ]
        feeds.show(range(len(lines)), keep=min(feeds.at, len(lines) - 1) if lines else None)
        self.show_asking()

    def show_asking(self) -> None:
        """In the header."""
        number = len(self.followed or ())
        said = self.asking or (count(number, "feed") if number else "")
        left: list[Run] = [(" paperpath ", "key"), (f" {self.TITLE_OF_HELP}", "strong")]
        self.header(left, [(safe(said), "accent" if self.asking else "dim"), (" ", "")])

    def known(self) -> set[str]:
        """arXiv ids of what was announced lately."""
        return self._known

    def action_stands(self) -> None:
        """Say how the feed under the cursor stands."""
        if self.feeds.item is not None:
            self._tell_of(self.feeds.item)

    def _tell_of(self, item: int) -> None:
        one = self.feeds.feeds[item]
        if one.off:
            from paperpath.workflow.following_citations import SWITCHED_OFF

            self.say(SWITCHED_OFF, "warn")
        elif one.subscription.problem:
            self.say(safe(one.subscription.problem), "bad")
        else:
            asked = one.subscription.asked
            when = f"asked {asked.replace('T', ' ').removesuffix('Z')} UTC" if asked else "never asked"
            self.say(f"{safe(one.shown)}: {when}")

    async def action_unfollow(self) -> None:
        """Follow it no longer; waits, so that the next key means the next line."""
        one = self.feed
        if one is None:
            return
        kind, words = one.subscription.kind, one.subscription.words
        try:
            await self.front.desk.change(lambda library: library.unsubscribe(kind, words))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        await self.load()
        await self.front.reload()
        ellipsis = self.front.glyphs.ellipsis
        self.say(f"No longer followed: {clip(safe(one.shown), 60, ellipsis)}{self.undoable}", "good")


def _read(library: Library, off: bool) -> tuple[list[Feed], set[str]]:
    from datetime import UTC, datetime

    from paperpath.workflow.days_of_feeds import FRESH, day_of
    from paperpath.workflow.following_citations import shown

    feeds = [Feed(one, shown(library, one), off and one.kind == "citing") for one in library.subscriptions()]
    since = (day_of(datetime.now(UTC)) - FRESH).isoformat()
    return feeds, {one.paper.arxiv_id or "" for one in library.news(since=since)}
