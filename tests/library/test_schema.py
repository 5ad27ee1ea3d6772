"""Files of every age open, those of the future are refused, and damage is said in words."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, LibraryBusy, LibraryDamaged, LibraryError, LibraryTooNew
from paperpath.library import Library, schema
from paperpath.library.database import Database, translate
from tests.library.samples import ATTENTION, PAPERS, add

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any other program sees it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def shape(home: Path) -> list[tuple[str, str]]:
    with raw(home / "library.db") as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


def test_a_file_of_the_first_version_is_brought_up_to_date(home: Path, tmp_path: Path) -> None:
    with raw(home / "library.db") as connection:
        schema.m001_papers(connection)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            """INSERT INTO paper (key, folded_key, title, byline, year, added, haystack, arxiv_id, entry_type,
                categories, extra, names, authors, abstract)
            VALUES ('old1999', 'old1999', 'An old paper', 'Old', 1999, '2020-01-01T00:00:00Z', 'old1999 an old paper',
                '9901.00001', 'misc', '[]', '[]', 'Olga Old', ?, 'It was here before.')""",
            (json.dumps([["Old", "Olga", "", "", 0, "olga old"]]),),
        )
    with Library.open(home) as library:
        assert [row.key for row in library.rows("author:olga")] == ["old1999"]
        assert [hit.key for hit in library.search("before")] == ["old1999"]
        library.remove(["old1999"])
        library.undo()
        assert library.get("old1999").paper.abstract == "It was here before."
        assert library.check() == []
    with Library.open(tmp_path / "new"):
        pass
    assert shape(home) == shape(tmp_path / "new")


@pytest.mark.parametrize("version", range(len(schema.MIGRATIONS)))
def test_every_earlier_version_leads_to_the_same_tables(home: Path, tmp_path: Path, version: int) -> None:
    with raw(home / "library.db") as connection:
        for step in schema.MIGRATIONS[:version]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {version}")
    for folder in (home, tmp_path / "new"):
        Library.open(folder).close()
    assert shape(home) == shape(tmp_path / "new")


def test_changes_from_before_keys_could_change_are_still_undone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:4])
        with Database(home / "library.db").writing() as connection:
            for step in schema.MIGRATIONS:
                step(connection)
            connection.execute("PRAGMA user_version = 4")
            connection.execute("INSERT INTO change VALUES (1, '2020-01-01T00:00:00Z', 'add old1999', 'done')")
            connection.execute("UPDATE recording SET change_id = 1")
            connection.execute(
                """INSERT INTO paper (key, folded_key, title, byline, added, haystack, entry_type, categories, extra,
                    names, authors)
                VALUES ('old1999', 'old1999', 'Old', '', '', '', 'misc', '[]', '[]', '', '[]')"""
            )
            connection.execute("UPDATE recording SET change_id = NULL")
    with Library.open(home) as library:
        library.pin(["old1999"], "exported")
        library.undo()
        assert library.keys() == set()
        library.redo()
        assert library.pins() == {"old1999": ("exported",)}


def test_what_was_followed_before_citations_is_followed_still(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.MIGRATIONS.index(schema.m015_citing)
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:before])
        with Library.open(home) as library:
            library.subscribe("category", "cs.LG")
            library.subscribe("author", "Ann Kessel")
    with Library.open(home) as library:
        assert [one.words for one in library.subscriptions()] == ["cs.LG", "Ann Kessel"]
        assert library.subscribe("citing", "citing 1706.03762")
        for _ in range(2):
            library.undo()
        assert [one.words for one in library.subscriptions()] == ["cs.LG"]
        library.redo()
        assert len(library.subscriptions()) == 2


def test_a_step_that_fails_leaves_the_version_before_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
    before = shape(home)

    def m999_half(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, m999_half])
    with pytest.raises(LibraryError):
        Library.open(home)
    assert shape(home) == before


def test_images_survive_a_column_that_came_later(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
        library.remove([ATTENTION.key])

    def m999_rating(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE paper ADD COLUMN rating INTEGER NOT NULL DEFAULT 3")
        schema.record(connection, "paper", ("insert", "update", "delete"))

    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, m999_rating])
    with Library.open(home) as library:
        library.undo()
        assert library.get(ATTENTION.key).paper == ATTENTION


def test_a_later_version_is_refused_and_left_alone(home: Path) -> None:
    Library.open(home).close()
    with raw(home / "library.db") as connection:
        connection.execute("PRAGMA user_version = 1000")
    with pytest.raises(LibraryTooNew, match="Update paperpath"):
        Library.open(home)
    with raw(home / "library.db") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1000,)


def test_a_file_that_is_no_database_is_damage(home: Path) -> None:
    (home / "library.db").write_bytes(b"something else entirely " * 100)
    with pytest.raises(LibraryDamaged, match="--restore"):
        Library.open(home)


def test_check_tells_damage(home: Path) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
        assert library.check() == []
    with raw(home / "library.db") as connection:
        connection.execute("INSERT INTO tag VALUES (999, 'x', 'x')")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM full_text_idx")
    with Library.open(home) as library:
        assert any("“tag” belongs to a row of “paper” that is gone" in line for line in library.check())


def test_a_broken_index_is_noticed_and_made_again(home: Path) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
    with raw(home / "library.db") as connection:
        connection.execute("UPDATE paper SET abstract = 'behind the back of the index' WHERE id = 1")
        connection.execute("DROP TRIGGER paper_text_update")
        connection.execute("UPDATE paper SET abstract = 'unseen' WHERE id = 1")
    with Library.open(home) as library:
        assert "full-text index" in library.check()[0]
        library.reindex()
        assert library.check() == []
        assert [hit.key for hit in library.search("unseen")] == [ATTENTION.key]


def test_torn_pages_are_said_to_be_damage(home: Path) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
    path = home / "library.db"
    data = bytearray(path.read_bytes())
    with raw(path) as connection:
        [start] = connection.execute("SELECT (rootpage - 1) * 4096 FROM sqlite_master WHERE name = 'paper'").fetchone()
    data[start : start + 64] = b"\xff" * 64
    path.write_bytes(data)
    with Library.open(home) as library:
        assert "damaged" in library.check()[0]
        with pytest.raises(LibraryDamaged, match="--restore"):
            library.records()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be written"):
        Library.open(tmp_path / "file" / "home")
    (tmp_path / "home" / "library.db").mkdir(parents=True)
    with pytest.raises(LibraryError, match="permissions"):
        Library.open(tmp_path / "home")


def test_a_lock_that_is_held_too_long_is_said(home: Path) -> None:
    Library.open(home).close()
    with raw(home / "library.db") as other:
        other.execute("BEGIN IMMEDIATE")
        database = Database(home / "library.db", busy_seconds=0.05)
        with pytest.raises(LibraryBusy, match="Another program"), database.writing():
            pass
        database.close()
        other.execute("ROLLBACK")


def test_every_result_code_of_sqlite_becomes_one_of_our_errors() -> None:
    codes = [value for name, value in vars(sqlite3).items() if name.startswith("SQLITE_") and isinstance(value, int)]
    assert len(codes) > 60
    for code in codes:
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        assert isinstance(translate(error, None), LibraryError)
    assert isinstance(translate(sqlite3.ProgrammingError("Cannot operate on a closed database."), None), LibraryError)
    assert isinstance(translate(OverflowError("too large"), None), BadInput)


def test_papers_of_an_old_file_have_a_source_that_is_not_known(home: Path) -> None:
    with raw(home / "library.db") as connection:
        for step in schema.MIGRATIONS[:5]:
            step(connection)
        connection.execute("PRAGMA user_version = 5")
        connection.execute(
            """INSERT INTO paper (key, folded_key, title, byline, added, haystack, entry_type, categories, extra,
                names, authors)
            VALUES ('old1999', 'old1999', 'Old', '', '', '', 'misc', '[]', '[]', '', '[]')"""
        )
    with Library.open(home) as library:
        assert {name: origin.source for name, origin in library.origins("old1999").items()} == {
            "title": None,
            "entry_type": None,
        }
        library.update(replace(library.get("old1999").paper, year=1999))
        assert library.origins("old1999")["year"].source == "you"
        assert library.origins("old1999")["title"].source is None
        library.undo()
        assert "year" not in library.origins("old1999")
