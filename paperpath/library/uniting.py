"""Two papers of the library become one: everything that hangs on the second comes to hang on the first.

Rows whose primary key is the paper are written anew and not re-pointed, because undo finds a row by that key.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library import catalogue, lists, numbers, studies, telling_apart
from paperpath.model import STATUSES

if TYPE_CHECKING:
    import sqlite3

    from paperpath.model import Paper


def unite(connection: sqlite3.Connection, kept: str, gone: str, paper: Paper) -> None:
    """Make one paper of two.

    Highlights, cards, tags, pins, places on lists, former keys and papers told apart of both are kept, and the status
    that is further; the note and the PDF are those of ``kept``, and notes are joined elsewhere.

    Args:
        connection: within a change.
        kept: key of the paper whose PDF, text and reading position stay.
        gone: key of the other one.
        paper: the metadata of both together, under the key of either.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: they are the same one, or the key or an id of ``paper`` belongs to a third.
    """
    here, there = (numbers.number_for(connection, key) for key in (kept, gone))
    keys = [catalogue.by_number(connection, number).key for number in (here, there)]
    if here == there:
        raise BadInput(f"{kept} and {gone} are the same paper, {keys[0]}.")
    if paper.key.casefold() not in {key.casefold() for key in keys}:
        raise BadInput(f"The key must be {keys[0]} or {keys[1]}, not {paper.key}. To change it: paperpath key")
    _status(connection, here, there)
    for table, columns in (("tag", "folded, name"), ("pin", "reason")):
        connection.execute(
            f"INSERT OR IGNORE INTO {table} SELECT ?, {columns} FROM {table} WHERE paper_id = ?", (here, there)
        )
    _highlights(connection, here, there)
    connection.execute("UPDATE card SET paper_id = ? WHERE paper_id = ?", (here, there))
    studies.follow(connection, here, there)
    telling_apart.follow(connection, here, there)
    lists.repoint(connection, there, here)
    connection.execute("UPDATE former_key SET paper_id = ? WHERE paper_id = ?", (here, there))
    connection.execute(
        """UPDATE paper SET added = (SELECT min(added) FROM paper WHERE id IN (?1, ?2))
        WHERE id = ?1 AND added > (SELECT added FROM paper WHERE id = ?2)""",
        (here, there),
    )
    sources = {name: origin.source for name, origin in catalogue.origins(connection, gone).items() if origin.source}
    connection.execute("DELETE FROM paper WHERE id = ?", (there,))
    own = catalogue.by_number(connection, here)
    catalogue.update(connection, dataclasses.replace(paper, key=own.key), sources)
    stored = catalogue.by_number(connection, here)
    if paper.key != own.key:
        catalogue.rewrite(connection, here, dataclasses.replace(stored, key=paper.key))
    for key in keys:
        if key.casefold() != paper.key.casefold():
            connection.execute("INSERT INTO former_key VALUES (?, ?, ?)", (key.casefold(), key, here))


def _status(connection: sqlite3.Connection, here: int, there: int) -> None:
    """The further status; each one was first reached on the earlier of two days."""
    rows = connection.execute(
        "SELECT status, changed_at, skimmed_at, reading_at, read_at FROM reading WHERE paper_id IN (?, ?)",
        (here, there),
    ).fetchall()
    if not rows:
        return
    status, changed, *_ = max(rows, key=lambda row: STATUSES.index(row[0]))
    days = [min(filter(None, both), default=None) for both in list(zip(*rows, strict=True))[2:]]
    connection.execute(
        """INSERT INTO reading (paper_id, status, changed_at, skimmed_at, reading_at, read_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (paper_id) DO UPDATE SET
            status = ?2, changed_at = ?3, skimmed_at = ?4, reading_at = ?5, read_at = ?6""",
        (here, status, changed, *days),
    )


def _highlights(connection: sqlite3.Connection, here: int, there: int) -> None:
    """All of both, each with its number; of two that say the very same the first."""
    connection.execute(
        """UPDATE highlight SET paper_id = ?1 WHERE paper_id = ?2 AND NOT EXISTS (
            SELECT 1 FROM highlight AS same WHERE same.paper_id = ?1
            AND (same.quote, same.prefix, same.suffix, same.colour, same.comment)
              = (highlight.quote, highlight.prefix, highlight.suffix, highlight.colour, highlight.comment))""",
        (here, there),
    )
