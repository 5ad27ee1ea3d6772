"""What a reader leaves on papers: status, tags, highlights, notes and the place where reading stopped."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library.folding import clean, fold
from paperpath.library.history import now
from paperpath.library.numbers import number_for
from paperpath.library.rows import StoredNote
from paperpath.model import STATUSES, Highlight, Position, Status

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_LONGEST_TAG = 100
_HIGHLIGHT = ("quote", "prefix", "suffix", "section", "page", "colour", "comment", "created")


# --------------------------------------------------------------------------- status


def status_of(connection: sqlite3.Connection, number: int) -> Status:
    """The status of one paper."""
    row = connection.execute("SELECT status FROM reading WHERE paper_id = ?", (number,)).fetchone()
    return row[0] if row else "unread"


def set_status(connection: sqlite3.Connection, keys: Sequence[str], status: Status) -> None:
    """Set the status and the day it was first reached; a paper that is unread again has never been read."""
    if status not in STATUSES:
        raise BadInput(f"{status!r} is no status; there are {', '.join(STATUSES)}.")
    moment = now()
    for key in keys:
        number = number_for(connection, key)
        if status_of(connection, number) == status:
            continue
        if status == "unread":
            connection.execute("DELETE FROM reading WHERE paper_id = ?", (number,))
            continue
        connection.execute(
            f"""INSERT INTO reading (paper_id, status, changed_at, {status}_at) VALUES (?1, ?2, ?3, ?3)
            ON CONFLICT (paper_id) DO UPDATE SET
                status = ?2, changed_at = ?3, {status}_at = coalesce({status}_at, ?3)""",
            (number, status, moment),
        )


def statuses(connection: sqlite3.Connection) -> dict[str, Status]:
    """The status of every paper, by key."""
    rows = connection.execute(
        "SELECT key, coalesce(status, 'unread') FROM paper LEFT JOIN reading ON paper_id = id ORDER BY id"
    )
    return dict(rows.fetchall())


def status_dates(connection: sqlite3.Connection, key: str) -> dict[Status, str]:
    """When each status of a paper was first reached."""
    row = connection.execute(
        "SELECT skimmed_at, reading_at, read_at FROM reading WHERE paper_id = ?", (number_for(connection, key),)
    ).fetchone()
    reached: tuple[Status, ...] = ("skimmed", "reading", "read")
    return {status: at for status, at in zip(reached, row or (None,) * 3, strict=True) if at}


# --------------------------------------------------------------------------- tags


def tag(connection: sqlite3.Connection, keys: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> None:
    """Add and remove tags; ``NLP`` and ``nlp`` are one tag, spelt as it was first."""
    added = [_spelling(connection, _tag_name(name)) for name in add]
    removed = {fold(_tag_name(name)) for name in remove} - {fold(name) for name in added}
    for key in keys:
        number = number_for(connection, key)
        for folded in removed:
            connection.execute("DELETE FROM tag WHERE paper_id = ? AND folded = ?", (number, folded))
        for name in added:
            connection.execute("INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", (number, fold(name), name))


def tags(connection: sqlite3.Connection) -> dict[str, int]:
    """Every tag with the number of papers that have it, in alphabetical order."""
    rows = connection.execute("SELECT min(name), count(*) FROM tag GROUP BY folded ORDER BY folded")
    return dict(rows.fetchall())


def _tag_name(text: str) -> str:
    name = " ".join(clean(text).split())
    if not name or len(name) > _LONGEST_TAG:
        raise BadInput(f"{text!r} can be no tag: a tag is a word or a few, up to {_LONGEST_TAG} characters.")
    return name


def _spelling(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT name FROM tag WHERE folded = ? LIMIT 1", (fold(name),)).fetchone()
    return row[0] if row else name


# --------------------------------------------------------------------------- position and highlights


def set_position(connection: sqlite3.Connection, key: str, position: Position) -> None:
    """Remember where reading stopped."""
    fraction = min(1.0, max(0.0, position.fraction))
    connection.execute(
        """INSERT INTO position VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (paper_id) DO UPDATE SET
            section = ?2, offset = ?3, fraction = ?4, at = ?5""",
        (number_for(connection, key), position.section, position.offset, fraction, now()),
    )


def add_highlight(connection: sqlite3.Connection, key: str, highlight: Highlight) -> Highlight:
    """Keep a highlight; the answer has its number and its time."""
    kept = dataclasses.replace(highlight, created=highlight.created or now())
    cursor = connection.execute(
        f"INSERT INTO highlight (paper_id, {', '.join(_HIGHLIGHT)}) VALUES (?{', ?' * len(_HIGHLIGHT)})",
        (number_for(connection, key), *_highlight_values(kept)),
    )
    return dataclasses.replace(kept, id=cursor.lastrowid)


def update_highlight(connection: sqlite3.Connection, key: str, highlight: Highlight) -> None:
    """Replace the highlight with this number."""
    pairs = ", ".join(f"{column} = ?" for column in _HIGHLIGHT)
    cursor = connection.execute(
        f"UPDATE highlight SET {pairs} WHERE id = ? AND paper_id = ?",
        (*_highlight_values(highlight), highlight.id, number_for(connection, key)),
    )
    _must_exist(cursor.rowcount, key, highlight.id)


def remove_highlight(connection: sqlite3.Connection, key: str, number: int) -> None:
    """Delete the highlight with this number."""
    cursor = connection.execute(
        "DELETE FROM highlight WHERE id = ? AND paper_id = ?", (number, number_for(connection, key))
    )
    _must_exist(cursor.rowcount, key, number)


def _must_exist(count: int, key: str, number: int | None) -> None:
    if not count:
        raise BadInput(f"{key} has no highlight with the number {number}; `paperpath highlights {key}` shows them.")


def _highlight_values(highlight: Highlight) -> tuple[object, ...]:
    values = (getattr(highlight, name) for name in _HIGHLIGHT)
    return tuple(clean(value) if isinstance(value, str) else value for value in values)


# --------------------------------------------------------------------------- notes


def note(connection: sqlite3.Connection, key: str) -> StoredNote | None:
    """The note as it was last kept."""
    number = number_for(connection, key)
    row = connection.execute("SELECT text, sha256, mtime_ns FROM note WHERE paper_id = ?", (number,)).fetchone()
    return StoredNote(*row) if row else None


def set_note(connection: sqlite3.Connection, key: str, text: str | None, mtime_ns: int) -> None:
    """Keep a note's text, or that there is none any more."""
    number = number_for(connection, key)
    if text is None:
        connection.execute("DELETE FROM note WHERE paper_id = ?", (number,))
        return
    text = clean(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = connection.execute("SELECT sha256 FROM note WHERE paper_id = ?", (number,)).fetchone()
    if known == (digest,):
        connection.execute("UPDATE note SET mtime_ns = ? WHERE paper_id = ?", (mtime_ns, number))
        return
    connection.execute(
        """INSERT INTO note VALUES (?1, ?2, ?3, ?4) ON CONFLICT (paper_id) DO UPDATE SET
            text = ?2, sha256 = ?3, mtime_ns = ?4""",
        (number, text, digest, mtime_ns),
    )
