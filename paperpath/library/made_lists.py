"""Lists that a person makes out of papers of the library: a title and papers in the order in which they came.

They lie in the tables of the reading lists, with one stage and no words about why, so that whatever knows lists
(``list:NAME``, export, progress) knows these. What tells them apart is their origin. Those that come from a file are
changed there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library.folding import clean, fold
from paperpath.library.lists import require
from paperpath.library.numbers import number_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

MADE = "made"
"""The origin of such a list."""
_LONGEST_TITLE = 60


def name_for(title: str) -> str:
    """What a person types to mean the list of that title: ``To cite, soon`` → ``to-cite-soon``.

    Raises:
        BadInput: it has no letter or digit, or is too long.
    """
    name = re.sub(r"[\W_]+", "-", fold(clean(title))).strip("-")
    if not name or len(title) > _LONGEST_TITLE:
        raise BadInput(f"{title!r} can be no name of a list: it is a word or a few, up to {_LONGEST_TITLE} characters.")
    return name


def collect(connection: sqlite3.Connection, title: str, keys: Sequence[str]) -> int:
    """Put papers at the end of a list, which is made if it is not there; how many were not on it before.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: it can be no name, or the list comes from a file.
    """
    name = _found(connection, title) or _make(connection, " ".join(clean(title).split()))
    before = {row[0] for row in connection.execute("SELECT paper_id FROM entry WHERE list = ?", (name,))}
    new = [one for one in dict.fromkeys(number_for(connection, key) for key in keys) if one not in before]
    [last] = connection.execute("SELECT coalesce(max(position), -1) FROM entry WHERE list = ?", (name,)).fetchone()
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, 0, ?, '', '[]', '[]')",
        ((name, last + 1 + at, number) for at, number in enumerate(new)),
    )
    return len(new)


def release(connection: sqlite3.Connection, name: str, keys: Sequence[str]) -> int:
    """Take papers from a list; how many were on it. Raises UnknownList, UnknownPaper, BadInput as :func:`collect`."""
    name = _must_be_made(connection, name)
    count = 0
    for key in keys:
        number = number_for(connection, key)
        count += connection.execute("DELETE FROM entry WHERE list = ? AND paper_id = ?", (name, number)).rowcount
    return count


def retitle(connection: sqlite3.Connection, name: str, title: str) -> None:
    """Give a list another title. What it is called in queries stays, because kept exports may ask for it.

    Raises:
        UnknownList: there is none of that name.
        BadInput: it comes from a file, the title says nothing, or another list has it.
    """
    name = _must_be_made(connection, name)
    title = " ".join(clean(title).split())
    name_for(title)
    if _titled(connection, title) not in (None, name):
        raise BadInput(f"Another list is called “{title}”. Nothing was changed.")
    connection.execute("UPDATE list SET title = ? WHERE name = ?", (title, name))


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Forget a list; its papers stay. Raises UnknownList, and BadInput if it comes from a file."""
    name = _must_be_made(connection, name)
    # One after the other, as undo needs them: what a cascade deletes it would bring back before its list.
    for table, column in (("entry", "list"), ("stage", "list"), ("list", "name")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))


def _found(connection: sqlite3.Connection, title: str) -> str | None:
    """The name of the list that is meant by its name or its title, if there is one."""
    named = connection.execute("SELECT name FROM list WHERE name = ?", (name_for(title),)).fetchone()
    name = _titled(connection, title) or (named[0] if named else None)
    return _must_be_made(connection, name) if name is not None else None


def _titled(connection: sqlite3.Connection, title: str) -> str | None:
    wanted = fold(" ".join(clean(title).split()))
    return next((name for name, one in connection.execute("SELECT name, title FROM list") if fold(one) == wanted), None)


def _make(connection: sqlite3.Connection, title: str) -> str:
    name = name_for(title)
    connection.execute("INSERT INTO list VALUES (?, ?, '', ?, '')", (name, title, MADE))
    connection.execute("INSERT INTO stage VALUES (?, 0, ?, '')", (name, title))
    return name


def _must_be_made(connection: sqlite3.Connection, name: str) -> str:
    require(connection, name)
    title, origin = connection.execute("SELECT title, origin FROM list WHERE name = ?", (name,)).fetchone()
    if origin != MADE:
        raise BadInput(f"The reading list “{title}” comes from a file, so it is changed there: {name}.toml.")
    return name
