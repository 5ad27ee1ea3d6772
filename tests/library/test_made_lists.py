"""Lists that a person makes out of papers: changes like any other, beside those that come from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, NothingToUndo, UnknownList, UnknownPaper
from paperpath.library.made_lists import MADE
from paperpath.workflow import studying
from paperpath.workflow.opening import list_problems, sync_lists
from tests.library.samples import ATTENTION, GRAPHS, PLAN, REPORT, TSNE, dump

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library


def on(library: Library, name: str) -> list[str]:
    return [row.key for row in library.rows(list_name=name)]


def test_a_list_is_made_with_its_first_papers_and_grows_at_the_end(shelf: Library) -> None:
    assert shelf.collect([TSNE.key, GRAPHS.key, TSNE.key], "To cite, soon") == 2
    assert shelf.collect([ATTENTION.key, GRAPHS.key], "to CITE, soon") == 1
    assert on(shelf, "to-cite-soon") == [TSNE.key, GRAPHS.key, ATTENTION.key]
    assert shelf.release([GRAPHS.key, REPORT.key], "to-cite-soon") == 1
    assert shelf.collect([GRAPHS.key], "to-cite-soon") == 1
    assert on(shelf, "to-cite-soon") == [TSNE.key, ATTENTION.key, GRAPHS.key]
    assert [row.key for row in shelf.rows("list:to-cite-soon year:..2010")] == [GRAPHS.key, TSNE.key]
    assert shelf.list_origins() == {"to-cite-soon": MADE}


def test_every_step_can_be_taken_back_and_made_again(shelf: Library) -> None:
    states = [dump(shelf)]
    for step in (
        lambda: shelf.collect([TSNE.key, GRAPHS.key], "To cite"),
        lambda: shelf.collect([ATTENTION.key], "To cite"),
        lambda: shelf.release([TSNE.key], "to-cite"),
        lambda: shelf.retitle_list("to-cite", "Cited"),
        lambda: shelf.remove([ATTENTION.key]),
        lambda: shelf.remove_list("to-cite"),
    ):
        step()
        states.append(dump(shelf))
    for turn, order in ((shelf.undo, states[-2::-1]), (shelf.redo, states[1:])):
        for state in order:
            turn()
            assert dump(shelf) == state
    assert shelf.collect([GRAPHS.key], "Other") == 1
    shelf.collect([GRAPHS.key], "Other")
    assert shelf.undo().change.what.endswith("to the list “Other”")
    with pytest.raises(UnknownList):
        shelf.reading_list("other")


def test_what_cannot_be_is_explained_and_changes_nothing(shelf: Library) -> None:
    shelf.set_list(PLAN, origin="own", fingerprint="1")
    shelf.collect([TSNE.key], "One")
    before, changes = dump(shelf), len(shelf.history())
    for error, said, call in (
        (BadInput, "comes from a file", lambda: shelf.collect([TSNE.key], "A start")),
        (BadInput, "starter.toml", lambda: shelf.collect([TSNE.key], "starter")),
        (BadInput, "comes from a file", lambda: shelf.release([GRAPHS.key], "starter")),
        (BadInput, "comes from a file", lambda: shelf.remove_list("starter")),
        (BadInput, "no name of a list", lambda: shelf.collect([TSNE.key], " ?! ")),
        (BadInput, "Another list", lambda: shelf.retitle_list("one", "a start")),
        (UnknownPaper, "nobody", lambda: shelf.collect([TSNE.key, "nobody2020"], "Two")),
        (UnknownList, "two", lambda: shelf.release([TSNE.key], "two")),
    ):
        with pytest.raises(error, match=said):
            call()
    assert dump(shelf) == before
    assert len(shelf.history()) == changes


def test_files_neither_drop_nor_replace_it_and_it_is_no_path(shelf: Library, tmp_path: Path) -> None:
    shelf.set_list(PLAN, origin="own", fingerprint="1")
    shelf.collect([TSNE.key, GRAPHS.key], "Light")
    shelf.set_status([TSNE.key], "read")
    assert studying.chosen_list(shelf).name == "starter"
    (tmp_path / "light.toml").write_text("title = 'Other'", encoding="utf-8")
    sync_lists(shelf, tmp_path)
    assert on(shelf, "light") == [TSNE.key, GRAPHS.key]
    assert "starter" not in shelf.list_origins()
    assert "Rename the file" in list_problems(shelf)[0].message
    assert studying.chosen_list(shelf).name == "light"
    shelf.undo()
    shelf.undo()
    with pytest.raises(NothingToUndo):
        shelf.undo()
