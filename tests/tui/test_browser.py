"""``paperpath serve`` as a person has it: the command, and Chromium with its page, by the DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pyte
import pytest

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

from aiohttp import ClientSession

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LIMIT = 120.0
"""Seconds for one thing to happen; all of it takes some, but the machine may be busy."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="a process is stopped in another way there"),
]


@contextlib.asynccontextmanager
async def running(*words: str, **options: Any) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(*words, **options)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class Page:
    """A page of a browser, and what its terminal shows: that is drawn on a canvas, so what it got is read."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._count = 0
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    async def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._count += 1
        await self._socket.send_json({"id": self._count, "method": method, "params": parameters})
        async for message in self._socket:
            answer = json.loads(message.data)
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self._event(answer["method"], answer["params"])
        raise AssertionError("the browser has gone")

    def _event(self, method: str, told: dict[str, Any]) -> None:
        if method == "Network.webSocketCreated":
            size = parse_qs(urlsplit(told["url"]).query)
            self._screen.resize(int(size["height"][0]), int(size["width"][0]))
            self._screen.reset()
        elif method == "Network.webSocketFrameReceived" and told["response"]["opcode"] == 2:
            self._stream.feed(base64.b64decode(told["response"]["payloadData"]))

    async def terminal(self) -> str:
        await self.value("0")  # what the browser has told in the meantime
        return "\n".join(self._screen.display)

    async def words(self) -> str:
        return str(await self.value("document.body?.innerText"))

    async def value(self, script: str) -> Any:
        return (await self.ask("Runtime.evaluate", expression=script, returnByValue=True))["result"].get("value")

    async def type(self, text: str) -> None:
        for letter in text:
            key = {"\r": "Enter"}.get(letter, letter)
            code = {"\r": 13}.get(letter, 0)
            await self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=letter, windowsVirtualKeyCode=code)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def wait_for(self, read: Callable[[], Awaitable[str]], words: str) -> None:
        seen = ""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LIMIT):
                while words not in (seen := await read()):
                    await asyncio.sleep(0.05)
        assert words in seen, f"{words!r} never came:\n{seen}"


@contextlib.asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Page]:
    """A headless Chromium with one empty page."""
    words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=1200,700"]
    words += [f"--user-data-dir={folder}", "--no-first-run", "--disable-background-networking", "about:blank"]
    quiet = asyncio.subprocess.DEVNULL
    async with running(str(CHROMIUM), *words, stdout=quiet, stderr=quiet), asyncio.timeout(LIMIT * 4):
        told = folder / "DevToolsActivePort"
        while not (told.is_file() and told.read_text().count("\n")):
            await asyncio.sleep(0.05)
        port = told.read_text().splitlines()[0]
        async with ClientSession() as session:
            pages: list[dict[str, str]] = []
            while not pages:
                listed = await (await session.get(f"http://127.0.0.1:{port}/json/list")).json()
                pages = [one for one in listed if one["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                await page.ask("Network.enable")
                yield page


async def test_a_session_in_a_browser(shelf_home: Path, tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PAPERPATH_")}
    serve = (sys.executable, "-m", "paperpath", "serve", "--no-open", "--port", "0", "--home", str(shelf_home))
    environ |= {"PAPERPATH_CACHE": str(tmp_path / "cache")}
    pipe = asyncio.subprocess.PIPE
    async with running(*serve, stdout=pipe, env=environ) as server, chromium(tmp_path / "profile") as page:
        assert server.stdout is not None
        address = (await asyncio.wait_for(server.stdout.readline(), LIMIT)).decode().strip()

        await page.ask("Page.navigate", url=address.rsplit("/", 2)[0] + "/")
        await page.wait_for(page.words, "ends in a secret")
        await page.ask("Page.navigate", url=address)
        await page.wait_for(page.terminal, "From zero to hero")
        await page.type(":analytical engines\r")
        await page.wait_for(page.terminal, "The engine weaves patterns.")
        loaded = await page.value("performance.getEntriesByType('resource').map(one => new URL(one.name).host)")
        assert {f"http://{host}" for host in loaded} == {address.rsplit("/", 2)[0]}

        await page.type("qq")
        await page.wait_for(page.words, "The program has ended.")
        await page.ask("Page.navigate", url=address)
        await page.wait_for(page.terminal, "From zero to hero")
        server.send_signal(signal.SIGINT)  # with a tab open
        assert await asyncio.wait_for(server.wait(), LIMIT) == 0
