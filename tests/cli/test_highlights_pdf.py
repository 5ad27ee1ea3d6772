"""highlights --pdf and --from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath import pdf
from paperpath.model import Highlight
from paperpath.workflow import annotating, parsing
from tests import papers
from tests.papers import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

KEY = "vaswani2017attention"


@pytest.fixture
def marked(library: Library, tmp_path: Path, warm_parsers: None) -> Library:
    """The library where one paper has its PDF, one highlight of its text and one of another version's."""
    path = papers.make("one_column", tmp_path)
    library.files.write(library.files.pdf(library.get(KEY).paper), path.read_bytes())
    parsing.keep_parsed(library, KEY, pdf.parse(path))
    annotating.highlight(library, KEY, Highlight(SENTENCES[2], page=1, comment="Why?"))
    annotating.highlight(library, KEY, Highlight("Nothing of this was ever printed on any page of it.", page=2))
    return library


def test_into_a_copy_and_back(cli: Cli, marked: Library, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.pdf")
    done = cli("highlights", KEY, "--pdf", copy)
    assert (done.code, done.out) == (1, "")
    assert "“Nothing of this was ever printed on any page of it.” was not found on its pages" in done.err
    assert f"Wrote {copy}: 1 highlight." in done.err
    assert "Nothing to change in" in cli("highlights", KEY, "--pdf", copy).err
    for mark in cli("highlights", KEY, "--json").json:
        cli("highlights", KEY, "--remove", str(mark["id"]))
    done = cli("highlights", KEY, "--from", copy, "--json")
    assert "1 highlight and 0 remarks taken over, 0 known." in done.err
    ((quote, comment),) = [(mark["quote"], mark["comment"]) for mark in done.json]
    assert (quote, comment) == (SENTENCES[2], "Why?")
    assert "0 highlights and 0 remarks taken over, 1 known." in cli("highlights", KEY, "--from", copy).err
    assert cli("undo").code == 0
    assert cli("highlights", KEY, "--json").json == []


def test_the_stored_pdf_without_a_name(cli: Cli, marked: Library) -> None:
    done = cli("highlights", KEY, "--from")
    assert done.code == 0
    assert "0 highlights and 0 remarks taken over, 0 known." in done.err


def test_files_that_cannot_be_meant(cli: Cli, marked: Library, tmp_path: Path) -> None:
    stored = marked.files.pdf(marked.get(KEY).paper)
    before = stored.read_bytes()
    assert cli("highlights", KEY, "--pdf", str(stored)).code == 2
    assert stored.read_bytes() == before
    assert cli("highlights", KEY, "--from", str(tmp_path / "none.pdf")).code == 2
    assert cli("highlights", "old1986learning", "--pdf", str(tmp_path / "x.pdf")).code == 2
    (tmp_path / "text.pdf").write_text("no PDF", encoding="utf-8")
    assert cli("highlights", KEY, "--pdf", str(tmp_path / "text.pdf")).code == 1
    assert (tmp_path / "text.pdf").read_text(encoding="utf-8") == "no PDF"
