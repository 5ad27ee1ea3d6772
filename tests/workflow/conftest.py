"""A library with the three sample papers, and a stand-in for arXiv that has their PDFs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperpath.formats.citekeys import make_key
from paperpath.library import Library
from paperpath.sources import Access
from tests.standin import StandIn
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, pdf_bytes, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def shelf(library: Library) -> Library:
    """The library with the three papers, none of them fetched."""
    with library.quietly():
        library.add([LAMPS, LANTERNS, BULBS], make_key)
    return library


@pytest.fixture
def reopen(home: Path) -> Iterator[Callable[[], Library]]:
    """Opens a library on disk, as often as wanted."""
    opened: list[Library] = []

    def make() -> Library:
        opened.append(Library.open(home))
        return opened[-1]

    yield make
    for library in opened:
        library.close()


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Metadata (``metadata.jsonl``) and PDFs (``pdf/``) of four papers: three good ones, and one that is no paper."""
    folder = tmp_path_factory.mktemp("papers")
    pdfs = folder / "pdf"
    pdfs.mkdir()
    lines = [
        record("2101.00001", LANTERNS.title, ["Ana Vega", "Bo Okafor"]),
        record("2202.00002", BULBS.title, ["Bo Okafor"], version=2),
        record("2303.00003", "Candles Considered Warm", ["Chi Maaten"]),
        record("2404.00004", "A Paper Without a PDF", ["Nobody Known"]),
    ]
    (folder / "metadata.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for line in lines[:3]:
        name = f"{line['id']}v{line['version']}"
        stamp = f"arXiv:{name}  [cs.LG]  2 Jan 2021"
        data = pdf_bytes(line["title"], ", ".join(line["authors"]), stamp=stamp)
        (pdfs / f"{name}.pdf").write_bytes(data)
    return folder


@pytest.fixture(scope="session")
def standin(papers: Path) -> Iterator[StandIn]:
    """One stand-in for all tests of this folder that a process runs; :func:`arxiv` resets it."""
    with StandIn(metadata=papers / "metadata.jsonl", pdf=papers / "pdf") as running:
        yield running


@pytest.fixture
def arxiv(standin: StandIn) -> StandIn:
    """The stand-in without faults and with an empty log."""
    standin.reset()
    return standin


@pytest.fixture
def access(arxiv: StandIn, tmp_path: Path, warm_parsers: None) -> Access:
    """Leave to speak to the stand-in, nearly without a pause (what is refused stays refused for some seconds)."""
    return Access(url=arxiv.url, interval=0.01, cache=tmp_path / "cache")
