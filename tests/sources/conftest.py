"""Papers and PDFs for the stand-in, made here; one server for the whole folder, wiped before each test."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from paperpath.errors import ParseFailed
from paperpath.model import PaperId
from paperpath.sources.arxiv import ArxivSource
from paperpath.sources.base import Access
from paperpath.sources.http import Patience
from tests.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

INTERVAL = 0.005
QUICK = Patience(connect=30.0, read=30.0, stall=3.0)
"""Patience for stalls in tests; reading waits long, because the machine that runs the tests may be busy."""

ATTENTION = PaperId("arxiv", "1706.03762", 7)
OLD = PaperId("arxiv", "math/0405482", 2)
SMALL = PaperId("arxiv", "2001.00001", 1)

PAPERS: list[dict[str, Any]] = [
    {
        "id": "1706.03762",
        "version": 7,
        "title": "Attention Is All You  Need",
        "authors": ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"],
        "abstract": "  The dominant sequence transduction models\nare based on complex networks.",
        "categories": ["cs.CL", "cs.LG"],
        "primary_category": "cs.CL",
        "published": "2017-06-12T17:57:34Z",
        "updated": "2023-08-02T00:41:18Z",
        "comment": "15 pages, 5 figures",
    },
    {
        "id": "math/0405482",
        "version": 2,
        "title": "On Schrödinger & <Heisenberg>",
        "authors": ["Laurens van der Maaten", "Martin Luther King Jr."],
        "abstract": "Groups.",
        "categories": ["math.GT"],
        "published": "2004-05-25",
        "journal_ref": "Ann. Math. 12 (2005)",
        "doi": "10.1000/ABC.Def 10.1000/second",
    },
    *(
        {"id": f"2001.{n:05}", "version": 1, "title": f"Paper number {n} on things", "published": "2020-01-02"}
        for n in range(1, 131)
    ),
]


def make_pdf(size: int, seed: int = 0, pages: int = 1) -> bytes:
    """A correct PDF of about ``size`` bytes, most of them noise in a stream that is not shown."""
    noise = random.Random(seed).randbytes(size)
    kids = " ".join(f"{4 + i} 0 R" for i in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(noise), noise),
        *(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>" for _ in range(pages)),
    ]
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def count_pages(path: Path) -> int:
    """A stand-in for opening a PDF: what ``make_pdf`` wrote, or nothing."""
    pages = len(re.findall(rb"/Type /Page ", path.read_bytes()))
    if not pages:
        raise ParseFailed("It has no pages.")
    return pages


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdfs")
    for name, size, pages in (("1706.03762v7", 300_000, 15), ("math_0405482v2", 40_000, 2), ("2001.00001v1", 5_000, 1)):
        (folder / f"{name}.pdf").write_bytes(make_pdf(size, seed=size, pages=pages))
    for n in range(2, 12):
        (folder / f"2001.{n:05}v1.pdf").write_bytes(make_pdf(20_000, seed=n))
    return folder


@pytest.fixture(scope="session")
def server(pdfs: Path) -> Iterator[StandIn]:
    with StandIn(metadata=PAPERS, pdf=pdfs) as standin:
        yield standin


@pytest.fixture
def arxiv(server: StandIn) -> StandIn:
    """The stand-in, without faults and with an empty log."""
    server.reset(interval=INTERVAL, rate=0.0, shape="2026", retry_after="0.05", late=0.05)
    return server


@pytest.fixture
def open_source(arxiv: StandIn, tmp_path: Path) -> Iterator[Callable[..., ArxivSource]]:
    """Makes sources for the stand-in that share a cache folder, as the processes of a user do."""
    opened: list[ArxivSource] = []

    def make(url: str = "", interval: float = INTERVAL, cache: Path = tmp_path / "cache") -> ArxivSource:
        access = Access(url=url or arxiv.url, interval=interval, contact="me@example.org", cache=cache)
        opened.append(ArxivSource(access, patience=QUICK))
        return opened[-1]

    yield make
    for source in opened:
        source.close()


@pytest.fixture
def source(open_source: Callable[..., ArxivSource]) -> ArxivSource:
    return open_source()
