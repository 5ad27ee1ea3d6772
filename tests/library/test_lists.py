"""Reading lists are replaced whole and keep to the papers that are there."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import UnknownList, UnknownPaper
from paperpath.model import ListEntry, Stage
from tests.library.samples import ATTENTION, GRAPHS, PLAN, TSNE

if TYPE_CHECKING:
    from paperpath.library import Library


def test_a_list_comes_back_as_it_went_in(shelf: Library) -> None:
    shelf.set_list(PLAN, origin="/lists/starter.toml", fingerprint="abc")
    assert shelf.reading_list("starter") == PLAN
    assert shelf.lists() == [PLAN]
    assert shelf.list_fingerprints() == {"starter": "abc"}
    assert shelf.list_origins() == {"starter": "/lists/starter.toml"}
    assert shelf.get(GRAPHS.key).lists == ("starter",)


def test_a_list_is_replaced_whole(shelf: Library) -> None:
    shelf.set_list(PLAN, origin="a", fingerprint="1")
    other = dataclasses.replace(PLAN, title="New", stages=(Stage("Only", "", (ListEntry(TSNE.key, "Maps."),)),))
    shelf.set_list(other, origin="b", fingerprint="2")
    assert shelf.lists() == [other]
    assert shelf.list_fingerprints() == {"starter": "2"}


def test_a_list_with_an_unknown_paper_leaves_the_old_one(shelf: Library) -> None:
    shelf.set_list(PLAN, origin="a", fingerprint="1")
    broken = dataclasses.replace(PLAN, stages=(Stage("Only", "", (ListEntry("nobody2020", "?"),)),))
    with pytest.raises(UnknownPaper):
        shelf.set_list(broken, origin="a", fingerprint="2")
    assert shelf.lists() == [PLAN]


def test_a_removed_paper_is_no_longer_needed(shelf: Library) -> None:
    shelf.set_list(PLAN, origin="a", fingerprint="1")
    shelf.remove([GRAPHS.key])
    [entry] = shelf.reading_list("starter").entries
    assert (entry.key, entry.needs) == (ATTENTION.key, ())
    shelf.undo()
    assert shelf.reading_list("starter") == PLAN


def test_an_unknown_list_names_those_that_are_close(shelf: Library) -> None:
    with pytest.raises(UnknownList, match="none yet"):
        shelf.reading_list("starter")
    shelf.set_list(PLAN, origin="a", fingerprint="1")
    with pytest.raises(UnknownList, match="Did you mean starter"):
        shelf.reading_list("startre")
    with pytest.raises(UnknownList, match="There are starter"):
        shelf.drop_list("xyz")
    shelf.drop_list("starter")
    assert (shelf.lists(), len(shelf.keys())) == ([], 4)


def test_facts_about_the_library_itself(shelf: Library) -> None:
    assert shelf.meta("seed") is None
    shelf.set_meta("seed", "1")
    shelf.set_meta("seed", "2")
    assert shelf.meta("seed") == "2"
    shelf.set_meta("seed", None)
    assert shelf.meta("seed") is None
    assert shelf.history() == []
