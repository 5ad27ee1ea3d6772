"""arXiv's Atom feeds: which answers to believe, and a day's memory of those.

The service answers wrongly in ways that look right: an empty feed for papers that exist, a captcha with status 200, XML
that stops in the middle (which the arxiv package's parser repairs into fewer papers), counts that change from one
request to the next. So a body is judged here before anybody reads it, and only a judged one is remembered.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from paperpath.errors import BadAnswer, NotAnId
from paperpath.ids import arxiv_id
from paperpath.sources.http import Again, Answer, Client, is_html
from paperpath.sources.xml_answers import unbelievable, whole, without_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from paperpath.model import PaperId
    from paperpath.sources.base import Stop, Tell

_NS = {"atom": "http://www.w3.org/2005/Atom", "search": "http://a9.com/-/spec/opensearch/1.1/"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """A believable feed."""

    ids: tuple[PaperId, ...]
    """With the versions that arXiv gives."""
    total: int
    """Of the whole search, of which the feed may be one page."""


class ApiError(Exception):
    """arXiv's own error entry, which comes with status 400; ``str`` is its text."""


def read_feed(body: bytes, *, most: int) -> Feed:
    """The ids in a feed of at most ``most`` entries.

    Raises:
        Again: nothing to believe.
        ApiError: arXiv says what was wrong with the request.
    """
    root = whole(body, b"</feed>", f"{{{_NS['atom']}}}feed", "Atom feed")
    entries = root.findall("atom:entry", _NS)
    names = [(entry.findtext("atom:id", "", _NS)).strip() for entry in entries]
    if any("api/errors" in name for name in names):
        raise ApiError(" ".join((entries[0].findtext("atom:summary", "", _NS)).split()) or "unknown error")
    try:
        ids = tuple(arxiv_id(name.split("/abs/", 1)[-1]) for name in names)
        total = int(root.findtext("search:totalResults", "", _NS))
        start = int(root.findtext("search:startIndex", "0", _NS))
    except (NotAnId, ValueError) as error:
        raise unbelievable("it names papers that cannot be") from error
    if len({paper_id.value for paper_id in ids}) < len(ids):
        raise unbelievable("it names a paper twice")
    if len(ids) != min(most, max(0, total - start)):
        raise unbelievable("it does not hold as many papers as it says")
    return Feed(ids, total)


def only_asked(feed: Feed, asked: Iterable[PaperId]) -> None:
    """Raise :class:`Again` if ``feed`` names, or counts, a paper that nobody asked for."""
    if feed.total != len(feed.ids):
        raise unbelievable("its counts contradict each other")
    if {paper_id.value for paper_id in feed.ids} - {paper_id.value for paper_id in asked}:
        raise unbelievable("it holds papers that nobody asked for")


class DayCache:
    """Judged answers of the last day, on disk, for all processes. Whatever befalls it, it only forgets."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "metadata.sqlite"
        self._store: Any = None

    def get(self, url: str) -> bytes | None:
        """The answer to ``url``, if it is remembered and fresh."""
        try:
            kept = self._open().get_response(_key(url))
            return None if kept is None or kept.is_expired else bytes(kept.content)
        except Exception:  # noqa: BLE001 - sqlite3's and the serializer's own errors: no cache must ever stop a fetch
            return None

    def keep(self, url: str, body: bytes) -> None:
        """Remember a judged answer for a day."""
        try:
            self._open().save_response(_response(url, body), _key(url), datetime.now(UTC) + _DAY)
        except Exception:  # noqa: BLE001 - a full or read-only disk, a locked or damaged file
            return

    def forget_old(self) -> None:
        """Drop what is older than a day."""
        try:
            self._open().delete(expired=True, vacuum=False)
        except Exception:  # noqa: BLE001 - as above
            return

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _open(self) -> Any:
        if self._store is None:
            from requests_cache.backends.sqlite import SQLiteCache

            # JSON, not the default pickle: reading a cache must not be able to run code.
            self._store = SQLiteCache(self._path, serializer="json", busy_timeout=2000)
        return self._store


class NoCache(DayCache):
    """Remembers nothing, for what has to be new."""

    def get(self, url: str) -> bytes | None:  # noqa: ARG002 - as above
        """Nothing."""
        return None

    def keep(self, url: str, body: bytes) -> None:
        """Keep nothing."""


class FeedSession:
    """What the arxiv package takes for its HTTP session: remembered or polite, and believable in any case."""

    def __init__(
        self, client: Client, cache: DayCache, judge: Callable[[bytes], bool], *, what: str, tell: Tell, stop: Stop
    ) -> None:
        self._client = client
        self._cache = cache
        self._judge = judge
        """Raises :class:`Again` on a body not to believe; whether it is worth remembering."""
        self._what = what
        self._tell = tell
        self._stop = stop

    def get(self, url: str, headers: object = None) -> requests.Response:  # noqa: ARG002 - the package names itself there
        """The answer to ``url``; status and content are all that the package reads."""
        body = self._remembered(url)
        if body is None:
            body = self._client.retrying(self._what, lambda: self._ask(url), tell=self._tell, stop=self._stop)
        return _response(url, body)

    def _remembered(self, url: str) -> bytes | None:
        body = self._cache.get(url)
        try:
            return body if body is not None and self._judge(body) else None
        except (Again, ApiError):
            return None

    def _ask(self, url: str) -> bytes:
        with self._client.open(url, {"Accept": "application/atom+xml"}, tell=self._tell, stop=self._stop) as answer:
            body = self._body(answer)
        complete = self._judge(body)
        if answer.status != 200:
            raise BadAnswer(f"{self._what} could not be fetched: the server answered {answer.status}.")
        if complete:
            self._cache.keep(url, body)
        return body

    def _body(self, answer: Answer) -> bytes:
        body = answer.body(self._tell)
        if is_html(body):
            if answer.status == 400:
                raise ApiError(re.sub(r"<[^>]+>|\s+", " ", body.decode(errors="replace")).strip()[:200])
            raise answer.refuse()
        return without_controls(body)


def _response(url: str, body: bytes) -> requests.Response:
    """An answer of requests that did not come over the wire just now."""
    raw = urllib3.HTTPResponse(io.BytesIO(body), status=200, preload_content=False, request_url=url)
    return HTTPAdapter().build_response(requests.Request("GET", url).prepare(), raw)


def _key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
