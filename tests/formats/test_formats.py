from __future__ import annotations

import subprocess
import sys

import pytest

from paperpath import formats
from paperpath.model import Author, Paper

PAPER = Paper("Attention", (Author("Vaswani", "Ashish"),), key="vaswani2017attention", year=2017)


def test_importing_the_tables_loads_no_parser() -> None:
    code = (
        "import sys, paperpath.formats, paperpath.formats.bibtex, paperpath.formats.citekeys,"
        " paperpath.formats.reading_list, paperpath.formats.markdown, paperpath.formats.ris,"
        " paperpath.formats.json_references, paperpath.formats.csl_json, paperpath.formats.hayagriva\n"
        "print([name for name in ('bibtexparser', 'pylatexenc', 'yaml') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_bibtex_is_the_default() -> None:
    assert formats.format_names()[0] == "bibtex"
    assert set(formats.format_names()) == set(formats.WRITERS)


@pytest.mark.parametrize("name", formats.format_names())
def test_every_writer_writes(name: str) -> None:
    writer = formats.WRITERS[name]
    assert writer.name == name
    assert writer.suffix.startswith(".")
    assert "Attention" in writer.write([PAPER])
    assert writer.write([]) == ("[]\n" if name == "csl-json" else "")  # no JSON is empty


def test_writers_of_the_two_dialects_differ() -> None:
    paper = Paper("Über", key="k")
    assert formats.WRITERS["bibtex"].write([paper]).isascii()
    assert not formats.WRITERS["biblatex"].write([paper]).isascii()


@pytest.mark.parametrize(("suffix", "name"), [(".bib", "bibtex"), (".json", "csl-json"), (".ris", "ris")])
def test_readers_read_what_the_writer_of_their_suffix_writes(suffix: str, name: str) -> None:
    assert formats.WRITERS[name].suffix == suffix
    result = formats.READERS[suffix].read(formats.WRITERS[name].write([PAPER]))
    assert result == formats.ReadResult((PAPER,), ())


@pytest.mark.parametrize(
    ("suffix", "text", "severity"),
    [
        (".bib", "@misc{a, title={A}}\n@misc{A, title={B}}", "warning"),
        (".bib", "@misc{, title={A}}", "warning"),
        (".bib", "@misc{a, year=2020}", "warning"),
        (".bib", "@misc{a, title=nosuch}", "warning"),
        (".bib", "@misc{a, title={A}, crossref={b}}", "warning"),
        (".bib", "@misc{a, title={A}, year=2020, year=2020}", "warning"),
        (".bib", "@misc{a, title={A}, year=2020, year=2021}", "error"),
        (".bib", "@misc{a, title={}}", "error"),
        (".bib", "@misc{a, title={A}}\n@misc{b, title={B", "error"),
        (".bib", "@misc{a, title={A}}}\n year = {2020},\n", "error"),
        (".ris", "TY  - JOUR\nTI  - A", "warning"),
        (".ris", "TI  - A\nER  - ", "warning"),
        (".ris", "TY  - JOUR\nTI  - A\nER  - \nwhat is this", "error"),
        (".json", '[{"id": "a", "title": "A"} {"id": "b", "title": "B"}]', "warning"),
        (".json", '[{"id": "a", "title": "A"}, {"id": "A", "title": "B"}]', "warning"),
        (".json", '[{"id": "a", "title": "A", "custom": {"x": {"y": {}}}}]', "error"),
        (".json", '[{"id": "a", "title": "A"}, 7]', "error"),
        (".rdf", "<rdf:RDF", "error"),
    ],
)
def test_what_was_read_all_the_same_is_a_warning(suffix: str, text: str, severity: str) -> None:
    assert [problem.severity for problem in formats.READERS[suffix].read(text).problems] == [severity]
