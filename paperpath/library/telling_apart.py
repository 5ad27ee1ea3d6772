"""Pairs that look like one paper and are two, because a person said so: they are not asked about again.

What is said holds for the papers, whatever they are called, and for what they become: of a paper that was merged into
another one, that one is different too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library import catalogue, numbers

if TYPE_CHECKING:
    import sqlite3


def tell_apart(connection: sqlite3.Connection, one: str, other: str) -> None:
    """Say that these are two papers; saying it again changes nothing.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: they are the same one.
    """
    connection.execute("INSERT OR IGNORE INTO different VALUES (?, ?)", _pair(connection, one, other))


def forget(connection: sqlite3.Connection, one: str, other: str) -> None:
    """Take it back.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: they are the same one, or nobody said that they are two.
    """
    pair = _pair(connection, one, other)
    if connection.execute("DELETE FROM different WHERE (one, other) = (?, ?)", pair).rowcount != 1:
        raise BadInput(f"Nobody said that {one} and {other} are two papers, so nothing was changed.")


def pairs(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The keys of all such pairs, in the order in which the papers were added."""
    rows = connection.execute(
        """SELECT a.key, b.key FROM different JOIN paper AS a ON a.id = one JOIN paper AS b ON b.id = other
        ORDER BY one, other"""
    )
    return rows.fetchall()


def follow(connection: sqlite3.Connection, kept: int, gone: int) -> None:
    """Say of the paper ``kept`` what is said of ``gone``, which is about to be merged into it.

    The rows of ``gone`` go with it, and with them the word about these two themselves.
    """
    connection.execute(
        """INSERT OR IGNORE INTO different SELECT min(third, ?1), max(third, ?1) FROM
            (SELECT CASE one WHEN ?2 THEN other ELSE one END AS third FROM different WHERE ?2 IN (one, other))
        WHERE third <> ?1""",
        (kept, gone),
    )


def _pair(connection: sqlite3.Connection, one: str, other: str) -> tuple[int, int]:
    first, second = sorted(numbers.number_for(connection, key) for key in (one, other))
    if first == second:
        raise BadInput(f"{one} and {other} are the same paper, {catalogue.by_number(connection, first).key}.")
    return first, second
