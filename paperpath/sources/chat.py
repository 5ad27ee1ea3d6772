"""One question to a language model behind an address that speaks as OpenAI's does, on this machine or elsewhere.

``POST URL/chat/completions`` with a model and messages is what Ollama, llama.cpp, vLLM, LM Studio and the paid services
answer. The user has named the address and pays for it, so that no gate spaces requests, and nothing is tried twice.
Redirects are not followed: the key is for the address that was named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from paperpath.errors import BadAnswer, BadSetting, Cancelled, Unreachable
from paperpath.sources.base import Stop, never

if TYPE_CHECKING:
    import requests

_MOST_BYTES = 1 << 20
_CONNECT = 10.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers; made once by a front end, from what the user set."""

    url: str
    """Up to and without ``/chat/completions``: ``http://localhost:11434/v1``."""
    model: str
    key: str = ""
    """Sent as a bearer token; empty for none."""
    seconds: float = 120.0
    """For the whole answer."""


def answer(endpoint: Endpoint, role: str, text: str, *, stop: Stop = never) -> str:
    """What the model says to ``text`` in this role.

    Raises:
        BadSetting: the address, the model or the key is refused, or the key cannot be sent.
        Unreachable: no connection, or no whole answer in time.
        BadAnswer: an answer that is none.
        Cancelled: ``stop`` said so.
    """
    if not (endpoint.key.isascii() and endpoint.key.isprintable()):
        raise BadSetting("PAPERPATH_ASK_KEY must be one line of plain ASCII, because it is sent in an HTTP header.")
    url = f"{endpoint.url}/chat/completions"
    body = {
        "model": endpoint.model,
        "messages": [{"role": "system", "content": role}, {"role": "user", "content": text}],
        "temperature": 0,
    }
    status, received = _post(endpoint, url, body, stop)
    _judge(endpoint, url, status, received)
    try:
        said = json.loads(received)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadAnswer(f"{url} does not answer as OpenAI's interface does. Check ask_url.") from error
    if not isinstance(said, str) or not said.strip():
        raise BadAnswer(f"The model {endpoint.model} gave an empty answer. Ask again, or try another ask_model.")
    return said.strip()


def _post(endpoint: Endpoint, url: str, body: dict[str, Any], stop: Stop) -> tuple[int, bytes]:
    import requests
    import urllib3

    from paperpath.sources.wire import Watch, WatchedAdapter

    host = urlsplit(url).netloc
    late = f"{host} gave no whole answer within {endpoint.seconds:g} s. Set ask_seconds higher, or try a smaller model."
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        # A model that thinks sends nothing and a slow one a byte now and then: neither outlasts the watch.
        with requests.Session() as session, Watch(stop, endpoint.seconds) as watch:
            for scheme in ("http://", "https://"):
                session.mount(scheme, WatchedAdapter())
            # A proxy, or a password in .netrc, is for the outside; and never in place of the key that was set.
            session.trust_env = urlsplit(url).hostname not in _LOOPBACK and not endpoint.key
            with session.post(
                url,
                json=body,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(min(_CONNECT, endpoint.seconds), endpoint.seconds),
            ) as response:
                received = _body(response)
                if watch.cut:  # a body without length or chunks ends as cleanly when it is cut off
                    raise requests.ConnectionError("cut off")
                return response.status_code, received
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        if stop():
            raise Cancelled("Stopped. Nothing was kept; ask again when you like.") from error
        # requests calls a read that timed out within the body a ConnectionError.
        timed_out = isinstance(error, requests.exceptions.Timeout) or "timed out" in str(error)
        if watch.cut or (timed_out and not isinstance(error, requests.exceptions.ConnectTimeout)):
            raise Unreachable(late) from error
        if isinstance(error, requests.exceptions.ConnectionError):
            raise Unreachable(f"Nothing answers at {host}. Is the model running, and is ask_url right?") from error
        raise Unreachable(f"The connection to {host} failed: {error}. Check ask_url and run it again.") from error


def _body(response: requests.Response) -> bytes:
    parts = bytearray()
    for chunk in response.iter_content(8192):
        parts += chunk
        if len(parts) > _MOST_BYTES:
            raise BadAnswer(f"{response.url} sends more than an answer. Check ask_url.")
    return bytes(parts)


def _judge(endpoint: Endpoint, url: str, status: int, received: bytes) -> None:
    """Raise what the status says, with the words of the server where it has some."""
    if status == 200:
        return
    told = _told(received)
    said = f" It says: {told}" if told else ""
    if status in (401, 403):
        missing = "is not accepted" if endpoint.key else "is needed"
        raise BadSetting(f"{url} answers {status}: a key {missing}. Put it into PAPERPATH_ASK_KEY.{said}")
    if status in (400, 404, 405, 422):
        raise BadSetting(f"{url} answers {status}. Check ask_url and ask_model ({endpoint.model}).{said}")
    if 300 <= status < 400:
        raise BadSetting(f"{url} sends one elsewhere ({status}), which is not followed. Set ask_url to that address.")
    if status == 429:
        raise Unreachable(f"{url} answers 429: too much was asked, or nothing is paid for. Ask again later.{said}")
    raise BadAnswer(f"{url} answers {status}. Ask again later.{said}")


def _told(received: bytes) -> str:
    try:
        error = json.loads(received)["error"]
        words = error["message"] if isinstance(error, dict) else error
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return " ".join(words.split())[:200] if isinstance(words, str) else ""
