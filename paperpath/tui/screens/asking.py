"""Asking arXiv's feeds from the interface, and what is followed: in a thread, with a library of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import get_current_worker

from paperpath.errors import Cancelled, PaperpathError
from paperpath.tui.cells import clip, safe
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from paperpath.sources import Progress
    from paperpath.workflow.following import Asked
    from paperpath.workflow.new_papers import Overview


class Asking(Room):
    """A screen from which the feeds are asked; a subclass shows what they announced."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "ask", "Ask the feeds that were not asked today", id="news.ask", priority=True),
        Binding("s", "follow", "Follow a category, a search, an author", id="news.follow", priority=True),
    ]

    @dataclass
    class Heard(Message):
        """A feed came a step further, or all of them are through."""

        text: str
        asked: Asked | None = None

        def can_replace(self, message: Message) -> bool:
            """Of several waits only the last is worth drawing."""
            return isinstance(message, Asking.Heard) and self.asked is None and message.asked is None

    @dataclass
    class Ended(Message):
        """No feed is being asked any more."""

        error: PaperpathError | None

    def __init__(self) -> None:
        super().__init__()
        self.overview: Overview | None = None
        """What is shown; None before it was read."""
        self.asking = ""
        """What is going on with the feeds; empty when nothing is."""

    # what a subclass says

    async def load(self) -> None:
        """Read anew what is known, and show it."""
        raise NotImplementedError

    def show_asking(self) -> None:
        """Show how the asking stands."""
        raise NotImplementedError

    def known(self) -> set[str]:
        """arXiv ids of all papers that are shown or were."""
        raise NotImplementedError

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
        await self.load()
        asks = f"; {self.key('news.ask')} asks what is new there"
        self.say(f"{'Followed' if new else 'Followed already'}: {safe(followed.words)}{asks}{self.undoable}", "good")

    def action_ask(self) -> None:
        """Ask the feeds, in a thread; once at a time."""
        if self.asking:
            self.say("The feeds are being asked")
        elif self.overview is None or not self.overview.subscriptions:
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
        before = self.known()
        self.asking = ""
        await self.load()
        if message.error is not None:
            self.say(str(message.error), "bad")
        elif not self.status.urgent:
            new = len(self.known() - before)
            self.say(f"{count(new, 'new paper')}" if new else "Nothing new", "good")

    def _tell(self, text: str) -> None:
        self.asking = clip(safe(text), 50, self.front.glyphs.ellipsis)
        if self.overview is not None:
            self.show_asking()


def count(number: int, noun: str) -> str:
    """``1 paper``, ``2 papers``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
