"""Waiting while a model of sentences reads what it has not read yet."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from paperpath.cli import show
from paperpath.cli.progress import Progress
from paperpath.cli.session import Session, stoppable

if TYPE_CHECKING:
    from paperpath.embedding.meaning import Stop, Tell


class Read(Protocol):
    """A verb that lets a model read; it returns how many are left."""

    def __call__(self, *, tell: Tell, stop: Stop) -> int:
        """Read."""


def wait_for(session: Session, noun: str, read: Read) -> None:
    """Carry out ``read`` with a bar, if there is anything to read. Ctrl-C ends it, and what follows uses what is read.

    Args:
        session: this run.
        noun: what is read, ``passage``.
        read: the verb.
    """
    with stoppable() as stop, ExitStack() as stack:
        bars: list[Progress] = []

        def tell(done: int, total: int) -> None:
            if not bars:
                bars.append(stack.enter_context(Progress("Reading", total, ascii_only=session.settings.ascii)))
                bars[0].now("for what is close in meaning; only once")
            bars[0].at(done, total)

        left = read(tell=tell, stop=stop)
    if left:
        show.say(f"By their words alone: {show.plural(left, noun)}, not read yet; the next run goes on with them.")
