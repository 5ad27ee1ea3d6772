"""Papers found by metadata, as light rows; :mod:`~paperpath.library.records` has them whole.

A list of papers is what a shell asks for most often, and most of the time that such a command takes is imports. So this
module does without the nouns, which are 30 ms of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.library import lists
from paperpath.library.folding import clean, fold
from paperpath.library.query import condition
from paperpath.library.rows import Row

if TYPE_CHECKING:
    import sqlite3

JOINS = """
    LEFT JOIN reading AS r ON r.paper_id = p.id
    LEFT JOIN file AS f ON f.paper_id = p.id
    LEFT JOIN position AS o ON o.paper_id = p.id"""
TAGS = "(SELECT group_concat(name, char(31)) FROM tag WHERE paper_id = p.id)"
_ROW = f"""SELECT p.key, p.title, p.byline, p.year, coalesce(r.status, 'unread'),
    CASE WHEN r.status = 'read' THEN 1.0 ELSE coalesce(o.fraction, 0.0) END,
    f.sha256 IS NOT NULL, f.problem, {TAGS}, p.added, p.haystack"""


def rows(connection: sqlite3.Connection, query: str, list_name: str | None) -> list[Row]:
    """One light row for each paper, made by one SELECT; few have tags, so the loop is shortest for the others."""
    found = []
    for *head, has_pdf, problem, tags, added, haystack in select(connection, _ROW, query, list_name):
        names: tuple[str, ...] = ()
        if tags is not None:
            names, haystack = tuple(tags.split("\x1f")), f"{haystack} {fold(tags)}"
        found.append(Row._make((*head, has_pdf == 1, problem, names, added, haystack)))
    return found


def keys(connection: sqlite3.Connection, query: str) -> list[str]:
    """The keys alone of the papers that match, in the order of adding."""
    return [key for (key,) in select(connection, "SELECT p.key", query, None)]


def select(connection: sqlite3.Connection, what: str, query: str, list_name: str | None) -> sqlite3.Cursor:
    """``what`` of the papers that match, in the order of the list or of adding."""
    wanted_papers = condition(query, lambda: _saved(connection))
    source, order, values = f"{what} FROM paper AS p {JOINS}", "p.id", wanted_papers.values
    if list_name is not None:
        lists.require(connection, list_name)
        source += " JOIN entry AS e ON e.paper_id = p.id AND e.list = ?"
        order, values = "e.position", (clean(list_name), *values)
    return connection.execute(f"{source} WHERE {wanted_papers.sql} ORDER BY {order}", values)


def _saved(connection: sqlite3.Connection) -> dict[str, str]:
    from paperpath.library.searches import queries

    return queries(connection)
