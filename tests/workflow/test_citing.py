from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput
from paperpath.workflow import citing
from tests.workflow.samples import BULBS, LAMPS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("form", "command", "text"),
    [
        ("latex", "", r"\cite{a2020,b2021}"),
        ("latex", "citep*", r"\citep*{a2020,b2021}"),
        ("pandoc", "", "[@a2020; @b2021]"),
        ("typst", "", "@a2020 @b2021"),
        ("org", "", "[cite:@a2020;@b2021]"),
        ("org", "t", "[cite/t:@a2020;@b2021]"),
        ("key", "", "a2020,b2021"),
    ],
)
def test_each_form_cites_several(form: str, command: str, text: str) -> None:
    assert citing.citation(["a2020", "b2021"], form, command) == text


@pytest.mark.parametrize(("form", "command"), [("word", ""), ("latex", "input{/etc/passwd}"), ("latex", "*")])
def test_what_is_no_citation_is_refused(form: str, command: str) -> None:
    with pytest.raises(BadInput):
        citing.citation(["a2020"], form, command)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A program called pandoc, found before any other."""
    path = folder / "pandoc"
    path.write_text(f"#!{sys.executable}\nimport sys\n{program}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


if os.name != "nt":  # Windows starts no file by its first line

    def test_references_are_made_by_the_pandoc_that_is_installed(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stand_in(tmp_path, monkeypatch, "print(*sys.argv[1:]); print(sys.stdin.read())")
        told = citing.references([LAMPS, BULBS], "chicken.csl")
        assert told.startswith("--from=biblatex --to=plain --wrap=none --citeproc --csl=chicken.csl\n")
        assert LAMPS.title.split()[-1] in told
        assert told.count("\n@") == 2

    def test_what_pandoc_says_against_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stand_in(tmp_path, monkeypatch, "sys.exit('no such style')")
        with pytest.raises(BadInput, match="no such style"):
            citing.references([LAMPS])


def test_without_pandoc_it_says_where_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match="not installed"):
        citing.references([LAMPS])
