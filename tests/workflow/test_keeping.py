"""Bibliographies that follow the library."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, UnknownList
from paperpath.tui.desk import Desk
from paperpath.workflow import annotating, keeping
from paperpath.workflow.exporting import Style, export
from tests.workflow.samples import LAMPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library


def keys(shelf: Library) -> list[str]:
    return [row.key for row in shelf.rows()]


def states(library: Library) -> list[str]:
    return [outcome.state for outcome in keeping.bring_up_to_date(library)]


def test_a_file_follows_the_papers_that_it_holds(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    first, second, *_ = keys(shelf)
    annotating.tag(shelf, [first], add=["thesis"])
    assert keeping.keep(shelf, path, query="tag:thesis").state == "written"
    assert path.read_text("utf-8") == export(shelf, query="tag:thesis")
    annotating.tag(shelf, [second], add=["thesis"])
    assert states(shelf) == ["written"]
    assert second in path.read_text("utf-8")
    shelf.undo()
    assert states(shelf) == ["written"]
    assert second not in path.read_text("utf-8")


def test_a_file_that_says_the_same_is_not_touched(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    keeping.keep(shelf, path)
    before = path.stat()
    annotating.set_status(shelf, [keys(shelf)[0]], "read")
    assert states(shelf) == ["same"]
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("format_name", ["bibtex", "biblatex"])
def test_what_a_file_is_made_of_decides_whether_it_is_made_anew(
    shelf: Library, tmp_path: Path, format_name: str
) -> None:
    journals, document = tmp_path / "journals.csv", tmp_path / "thesis.md"
    journals.write_text("A Journal;A. J.\n", encoding="utf-8")
    first, second, *_ = keys(shelf)
    document.write_text(f"[@{first}]", encoding="utf-8")
    style = Style("", "abbreviated", (str(journals),))
    keeping.keep(shelf, tmp_path / "refs.bib", format=format_name, documents=[document], style=style)

    def source() -> str:
        states(shelf)
        (kept,) = keeping.kept_files(shelf)
        return kept.source

    seen = [source()]
    annotating.set_status(shelf, [first], "read")
    annotating.tag(shelf, [first], add=["thesis"])
    assert source() == seen[0]
    shelf.update(replace(shelf.get(first).paper, abstract="Another one."))
    seen.append(source())
    journals.write_text("B Journal;B. J.\n", encoding="utf-8")
    seen.append(source())
    document.write_text(f"[@{first}] [@{second}]", encoding="utf-8")
    seen.append(source())
    assert second in (tmp_path / "refs.bib").read_text("utf-8")
    shelf.rename(second, "another")
    shelf.rename("another", second)
    seen.append(source())
    assert len(set(seen)) == 4 + (format_name == "biblatex")  # whose entries tell former keys


def test_what_somebody_else_edited_is_left_alone(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    keeping.keep(shelf, path)
    mine = path.read_text("utf-8") + "\n@misc{mine2020own, title = {Mine}}\n"
    path.write_text(mine, encoding="utf-8")
    shelf.remove([keys(shelf)[0]])
    (outcome,) = keeping.bring_up_to_date(shelf)
    assert (outcome.state, path.read_text("utf-8")) == ("edited", mine)
    assert "left alone" in outcome.message
    with pytest.raises(BadInput, match="says something else"):
        keeping.keep(shelf, path)
    assert path.read_text("utf-8") == mine
    assert keeping.keep(shelf, path, replacing=True).state == "written"
    assert states(shelf) == ["same"]


def test_a_file_that_was_there_before_is_never_taken_over_in_silence(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("% years of work\n", encoding="utf-8")
    with pytest.raises(BadInput, match="--replace"):
        keeping.keep(shelf, path)
    assert path.read_text("utf-8") == "% years of work\n"
    assert keeping.kept_files(shelf) == []
    path.write_text(export(shelf), encoding="utf-8")
    assert keeping.keep(shelf, path).state == "written"  # it says just what we would write


@pytest.mark.parametrize("arrived", [True, False])
def test_a_crash_while_writing_leaves_the_file_ours(shelf: Library, tmp_path: Path, arrived: bool) -> None:
    path = tmp_path / "refs.bib"
    keeping.keep(shelf, path)
    old = path.read_bytes()
    shelf.remove([keys(shelf)[0]])
    new = export(shelf).encode()
    (kept,) = json.loads(shelf.meta("kept") or "")
    kept["written"].append(keeping._digest(new.decode()))  # both are known before the file is touched
    shelf.set_meta("kept", json.dumps([kept]))
    path.write_bytes(new if arrived else old)
    shelf.remove([keys(shelf)[0]])
    assert states(shelf) == ["written"]
    assert path.read_bytes() == export(shelf).encode()


def test_a_file_that_was_deleted_comes_back_and_a_folder_does_not(shelf: Library, tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    keeping.keep(shelf, folder / "refs.bib")
    (folder / "refs.bib").unlink()
    assert states(shelf) == ["written"]
    (folder / "refs.bib").unlink()
    folder.rmdir()
    (outcome,) = keeping.bring_up_to_date(shelf)
    assert outcome.state == "failed"
    assert "--no-keep" in outcome.message
    assert not folder.exists()


def test_a_list_that_is_gone_is_told_and_the_others_are_written(shelf: Library, tmp_path: Path) -> None:
    with pytest.raises(UnknownList):
        keeping.keep(shelf, tmp_path / "gone.bib", list_name="nowhere")
    keeping.keep(shelf, tmp_path / "one.bib")
    keeping.keep(shelf, tmp_path / "two.bib", format="biblatex")
    one, two = json.loads(shelf.meta("kept") or "")
    shelf.set_meta("kept", json.dumps([{**one, "list_name": "nowhere"}, two]))
    shelf.remove([keys(shelf)[0]])
    assert states(shelf) == ["failed", "written"]


def test_a_file_is_kept_until_it_is_not(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    keeping.keep(shelf, path)
    before = path.read_bytes()
    assert keeping.forget(shelf, path)
    assert not keeping.forget(shelf, path)
    shelf.remove([keys(shelf)[0]])
    assert (states(shelf), path.read_bytes()) == ([], before)
    assert shelf.meta("kept") is None


def test_two_programs_register_files_and_none_is_lost(
    shelf: Library, reopen: Callable[[], Library], tmp_path: Path
) -> None:
    one, two = reopen(), reopen()
    for number in range(4):
        keeping.keep(one if number % 2 else two, tmp_path / f"{number}.bib")
    assert [kept.path for kept in keeping.kept_files(one)] == [str(tmp_path / f"{n}.bib") for n in range(4)]


def test_the_interface_writes_them_before_it_ends(reopen: Callable[[], Library], home: Path, tmp_path: Path) -> None:
    from paperpath.formats.citekeys import make_key

    library, path = reopen(), tmp_path / "refs.bib"
    (added,) = library.add([LAMPS], make_key)
    keeping.keep(library, path, query="status:read")
    assert added.key not in path.read_text("utf-8")
    desk = Desk(home)
    desk._changes.ask(lambda mine: mine.set_status([added.key], "read"))
    desk.close()
    assert added.key in path.read_text("utf-8")


def test_a_file_may_hold_only_what_a_document_cites(shelf: Library, tmp_path: Path) -> None:
    first, second, *_ = keys(shelf)
    document, path = tmp_path / "thesis.md", tmp_path / "refs.bib"
    document.write_text(f"As [@{first}] says.\n", encoding="utf-8")
    keeping.keep(shelf, path, documents=[document])
    assert (first in path.read_text("utf-8"), second in path.read_text("utf-8")) == (True, False)
    document.write_text(f"As [@{first}; @{second}] say.\n", encoding="utf-8")
    assert states(shelf) == ["written"]
    assert second in path.read_text("utf-8")
    document.unlink()
    (outcome,) = keeping.bring_up_to_date(shelf)
    assert (outcome.state, second in path.read_text("utf-8")) == ("failed", True)


def test_a_file_keeps_to_its_fields_and_journals(shelf: Library, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("Journal of Lanterns;J. Lanterns\n", encoding="utf-8")
    lamps = next(paper for paper in shelf.papers() if paper.title == LAMPS.title)
    shelf.update(replace(lamps, entry_type="article", venue="Journal of Lanterns"))
    style = Style("+abstract,-doi", "abbreviated", (str(names),))
    path = tmp_path / "refs.bib"
    assert keeping.keep(shelf, path, style=style).kept.style == style
    assert path.read_text("utf-8") == export(shelf, style=style)
    assert "  journal = {J. Lanterns},\n" in path.read_text("utf-8")
    assert "  abstract = {Lamps burn. We show how.},\n" in path.read_text("utf-8")
    assert "  doi = " not in path.read_text("utf-8")
    assert states(shelf) == ["same"]
    shelf.remove([keys(shelf)[-1]])
    assert states(shelf) == ["written"]
    assert "  journal = {J. Lanterns},\n" in path.read_text("utf-8")
    names.unlink()
    assert states(shelf) == ["failed"]


def test_files_of_an_older_program_are_kept_on(shelf: Library, tmp_path: Path) -> None:
    keeping.keep(shelf, tmp_path / "refs.bib")
    (row,) = json.loads(shelf.meta("kept") or "")
    for name in ("fields", "journals", "journal_lists"):
        del row[name]
    shelf.set_meta("kept", json.dumps([row]))
    assert states(shelf) == ["same"]


@pytest.mark.parametrize("style", [Style(fields="abstract"), Style(journals="short")])
def test_a_style_that_is_none_keeps_nothing(shelf: Library, tmp_path: Path, style: Style) -> None:
    with pytest.raises(BadInput):
        keeping.keep(shelf, tmp_path / "refs.bib", style=style)
    assert keeping.kept_files(shelf) == []
