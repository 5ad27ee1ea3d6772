"""Citation key → number: people know a paper by the one, its rows in all tables hang together by the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.errors import UnknownPaper
from paperpath.library.folding import clean

if TYPE_CHECKING:
    import sqlite3


def number_of(connection: sqlite3.Connection, key: str) -> int | None:
    """The number of the paper that has this key, in any case, or had it before it got another."""
    folded = (clean(key).casefold(),)
    row = connection.execute("SELECT id FROM paper WHERE folded_key = ?", folded).fetchone()
    row = row or connection.execute("SELECT paper_id FROM former_key WHERE folded_key = ?", folded).fetchone()
    return row[0] if row else None


def number_for(connection: sqlite3.Connection, key: str) -> int:
    """The number of the paper with this key.

    Raises:
        UnknownPaper: there is none; the message names keys that are close.
    """
    if (number := number_of(connection, key)) is not None:
        return number
    import difflib

    keys = [row[0] for row in connection.execute("SELECT key FROM paper")]
    folded = {one.casefold(): one for one in keys}
    wanted = key.casefold()
    near = [one for low, one in folded.items() if len(wanted) > 2 and wanted in low][:3]
    near = near or [folded[low] for low in difflib.get_close_matches(wanted, folded, n=3, cutoff=0.7)]
    hint = f" Did you mean {', '.join(near)}?" if near else " `paperpath list` shows the keys."
    raise UnknownPaper(f"No paper of the library has the key {key!r}.{hint}")
