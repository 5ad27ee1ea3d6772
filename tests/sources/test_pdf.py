"""PDFs from the stand-in: each fault alone, going on after interruptions, and never half a file."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadAnswer, Cancelled, DiskFull, LibraryError, NotFound, ParseFailed, Refused, Unreachable
from paperpath.model import PaperId
from paperpath.sources import download, part
from paperpath.sources.base import Progress, Receiving
from paperpath.sources.part import Journal, Part
from tests.sources.conftest import ATTENTION, OLD, SMALL, count_pages, make_pdf
from tests.standin import StandIn
from tests.standin.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.sources.arxiv import ArxivSource

ROOT = Path(__file__).parents[2]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "papers" / "1706.03762" / "paper.pdf"


@pytest.fixture
def body(pdfs: Path) -> bytes:
    return (pdfs / "1706.03762v7.pdf").read_bytes()


def alone(target: Path) -> bool:
    """Whether nothing lies beside the paper."""
    return [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_pdf_comes_whole_in_one_request(source: ArxivSource, arxiv: StandIn, target: Path, body: bytes) -> None:
    told: list[Progress] = []
    stored = source.pdf(ATTENTION, target, check=count_pages, tell=told.append)
    assert target.read_bytes() == body
    assert (stored.sha256, stored.bytes, stored.pages) == (hashlib.sha256(body).hexdigest(), len(body), 15)
    assert (stored.version, stored.source) == (7, f"{arxiv.url}/pdf/1706.03762v7")
    assert stored.fetched.endswith("Z")
    assert told[-1] == Receiving(len(body), None)
    assert alone(target)
    assert arxiv.log().paths() == ["/pdf/1706.03762v7"]
    assert arxiv.log().arrivals[0].headers["Accept-Encoding"] == "identity"


def test_without_a_version_arxiv_tells_which_one_it_was(source: ArxivSource, tmp_path: Path) -> None:
    assert source.pdf(PaperId("arxiv", "1706.03762"), tmp_path / "a.pdf").version == 7
    assert source.pdf(PaperId("arxiv", "math/0405482"), tmp_path / "b.pdf").version == 2


def test_a_paper_that_is_there_is_not_fetched_again(source: ArxivSource, arxiv: StandIn, target: Path) -> None:
    first = source.pdf(ATTENTION, target, check=count_pages)
    again = source.pdf(ATTENTION, target, check=count_pages)
    assert (again.sha256, again.bytes, again.pages) == (first.sha256, first.bytes, first.pages)
    assert len(arxiv.log()) == 1


@pytest.mark.parametrize(
    "present", [b"", b"not a PDF", make_pdf(1000)[:-20], make_pdf(1000).replace(b"/Page ", b"/Pige ")]
)
def test_a_damaged_one_that_is_there_is_fetched_again(
    source: ArxivSource, target: Path, body: bytes, present: bytes
) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(present)
    source.pdf(ATTENTION, target, check=count_pages)
    assert target.read_bytes() == body


@pytest.mark.parametrize("fault", [name for name, f in FAULTS.items() if "pdf" in f.kinds and not f.final] + ["drip"])
def test_each_fault_alone_ends_in_a_whole_paper(
    source: ArxivSource, arxiv: StandIn, target: Path, body: bytes, fault: str
) -> None:
    arxiv.reset([f"{fault}:{1 if fault in ('stall', 'drip') else 2}"])
    stored = source.pdf(ATTENTION, target, check=count_pages)
    assert target.read_bytes() == body
    assert stored.sha256 == hashlib.sha256(body).hexdigest()
    assert alone(target)
    log = arxiv.log()
    assert fault in {arrival.fault for arrival in log.arrivals}
    assert (log.early, log.most_open) == (0, 1)


@pytest.mark.parametrize("fault", ["chunk-cut", "short-body"])
def test_what_has_come_is_not_sent_again(
    source: ArxivSource, arxiv: StandIn, target: Path, body: bytes, fault: str
) -> None:
    arxiv.reset([f"{fault}:2"])
    source.pdf(ATTENTION, target)
    ranges = [arrival.headers.get("Range") for arrival in arxiv.log().arrivals]
    assert ranges[0] is None
    assert all(ranges[1:])
    assert sum(arrival.sent for arrival in arxiv.log().arrivals) < len(body) * 1.1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("503", Unreachable),
        ("reset", Unreachable),
        ("chunk-cut", Unreachable),
        ("clean-end", BadAnswer),
        ("short-length", BadAnswer),
        ("wrong-range", BadAnswer),
        ("416", BadAnswer),
        ("redirect-loop", BadAnswer),
    ],
)
def test_a_fault_that_does_not_end_has_a_name(
    source: ArxivSource, arxiv: StandIn, target: Path, fault: str, error: type[Exception]
) -> None:
    arxiv.reset([fault])
    with pytest.raises(error, match=r"^The PDF of arXiv:1706\.03762v7 could not be fetched: .*Run it again"):
        source.pdf(ATTENTION, target, check=count_pages)
    assert not target.exists()
    assert arxiv.log().early == 0


@pytest.mark.parametrize("fault", ["400", "404"])
def test_on_400_and_404_there_is_exactly_one_request(
    source: ArxivSource, arxiv: StandIn, target: Path, fault: str
) -> None:
    arxiv.reset([fault])
    with pytest.raises(NotFound, match=r"^The PDF of arXiv:1706\.03762v7 does not exist"):
        source.pdf(ATTENTION, target)
    assert len(arxiv.log()) == 1
    assert list(target.parent.iterdir()) == []


def test_a_withdrawn_version_is_not_found(source: ArxivSource, arxiv: StandIn, target: Path) -> None:
    with pytest.raises(NotFound, match=r"withdrawn"):
        source.pdf(PaperId("arxiv", "1706.03762", 8), target)
    assert len(arxiv.log()) == 1


@pytest.mark.parametrize("fault", ["403", "captcha", "captcha-as-pdf"])
def test_a_refusal_stops_every_source_at_once(
    open_source: Callable[..., ArxivSource], arxiv: StandIn, target: Path, fault: str
) -> None:
    arxiv.reset([fault])
    with pytest.raises(Refused):
        open_source().pdf(ATTENTION, target)
    with pytest.raises(Refused):
        open_source().pdf(OLD, target)
    assert len(arxiv.log()) == 1
    assert list(target.parent.iterdir()) == []


def test_a_refusal_keeps_what_has_come(
    open_source: Callable[..., ArxivSource], arxiv: StandIn, target: Path, body: bytes, tmp_path: Path
) -> None:
    arxiv.reset(["chunk-cut:1", "403:1"])
    with pytest.raises(Refused):
        open_source().pdf(ATTENTION, target)
    open_source(cache=tmp_path / "an hour later").pdf(ATTENTION, target)
    assert target.read_bytes() == body
    assert arxiv.log().arrivals[-1].status == 206


def test_a_stop_keeps_what_has_come(source: ArxivSource, arxiv: StandIn, target: Path, body: bytes) -> None:
    received = [0]

    def tell(step: Progress) -> None:
        if isinstance(step, Receiving):
            received[0] = step.received

    with pytest.raises(Cancelled):
        source.pdf(ATTENTION, target, tell=tell, stop=lambda: received[0] > 100_000)
    assert not target.exists()
    source.pdf(ATTENTION, target)
    assert target.read_bytes() == body
    begin = int(arxiv.log().arrivals[-1].headers["Range"].removeprefix("bytes=").removesuffix("-"))
    assert begin == received[0]


def test_a_damaged_file_on_the_server_is_named_after_two_equal_copies(
    source: ArxivSource, arxiv: StandIn, target: Path
) -> None:
    def check(_path: Path) -> int:
        raise ParseFailed("It is encrypted.")

    with pytest.raises(BadAnswer, match=r"damaged on the server itself, the same bytes came twice: It is encrypted"):
        source.pdf(SMALL, target, check=check)
    assert len(arxiv.log()) == 2
    assert list(target.parent.iterdir()) == []


def test_what_readers_repair_is_taken_when_it_comes_twice(
    open_source: Callable[..., ArxivSource], tmp_path: Path, target: Path
) -> None:
    served = tmp_path / "served"
    served.mkdir()
    body = make_pdf(1000).replace(b"startxref\n", b"startxref\n1")
    (served / "2002.00001v1.pdf").write_bytes(body)
    with StandIn(pdf=served) as other:
        stored = open_source(url=other.url).pdf(PaperId("arxiv", "2002.00001", 1), target, check=count_pages)
        assert len(other.log()) == 2
    assert stored.pages == 1
    assert target.read_bytes() == body


def test_a_body_that_does_not_end_is_given_up(
    source: ArxivSource, arxiv: StandIn, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_MOST", 100_000)
    with pytest.raises(BadAnswer, match=r"does not end"):
        source.pdf(ATTENTION, target)
    assert len(arxiv.log()) == 1
    assert list(target.parent.iterdir()) == []


# ------------------------------------------------------------------------------ the disk


def test_a_full_disk_is_a_clear_error_and_leaves_nothing(
    source: ArxivSource, target: Path, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(part.os, "fsync", full)
        with pytest.raises(DiskFull, match=r"no room left in .*Make room and run it again"):
            source.pdf(ATTENTION, target)
    assert list(target.parent.iterdir()) == []
    source.pdf(ATTENTION, target)
    assert target.read_bytes() == body


def test_a_folder_that_cannot_be_written_is_a_clear_error(source: ArxivSource, arxiv: StandIn, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"could not be written"):
        source.pdf(ATTENTION, tmp_path / "file" / "paper.pdf")
    assert len(arxiv.log()) == 0


# ------------------------------------------------------------------------------ journals


def left_behind(target: Path, address: str, bytes_: bytes, **changes: object) -> None:
    """What a killed process leaves."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_name("paper.pdf.part").write_bytes(bytes_)
    fields = {"url": address, "etag": None, "length": 0, "total": None, "version": 7, "complete": False} | changes
    target.with_name("paper.pdf.part.json").write_text(json.dumps(fields), encoding="utf-8")


def test_bytes_behind_the_trusted_length_are_cut_off(
    source: ArxivSource, arxiv: StandIn, target: Path, body: bytes
) -> None:
    etag = f'"sha256:{hashlib.sha256(body).hexdigest()}"'
    url = f"{arxiv.url}/pdf/1706.03762v7"
    left_behind(target, url, body[:5000] + b"\0" * 3000, etag=etag, length=5000)
    source.pdf(ATTENTION, target)
    assert target.read_bytes() == body
    assert arxiv.log().arrivals[0].headers["Range"] == "bytes=5000-"


def test_a_complete_part_is_published_without_a_request(
    source: ArxivSource, arxiv: StandIn, target: Path, body: bytes
) -> None:
    left_behind(target, f"{arxiv.url}/pdf/1706.03762v7", body, length=len(body), complete=True)
    stored = source.pdf(ATTENTION, target, check=count_pages)
    assert (stored.sha256, stored.pages) == (hashlib.sha256(body).hexdigest(), 15)
    assert len(arxiv.log()) == 0
    assert alone(target)


@pytest.mark.parametrize(
    "changes",
    [
        {"etag": '"x"', "length": 5000, "url": "http://127.0.0.1/pdf/1706.03762v6"},
        {"etag": None, "length": 5000},
        {"etag": '"x"', "length": 10**9},
        {"etag": '"x"', "length": "5000"},
        {"etag": '"x"', "length": 5000, "surprise": 1},
    ],
)
def test_a_part_that_cannot_be_trusted_is_not_used(
    source: ArxivSource, arxiv: StandIn, target: Path, body: bytes, changes: dict[str, object]
) -> None:
    left_behind(target, f"{arxiv.url}/pdf/1706.03762v7", b"%" * 8000, **changes)
    source.pdf(ATTENTION, target)
    assert target.read_bytes() == body
    assert "Range" not in arxiv.log().arrivals[0].headers
    assert alone(target)


def test_a_part_of_an_older_file_on_the_server_is_not_used(
    source: ArxivSource, arxiv: StandIn, target: Path, body: bytes
) -> None:
    left_behind(target, f"{arxiv.url}/pdf/1706.03762v7", b"%" * 8000, etag='"older"', length=8000)
    source.pdf(ATTENTION, target)
    assert target.read_bytes() == body
    assert [arrival.status for arrival in arxiv.log().arrivals] == [200]


def test_a_new_start_takes_the_old_journal_away_first(tmp_path: Path) -> None:
    """Or, after a crash, it would vouch for bytes of another file."""
    left_behind(tmp_path / "paper.pdf", "u", b"old" * 100, etag='"old"', length=300)
    part_file = Part(tmp_path / "paper.pdf")
    with part_file.write(Journal("u", '"new"')):
        assert not (tmp_path / "paper.pdf.part.json").exists()


# ------------------------------------------------------------------------------ several at once, and kills


def test_two_at_once_for_the_same_paper_make_one_download(
    open_source: Callable[..., ArxivSource], arxiv: StandIn, target: Path, body: bytes
) -> None:
    with ThreadPoolExecutor(3) as pool:
        stored = list(pool.map(lambda _n: open_source().pdf(ATTENTION, target, check=count_pages), range(3)))
    assert target.read_bytes() == body
    assert {s.sha256 for s in stored} == {hashlib.sha256(body).hexdigest()}
    assert len(arxiv.log()) == 1
    assert alone(target)


FETCH = """
import sys
from pathlib import Path
from paperpath.model import PaperId
from paperpath.sources.arxiv import ArxivSource
from paperpath.sources.base import Access
url, cache, target = sys.argv[1:]
source = ArxivSource(Access(url=url, interval=0.01, cache=Path(cache)))
source.pdf(PaperId("arxiv", "1706.03762", 7), Path(target))
"""


def test_after_a_kill_it_goes_on_to_the_same_bytes(
    open_source: Callable[..., ArxivSource], arxiv: StandIn, target: Path, body: bytes, tmp_path: Path
) -> None:
    arxiv.reset(rate=1_500_000.0)
    cache = tmp_path / "cache"
    process = subprocess.Popen([sys.executable, "-c", FETCH, arxiv.url, str(cache), str(target)], cwd=ROOT)
    journal = target.with_name("paper.pdf.part.json")
    while not journal.exists():
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.002)
    process.kill()
    process.wait()
    assert not target.exists()
    length = json.loads(journal.read_text(encoding="utf-8"))["length"]
    arxiv.reset()
    open_source(cache=cache).pdf(ATTENTION, target, check=count_pages)
    assert target.read_bytes() == body
    assert alone(target)
    log = arxiv.log()
    assert [arrival.headers.get("Range") for arrival in log.arrivals] == [f"bytes={length}-"]
