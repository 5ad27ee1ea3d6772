"""The app: it owns the library's desk, the catalogue and the fetch, and says what happened to whoever is on screen.

The shell is painted before the library is read. Changes by other programs are noticed by a counter in the database,
asked for twice a second, and read anew in a thread. Every key that means the same everywhere is bound here.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from paperpath.errors import Cancelled, NothingToUndo, PaperpathError
from paperpath.tui.catalogue import Catalogue, Scope
from paperpath.tui.desk import arrival, glance, load
from paperpath.tui.fetching import Fetches
from paperpath.tui.glyphs import ASCII
from paperpath.tui.messages import FetchEnded, FetchMoved
from paperpath.tui.screens.base import Room, is_typing
from paperpath.tui.screens.shelf import Shelf
from paperpath.tui.state import keep, recall
from paperpath.tui.themed import Themed
from paperpath.tui.widgets.first_steps import STEPS
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from paperpath.library import Library
    from paperpath.library.rows import MakeKey
    from paperpath.sources import Access
    from paperpath.sources.providers.asking import Services
    from paperpath.tui.desk import Desk
    from paperpath.tui.keymap import Keymap
    from paperpath.tui.widgets.bars import Tone
    from paperpath.workflow.fetch import FetchEvent

    Fetch = Callable[..., Iterator[FetchEvent]]

POLL = 0.5
KEYS_WAIT = 2.0


class PaperpathApp(Themed[None]):
    """The terminal interface."""

    TITLE = "paperpath"
    CSS_PATH = "paperpath.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "back", "Back, or quit", id="app.back", priority=True),
        Binding("u", "undo", "Undo the last change", id="app.undo", priority=True),
        Binding("U,ctrl+r", "redo", "Make it again", id="app.redo", priority=True),
        Binding("F", "search", "Search the full text of the library", id="app.search", priority=True),
        Binding("e", "export", "Export citations", id="app.export", priority=True),
        Binding("colon,ctrl+p", "palette", "Find a command, a paper, a theme", id="app.palette", priority=True),
        Binding("apostrophe", "jump", "Jump to what is seen, by its label", id="app.jump", priority=True),
        Binding("question_mark,f1", "help", "The keys of this screen", id="app.help", priority=True),
        Binding("r", "retry", "Open the library again", id="app.retry", show=False, priority=True),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        access: Access,
        first: Future[tuple[Catalogue, int]],
        *,
        list_name: str | None = None,
        make_key: MakeKey | None = None,
        ascii: bool = False,  # noqa: A002
        keymap: Keymap | None = None,
        theme: tuple[str, str] | None = None,
        fetch: Fetch | None = None,
    ) -> None:
        """What the interface shows, and by what keys.

        ``first`` is the catalogue, asked for before Textual was imported; ``make_key`` makes the citation keys of new
        papers, when it is not the usual way; ``theme`` has the theme that a setting fixed, and where, and None means
        the one that was chosen last.
        """
        self.remembered = recall(desk.home)
        super().__init__(
            ascii=ascii or self.remembered.ascii, keymap=keymap, theme=theme[0] if theme else self.remembered.theme
        )
        self._theme_fixed = theme
        self.ascii_fixed = ascii
        """Whether a setting asks for ASCII signs alone."""
        self.text_width = self.remembered.text_width or self.text_width
        self.first_steps: tuple[str, ...] = ()
        """What a newcomer has still to do."""
        self.desk = desk
        self.catalogue = Catalogue()
        self.fetches = Fetches()
        self.make_key = make_key
        self._access = access
        self.services: Services | None = None
        """How to ask what cites a paper; None for not at all."""
        self._first: Future[tuple[Catalogue, int]] | None = first
        self._list_name = list_name
        self._fetch_with = fetch
        self._stop = threading.Event()
        self._behind: list[str] = []
        """Keys to fetch when the running fetch is over, or the pause."""
        self._left_out: set[str] = set()
        """Papers of the running fetch that are not wanted any more; the fetch looks at it from its thread."""
        self._version: int | None = None
        self._unseen: dict[asyncio.Event, float] = {}
        """Of each change that a key asked for and that is not shown yet: what is set then, and when it was asked."""
        self._left = False
        """Whether the program is being left."""
        self._opened = asyncio.Event()
        """Whether the whole library was read, or could not be."""
        self._failed = False
        self._shelf: Shelf | None = None
        self.last_input = time.monotonic()
        """When there was a key or the mouse; see :mod:`.timing`."""
        self.set_class(self.glyphs is ASCII, "-ascii")

    @property
    def access(self) -> Access:
        """How the outside may be spoken to."""
        return self._access

    @property
    def shelf(self) -> Shelf:
        """The library screen; it is always at the bottom of the stack."""
        assert self._shelf is not None
        return self._shelf

    def get_default_screen(self) -> Shelf:
        """The program begins in the library."""
        self._shelf = Shelf(Scope("list", self._list_name) if self._list_name else None)
        return self._shelf

    def on_mount(self) -> None:
        """Look for changes twice a second."""
        self.set_interval(POLL, self._poll)

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave, and let nothing that runs hold us back: what is complete stays, the rest goes on another day."""
        self._left = True
        self._stop.set()
        super().exit(*args, **options)

    @property
    def rooms(self) -> list[Room]:
        """All full screens, the one in front last."""
        return [screen for screen in self.screen_stack if isinstance(screen, Room)]

    def say(self, text: str, tone: Tone = "") -> None:
        """A word on what happened, on the screen in front."""
        self.rooms[-1].say(text, tone)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean the same everywhere rest while one types or a dialog is open."""
        del parameters
        if action == "retry":
            return self._failed
        if action not in _EVERYWHERE:
            return True
        screen = self.screen
        return isinstance(screen, Room) and not screen.typing

    # the library

    async def _open(self) -> None:
        first, self._first = self._first, None
        try:
            catalogue, version = await (arrival(first) if first else self.desk.read(glance))
            self._loaded(catalogue, version)
            if not catalogue.complete:
                # Reading ten thousand rows would take the interpreter from the first paint.
                painted = asyncio.Event()
                self.shelf.call_after_refresh(painted.set)
                await painted.wait()
                self._loaded(*await self.desk.read(load))
        except PaperpathError as error:
            self._failed = True
            self.shelf.show_failure(error)
        finally:
            self._opened.set()
            if not gc.isenabled():
                gc.freeze()  # the modules and ten thousand rows will stay: searching them takes 30 ms from some key
                gc.enable()

    async def _poll(self) -> None:
        if self._version is None:
            return
        try:
            version = await self.desk.read(lambda library: library.version())
            if version != self._version:
                await self.reload()
                for outcome in await self.desk.write_kept():
                    if outcome.message:
                        self.say(outcome.message, "bad")
        except PaperpathError as error:
            self.say(str(error), "bad")

    async def reload(self) -> None:
        """Read the catalogue anew."""
        self._loaded(*await self.desk.read(load))

    def _loaded(self, catalogue: Catalogue, version: int) -> None:
        first = self._version is None
        self._failed = False
        self.catalogue, self._version = catalogue, version
        on = self.catalogue.first_list() if first and self._list_name is None else None
        if on is not None:
            self.shelf.scope = Scope("list", on.name)
        self.show_catalogue()
        if first:
            self._begin_steps()
        if self._list_name and self.catalogue.list_named(self._list_name) is None:
            self.say(f"There is no reading list “{self._list_name}”: all papers are shown", "warn")
            self._list_name = None

    def _begin_steps(self) -> None:
        """Whose library shows that a step was done, here or on the command line, is not told how to."""
        rows = self.catalogue.rows
        shown = {"fetch": any(row.has_pdf for row in rows), "read": any(row.status != "unread" for row in rows)}
        newcomer = bool(rows) and not any(shown.values())
        left = self.remembered.first_steps
        if left is None:
            left = tuple(STEPS) if newcomer else ()
        self.first_steps = tuple(step for step in left if not shown.get(step))
        self.shelf.first_steps.show(self.first_steps)

    def show_catalogue(self) -> None:
        """Show the catalogue anew in front; the screens behind follow when they come to the front."""
        *behind, front = self.rooms
        for room in behind:
            room.stale = True
        if front.is_mounted:
            front.library_changed()

    @on(events.AppFocus)
    def _focused(self) -> None:
        """Coming back from another program: perhaps from an editor with a note in it."""
        if self._version is not None:
            from paperpath.workflow import noting

            self.carry_out(noting.refresh_notes, "")

    def open_library(self) -> None:
        """Read the library; the shelf asks for it once the shell is painted."""
        self._failed = False
        self._opened.clear()
        start(self, self._open, "load")

    async def on_event(self, event: events.Event) -> None:
        """Let keys wait for what they are about: the papers, when somebody types before the library is read; what a
        screen is still asking the library; and what the keys before them have changed, so that keys typed ahead act
        on what would be seen. Letters that are text wait for nothing.
        """
        if isinstance(event, events.InputEvent):
            self.last_input = time.monotonic()
        if isinstance(event, events.Key):
            if self._left:
                return  # typed after q, for whatever is in the terminal next
            await self._until_set(self._opened)
            if self.screen_stack and not is_typing(self.screen):
                for unseen, asked in [*self._unseen.items()]:
                    await self._until_set(unseen, asked)
                if isinstance(self.screen, Room):
                    await self._until_set(self.screen.filled)
        await super().on_event(event)

    @staticmethod
    async def _until_set(awaited: asyncio.Event, since: float | None = None) -> None:
        """Not for long: a library that another program has locked must not keep ``q`` from working."""
        left = KEYS_WAIT - (time.monotonic() - since if since is not None else 0)
        if left > 0 and not awaited.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(awaited.wait(), left)

    def action_retry(self) -> None:
        """Open the library again."""
        self.open_library()

    def carry_out(self, job: Callable[[Library], Any], said: str) -> None:
        """Queue a change now; say so when it is on disk, and what went wrong when it is not.

        The next key waits until the change is shown, but not for one of which nothing is said: a place in a paper.
        """
        shown = asyncio.Event()
        if said:
            self._unseen[shown] = time.monotonic()
        start(self, partial(self._carry_out, self.desk.change(job), said, shown), "changes")

    async def _carry_out(self, change: asyncio.Future[Any], said: str, shown: asyncio.Event) -> None:
        try:
            await change
            if said:
                self.say(said, "good")
            await self._poll()
        except PaperpathError as error:
            self.say(str(error), "bad")
            await self.reload()
        finally:
            shown.set()
            self._unseen.pop(shown, None)

    async def action_undo(self) -> None:
        """Take back the last change, whoever made it."""
        await self._turn("undo", "Taken back", f"{self.keymap.label('app.redo')} makes it again")

    async def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        await self._turn("redo", "Made again", f"{self.keymap.label('app.undo')} takes it back")

    async def _turn(self, verb: str, word: str, hint: str) -> None:
        from paperpath.workflow import caring

        try:
            undone = await self.desk.change(getattr(caring, verb))
            await self.reload()
        except NothingToUndo as error:
            self.say(str(error), "warn")
        except PaperpathError as error:
            self.say(str(error), "bad")
        else:
            self.say(f"{word}: {undone.what}  ({hint})", "good")

    # screens

    async def action_back(self) -> None:
        """Leave the screen, or the program."""
        if len(self.screen_stack) > 1:
            self.rooms[-1].leave_room()
        else:
            self.exit()

    async def action_help(self) -> None:
        """The keys of the screen one is in."""
        from paperpath.tui.screens.help import Help

        self.did("help")
        await self.push_screen(Help(self.rooms[-1]))

    async def action_palette(self) -> None:
        """Commands, papers, lists and themes by name."""
        from paperpath.tui.screens.palette import Palette

        await self.push_screen(Palette(self.rooms[-1]))

    async def action_jump(self) -> None:
        """Labels beside everything one may want to go to."""
        from paperpath.tui.screens.jump import Jump

        await self.push_screen(Jump(self.rooms[-1]))

    async def action_search(self) -> None:
        """Full-text search."""
        from paperpath.tui.screens.search import Search

        await self.push_screen(Search())

    async def action_export(self) -> None:
        """Citations to a file."""
        from paperpath.tui.screens.export import Export

        self.shelf.catch_up()  # what it shows may be exported from another screen, on which papers were merged
        await self.push_screen(Export(self.shelf))

    def choose_theme(self, name: str) -> None:
        """Use a theme from now on, in later runs too."""
        self.theme = name
        self.remember(theme=name)
        if self._theme_fixed and self._theme_fixed[0] != name:
            self.say(f"{name} for this run; {self._theme_fixed[1]} fixes {self._theme_fixed[0]}")

    def did(self, step: str) -> None:
        """A newcomer has done something for the first time: its hint goes, and does not come back."""
        if step in self.first_steps:
            self.first_steps = tuple(left for left in self.first_steps if left != step)
            self.shelf.first_steps.show(self.first_steps)
            self.remember(first_steps=self.first_steps)

    def remember(self, **changes: Any) -> None:
        """Keep something about the interface for later runs."""
        self.remembered = replace(self.remembered, **changes)
        home, state = self.desk.home, self.remembered
        self.carry_out(lambda _library: keep(home, state), "")

    async def read(self, key: str, *, find: str = "") -> None:
        """Open a paper, at ``find`` if that is given; returns when it is there, so that keys typed ahead mean it."""
        from paperpath.tui.reading import gather
        from paperpath.tui.screens.reader import Reader

        try:
            opened = await self.desk.read(partial(gather, key=key, key_of=self.keymap.label))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self.did("read")
        await self.push_screen(Reader(opened, self.glyphs, find=find))

    async def read_on(self) -> None:
        """Open the paper that is being read, or the next of the list."""
        chosen = self.catalogue.list_named(self.shelf.scope.name) if self.shelf.scope.kind == "list" else None
        for one in (chosen, *self.catalogue.lists):
            following = self.catalogue.next_in(one) if one else None
            if following and following.step.key in self.catalogue.place:
                await self.read(following.step.key)
                return
        reading = [row for row in self.catalogue.rows if row.status == "reading"]
        if reading:
            await self.read(reading[0].key)
        else:
            self.say(
                f"Everything on your lists is read. {self.keymap.label('pane.lists')} chooses other papers", "good"
            )

    # fetching

    def fetch(self, keys: Sequence[str]) -> None:
        """Fetch papers, one fetch at a time; more keys wait behind a running one, or until a pause is over."""
        if self.fetches.running or self.fetches.paused:
            more = [key for key in keys if not self.fetches.open(key)]
            self._left_out.difference_update(more)
            self._behind += more
            self.fetches.queue(map(self._queued, more))
            pauses = self.keymap.label("fetch.pause")
            after = f"when {pauses} goes on" if self.fetches.paused else "after these"
            self.say(f"{len(self._behind)} more will be fetched {after}; {self.keymap.label('fetch.stop')} stops all")
            self._fetch_changed()
            return
        self.did("fetch")
        self._stop.clear()
        self._left_out.clear()
        self.fetches.forget_fetched()
        self.fetches.queue(map(self._queued, keys))
        self.fetches.running, self.fetches.stopping = True, False
        self.run_worker(partial(self._fetch, list(keys)), thread=True, group="fetch", exit_on_error=True)
        self.shelf.show_tray()

    def _queued(self, name: str) -> FetchEvent:
        """A paper that waits; of one that is not in the library the name is its id."""
        from paperpath.workflow.fetch_tasks import FetchEvent

        row = self.catalogue.row(name)
        return FetchEvent(name, name if row else None, row.title if row else "", "queued")

    def pause_fetch(self) -> None:
        """Ask the fetch to stop, and keep what is left for later; or go on with that."""
        fetches = self.fetches
        if fetches.paused and fetches.running:
            self.say("Pausing: it can go on once this step is over")
        elif fetches.paused:
            fetches.paused = False
            behind, self._behind = self._behind, []
            if behind:
                self.fetch(behind)
            self._fetch_changed()
        elif fetches.running and not fetches.stopping:
            fetches.paused = True
            self._stop.set()
            self.say(f"Paused; {self.keymap.label('fetch.pause')} goes on")
            self._fetch_changed()
        else:
            self.say("Nothing is being fetched")

    def leave_out(self, name: str) -> None:
        """Do not fetch one paper of those that are to be fetched; what has come of it stays."""
        if not self.fetches.open(name):
            self.say("Nothing is being fetched of this paper")
            return
        self._left_out.add(name)
        if name in self._behind:
            self._behind.remove(name)
            self.fetches.apply(replace(self.fetches.events[name], state="stopped"))
            if self.fetches.paused and not self.fetches.running and not self._behind:
                self.fetches.paused = False
        else:
            key = self.fetches.events[name].key
            self.say(f"{key or name} is left out; what has come of it stays")
        self._fetch_changed()

    def retry_failed(self) -> None:
        """Fetch all again that failed."""
        failed = [event.key or event.id for event in self.fetches.failed]
        if failed:
            self.fetch(failed)
        else:
            self.say("Nothing has failed", "good")

    def _fetch(self, keys: list[str]) -> None:
        """In a thread, with a library of its own."""
        from paperpath.library import Library

        if self._fetch_with is None:
            from paperpath.workflow.fetch import fetch
        else:
            fetch = self._fetch_with
        worker = get_current_worker()

        def stop() -> bool:
            return self._stop.is_set() or worker.is_cancelled

        error: PaperpathError | None = None
        if self.make_key is not None:
            fetch = partial(fetch, make_key=self.make_key)
        try:
            with Library.open(self.desk.home) as library:
                for event in fetch(library, keys, self._access, stop=stop, skip=self._left_out.__contains__):
                    self.post_message(FetchMoved(event))
        except Cancelled:
            pass  # it was asked for
        except PaperpathError as failure:
            error = failure
        self.post_message(FetchEnded(error))

    def stop_fetch(self) -> None:
        """Ask the fetch to stop."""
        if self.fetches.running or self.fetches.paused:
            self._stop.set()
            self.fetches.stopping, self.fetches.paused = self.fetches.running, False
            for name in self._behind:
                self.fetches.apply(replace(self.fetches.events[name], state="stopped"))
            self._behind.clear()
            word = "Stopping" if self.fetches.running else "Stopped"
            self.say(f"{word}; what is complete stays, and {self.keymap.label('paper.fetch')} goes on from there")
            self._fetch_changed()
        else:
            self.say("Nothing is being fetched")

    @on(FetchMoved)
    def _fetch_moved(self, message: FetchMoved) -> None:
        self.fetches.apply(message.event)
        self._fetch_changed()

    @on(FetchEnded)
    async def _fetch_ended(self, message: FetchEnded) -> None:
        fetches = self.fetches
        stopped, fetches.running, fetches.stopping = fetches.stopping, False, False
        if not self.shelf.children:
            return  # the program is being left
        if fetches.paused:
            self._keep_for_later()
        if message.error is not None:
            self.say(str(message.error), "bad")
        elif fetches.failed:
            self.say(f"Fetched {fetches.summary()}: {self.keymap.label('fetch.show')} shows why", "warn")
        elif stopped:
            again = self.keymap.label("paper.fetch")
            self.say(f"Stopped. {fetches.done} of {len(fetches.events)} papers are here; {again} goes on", "warn")
        elif fetches.events:
            self.say(f"Fetched {fetches.summary()}", "good")
        await self.reload()
        self._fetch_changed()
        if fetches.paused:
            return
        behind, self._behind = self._behind, []
        if behind:
            self.fetch(behind)

    def _keep_for_later(self) -> None:
        """After a pause: what is not over waits before what was added since."""
        fetches = self.fetches
        left = [
            name
            for name, event in fetches.events.items()
            if name not in self._left_out and name not in self._behind and (event.state == "stopped" or not event.final)
        ]
        self._behind = left + self._behind
        fetches.queue([replace(fetches.events[name], state="queued", received=0, total=None) for name in self._behind])
        fetches.paused = bool(self._behind)

    def _fetch_changed(self) -> None:
        for room in self.rooms:
            if room.is_mounted:
                room.fetch_changed()


_EVERYWHERE = frozenset({"back", "undo", "redo", "search", "export", "palette", "help", "jump"})
