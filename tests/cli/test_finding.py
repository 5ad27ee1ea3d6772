"""list, search, show, read, open, export."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest

from paperpath.formats import format_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"


def test_list_in_a_pipe(cli: Cli, library: Library) -> None:
    done = cli("list")
    assert done.code == 0
    assert done.err == "3 papers\n"
    assert done.out.splitlines() == [
        "old1986learning\t1986\tOld\tLearning representations\tunread",
        "vaswani2017attention\t2017\tVaswani & Shazeer\tAttention Is All You Need\tunread",
        "evil2020title\t2020\tEvil\tA title with an escape\tunread",
    ]


def test_list_on_a_terminal(cli: Cli, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    lines = cli("list").out.splitlines()
    assert lines[0].split() == ["Key", "Year", "Authors", "Title", "Status"]
    assert len(lines) == 4
    assert max(map(len, lines)) <= 80


def test_list_with_a_query(cli: Cli, library: Library) -> None:
    assert [row["key"] for row in cli("list", "author:vaswani", "--json").json] == [ATTENTION]
    assert [row["key"] for row in cli("list", "--json", "-author:vaswani", "year:..2000").json] == ["old1986learning"]
    assert [row["key"] for row in cli("list", "--list", "small", "--json").json] == ["old1986learning", ATTENTION]


def test_list_finds_nothing(cli: Cli, library: Library) -> None:
    done = cli("list", "zzz")
    assert (done.code, done.out) == (0, "")
    assert "paperpath search zzz" in done.err
    assert cli("list", "zzz", "--json").json == []


def test_a_query_that_cannot_be_read(cli: Cli, library: Library) -> None:
    done = cli("list", "(a or")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")


def test_list_json_has_the_promised_shape(cli: Cli, fetched: Library) -> None:
    row = next(row for row in cli("list", "--json").json if row["key"] == ATTENTION)
    assert set(row) == {
        "key", "type", "title", "authors", "year", "month", "venue", "volume", "number", "pages", "publisher", "doi",
        "arxiv_id", "arxiv_version", "categories", "url", "abstract", "status", "progress", "tags", "lists", "added",
        "pdf", "parsed", "problem", "highlights",
    }  # fmt: skip
    assert row["authors"] == ["Ashish Vaswani", "Noam Shazeer"]
    assert row["arxiv_id"] == "1706.03762"
    assert row["lists"] == ["small"]
    assert row["pdf"]["pages"] == 15
    assert row["parsed"] is True
    assert row["progress"] == 0


def test_json_carries_hostile_titles_whole_but_escaped(cli: Cli, library: Library) -> None:
    done = cli("show", "evil2020title", "--json")
    assert not set("\x1b\x07\x9b\u202e") & set(done.out)
    assert done.json["title"] == "A \x1b]0;pwned\x07title with\u202e an escape \x9b31m"


@pytest.mark.parametrize("command", [["list"], ["show", "evil2020title"], ["search", "escape"], ["path"], ["history"]])
def test_no_command_passes_escapes_on(cli: Cli, library: Library, command: list[str]) -> None:
    done = cli(*command)
    assert done.code == 0
    assert not set("\x1b\x07\x9b\u202e") & set(done.out + done.err)


def test_search_in_a_pipe(cli: Cli, fetched: Library) -> None:
    done = cli("search", "query", "key-value")
    assert done.code == 0
    key, page, section, passage = done.out.rstrip("\n").split("\t")
    assert (key, page, section) == (ATTENTION, "4", "3.2 Attention")
    assert "maps a query and a set" in passage


def test_search_on_a_terminal(cli: Cli, fetched: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    text = cli("search", "query").out
    lines = click.unstyle(text).splitlines()
    assert lines[0].startswith(f"{ATTENTION}  Attention Is All")
    assert lines[1].strip() == "3.2 Attention, p. 4"
    assert max(map(len, lines)) <= 60
    assert click.style("query", fg="yellow", bold=True) in text


def test_search_json(cli: Cli, fetched: Library) -> None:
    (hit,) = cli("search", "query", "--json").json
    assert set(hit) == {"key", "title", "kind", "section", "page", "passage", "matches", "score"}
    assert hit["kind"] == "text"
    assert [hit["passage"][start:end].lower() for start, end in hit["matches"]] == ["query"]


def test_search_finds_nothing(cli: Cli, library: Library) -> None:
    done = cli("search", "zzzz")
    assert (done.code, done.out) == (0, "")
    assert "Nothing found" in done.err
    assert cli("search", "zzzz", "--json").json == []


def test_search_finds_what_an_editor_wrote(cli: Cli, library: Library, home: Path) -> None:
    path = cli("note", ATTENTION, "--path").out.strip()
    with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123
        file.write("\nMy own zyzzyva thought.\n")
    assert cli("search", "zyzzyva", "--json").json[0]["kind"] == "note"


def test_show(cli: Cli, fetched: Library) -> None:
    done = cli("show", "arXiv:1706.03762")
    assert done.code == 0
    for part in ("Attention Is All You Need", "Ashish Vaswani, Noam Shazeer", "1706.03762", "unread", "15 pages"):
        assert part in done.out
    assert "It changed everything." in done.out
    assert "needs: old1986learning" in done.out


def test_show_json(cli: Cli, fetched: Library, home: Path) -> None:
    shown = cli("show", ATTENTION.upper(), "--json").json
    assert shown["files"]["pdf"] == str(home / "papers" / "1706.03762" / "paper.pdf")
    assert shown["files"]["note"] is None
    assert shown["places"] == [
        {
            "list": "small",
            "stage": "Second",
            "why": "It changed everything.",
            "introduces": ["transformer"],
            "needs": ["old1986learning"],
            "unlocks": [],
        }
    ]


def test_show_where_each_field_came_from(cli: Cli, library: Library) -> None:
    library.update(replace(library.get(ATTENTION).paper, venue="NeurIPS"), source="DBLP")
    origins = cli("show", ATTENTION, "--json").json["provenance"]
    assert origins["title"]["source"] == "list small"
    assert origins["type"]["at"].endswith("Z")
    done = cli("show", ATTENTION, "--provenance")
    assert done.code == 0
    head, names, other, venue = done.out.splitlines()
    assert (head, names) == (f"list small, {origins['title']['at'][:10]}", "  title, authors, type, year, arxiv id")
    assert (other, venue) == (f"DBLP, {origins['venue']['at'][:10]}", "  venue")
    assert cli("show", "evil2020title", "--provenance").out == "not known\n  title, authors, type, year, url\n"


@pytest.mark.parametrize("command", ["show", "read", "open", "note", "highlights", "remove"])
def test_an_unknown_key_names_close_ones(cli: Cli, library: Library, command: str) -> None:
    done = cli(command, "vaswani2017atention")
    assert (done.code, done.out) == (2, "")
    assert ATTENTION in done.err


def test_read(cli: Cli, fetched: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    done = cli("read", ATTENTION)
    assert done.out.startswith("# Attention Is All You Need\n\nAn attention function")
    assert "\x1b" not in done.out
    paged: list[str] = []
    monkeypatch.setattr(click, "echo_via_pager", paged.append)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert cli("read", ATTENTION).code == 0
    assert paged[0].startswith("# Attention")


@pytest.mark.parametrize("command", ["read", "open"])
def test_what_is_not_here_says_how_to_bring_it(cli: Cli, library: Library, command: str) -> None:
    done = cli(command, ATTENTION)
    assert (done.code, done.out) == (2, "")
    assert f"paperpath fetch {ATTENTION}" in done.err


def test_open(cli: Cli, fetched: Library, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = str(home / "papers" / "1706.03762" / "paper.pdf")
    assert cli("open", ATTENTION, "--path").out == pdf + "\n"


if sys.platform.startswith("linux"):  # elsewhere the opener is the system's own and cannot be stood in for

    @pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 3", 2), (None, 2)])
    def test_open_starts_the_viewer(
        cli: Cli, fetched: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, code: int
    ) -> None:
        tools = tmp_path / "bin"
        tools.mkdir()
        if script is not None:
            opener = tools / "xdg-open"
            opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\necho noise >&2\n{script}\n')
            opener.chmod(0o755)
        monkeypatch.setenv("PATH", str(tools))
        done = cli("open", ATTENTION)
        assert (done.code, done.out) == (code, "")
        assert "noise" not in done.err
        assert ("paper.pdf" in done.err) == (code != 0)
        assert (tmp_path / "opened").exists() == (script is not None)


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (ATTENTION, "https://arxiv.org/abs/1706.03762"),
        ("old1986learning", "https://doi.org/10.1038/323533a0"),
        ("evil2020title", "https://example.org/evil"),
    ],
)
def test_open_in_the_browser(cli: Cli, library: Library, key: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    assert cli("open", key, "--web").code == 0
    assert opened == [page]
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    assert page in cli("open", key, "--web").err


@pytest.mark.parametrize("name", format_names())
def test_export_in_every_format(cli: Cli, library: Library, name: str) -> None:
    done = cli("export", "--format", name)
    assert done.code == 0
    assert "Attention" in done.out


def test_export_a_selection_into_a_file(cli: Cli, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    done = cli("export", "author:vaswani", "-o", str(file))
    assert (done.code, done.out) == (0, "")
    assert str(file) in done.err
    text = file.read_text(encoding="utf-8")
    assert "vaswani2017attention" in text
    assert "old1986learning" not in text
    assert cli("export", "--list", "small", "-o", str(file)).code == 0
    assert "old1986learning" in file.read_text(encoding="utf-8")


def test_export_takes_the_format_from_the_name(cli: Cli, library: Library, tmp_path: Path) -> None:
    assert cli("export", "-o", str(tmp_path / "refs.md")).err.endswith("as markdown.\n")
    assert cli("export", "-o", str(tmp_path / "refs.txt")).err.endswith("as bibtex.\n")
    assert "@" not in (tmp_path / "refs.md").read_text(encoding="utf-8").splitlines()[0]


def test_export_with_fields_and_journals(cli: Cli, library: Library, tmp_path: Path) -> None:
    assert "  year = " in cli("export", "--fields", "-doi").out
    assert "  doi = " not in cli("export", "--fields", "-doi").out
    assert cli("export", "--fields", "abstract").code == 2
    names = tmp_path / "names.csv"
    names.write_text("Nature,Nat.\n", encoding="utf-8")
    done = cli("export", "--journals", "abbreviated", "--journal-lists", str(names))
    assert "  journal = {Nat.},\n" in done.out
    done = cli("export", "--journals", "abbreviated", "--journal-lists", str(tmp_path / "nowhere.csv"))
    assert (done.code, "cannot be read" in done.err) == (2, True)


def test_a_field_that_nothing_has_is_told(
    cli: Cli, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "refs.bib"
    done = cli("export", "--fields", "+abstrct", "-o", str(file))
    assert (done.code, "Did you mean abstract?" in done.err, file.exists()) == (2, True, False)
    paper = library.get("old1986learning").paper
    library.update(replace(paper, extra=(*paper.extra, ("my-shelf", "B7"))))
    assert "  my-shelf = {B7},\n" in cli("export", "--fields", "+my-shelf").out
    assert cli("export", "author:vaswani", "--fields", "+my-shelf").code == 0  # another paper has it
    monkeypatch.setenv("PAPERPATH_FIELDS", "+my-shelv")
    done = cli("export")
    assert (done.code, "old1986learning" in done.out) == (0, True)
    assert done.err.startswith("PAPERPATH_FIELDS: There is no field 'my-shelv'")


@pytest.mark.parametrize(
    ("word", "told"), [("-overfitting", "-o verfitting. Are papers without"), ("-o=x.bib", "-o x.bib")]
)
def test_a_word_with_a_dash_is_no_file(
    cli: Cli, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli("export", word)
    assert (done.code, told in done.err, list(tmp_path.glob("*ver*")), list(tmp_path.glob("=*"))) == (2, True, [], [])
    assert cli("export", "-orefs.bib").code == 0
    assert cli("export", "-o", "refs").code == 0
    assert (tmp_path / "refs.bib").read_bytes() == (tmp_path / "refs").read_bytes()


def test_export_into_a_file_of_ones_own(cli: Cli, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    assert cli("export", "--into", str(file)).code == 2
    mine = "% mine\r\n@article{old1986learning, title={Learnin}, author = {Ann Old}, journal = {Nature}}\r\n"
    file.write_bytes(mine.encode())
    done = cli("export", "--into", str(file))
    assert (done.code, done.err) == (0, f"{file}: 0 added, 1 changed.\n")
    text = file.read_bytes().decode()
    assert text.startswith("% mine\r\n@article{old1986learning, title={Learning representations}, author = {Ann Old}")
    assert cli("export", "--into", str(file)).err.endswith(": 0 added, 0 changed.\n")
    assert cli("export", "author:vaswani", "--into", str(file)).err.endswith(": 1 added, 0 changed.\n")
    assert file.read_bytes().decode().startswith(text.rstrip())
    assert cli("export", "--into", str(file), "-o", str(file)).code == 2
    assert cli("export", "--into", str(file), "--fields", "-url").code == 2
    assert cli("export", "--into", str(file), "--format", "ris").code == 2


def test_export_of_nothing_leaves_a_file_alone(cli: Cli, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("mine", encoding="utf-8")
    done = cli("export", "zzz", "-o", str(file))
    assert done.code == 2
    assert "No paper matches" in done.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_export_into_a_folder_that_is_not_there(cli: Cli, library: Library, tmp_path: Path) -> None:
    done = cli("export", "-o", str(tmp_path / "nowhere" / "refs.bib"))
    assert (done.code, done.out) == (2, "")
    assert "There is no folder" in done.err
    assert "nowhere" in done.err


def test_json_is_the_only_thing_on_standard_output(cli: Cli, fetched: Library) -> None:
    for command in (["list"], ["show", ATTENTION], ["search", "query"], ["lists"], ["path"], ["next"], ["history"]):
        json.loads(cli(*command, "--json").out)


def test_a_kept_bibliography_follows_every_command(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    cli("tag", "old1986learning", "+thesis")
    assert "keep it up to date" in cli("export", "tag:thesis", "-o", str(path), "--keep").err
    assert ATTENTION not in path.read_text("utf-8")
    cli("tag", ATTENTION, "+thesis")
    assert ATTENTION in path.read_text("utf-8")
    assert cli("export", "--kept").out == f"{path}\tbibtex\ttag:thesis\tup to date\n"
    path.write_text("mine\n", encoding="utf-8")
    assert "left alone" in cli("undo").err
    told = cli("export", "--kept")
    assert (told.code, told.out.split("\t")[-1]) == (1, "edited by somebody else\n")
    assert "kept no longer" in cli("export", "-o", str(path), "--no-keep").err
    assert path.read_text("utf-8") == "mine\n"


def test_keeping_needs_a_file(cli: Cli, tmp_path: Path) -> None:
    for arguments, told in (
        (("--keep",), "Which file"),
        (("--replace", "-o", "refs.bib"), "goes with --keep"),
        (("--no-keep", "-o", str(tmp_path / "refs.bib")), "is not kept"),
    ):
        done = cli("export", *arguments)
        assert (done.code, told in done.err) == (2, True)
    assert cli("export", "--kept").err.startswith("No file is kept")


def test_export_of_what_a_document_cites(cli: Cli, library: Library, tmp_path: Path) -> None:
    file, thesis = tmp_path / "refs.bib", tmp_path / "thesis.tex"
    thesis.write_text(f"\\cite{{{ATTENTION}}}", encoding="utf-8")
    assert cli("export", "--cited", str(thesis), "-o", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    assert text.count("@") == 1
    assert ATTENTION in text
    notes = tmp_path / "notes.md"
    notes.write_text("Also\n@old1986learning and @old1986lerning.", encoding="utf-8")
    done = cli("export", "--cited", str(thesis), "--cited", str(notes), "--format", "biblatex")
    assert done.code == 1
    assert done.out.count("@") == 2
    assert f"{notes}, line 2: No paper of the library has the key 'old1986lerning'. Did you mean old1986" in done.err
    both = cli("export", "author:old", "--cited", str(thesis), "--cited", str(notes))
    assert "old1986learning" in both.out
    assert ATTENTION not in both.out


def test_export_of_a_document_that_cites_nothing_known_leaves_a_file_alone(
    cli: Cli, library: Library, tmp_path: Path
) -> None:
    file, thesis = tmp_path / "refs.bib", tmp_path / "thesis.tex"
    file.write_text("mine", encoding="utf-8")
    thesis.write_text("\\cite{nobody}", encoding="utf-8")
    done = cli("export", "--cited", str(thesis), "-o", str(file))
    assert (done.code, done.out) == (2, "")
    assert "nobody" in done.err
    assert "nothing was written" in done.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_what_an_export_wrote_is_counted(cli: Cli, library: Library, tmp_path: Path) -> None:
    assert (
        cli("export", "-o", str(tmp_path / "all.bib")).err == f"Wrote 3 papers to {tmp_path / 'all.bib'} as bibtex.\n"
    )


@pytest.mark.parametrize("words", ["", '"', "-"])
def test_a_search_wants_words(cli: Cli, library: Library, words: str) -> None:
    done = cli("search", words)
    assert (done.code, done.out) == (2, "")
    assert "Say words to look for" in done.err


def test_search_is_not_offered_for_what_it_cannot_read(cli: Cli, library: Library) -> None:
    assert cli("list", "tag:none").err == "No paper matches.\n"
    assert cli("list", "zzz").err == "No paper matches. To look into texts and notes: paperpath search zzz\n"
