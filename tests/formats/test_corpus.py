"""Real .bib files, real LaTeX and real metadata; the folder comes from PAPERPATH_CORPUS."""

from __future__ import annotations

import csv
import json
import lzma
import os
from pathlib import Path

import pytest
import yaml

from paperpath.formats import bibtex, csl_json, hayagriva, json_references, ris
from paperpath.formats.bibtex_file import BibFile
from paperpath.formats.bibtex_update import update
from paperpath.formats.latex_decode import decode, normal
from paperpath.formats.tidy import tidy
from paperpath.model import Author, Paper
from paperpath.names import parse_name

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


def test_metadata_of_arxiv_comes_back_from_csl_and_ris() -> None:
    papers = metadata()
    wanted = [
        (normal(paper.title), tuple(map(clean, paper.authors)), paper.key, paper.arxiv_id, (paper.doi or "").lower(),
         paper.primary_category, tidy(paper.abstract or ""), "misc")
        for paper in papers
    ]  # fmt: skip
    for result in (json_references.read(csl_json.write(papers)), ris.read(ris.write(papers))):
        assert result.problems == ()
        assert wanted == [
            (paper.title, paper.authors, paper.key, paper.arxiv_id, paper.doi or "", paper.primary_category,
             paper.abstract or "", paper.entry_type)
            for paper in result.papers
        ]  # fmt: skip


def test_metadata_of_arxiv_is_yaml() -> None:
    papers = metadata()
    entries = yaml.safe_load(hayagriva.write(papers))
    assert list(entries) == [paper.key for paper in papers]
    assert [entry["serial-number"]["arxiv"] for entry in entries.values()] == [paper.arxiv_id for paper in papers]


def test_every_bib_file_survives_csl_and_ris(bib: Path) -> None:
    for path in sorted(bib.rglob("*.bib")):
        papers = bibtex.read(contents(path)).papers
        for result in (json_references.read(csl_json.write(papers)), ris.read(ris.write(papers))):
            assert len(result.papers) == len(papers), path
            assert [problem for problem in result.problems if "has no title" not in problem.message] == [], path
        assert len(yaml.safe_load(hayagriva.write(papers)) or ()) == len(papers), path


def test_answers_of_crossref_are_read() -> None:
    files = sorted((Path(os.environ["PAPERPATH_CORPUS"]) / "services" / "papis").glob("*.json"))
    assert files
    for path in files:
        result = json_references.read(contents(path))
        assert result.problems == (), path
        (paper,) = result.papers
        assert paper.doi == json.loads(contents(path))["message"]["DOI"].lower()
        assert (paper.title != "", paper.authors != (), paper.entry_type != "misc") == (True, True, True), path


def metadata() -> list[Paper]:
    lines = (Path(os.environ["PAPERPATH_CORPUS"]) / "arxiv_metadata.jsonl").read_text("utf-8").splitlines()
    return [
        Paper(
            row["title"],
            tuple(map(parse_name, row["authors"] or ())),
            key=f"kettle{number}",
            arxiv_id=row["id"],
            doi=row["doi"],
            primary_category=row["primary_category"],
            abstract=row["abstract"],
        )
        for number, row in enumerate(map(json.loads, lines))
    ]


def clean(author: Author) -> Author:
    return Author(*map(normal, (author.family, author.given, author.particle, author.suffix)))


def test_a_file_that_is_brought_up_to_date_with_itself_stays_the_same(bib: Path) -> None:
    for path in files(bib):
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        for dialect in ("bibtex", "biblatex"):
            file = BibFile.read(data)
            known = set(file.keys)
            papers = [paper for paper in bibtex.read(file.text).papers if paper.key in known]
            assert update(file, papers, dialect) == ((), (), ()), path  # type: ignore[arg-type]
            assert file.to_bytes() == data, path
