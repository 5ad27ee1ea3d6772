"""The stand-in itself: what the other tests trust must behave like the real service."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.standin import StandIn
from tests.standin.faults import CUT, FAULTS, Plan
from tests.standin.papers import Papers

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ATOM = {"atom": "http://www.w3.org/2005/Atom", "search": "http://a9.com/-/spec/opensearch/1.1/"}
PAPERS: list[dict[str, Any]] = [
    {"id": "1706.03762", "version": 7, "title": "Attention Is All You Need", "authors": ["Ashish Vaswani"]},
    {"id": "math/0405482", "title": "Théorème & <More>", "authors": ["Émile Borel"], "categories": ["math.GT"]},
    {"id": "2001.00001", "version": 1, "title": "Attention to Detail", "abstract": "All of it."},
]
BODY = b"%PDF-1.4 " + bytes(range(256)) * 200


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    folder = tmp_path_factory.mktemp("pdf")
    for name in ("1706.03762v7", "1706.03762v1", "math_0405482v2"):
        (folder / f"{name}.pdf").write_bytes(BODY + name.encode())
    with StandIn(PAPERS, folder) as standin:
        yield standin


@pytest.fixture
def arxiv(server: StandIn) -> StandIn:
    server.reset()
    return server


def ask(
    arxiv: StandIn, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(arxiv.url.removeprefix("http://"), timeout=120)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    try:
        return answer, answer.read()
    finally:
        connection.close()


def names(body: bytes) -> list[str]:
    feed = ET.fromstring(body)
    return [entry.findtext("atom:id", "", ATOM).split("/abs/")[-1] for entry in feed.findall("atom:entry", ATOM)]


def test_the_query_api_answers_by_id_and_by_words(arxiv: StandIn) -> None:
    answer, body = ask(arxiv, "/api/query?id_list=1706.03762v3,math.GT/0405482,9999.99999&max_results=5")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert sorted(names(body)) == ["1706.03762v3", "math/0405482v2"]
    assert ET.fromstring(body).findtext("search:totalResults", "", ATOM) == "2"
    for query, found in {
        "ti:attention": ["1706.03762v7", "2001.00001v1"],
        'ti:"attention+is"': ["1706.03762v7"],
        "ti:attention+ANDNOT+au:vaswani": ["2001.00001v1"],
        "au:borel+OR+abs:it": ["math/0405482v2", "2001.00001v1"],
        "ti:attention+AND+all:all": ["1706.03762v7", "2001.00001v1"],
        "cat:math.GT": ["math/0405482v2"],
        "ti:theoreme": ["math/0405482v2"],
    }.items():
        assert names(ask(arxiv, f"/api/query?search_query={query}")[1]) == found, query


def test_a_post_is_a_query_too(arxiv: StandIn) -> None:
    headers = {"Content_Type": "application/x-www-form-urlencoded"}
    _, body = ask(arxiv, "/api/query", "POST", "id_list=1706.03762", **headers)
    assert names(body) == ["1706.03762v7"]


def test_pages_are_cut_by_start_and_max_results(arxiv: StandIn) -> None:
    _, body = ask(arxiv, "/api/query?search_query=ti:attention&start=1&max_results=1")
    assert names(body) == ["2001.00001v1"]
    assert ET.fromstring(body).findtext("search:totalResults", "", ATOM) == "2"


def test_both_shapes_say_the_same(arxiv: StandIn) -> None:
    new = ask(arxiv, "/api/query?id_list=math/0405482")[1]
    arxiv.reset(shape="2019")
    old = ask(arxiv, "/api/query?id_list=math/0405482")[1]
    arxiv.reset(shape="2026")
    assert old != new
    assert names(old) == names(new)
    path = "atom:entry/atom:title"
    assert (
        ET.fromstring(old).findtext(path, "", ATOM)
        == ET.fromstring(new).findtext(path, "", ATOM)
        == "Théorème & <More>"
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("id_list=abc", "incorrect id format for abc"),
        ("search_query=x&start=nope", "start must be an integer"),
        ("search_query=x&max_results=-1", "max_results must be non-negative"),
    ],
)
def test_a_wrong_query_is_400_with_an_entry_that_says_so(arxiv: StandIn, query: str, text: str) -> None:
    answer, body = ask(arxiv, f"/api/query?{query}")
    assert answer.status == 400
    entry = ET.fromstring(body).find("atom:entry", ATOM)
    assert entry is not None
    assert "/api/errors#" in entry.findtext("atom:id", "", ATOM)
    assert entry.findtext("atom:summary", "", ATOM) == text


def test_a_pdf_is_chunked_without_length_and_with_a_strong_etag(arxiv: StandIn) -> None:
    answer, body = ask(arxiv, "/pdf/1706.03762")
    assert (answer.status, body) == (200, BODY + b"1706.03762v7")
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert answer.headers["Content-Length"] is None
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Last-Modified"]
    assert 'filename="1706.03762v7.pdf"' in answer.headers["Content-Disposition"]


def test_the_old_address_of_a_pdf_redirects(arxiv: StandIn) -> None:
    answer, _ = ask(arxiv, "/pdf/math/0405482v2.pdf")
    assert (answer.status, answer.headers["Location"]) == (301, "/pdf/math/0405482v2")


def test_parts_of_a_pdf(arxiv: StandIn) -> None:
    whole = BODY + b"1706.03762v7"
    etag = ask(arxiv, "/pdf/1706.03762v7", "HEAD")[0].headers["ETag"]
    answer, body = ask(arxiv, "/pdf/1706.03762v7", Range="bytes=1000-", If_Range=etag)
    assert (answer.status, body) == (206, whole[1000:])
    assert answer.headers["Content-Range"] == f"bytes 1000-{len(whole) - 1}/{len(whole)}"
    answer, body = ask(arxiv, "/pdf/1706.03762v7", Range="bytes=1000-", If_Range='"another"')
    assert (answer.status, body) == (200, whole)
    answer, _ = ask(arxiv, "/pdf/1706.03762v7", Range=f"bytes={len(whole)}-")
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


@pytest.mark.parametrize("path", ["/pdf/1706.03762v2", "/pdf/2001.00001", "/pdf/nonsense", "/abs/0000.0001", "/x"])
def test_what_is_not_there_is_404_with_a_web_page(arxiv: StandIn, path: str) -> None:
    answer, body = ask(arxiv, path)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert body.startswith(b"<!DOCTYPE html>")


def test_the_other_services(arxiv: StandIn) -> None:
    assert b'citation_title" content="Attention Is All You Need"' in ask(arxiv, "/abs/1706.03762")[1]
    assert len(ET.fromstring(ask(arxiv, "/rss/cs+math.GT")[1]).findall("channel/item")) == 3
    assert names(ask(arxiv, "/atom/math")[1]) == ["math/0405482v2"]
    oai = "{http://www.openarchives.org/OAI/2.0/}"
    one = ET.fromstring(
        ask(arxiv, "/oai?verb=GetRecord&metadataPrefix=arXivRaw&identifier=oai:arXiv.org:1706.03762")[1]
    )
    raw = "{http://arxiv.org/OAI/arXivRaw/}"
    assert len(one.findall(f".//{raw}version")) == 7
    every = ET.fromstring(ask(arxiv, "/oai?verb=ListRecords&metadataPrefix=arXiv")[1])
    assert len(every.findall(f".//{oai}record")) == 3
    for query, code in {
        "verb=GetRecord&identifier=oai:arXiv.org:0000.0001": "idDoesNotExist",
        "verb=Dance": "badVerb",
        "verb=ListRecords&metadataPrefix=marc": "cannotDisseminateFormat",
    }.items():
        answer, body = ask(arxiv, f"/oai?{query}")
        error = ET.fromstring(body).find(f"{oai}error")
        assert answer.status == 200
        assert error is not None
        assert error.get("code") == code


def test_arrivals_are_logged_and_early_ones_marked(arxiv: StandIn, tmp_path: Path) -> None:
    arxiv.reset(interval=0.2)
    ask(arxiv, "/abs/1706.03762", X_Mark="one")
    ask(arxiv, "/abs/1706.03762")
    time.sleep(0.25)
    ask(arxiv, "/abs/1706.03762")
    log = arxiv.log()
    arxiv.reset(interval=0.0)
    assert [arrival.early for arrival in log.arrivals] == [False, True, False]
    assert log.early == 1
    assert log.most_open == 1
    assert log.arrivals[0].headers["X-Mark"] == "one"
    assert log.arrivals[0].status == 200
    assert log.arrivals[1].connection == log.arrivals[0].connection + 1
    assert len(arxiv.log()) == 0


def test_connections_at_the_same_time_are_counted(arxiv: StandIn) -> None:
    arxiv.reset(["429-late"], late=0.4)
    threads = [threading.Thread(target=ask, args=(arxiv, "/api/query?id_list=1706.03762")) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert arxiv.log().most_open == 3


def test_a_fault_with_a_count_ends_per_path() -> None:
    plan = Plan(["503:2", "reset:1"])
    given = [plan.choose("pdf", "/pdf/a", resumes=False) for _ in range(5)]
    assert given == ["503", "503", "reset", None, None]
    assert plan.choose("pdf", "/pdf/b", resumes=False) == "503"


def test_faults_of_a_resumed_download_make_one_resume() -> None:
    plan = Plan(["416:1"])
    assert plan.choose("pdf", "/pdf/a", resumes=False) == CUT
    assert plan.choose("pdf", "/pdf/a", resumes=True) == "416"
    assert plan.choose("pdf", "/pdf/a", resumes=False) is None
    assert plan.choose("api", "/api/query", resumes=False) is None


def test_a_mix_is_the_same_for_the_same_seed_and_ends() -> None:
    def run(seed: int) -> list[str | None]:
        plan = Plan(mix=0.6, most=6, seed=seed)
        return [plan.choose("pdf", "/pdf/a", resumes=True) for _ in range(40)]

    assert run(1) == run(1) != run(2)
    assert sum(fault is not None for fault in run(1)) == 6
    assert not any(FAULTS[fault].final for fault in run(1) + run(2) if fault)


def test_records_need_no_more_than_an_id() -> None:
    papers = Papers([{"id": "2001.00001", "title": None, "version": None}])
    record = papers.get("2001.00001", None)
    assert record is not None
    assert (record.version, record.authors, record.published) == (1, ("Anonymous",), "2000-01-01T00:00:00Z")
    assert papers.get("2001.00001", 2) is None


def test_by_hand_it_explains_itself_and_refuses_nonsense() -> None:
    command = [sys.executable, "-m", "tests.standin"]
    answer = subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(name in answer.stdout for name in FAULTS)
    answer = subprocess.run([*command, "--fault", "rain"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "no fault 'rain'" in answer.stderr


def test_the_log_can_go_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with StandIn(PAPERS, log=path) as standin:
        ask(standin, "/abs/1706.03762")
    assert [json.loads(line)["path"] for line in path.read_text(encoding="utf-8").splitlines()] == ["/abs/1706.03762"]
