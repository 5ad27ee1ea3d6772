"""Documents that cite, with the files they include, against the keys of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadFile, BadInput
from paperpath.formats.citekeys import make_key
from paperpath.model import Author, Paper
from paperpath.workflow import cited_papers, exporting
from tests.workflow.samples import BULBS, LAMPS, LANTERNS

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library


@pytest.fixture
def write(tmp_path: Path):
    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_included_files_are_read_from_where_latex_reads_them(shelf: Library, write) -> None:
    main = write("thesis.tex", "\\input{chapters/one}\n\\cite{vega2001lamps}")
    write("chapters/one.tex", "\\input{chapters/two}\\input{beside}")
    write("chapters/two.tex", "\\cite{okafor2022bulbs}\\input{thesis}")
    write("chapters/beside.tex", "\\cite{vega2101lanterns}")
    assert cited_papers.cited(shelf, [main]) == ({LAMPS.key, BULBS.key, LANTERNS.key}, ())


def test_aux_files_of_chapters(shelf: Library, write) -> None:
    main = write("thesis.aux", "\\citation{vega2001lamps}\n\\@input{chapters/one.aux}\n\\@input{gone.aux}")
    write("chapters/one.aux", "\\citation{okafor2022bulbs}")
    keys, problems = cited_papers.cited(shelf, [main])
    assert keys == {LAMPS.key, BULBS.key}
    assert [(problem.path, problem.line) for problem in problems] == [(main, 3)]
    assert "gone.aux" in problems[0].message


def test_typst_and_quarto_include_from_their_own_folder(shelf: Library, write) -> None:
    main = write("main.typ", '#include "chapters/one.typ"\n@wick')
    write("chapters/one.typ", '#include "two.typ"\n#figure() <wick>')
    write("chapters/two.typ", "@vega2001lamps")
    page = write("page.qmd", "{{< include _part.qmd >}}")
    write("_part.qmd", "@okafor2022bulbs")
    assert cited_papers.cited(shelf, [main, page]) == ({LAMPS.key, BULBS.key}, ())


def test_unknown_keys_are_told_once_with_near_ones(shelf: Library, write) -> None:
    one = write("one.md", "@vega2001lamps\n@vega2001lamp and @vega2001lamp @Vega2001Lamps")
    two = write("two.md", "@vega2001lamp @2101.00001")
    keys, problems = cited_papers.cited(shelf, [one, two])
    assert keys == {LAMPS.key}
    assert [(problem.path.name, problem.line) for problem in problems] == [("one.md", 2)] * 2 + [("two.md", 1)]
    assert "Did you mean vega2001lamps?" in problems[0].message
    assert all("has the key" in problem.message for problem in problems)
    assert LANTERNS.key in problems[2].message


def test_keys_are_known_as_an_export_writes_them(shelf: Library, write) -> None:
    shelf.add([Paper("Kettles", (Author("Müller", "Jo"),), key="müller2020 kettles")], make_key)
    keys, problems = cited_papers.cited(shelf, [write("a.tex", r"\cite{muller2020-kettles}")])
    assert (keys, problems) == ({"müller2020 kettles"}, ())
    assert "{muller2020-kettles," in exporting.export(shelf, only=keys)


def test_everything(shelf: Library, write) -> None:
    assert cited_papers.cited(shelf, [write("a.tex", r"\nocite{*}")]) == (None, ())


def test_documents_that_cannot_be_read(shelf: Library, write, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no file"):
        cited_papers.cited(shelf, [tmp_path / "gone.tex"])
    with pytest.raises(BadFile, match="cannot be read"):
        cited_papers.cited(shelf, [write("a.docx", "x")])
    with pytest.raises(BadInput, match="cites nothing"):
        cited_papers.cited(shelf, [write("a.tex", "Nothing.")])
