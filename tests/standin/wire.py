"""Connections of the stand-in: a log of every arrival, and answers put on the wire byte by byte.

Written on ``http.server`` for the parsing of requests only, because half of the answers have to be wrong.
"""

from __future__ import annotations

import json
import os
import select
import socket
import socketserver
import struct
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tests.standin.faults import CUT, Plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.standin.papers import Papers

_CHUNK = 16384
_HALVES = ("chunk-cut", "stall", "drip", CUT)
"""Faults after which half of a body has come."""


@dataclass
class Settings:
    """What can be set from the command line and, but for the papers, while it runs."""

    interval: float = 0.0
    """Arrivals closer together than this are marked as early."""
    shape: str = "2026"
    rate: float = 0.0
    """Bytes of a PDF per second; 0 for as fast as it goes."""
    retry_after: str = "1"
    late: float = 0.3
    """Seconds before a late answer."""
    log: Path | None = None
    day: str = ""
    """Of what is announced, ISO 8601; empty for today."""
    page: int = 3500
    """Records on a page of OAI-PMH."""
    announced: list[str] = field(default_factory=list)
    """arXiv ids that the feeds announce; empty for all papers."""
    answers: dict[str, Any] = field(default_factory=dict)
    """What other services than arXiv answer: path → JSON, found with and without the query; 404 for the rest."""
    citations: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What cites a paper, by arXiv id or DOI, as :func:`tests.standin.citations.citing` makes it; 404 for the rest."""
    citations_page: int = 1000
    """Citing papers on a page."""


@dataclass
class Log:
    """Arrivals in order, and the connections that are open."""

    arrivals: list[dict[str, Any]] = field(default_factory=list)
    connections: int = 0
    open: dict[int, socket.socket] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def summary(self) -> dict[str, Any]:
        with self.lock:
            return {
                "requests": len(self.arrivals),
                "early": sum(a["early"] for a in self.arrivals),
                "most_open": max((a["open"] for a in self.arrivals), default=0),
                "arrivals": self.arrivals,
            }


class Server(socketserver.ThreadingTCPServer):
    """One stand-in on a port of the loopback."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64
    block_on_close = False

    def __init__(self, handler: type[Wire], papers: Papers, plan: Plan, settings: Settings, port: int = 0) -> None:
        self.papers = papers
        self.plan = plan
        self.settings = settings
        self.log = Log()
        super().__init__(("127.0.0.1", port), handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what this server is for."""


class Wire(BaseHTTPRequestHandler):
    """One connection, with one request on it."""

    server: Server
    protocol_version = "HTTP/1.1"
    number = 0
    """Of the connection, from 1; 0 as long as nothing but the tests' own requests came over it."""
    arrival: dict[str, Any]

    # -------------------------------------------------------------------------- arrivals

    def parse_request(self) -> bool:
        arrived = time.monotonic()  # the request line is here
        self.close_connection = True
        if not super().parse_request():
            return False
        if not self.path.startswith("/_"):
            self._note(arrived)
        return True

    def finish(self) -> None:
        if self.number:
            with self.server.log.lock:
                del self.server.log.open[self.number]
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The log is kept elsewhere."""

    def _note(self, arrived: float) -> None:
        log, parts = self.server.log, urlsplit(self.path)
        with log.lock:
            if not self.number:
                log.connections += 1
                self.number = log.connections
                log.open[self.number] = self.connection
            gap = arrived - log.arrivals[-1]["time"] if log.arrivals else None
            self.arrival = {
                "time": arrived,
                "gap": gap,
                "early": gap is not None and gap < self.server.settings.interval,
                "connection": self.number,
                # One whose client has closed its end is over, though its thread here may not have noticed yet.
                "open": sum(not _closed(connection, 0) for connection in log.open.values()),
                "method": self.command,
                "path": unquote(parts.path),
                "query": parts.query,
                "headers": dict(self.headers.items()),
                "fault": None,
                "status": None,
                "sent": 0,
            }
            log.arrivals.append(self.arrival)

    # -------------------------------------------------------------------------- bytes

    def send(
        self,
        status: int,
        text: str,
        kind: str,
        extra: Mapping[str, str] | None = None,
        fault: str | None = None,
    ) -> None:
        body = text.encode()
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(body)), **(extra or {})})
        if self.command == "HEAD":
            return
        cut = len(body) // 2 if fault in _HALVES else len(body)
        self._put(body[:cut])
        self._linger(fault, body[cut:])

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        if self.number:
            self.arrival["status"] = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def _put(self, data: bytes) -> None:
        if self.command == "HEAD":
            return
        self.wfile.write(data)
        if self.number:
            self.arrival["sent"] += len(data)
            if self.server.settings.rate and len(data) > 1000:
                self.wait(len(data) / self.server.settings.rate)

    def _linger(self, fault: str | None, rest: bytes) -> None:
        """What follows half a body: the end, silence, or bytes now and then."""
        if fault == "stall":
            self.wait(120)
        if fault == "drip":
            for place in range(len(rest)):
                self.wait(0.02)
                self._put(rest[place : place + 1])

    def reset(self) -> None:
        """Break the connection off."""
        self.arrival["status"] = 0
        at_once = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)  # close with a reset instead of an end
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self.connection.close()
        self.close_connection = True

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if _closed(self.connection, min(left, 0.5)):
                raise ConnectionError("the client is gone")

    def write_log(self) -> None:
        if self.server.settings.log is not None:
            with self.server.log.lock, self.server.settings.log.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(self.arrival) + "\n")

    def sized(self, status: int, body: bytes, headers: dict[str, str], fault: str | None) -> None:
        self._head(status, {"Content-Type": "application/pdf", "Content-Length": str(len(body)), **headers})
        cut = len(body) // 2 if fault in (*_HALVES, "clean-end", "short-length", "short-body") else len(body)
        for piece in _pieces(body[:cut]):
            self._put(piece)
        self._linger(fault, body[cut:])

    def chunked(self, body: bytes, headers: dict[str, str], fault: str | None) -> None:
        self._head(200, {"Content-Type": "application/pdf", "Transfer-Encoding": "chunked", **headers})
        cut = len(body) // 2 if fault in _HALVES else len(body)
        for piece in _pieces(body[:cut]):
            self._put(b"%x\r\n%b\r\n" % (len(piece), piece))
        if fault in _HALVES:
            self._put(b"%x\r\n" % (len(body) - cut))
            self._put(body[cut : cut + 100])
            self._linger(fault, body[cut + 100 :])
        else:
            self._put(b"0\r\n\r\n")


def _closed(connection: socket.socket, seconds: float) -> bool:
    """Whether the client closes its end within so many seconds."""
    try:
        readable, _, _ = select.select([connection], [], [], seconds)
        return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):  # reset, or closed here already
        return True


def _pieces(body: bytes) -> list[bytes]:
    return [body[i : i + _CHUNK] for i in range(0, len(body), _CHUNK)]
