"""Guides to papers, the topics that they ask for, and resources: facts out of files, replaced when those change.

A guide hangs on no row of a paper. It says for which paper it was written, by key and ids, and is looked up by those:
so it is found by the paper's present or former key, after a merge, and again when a removed paper comes back, without
anybody taking care of that. What the user's own files say (:data:`OWN`) goes before what ours say.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.library.folding import clean, fold
from paperpath.library.numbers import number_for
from paperpath.model import Guide, Question, Resource, Topic

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from paperpath.model import Paper

OWN = "own"
"""The origin of what is in the user's files."""

_FOUND = """
    SELECT p.id AS paper_id, g.origin, g.body FROM paper AS p JOIN guide AS g ON g.arxiv_id = p.arxiv_id
    UNION ALL SELECT p.id, g.origin, g.body FROM paper AS p JOIN guide AS g ON g.doi = p.doi
    UNION ALL SELECT p.id, g.origin, g.body FROM paper AS p JOIN guide AS g ON g.folded_key = p.folded_key
        WHERE g.folded_title IS NULL OR g.folded_title = fold(p.title)
    UNION ALL SELECT p.id, g.origin, g.body FROM paper AS p JOIN former_key AS f ON f.paper_id = p.id
        JOIN guide AS g ON g.folded_key = f.folded_key
        WHERE g.folded_title IS NULL OR g.folded_title = fold(p.title)"""
"""Each paper with each guide to it; asked for one paper, every part is a look into an index (0.1 ms in all)."""


class Written(NamedTuple):
    """A guide, and the paper that it was written for."""

    guide: Guide
    paper: Paper | None
    """As the .bib of a reading list has it; None if the key is one of the library."""


def set_guides(
    connection: sqlite3.Connection, origin: str, files: Mapping[str, Sequence[Written]], broken: Iterable[str]
) -> None:
    """Keep the guides of these files in place of all of that origin, but for those of ``broken`` files, which stay."""
    kept = json.dumps([clean(name) for name in broken])
    connection.execute(
        "DELETE FROM guide WHERE origin = ? AND file NOT IN (SELECT value FROM json_each(?))", (origin, kept)
    )
    connection.executemany(
        "INSERT OR REPLACE INTO guide VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                clean(one.guide.key).casefold(),
                origin,
                clean(name),
                one.paper.arxiv_id if one.paper else None,
                one.paper.doi.lower() if one.paper and one.paper.doi else None,
                fold(clean(one.paper.title)) if one.paper else None,
                _json(one.guide),
            )
            for name, written in files.items()
            for one in written
        ),
    )


def set_topics(connection: sqlite3.Connection, origin: str, topics: Sequence[Topic]) -> None:
    """Keep these topics in place of all of that origin."""
    _replace(connection, "topic", origin, topics)


def set_resources(connection: sqlite3.Connection, origin: str, resources: Sequence[Resource]) -> None:
    """Keep these resources in place of all of that origin."""
    _replace(connection, "resource", origin, resources)


def _replace(connection: sqlite3.Connection, table: str, origin: str, rows: Sequence[Topic | Resource]) -> None:
    connection.execute(f"DELETE FROM {table} WHERE origin = ?", (origin,))
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?, ?, ?)", ((row.id, origin, at, _json(row)) for at, row in enumerate(rows))
    )


def guide(connection: sqlite3.Connection, key: str) -> Guide | None:
    """The guide to the paper with this key, if there is one.

    Raises:
        UnknownPaper: there is no such paper.
    """
    row = connection.execute(
        f"SELECT body FROM ({_FOUND}) WHERE paper_id = ? ORDER BY origin = '{OWN}' DESC LIMIT 1",
        (number_for(connection, key),),
    ).fetchone()
    return _guide(row[0]) if row else None


def guides(connection: sqlite3.Connection) -> dict[str, Guide]:
    """The guides to all papers of the library that have one, by the papers' keys."""
    rows = connection.execute(
        f"SELECT key, body FROM ({_FOUND}) JOIN paper ON id = paper_id ORDER BY id, origin = '{OWN}'"
    )
    return {key: _guide(body) for key, body in dict(rows.fetchall()).items()}


def topics(connection: sqlite3.Connection, ids: Sequence[str] | None = None) -> dict[str, Topic]:
    """Topics by id, in the order of the files: all, or those of these ids that there are."""
    return {id_: Topic(**_row(body)) for id_, body in _all(connection, "topic", ids)}


def resources(connection: sqlite3.Connection) -> dict[str, Resource]:
    """All resources by id, in the order of the files."""
    return {id_: Resource(**_row(body)) for id_, body in _all(connection, "resource")}


def _all(connection: sqlite3.Connection, table: str, ids: Sequence[str] | None = None) -> list[tuple[str, str]]:
    where, values = ("", []) if ids is None else ("WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(ids)])
    rows = connection.execute(f"SELECT id, body FROM {table} {where} ORDER BY origin = '{OWN}', position", values)
    return list(dict(rows.fetchall()).items())  # the later one wins: the user's


def _json(row: Guide | Topic | Resource) -> str:
    """What is not empty, as JSON."""
    return clean(json.dumps({name: value for name, value in asdict(row).items() if value}, ensure_ascii=False))


def _row(body: str) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(body).items()}


def _guide(body: str) -> Guide:
    found = _row(body)
    asked = found.pop("questions", ())
    return Guide(**found, questions=tuple(Question(**one) for one in asked))
