"""One paper of two in the database; files that move with a change, and journals that a crash left."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, LibraryError
from paperpath.library import Library
from paperpath.library.plans import Plan, Text
from paperpath.model import ListEntry, ReadingList, Stage
from tests.library.samples import ATTENTION, GRAPHS, PAPERS, REPORT, TSNE, add, dump

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shelf(library: Library) -> Library:
    add(library, *PAPERS)
    return library


def listed(library: Library, *entries: ListEntry) -> None:
    plan = ReadingList("starter", "A start", "", (Stage("All", "", entries),))
    library.set_list(plan, origin="own", fingerprint=str(entries))


def keys_of(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.key, entry.needs) for entry in library.reading_list("starter").entries]


def test_a_list_that_holds_both_keeps_one_entry(shelf: Library) -> None:
    one, other = ListEntry(TSNE.key, "A."), ListEntry(REPORT.key, "B.", needs=(TSNE.key,))
    listed(shelf, one, other, ListEntry(GRAPHS.key, "C.", needs=(TSNE.key, REPORT.key)))
    before = dump(shelf)
    shelf.unite(REPORT.key, TSNE.key, replace(REPORT, doi="10.5555/x"))
    assert keys_of(shelf) == [(REPORT.key, ()), (GRAPHS.key, (REPORT.key,))]
    after = dump(shelf)
    shelf.undo()
    assert dump(shelf) == before
    shelf.redo()
    assert dump(shelf) == after


def test_what_is_taken_from_the_other_keeps_its_origin(shelf: Library) -> None:
    shelf.update(replace(TSNE, pages="7--9"), source="Crossref")
    assert shelf.origins(TSNE.key)["pages"].source == "Crossref"
    shelf.unite(REPORT.key, TSNE.key, replace(REPORT, pages="7--9"))
    assert shelf.origins(REPORT.key)["pages"].source == "Crossref"


def test_undo_leaves_a_list_alone_that_was_defined_anew(shelf: Library) -> None:
    listed(shelf, ListEntry(TSNE.key, "A."), ListEntry(GRAPHS.key, "B."))
    shelf.unite(REPORT.key, TSNE.key, REPORT)
    listed(shelf, ListEntry(GRAPHS.key, "B."), ListEntry(REPORT.key, "Another reason."))
    shelf.undo()
    assert keys_of(shelf) == [(GRAPHS.key, ()), (REPORT.key, ())]
    assert TSNE.key in shelf.keys()  # noqa: SIM118 - a method of the library
    shelf.redo()
    assert shelf.check() == []


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (replace(REPORT, key="third"), "The key must be"),
        (replace(REPORT, arxiv_id=ATTENTION.arxiv_id), f"is the paper {ATTENTION.key} of the library already"),
    ],
)
def test_what_belongs_to_a_third_paper_is_refused(shelf: Library, paper: object, said: str) -> None:
    before = dump(shelf)
    with pytest.raises(BadInput, match=said):
        shelf.unite(REPORT.key, TSNE.key, paper)  # type: ignore[arg-type]  # a paper
    with pytest.raises(BadInput, match="the same paper"):
        shelf.unite(REPORT.key, REPORT.key.upper(), REPORT)
    assert dump(shelf) == before


# --------------------------------------------------------------------------- files


PLAN = Plan((("papers/a", "papers/b"),), (Text("notes/a.md", "notes/b.md", "before", "after"),))


def furnish(home: Path) -> None:
    for name, text in (("papers/a/paper.pdf", "%PDF"), ("notes/a.md", "before")):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)


def found(home: Path) -> dict[str, str]:
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.startswith("library.db"))
    return {str(path.relative_to(home)): path.read_text() for path in files}


BEFORE = {"papers/a/paper.pdf": "%PDF", "notes/a.md": "before"}
AFTER = {"papers/b/paper.pdf": "%PDF", "notes/b.md": "after"}


def test_a_plan_forth_and_back(shelf: Library, home: Path) -> None:
    furnish(home)
    with shelf.moving() as carry_out, shelf.change("move"):
        carry_out(PLAN)
    assert found(home) == AFTER
    with shelf.moving() as carry_out, shelf.change("back"):
        carry_out(PLAN.reversed())
    assert found(home) == BEFORE
    assert Plan.from_json(PLAN.to_json()) == PLAN


def test_an_error_after_the_files_moved_puts_them_back(shelf: Library, home: Path) -> None:
    furnish(home)

    def fail() -> None:
        with shelf.moving() as carry_out, shelf.change("move"):
            carry_out(PLAN)
            assert "notes/b.md" in found(home)
            raise LibraryError("the disk is gone")

    with pytest.raises(LibraryError, match="the disk is gone"):
        fail()
    assert found(home) == BEFORE


def test_what_is_in_the_way_is_never_written_over(shelf: Library, home: Path) -> None:
    furnish(home)
    (home / "notes" / "b.md").write_text("mine")
    with (
        pytest.raises(BadInput, match=r"b\.md is there already"),
        shelf.moving() as carry_out,
        shelf.change("move"),
    ):
        carry_out(PLAN)
    assert found(home) == BEFORE | {"notes/b.md": "mine"}


def test_a_note_that_is_being_edited_is_never_written_over(shelf: Library, home: Path) -> None:
    furnish(home)
    (home / "notes" / "a.md").write_text("before, and more")
    with pytest.raises(BadInput, match="is being edited"), shelf.moving() as carry_out, shelf.change("move"):
        carry_out(PLAN)
    assert found(home) == BEFORE | {"notes/a.md": "before, and more"}


def test_a_journal_that_a_crash_left_is_settled_by_the_next_to_open(home: Path) -> None:
    furnish(home)
    with Library.open(home) as library, library.moving() as carry_out, library.change("move"):
        carry_out(PLAN)
        library.set_meta("more", "x")
        [journal] = home.glob("moving-*.json")
        kept = journal.read_bytes()
    (home / "moving-kept.json").write_bytes(kept)  # of a change that was committed
    Library.open(home).close()
    assert found(home) == AFTER
    (home / "moving-lost.json").write_text(json.dumps({"mark": "another", "plan": PLAN.to_json()}))
    Library.open(home).close()
    assert found(home) == BEFORE


def test_words_that_were_written_since_a_crash_stay(home: Path) -> None:
    furnish(home)
    Library.open(home).close()
    (home / "notes" / "a.md").rename(home / "notes" / "b.md")
    (home / "notes" / "b.md").write_text("after, and more")
    (home / "moving-lost.json").write_text(json.dumps({"mark": "another", "plan": PLAN.to_json()}))
    Library.open(home).close()
    assert found(home) == BEFORE | {"notes/b.md": "after, and more"}
