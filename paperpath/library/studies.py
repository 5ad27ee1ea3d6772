"""What a reader says of their own knowledge: topics and papers that they know, and passes that are done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.library.folding import clean, fold
from paperpath.library.history import now
from paperpath.library.numbers import number_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from paperpath.model import Status


class DonePass(NamedTuple):
    """A pass over a paper that is done."""

    name: str
    """``skim``, ``understand`` or ``implement``."""
    at: str
    """ISO 8601, UTC."""
    before: Status | None
    """The status that the pass raised; None where it left the status alone."""
    after: Status | None
    """And to what."""


# --------------------------------------------------------------------------- known


def known_topics(connection: sqlite3.Connection) -> dict[str, str]:
    """Topics that the reader knows, as they were written → since when."""
    return dict(connection.execute("SELECT name, at FROM known_topic ORDER BY folded").fetchall())


def known_papers(connection: sqlite3.Connection) -> dict[str, str]:
    """Keys of papers that the reader knows without having read them here → since when."""
    rows = connection.execute("SELECT key, at FROM known_paper JOIN paper ON id = paper_id ORDER BY paper_id")
    return dict(rows.fetchall())


def know(connection: sqlite3.Connection, topics: Sequence[str], keys: Sequence[str]) -> None:
    """Keep that these are known; what was known already stays as it was."""
    moment = now()
    for topic in topics:
        name = " ".join(clean(topic).split())
        connection.execute("INSERT OR IGNORE INTO known_topic VALUES (?, ?, ?)", (fold(name), name, moment))
    for key in keys:
        connection.execute("INSERT OR IGNORE INTO known_paper VALUES (?, ?)", (number_for(connection, key), moment))


def unknow(connection: sqlite3.Connection, topics: Sequence[str], keys: Sequence[str]) -> None:
    """Take it back."""
    for topic in topics:
        folded = fold(" ".join(clean(topic).split()))
        connection.execute("DELETE FROM known_topic WHERE folded = ?", (folded,))
    for key in keys:
        connection.execute("DELETE FROM known_paper WHERE paper_id = ?", (number_for(connection, key),))


# --------------------------------------------------------------------------- passes


def passes(connection: sqlite3.Connection, key: str) -> tuple[DonePass, ...]:
    """The passes over a paper that are done, in the order in which they were."""
    rows = connection.execute(
        "SELECT pass, done_at, before, after FROM reading_pass WHERE paper_id = ? ORDER BY done_at, pass",
        (number_for(connection, key),),
    )
    return tuple(DonePass(*row) for row in rows)


def all_passes(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every pass that is done: key, name of the pass, when."""
    rows = connection.execute("SELECT key, pass, done_at FROM reading_pass JOIN paper ON id = paper_id")
    return rows.fetchall()


def set_pass(connection: sqlite3.Connection, key: str, done: DonePass) -> None:
    """Keep that a pass is done."""
    connection.execute(
        "INSERT OR IGNORE INTO reading_pass VALUES (?, ?, ?, ?, ?)", (number_for(connection, key), *done)
    )


def drop_pass(connection: sqlite3.Connection, key: str, name: str) -> None:
    """Keep that a pass is to be done again."""
    connection.execute("DELETE FROM reading_pass WHERE paper_id = ? AND pass = ?", (number_for(connection, key), name))


def follow(connection: sqlite3.Connection, here: int, there: int) -> None:
    """Two papers become the one ``here``: what is known of either is known of it, and a day's minutes are added up."""
    for table, columns in (("known_paper", "at"), ("reading_pass", "pass, done_at, before, after")):
        connection.execute(
            f"INSERT OR IGNORE INTO {table} SELECT ?, {columns} FROM {table} WHERE paper_id = ?", (here, there)
        )
    connection.execute(
        """INSERT INTO reading_time SELECT ?1, day, minutes FROM reading_time WHERE paper_id = ?2
        ON CONFLICT (paper_id, day) DO UPDATE SET minutes = minutes + excluded.minutes""",
        (here, there),
    )
