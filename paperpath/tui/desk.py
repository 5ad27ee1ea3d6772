"""Where the interface asks the library, without ever waiting for it.

A SQLite connection belongs to the thread that opened it, a commit waits for the disk, and another program may hold the
write lock for seconds. So two threads, each with its own library: one answers questions, one carries out changes, in
the order in which they were asked. A question never waits behind a change. The first question opens and seeds the
library; ``run`` asks it before it imports Textual, so that both happen at once.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from paperpath.errors import BadQuery
from paperpath.library import Library
from paperpath.library.made_lists import MADE
from paperpath.tui.catalogue import Catalogue, Found
from paperpath.workflow.opening import open_library
from paperpath.workflow.studying import resource_counts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.embedding import Meaning
    from paperpath.library import SavedSearch
    from paperpath.workflow.keeping import Outcome

T = TypeVar("T")


class _Clerk:
    """One thread and the library that it opens when it first needs it."""

    def __init__(self, name: str, opener: Callable[[], Library]) -> None:
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"paperpath-{name}")
        self._opener = opener
        self._library: Library | None = None
        self.busied = False
        """Whether anything was ever asked."""

    def ask(self, job: Callable[[Library], T]) -> Future[T]:
        self.busied = True
        return self._threads.submit(self._run, job)

    def _run(self, job: Callable[[Library], T]) -> T:
        if self._library is None:
            self._library = self._opener()
        return job(self._library)

    def close(self) -> None:
        self._threads.submit(self._close)
        self._threads.shutdown(wait=True, cancel_futures=False)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None


class Desk:
    """Questions and changes for the library in ``home``."""

    def __init__(self, home: Path, opener: Callable[[Path], Library] = open_library) -> None:
        """``opener`` opens the library the first time; by default that seeds it with the reading lists."""
        self.home = home
        self._questions = _Clerk("questions", lambda: opener(home))
        self.meaning: Meaning | None = None
        """A model of sentences that questions are answered with too."""
        self._changes = _Clerk("changes", lambda: Library.open(home))

    def start(self, job: Callable[[Library], T]) -> Future[T]:
        """Ask before an event loop runs; give the answer to :func:`arrival` once one does."""
        return self._questions.ask(job)

    async def read(self, job: Callable[[Library], T]) -> T:
        """The answer of ``job``, which must not change the library."""
        return await arrival(self._questions.ask(job))

    def change(self, job: Callable[[Library], T]) -> asyncio.Future[T]:
        """Queue a change now, so that changes happen in the order of the keys; await the result when convenient."""
        return arrival(self._changes.ask(job))

    def write_kept(self) -> asyncio.Future[list[Outcome]]:
        """Bring the bibliographies that are kept up to date, behind the changes that were asked for."""
        return self.change(_write_kept)

    def close(self) -> None:
        """Finish the changes that were asked for and what follows from them, then let go of the library."""
        if self._changes.busied:
            self._changes.ask(_write_kept)
        self._changes.close()
        self._questions.close()


def _write_kept(library: Library) -> list[Outcome]:
    from paperpath.workflow.keeping import bring_up_to_date

    return bring_up_to_date(library)


def arrival(future: Future[T]) -> asyncio.Future[T]:
    """A thread's result as something to await in the running loop."""
    return asyncio.wrap_future(future)


def glance(library: Library) -> tuple[Catalogue, int]:
    """What the first screen needs: the papers of the reading lists, some hundred rows where the library may have ten
    thousand, which take 0.2 s more. All of it when there is no list."""
    version = library.version()
    lists = tuple(library.lists())
    rows = {row.key: row for one in lists for row in library.rows(list_name=one.name)}
    if not rows:
        return load(library)
    searches = tuple(Found(*one) for one in library.searches())
    beside = resource_counts(library)
    own = _own(library)
    return Catalogue([*rows.values()], lists, complete=False, searches=searches, own=own, resources=beside), version


def load(library: Library) -> tuple[Catalogue, int]:
    """Read what the catalogue holds; the version first, so that a change in between is noticed later."""
    from paperpath.workflow import due_cards

    version = library.version()
    searches = tuple(_found(library, one) for one in library.searches())
    return Catalogue(
        library.rows(),
        tuple(library.lists()),
        searches=searches,
        own=_own(library),
        resources=resource_counts(library),
        due=due_cards.due(library),
    ), version


def _own(library: Library) -> frozenset[str]:
    return frozenset(name for name, origin in library.list_origins().items() if origin == MADE)


def _found(library: Library, search: SavedSearch) -> Found:
    try:
        return Found(*search, keys=library.search_keys(search.query))
    except BadQuery as error:
        return Found(*search, trouble=str(error))
