"""Real .bib files and real LaTeX; the folder comes from PAPERPATH_CORPUS."""

from __future__ import annotations

import csv
import lzma
import os
from pathlib import Path

import pytest

from paperpath.formats import bibtex
from paperpath.formats.bibtex_file import BibFile
from paperpath.formats.latex_decode import decode

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def bib() -> Path:
    return Path(os.environ["PAPERPATH_CORPUS"]) / "bib"


def contents(path: Path) -> str:
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def test_awkward_latex_is_decoded(bib: Path) -> None:
    with (bib / "latex_strings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    assert len(rows) == 30
    wrong = [
        (latex, decode(latex), accepted) for latex, accepted in rows if decode(latex) not in accepted.split(" || ")
    ]
    assert wrong == []


def files(bib: Path) -> list[Path]:
    found = [path for path in sorted(bib.rglob("*")) if path.name.endswith((".bib", ".bib.xz"))]
    assert found
    return found


def test_files_go_back_byte_for_byte(bib: Path) -> None:
    for path in files(bib):
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        file = BibFile.read(data)
        assert file.to_bytes() == data, path
        for key in file.keys[:50]:
            file.set_entry(key, file.entry(key))
        assert file.newline != "\n" or file.to_bytes() == data, path


def test_a_field_is_added_and_removed_in_every_layout(bib: Path) -> None:
    for path in files(bib):
        file = BibFile.read(path.read_bytes() if path.suffix != ".xz" else b"")
        for key in file.keys[:50]:
            before, fields = file.text, file.fields(key)
            file.set_field(key, "x-kettle", "boils")
            assert file.fields(key) == fields | {"x-kettle": "{boils}"}, (path, key)
            assert len(file.text) - len(before) < 200, (path, key)
            file.remove_field(key, "x-kettle")
            assert file.fields(key) == fields, (path, key)


def test_every_file_is_read_and_written_without_loss(bib: Path) -> None:
    for path in files(bib):
        papers = bibtex.read(contents(path)).papers
        for dialect in ("bibtex", "biblatex"):
            text = bibtex.write(papers, dialect)  # type: ignore[arg-type]  # a loop variable is no literal
            result = bibtex.read(text)
            assert len(result.papers) == len(papers), path
            assert bibtex.write(result.papers, dialect) == text, path  # type: ignore[arg-type]
