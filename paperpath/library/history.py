"""Undo and redo: changes are recorded row by row while they happen and taken back in the reverse order.

The technique is the one of https://sqlite.org/undoredo.html with JSON images in place of SQL text, which survive a
later column. Triggers write the image of each row before it changes (:func:`~paperpath.library.schema.record`); taking
a change back applies the images from last to first, and the same triggers meanwhile record what that changed. So redo
is nothing but undo of the undo, and both work after a restart and from another program.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from paperpath.errors import NothingToUndo
from paperpath.library.folding import clean
from paperpath.library.rows import Undone
from paperpath.library.schema import FACT_TABLES, PLACE_TABLES, TIME_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from paperpath.library.database import Database
    from paperpath.library.plans import Plan
    from paperpath.model import Change

KEPT = 1000
"""Changes that can be taken back; of older ones the line stays and the images go, or notes would pile up for ever."""


def now() -> str:
    """The present moment, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextlib.contextmanager
def change(database: Database, what: str) -> Iterator[sqlite3.Connection]:
    """Record all that happens inside as one change; inside another change (or a quiet part) it joins that one."""
    with database.writing() as connection:
        if database.recording:
            yield connection
            return
        database.recording = True
        try:
            number = _begin(connection, what)
            before = connection.total_changes
            yield connection
            if connection.total_changes == before:
                connection.execute("ROLLBACK")  # nothing happened, so nothing is written either
            else:
                _finish(connection, number)
        finally:
            database.recording = False


@contextlib.contextmanager
def quietly(database: Database) -> Iterator[sqlite3.Connection]:
    """Write without recording: facts, and what the program does on its own account."""
    with database.writing() as connection:
        before, was_recording = _recorded(connection), database.recording
        database.recording = True  # so that a change inside joins the silence
        if before is not None:
            _record_as(connection, None)
        try:
            yield connection
            if before is not None:
                _record_as(connection, before)
        finally:
            database.recording = was_recording


Settle = Callable[[Undone], None]
"""Does to files what belongs to a change that is taken back, within its transaction; what it raises stops that."""


def undo(database: Database, settle: Settle | None = None) -> Undone:
    """Take back the last change that stands.

    Raises:
        NothingToUndo: there is none, or something it needs has changed meanwhile; then nothing is touched.
    """
    return _turn(database, "SELECT max(id) FROM change WHERE state = 'done'", "undone", "take back", settle)


def redo(database: Database, settle: Settle | None = None) -> Undone:
    """Make the last change that was taken back again; see :func:`undo`."""
    return _turn(database, "SELECT min(id) FROM change WHERE state = 'undone'", "done", "make again", settle)


def move(connection: sqlite3.Connection, table: str, row: Mapping[str, Any], to: Mapping[str, Any]) -> None:
    """Let a fact say something else as part of a change; undo puts it back if it is otherwise still the same.

    The triggers record of facts only that they are deleted, so this is recorded here.

    Args:
        connection: within a change.
        table: one of the fact tables.
        row: columns that tell which row, the primary key and what makes it the same fact.
        to: the other columns, with what they are to say; not part of the primary key.
    """
    where = " AND ".join(f"{column} IS ?" for column in row)
    found = connection.execute(f"SELECT {', '.join(to)} FROM {table} WHERE {where}", [*row.values()]).fetchone()
    if found is None:  # it was defined anew meanwhile
        return
    _keep(connection, table, "move", json.dumps({"row": row, "to": dict(zip(to, found, strict=True))}))
    pairs = ", ".join(f"{column} = ?" for column in to)
    connection.execute(f"UPDATE {table} SET {pairs} WHERE {where}", [*to.values(), *row.values()])


def keep_files(connection: sqlite3.Connection, plan: Plan) -> None:
    """Remember with the open change what it did to files, for undo to hand out the contrary."""
    _keep(connection, "", "files", plan.to_json())


def _keep(connection: sqlite3.Connection, table: str, event: str, image: str) -> None:
    connection.execute(
        """INSERT INTO change_row (change_id, relation, event, image) SELECT change_id, ?, ?, ? FROM recording
        WHERE change_id IS NOT NULL""",
        (table, event, image),
    )


def history(database: Database, limit: int) -> list[Change]:
    """The last changes, newest first."""
    from paperpath.model import Change

    with database.reading() as connection:
        rows = connection.execute("SELECT id, at, what, state FROM change ORDER BY id DESC LIMIT ?", (limit,))
        return [Change(*row) for row in rows]


def _begin(connection: sqlite3.Connection, what: str) -> int:
    line = " ".join(clean(what).split())
    cursor = connection.execute("INSERT INTO change (at, what, state) VALUES (?, ?, 'done')", (now(), line))
    number = int(cursor.lastrowid or 0)
    _record_as(connection, number)
    return number


def _finish(connection: sqlite3.Connection, number: int) -> None:
    """Keep the change if it changed anything; then what was undone before it cannot be made again."""
    _record_as(connection, None)
    if not connection.execute("SELECT 1 FROM change_row WHERE change_id = ?", (number,)).fetchone():
        connection.execute("DELETE FROM change WHERE id = ?", (number,))
        return
    connection.execute(
        "DELETE FROM change_row WHERE change_id IN (SELECT id FROM change WHERE state = 'undone') OR change_id <= ?",
        (number - KEPT,),
    )
    connection.execute("UPDATE change SET state = 'dropped' WHERE state = 'undone'")


def _turn(
    database: Database, choose: str, state: Literal["done", "undone"], verb: str, settle: Settle | None
) -> Undone:
    from paperpath.library.plans import Plan
    from paperpath.model import Change

    if database.recording:
        raise RuntimeError("undo and redo are changes of their own and cannot be part of one")
    with database.writing() as connection:
        number = connection.execute(choose).fetchone()[0]
        if number is None:
            raise NothingToUndo(f"There is no change to {verb}.")
        at, what = connection.execute("SELECT at, what FROM change WHERE id = ?", (number,)).fetchone()
        images = connection.execute(
            "SELECT seq, relation, event, image FROM change_row WHERE change_id = ? ORDER BY seq DESC", (number,)
        ).fetchall()
        if not images:
            raise NothingToUndo(f"“{what}” is older than the {KEPT} changes that can be taken back.")
        papers = _papers(images)
        before, keys_before = _notes(connection, papers), _keys(connection, papers)
        _record_as(connection, number)
        shapes = {table: _shape(connection, table) for table in {image[1] for image in images} if table}
        files = None
        try:
            for _, table, event, image in images:
                if event == "files":
                    files = Plan.from_json(image).reversed()
                    keep_files(connection, files)
                elif event == "move":
                    move(connection, table, **json.loads(image))
                else:
                    _apply(connection, table, shapes[table], event, json.loads(image))
        except (sqlite3.IntegrityError, _Conflict) as error:
            raise NothingToUndo(
                f"“{what}” no longer applies, because what it changed was changed again since ({error})."
                " Nothing was touched."
            ) from error
        _record_as(connection, None)
        connection.execute("DELETE FROM change_row WHERE change_id = ? AND seq <= ?", (number, images[0][0]))
        connection.execute("UPDATE change SET state = ? WHERE id = ?", (state, number))
        after, keys_after = _notes(connection, papers), _keys(connection, papers)
        names = keys_before | keys_after
        rewritten = {
            names[one]: (before.get(one), after.get(one)) for one in before | after if before.get(one) != after.get(one)
        }
        renamed = {key: keys_after[one] for one, key in keys_before.items() if keys_after.get(one, key) != key}
        undone = Undone(Change(number, at, what, state), rewritten, renamed, files)
        if settle is not None:
            settle(undone)
    return undone


class _Conflict(Exception):
    """A row that is to be changed back is not there."""


def _shape(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """A table's columns and those of its primary key."""
    info = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in info], [row[1] for row in info if row[5]]


def _apply(
    connection: sqlite3.Connection, table: str, shape: tuple[list[str], list[str]], event: str, image: dict[str, Any]
) -> None:
    """Do the contrary of ``event`` to one row; columns that the table has lost or gained since are left out."""
    keys = shape[1]
    columns = [column for column in shape[0] if column in image]
    values = [image[column] for column in columns]
    where, wanted = " AND ".join(f"{key} = ?" for key in keys), [image[key] for key in keys]
    if event == "delete":
        _insert(connection, table, columns, values)
        return
    if event == "insert":
        cursor = connection.execute(f"DELETE FROM {table} WHERE {where}", wanted)
    else:
        pairs = ", ".join(f"{column} = ?" for column in columns)
        cursor = connection.execute(f"UPDATE {table} SET {pairs} WHERE {where}", values + wanted)
    if cursor.rowcount != 1:
        raise _Conflict(f"a row of “{table}” is gone")


def _insert(connection: sqlite3.Connection, table: str, columns: list[str], values: list[Any]) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    try:
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
    except sqlite3.IntegrityError:
        if (
            table not in FACT_TABLES + PLACE_TABLES + TIME_TABLES
        ):  # a fact can be had again; a list, say, may have been redefined meanwhile
            raise


def _papers(images: list[tuple[int, str, str, str]]) -> list[int]:
    """Numbers of the papers whose notes a change may touch."""
    found = set()
    for _, table, _, image in images:
        if table in ("paper", "note"):
            row = json.loads(image)
            found.add(row["id"] if table == "paper" else row["paper_id"])
    return sorted(found)


def _notes(connection: sqlite3.Connection, papers: list[int]) -> dict[int, str]:
    numbers = json.dumps(papers)
    rows = connection.execute(
        "SELECT paper_id, text FROM note WHERE paper_id IN (SELECT value FROM json_each(?))", (numbers,)
    )
    return dict(rows.fetchall())


def _keys(connection: sqlite3.Connection, papers: list[int]) -> dict[int, str]:
    numbers = json.dumps(papers)
    rows = connection.execute("SELECT id, key FROM paper WHERE id IN (SELECT value FROM json_each(?))", (numbers,))
    return dict(rows.fetchall())


def _recorded(connection: sqlite3.Connection) -> int | None:
    number: int | None = connection.execute("SELECT change_id FROM recording").fetchone()[0]
    return number


def _record_as(connection: sqlite3.Connection, number: int | None) -> None:
    connection.execute("UPDATE recording SET change_id = ?", (number,))
