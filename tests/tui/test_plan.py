"""The way to a paper: its steps, what is known of them, the pace, the files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.library.guides import Written
from paperpath.model import Guide, ParsedPaper, Section, Topic
from paperpath.tui import state
from paperpath.tui.catalogue import Scope
from paperpath.tui.screens.plan import PACES, PlanRoom
from paperpath.tui.screens.reader import Reader
from paperpath.workflow import parsing
from tests.tui import samples
from tests.tui.conftest import SMALL, WIDE, burst, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start

FIRST, SECOND, LAST = samples.READABLE, "gone2003all", "wang2006attention"
TO_LAST = "/wang2006\rP"
"""Filter, take it, and find the way."""
TEXT = ParsedPaper(
    sections=(Section("4", "Loops", 1, 2, "Looping is done often. Looping helps. Looping [/x]!"),), pages=3
)


@pytest.fixture
def planned_home(shelf_home: Path) -> Path:
    """The sample list with guides, so that there are minutes; the last paper has a text."""
    papers = {paper.key: paper for paper in samples.PAPERS}
    guides = (
        Guide(FIRST, minutes=200, know=("cogs",)),
        Guide(SECOND, minutes=90),
        Guide(LAST, minutes=45, know=("cogs", "oil")),
    )
    with Library.open(shelf_home) as library:
        library.set_topics(
            [Topic("cogs", "Cogs [/x]", "They turn."), Topic("oil", "Oil", "It flows.")], origin="shipped"
        )
        written = [Written(guide, papers[guide.key]) for guide in guides]
        library.set_guides({"guides": written}, origin="shipped", fingerprint="1")
        parsing.keep_parsed(library, LAST, TEXT)
    return shelf_home


def plan_of(app: PaperpathApp) -> list[tuple[str, str]]:
    """What kind each line of the plan is, and of which paper; headings left out."""
    assert isinstance(app.screen, PlanRoom)
    return [(one.kind, one.key) for one in app.screen.steps.steps if one.key]


def day(app: PaperpathApp, after: int) -> str:
    """A day of the plan on show, counted from its first one."""
    assert isinstance(app.screen, PlanRoom)
    return str(app.screen.first_day + timedelta(after))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_steps_stand_in_weeks_with_minutes_and_why(
    start: Start, planned_home: Path, size: tuple[int, int]
) -> None:
    async with start(size=size) as (app, pilot):
        burst(app, TO_LAST)
        await settle(app, pilot)
        text = screen_text(app)
        assert plan_of(app) == [("paper", FIRST), ("paper", SECOND), ("paper", LAST), ("rest", LAST)]
        assert "3 papers, 5 h 35 min" in text
        assert "5 h a week" in text
        assert f"Week 1  {day(app, 0)} to {day(app, 6)}" in text
        assert f"Week 2  {day(app, 7)} to {day(app, 13)}" in text
        assert "  1 ○ On Analytical Engines" in text
        assert f"3 h 20 min {day(app, 0)[5:]}" in text
        assert "the rest of 注意力" in text
        assert f"done {day(app, 7)}" in text
        assert "200 min" not in text
        assert "WHY" in text
        assert "The first programme [/x] ever." in text  # of the step under the cursor
        burst(app, "\tG")  # to the pane and its end, which the small one has not room for
        await settle(app, pilot)
        assert "2 [all] of it" in screen_text(app)
        assert "UNLOCKS\n 2 [all] of it\n 3 注意力" in app.screen.query_one("#about-step").text  # type: ignore[attr-defined]
        burst(app, "\tG")
        await settle(app, pilot)
        assert "3 of 3" in screen_text(app)
        assert "A survey." in screen_text(app)
        burst(app, "q")
        await settle(app, pilot)
        assert app.screen is app.shelf


async def test_the_palette_and_marks_lead_there_too(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "xx:way to this\r")
        await settle(app, pilot)
        assert "The way to 2 papers" in screen_text(app)
        burst(app, "q\x1b/zzzz\rP")
        await settle(app, pilot)
        assert "There is no paper here to find the way to" in screen_text(app)


async def test_what_is_known_leaves_the_plan_and_undo_brings_it_back(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, f"{TO_LAST}K")
        await settle(app, pilot)
        text = screen_text(app)
        for words in ("p  The paper", "1  programming", "2  looping", "3  Cogs [/x]", "taken for granted here"):
            assert words in text
        burst(app, "2")
        await settle(app, pilot)
        assert plan_of(app)[:2] == [("paper", SECOND), ("paper", LAST)]
        assert plan_of(app)[-1] == ("out", FIRST)
        text = screen_text(app)
        assert "You know looping  (u takes it back)" in text
        assert "known: looping" in text
        assert "[all] of it" in app.screen.query_one("#about-step").text  # type: ignore[attr-defined]  # came in its place
        burst(app, "Kp")  # that one introduced nothing and asks for nothing, so there is no menu and p does its own
        await settle(app, pilot)
        burst(app, "q" if not isinstance(app.screen, PlanRoom) else "")
        await settle(app, pilot)
        assert ("out", SECOND) in plan_of(app)
        burst(app, "GK")  # the last line, which was left out, is known no longer
        await settle(app, pilot)
        assert "No longer known: “[all] of it”" in screen_text(app)
        burst(app, "uuu")
        await settle(app, pilot)
        assert [key for kind, key in plan_of(app) if kind == "paper"] == [FIRST, SECOND, LAST]
    with Library.open(planned_home) as library:
        assert not library.known_topics()
        assert not library.known_papers()


async def test_a_topic_that_is_known_is_not_asked_for(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, f"{TO_LAST}K3")
        await settle(app, pilot)
        assert "You know Cogs [/x]" in screen_text(app)
        assert "KNOW BEFORE" not in screen_text(app)
        burst(app, "jj")
        await settle(app, pilot)
        pane = app.screen.query_one("#about-step").text  # type: ignore[attr-defined]
        assert "KNOW BEFORE\nOil\n" in pane
    with Library.open(planned_home) as library:
        assert [*library.known_topics()] == ["Cogs [/x]"]


async def test_another_pace_moves_the_days_and_is_remembered(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, f"{TO_LAST}+")
        await settle(app, pilot)
        text = screen_text(app)
        assert f"6 hours a week, done {day(app, 6)}" in text
        assert "Week 2" not in text
        burst(app, "--")
        await settle(app, pilot)
        assert f"4 hours a week, done {day(app, 9)}" in screen_text(app)
        burst(app, "-" * 20)
        await settle(app, pilot)
        assert "0.5 hours a week are the least here" in screen_text(app)
        titles = [one.text for one in app.screen.steps.steps if one.kind == "heading"]  # type: ignore[attr-defined]
        assert titles[-1] == f"Week 12  {day(app, 77)} to {day(app, 83)}"
        burst(app, "+" * 20)
        await settle(app, pilot)
        assert "40 hours a week are the most here" in screen_text(app)
    assert state.recall(planned_home).hours == PACES[-1]
    async with start() as (app, pilot):
        burst(app, TO_LAST)
        await settle(app, pilot)
        assert "40 h a week" in screen_text(app)


async def test_what_is_left_out_by_hand_is_missed_and_comes_back(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, f"{TO_LAST}d")
        await settle(app, pilot)
        assert ("missed", FIRST) in plan_of(app)
        assert ("out", FIRST) in plan_of(app)
        text = screen_text(app)
        assert "Left out of this plan: On Analytical Engines" in text
        assert "1 left out, 1 gap" in text
        burst(app, "Gk")
        await settle(app, pilot)
        said = app.screen.query_one("#about-step").text  # type: ignore[attr-defined]
        assert "You skip looping" in said
        assert "it comes up in 4 Loops of “注意力" in said
        burst(app, "Gd")
        await settle(app, pilot)
        assert "In the plan again" in screen_text(app)
        assert [key for _, key in plan_of(app)][:2] == [FIRST, SECOND]
        burst(app, "Gd")
        await settle(app, pilot)
        assert "The plan is to lead there" in screen_text(app)
        assert not [kind for kind, _ in plan_of(app) if kind == "out"]


async def test_a_plan_is_written_as_a_page_and_as_a_calendar(
    start: Start, planned_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start() as (app, pilot):
        burst(app, f"{TO_LAST}w")
        await settle(app, pilot)
        assert app.screen.prompt.input.value == str(tmp_path / f"plan-{LAST}.md")  # type: ignore[attr-defined]
        burst(app, "\r")
        await settle(app, pilot)
        assert "Wrote 3 papers to" in screen_text(app)
        page = (tmp_path / f"plan-{LAST}.md").read_text(encoding="utf-8")
        assert page.startswith("# The way to “注意力")
        assert f"## Week 1: {day(app, 0)} to {day(app, 6)}" in page
        burst(app, "w\x15plan.txt\r")
        await settle(app, pilot)
        assert "only .md or .ics" in screen_text(app)
        burst(app, "\x7f\x7f\x7fics\r")  # what was typed is still there
        await settle(app, pilot)
        assert "SUMMARY:Read: On Analytical Engines" in (tmp_path / "plan.ics").read_text(encoding="utf-8")
        burst(app, "w\x15nowhere/plan.md\r")
        await settle(app, pilot)
        assert "no folder" in screen_text(app).lower()
        burst(app, "\x1bw\x15~nobody.of.that.name/x.md\r")
        await settle(app, pilot)
        assert "There is no home folder ~nobody.of.that.name here." in screen_text(app)
    assert sorted(path.name for path in tmp_path.glob("*plan*")) == ["plan.ics", f"plan-{LAST}.md"][::-1]


async def test_a_status_changes_the_plan_until_nothing_is_left(start: Start, planned_home: Path) -> None:
    async with start(size=SMALL) as (app, pilot):
        burst(app, f"{TO_LAST}sd")  # the first is read
        await settle(app, pilot)
        assert [key for kind, key in plan_of(app) if kind == "paper"] == [SECOND, LAST]
        assert ("out", FIRST) in plan_of(app)
        burst(app, "sd")  # and now the second
        await settle(app, pilot)
        assert "What it needs is known to you or left out: read it now" in screen_text(app)
        burst(app, "sd")
        await settle(app, pilot)
        text = screen_text(app)
        assert "Nothing is left to read on this way" in text
        assert "nothing left" in text
        assert "You have read it." in text
        burst(app, "w")
        await settle(app, pilot)
        assert "there is no plan to write" in screen_text(app)
        burst(app, "Kd")
        await settle(app, pilot)
        assert "It is not in the plan" in screen_text(app)
        burst(app, "u")
        await settle(app, pilot)
        assert "1 paper, 45 min" in screen_text(app)


async def test_what_has_nothing_before_it_says_so(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, "/lovelace\rP")
        await settle(app, pilot)
        assert "Nothing comes before it" in screen_text(app)
        burst(app, "q")
        app.shelf.show_scope(Scope())
        burst(app, "/erdos2007\rP")
        await settle(app, pilot)
        text = screen_text(app)
        assert "It is on no reading list" in text
        assert "~1 h" in text
        assert "~ is a guess" in text
        assert "assumed, for no text or page is known" in text


async def test_enter_reads_the_step_and_back_is_the_plan(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        burst(app, f"{TO_LAST}jj\r")
        await settle(app, pilot)
        assert isinstance(app.screen, Reader)
        assert app.screen.opened.record.key == LAST
        burst(app, "sdq")
        await settle(app, pilot)
        assert plan_of(app) == [("out", LAST)]


async def test_a_paper_that_is_gone_is_said(start: Start, planned_home: Path) -> None:
    async with start() as (app, pilot):
        app.shelf.show_scope(Scope())
        burst(app, "/erdos2007\rP")
        await settle(app, pilot)
        with Library.open(planned_home) as library:
            library.remove(["erdos2007naive"])
        await app._poll()
        await settle(app, pilot)
        text = screen_text(app)
        assert "erdos2007naive" in text
        assert text.count("No paper") == 2  # where the steps were, and as an error until it was seen
        burst(app, "K+dws")  # nothing to do it to
        await settle(app, pilot)
        assert isinstance(app.screen, PlanRoom)
        burst(app, "\x1bu")
        await settle(app, pilot)
        assert plan_of(app) == [("paper", "erdos2007naive")]


async def test_a_plan_in_ascii(start: Start, planned_home: Path) -> None:
    async with start(size=SMALL, ascii=True) as (app, pilot):
        burst(app, "/gone2003\rPsd")
        await settle(app, pilot)
        text = screen_text(app)
        assert "  1 . [all] of it" in text
        assert "    x On Analytical Engines" in text
        assert not set(text) & set("○●─…·•✓")
