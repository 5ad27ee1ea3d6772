"""notes: to standard output, and into a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD, ATTENTION = "old1986learning", "vaswani2017attention"


def test_one_paper_as_markdown(cli: Cli, fetched: Library) -> None:
    done = cli("notes", ATTENTION)
    assert (done.code, done.out) == (0, "")
    assert "No notes and no highlights" in done.err
    cli("highlights", ATTENTION, "--add", "a query and a set", "--comment", "both?")
    cli("note", OLD, "Read it again.")
    done = cli("notes", "1706.03762")
    assert done.out.startswith("# Attention Is All You Need\n\nAshish Vaswani, Noam Shazeer\n")
    assert "> a query and a set\n>\n> — p. 4 · yellow\n\nboth?\n" in done.out
    assert "Read it again." in cli("notes").out
    assert "Read it again." not in cli("notes", "has:highlight").out


def test_a_vault(cli: Cli, library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    done = cli("notes", "-tag:seen", "year:..2017", "--into", str(folder), "--dry-run")
    rows = f"new\t{OLD}\t{folder / f'@{OLD}.md'}\nnew\t{ATTENTION}\t{folder / f'@{ATTENTION}.md'}\n"
    assert (done.code, done.out) == (0, rows)
    assert "2 new, 0 changed, 0 as they were. Nothing was changed." in done.err
    assert not folder.exists()
    assert cli("notes", "year:..2017", "--into", str(folder)).out == rows
    again = cli("notes", "year:..2017", "--into", str(folder))
    assert (again.code, again.out) == (0, "")
    assert "2 as they were" in again.err


def test_what_was_left_alone_is_told(cli: Cli, library: Library, tmp_path: Path) -> None:
    (tmp_path / f"@{OLD}.md").write_text("mine", encoding="utf-8")
    done = cli("notes", OLD, "--into", str(tmp_path), "--json")
    assert done.code == 1
    (row,) = done.json
    assert (row["key"], row["state"]) == (OLD, "left")
    assert f"@{OLD}.md: It was not written by paperpath" in done.err


def test_what_cannot_be_meant(cli: Cli, library: Library, tmp_path: Path) -> None:
    assert cli("notes", "--dry-run").code == 2
    assert cli("notes", "author:nobody", "--into", str(tmp_path / "vault")).code == 2
    assert cli("notes", "--into", str(library.files.home / "notes" / "vault")).code == 2
    assert not (tmp_path / "vault").exists()
