"""The small shapes in which the library answers; the nouns themselves are in :mod:`paperpath.model`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from paperpath.library.plans import Plan
    from paperpath.model import Change, Paper, Status

    MakeKey = Callable[[Paper, Container[str]], str]
    """Makes a citation key for a paper out of nothing but it and the keys in use."""

PinReason = Literal["exported", "imported", "by hand"]
"""Why a citation key must stay as it is."""


YOU = "you"
"""The source of what a person changed by hand."""


class Added(NamedTuple):
    """What became of one paper that was handed to ``add``."""

    key: str
    new: bool
    """False when the library knew it; then only missing fields were filled in."""


class Row(NamedTuple):
    """A paper as a line of a list shows it; a tuple, because ten thousand of them are made at once."""

    key: str
    title: str
    byline: str
    year: int | None
    status: Status
    progress: float
    """How much was read, 0 to 1: the reading position, or 1 when the status is ``read``."""
    has_pdf: bool
    problem: str | None
    tags: tuple[str, ...]
    added: str
    """ISO 8601, UTC."""
    haystack: str
    """Key, title, authors, year, venue, ids and tags as :func:`~paperpath.library.folding.fold` leaves them."""


class SavedSearch(NamedTuple):
    """A query under a name."""

    name: str
    query: str


FeedKind = Literal["category", "search", "author", "citing"]
Verdict = Literal["kept", "dismissed", "later"]


class Subscription(NamedTuple):
    """Something that a person follows, and how its feed stands."""

    kind: FeedKind
    words: str
    """``cs.LG``, ``all:"graph neural network"``, ``Ann Kessel``, ``citing 1706.03762``, ``citing what I read``."""
    asked: str | None = None
    """When its feed last answered, ISO 8601, UTC."""
    through: str | None = None
    """The last day whose announcements have come, ISO 8601."""
    problem: str | None = None
    """Why it did not answer since."""


class CitationsAsked(NamedTuple):
    """When a service was last asked what cites a paper."""

    asked: str
    """ISO 8601, UTC."""
    requests: int
    """How many that took."""
    elsewhere: int
    """Citing papers of the last weeks that are not on arXiv."""


@dataclass(frozen=True, slots=True)
class News:
    """A paper that was announced."""

    paper: Paper
    later: bool
    """Whether it was never announced as new, only as a later version of a paper that was there before."""
    day: str
    """When it was announced, ISO 8601."""
    feeds: tuple[str, ...] = ()
    """The words of the subscriptions that told of it."""
    verdict: Verdict | None = None
    judged: int = 0
    """The version that the verdict is about."""
    seen: str = ""
    """When we heard of it first, ISO 8601, UTC."""


class Passage(NamedTuple):
    """A stretch of a paper's text for the full-text index."""

    kind: str
    """``text``, or what the parser calls it: ``caption``, ``footnote``, ``reference``; never ``paper`` or ``note``."""
    section: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as the library last saw it; the file ``notes/<key>.md`` is the user's."""

    text: str
    sha256: str
    """Of the text in UTF-8."""
    mtime_ns: int
    """Of the file when the text was kept; 0 if there was no file."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What ``undo`` or ``redo`` did."""

    change: Change
    notes: dict[str, tuple[str | None, str | None]]
    """Key → text of the note before and after, None for no note: the files that are to be written again."""
    renamed: dict[str, str]
    """Key → the one that the paper has now: the files that are to be moved."""
    files: Plan | None = None
    """What else is to be done to files; then that is all, and neither ``notes`` nor ``renamed`` says more of them."""
