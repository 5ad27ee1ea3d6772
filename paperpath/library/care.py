"""Whether the database is whole, and how its full-text index is made again."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from paperpath.library.database import primary_code

if TYPE_CHECKING:
    from paperpath.library.database import Database


def check(database: Database) -> list[str]:
    """What is wrong, a sentence each; empty when all is well. Reads every page of the file."""
    found: list[str] = []
    with database.reading() as connection:
        try:
            answers = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            if primary_code(error) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            return [f"The database is damaged: {error}."]
    found += [f"The database is damaged: {answer}." for answer in answers if answer != "ok"]
    found += [f"A row of “{table}” belongs to a row of “{parent}” that is gone." for table, _, parent, _ in orphans]
    if not found and not _index_is_whole(database):
        found.append("The full-text index does not fit the texts; `paperpath doctor --fix` makes it again.")
    return found


def reindex(database: Database) -> None:
    """Make the full-text index again from the texts in the database."""
    with database.writing() as connection:
        connection.execute("INSERT INTO full_text (full_text) VALUES ('rebuild')")


def _index_is_whole(database: Database) -> bool:
    with database.writing() as connection:  # the check is spelt as an insert, but changes nothing
        try:
            connection.execute("INSERT INTO full_text (full_text, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if primary_code(error) != sqlite3.SQLITE_CORRUPT:
                raise
            return False
    return True
