"""Statistics: what is counted, in which week, and how it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import UnknownList
from paperpath.formats.citekeys import make_key
from paperpath.model import Author, ListEntry, Paper, ReadingList, Stage
from paperpath.workflow import measuring, passing, picturing

if TYPE_CHECKING:
    from paperpath.library import Library

KEYS = ["a2001", "b2002", "c2003"]
LIST = ReadingList(
    "light",
    "Light [/x]",
    "",
    (
        Stage("First", "", (ListEntry("a2001", "."), ListEntry("b2002", "."))),
        Stage("Then", "", (ListEntry("c2003", "."),)),
    ),
)


@pytest.fixture
def shelf(library: Library) -> Library:
    library.add([Paper(f"Paper {key}", (Author("Kessel", "Ann"),), key=key, year=2001) for key in KEYS], make_key)
    library.set_list(LIST, origin="own", fingerprint="1")
    return library


def here() -> date:
    """The day of what is done now, where the reader is."""
    return datetime.now(UTC).astimezone().date()


def test_an_empty_library(library: Library) -> None:
    found = measuring.statistics(library, here())
    assert (found.papers.total, found.minutes, found.lists, found.longest_read) == (0, 0, (), ())
    shown = picturing.lines(found, 60)
    assert shown[0].text == "0 of 0 papers read"
    assert picturing.svg(found).startswith("<svg")


def test_papers_minutes_and_stages(shelf: Library) -> None:
    shelf.set_status(["a2001"], "read")
    shelf.set_status(["b2002"], "skimmed")
    passing.set_pass(shelf, "c2003", "skim", done=True)
    today = here()
    shelf.add_minutes("a2001", today.isoformat(), 30)
    shelf.add_minutes("c2003", (today - timedelta(7)).isoformat(), 45)
    found = measuring.statistics(shelf, today, weeks=2)
    assert [(week.read, week.skimmed, week.minutes, week.passes) for week in found.weeks] == [
        (0, 0, 45, 0),
        (1, 2, 30, 1),
    ]
    assert (found.streak.now, found.streak.longest) == (2, 2)
    assert found.passes == {"skim": 1}
    assert [(one.key, one.minutes) for one in found.longest_read] == [("c2003", 45), ("a2001", 30)]
    [one] = found.lists
    assert [(stage.title, stage.progress.read, stage.minutes) for stage in one.stages] == [
        ("First", 1, 30),
        ("Then", 0, 45),
    ]


def test_what_is_shown(shelf: Library) -> None:
    shelf.set_status(["a2001"], "read")
    shelf.add_minutes("a2001", here().isoformat(), 75)
    found = measuring.statistics(shelf, here(), weeks=4)
    text = [f"{one.text}{one.tail}" for one in picturing.lines(found, 60, ascii_only=True)]
    assert text[0] == "1 of 3 papers read, 1 h 15 min in the reader"
    assert "############            |  1 of 2   First, 1 h 15 min" in text
    assert all(line.isascii() for line in text)
    assert not any("row" in line for line in text)  # one week is no row, and nothing is said of what was not done
    svg = picturing.svg(found)
    assert "Light [/x]" in svg
    assert "First: 1 of 2" in svg


def test_a_list_that_there_is_not(shelf: Library) -> None:
    with pytest.raises(UnknownList):
        measuring.statistics(shelf, here(), list_name="nothing")


def test_a_stage_without_papers_has_no_bar(shelf: Library) -> None:
    stages = (*LIST.stages, Stage("Tools", "Try it.", ()))
    shelf.set_list(replace(LIST, stages=stages), origin="own", fingerprint="2")
    found = measuring.statistics(shelf, here())
    assert [stage.title for stage in found.lists[0].stages] == ["First", "Then", "Tools"]
    tails = [line.tail for line in picturing.lines(found, 80) if line.kind == "plot"]
    assert any("Then" in tail for tail in tails)
    assert "Tools" not in "".join(tails) + picturing.svg(found)
