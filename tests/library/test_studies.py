"""What the reader knows, passes and minutes: kept, taken back, and held by the paper that is left of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import UnknownPaper
from paperpath.library.studies import DonePass
from tests.library.samples import GRAPHS, PAPERS, REPORT, TSNE, add, dump

if TYPE_CHECKING:
    from paperpath.library import Library

SKIM = DonePass("skim", "2026-11-23T10:00:00Z", "unread", "skimmed")


@pytest.fixture
def shelf(library: Library) -> Library:
    add(library, *PAPERS)
    return library


def test_what_is_known_is_kept_once_and_taken_back(shelf: Library) -> None:
    shelf.know(["Layer  Normalization", "layer normalization"], [TSNE.key, TSNE.key])
    assert [*shelf.known_topics()] == ["Layer Normalization"]
    assert [*shelf.known_papers()] == [TSNE.key]
    assert shelf.history(1)[0].what == f"know Layer Normalization, layer normalization, {TSNE.key}, {TSNE.key}"
    shelf.know(["layer normalization"], [])  # nothing new: no line in the history
    assert len(shelf.history()) == 2
    shelf.undo()
    assert (shelf.known_topics(), shelf.known_papers()) == ({}, {})
    shelf.redo()
    shelf.unknow(["LAYER NORMALIZATION"], [TSNE.key])
    assert (shelf.known_topics(), shelf.known_papers()) == ({}, {})


def test_nothing_is_known_of_a_paper_that_is_not_there(shelf: Library) -> None:
    with pytest.raises(UnknownPaper):
        shelf.know(["dropout"], ["nobody"])
    assert shelf.known_topics() == {}


def test_passes(shelf: Library) -> None:
    shelf.set_pass(TSNE.key, SKIM)
    assert shelf.passes(TSNE.key) == (SKIM,)
    assert shelf.all_passes() == [(TSNE.key, "skim", SKIM.at)]
    assert shelf.undo().change.what == f"skim {TSNE.key}: done"
    assert shelf.passes(TSNE.key) == ()
    shelf.redo()
    shelf.drop_pass(TSNE.key, "skim")
    assert shelf.passes(TSNE.key) == ()


def test_minutes_add_up_and_are_no_change(shelf: Library) -> None:
    before = shelf.history()
    for minutes in (1, 1, 3):
        shelf.add_minutes(TSNE.key, "2026-11-23", minutes)
    shelf.add_minutes(GRAPHS.key, "2026-11-22", 2)
    assert [tuple(one) for one in shelf.minutes()] == [(GRAPHS.key, "2026-11-22", 2), (TSNE.key, "2026-11-23", 5)]
    assert shelf.history() == before


def test_a_removed_paper_comes_back_with_all_of_it(shelf: Library) -> None:
    shelf.know([], [TSNE.key])
    shelf.set_pass(TSNE.key, SKIM)
    shelf.add_minutes(TSNE.key, "2026-11-23", 5)
    before = dump(shelf)
    shelf.remove([TSNE.key])
    assert (shelf.known_papers(), shelf.all_passes(), shelf.minutes()) == ({}, [], [])
    shelf.undo()
    assert dump(shelf) == before


def test_two_papers_that_become_one(shelf: Library) -> None:
    shelf.know([], [TSNE.key])
    shelf.set_pass(TSNE.key, SKIM)
    for key, minutes in ((TSNE.key, 5), (REPORT.key, 2)):
        shelf.add_minutes(key, "2026-11-23", minutes)
    before = dump(shelf)
    shelf.unite(REPORT.key, TSNE.key, REPORT)
    assert [*shelf.known_papers()] == [REPORT.key]
    assert shelf.passes(REPORT.key) == (SKIM,)
    assert [tuple(one) for one in shelf.minutes()] == [(REPORT.key, "2026-11-23", 7)]
    shelf.undo()
    assert dump(shelf) == before


def test_when_statuses_were_reached_and_highlights_made(shelf: Library) -> None:
    shelf.set_status([TSNE.key], "skimmed")
    shelf.set_status([TSNE.key], "read")
    [one] = shelf.reached()
    assert (one.key, one.reading) == (TSNE.key, None)
    assert one.skimmed is not None
    assert one.read is not None
    assert shelf.marked() == []
