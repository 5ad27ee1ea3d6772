"""Asking providers: politely, once a day for the same thing, and an answer is JSON or it is no answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from paperpath.errors import BadAnswer, NotFound
from paperpath.sources.base import Access, Stop, Tell, never, silent
from paperpath.sources.feeds import DayCache
from paperpath.sources.http import Again, Client
from paperpath.sources.providers.base import NoAnswer

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from paperpath.model import Paper
    from paperpath.sources.providers.base import Candidate, Provider

_MOST_BYTES = 1 << 23
_SEARCH = re.compile(r"[?&]q(?:uery[\w.]*)?=")
_NOBODY = b"null"
"""What is remembered of a provider that knows no such paper."""


@dataclass(frozen=True, slots=True)
class Services:
    """How the providers may be spoken to; made once by a front end."""

    url: str | None = None
    """A gateway that passes ``URL/crossref/works/…`` on to Crossref, and so on; None for the services themselves."""
    interval: float | None = None
    """Seconds between two requests to one service; None, or less than a service wants, means what it wants."""
    contact: str | None = None
    """A mail address for the User-Agent, and for services that ask for one."""
    cache: Path | None = None
    """Folder of the gates and of the answers of the last day."""

    def access(self, provider: Provider) -> Access:
        """Where ``provider`` is reached, and how often."""
        if self.url:
            interval = provider.interval if self.interval is None else self.interval
            return Access(f"{self.url.rstrip('/')}/{provider.name}", interval, self.contact, self.cache)
        return Access(provider.base, max(provider.interval, self.interval or 0.0), self.contact, self.cache)


class Asker:
    """Asks providers, each through a client and a gate of its own; use it as a context manager."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._clients: dict[str, Client] = {}
        self._cache: DayCache | None = None

    def ask(self, provider: Provider, paper: Paper, *, tell: Tell = silent, stop: Stop = never) -> list[Candidate]:
        """What ``provider`` says about ``paper``; nothing if it does not know it or there is nothing to ask with.

        Raises:
            SourceError: it could not be asked, or its answer is none.
            Cancelled: ``stop`` said so.
        """
        request = provider.request(paper, self._services.contact)
        if request is None:
            return []
        access = self._services.access(provider)
        url = access.url + request
        client = self._client(provider, access)
        cache = self._day_cache(client)
        body = cache.get(url)
        if body is not None and (found := _read(provider, body, paper)) is not None:
            return found

        def attempt() -> bytes:
            with client.open(url, {"Accept": "application/json"}, tell=tell, stop=stop) as answer:
                received = answer.body(tell, _MOST_BYTES)
                if answer.status != 200:
                    raise BadAnswer(f"{provider.shown} did not understand the request (status {answer.status}).")
            if _read(provider, received, paper) is None:
                raise Again("the answer is not what the service documents", kind=BadAnswer, tries=2)
            return received

        what = f"What {provider.shown} knows about {paper.key or paper.title}"
        try:
            body = client.retrying(what, attempt, tell=tell, stop=stop)
        except NotFound as error:
            if _SEARCH.search(request):  # a search that finds nothing says so with 200
                raise BadAnswer(f"{provider.shown} does not answer at {access.url}. Check services_url.") from error
            body = _NOBODY
        cache.keep(url, body)
        return _read(provider, body, paper) or []

    def close(self) -> None:
        """Let go of connections and of the cache."""
        while self._clients:
            self._clients.popitem()[1].close()
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _client(self, provider: Provider, access: Access) -> Client:
        if provider.name not in self._clients:
            self._clients[provider.name] = Client(access)
        return self._clients[provider.name]

    def _day_cache(self, client: Client) -> DayCache:
        if self._cache is None:
            self._cache = DayCache(client.folder)
            self._cache.forget_old()
        return self._cache


def _read(provider: Provider, body: bytes, paper: Paper) -> list[Candidate] | None:
    """The candidates in a body; None if it is no answer of this provider."""
    if body == _NOBODY:
        return []
    try:
        answer: Any = json.loads(body)
        return provider.candidates(answer, paper)
    except (ValueError, RecursionError, NoAnswer):
        return None
