"""Reading lists: definitions come from files and are replaced whole when their fingerprint changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from paperpath.errors import UnknownList
from paperpath.library import history
from paperpath.library.folding import clean
from paperpath.library.numbers import number_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from paperpath.model import ListEntry, ReadingList

_MAIN = "zero-to-hero"
"""The list on which a newcomer begins; it stands before all others."""


def set_list(connection: sqlite3.Connection, plan: ReadingList, origin: str, fingerprint: str) -> None:
    """Keep a list in place of the one with its name; its papers must be in the library."""
    name = clean(plan.name)
    connection.execute("DELETE FROM list WHERE name = ?", (name,))
    connection.execute(
        "INSERT INTO list VALUES (?, ?, ?, ?, ?)",
        (name, clean(plan.title), clean(plan.about), clean(origin), fingerprint),
    )
    position = 0
    for index, stage in enumerate(plan.stages):
        connection.execute(
            "INSERT INTO stage VALUES (?, ?, ?, ?)", (name, index, clean(stage.title), clean(stage.about))
        )
        for entry in stage.entries:
            needs = [number_for(connection, key) for key in entry.needs]
            connection.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    position,
                    index,
                    number_for(connection, entry.key),
                    clean(entry.why),
                    json.dumps(entry.introduces, ensure_ascii=False),
                    json.dumps(needs),
                ),
            )
            position += 1


def drop_list(connection: sqlite3.Connection, name: str) -> None:
    """Forget a list; its papers stay."""
    require(connection, name)
    connection.execute("DELETE FROM list WHERE name = ?", (name,))


def repoint(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Let the lists hold the paper ``new`` in place of ``old``, within a change that undo takes back.

    Where a list holds both, the entry of ``new`` stays and that of ``old`` goes when its paper does.
    """
    holding = {row[0] for row in connection.execute("SELECT list FROM entry WHERE paper_id = ?", (new,))}
    rows = connection.execute(
        """SELECT list, position, stage, why, introduces, paper_id, needs FROM entry
        WHERE paper_id = ?1 OR EXISTS (SELECT 1 FROM json_each(needs) WHERE value = ?1)""",
        (old,),
    ).fetchall()
    for *entry, paper, needs in rows:
        name = entry[0]
        if paper == old and name in holding:
            continue
        holder = new if paper == old else paper
        needed = dict.fromkeys(new if number == old else number for number in json.loads(needs))
        row = dict(zip(("list", "position", "stage", "why", "introduces"), entry, strict=True))
        to = {"paper_id": holder, "needs": json.dumps([number for number in needed if number != holder])}
        history.move(connection, "entry", row, to)
        if paper == old:
            holding.add(name)


def require(connection: sqlite3.Connection, name: str) -> None:
    """Make sure that there is such a list.

    Raises:
        UnknownList: there is none; the message names close ones, or all when they are few.
    """
    names = list(fingerprints(connection))
    if name in names:
        return
    import difflib

    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        hint = f"Did you mean {', '.join(near)}?"
    elif names:
        hint = f"There are {', '.join(names[:8])}{' …' if len(names) > 8 else ''}."
    else:
        hint = "There are none yet."
    raise UnknownList(f"No reading list has the name {name!r}. {hint}")


def fingerprints(connection: sqlite3.Connection) -> dict[str, str]:
    """Name → fingerprint of every list, the main list first, then by name."""
    rows = connection.execute("SELECT name, fingerprint FROM list ORDER BY name <> ?, name", (_MAIN,))
    return dict(rows.fetchall())


def origins(connection: sqlite3.Connection) -> dict[str, str]:
    """Name → where each list came from."""
    return dict(connection.execute("SELECT name, origin FROM list ORDER BY name").fetchall())


def reading_lists(connection: sqlite3.Connection, names: Iterable[str]) -> list[ReadingList]:
    """The lists with these names, whole."""
    return [_reading_list(connection, name) for name in names]


def _reading_list(connection: sqlite3.Connection, name: str) -> ReadingList:
    from paperpath.model import ListEntry, ReadingList, Stage

    title, about = connection.execute("SELECT title, about FROM list WHERE name = ?", (name,)).fetchone()
    rows = connection.execute(
        """SELECT stage, paper_id, key, why, introduces, needs FROM entry JOIN paper ON id = paper_id
        WHERE list = ? ORDER BY position""",
        (name,),
    ).fetchall()
    keys = {row[1]: row[2] for row in rows}
    entries: dict[int, list[ListEntry]] = {}
    for stage, _, key, why, introduces, needs in rows:
        # A paper that was removed from the library is no longer in the way of those that need it.
        needed = tuple(keys[number] for number in json.loads(needs) if number in keys)
        entries.setdefault(stage, []).append(ListEntry(key, why, tuple(json.loads(introduces)), needed))
    stages = connection.execute("SELECT position, title, about FROM stage WHERE list = ? ORDER BY position", (name,))
    return ReadingList(
        name, title, about, tuple(Stage(head, words, tuple(entries.get(index, ()))) for index, head, words in stages)
    )
