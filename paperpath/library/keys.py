"""Citation keys that change on purpose: renaming a paper, the keys it had before, and pins.

A key may stand in a manuscript, so the old one goes on finding its paper and is never given to another. A pin says
why a key must not be made anew by a formula: it was exported, it came from a file, or a person chose it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library import catalogue, numbers
from paperpath.library.folding import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from paperpath.library.rows import PinReason


def rename(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Give a paper another key.

    Raises:
        UnknownPaper: no paper has the key ``old``.
        BadInput: another paper has ``new``, or had it, in any case.
    """
    new = clean(new).strip()
    number = numbers.number_for(connection, old)
    paper = catalogue.by_number(connection, number)
    holder = numbers.number_of(connection, new)
    if holder not in (None, number):
        theirs = catalogue.by_number(connection, holder)
        had = "is" if theirs.key.casefold() == new.casefold() else "was once"
        raise BadInput(f"{new} {had} the key of another paper, {theirs.key} ({theirs.title}). Nothing was changed.")
    connection.execute("DELETE FROM former_key WHERE folded_key = ?", (new.casefold(),))
    catalogue.rewrite(connection, number, dataclasses.replace(paper, key=new))
    if new.casefold() != paper.key.casefold():
        connection.execute("INSERT INTO former_key VALUES (?, ?, ?)", (paper.key.casefold(), paper.key, number))


def former(connection: sqlite3.Connection) -> dict[str, str]:
    """Every key that a paper had before → the one that it has now."""
    rows = connection.execute("SELECT f.key, p.key FROM former_key AS f JOIN paper AS p ON p.id = paper_id ORDER BY 1")
    return dict(rows.fetchall())


def pin(connection: sqlite3.Connection, keys: Iterable[str], reason: PinReason) -> None:
    """Say that these keys must stay."""
    rows = ((numbers.number_for(connection, key), reason) for key in keys)
    connection.executemany("INSERT OR IGNORE INTO pin VALUES (?, ?)", rows)


def pins(connection: sqlite3.Connection) -> dict[str, tuple[PinReason, ...]]:
    """Every pinned key, and why it is."""
    found: dict[str, tuple[PinReason, ...]] = {}
    rows = connection.execute("SELECT key, reason FROM pin JOIN paper ON id = paper_id ORDER BY id, reason")
    for key, reason in rows:
        found[key] = (*found.get(key, ()), reason)
    return found
