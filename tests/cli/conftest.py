"""A command line in this process, and a home with a few papers and one small reading list."""

from __future__ import annotations

import io
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from paperpath.cli import run
from paperpath.formats.citekeys import make_key
from paperpath.library import Library, Passage
from paperpath.model import Author, Paper, ParsedPaper, Section, StoredPdf
from paperpath.workflow import opening
from tests.standin import StandIn
from tests.workflow.samples import pdf_bytes, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLAN = """\
title = "A small list"
about = "Two papers."
[[stage]]
title = "First"
about = "Begin here."
[[stage.paper]]
key = "old1986learning"
why = "It began there."
introduces = ["backpropagation"]
[[stage]]
title = "Second"
about = "Then this."
[[stage.paper]]
key = "vaswani2017attention"
why = "It changed everything."
introduces = ["transformer"]
needs = ["old1986learning"]
"""
BIB = """\
@article{old1986learning, title={Learning representations}, author={Old, Ann}, journal={Nature}, year={1986},
  doi={10.1038/323533a0}}
@misc{vaswani2017attention, title={Attention Is All You Need}, author={Vaswani, Ashish and Shazeer, Noam}, year={2017},
  eprint={1706.03762}, archiveprefix={arXiv}}
"""
HOSTILE = Paper(
    "A \x1b]0;pwned\x07title with\u202e an escape \x9b31m",
    (Author("E\x1b[2Jvil"),),
    key="evil2020title",
    year=2020,
    url="https://example.org/evil",
)
SECTION = "An attention function maps a query and a set of key-value pairs to an output. We call ours scaled."


@dataclass(frozen=True)
class Ended:
    """A command that has run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test in a home of its own, with one small list as the shipped one."""
    for name in [name for name in os.environ if name.startswith("PAPERPATH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PAPERPATH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PAPERPATH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NO_COLOR", "1")
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "small.toml").write_text(PLAN, encoding="utf-8")
    (shipped / "small.bib").write_text(BIB, encoding="utf-8")
    monkeypatch.setattr(opening, "shipped_lists", lambda: shipped)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Run a command: ``cli("list", "--json").json``."""

    def call(*arguments: str, stdin: str = "") -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small list's papers and a hostile one, made once: a copy takes a tenth of the time."""
    folder = tmp_path_factory.mktemp("furnished")
    shipped, home = folder / "shipped", folder / "home"
    shipped.mkdir()
    (shipped / "small.toml").write_text(PLAN, encoding="utf-8")
    (shipped / "small.bib").write_text(BIB, encoding="utf-8")
    usual, opening.shipped_lists = opening.shipped_lists, lambda: shipped
    try:
        with opening.open_library(home) as opened:
            opened.add([HOSTILE], make_key)
    finally:
        opening.shipped_lists = usual
    return home


@pytest.fixture
def library(home: Path, furnished: Path) -> Iterator[Library]:
    """The library of that home: the small list's papers and a hostile one."""
    shutil.copytree(furnished, home)
    with opening.open_library(home) as opened:
        yield opened


@pytest.fixture
def fetched(library: Library) -> Library:
    """The same, where one paper has its PDF, its text and its structure."""
    key = "vaswani2017attention"
    paper = library.get(key).paper
    parsed = ParsedPaper(
        title=paper.title, sections=(Section("3.2", "Attention", 1, 4, SECTION),), pages=15, warnings=("No footnotes.",)
    )
    library.files.write(library.files.pdf(paper), b"%PDF-1.5\n%%EOF\n")
    library.files.write(library.files.text(paper), f"# {paper.title}\n\n{SECTION}\n\x1b[2J")
    library.files.write(library.files.parsed(paper), json.dumps(parsed.to_dict()))
    library.set_pdf(key, StoredPdf("0" * 64, 16, 15, "2025-01-02T03:04:05+00:00"))
    library.set_parsed(key, "1", [Passage("text", "3.2 Attention", 4, SECTION)])
    return library


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PDFs as arXiv has them, and one file that is none."""
    folder = tmp_path_factory.mktemp("shelf")
    pages = pdf_bytes("Attention Is All You Need", "Ashish Vaswani", stamp="arXiv:1706.03762v7 [cs.CL] 2 Aug 2023")
    (folder / "1706.03762v7.pdf").write_bytes(pages)
    (folder / "2101.00001v1.pdf").write_bytes(pdf_bytes("Lanterns: Attention for Small Rooms", "Ana Vega"))
    return folder


@pytest.fixture(scope="session")
def standin(shelf: Path) -> Iterator[StandIn]:
    """A stand-in for arXiv, shared by all tests of this process."""
    metadata = [
        record("1706.03762", "Attention Is All You Need", ["Ashish Vaswani", "Noam Shazeer"], version=7),
        record("2101.00001", "Lanterns: Attention for Small Rooms", ["Ana Vega"]),
        record("2404.00004", "A Paper Without a PDF", ["Nobody Known"]),
        record("2405.00005", "Lanterns Again", ["Ana Vega"]),
    ]
    with StandIn(metadata=metadata, pdf=shelf) as server:
        yield server


@pytest.fixture
def arxiv(standin: StandIn, warm_parsers: None, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in with nothing asked yet, as the arXiv of this test."""
    standin.reset(rate=0.0)
    monkeypatch.setenv("PAPERPATH_ARXIV_URL", standin.url)
    monkeypatch.setenv("PAPERPATH_ARXIV_INTERVAL", "0.01")
    return standin
