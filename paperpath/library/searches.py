"""Saved searches: queries under a name, which ``saved:NAME`` stands for in every other query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library.folding import clean, fold
from paperpath.library.query import condition
from paperpath.library.rows import SavedSearch

if TYPE_CHECKING:
    import sqlite3

_LONGEST_NAME = 60
_LONGEST_QUERY = 2000


def searches(connection: sqlite3.Connection) -> list[SavedSearch]:
    """All saved searches, by name."""
    rows = connection.execute("SELECT name, query FROM saved_search ORDER BY folded")
    return [SavedSearch(*row) for row in rows]


def queries(connection: sqlite3.Connection) -> dict[str, str]:
    """Folded name → query, which is how :func:`~.query.condition` wants them."""
    return dict(connection.execute("SELECT folded, query FROM saved_search").fetchall())


def keep(connection: sqlite3.Connection, name: str, query: str) -> SavedSearch:
    """Keep ``query`` under a name; one that had the name, in any case, is replaced.

    Raises:
        BadQuery: the query cannot be read, or asks for itself.
        BadInput: it says nothing, or what is given can be no name.
    """
    kept = SavedSearch(_name(name), " ".join(clean(query).split()))
    if not kept.query:
        raise BadInput("An empty filter shows every paper, so there is nothing to save. Type some words first.")
    if len(kept.query) > _LONGEST_QUERY:
        raise BadInput(f"A search of {len(kept.query):,} characters is too long to be saved.")
    folded = fold(kept.name)
    condition(f"saved:{_quoted(folded)}", lambda: queries(connection) | {folded: kept.query})
    connection.execute(
        """INSERT INTO saved_search VALUES (?1, ?2, ?3)
        ON CONFLICT (folded) DO UPDATE SET name = ?2, query = ?3""",
        (folded, *kept),
    )
    return kept


def rename(connection: sqlite3.Connection, old: str, new: str) -> SavedSearch:
    """Give a saved search another name.

    Raises:
        BadInput: there is no such search, another one has the name, it can be no name, or other searches ask for the
            old one by name.
    """
    found, name = require(connection, old), _name(new)
    folded = fold(name)
    if folded != fold(found.name):
        if folded in queries(connection):
            raise BadInput(f"Another saved search is called “{name}”. Nothing was changed.")
        _not_needed(connection, found.name)
    connection.execute("DELETE FROM saved_search WHERE folded = ?", (fold(found.name),))
    connection.execute("INSERT INTO saved_search VALUES (?, ?, ?)", (folded, name, found.query))
    return SavedSearch(name, found.query)


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Forget a saved search; raises BadInput if there is none of that name, or others ask for it."""
    found = require(connection, name)
    _not_needed(connection, found.name)
    connection.execute("DELETE FROM saved_search WHERE folded = ?", (fold(found.name),))


def require(connection: sqlite3.Connection, name: str) -> SavedSearch:
    """The saved search of that name, in any case; raises BadInput, which names those that there are."""
    known = searches(connection)
    found = next((one for one in known if fold(one.name) == fold(clean(name).strip())), None)
    if found is None:
        there = ", ".join(one.name for one in known[:8]) or "none yet"
        raise BadInput(f"No saved search is called {name!r}. There are: {there}.")
    return found


def _not_needed(connection: sqlite3.Connection, name: str) -> None:
    """Make sure that no other search would be left asking for a name that is gone."""
    others = {folded: query for folded, query in queries(connection).items() if folded != fold(name)}
    for one in searches(connection):
        if fold(one.name) in others and "saved:" in one.query.lower():
            try:
                condition(one.query, lambda: others)
            except BadInput as error:
                raise BadInput(f"The saved search “{one.name}” asks for “{name}”. Change that one first.") from error


def _name(text: str) -> str:
    name = " ".join(clean(text).split())
    if not name or len(name) > _LONGEST_NAME or '"' in name:
        raise BadInput(
            f"{text!r} can be no name of a search: it is a word or a few, without quotes, up to {_LONGEST_NAME}"
            " characters."
        )
    return name


def _quoted(text: str) -> str:
    return f'"{text}"'
