"""What a worker tells the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from paperpath.errors import PaperpathError
    from paperpath.workflow.fetch import FetchEvent


@dataclass
class FetchMoved(Message):
    """A paper of a running fetch came a step further."""

    event: FetchEvent

    def can_replace(self, message: Message) -> bool:
        """Of many counts of bytes that wait in the queue only the last is worth drawing."""
        return (
            isinstance(message, FetchMoved)
            and message.event.key == self.event.key
            and message.event.state == self.event.state == "downloading"
        )


@dataclass
class FetchEnded(Message):
    """A fetch is over: everything was tried, it was stopped, or the source refused."""

    error: PaperpathError | None
