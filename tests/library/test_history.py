"""Whatever the user does can be taken back and made again, exactly, across restarts and programs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from paperpath.errors import BadInput, NothingToUndo, UnknownPaper
from paperpath.library import Library, Passage, StoredNote, history
from paperpath.model import GRADES, STATUSES, Card, Grade, Highlight, Paper, Position, Schedule, Status, StoredPdf
from tests.library.samples import ATTENTION, GRAPHS, PLAN, REPORT, TSNE, add, dump, some_papers

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

PDF = StoredPdf("ab" * 32, 1000, 15, "2026-01-01T00:00:00Z", 7, "https://arxiv.org/pdf/1706.03762v7")


NAMES = st.integers(0, 3)
"""Of cards."""


class Anything(RuleBasedStateMachine):
    """Random changes, undone and redone at random; the model is the list of states between them."""

    def __init__(self) -> None:
        super().__init__()
        self.library = Library.in_memory()
        with self.library.quietly():
            add(self.library, ATTENTION, GRAPHS)
        self.states: list[dict[str, Any]] = [dump(self.library)]
        self.now = 0
        self.number = 0

    def _changed(self) -> None:
        state = dump(self.library)
        if state != self.states[self.now]:
            self.states[self.now + 1 :] = [state]
            self.now += 1

    def _key(self, pick: int) -> str | None:
        keys = sorted(self.library.keys())
        return keys[pick % len(keys)] if keys else None

    @rule(count=st.integers(1, 3))
    def add_papers(self, count: int) -> None:
        self.number += count
        add(self.library, *some_papers(count, self.number * 10))
        self._changed()

    @rule(pick=st.integers(0, 9), title=st.sampled_from(["Thing one", "Attention two", "Graphs three"]))
    def update(self, pick: int, title: str) -> None:
        if key := self._key(pick):
            self.library.update(dataclasses.replace(self.library.get(key).paper, title=title, authors=()))
            self._changed()

    @rule(pick=st.integers(0, 9), new=st.sampled_from(["Lamp", "lamp", "kettle"]), pin=st.booleans())
    def rename(self, pick: int, new: str, pin: bool) -> None:
        if key := self._key(pick):
            try:
                with self.library.change("rename"):
                    self.library.rename(key, new)
                    if pin:
                        self.library.pin([new], "by hand")
            except BadInput:
                return  # taken
            assert self.library.get(key).key == new
            self._changed()

    @rule(picks=st.lists(st.integers(0, 9), min_size=1, max_size=2))
    def remove(self, picks: list[int]) -> None:
        keys = {key for pick in picks if (key := self._key(pick))}
        self.library.remove(sorted(keys))
        self._changed()

    @rule(pick=st.integers(0, 9), status=st.sampled_from(STATUSES))
    def set_status(self, pick: int, status: Status) -> None:
        if key := self._key(pick):
            self.library.set_status([key], status)
            self._changed()

    @rule(pick=st.integers(0, 9), added=st.sets(st.sampled_from("abc")), gone=st.sets(st.sampled_from("ABC")))
    def tag(self, pick: int, added: set[str], gone: set[str]) -> None:
        if key := self._key(pick):
            self.library.tag([key], add=sorted(added), remove=sorted(gone))
            self._changed()

    @rule(pick=st.integers(0, 9), quote=st.sampled_from(["a thing", "graphs"]))
    def highlight(self, pick: int, quote: str) -> None:
        if key := self._key(pick):
            kept = self.library.add_highlight(key, Highlight(quote, created="2026-01-01T00:00:00Z"))
            self._changed()
            self.library.update_highlight(key, dataclasses.replace(kept, comment="why"))
            self._changed()

    @rule(pick=st.integers(0, 9))
    def remove_highlight(self, pick: int) -> None:
        if (key := self._key(pick)) and (marked := self.library.get(key).highlights):
            self.library.remove_highlight(key, marked[0].id or 0)
            self._changed()

    @rule(pick=st.integers(0, 9), grades=st.lists(st.sampled_from(GRADES), min_size=1, max_size=3), name=NAMES)
    def review(self, pick: int, grades: list[Grade], name: int) -> None:
        if key := self._key(pick):
            card = Card(f"own:{name}", key, "own", f"Why {name}?", "So.", created="2026-01-01T00:00:00Z")
            for day, grade in enumerate(grades, 1):
                moment = f"2026-01-{day:02}T12:00:00Z"
                known = Schedule("review", None, 1 / 3 + day, 5.1234567890123456, moment, moment)
                self.library.review_card(
                    dataclasses.replace(card, schedule=known, page=day), grade, moment, what=f"review in {key}"
                )
                self._changed()

    @rule(pick=st.integers(0, 9))
    def remove_card(self, pick: int) -> None:
        if cards := self.library.cards():
            self.library.remove_card(cards[pick % len(cards)].id, what="remove a card")
            self._changed()

    @rule(pick=st.integers(0, 9), text=st.sampled_from(["attention note", "---\ntitle: graphs\n---\nthing", "", None]))
    def note(self, pick: int, text: str | None) -> None:
        if key := self._key(pick):
            self.library.set_note(key, text)
            self._changed()

    @rule(pick=st.integers(0, 9))
    def several_at_once(self, pick: int) -> None:
        with self.library.change("several"):
            self.add_nested()
            if key := self._key(pick):
                self.library.tag([key], add=["several"])
                self.library.set_status([key], "reading")
        self._changed()

    def add_nested(self) -> None:
        self.number += 1
        add(self.library, *some_papers(1, self.number * 10))

    @precondition(lambda self: self.now > 0)
    @rule()
    def undo(self) -> None:
        self.library.undo()
        self.now -= 1
        assert dump(self.library) == self.states[self.now]

    @precondition(lambda self: self.now < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.library.redo()
        self.now += 1
        assert dump(self.library) == self.states[self.now]

    @invariant()
    def the_history_is_as_long_as_it_should_be(self) -> None:
        states = [change.state for change in self.library.history(1000)]
        assert states.count("done") == self.now
        assert states.count("undone") == len(self.states) - 1 - self.now

    def teardown(self) -> None:
        while self.now:
            self.undo()
        while self.now < len(self.states) - 1:
            self.redo()
        with pytest.raises(NothingToUndo):
            self.library.redo()
        assert self.library.check() == []
        self.library.close()


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=settings.default.max_examples // 2, stateful_step_count=15, suppress_health_check=list(HealthCheck)
)


def _read(library: Library) -> None:
    """Give the attention paper everything that a paper can have."""
    key = ATTENTION.key
    library.set_list(PLAN, origin="shipped", fingerprint="1")
    library.set_pdf(key, PDF)
    library.set_parsed(
        key, "1.0", [Passage("text", "3 Model", 3, "Multi-head softmax"), Passage("caption", "", 4, "A map")]
    )
    library.set_position(key, Position(2, 120, 0.375))
    library.set_note(key, "---\ntags: []\n---\nMy words on heads.")
    library.tag([key], add=["nlp"])
    library.set_status([key], "read")
    library.add_highlight(key, Highlight("We propose", page=1))


def test_undoing_a_removal_brings_everything_back(shelf: Library) -> None:
    _read(shelf)
    before, hits = dump(shelf), shelf.search("softmax")
    assert [hit.section for hit in hits] == ["3 Model"]
    shelf.remove([ATTENTION.key, TSNE.key])
    assert (shelf.search("softmax"), shelf.search("heads")) == ([], [])
    assert [entry.key for entry in shelf.reading_list("starter").entries] == [GRAPHS.key]
    undone = shelf.undo()
    assert undone.notes == {ATTENTION.key: (None, "---\ntags: []\n---\nMy words on heads.")}
    assert (undone.change.what, undone.change.state) == ("remove 2 papers", "undone")
    assert dump(shelf) == before
    assert shelf.search("softmax") == hits
    assert shelf.redo().notes == {ATTENTION.key: ("---\ntags: []\n---\nMy words on heads.", None)}
    assert shelf.keys() == {GRAPHS.key, REPORT.key}
    shelf.undo()
    assert dump(shelf) == before


def test_undoing_an_addition_takes_facts_along_and_redo_brings_them_back(library: Library) -> None:
    add(library, ATTENTION)
    library.set_pdf(ATTENTION.key, PDF)
    library.set_parsed(ATTENTION.key, "1.0", [Passage("text", "", 1, "softmax")])
    with library.quietly():
        library.set_note(ATTENTION.key, "a draft")
    before = dump(library)
    assert library.undo().notes == {ATTENTION.key: ("a draft", None)}
    assert library.keys() == set()
    library.redo()
    assert dump(library) == before
    assert library.get(ATTENTION.key).pdf == PDF
    assert [hit.key for hit in library.search("softmax")] == [ATTENTION.key]


def test_facts_are_no_history(shelf: Library) -> None:
    key = ATTENTION.key
    shelf.set_pdf(key, PDF)
    shelf.set_parsed(key, "1.0", [Passage("text", "", 1, "softmax")])
    shelf.set_parsed(key, "1.1", [Passage("text", "", 1, "softmin")])
    shelf.set_problem(key, "no")
    shelf.set_position(key, Position(1, 2, 0.5))
    shelf.set_list(PLAN, origin="shipped", fingerprint="1")
    shelf.drop_list("starter")
    assert shelf.history() == []
    with pytest.raises(NothingToUndo, match="no change to take back"):
        shelf.undo()


def test_facts_inside_a_change_are_not_undone_with_it(shelf: Library) -> None:
    with shelf.change("fetch"):
        shelf.set_pdf(ATTENTION.key, PDF)
        shelf.set_parsed(ATTENTION.key, "1", [Passage("text", "", 1, "softmax")])
        shelf.set_parsed(ATTENTION.key, "2", [Passage("text", "", 1, "softmin")])
        shelf.tag([ATTENTION.key], add=["fetched"])
    shelf.undo()
    record = shelf.get(ATTENTION.key)
    assert (record.tags, record.pdf, record.parsed) == ((), PDF, "2")
    assert (len(shelf.search("softmin")), shelf.search("softmax ")) == (1, [])


def test_a_list_that_was_redefined_does_not_stand_in_the_way(shelf: Library) -> None:
    _read(shelf)
    shelf.remove([ATTENTION.key])
    shelf.drop_list("starter")
    shelf.undo()
    assert shelf.get(ATTENTION.key).lists == ()
    assert shelf.get(ATTENTION.key).tags == ("nlp",)


def test_an_undo_that_would_conflict_changes_nothing(shelf: Library) -> None:
    shelf.remove([ATTENTION.key])
    with shelf.quietly():
        add(shelf, dataclasses.replace(ATTENTION, key="again"))
    before = dump(shelf)
    with pytest.raises(NothingToUndo, match="no longer applies"):
        shelf.undo()
    assert dump(shelf) == before
    assert [change.state for change in shelf.history()] == ["done"]


def test_an_undo_of_what_is_gone_changes_nothing(shelf: Library) -> None:
    shelf.tag([ATTENTION.key], add=["a"])
    with shelf.quietly():
        shelf.remove([ATTENTION.key])
    with pytest.raises(NothingToUndo, match="no longer applies"):
        shelf.undo()


def test_history_says_what_was_done(shelf: Library) -> None:
    shelf.set_status([ATTENTION.key], "read")
    shelf.set_status([GRAPHS.key, TSNE.key], "skimmed")
    shelf.tag([ATTENTION.key], add=["nlp"], remove=["old"])
    shelf.set_note(ATTENTION.key, "words")
    shelf.remove([TSNE.key], what="tidy\nup")
    shelf.undo()
    assert [(change.what, change.state) for change in reversed(shelf.history())] == [
        ("status of vaswani2017attention: unread → read", "done"),
        ("status of 2 papers: skimmed", "done"),
        ("tags of vaswani2017attention: +nlp −old", "done"),
        ("note on vaswani2017attention", "done"),
        ("tidy up", "undone"),
    ]
    assert len(shelf.history(2)) == 2


def test_a_new_change_drops_what_was_undone(shelf: Library) -> None:
    shelf.tag([ATTENTION.key], add=["a"])
    shelf.undo()
    shelf.tag([ATTENTION.key], add=["b"])
    assert [change.state for change in shelf.history()] == ["done", "dropped"]
    with pytest.raises(NothingToUndo, match="make again"):
        shelf.redo()


def test_what_changes_nothing_leaves_redo_alone(shelf: Library) -> None:
    shelf.tag([ATTENTION.key], add=["a"])
    shelf.undo()
    shelf.tag([ATTENTION.key], remove=["z"])
    shelf.set_status([ATTENTION.key], "unread")
    shelf.redo()
    assert shelf.get(ATTENTION.key).tags == ("a",)


def test_a_failed_change_leaves_no_trace(shelf: Library) -> None:
    before = dump(shelf)

    def two_things() -> None:
        with shelf.change("two things"):
            shelf.tag([ATTENTION.key], add=["a"])
            shelf.tag(["nobody"], add=["a"])

    with pytest.raises(UnknownPaper):
        two_things()
    assert (dump(shelf), shelf.history()) == (before, [])
    shelf.tag([ATTENTION.key], add=["b"])
    assert len(shelf.history()) == 1


def test_a_failed_part_is_taken_back_alone(shelf: Library) -> None:
    with shelf.change("two things"):
        shelf.tag([ATTENTION.key], add=["kept"])
        with pytest.raises(UnknownPaper):
            shelf.tag([GRAPHS.key, "nobody"], add=["lost"])
    assert shelf.tags() == {"kept": 1}
    assert [change.what for change in shelf.history()] == ["two things"]


def test_a_change_in_a_quiet_part_is_quiet(shelf: Library) -> None:
    with shelf.change("outer"):
        with shelf.quietly(), shelf.change("inner"):
            shelf.tag([GRAPHS.key], add=["quiet"])
        shelf.tag([ATTENTION.key], add=["loud"])
    shelf.undo()
    assert shelf.tags() == {"quiet": 1}


def test_undo_cannot_be_part_of_a_change(shelf: Library) -> None:
    shelf.tag([ATTENTION.key], add=["a"])
    with pytest.raises(RuntimeError), shelf.change("outer"):
        shelf.undo()
    assert shelf.tags() == {"a": 1}


def test_undo_goes_on_after_a_restart_and_from_another_program(home: Path) -> None:
    with Library.open(home) as first:
        add(first, ATTENTION)
        first.set_status([ATTENTION.key], "read")
    with Library.open(home) as second, Library.open(home) as third:
        second.undo()
        assert third.get(ATTENTION.key).status == "unread"
        third.undo()
        assert second.keys() == set()
        second.redo()
        third.redo()
        assert second.get(ATTENTION.key).status == "read"


def test_old_images_go_and_their_lines_stay(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 2)
    for name in "abcd":
        shelf.tag([ATTENTION.key], add=[name])
    shelf.undo()
    shelf.undo()
    with pytest.raises(NothingToUndo, match="older than the 2 changes"):
        shelf.undo()
    assert shelf.tags() == {"a": 1, "b": 1}
    assert len(shelf.history()) == 4


def test_a_bulk_import_is_recorded_by_its_keys_alone(library: Library) -> None:
    add(library, *some_papers(200))
    connection: sqlite3.Connection = library._database.connection
    assert connection.execute("SELECT count(*), max(length(image)) < 20 FROM change_row").fetchone() == (200, 1)


def test_only_a_note_s_words_are_history(shelf: Library, home: Path) -> None:
    path = shelf.files.note(ATTENTION.key)
    shelf.files.write(path, "one")
    shelf.set_note(ATTENTION.key, "one")
    kept = shelf.note(ATTENTION.key)
    assert kept == StoredNote(
        "one", "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", path.stat().st_mtime_ns
    )
    shelf.files.write(path, "one")
    shelf.set_note(ATTENTION.key, "one")
    assert shelf.note(ATTENTION.key) != kept
    assert len(shelf.history()) == 1
    assert shelf.undo().notes == {ATTENTION.key: ("one", None)}
    assert shelf.note(ATTENTION.key) is None


def test_status_keeps_the_first_day_of_each_kind(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"])
    monkeypatch.setattr("paperpath.library.marks.now", lambda: next(days))
    reached: list[Status] = ["reading", "read", "reading"]
    for status in reached:
        shelf.set_status([ATTENTION.key], status)
    assert shelf.status_dates(ATTENTION.key) == {"reading": "2026-01-01T00:00:00Z", "read": "2026-01-02T00:00:00Z"}
    monkeypatch.undo()
    shelf.set_status([ATTENTION.key], "unread")
    assert shelf.status_dates(ATTENTION.key) == {}


def test_bad_marks_are_refused(shelf: Library) -> None:
    with pytest.raises(BadInput, match="is no status"):
        shelf.set_status([ATTENTION.key], "done")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="can be no tag"):
        shelf.tag([ATTENTION.key], add=[" \n"])
    with pytest.raises(BadInput, match="has no highlight"):
        shelf.remove_highlight(ATTENTION.key, 5)
    with pytest.raises(BadInput, match="has no highlight"):
        shelf.update_highlight(ATTENTION.key, Highlight("x"))
    assert shelf.history() == []


def test_a_tag_is_spelt_as_it_was_first(shelf: Library) -> None:
    shelf.tag([ATTENTION.key], add=["NLP"])
    shelf.tag([GRAPHS.key, ATTENTION.key], add=["nlp", " to   read "])
    assert shelf.tags() == {"NLP": 2, "to read": 2}


def test_a_problem_is_over_when_it_worked(shelf: Library) -> None:
    shelf.set_problem(ATTENTION.key, "no answer")
    assert shelf.get(ATTENTION.key).problem == "no answer"
    shelf.set_pdf(ATTENTION.key, PDF)
    assert shelf.get(ATTENTION.key).problem is None
    shelf.set_problem(ATTENTION.key, "cannot be parsed")
    shelf.set_parsed(ATTENTION.key, "1", [])
    assert shelf.get(ATTENTION.key).problem is None
    assert shelf.rows()[0].has_pdf is True
    shelf.set_pdf(ATTENTION.key, None)
    assert shelf.get(ATTENTION.key).pdf is None


def test_a_text_counts_as_long_as_its_pdf_is_there(shelf: Library) -> None:
    key = ATTENTION.key
    shelf.set_pdf(key, PDF)
    shelf.set_parsed(key, "1", [])
    shelf.set_pdf(key, dataclasses.replace(PDF, fetched="2026-02-02T00:00:00Z"))
    assert shelf.get(key).parsed == "1"
    shelf.set_pdf(key, dataclasses.replace(PDF, sha256="f" * 64, version=2))
    assert shelf.get(key).parsed is None
    shelf.set_parsed(key, "1", [])
    shelf.set_pdf(key, None)
    shelf.set_pdf(key, PDF)
    assert shelf.get(key).parsed is None


def test_the_library_makes_some_passages_itself(shelf: Library) -> None:
    with pytest.raises(ValueError, match="makes itself"):
        shelf.set_parsed(ATTENTION.key, "1", [Passage("note", "", 1, "x")])


def test_progress_is_the_position_until_it_is_read(shelf: Library) -> None:
    shelf.set_position(ATTENTION.key, Position(3, 10, 1.7))
    assert shelf.rows()[0].progress == 1.0
    shelf.set_position(ATTENTION.key, Position(1, 10, 0.25))
    assert shelf.get(ATTENTION.key).position == Position(1, 10, 0.25)
    assert shelf.rows()[0].progress == 0.25
    shelf.set_status([ATTENTION.key], "read")
    assert shelf.rows()[0].progress == 1.0


def test_paper_without_a_title_is_kept(library: Library) -> None:
    assert add(library, Paper("")) == [("paper1", True)]
