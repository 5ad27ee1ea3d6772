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
    from collections.abc import Sequence

    from paperpath.library import Subscription
    from paperpath.sources import Progress
    from paperpath.workflow.days_of_feeds import Asked


class Asking(Room):
    """A screen from which the feeds are asked; a subclass shows what they announced."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "ask", "Ask the feeds that were not asked today", id="news.ask", priority=True),
        Binding("s", "follow", "Follow a category, a search, an author, citations", id="news.follow", priority=True),
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
        self.followed: Sequence[Subscription] | None = None
        """What is followed; None before it was read."""
        self.asking = ""
        """What is going on with the feeds; empty when nothing is."""
        self._off = False
        """Whether something was not asked for, because its service is not switched on."""
        self._elsewhere = 0
        """Citing papers that the feeds told of in this run and that are not on arXiv."""

    # what a subclass says

    async def load(self) -> None:
        """Read anew what is known, and show it."""
        raise NotImplementedError

    def show_asking(self) -> None:
        """Show how the asking stands."""
        raise NotImplementedError

    def known(self) -> set[str]:
        """arXiv ids of all papers that waited when :meth:`load` ended."""
        raise NotImplementedError

    # feeds

    def action_follow(self) -> None:
        """Ask what to follow."""
        self.ask(
            Question(
                "Follow",
                self._follow,
                placeholder='cs.LG, all:"graph neural network", author Ann Kessel, citing KEY, citing read',
            )
        )

    async def _follow(self, text: str) -> None:
        """``author`` and ``citing`` before a name or a key say what is meant; all else is a category or a search."""
        from paperpath.workflow import following, following_citations

        words, services = " ".join(text.split()), self.front.services
        kind, _, rest = words.partition(" ")
        if words.lower() in ("citing read", "citing what i read"):
            job = partial(following_citations.subscribe_read, services=services)
        elif kind.lower() == "citing" and rest:
            job = partial(following_citations.subscribe, text=rest, services=services)
        elif kind.lower() == "author" and rest:
            job = partial(following.subscribe, text=rest, author=True)
        else:
            job = partial(following.subscribe, text=words)
        try:
            followed, new = await self.front.desk.change(job)
            shown = await self.front.desk.read(lambda library: following_citations.shown(library, followed))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        await self.load()
        asks = f"; {self.key('news.ask')} asks what is new there"
        self.say(f"{'Followed' if new else 'Followed already'}: {safe(shown)}{asks}{self.undoable}", "good")

    def action_ask(self) -> None:
        """Ask the feeds, in a thread; once at a time."""
        if self.asking:
            self.say("The feeds are being asked")
        elif not self.followed:
            self.say(f"You follow nothing yet: {self.key('news.follow')} follows a category", "warn")
        else:
            self._elsewhere, self._off = 0, False
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
                front, stop = self.front, lambda: worker.is_cancelled
                for one in following.ask(library, front.access, front.services, tell=tell, stop=stop):
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
        elif one is not None and one.state == "off":
            self._off = True
        elif one is not None:
            self._elsewhere += one.elsewhere
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
            left = f"; {count(self._elsewhere, 'citing paper')} not on arXiv left out" if self._elsewhere else ""
            said = (count(new, "new paper") if new else "Nothing new") + left
            if self._off:
                from paperpath.workflow.following_citations import SWITCHED_OFF

                self.say(f"{said}. {SWITCHED_OFF}", "warn")
            else:
                self.say(said, "good")

    def _tell(self, text: str) -> None:
        self.asking = clip(safe(text), 50, self.front.glyphs.ellipsis)
        if self.followed is not None:
            self.show_asking()


def count(number: int, noun: str) -> str:
    """``1 paper``, ``2 papers``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
