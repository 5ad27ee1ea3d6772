"""path --to, know, unknow, pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD, ATTENTION = "old1986learning", "vaswani2017attention"

PLAN = """\
The way to “Attention Is All You Need”: 2 papers, about 2 h

Week 1, 2026-11-23 to 2026-11-29, 1 h 30 min
   1  Learning representations  ~1 h
      old1986learning (Old, 1986); unlocks 2
   2  Attention Is All You Need  ~1 h
      vaswani2017attention (Vaswani & Shazeer, 2017)

Week 2, 2026-11-30 to 2026-12-06, 30 min
      Attention Is All You Need: the rest, 30 min

Minutes are estimates: 2 papers of which no text or page is known, at an assumed hour each.
"""


def test_a_plan_week_by_week(cli: Cli, library: Library) -> None:
    done = cli("path", "--to", "Attention is all you need", "--hours-a-week", "1.5", "--start", "2026-11-23")
    assert (done.code, done.out, done.err) == (0, PLAN, "")
    assert cli("path", "--to", "transformer", "--to", OLD).out.count("old1986learning") == 1


def test_a_plan_without_what_is_known(cli: Cli, library: Library) -> None:
    assert "You know backpropagation." in cli("know", "Backpropagation").err
    text = cli("path", "--to", ATTENTION).out
    assert text.startswith("The way to “Attention Is All You Need”: 1 paper, about 1 h\n")
    assert "Left out\n  Learning representations (old1986learning): you know backpropagation\n" in text
    assert cli("know").out.split("\t")[:2] == ["backpropagation", OLD]
    assert cli("know", "--json").json[0]["paper"] is False
    assert "Taken back: know backpropagation" in cli("undo").err
    assert "You have not said yet" in cli("know").err
    cli("redo")
    assert "No longer known: backpropagation." in cli("unknow", "backpropagation").err
    assert "2 papers" in cli("path", "--to", ATTENTION).out


def test_a_plan_that_is_read_says_so(cli: Cli, library: Library) -> None:
    library.set_status([OLD], "read")
    done = cli("path", "--to", OLD)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"There is nothing to read: Learning representations ({OLD}): read.\n"


def test_a_plan_as_json(cli: Cli, library: Library) -> None:
    made = cli("path", "--to", ATTENTION, "--skip", OLD, "--hours-a-week", "7", "--start", "2026-11-23", "--json").json
    [paper] = made["papers"]
    assert (paper["key"], paper["first_day"], paper["last_day"]) == (ATTENTION, "2026-11-23", "2026-11-23")
    assert made["left_out"] == [{"key": OLD, "reason": "skipped", "topic": ""}]
    assert made["missed"][0]["skipped"] is True
    assert made["weeks"][0]["papers"] == [{"key": ATTENTION, "minutes": 60}]


def test_a_plan_into_files(cli: Cli, library: Library, tmp_path: Path) -> None:
    page, days = tmp_path / "plan.md", tmp_path / "plan.ics"
    done = cli("path", "--to", ATTENTION, "--markdown", str(page), "--ics", str(days))
    assert done.out == ""
    assert "At 5 hours a week; another pace: --hours-a-week" in done.err
    assert page.read_text(encoding="utf-8").startswith("# The way to “Attention Is All You Need”\n")
    assert len(icalendar.Calendar.from_ical(days.read_bytes()).walk("VEVENT")) == 2
    assert cli("path", "--to", ATTENTION, "--ics", "-").out.startswith("BEGIN:VCALENDAR")


def test_a_hostile_title_reaches_no_terminal(cli: Cli, library: Library) -> None:
    for options in ((), ("--markdown", "-"), ("--hours-a-week", "2"), ("--json",)):
        text = cli("path", "--to", "evil2020title", *options).out
        assert text
        assert not set(text) & set("\x1b\x9b\x07\u202e")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["path", "small", "--to", ATTENTION], "leave small out"),
        (["path", "--skip", ATTENTION], "go with --to PAPER"),
        (["path", "--to", "nothing like it"], "No paper has the key or title"),
        (["path", "--to", ATTENTION, "--start", "soon"], "'soon' is no day"),
        (["path", "--to", ATTENTION, "--hours-a-week", "0"], "no pace"),
        (["path", "--to", ATTENTION, "--markdown", "-", "--json"], "Only one of"),
        (["path", "--to", ATTENTION, "--markdown", "/nowhere/plan.md"], "There is no folder"),
        (["know", "nothing like it"], "No paper has the key or title"),
        (["know", "backpropagation", "nothing like it"], "goes into quotes"),
        (["unknow", "backpropagation"], "You have not said that you know"),
        (["pass", ATTENTION, "--undo"], "Which pass"),
        (["pass", ATTENTION, "glance"], "'glance' is not one of"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(cli: Cli, library: Library, arguments: list[str], said: str) -> None:
    before = library.history()
    done = cli(*arguments)
    assert done.code != 0
    assert said in done.err
    assert library.history() == before


def test_passes(cli: Cli, library: Library) -> None:
    assert "· skim: to do" in cli("pass", ATTENTION).out
    assert cli("pass", ATTENTION, "skim").err == f"skim of {ATTENTION}: done, and the paper is skimmed.\n"
    assert cli("pass", ATTENTION, "skim").err == f"skim of {ATTENTION} was done already.\n"
    assert cli("status", ATTENTION).out == f"{ATTENTION}\tskimmed\n"
    text = cli("pass", ATTENTION, "--ascii").out
    assert text.startswith("Attention Is All You Need  skimmed\n\nx skim: done 20")
    assert "[ ] Contributions: what does it add?" in text
    shown = cli("pass", ATTENTION, "--json").json
    assert [one["name"] for one in shown["passes"] if one["done"]] == ["skim"]
    assert f"Taken back: skim {ATTENTION}: done; status unread → skimmed" in cli("undo").err
    cli("redo")
    assert cli("pass", ATTENTION, "skim", "--undo").err == f"skim of {ATTENTION}: to do, and the paper is unread.\n"
