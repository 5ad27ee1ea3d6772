"""Asking a service what cites a paper: page by page, politely, and an answer is what the service documents or none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Self

from paperpath.errors import BadAnswer, NotFound
from paperpath.sources.base import Stop, Tell, never, silent
from paperpath.sources.http import Again, Client
from paperpath.sources.providers.base import NoAnswer
from paperpath.sources.providers.semantic_scholar import Citations, SemanticScholar, read_citations

if TYPE_CHECKING:
    from types import TracebackType

    from paperpath.model import PaperId
    from paperpath.sources.providers.asking import Services

MOST_PAGES = 3
"""Pages of 1,000 for one paper a day. Only the best known papers are cited so often in some weeks."""
_MOST_BYTES = 1 << 23


class Cited(NamedTuple):
    """What is known of the papers that cite one."""

    by: tuple[str, ...]
    """arXiv ids."""
    elsewhere: int
    """How many more are not on arXiv."""
    requests: int
    known: bool = True
    """Whether the service knows the paper itself."""


class CitationIndex:
    """Semantic Scholar, or a gateway to it; use it as a context manager."""

    def __init__(self, services: Services) -> None:
        self._provider = SemanticScholar()
        self._access = services.access(self._provider)
        self._client = Client(self._access)

    @property
    def shown(self) -> str:
        """The service's own name."""
        return self._provider.shown

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def of(self, paper: PaperId, since: str, *, tell: Tell = silent, stop: Stop = never) -> Cited:
        """What cites an arXiv id or DOI and was published since that day; nothing for a paper that is unknown there.

        Raises:
            SourceError: the service could not be asked, or its answer is none.
            Cancelled: ``stop`` said so.
        """
        by: dict[str, None] = {}
        elsewhere = offset = 0
        for requests in range(1, MOST_PAGES + 1):
            try:
                page = self._page(paper, since, offset, tell, stop)
            except NotFound:
                return Cited((), 0, requests, known=False)
            by |= dict.fromkeys(page.ids)
            elsewhere += page.elsewhere
            if page.next is None:
                break
            offset = page.next
        return Cited(tuple(by), elsewhere, requests)

    def _page(self, paper: PaperId, since: str, offset: int, tell: Tell, stop: Stop) -> Citations:
        url = self._access.url + self._provider.citations_request(paper, since, offset)
        shown = self._provider.shown

        def attempt() -> Citations:
            with self._client.open(url, {"Accept": "application/json"}, tell=tell, stop=stop) as answer:
                body = answer.body(tell, _MOST_BYTES)
                if answer.status != 200:
                    raise BadAnswer(f"{shown} did not understand the request (status {answer.status}).")
            try:
                return read_citations(json.loads(body), since, offset)
            except (ValueError, RecursionError, NoAnswer) as error:
                raise Again("the answer is not what the service documents", kind=BadAnswer, tries=2) from error

        return self._client.retrying(f"What {shown} knows to cite {paper}", attempt, tell=tell, stop=stop)
