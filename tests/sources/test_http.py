"""The client's reading of answers: what passes, what is tried again, what ends everything."""

from __future__ import annotations

import random
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest

from paperpath import __version__
from paperpath.errors import BadAnswer, Cancelled, NotFound, Refused, Unreachable
from paperpath.sources.base import Access, Progress, Retrying, never, silent
from paperpath.sources.http import Again, Client, Patience, _retry_after
from paperpath.sources.wire import WatchedAdapter
from tests.sources.conftest import ATTENTION, INTERVAL, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from paperpath.sources.arxiv import ArxivSource
    from tests.standin import StandIn


@pytest.fixture
def client(arxiv: StandIn, tmp_path: Path) -> Iterator[Client]:
    client = Client(Access(url=arxiv.url, interval=INTERVAL, cache=tmp_path), patience=QUICK)
    yield client
    client.close()


def fetch(client: Client, url: str, tell: Callable[[Progress], None] = silent) -> bytes:
    def attempt() -> bytes:
        with client.open(url, {}, tell=tell, stop=never) as answer:
            return answer.body(tell)

    return client.retrying("The page", attempt, tell=tell, stop=never)


def test_we_say_who_we_are_and_keep_no_connection(source: ArxivSource, arxiv: StandIn) -> None:
    source.metadata([ATTENTION])
    headers = arxiv.log().arrivals[0].headers
    assert headers["User-Agent"].startswith(f"paperpath/{__version__} (+https://")
    assert headers["User-Agent"].endswith("; mailto:me@example.org)")
    assert headers["Connection"] == "close"


@pytest.mark.parametrize(
    "fault", ["429", "429-retry-after", "429-late", "503", "503-zero", "500", "reset", "redirect-loop", "stall"]
)
def test_what_may_pass_is_tried_again_after_the_interval(client: Client, arxiv: StandIn, fault: str) -> None:
    arxiv.reset([f"{fault}:2"])
    told: list[Progress] = []
    body = fetch(client, f"{arxiv.url}/api/query?id_list=1706.03762", told.append)
    assert body.endswith(b"</feed>\n")
    log = arxiv.log()
    assert [arrival.fault for arrival in log.arrivals] == [fault, fault, None]
    assert log.early == 0
    assert log.most_open == 1
    retries = [step for step in told if isinstance(step, Retrying)]
    assert [(step.attempt, step.attempts) for step in retries] == [(1, 8), (2, 8)]
    if fault == "429-retry-after":
        assert all(step.seconds >= 0.05 for step in retries)


def test_after_eight_tries_it_is_unreachable_and_says_why(client: Client, arxiv: StandIn) -> None:
    arxiv.reset(["503"])
    with pytest.raises(Unreachable, match=r"^The page could not be fetched: .*503.* \(tried 8 times\)\. Run it again"):
        fetch(client, f"{arxiv.url}/api/query?id_list=1706.03762")
    assert len(arxiv.log()) == 8


def test_a_circle_of_redirects_is_a_bad_answer(client: Client, arxiv: StandIn) -> None:
    arxiv.reset(["redirect-loop"])
    with pytest.raises(BadAnswer, match=r"in a circle"):
        fetch(client, f"{arxiv.url}/api/query?id_list=1706.03762")
    assert len(arxiv.log()) == 8


def test_a_redirect_takes_a_turn_of_its_own(client: Client, arxiv: StandIn) -> None:
    assert fetch(client, f"{arxiv.url}/pdf/2001.00001v1.pdf").startswith(b"%PDF")
    log = arxiv.log()
    assert log.paths() == ["/pdf/2001.00001v1.pdf", "/pdf/2001.00001v1"]
    assert log.early == 0


def test_a_redirect_to_another_host_is_not_followed(client: Client, arxiv: StandIn) -> None:
    arxiv.reset(["redirect-away"])
    with pytest.raises(BadAnswer, match=r"where it is not followed"):
        fetch(client, f"{arxiv.url}/api/query?id_list=1706.03762")
    assert len(arxiv.log()) == 1


@pytest.mark.parametrize(
    ("base", "target", "followed"),
    [
        ("https://export.arxiv.org", "https://arxiv.org/pdf/1706.03762", True),
        ("https://export.arxiv.org", "/pdf/1706.03762", True),
        ("https://export.arxiv.org", "http://arxiv.org/pdf/1706.03762", False),
        ("https://export.arxiv.org", "https://arxiv.org:8443/pdf/1706.03762", False),
        ("https://export.arxiv.org", "https://arxiv.org.example.net/", False),
        ("https://export.arxiv.org", "file:///etc/passwd", False),
        ("https://export.arxiv.org", "https://arxiv.org:port/x", False),
        ("https://export.arxiv.org", "https://[arxiv.org/x", False),
        ("http://export.arxiv.org", "https://export.arxiv.org/x", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/x", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8001/x", False),
        ("http://127.0.0.1:8000", "https://arxiv.org/pdf/1706.03762", False),
    ],
)
def test_redirects_stay_in_the_family(base: str, target: str, followed: bool, tmp_path: Path) -> None:
    import requests

    client = Client(Access(url=base, cache=tmp_path))
    response = requests.Response()
    response.headers["Location"] = target
    try:
        assert client._redirected(f"{base}/pdf/x", response).endswith(target.rsplit("/", 1)[-1])
    except BadAnswer:
        assert not followed
    else:
        assert followed
    client.close()


@pytest.mark.parametrize(("fault", "error"), [("400", None), ("404", NotFound)])
def test_on_400_and_404_there_is_exactly_one_request(
    client: Client, arxiv: StandIn, fault: str, error: type[Exception] | None
) -> None:
    arxiv.reset([fault])
    url = f"{arxiv.url}/api/query?id_list=1706.03762"
    if error is None:
        assert b"400" in fetch(client, url)  # whoever asked reads the reason from the body
    else:
        with pytest.raises(error):
            fetch(client, url)
    assert len(arxiv.log()) == 1


@pytest.mark.parametrize("fault", ["403", "captcha"])
def test_a_403_or_a_captcha_stops_everything(
    client: Client, arxiv: StandIn, open_source: Callable[..., ArxivSource], tmp_path: Path, fault: str
) -> None:
    arxiv.reset([f"{fault}:1"])
    with pytest.raises(Refused) as error:
        fetch(client, f"{arxiv.url}/api/query?id_list=1706.03762")
    other = open_source(cache=tmp_path)
    with pytest.raises(Refused) as again:
        other.metadata([ATTENTION])
    with pytest.raises(Refused):
        other.pdf(ATTENTION, tmp_path / "paper.pdf")
    assert len(arxiv.log()) == 1
    assert again.value.until == pytest.approx(error.value.until, abs=1.0)


def test_a_stop_ends_a_read_that_blocks(arxiv: StandIn, tmp_path: Path) -> None:
    arxiv.reset(["stall"])
    client = Client(Access(url=arxiv.url, interval=INTERVAL, cache=tmp_path), patience=Patience(60, 60, 60))
    started = len(arxiv.log())
    with (
        pytest.raises(Cancelled),
        client.open(
            f"{arxiv.url}/pdf/1706.03762v7", {}, tell=silent, stop=lambda: len(arxiv.log()) > started
        ) as answer,
    ):
        answer.body(silent)
    client.close()


def test_no_network_is_noticed_soon_and_said(tmp_path: Path) -> None:
    client = Client(Access(url="http://127.0.0.1:9", interval=INTERVAL, cache=tmp_path))
    with pytest.raises(Unreachable, match=r"no connection to 127\.0\.0\.1:9 \(tried 3 times\)\. Check the network"):
        fetch(client, "http://127.0.0.1:9/api/query")
    client.close()


def test_a_name_that_does_not_exist_is_no_connection_either(tmp_path: Path) -> None:
    client = Client(Access(url="http://no.such.host.invalid", interval=INTERVAL, cache=tmp_path))
    with pytest.raises(Unreachable, match=r"no connection to no\.such\.host\.invalid"):
        fetch(client, "http://no.such.host.invalid/api/query")
    client.close()


def test_the_waits_grow_and_vary(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds: list[float] = []

    def highest(low: float, high: float) -> float:
        assert low == 0
        bounds.append(high)
        return high

    def attempt() -> None:
        raise Again("it rains")

    monkeypatch.setattr(random, "uniform", highest)
    told: list[float] = []
    monkeypatch.setattr(client.gate, "wait", lambda seconds, why, **_rest: told.append(seconds))
    with pytest.raises(Unreachable, match=r"it rains"):
        client.retrying("The page", attempt, tell=silent, stop=never)
    assert bounds == pytest.approx([INTERVAL * factor for factor in (2, 4, 8, 16, 20, 20, 20)])
    assert told == bounds


def test_a_wait_is_never_shorter_than_the_server_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda _low, _high: 0.0)
    told: list[float] = []
    monkeypatch.setattr(client.gate, "wait", lambda seconds, why, **_rest: told.append(seconds))
    waits = iter([0.0, 0.5])

    def attempt() -> str:
        for after in waits:
            raise Again("it rains", after=after)
        return "dry"

    assert client.retrying("The page", attempt, tell=silent, stop=never) == "dry"
    assert told == [INTERVAL, 0.5]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(None, 0), ("", 0), ("0", 0), ("7", 7), ("1.5", 1.5), ("-3", 0), ("soon", 0), ("nan", 0), ("inf", 604800)],
)
def test_retry_after_in_seconds(value: str | None, seconds: float) -> None:
    assert _retry_after(value) == seconds


def test_retry_after_as_a_date() -> None:
    import time

    assert _retry_after(formatdate(time.time() + 100, usegmt=True)) == pytest.approx(100, abs=5)
    assert _retry_after(formatdate(time.time() - 100, usegmt=True)) == 0


def test_nobody_sits_out_a_rest_of_hours(
    client: Client, arxiv: StandIn, open_source: Callable[..., ArxivSource], tmp_path: Path
) -> None:
    arxiv.reset(["429-retry-after"], retry_after="7200")
    with pytest.raises(Unreachable, match=r"asks for a rest until"):
        fetch(client, f"{arxiv.url}/api/query?id_list=1706.03762")
    with pytest.raises(Unreachable, match=r"asks for a rest until"):
        open_source(cache=tmp_path).metadata([ATTENTION])
    assert len(arxiv.log()) == 1


def test_an_answer_without_end_is_none(client: Client, arxiv: StandIn) -> None:
    with (
        pytest.raises(Again, match=r"larger than"),
        client.open(f"{arxiv.url}/pdf/1706.03762v7", {}, tell=silent, stop=never) as answer,
    ):
        answer.body(silent, most=1 << 16)


def test_connections_through_a_proxy_are_watched_too() -> None:
    adapter = WatchedAdapter()
    manager = adapter.proxy_manager_for("http://proxy.example:8080")
    assert manager.pool_classes_by_scheme == adapter.poolmanager.pool_classes_by_scheme
    assert manager.connection_from_url("https://arxiv.org").ConnectionCls.__module__ == "paperpath.sources.wire"
    adapter.close()
