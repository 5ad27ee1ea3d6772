"""The guard of the server for browsers: what comes without the secret, or under another name, gets nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

from aiohttp import ClientSession, WSServerHandshakeError, web
from aiohttp.test_utils import TestClient, TestServer

from paperpath.tui.serving import FILES, Site, is_loopback, is_ours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PROGRAM = "exec cat"
"""Stands for the interface: it is started with a socket, and ends with its input."""


@pytest.fixture
def site() -> Site:
    return Site(PROGRAM, "127.0.0.1", 0)


@pytest.fixture
async def client(site: Site) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with TestClient(TestServer(site.application())) as client:
        yield client


async def test_with_the_secret_the_page_and_its_files(site: Site, client: TestClient) -> None:  # type: ignore[type-arg]
    page = await client.get(f"/{site.token}/")
    text = await page.text()
    assert page.status == 200
    assert f'="ws://127.0.0.1:{client.port}/{site.token}/ws"' in text
    assert "//fonts." not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for name in FILES:
        assert f'="{name}"' in text
        assert len(await (await client.get(f"/{site.token}/{name}")).read()) > 1000
    for other in ("server.py", "..%2fserver.py", "images"):
        assert (await client.get(f"/{site.token}/{other}")).status == 404


async def test_without_it_nothing(site: Site, client: TestClient) -> None:  # type: ignore[type-arg]
    wrong = site.token[:-1] + ("A" if site.token[-1] != "A" else "B")
    for secret in ("x", wrong, site.token.swapcase(), "%00", "é", site.token + "x"):
        for rest in ("", "/", "/ws", "/textual.js", "/download/x", "/static/"):
            answer = await client.get(f"/{secret}{rest}", headers={"Upgrade": "websocket"}, allow_redirects=False)
            assert (answer.status, site.token in await answer.text()) == (403, False), (secret, rest)
    for path in ("/", f"/?token={site.token}", f"/x/../{site.token}x/", "/textual.js"):
        assert (await client.get(path)).status == 403
    with pytest.raises(WSServerHandshakeError) as refused:
        await client.ws_connect(f"/{wrong}/ws")
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.", "", "[::1"]
)
async def test_under_another_name_nothing(site: Site, client: TestClient, host: str) -> None:  # type: ignore[type-arg]
    answer = await client.get(f"/{site.token}/", headers={"Host": host})
    assert answer.status == 403
    with pytest.raises(WSServerHandshakeError):
        await client.ws_connect(f"/{site.token}/ws", headers={"Host": host})


async def test_a_foreign_page_gets_no_socket(site: Site, client: TestClient) -> None:  # type: ignore[type-arg]
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{client.port}", "http://127.0.0.1:1"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(f"/{site.token}/ws", headers={"Origin": origin})
        assert refused.value.status == 403


async def test_the_ticket_opens_the_page_once(site: Site, client: TestClient) -> None:  # type: ignore[type-arg]
    ticket = site.ticket
    async with ClientSession() as browser:
        first = await browser.get(client.make_url(f"/{ticket}/"))
        assert (first.status, first.url.path) == (200, f"/{site.token}/")
        assert (await browser.get(client.make_url(f"/{ticket}/"))).status == 403
    assert (await client.get("/ws")).status == 403


@pytest.mark.parametrize(
    ("header", "listening", "ours"),
    [
        ("localhost:9000", "127.0.0.1", True),  # a tunnel has a port of its own
        ("[::1]:8765", "::1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("192.168.0.7:8765", "127.0.0.1", False),
        ("192.168.0.7:8765", "0.0.0.0", True),
        ("desk.example:8765", "desk.example", True),
        ("evil.example", "0.0.0.0", False),
        ("2130706433", "127.0.0.1", False),
        ("evil@localhost:1", "127.0.0.1", True),  # no browser sends it, and it names us
        ("[v1.x]", "127.0.0.1", False),
    ],
)
def test_which_names_mean_us(header: str, listening: str, ours: bool) -> None:
    assert is_ours(header, listening) is ours


def test_what_is_loopback() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.0.7", "localhost.evil.example", "")))
