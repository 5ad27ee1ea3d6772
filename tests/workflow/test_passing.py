"""Three passes: the status follows, what was set by hand stays, and the checklist is the note's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput
from paperpath.formats.citekeys import make_key
from paperpath.library.guides import Written
from paperpath.model import Author, Guide, Paper
from paperpath.workflow import annotating, caring, noting, passing

if TYPE_CHECKING:
    from paperpath.library import Library

KEY = "kessel2001lamps"


@pytest.fixture
def shelf(library: Library) -> Library:
    library.add([Paper("Lamps by Night", (Author("Kessel", "Ann"),), key=KEY, year=2001)], make_key)
    guide = Guide(KEY, skim=("Abstract", "2"), task="Build a lamp.")
    library.set_guides({"one": [Written(guide, None)]}, origin="shipped", fingerprint="1")
    return library


def status(library: Library) -> str:
    return library.get(KEY).status


def test_the_status_follows_and_goes_back(shelf: Library) -> None:
    assert passing.set_pass(shelf, KEY, "skim", done=True) == passing.Changed(True, "skimmed", True)
    assert passing.set_pass(shelf, KEY, "skim", done=True) == passing.Changed(False, "skimmed", False)
    assert passing.set_pass(shelf, KEY, "understand", done=True).status == "read"
    assert passing.set_pass(shelf, KEY, "implement", done=True) == passing.Changed(True, "read", False)
    passing.set_pass(shelf, KEY, "implement", done=False)
    assert status(shelf) == "read"
    passing.set_pass(shelf, KEY, "understand", done=False)
    assert status(shelf) == "skimmed"
    passing.set_pass(shelf, KEY, "skim", done=False)
    assert status(shelf) == "unread"


def test_what_was_set_by_hand_stays(shelf: Library) -> None:
    annotating.set_status(shelf, [KEY], "read")
    assert passing.set_pass(shelf, KEY, "skim", done=True) == passing.Changed(True, "read", False)
    passing.set_pass(shelf, KEY, "skim", done=False)
    assert status(shelf) == "read"
    annotating.set_status(shelf, [KEY], "unread")
    passing.set_pass(shelf, KEY, "skim", done=True)
    annotating.set_status(shelf, [KEY], "unread")  # set back by hand: no later pass lifts it again
    assert passing.set_pass(shelf, KEY, "understand", done=True) == passing.Changed(True, "unread", False)


def test_a_pass_and_its_status_are_one_change(shelf: Library) -> None:
    passing.set_pass(shelf, KEY, "skim", done=True)
    assert shelf.history(1)[0].what == f"skim {KEY}: done; status unread → skimmed"
    caring.undo(shelf)
    assert (status(shelf), shelf.passes(KEY)) == ("unread", ())
    caring.redo(shelf)
    assert (status(shelf), [one.name for one in shelf.passes(KEY)]) == ("skimmed", ["skim"])


def test_the_status_in_the_note_follows_too(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    passing.set_pass(shelf, KEY, "understand", done=True)
    assert "status: read\n" in path.read_text(encoding="utf-8")


def test_there_is_no_such_pass(shelf: Library) -> None:
    with pytest.raises(BadInput, match="skim, understand, implement"):
        passing.set_pass(shelf, KEY, "glance", done=True)


def test_sections_and_task_are_the_guides(shelf: Library) -> None:
    skim, understand, implement = passing.passes(shelf, KEY).passes
    assert (skim.sections, skim.task) == (("Abstract", "2"), "")
    assert understand.sections == ()
    assert implement.task == "Build a lamp."


def test_the_checklist_is_the_one_in_the_note(shelf: Library) -> None:
    [first, *_] = passing.passes(shelf, KEY).passes[0].checklist
    assert not first.ticked
    passing.tick(shelf, KEY, first.text, on=True)  # drafts the note
    path = noting.note_path(shelf, KEY)
    assert f"- [x] {first.text}" in path.read_text(encoding="utf-8")
    assert passing.passes(shelf, KEY).passes[0].checklist[0].ticked
    path.write_text(path.read_text(encoding="utf-8").replace("- [x]", "- [ ]"), encoding="utf-8")  # in an editor
    assert not passing.passes(shelf, KEY).passes[0].checklist[0].ticked
    path.write_text("My own words.\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no such box"):
        passing.tick(shelf, KEY, first.text, on=True)
    assert path.read_text(encoding="utf-8") == "My own words.\n"
