"""The one polite client: who we are, when we may send, what a failure means and whether to try again.

Every request of every source goes through :meth:`Client.open`, hop by hop when the server redirects, and every hop
takes a turn at the gate. The loop of tries is our own, because the usual ones break the rule they should keep:
urllib3's ``Retry`` was measured to send again after 0.003 s and the arxiv package after 0.01 s, both without a thought
for other processes.
"""

from __future__ import annotations

import random
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from paperpath import __version__
from paperpath.errors import BadAnswer, Cancelled, NotFound, Refused, SourceError, Unreachable
from paperpath.sources.base import ARXIV_INTERVAL, Access, Receiving, Retrying, Stop, Tell, under_arxiv
from paperpath.sources.folders import shared_folder
from paperpath.sources.gate import PATIENCE, Gate, Turn
from paperpath.sources.wire import Watch, WatchedAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

TRIES = 8
"""Tries per request; at arXiv's interval they are spread over up to four minutes."""
TRIES_OFFLINE = 3
"""Tries when not even a connection came about: a person without network should hear so soon."""
HOPS = 5
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 8192
_CAPTCHA = re.compile(rb"captcha|are you (?:a )?(?:human|robot)|access denied", re.I)
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.I)


class Again(Exception):
    """A failure that may pass: :meth:`Client.retrying` tries again and turns the last one into an error for people."""

    def __init__(
        self,
        why: str,
        *,
        kind: type[SourceError] = Unreachable,
        after: float = 0.0,
        tries: int = TRIES,
        advice: str = "Run it again later.",
    ) -> None:
        super().__init__(why)
        self.why = why
        """Completes "It failed because …"."""
        self.kind = kind
        self.after = after
        """Seconds that the server asked for."""
        self.tries = tries
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds."""

    connect: float = 10.0
    read: float = 60.0
    """For the headers, and between two pieces of a body: arXiv was seen to think for minutes before a 429."""
    stall: float = 60.0
    """For the next 8 KiB of a body: a server that drips bytes never runs into ``read``."""

    @classmethod
    def scaled(cls, interval: float) -> Patience:
        """The usual patience at arXiv's interval, proportionally less (but 4 s at least) at a shorter one."""
        scale = min(1.0, interval / ARXIV_INTERVAL)
        return cls(max(4.0, 10.0 * scale), max(4.0, 60.0 * scale), max(4.0, 60.0 * scale))


class Answer:
    """An answer whose headers are here and whose body is still to be read, inside its turn at the gate."""

    def __init__(self, response: requests.Response, url: str, beginning: bytes, turn: Turn, watch: Watch) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.url = url
        """Where it came from in the end, after redirects."""
        self._response = response
        self._beginning = beginning
        self._turn = turn
        self._watch = watch

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces, as they come."""
        if self._beginning:
            yield self._beginning
        for chunk in self._response.iter_content(_CHUNK):
            self._watch.moved()
            yield chunk
        if self._watch.cut:  # a body without length or chunks ends as cleanly when it is cut off
            raise requests.ConnectionError("cut off")

    def body(self, tell: Tell, most: int = 1 << 26) -> bytes:
        """The whole body; more than ``most`` bytes are no answer to anything we ask."""
        parts = bytearray()
        for chunk in self.chunks():
            parts += chunk
            tell(Receiving(len(parts), None))
            if len(parts) > most:
                raise Again(f"the answer is larger than {most >> 20} MB", kind=BadAnswer)
        return bytes(parts)

    def refuse(self) -> Refused:
        """The error for a body that turns out to be a captcha; from now on every program of the user stops."""
        return self._turn.refuse()


class Client:
    """Speaks to one host and its family, for one kind of answer at a time. Safe to share between threads."""

    def __init__(self, access: Access, *, patience: Patience | None = None) -> None:
        self.folder = shared_folder(access.cache)
        self._base = urlsplit(access.url)
        self._patience = patience or Patience.scaled(access.interval)
        host = self._base.hostname or ""
        family = "arxiv.org" if under_arxiv(host) else f"{host}_{self._base.port or self._base.scheme}"
        self.gate = Gate(self.folder, family, access.interval)
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter())
        # A proxy of the environment is for the outside; a stand-in on this machine must be reached directly.
        self._session.trust_env = host not in ("127.0.0.1", "::1", "localhost")
        contact = f"; mailto:{access.contact}" if access.contact else ""
        self._session.headers["User-Agent"] = f"paperpath/{__version__} (+https://pypi.org/project/paperpath/{contact})"
        # No second connection may be open, not even an idle one that another process does not know of.
        self._session.headers["Connection"] = "close"

    def close(self) -> None:
        """Let go of the session."""
        self._session.close()

    @contextmanager
    def open(self, url: str, headers: dict[str, str], *, tell: Tell, stop: Stop) -> Iterator[Answer]:
        """One request and, inside the ``with``, its answer: 200, 206, 400 or 416; any other one is an error.

        Raises:
            Again: it may pass; only inside :meth:`retrying`.
            NotFound: 404 or 410.
            Refused: 403 or a captcha, now or before.
            BadAnswer: an answer that will not get better.
            Cancelled: ``stop`` said so.
        """
        seen = {url}
        for _hop in range(HOPS + 1):
            with self.gate.turn(tell=tell, stop=stop) as turn, Watch(stop, self._patience.stall) as watch:
                try:
                    with self._send(url, headers) as response:
                        after = _retry_after(response.headers.get("Retry-After"))
                        turn.answered(after, "the server asked for a rest")
                        watch.moved()
                        if response.status_code not in _REDIRECTS:
                            beginning = self._judge(response, turn, after)
                            yield Answer(response, url, beginning, turn, watch)
                            return
                        url = self._redirected(url, response)
                except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                    if stop():
                        raise Cancelled("Stopped. Run it again to go on from here.") from error
                    raise self._failure(error, stalled=watch.cut) from error
            if url in seen:
                raise Again("the server redirects in a circle", kind=BadAnswer)
            seen.add(url)
        raise Again(f"the server redirects more than {HOPS} times", kind=BadAnswer)

    def retrying(self, what: str, attempt: Callable[[], T], *, tell: Tell, stop: Stop) -> T:
        """What ``attempt`` returns, tried again as long as it raises :class:`Again` and hope is left.

        The wait grows twofold with each try and is drawn at random below that (full jitter), so that programs that
        failed together do not come back together; it is never shorter than the interval or what the server asked for.

        Args:
            what: names the thing that is wanted, as the subject of "… could not be fetched".
        """
        interval = self.gate.interval
        tried = 0
        while True:
            tried += 1
            try:
                return attempt()
            except Again as again:
                tries = min(again.tries, TRIES)
                if again.after > PATIENCE:
                    self.gate.check()  # raises: the rest it asked for is in the stamp
                if tried >= tries:
                    times = "once" if tried == 1 else f"{tried} times"
                    raise again.kind(
                        f"{what} could not be fetched: {again.why} (tried {times}). {again.advice}"
                    ) from again
                backoff = min(20 * interval, interval * 2**tried)
                seconds = max(interval, again.after, random.uniform(0, backoff))  # noqa: S311 - jitter, not a secret
                tell(Retrying(again.why, seconds, tried, tries))
                self.gate.wait(seconds, again.why, tell=tell, stop=stop)

    def _send(self, url: str, headers: dict[str, str]) -> requests.Response:
        return self._session.get(
            url,
            headers=headers,
            stream=True,
            allow_redirects=False,
            timeout=(self._patience.connect, self._patience.read),
        )

    def _judge(self, response: requests.Response, turn: Turn, after: float) -> bytes:
        """Raise what the status alone decides; of what the caller can use, the part of the body that was looked at."""
        status = response.status_code
        html = "html" in response.headers.get("Content-Type", "").lower()
        # Nothing we ask for is a web page: with status 200 it is the captcha, with another it may be one.
        page = next(response.iter_content(1 << 16), b"") if html and status not in (200, 206, 403, 404, 410) else b""
        if status == 403 or (html and status in (200, 206)) or _CAPTCHA.search(page):
            raise turn.refuse()
        if status in (404, 410):
            raise NotFound(
                f"The server knows no {response.url} (status {status}). Check the id and the server's address."
            )
        if status in TRANSIENT:
            raise Again(f"the server answered {status} {response.reason or ''}".rstrip(), after=after)
        if status not in (200, 206, 400, 416):
            raise BadAnswer(f"The server answered {response.url} with status {status}. Look at the page in a browser.")
        return page

    def _redirected(self, url: str, response: requests.Response) -> str:
        location = response.headers.get("Location", "")
        try:
            target = urljoin(url, location)
            parts, base = urlsplit(target), self._base
            arxivs_own = parts.scheme == "https" and parts.port in (None, 443) and under_arxiv(parts.hostname or "")
        except ValueError:  # "http://[" or a port that is none
            followed = False
        else:
            same = (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
            followed = same or (arxivs_own and under_arxiv(base.hostname or ""))
        if not followed:
            raise BadAnswer(
                f"The server redirects {url} to {location!r}, where it is not followed. Look at the page in a browser."
            )
        return target

    def _failure(self, error: Exception, *, stalled: bool) -> SourceError | Again:
        host = self._base.netloc
        if stalled:
            return Again("the answer came to a standstill")
        if isinstance(error, requests.exceptions.SSLError):
            return Unreachable(f"No safe connection to {host}: {error}. Check the clock and the certificates here.")
        if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
            return Unreachable(f"{host} cannot be reached: {error}. Check the address and the proxy settings.")
        if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError) or _never_connected(
            error
        ):
            advice = "Check the network and run it again."
            return Again(f"there was no connection to {host}", tries=TRIES_OFFLINE, advice=advice)
        if isinstance(error, requests.exceptions.Timeout) or "timed out" in str(error):
            return Again("the server took too long to answer")
        return Again("the connection broke off")


def is_html(beginning: bytes) -> bool:
    """Whether a body that claims to be something else is a web page."""
    return _HTML.match(beginning) is not None


def _never_connected(error: Exception) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), urllib3.exceptions.NewConnectionError)


def _retry_after(value: str | None) -> float:
    """Seconds that a Retry-After header asks for, given as a number or as a date; 0 without one, a week at most."""
    if not value:
        return 0.0
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return 0.0
    return max(0.0, min(seconds, 7 * 86400.0))
