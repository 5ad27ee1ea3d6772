"""lists, path, next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD, ATTENTION = "old1986learning", "vaswani2017attention"


def test_lists(cli: Cli, library: Library) -> None:
    library.set_status([OLD], "read")
    assert cli("lists").out == "small\t1 of 2\tA small list\n"
    assert cli("lists", "--json").json == [
        {
            "name": "small",
            "title": "A small list",
            "about": "Two papers.",
            "total": 2,
            "read": 1,
            "skimmed": 0,
            "reading": 0,
            "unread": 1,
        }
    ]


def test_lists_shows_the_users_own_and_names_a_broken_one(
    cli: Cli, library: Library, home: Path, tmp_path: Path
) -> None:
    own = home / "reading_lists"
    own.mkdir()
    for name, plan in (("mine", (tmp_path / "shipped" / "small.toml").read_text()), ("broken", "title = ")):
        (own / f"{name}.toml").write_text(plan, encoding="utf-8")
        (own / f"{name}.bib").write_text((tmp_path / "shipped" / "small.bib").read_text(), encoding="utf-8")
    done = cli("lists")
    assert [line.split("\t")[0] for line in done.out.splitlines()] == ["mine", "small"]
    assert "the list broken is left out" in done.err
    assert "broken.toml" in done.err


def test_path_shows_stages_prerequisites_and_what_is_next(cli: Cli, library: Library) -> None:
    text = cli("path").out
    lines = text.splitlines()
    assert lines[0] == "A small list  0 of 2 read"
    assert [line for line in lines if line[:2] in ("1.", "2.")] == ["1. First  0 of 1", "2. Second  0 of 1"]
    assert any(ATTENTION in line and "needs old1986learning" in line for line in lines)
    assert f"Next: {OLD}" in lines
    assert "It began there." in text
    library.set_status([OLD], "read")
    assert f"✓ {OLD}" in cli("path", "small").out
    assert f"x {OLD}" in cli("path", "--ascii").out
    assert cli("path").out.isascii() is False
    assert cli("path", "--ascii").out.isascii()


def test_path_fits_a_narrow_terminal(cli: Cli, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert max(map(len, cli("path").out.splitlines())) <= 50


TOOLS = """title = "Tools first"
[[stage]]
title = "Tools"
about = "Nothing to read, much to try."
[[stage]]
title = "Papers"
[[stage.paper]]
key = "old1986learning"
why = "It began there."
"""
BOOK = """[[resource]]
id = "book"
title = "A Book"
kind = "book"
link = "https://example.org/book"
stage = "Tools"
about = "Chapter 3."
"""


def test_a_stage_without_papers_says_what_there_is_instead(cli: Cli, home: Path, tmp_path: Path) -> None:
    own = home / "reading_lists"
    own.mkdir(parents=True)
    (own / "tools.toml").write_text(TOOLS, encoding="utf-8")
    (own / "tools.bib").write_text((tmp_path / "shipped" / "small.bib").read_text(), encoding="utf-8")
    (own / "resources.toml").write_text(BOOK, encoding="utf-8")
    lines = cli("path", "tools").out.splitlines()
    assert lines[2:7] == [
        "1. Tools",
        "  Nothing to read, much to try.",
        '  1 resource: paperpath resources "Tools"',
        "",
        "2. Papers  0 of 1",
    ]
    assert [(one["resources"], len(one["papers"])) for one in cli("path", "tools", "--json").json["stages"]] == [
        (1, 0),
        (0, 1),
    ]
    assert cli("resources", "Tools").out.splitlines()[0] == "1. Tools"


def test_path_json(cli: Cli, library: Library) -> None:
    way = cli("path", "small", "--json").json
    assert set(way) == {"list", "title", "about", "progress", "next", "stages"}
    assert way["progress"] == {"total": 2, "read": 0, "skimmed": 0, "reading": 0, "unread": 2}
    assert way["next"]["key"] == OLD
    assert [stage["title"] for stage in way["stages"]] == ["First", "Second"]
    assert way["stages"][1]["papers"] == [
        {
            "key": ATTENTION,
            "title": "Attention Is All You Need",
            "authors": "Vaswani & Shazeer",
            "year": 2017,
            "status": "unread",
            "pdf": False,
            "why": "It changed everything.",
            "introduces": ["transformer"],
            "needs": [OLD],
            "missing": [OLD],
            "unlocks": [],
        }
    ]


def test_next(cli: Cli, fetched: Library) -> None:
    text = cli("next").out
    assert text.splitlines()[0] == OLD
    assert f"paperpath open {OLD} --web" in text
    assert cli("next", "--key").out == f"{OLD}\n"
    fetched.set_status([OLD], "skimmed")
    shown = cli("next", "small", "--json").json
    assert (shown["list"], shown["key"]) == ("small", ATTENTION)
    assert "Old" in shown["reason"]
    assert f"paperpath read {ATTENTION}" in cli("next").out


def test_next_when_all_is_read(cli: Cli, library: Library) -> None:
    library.set_status([OLD, ATTENTION], "read")
    done = cli("next")
    assert (done.code, done.out) == (0, "")
    assert "Everything on this list is read" in done.err
    assert cli("next", "--json").json is None
    assert "Everything on this list is read" in cli("path").out
    assert cli("path", "--json").json["next"] is None


@pytest.mark.parametrize("command", ["path", "next"])
def test_an_unknown_list_names_close_ones(cli: Cli, library: Library, command: str) -> None:
    done = cli(command, "smal")
    assert (done.code, done.out) == (2, "")
    assert "small" in done.err
