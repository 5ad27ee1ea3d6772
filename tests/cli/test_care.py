"""doctor, undo, redo, history, backup."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD = "old1986learning"


def test_undo_and_redo_say_what_they_did(cli: Cli, library: Library) -> None:
    cli("status", OLD, "read")
    done = cli("undo")
    assert (done.code, done.out) == (0, "")
    assert "unread → read" in done.err
    assert "paperpath redo" in done.err
    assert library.statuses()[OLD] == "unread"
    assert cli("redo").code == 0
    assert library.statuses()[OLD] == "read"


def test_nothing_to_undo(cli: Cli, home: object) -> None:
    for command in ("undo", "redo"):
        done = cli(command)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("error: ")


def test_history(cli: Cli, library: Library) -> None:
    cli("status", OLD, "skimmed")
    cli("status", OLD, "read")
    cli("undo")
    rows = cli("history", "--json").json
    assert [set(row) for row in rows] == [{"id", "at", "what", "state"}] * 3
    assert [row["state"] for row in rows] == ["undone", "done", "done"]
    lines = cli("history").out.splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d\tstatus of old1986learning: skimmed → read\tundone", lines[0])
    assert len(cli("history", "-n", "1").out.splitlines()) == 1


def test_a_new_library_has_no_history(cli: Cli) -> None:
    done = cli("history")
    assert (done.code, done.out) == (0, "")
    assert "No change" in done.err


def test_doctor_tells_and_mends_metadata(cli: Cli, library: Library) -> None:
    paper = library.get(OLD).paper
    library.update(replace(paper, title="Learning &amp; representations", year=1086))
    rows = cli("doctor", "--check", "metadata", "--json").json
    assert [row["code"] for row in rows if row["key"] == OLD] == ["html-entity", "year-range"]
    assert {tuple(row) for row in rows} == {
        ("code", "key", "field", "severity", "message", "fixable", "fixed", "trouble")
    }
    done = cli("doctor", "--check", "html-entity", "--fix")
    assert done.code == 0
    assert done.out.startswith(f"html-entity\t{OLD}\tMended: ")
    assert library.get(OLD).paper.title == "Learning & representations"
    assert cli("doctor", "--check", "year-range").code == 1
    done = cli("doctor", "--check", "yaer-range")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean year-range" in done.err


def test_doctor_keeps_hints_for_those_who_ask(cli: Cli, library: Library) -> None:
    key = "vaswani2017attention"
    library.remove(["evil2020title"])
    library.update(replace(library.get(key).paper, journal_ref="Kettles 12"))
    done = cli("doctor")
    assert done.code == 0
    assert "preprint-published" not in done.out
    assert "1 hint besides" in done.err
    done = cli("doctor", "--check", "preprint-published")
    assert (done.code, done.out.split("\t")[:2]) == (0, ["preprint-published", key])


def test_doctor_says_the_key_once_and_promises_no_mending(cli: Cli, library: Library, home: Path) -> None:
    library.update(replace(library.get(OLD).paper, year=1086))
    done = cli("doctor", "--check", "year-range")
    assert done.out.count(OLD) == 1
    assert done.err == f"{home}: 1 finding. None is for --fix; each says what to do.\n"
    library.update(replace(library.get("vaswani2017attention").paper, journal_ref="Kettles 12"))
    assert cli("doctor", "--check", "preprint-published").err == f"{home}: 1 hint, and nothing is wrong.\n"


def test_checks_are_named_in_order(cli: Cli, home: object) -> None:
    names = (
        cli("doctor", "--check", "zzz").err.partition("The checks are files, metadata, ")[2].strip(" .\n").split(", ")
    )
    assert len(names) > 5
    assert names == sorted(names)


def test_a_backup_makes_no_folder(cli: Cli, library: Library, tmp_path: Path) -> None:
    """What is not there may be a stick that is not plugged in."""
    done = cli("backup", str(tmp_path / "stick" / "copy.zip"))
    assert (done.code, done.out) == (2, "")
    assert "There is no folder" in done.err
    assert not (tmp_path / "stick").exists()


def test_a_terminal_shows_what_to_do_whole() -> None:
    """A table of 80 columns had room for 29 letters of it. What is said of two papers is said once."""
    from paperpath.cli import care

    rows = [("field-missing", key, "It must say its school. Add it, or change the type, please.") for key in ("a", "b")]
    rows += [("leftover", "", "papers/x is left over."), ("year-range", "c\x1b[2J", "The year is 1086.")]
    shown = "\n".join(care._grouped(rows, 40))
    assert shown == (
        "field-missing  (2 papers)\n  It must say its school. Add it, or\n  change the type, please.\n  a, b\n"
        "leftover\n  papers/x is left over.\nyear-range  c\n  The year is 1086."
    )


def test_doctor_in_a_terminal(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library.update(replace(library.get(OLD).paper, year=1086))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["doctor", "--check", "year-range"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"year-range  {OLD}"
    assert all(len(line) <= 80 and "…" not in line for line in lines)
