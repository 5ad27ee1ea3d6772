"""Papers found by metadata, whole, and with all that is known about them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from paperpath.library.catalogue import COLUMNS, SELECT, paper_of
from paperpath.library.finding import JOINS, TAGS, select
from paperpath.library.numbers import number_for
from paperpath.model import Highlight, Position, Record, StoredPdf

if TYPE_CHECKING:
    import sqlite3

    from paperpath.model import Paper

_RECORD = f"""{SELECT}, coalesce(r.status, 'unread'), {TAGS}, p.added, f.parser, f.problem,
    o.section, o.offset, o.fraction, f.sha256, f.bytes, f.pages, f.fetched, f.version, f.source"""


def papers(connection: sqlite3.Connection, query: str, list_name: str | None) -> list[Paper]:
    """The papers themselves."""
    return [paper_of(row[1:]) for row in select(connection, SELECT, query, list_name)]


def fingerprint(connection: sqlite3.Connection, query: str, list_name: str | None) -> str:
    """SHA-256 of the rows that :func:`papers` reads, in their order; it takes half the time."""
    digest = hashlib.sha256()
    for row in select(connection, SELECT, query, list_name):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def records(connection: sqlite3.Connection, query: str, list_name: str | None) -> list[Record]:
    """The papers with everything that is known about them, in three SELECTs however many there are."""
    found = select(connection, _RECORD, query, list_name).fetchall()
    few = [row[0] for row in found] if len(found) < 50 else None
    highlights, names = _highlights(connection, few), _list_names(connection, few)
    return [_record(row, highlights.get(row[0], ()), names.get(row[0], ())) for row in found]


def record(connection: sqlite3.Connection, key: str) -> Record:
    """The record of one paper."""
    number = number_for(connection, key)
    row = connection.execute(f"{_RECORD} FROM paper AS p {JOINS} WHERE p.id = ?", (number,)).fetchone()
    few = [number]
    return _record(row, _highlights(connection, few).get(number, ()), _list_names(connection, few).get(number, ()))


def _record(row: tuple[Any, ...], highlights: tuple[Highlight, ...], names: tuple[str, ...]) -> Record:
    width = 1 + len(COLUMNS)
    status, tags, added, parser, problem, *position_and_pdf = row[width:]
    position, pdf = position_and_pdf[:3], position_and_pdf[3:]
    return Record(
        paper=paper_of(row[1:width]),
        status=status,
        tags=tuple(tags.split("\x1f")) if tags else (),
        lists=names,
        added=added,
        position=Position(*position) if position[0] is not None else None,
        pdf=StoredPdf(*pdf) if pdf[0] is not None else None,
        parsed=parser,
        problem=problem,
        highlights=highlights,
    )


def _highlights(connection: sqlite3.Connection, numbers: list[int] | None) -> dict[int, tuple[Highlight, ...]]:
    found: dict[int, tuple[Highlight, ...]] = {}
    where, values = _among(numbers)
    for number, *parts in connection.execute(
        f"""SELECT paper_id, quote, prefix, suffix, section, page, colour, comment, created, id FROM highlight
        {where} ORDER BY id""",
        values,
    ):
        found[number] = (*found.get(number, ()), Highlight(*parts))
    return found


def _list_names(connection: sqlite3.Connection, numbers: list[int] | None) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    where, values = _among(numbers)
    for number, name in connection.execute(f"SELECT DISTINCT paper_id, list FROM entry {where} ORDER BY list", values):
        found[number] = (*found.get(number, ()), name)
    return found


def _among(numbers: list[int] | None) -> tuple[str, list[int]]:
    return ("", []) if numbers is None else (f"WHERE paper_id IN ({', '.join('?' * len(numbers))})", numbers)
