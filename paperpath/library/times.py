"""When the reader read: minutes with a paper, a day each, and the days on which statuses were first reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.library.numbers import number_for

if TYPE_CHECKING:
    import sqlite3


class Reached(NamedTuple):
    """When a paper first reached each status, ISO 8601, UTC; None for never."""

    key: str
    skimmed: str | None
    reading: str | None
    read: str | None


class Minutes(NamedTuple):
    """Time with one paper on one day."""

    key: str
    day: str
    """ISO date where the reader was."""
    minutes: int


def add_minutes(connection: sqlite3.Connection, key: str, day: str, minutes: int) -> None:
    """Add to what was read of a paper on a day."""
    connection.execute(
        """INSERT INTO reading_time VALUES (?1, ?2, ?3)
        ON CONFLICT (paper_id, day) DO UPDATE SET minutes = minutes + ?3""",
        (number_for(connection, key), day, minutes),
    )


def minutes(connection: sqlite3.Connection) -> list[Minutes]:
    """All of it, by day."""
    rows = connection.execute(
        "SELECT key, day, minutes FROM reading_time JOIN paper ON id = paper_id ORDER BY day, paper_id"
    )
    return [Minutes(*row) for row in rows]


def reached(connection: sqlite3.Connection) -> list[Reached]:
    """Every paper that is not unread."""
    rows = connection.execute(
        "SELECT key, skimmed_at, reading_at, read_at FROM reading JOIN paper ON id = paper_id ORDER BY paper_id"
    )
    return [Reached(*row) for row in rows]


def marked(connection: sqlite3.Connection) -> list[str]:
    """When the highlights were made, ISO 8601, UTC."""
    return [row[0] for row in connection.execute("SELECT created FROM highlight WHERE created <> ''")]
