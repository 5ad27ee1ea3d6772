"""What fetching and parsing found out about a paper: facts, which can be had again and are no part of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.library.folding import clean
from paperpath.library.numbers import number_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from paperpath.library.rows import Passage
    from paperpath.model import StoredPdf

_NO_MARKS = str.maketrans("\ue000\ue001", "\ufffd\ufffd")
"""A search marks its hits with these two characters; fonts of mathematics sometimes claim them too."""


def set_pdf(connection: sqlite3.Connection, key: str, pdf: StoredPdf | None) -> None:
    """Keep what is known of the paper's PDF, or that there is none any more; a problem before it is over.

    A text that was made from another PDF does not count any more, so that the new one is read, whatever happens now.
    """
    values = (pdf.sha256, pdf.bytes, pdf.pages, pdf.fetched, pdf.version, clean(pdf.source)) if pdf else (None,) * 6
    connection.execute(
        """INSERT INTO file (paper_id, sha256, bytes, pages, fetched, version, source)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (paper_id) DO UPDATE SET sha256 = ?2, bytes = ?3, pages = ?4, fetched = ?5, version = ?6,
            source = ?7, problem = NULL, parser = CASE WHEN sha256 IS NULL OR sha256 = ?2 THEN parser END""",
        (number_for(connection, key), *values),
    )


def set_parsed(connection: sqlite3.Connection, key: str, parser: str, passages: Iterable[Passage]) -> None:
    """Replace the paper's text in the full-text index; a problem before it is over."""
    number = number_for(connection, key)
    connection.execute("DELETE FROM passage WHERE paper_id = ? AND kind NOT IN ('paper', 'note')", (number,))
    for passage in passages:
        if passage.kind in ("paper", "note"):
            raise ValueError(f"{passage.kind!r} is a kind of passage that the library makes itself")
        if text := clean(passage.text).translate(_NO_MARKS).strip():
            connection.execute(
                "INSERT INTO passage (paper_id, kind, section, page, body) VALUES (?, ?, ?, ?, ?)",
                (number, passage.kind, clean(passage.section), passage.page, text),
            )
    connection.execute(
        """INSERT INTO file (paper_id, parser) VALUES (?1, ?2)
        ON CONFLICT (paper_id) DO UPDATE SET parser = ?2, problem = NULL""",
        (number, parser),
    )


def set_problem(connection: sqlite3.Connection, key: str, problem: str | None) -> None:
    """Keep why the last fetch or parse failed; None when it is over."""
    connection.execute(
        "INSERT INTO file (paper_id, problem) VALUES (?1, ?2) ON CONFLICT (paper_id) DO UPDATE SET problem = ?2",
        (number_for(connection, key), clean(problem) if problem else None),
    )


def meta(connection: sqlite3.Connection, name: str) -> str | None:
    """A fact about the library itself."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_meta(connection: sqlite3.Connection, name: str, value: str | None) -> None:
    """Keep a fact about the library itself, or forget it."""
    connection.execute("DELETE FROM meta WHERE name = ? AND value IS NOT ?", (name, value))
    if value is not None:
        connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, clean(value)))
