"""What every source is, and how the rest of the program talks to one.

A source turns an identifier into metadata and a PDF. It never prints and never asks: what a person may want to see
while it works goes through ``tell``, and ``stop`` is asked several times a second, so that a wait of minutes ends at
once when the person has had enough. Nothing here imports an HTTP client: front ends build an :class:`Access` and match
on progress without paying for one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from paperpath.errors import BadSetting

if TYPE_CHECKING:
    from paperpath.model import Paper, PaperId, StoredPdf

ARXIV_INTERVAL = 3.0
"""Seconds between two requests that arXiv's terms of use ask for, all of a user's programs together."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing is sent for a while, because the rules say so; told again as the seconds run down."""

    seconds: float
    why: str


@dataclass(frozen=True, slots=True)
class Receiving:
    """A body is coming in."""

    received: int
    total: int | None
    """None as long as the server does not say, which is arXiv's habit for PDFs."""


@dataclass(frozen=True, slots=True)
class Retrying:
    """A request failed and will be sent again."""

    why: str
    seconds: float
    attempt: int
    """The attempt that failed, from 1."""
    attempts: int


Progress = Waiting | Receiving | Retrying
Tell = Callable[[Progress], None]
Stop = Callable[[], bool]
"""Whether the person has had enough; asked several times a second, also from another thread: no side effects."""
Check = Callable[[Path], int]
"""Opens a PDF for good: its number of pages, or ``ParseFailed``."""


def silent(_progress: Progress) -> None:
    """A ``tell`` for callers that show nothing."""


def never() -> bool:
    """A ``stop`` for callers that cannot be interrupted."""
    return False


@dataclass(frozen=True, slots=True)
class Access:
    """How we may speak to the outside: made once by a front end, handed to whoever opens sources.

    Raises:
        BadSetting: a URL that is none, or an interval that arXiv forbids.
    """

    url: str = "https://export.arxiv.org"
    """Base of ``/api/query`` and ``/pdf/…``."""
    interval: float = ARXIV_INTERVAL
    """Seconds between two requests. Waits after failures scale with it, so a test against a stand-in is quick."""
    contact: str | None = None
    """A mail address for the User-Agent, so that arXiv's staff can write before they block."""
    cache: Path | None = None
    """Folder of the gate and of the metadata cache; None means the platform's, shared by all programs of the user."""

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            _ = parts.port  # parsed only when asked for, and then it may refuse
        except ValueError as error:
            raise BadSetting(f"{self.url!r} is not a web address: {error}.") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadSetting(f"{self.url!r} is not a web address. It should look like https://export.arxiv.org.")
        if not 0 <= self.interval < float("inf"):
            raise BadSetting(f"The interval between requests cannot be {self.interval:g} seconds.")
        if under_arxiv(parts.hostname) and self.interval < ARXIV_INTERVAL:
            raise BadSetting(
                f"An interval of {self.interval:g} s is too short: arXiv allows one request every"
                f" {ARXIV_INTERVAL:g} s. Set it to {ARXIV_INTERVAL:g} or more."
            )
        if self.contact and (not self.contact.isascii() or not self.contact.isprintable()):
            raise BadSetting("The contact address must be plain ASCII, because it is sent in an HTTP header.")


def under_arxiv(host: str) -> bool:
    """Whether ``host`` is arxiv.org or one of its own, such as export.arxiv.org."""
    bare = host.lower().rstrip(".")
    return bare == "arxiv.org" or bare.endswith(".arxiv.org")


class Source(Protocol):
    """A place in the outside world that knows papers."""

    name: str

    def recognises(self, paper_id: PaperId) -> bool:
        """Whether this source may know ``paper_id``, judged without asking it."""
        ...

    def metadata(self, ids: Sequence[PaperId], *, tell: Tell = ..., stop: Stop = ...) -> dict[PaperId, Paper]:
        """What the source knows about each of ``ids``; a missing key means that it does not know that one.

        Raises:
            SourceError: nothing could be learnt.
            Cancelled: ``stop`` said so.
        """
        ...

    def pdf(
        self, paper_id: PaperId, target: Path, *, tell: Tell = ..., stop: Stop = ..., check: Check | None = None
    ) -> StoredPdf:
        """Bring the PDF of ``paper_id`` to ``target``, whole or not at all; what came so far is kept beside it.

        A whole PDF that is already at ``target`` is taken as it is and nothing is asked: to fetch another version,
        name another target or remove this one.

        Args:
            check: opens the file for good and counts its pages; without it the shape of the file alone is judged.

        Raises:
            NotFound: there is no such paper, or no PDF of it.
            Refused: we are not welcome; nobody may ask again for a while.
            BadAnswer, Unreachable: still no sound PDF after all retries.
            DiskFull: no room for it.
            Cancelled: ``stop`` said so; the next call goes on from there.
        """
        ...

    def search(self, title: str, *, tell: Tell = ..., stop: Stop = ...) -> list[Paper]:
        """Papers with about this title, the best first."""
        ...

    def close(self) -> None:
        """Let go of connections and caches."""
        ...
