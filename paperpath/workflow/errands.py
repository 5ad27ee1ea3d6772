"""A thread that runs errands to the sources, so that a verb can tell what happens while it happens.

A source blocks while it waits for its turn and while bytes come in, and tells its progress through a callback; a
generator cannot yield from inside a callback. So the source works here, and everything it says, gives or raises goes
into one inbox, together with the results of the parsers. Only the verb's own thread touches the library.

One thread, because arXiv allows one connection. The sources are opened and closed in it: their sessions and caches
belong to the thread that made them.
"""

from __future__ import annotations

import queue
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from paperpath.errors import Cancelled, PaperpathError
from paperpath.sources import Progress, Sources, open_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from types import TracebackType

    from paperpath.sources import Access, Stop, Tell

_LOOK = 0.2
"""Seconds between two looks at ``stop`` while nothing comes in; also how long Ctrl-C waits on Windows."""

T = TypeVar("T")
Job = Any
"""What an errand is for, as the caller knows it; it comes back with every message."""


class Message(NamedTuple):
    """Something that came in."""

    job: Job
    what: Any
    """A :class:`Progress`, the errand's or future's result, or the :class:`PaperpathError` it ended with."""
    over: bool
    """False for progress."""


class Errands:
    """Errands run one after the other in a thread; use it as a context manager."""

    def __init__(self, access: Access, stop: Stop) -> None:
        self._access = access
        self._stop = stop
        self._leaving = threading.Event()
        self._todo: queue.SimpleQueue[tuple[Job, Callable[[Sources, Tell], Any]] | None] = queue.SimpleQueue()
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._open = 0
        self._thread = threading.Thread(target=self._run, name="paperpath-errands", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._todo.put(None)
        self._thread.join()

    def stopped(self) -> bool:
        """Whether to stop: the user said so, or the verb was left."""
        return self._leaving.is_set() or self._stop()

    def send(self, job: Job, errand: Callable[[Sources, Tell], Any]) -> None:
        """Run ``errand`` with the sources and a ``tell`` when its turn comes."""
        self._open += 1
        self._todo.put((job, errand))

    def expect(self, job: Job, future: Future[T]) -> None:
        """Let the result of a parser come in like that of an errand."""
        self._open += 1
        future.add_done_callback(lambda done: self._inbox.put(Message(job, _outcome(done.result), over=True)))

    def messages(self) -> Iterator[Message]:
        """What comes in, until no errand is open.

        Raises:
            Cancelled: the user stopped it.
        """
        while self._open:
            if self.stopped():
                raise Cancelled("Stopped. Run the same command again to go on.")
            try:
                message = self._inbox.get(timeout=_LOOK)
            except queue.Empty:
                continue
            self._open -= message.over
            yield message

    def _run(self) -> None:
        with open_sources(self._access) as sources:
            while (errand := self._todo.get()) is not None:
                job, run = errand

                if not self.stopped():
                    outcome = _outcome(partial(run, sources, partial(self._tell, job)))
                    self._inbox.put(Message(job, outcome, over=True))

    def _tell(self, job: Job, progress: Progress) -> None:
        self._inbox.put(Message(job, progress, over=False))


def _outcome(work: Callable[[], T]) -> T | BaseException:
    """The result or the error; foreign errors too, which the verb raises again in its own thread."""
    try:
        return work()
    except BaseException as error:  # noqa: BLE001 - handed over to the thread that can raise it
        return error


def settled(message: Message) -> Any:
    """The result of a message, or the error of ours that it ended with; anything else is a bug and is raised here."""
    if isinstance(message.what, BaseException) and not isinstance(message.what, PaperpathError):
        raise message.what
    return message.what
