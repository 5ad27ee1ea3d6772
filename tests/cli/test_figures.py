"""figures: listed, cut out, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath import pdf
from paperpath.cli import figures as module
from paperpath.model import Caption
from paperpath.pdf import png
from paperpath.pdf.pictures import Region
from paperpath.workflow import figures as verb
from paperpath.workflow import parsing
from tests import papers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

KEY, OLD = "vaswani2017attention", "old1986learning"


@pytest.fixture(scope="session")
def kettles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return papers.make("one_column", tmp_path_factory.mktemp("kettles"))


@pytest.fixture
def drawn(library: Library, kettles: Path, warm_parsers: None) -> Library:
    """The library where one paper has a PDF with a figure and a table."""
    library.files.write(library.files.pdf(library.get(KEY).paper), kettles.read_bytes())
    parsing.keep_parsed(library, KEY, pdf.parse(kettles))
    return library


def test_the_list(cli: Cli, drawn: Library) -> None:
    done = cli("figures", KEY)
    assert (done.code, done.err) == (0, "")
    assert done.out == ("figure 1\t1\tA kettle between its input and its output.\ntable 1\t2\tMinutes until boiling.\n")
    assert cli("figures", KEY, "table", "1").out == "table 1\t2\tMinutes until boiling.\n"
    assert [row["kind"] for row in cli("figures", KEY, "--json").json] == ["figure", "table"]


def test_a_label_alone_is_a_figure(cli: Cli, drawn: Library) -> None:
    for words in (["1"], ["Fig. 1"], ["figure", "1"], ["FIG1"]):
        assert cli("figures", KEY, *words, "--json").json[0]["kind"] == "figure"


@pytest.mark.parametrize("words", [["7"], ["table 7"], ["algorithm", "1"], ["kettle of copper"]])
def test_an_unknown_label_names_those_there_are(cli: Cli, drawn: Library, tmp_path: Path, words: list[str]) -> None:
    for more in ([], ["--out", str(tmp_path / "figs")]):
        done = cli("figures", KEY, *words, *more)
        assert (done.code, done.out) == (2, "")
        assert f"{KEY} has no {' '.join(words)}. It has figure 1, table 1." in done.err
    assert not (tmp_path / "figs").exists()


def test_pictures_are_written(cli: Cli, drawn: Library, tmp_path: Path) -> None:
    folder = tmp_path / "figs"
    done = cli("figures", KEY, "--out", str(folder))
    assert done.code == 0
    assert done.out.split() == [str(folder / "figure-1.png"), str(folder / "table-1.png")]
    assert sorted(path.name for path in folder.iterdir()) == ["figure-1.png", "table-1.png"]
    assert all(path.read_bytes().startswith(png.SIGNATURE) for path in folder.iterdir())
    row = cli("figures", KEY, "table 1", "--out", str(folder), "--dpi", "72", "--json").json[0]
    assert (row["file"], row["problem"]) == (str(folder / "table-1.png"), None)


def test_opening_one(cli: Cli, drawn: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(module, "view", lambda file: opened.append(file) or True)
    assert cli("figures", KEY, "1", "--open").code == 0
    assert [path.name for path in opened] == ["figure-1.png"]
    assert opened[0].is_relative_to(drawn.files.cache)
    assert cli("figures", KEY, "--open").code == 2
    monkeypatch.setattr(module, "view", lambda file: False)
    done = cli("figures", KEY, "1", "--open")
    assert done.code == 2
    assert "No viewer could be started. The picture is " in done.err


def test_without_a_picture_the_others_are_written(
    cli: Cli, library: Library, tmp_path: Path, warm_parsers: None
) -> None:
    paper = papers.Paper(tmp_path / "bare.pdf")
    paper.centred("On Kettles That Are Drawn", papers.BOLD, 16)
    paper.paragraph(papers.prose(8))
    paper.y -= 12
    paper.paragraph("Figure 1: A kettle that was forgotten.", size=9, indent=0)
    paper.y -= 12
    paper.paragraph(papers.prose(9))
    paper.figure("2", "A kettle that was not.")
    library.files.write(library.files.pdf(library.get(KEY).paper), paper.save().read_bytes())
    done = cli("figures", KEY, "--out", str(tmp_path / "figs"))
    assert done.code == 1
    assert done.out.split() == [str(tmp_path / "figs" / "figure-2.png")]
    assert "error: figure 1: nothing beside its caption on page 1 could be told from the text. " in done.err
    assert f"paperpath open {KEY}" in done.err


def test_a_paper_that_is_not_here(cli: Cli, library: Library, tmp_path: Path) -> None:
    for more in ([], ["--out", str(tmp_path / "figs")]):
        done = cli("figures", OLD, *more)
        assert done.code == 2
        assert f"Bring it with: paperpath fetch {OLD}" in done.err


def test_bounds_of_the_resolution(cli: Cli, drawn: Library) -> None:
    assert cli("figures", KEY, "--dpi", "5000").code == 2
    assert cli("figures", KEY, "--dpi", "0").code == 2


def test_each_file_has_a_name_of_its_own() -> None:
    captions = [Caption("figure", "A.1", "", 1), Caption("figure", "a.1", "", 9), Caption("table", "IV", "", 2)]
    assert verb.file_names(captions) == ["figure-a.1.png", "figure-a.1-2.png", "table-iv.png"]


def test_a_mention_that_was_taken_for_a_caption_is_left_out() -> None:
    mention, caption = (Region(Caption("figure", "1", "", page), box) for page, box in ((1, None), (2, (0, 0, 9, 9))))
    lonely = Region(Caption("figure", "2", "", 3), None)
    assert verb.likely([mention, caption, lonely]) == [caption, lonely]
