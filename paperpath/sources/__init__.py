"""The outside world → papers and PDFs.

``SOURCES`` is the only place that lists what there is; a new source is a module and a row here. Importing this package
loads no HTTP client (about 0.2 s): a row imports its module when the first paper asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from paperpath.errors import BadInput
from paperpath.sources.base import (
    Access,
    Check,
    Progress,
    Receiving,
    Retrying,
    Source,
    Stop,
    Tell,
    Waiting,
    never,
    silent,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from paperpath.model import Paper, PaperId

__all__ = [
    "SOURCES",
    "Access",
    "Check",
    "Progress",
    "Receiving",
    "Retrying",
    "Row",
    "Source",
    "Sources",
    "Stop",
    "Tell",
    "Waiting",
    "never",
    "open_sources",
    "silent",
]


def _arxiv(access: Access) -> Source:
    from paperpath.sources.arxiv import ArxivSource

    return ArxivSource(access)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of sources."""

    name: str
    schemes: frozenset[str]
    """Kinds of :class:`PaperId` that it may know."""
    make: Callable[[Access], Source]
    searches: bool = False
    """Whether it finds papers by title."""


SOURCES: tuple[Row, ...] = (Row("arxiv", frozenset({"arxiv"}), _arxiv, searches=True),)


class Sources:
    """The sources of one run, each made when it is first needed and closed with the rest."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._open: dict[str, Source] = {}

    def of(self, paper_id: PaperId) -> Source:
        """The first source that may know ``paper_id``.

        Raises:
            BadInput: there is none.
        """
        for row in SOURCES:
            if paper_id.scheme in row.schemes and (source := self._source(row)).recognises(paper_id):
                return source
        known = ", ".join(row.name for row in SOURCES)
        raise BadInput(
            f"{paper_id} cannot be fetched: the sources are {known}. Import its .bib entry or add its PDF instead."
        )

    def search(self, title: str, *, tell: Tell = silent, stop: Stop = never) -> list[Paper]:
        """Papers with about this title, from every source that can search."""
        return [
            paper for row in SOURCES if row.searches for paper in self._source(row).search(title, tell=tell, stop=stop)
        ]

    def close(self) -> None:
        """Close every source that was opened."""
        while self._open:
            self._open.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _source(self, row: Row) -> Source:
        if row.name not in self._open:
            self._open[row.name] = row.make(self._access)
        return self._open[row.name]


def open_sources(access: Access) -> Sources:
    """The sources as ``access`` allows them; use it as a context manager."""
    return Sources(access)
