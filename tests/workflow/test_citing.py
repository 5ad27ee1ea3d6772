from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput
from paperpath.workflow import citing, csl_styles
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
        cased = [{"id": LAMPS.key, "title": "A title in <span>Sentence</span> case"}]
        program = "sys.stdin.reconfigure(encoding='utf-8'); text = sys.stdin.read()\nif '--to=csljson' in sys.argv:"
        program += (
            f" assert text.count('@') == 2; print({json.dumps(cased)!r})\nelse: print(*sys.argv[1:]); print(text)"
        )
        stand_in(tmp_path, monkeypatch, program)
        arguments, _, text = citing.references([LAMPS, BULBS], "apa").partition("\n")
        assert arguments == f"--from=csljson --to=plain --wrap=none --citeproc --csl={csl_styles.OURS / 'apa.csl'}"
        assert [item["title"] for item in json.loads(text)] == [cased[0]["title"], BULBS.title]

    def test_what_pandoc_says_against_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stand_in(tmp_path, monkeypatch, "sys.exit('no such style')")
        with pytest.raises(BadInput, match="no such style"):
            citing.references([LAMPS])


def test_without_pandoc_it_says_where_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match="not installed"):
        citing.references([LAMPS])


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_a_style_of_ours_is_one_that_pandoc_can_follow() -> None:
    told = citing.references([BULBS], "apa")
    assert "Okafor, B. (2022). Bulbs at scale (arXiv:2202.00002). arXiv. https://" in " ".join(told.split())
