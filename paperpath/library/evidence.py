"""What a question needs of the full-text index: words that are there, how rare they are, and whole sections.

The same index as that of :mod:`~paperpath.library.passages`, asked in another way: there all the words that were typed
must be in a passage, here any may, and which passages answer is judged where the question is understood. Notes are left
out: they quote the papers, and drafts are made of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from paperpath.library.numbers import number_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'full_text', 'row')"
_MOST_WORDS = 400
"""Words with one beginning that are looked at; the rest of them are rarer than any that would be asked for."""
_AFTER = chr(0x10FFFF)


class Paragraph(NamedTuple):
    """A passage of the index."""

    number: int
    """Grows along the paper; those of neighbours differ by one."""
    page: int | None
    text: str


class Found(NamedTuple):
    """A section in which something was found; a caption and the abstract are sections too."""

    key: str
    title: str
    """Of the paper."""
    kind: str
    """``abstract``, ``text``, ``caption``, ``footnote``."""
    section: str
    """Its heading with its number; ``Figure 3`` for a caption."""
    paragraphs: tuple[Paragraph, ...]
    """Those that were found and their neighbours."""


class Whole(NamedTuple):
    """A passage with its place."""

    number: int
    key: str
    section: str
    """As :attr:`Found.section` names it."""
    text: str


def words(connection: sqlite3.Connection, beginning: str) -> dict[str, int]:
    """Words of the index that begin so, with the number of passages that have each."""
    connection.execute(_VOCABULARY)
    rows = connection.execute(
        "SELECT term, doc FROM temp.vocabulary WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?",
        (beginning, beginning + _AFTER, _MOST_WORDS),
    )
    return dict(rows)


def passage_count(connection: sqlite3.Connection) -> int:
    """How many passages there are."""
    return int(connection.execute("SELECT count(*) FROM passage").fetchone()[0])


def phrase_counts(connection: sqlite3.Connection, phrases: Sequence[str]) -> list[int]:
    """In how many passages each phrase is."""
    sql = "SELECT count(*) FROM full_text WHERE full_text MATCH ?"
    return [int(connection.execute(sql, (_phrase(phrase),)).fetchone()[0]) for phrase in phrases]


def word_counts(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    """In how many passages each of these words is, for those that are in any."""
    connection.execute(_VOCABULARY)
    rows = connection.execute(
        "SELECT term, doc FROM json_each(?) CROSS JOIN temp.vocabulary ON term = value", (json.dumps(list(words)),)
    )
    return dict(rows)


def sections_with(
    connection: sqlite3.Connection,
    phrases: Sequence[str],
    limit: int,
    keys: Sequence[str] = (),
    also: Sequence[int] = (),
) -> list[Found]:
    """The sections of the ``limit`` passages that rank best for any of these phrases, by FTS5's BM25.

    Args:
        connection: the library.
        phrases: words, or words that follow each other.
        limit: how many passages are looked at.
        keys: the only papers to look in; none for all.
        also: numbers of passages whose sections are wanted too.
    """
    found = _with(connection, phrases, limit, keys) if phrases else []
    return _sections(connection, list(dict.fromkeys([*found, *also])))


def whole_passages(connection: sqlite3.Connection, keys: Sequence[str] = ()) -> list[Whole]:
    """Every passage of the papers, or of these papers alone."""
    only = [number_for(connection, key) for key in keys]
    mine = "AND s.paper_id IN (SELECT value FROM json_each(?))" if only else ""
    rows = connection.execute(
        f"""SELECT s.id, p.key, iif(s.kind = 'paper', 'Abstract', s.section) AS place,
            iif(s.kind = 'paper', p.abstract, s.body) AS text
        FROM passage AS s JOIN paper AS p ON p.id = s.paper_id
        WHERE s.kind <> 'note' AND text <> '' {mine} ORDER BY s.id""",
        [json.dumps(only)] if only else [],
    )
    return [Whole(*row) for row in rows]


def _with(connection: sqlite3.Connection, phrases: Sequence[str], limit: int, keys: Sequence[str]) -> list[int]:
    """Numbers of the passages that rank best for any of these phrases."""
    only = [number_for(connection, key) for key in keys]
    mine = "AND s.paper_id IN (SELECT value FROM json_each(?))" if only else ""
    rows = connection.execute(
        f"""SELECT s.id FROM full_text CROSS JOIN passage AS s ON s.id = full_text.rowid
        WHERE full_text MATCH ? AND s.kind <> 'note' {mine} ORDER BY rank LIMIT ?""",
        (" OR ".join(map(_phrase, phrases)), *([json.dumps(only)] if only else []), limit),
    )
    return [row[0] for row in rows]


def _sections(connection: sqlite3.Connection, numbers: list[int]) -> list[Found]:
    """The passages with these numbers and their neighbours in the same section, by section, in the order given."""
    rows = connection.execute(
        """SELECT DISTINCT s.id, p.key, p.title, s.kind, s.section, s.page, iif(s.kind = 'paper', p.abstract, s.body)
        FROM json_each(?) AS wanted CROSS JOIN passage AS hit ON hit.id = wanted.value
            CROSS JOIN passage AS s ON s.id BETWEEN hit.id - 1 AND hit.id + 1 AND s.paper_id = hit.paper_id
                AND s.kind = hit.kind AND s.section = hit.section
            CROSS JOIN paper AS p ON p.id = s.paper_id
        ORDER BY wanted.key""",
        (json.dumps(numbers),),
    )
    places: dict[tuple[str, str, str, str], list[Paragraph]] = {}
    for number, key, title, kind, section, page, text in rows:
        name = ("abstract", "Abstract") if kind == "paper" else (kind, section)
        part = places.setdefault((key, title, *name), [])
        if text and all(one.number != number for one in part):
            part.append(Paragraph(number, page, text))
    return [Found(*place, tuple(sorted(part))) for place, part in places.items() if part]


def _phrase(words: str) -> str:
    return f'"{words.replace(chr(34), " ")}"'
