"""Places in papers that a reader gave a letter, kept like the place where reading stopped: no part of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library.history import now
from paperpath.library.numbers import number_for
from paperpath.model import Position

if TYPE_CHECKING:
    import sqlite3

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def bookmarks(connection: sqlite3.Connection, key: str) -> dict[str, Position]:
    """The places of a paper by their letters, in alphabetical order."""
    rows = connection.execute(
        "SELECT letter, section, offset, fraction FROM bookmark WHERE paper_id = ? ORDER BY letter",
        (number_for(connection, key),),
    )
    return {letter: Position(*place) for letter, *place in rows}


def set_bookmark(connection: sqlite3.Connection, key: str, letter: str, position: Position) -> None:
    """Give a place a letter; the place that had it before loses it."""
    if len(letter) != 1 or letter not in LETTERS:
        raise BadInput(f"{letter!r} cannot name a place in a paper: a letter from a to z can.")
    connection.execute(
        "INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?, ?, ?, ?)",
        (number_for(connection, key), letter, position.section, position.offset, position.fraction, now()),
    )
