"""Passages found by full text, the best first."""

from __future__ import annotations

import dataclasses
import json
import re
import sqlite3
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

from paperpath.errors import BadQuery
from paperpath.library.database import primary_code
from paperpath.library.search import Wanted, wanted
from paperpath.model import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_WEIGHTS = "bm25(10.0, 6.0, 3.0, 2.0, 1.0)"
"""Of title, authors, abstract, note, text: what a paper is called says more about it than one of its sentences."""
_TOKENS = 28
"""Words of a passage, about 180 characters."""
_LONGEST_PASSAGE = 240
_PER_PAPER = 3
_MOST = 10_000
"""Passages that are ranked one against the other, at 3 µs each; of more, the newest."""
_KINDS: tuple[Literal["title"], Literal["authors"], Literal["abstract"], Literal["note"], Literal["text"]] = (
    "title", "authors", "abstract", "note", "text",
)  # fmt: skip
"""The columns of the index, which are the kinds of a hit."""
_RANKED = f"""SELECT s.id, rank, s.paper_id, s.kind, s.section, s.page, p.key, p.title
    FROM full_text CROSS JOIN passage AS s ON s.id = full_text.rowid CROSS JOIN paper AS p ON p.id = s.paper_id
    WHERE full_text MATCH ? AND full_text.rowid > ? AND rank MATCH '{_WEIGHTS}' ORDER BY rank"""
_SNIPPETS = ", ".join(
    f"snippet(full_text, {column}, '{_OPEN}', '{_CLOSE}', '…', {_TOKENS})" for column in range(len(_KINDS))
)


def search(connection: sqlite3.Connection, text: str, limit: int, per_paper: int = _PER_PAPER) -> list[Hit]:
    """The best passages for ``text``, a few for each paper.

    First those that hold all the words; then, while there is room, papers that hold each word somewhere.

    Raises:
        BadQuery: it cannot be searched for.
    """
    asked = wanted(text)
    if asked is None or limit < 1:
        return []
    try:
        chosen = _choose(_ranked(connection, asked.fts), limit, per_paper, None)
        hits = _hits(connection, chosen, asked.fts)
        if len(hits) < limit and any(len(group) > 1 for group in asked.groups):
            hits += _scattered(connection, asked, {row[2] for row in chosen}, limit - len(hits))
    except sqlite3.Error as error:
        if primary_code(error) != sqlite3.SQLITE_ERROR:
            raise
        raise BadQuery(f"{text!r} cannot be searched for ({error}). Put the words in quotes.") from error
    # What comes last for another reason than its score gets the worst so far.
    worst = accumulate((hit.score for hit in hits), max)
    return [dataclasses.replace(hit, score=score) for hit, score in zip(hits, worst, strict=True)]


def resembling(connection: sqlite3.Connection, words: list[str], limit: int) -> list[str]:
    """Keys of the papers whose title and abstract have most of these words, the best first; words are letters alone."""
    if not words:
        return []
    query = "{title abstract} : (" + " OR ".join(f'"{word}"' for word in words) + ")"
    rows = connection.execute(
        f"""SELECT p.key FROM full_text CROSS JOIN passage AS s ON s.id = full_text.rowid
        CROSS JOIN paper AS p ON p.id = s.paper_id
        WHERE full_text MATCH ? AND rank MATCH '{_WEIGHTS}' AND s.kind = 'paper' ORDER BY rank LIMIT ?""",
        (query, limit),
    )
    return [key for (key,) in rows]


def _ranked(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """The passages that match, the best first.

    Of a word that is everywhere (or the first two letters of one, while it is being typed) FTS5 would rank every
    passage there is: 0.12 s among 100,000 papers. Then those in titles, authors, abstracts and notes go before those
    in texts, as they nearly always do by their weights, and only the newest of either are ranked.
    """
    if _beyond_most(connection, query) is None:
        yield from connection.execute(_RANKED, (query, 0))
        return
    for columns in ("title authors abstract note", "text"):
        part = f"{{{columns}}} : ({query})"
        yield from connection.execute(_RANKED, (part, _beyond_most(connection, part) or 0))


def _beyond_most(connection: sqlite3.Connection, query: str) -> int | None:
    """The newest passage that matches and is not among the newest ones to be ranked."""
    row = connection.execute(
        "SELECT rowid FROM full_text WHERE full_text MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?", (query, _MOST)
    ).fetchone()
    return row[0] if row else None


def _choose(
    ranked: Iterator[tuple[Any, ...]], limit: int, per_paper: int, among: set[int] | None
) -> list[tuple[Any, ...]]:
    """The first rows, up to ``per_paper`` for each paper; FTS5 has sorted, so reading stops when there are enough."""
    chosen: list[tuple[Any, ...]] = []
    counts: dict[int, int] = {}
    for row in ranked:
        if (among is None or row[2] in among) and counts.get(row[2], 0) < per_paper:
            counts[row[2]] = counts.get(row[2], 0) + 1
            chosen.append(row)
            if len(chosen) == limit:
                break
    return chosen


def _scattered(connection: sqlite3.Connection, asked: Wanted, found: set[int], limit: int) -> list[Hit]:
    """One passage each of papers that hold every word, but nowhere together."""
    papers: set[int] = set()
    for group in asked.groups:
        papers |= set.intersection(*(_papers_with(connection, str(term)) for term in group))
    for term in asked.excluded:
        papers -= _papers_with(connection, str(term))
    papers -= found
    if not papers:
        return []
    anyone = " OR ".join(map(str, asked.terms))
    return _hits(connection, _choose(connection.execute(_RANKED, (anyone, 0)), limit, 1, papers), anyone)


def _papers_with(connection: sqlite3.Connection, query: str) -> set[int]:
    rows = connection.execute(
        """SELECT DISTINCT paper_id FROM full_text CROSS JOIN passage ON id = full_text.rowid
        WHERE full_text MATCH ?""",
        (query,),
    )
    return {row[0] for row in rows}


def _hits(connection: sqlite3.Connection, chosen: list[tuple[Any, ...]], query: str) -> list[Hit]:
    """The hits in these rows, with their passages.

    All in one pass over what matches: asked for one by one, FTS5 finds all words that begin with the last one anew each
    time, which took 40 ms of 65 among 100,000 papers. The plus keeps SQLite from doing so by itself.
    """
    numbers = json.dumps([row[0] for row in chosen])
    texts = connection.execute(
        f"""SELECT rowid, {_SNIPPETS} FROM full_text
        WHERE full_text MATCH ? AND +rowid IN (SELECT value FROM json_each(?))""",
        (query, numbers),
    )
    found = {number: passages for number, *passages in texts}
    return [_hit(row, found[row[0]]) for row in chosen]


def _hit(row: tuple[Any, ...], passages: list[str | None]) -> Hit:
    _, score, _, kind, section, page, key, title = row
    columns = {"paper": (0, 1, 2), "note": (3,)}.get(kind, (4,))
    richest = max(columns, key=lambda i: (len({m.lower() for m in _MARKED.findall(passages[i] or "")}), -i))
    return Hit(key, title, _KINDS[richest], section, page, _bounded(passages[richest] or ""), score)


def _bounded(passage: str) -> str:
    """A passage on one line and of bearable length: a table read from a PDF can be one endless word."""
    line = " ".join(passage.split())
    if len(line) <= _LONGEST_PASSAGE:
        return line
    start = max(0, line.find(_OPEN) - _LONGEST_PASSAGE // 3)
    cut = line[start : start + _LONGEST_PASSAGE]
    if cut.rfind(_OPEN) > cut.rfind(_CLOSE):
        cut += _CLOSE
    return f"{'…' if start else ''}{cut}…"
