"""graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.model import ParsedPaper, Reference
from paperpath.workflow.texts import keep_parsed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION, OLD, EVIL = "vaswani2017attention", "old1986learning", "evil2020title"


@pytest.fixture
def read(library: Library) -> Library:
    """The library, in which two papers cite the oldest and a work that is not there."""
    title = "Learning representations"
    own = Reference("1", "Old. Learning representations. 1986.", 9, ("Ann Old",), title, None, 1986)
    title = "Gated \x1b[2Jnetworks in practice"
    other = Reference("2", f"Chung. {title}.", 9, ("J. Chung",), title, None, 2014, arxiv_id="1412.3555")
    for key in (ATTENTION, EVIL):
        keep_parsed(library, key, ParsedPaper(references=(own, other), pages=9))
    return library


def test_the_most_cited_papers(cli: Cli, read: Library) -> None:
    done = cli("graph")
    assert done.out == f"2\t1986\t{OLD}\tLearning representations\t{ATTENTION},{EVIL}\n"
    assert done.err == "2 citations among 3 papers\n"


def test_what_is_missing(cli: Cli, read: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"2\t2014\tChung\tGated networks in practice\t1412.3555\t{ATTENTION},{EVIL}\n"
    assert cli("graph", "--missing").out == row
    done = cli("graph", "--missing", "--least", "3")
    assert (done.code, done.out) == (0, "")
    assert "--least" in done.err
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    lines = cli("graph", "--missing").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "Chung" in lines[1]
    assert "1412.3555" in lines[1]


def test_json(cli: Cli, read: Library) -> None:
    found = cli("graph", "--json").json
    assert {row["key"]: row["cited_by"] for row in found["papers"]} == {OLD: [ATTENTION, EVIL], ATTENTION: [], EVIL: []}
    assert [(row["arxiv_id"], row["cited_by"]) for row in found["missing"]] == [("1412.3555", [ATTENTION, EVIL])]


def test_files(cli: Cli, read: Library, tmp_path: Path) -> None:
    done = cli("graph", "--svg", str(tmp_path / "g.svg"), "--dot", str(tmp_path / "g.dot"))
    assert (done.code, done.out) == (0, "")
    assert "3 papers, 2 citations" in done.err
    assert (tmp_path / "g.svg").read_text("utf-8").startswith("<svg")
    assert f'"{ATTENTION}" -> "{OLD}";' in (tmp_path / "g.dot").read_text("utf-8")
    assert cli("graph", "--dot", "-").out.endswith("}\n")
    done = cli("graph", "--svg", str(tmp_path))
    assert done.code == 2
    assert str(tmp_path) in done.err


def test_nothing_is_here_yet(cli: Cli, library: Library) -> None:
    done = cli("graph")
    assert (done.code, done.out) == (0, "")
    assert "paperpath fetch" in done.err
