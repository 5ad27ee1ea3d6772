"""note, status, tag, highlights, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.model import Highlight, ParsedPaper, Section
from paperpath.workflow import parsing

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD, ATTENTION = "old1986learning", "vaswani2017attention"


def test_note_adds_a_paragraph(cli: Cli, library: Library) -> None:
    done = cli("note", ATTENTION, "Why", "the scale?")
    assert (done.code, done.out) == (0, "")
    path = Path(cli("note", "1706.03762", "--path").out.strip())
    assert str(path) in done.err
    assert path.read_text(encoding="utf-8").rstrip().endswith("Why the scale?")
    assert cli("note", ATTENTION, "-", stdin="from a pipe\n").code == 0
    assert path.read_text(encoding="utf-8").rstrip().endswith("from a pipe")


def test_an_empty_pipe_adds_nothing(cli: Cli, library: Library) -> None:
    done = cli("note", ATTENTION, "-", stdin=" \n")
    assert done.code == 2
    assert "empty" in done.err


def test_note_opens_the_editor_and_takes_over_what_it_wrote(
    cli: Cli, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(filename: str) -> None:
        text = Path(filename).read_text(encoding="utf-8")
        Path(filename).write_text(text.replace("status: unread", "status: read") + "\nmine\n", encoding="utf-8")

    monkeypatch.setattr(click, "edit", edit)
    assert cli("note", ATTENTION).code == 0
    assert library.get(ATTENTION).status == "read"


def test_status(cli: Cli, library: Library) -> None:
    done = cli("status", OLD, "arXiv:1706.03762", "Skimmed")
    assert (done.code, done.out) == (0, "")
    assert library.statuses() | {OLD: "skimmed", ATTENTION: "skimmed"} == library.statuses()
    assert cli("status", OLD, ATTENTION).out == f"{OLD}\tskimmed\n{ATTENTION}\tskimmed\n"
    assert cli("undo").code == 0
    assert library.statuses()[OLD] == "unread"


def test_a_status_with_a_typo(cli: Cli, library: Library) -> None:
    done = cli("status", "old1986learning", "reed")
    assert (done.code, done.out) == (2, "")
    assert "'reed' is no status (unread, skimmed, reading, read)." in done.err
    assert library.statuses()["old1986learning"] == "unread"
    assert "no status" not in cli("status", "old1986learnin").err


def test_status_without_a_paper(cli: Cli, library: Library) -> None:
    done = cli("status", "read")
    assert done.code == 2
    assert "paperpath status KEY read" in done.err


def test_an_unknown_paper_changes_none(cli: Cli, library: Library) -> None:
    assert cli("status", OLD, "nobody", "read").code == 2
    assert library.statuses()[OLD] == "unread"


def test_tag(cli: Cli, library: Library) -> None:
    assert cli("tag", OLD, ATTENTION, "+seen", "--add", "to do").code == 0
    assert cli("tag", ATTENTION, "-seen", "+core").out == f"{ATTENTION}\tcore, to do\n"
    assert cli("tag", "--json").json == {"core": 1, "seen": 1, "to do": 2}
    assert cli("tag").out == "core\t1\nseen\t1\nto do\t2\n"
    assert cli("tag", OLD, ATTENTION, "--json").json == {OLD: ["seen", "to do"], ATTENTION: ["core", "to do"]}
    assert [row["key"] for row in cli("list", "tag:core", "--json").json] == [ATTENTION]


def test_tags_without_a_paper(cli: Cli, library: Library) -> None:
    done = cli("tag", "+seen")
    assert done.code == 2
    assert "KEY" in done.err


def test_highlights(cli: Cli, fetched: Library) -> None:
    done = cli("highlights", ATTENTION)
    assert (done.code, done.out) == (0, "")
    assert "No highlights" in done.err
    done = cli("highlights", ATTENTION, "--add", "a query   AND a set", "--comment", "note this", "--colour", "green")
    assert done.code == 0
    assert "> a query and a set" in done.out
    assert "note this" in done.out
    (mark,) = cli("highlights", ATTENTION, "--json").json
    assert set(mark) == {
        "id",
        "quote",
        "comment",
        "tags",
        "colour",
        "section",
        "page",
        "prefix",
        "suffix",
        "created",
        "lost",
    }
    assert mark["quote"] == "a query and a set"
    assert mark["prefix"] == "An attention function maps "
    assert mark["suffix"].startswith(" of key-value pairs")
    assert (mark["section"], mark["page"], mark["colour"]) == ("Attention", 4, "green")
    assert cli("highlights", ATTENTION, "--remove", str(mark["id"]), "--json").json == []
    assert cli("highlights", ATTENTION, "--remove", "99").code == 2


def test_a_highlight_whose_passage_is_gone_is_shown_as_such(cli: Cli, fetched: Library) -> None:
    cli("highlights", ATTENTION, "--add", "a query and a set")
    cli("highlights", ATTENTION, "--add", "We call ours scaled.")
    assert [mark["lost"] for mark in cli("highlights", ATTENTION, "--json").json] == [False, False]
    newer = ParsedPaper(sections=(Section("3.2", "Attention", 1, 4, "It maps a que-ry and a set to an output."),))
    parsing.keep_parsed(fetched, ATTENTION, newer)
    assert [mark["lost"] for mark in cli("highlights", ATTENTION, "--json").json] == [False, True]
    stays, goes = cli("highlights", ATTENTION).out.split("\n\n")
    assert stays == "[1] yellow · Attention, p. 4\n> a query and a set"
    assert goes == "[2] yellow · Attention, p. 4 · not in this text any more\n> We call ours scaled.\n"
    fetched.files.parsed(fetched.get(ATTENTION).paper).unlink()
    assert "not in this text" not in cli("highlights", ATTENTION).out, "without a text nothing is known"


def test_a_highlight_must_stand_in_the_text(cli: Cli, fetched: Library) -> None:
    done = cli("highlights", ATTENTION, "--add", "never said")
    assert done.code == 2
    assert "paperpath read" in done.err
    assert cli("highlights", ATTENTION, "--add", " ").code == 2
    assert "paperpath fetch" in cli("highlights", OLD, "--add", "x").err


def test_remove_and_bring_back(cli: Cli, library: Library) -> None:
    done = cli("remove", ATTENTION, "1706.03762")
    assert done.code == 0
    assert "paperpath undo" in done.err
    assert ATTENTION not in library.statuses()
    assert cli("undo").code == 0
    assert ATTENTION in library.statuses()


def test_tags_of_highlights_are_the_words_of_their_comments_with_a_hash(
    cli: Cli, library: Library, tmp_path: Path
) -> None:
    for number, comment in enumerate(("#Method, as in #3", "see a#b and #method #open/question.", "")):
        library.add_highlight(ATTENTION, Highlight(f"Passage {number}.", comment=comment))
    found = cli("highlights", ATTENTION, "--json").json
    assert [mark["tags"] for mark in found] == [["method"], ["method", "open/question"], []]
    for tags, quotes in ((["method"], [0, 1]), (["#METHOD", "open/question"], [1]), ([], [0, 1, 2])):
        said = cli("highlights", ATTENTION, "--json", *(part for tag in tags for part in ("--tag", tag))).json
        assert [mark["quote"] for mark in said] == [f"Passage {number}." for number in quotes]
    done = cli("highlights", ATTENTION, "--tag", "nothing")
    assert (done.code, done.out) == (0, "")
    assert f"No highlight in {ATTENTION} has #nothing. Tags there are: method, open/question." in done.err
    assert cli("notes", "--into", str(tmp_path / "out")).code == 0
    page = tmp_path / "out" / f"@{ATTENTION}.md"
    assert "see a#b and #method #open/question." in page.read_text(encoding="utf-8")
