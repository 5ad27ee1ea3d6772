"""The socket under an HTTP exchange, so that a stop or a stall can end a read that blocks.

A blocked ``recv`` notices nothing: a time-out per read is no help against a server that sends a byte now and then, and
a person who cancels would wait for a minute. A thread that watches the exchange shuts the socket down instead, which
the blocked read sees as its end at once. The way to the socket is the connection classes of urllib3's pools.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from types import TracebackType

    from urllib3.poolmanager import PoolManager, ProxyManager

    from paperpath.sources.base import Stop

_here = threading.local()


class Watch:
    """Watches the exchange that this thread makes inside it, and cuts it off on a stop or a stall."""

    def __init__(self, stop: Stop, stall: float) -> None:
        self._stop = stop
        self._stall = stall
        self._done = threading.Event()
        self._moved = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="paperpath-watch", daemon=True)
        self.socket: socket.socket | None = None
        self.cut = False
        """Whether the exchange was cut off; then what looks like the end of the body is none."""

    def moved(self) -> None:
        """Something came: the time for a stall starts anew."""
        self._moved = time.monotonic()

    def __enter__(self) -> Self:
        _here.watch = self
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _here.watch = None
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(0.1):
            if self.socket is not None and (self._stop() or time.monotonic() - self._moved > self._stall):
                self.cut = True
                # The base class on purpose: SSLSocket.shutdown pulls its state from under the thread that reads.
                with suppress(OSError):
                    socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
                return


def _seen(connection: HTTPConnection) -> None:
    watch: Watch | None = getattr(_here, "watch", None)
    if watch is not None:
        watch.socket = connection.sock


class _Plain(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _seen(self)


class _Secure(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _seen(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class WatchedAdapter(HTTPAdapter):
    """requests' adapter, without its retries (which know no gate) and with connections that a :class:`Watch` sees."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools for direct connections."""
        super().init_poolmanager(*args, **options)
        _watched(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **options: Any) -> ProxyManager:
        """Make the pools for connections through a proxy."""
        manager: ProxyManager = super().proxy_manager_for(*args, **options)
        _watched(manager)
        return manager


def _watched(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
