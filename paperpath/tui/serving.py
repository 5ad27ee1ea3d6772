"""The interface in a browser: a small web server that runs the program in a process of its own for each tab.

textual-serve brings the terminal for the browser and the pipe between the two; it serves whoever asks. A library holds
what somebody thinks about what they read, and the program can write files, so here nothing at all is answered without

- a secret in the address, new in each run, compared in constant time (:func:`guard`);
- a ``Host`` that can only mean this machine. A page on the web may let its own name resolve to 127.0.0.1 and would then
  be of the same origin as we are (DNS rebinding); its requests still carry that name;
- for the socket, an ``Origin`` that is our own page.

The secret stands in the path, not in a cookie: cookies of 127.0.0.1 go to every server on every port of it. What the
page may load is said in its headers: our two files, nothing from elsewhere, and no address is told to anybody. The
page is our own, because textual-serve's asks Google for a font.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import secrets
import signal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import textual_serve
from aiohttp import web
from textual_serve.server import Server

from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.typedefs import Handler, Middleware

FILES = {"textual.js": "js/textual.js", "xterm.css": "css/xterm.css"}
"""What the page loads → where textual-serve keeps it; no other file of it is served."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
PATIENCE = 2.0
"""Seconds that open tabs get to end their programs when the server stops; what they changed is saved as it is made."""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>paperpath</title>
<link rel="stylesheet" href="xterm.css">
<script src="textual.js"></script>
<style>
body {{ background: #0c181f; color: #dfe6ea; margin: 0; overflow: hidden; }}
#terminal {{ width: 100vw; height: 100vh; }}
#ended {{ display: none; position: absolute; inset: 0; z-index: 10; background: #0c181f; font: 1.2em sans-serif; }}
body.-closed #ended {{ display: grid; place-content: center; text-align: center; }}
#ended a {{ color: #7fc8f8; }}
</style>
</head>
<body>
<div id="ended" role="status"><p>The program has ended.</p><p><a href=".">Start it again</a></p></div>
<div id="terminal" class="textual-terminal" data-session-websocket-url="{socket}" data-font-size="16"></div>
<script nonce="{nonce}">
new MutationObserver((_, it) => {{  // what is typed goes to the program, without a click before
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) {{ keys.focus(); it.disconnect(); }}
}}).observe(document.getElementById("terminal"), {{ childList: true, subtree: true }});
</script>
</body>
</html>
"""


class Site(Server):
    """What is served, behind its guard."""

    def __init__(self, command: str, host: str, port: int) -> None:
        """``command`` is the line of the shell that starts the program; ``host`` is where to listen."""
        super().__init__(command, host=host, port=port, title="paperpath")
        self.token = secrets.token_urlsafe(32)
        self.ticket = secrets.token_urlsafe(32)
        """Opens the page once. It is what the browser is started with: all users of a machine see command lines."""
        self._tabs: set[asyncio.Task[object]] = set()

    def address(self, port: int, secret: str) -> str:
        """Where the page is. A server that listens everywhere is named as this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - named, not listened to
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/{secret}/"

    def application(self) -> web.Application:
        """The routes; the guard has seen each request before they do."""
        app = web.Application(middlewares=[guard(self)])
        app.add_routes(
            [
                web.get("/{secret}/", self.handle_page),
                web.get("/{secret}/ws", self.handle_websocket),
                web.get("/{secret}/{file}", self.handle_file),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The program of one tab, from its start to its end."""
        task = asyncio.current_task()
        assert task is not None
        self._tabs.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._tabs.discard(task)

    async def on_shutdown(self, app: web.Application) -> None:
        """End the programs now: left to itself, aiohttp waits for each tab to say something (5 s)."""
        del app
        for task in self._tabs:
            task.cancel()
        if self._tabs:
            await asyncio.wait(self._tabs, timeout=PATIENCE)

    async def handle_page(self, request: web.Request) -> web.Response:
        """The page with the terminal."""
        socket = f"ws://{request.host}/{self.token}/ws"
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; connect-src 'self' {socket};"
            " style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )
        return web.Response(
            text=PAGE.format(socket=escape(socket), nonce=nonce),
            content_type="text/html",
            headers={"Content-Security-Policy": policy},
        )

    async def handle_file(self, request: web.Request) -> web.StreamResponse:
        """One of the two files of the page."""
        name = FILES.get(request.match_info["file"])
        if name is None:
            raise web.HTTPNotFound
        return web.FileResponse(Path(textual_serve.__path__[0]) / "static" / name)


def guard(site: Site) -> Middleware:
    """The middleware that every request passes, also one for a place that does not exist."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get("Host", "")
        if not is_ours(host, site.host):
            raise web.HTTPForbidden(text="This server answers under the address that it printed, and no other.")
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            raise web.HTTPForbidden(text="This server answers its own page alone.")
        said = request.path.split("/", 2)[1].encode()
        if secrets.compare_digest(said, site.ticket.encode()):
            site.ticket = secrets.token_urlsafe(32)
            raise web.HTTPSeeOther(f"/{site.token}/", headers=_HEADERS)
        if not secrets.compare_digest(said, site.token.encode()):
            raise web.HTTPForbidden(text="Open the whole address that `paperpath serve` printed: it ends in a secret.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    return check


_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def is_loopback(host: str) -> bool:
    """Whether a server that listens at ``host`` can be reached from this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_ours(header: str, listening: str) -> bool:
    """Whether the ``Host`` of a request may mean us: a loopback name, or else the name or any number we listen at.

    A number cannot be rebound, so that a server for more than this machine takes any. The port is not compared: through
    a tunnel (``ssh -L 9000:localhost:8765``) it is another.
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:  # "[::1"
        return False
    if name in (*LOOPBACK_NAMES, listening.lower()):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return not is_loopback(listening)


async def serve(site: Site, ready: Callable[[str, str], None]) -> None:
    """Serve until Ctrl-C or a ``SIGTERM``; the programs of open tabs end with the server.

    Args:
        site: what to serve.
        ready: told the address of the page, and one that opens it once, when the server listens.

    Raises:
        BadInput: there is no listening at that host and port.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C cancels us instead
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(site.application(), access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, site.host, site.port).start()
        port = runner.addresses[0][1]
        ready(site.address(port, site.token), site.address(port, site.ticket))
        await stop.wait()
    except OSError as error:
        raise BadInput(_no_listening(error, site)) from error
    finally:
        await runner.cleanup()


def _no_listening(error: OSError, site: Site) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {site.port} is taken, perhaps by another `paperpath serve`. Choose one, or --port 0 for any free."
    if error.errno == errno.EACCES:
        return f"Port {site.port} is for the system's own servers. Choose one from 1024 on, or --port 0 for any free."
    return f"There is no listening at {site.host}, port {site.port}: {error.strerror or error}."
