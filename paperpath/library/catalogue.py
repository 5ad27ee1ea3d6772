"""Papers in and out of their table: how a :class:`Paper` lies in columns, how one is recognised, added and found."""

from __future__ import annotations

import dataclasses
import json
import operator
from typing import TYPE_CHECKING, Any

from paperpath import ids
from paperpath.errors import BadInput, NotAnId, UnknownPaper
from paperpath.library import provenance
from paperpath.library.folding import clean, fold
from paperpath.library.history import now
from paperpath.library.numbers import number_for, number_of
from paperpath.library.rows import Added
from paperpath.model import Author, Paper, PaperId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from paperpath.library.provenance import Origin, Sources
    from paperpath.library.rows import MakeKey

_PLAIN = (
    "key", "title", "year", "arxiv_id", "doi", "arxiv_version", "entry_type", "month", "venue", "volume", "number",
    "pages", "publisher", "url", "primary_category", "comment", "journal_ref", "published", "updated", "abstract",
)  # fmt: skip
"""Fields that are columns as they stand."""
COLUMNS = tuple(field.name for field in dataclasses.fields(Paper))
"""The columns that :func:`paper_of` reads, in its order: that of the noun, because names cost a tenth of its time."""
_CATEGORIES, _EXTRA, _AUTHORS = map(COLUMNS.index, ("categories", "extra", "authors"))
_DERIVED = ("folded_key", "byline", "names", "haystack")
_WRITTEN = (*_PLAIN, "categories", "extra", "authors", *_DERIVED)
_PUBLICATION = ("venue", "volume", "number", "pages", "publisher")
"""Fields that belong to one publication: filled in together or not at all, or pages of one would join another."""

_plain = operator.attrgetter(*_PLAIN)
_NEW = (*_WRITTEN, "added", "provenance")
_INSERT = f"INSERT INTO paper ({', '.join(_NEW)}) VALUES ({', '.join('?' * len(_NEW))})"
_UPDATE = f"UPDATE paper SET {', '.join(f'{column} = ?' for column in _WRITTEN)} WHERE id = ?"
_REPLACE = f"UPDATE paper SET {', '.join(f'{column} = ?' for column in _WRITTEN)}, provenance = ? WHERE id = ?"
SELECT = f"SELECT p.id, {', '.join(f'p.{column}' for column in COLUMNS)}"


def add(
    connection: sqlite3.Connection,
    papers: Iterable[Paper],
    make_key: MakeKey,
    *,
    pin: bool = False,
    source: str | None = None,
) -> list[Added]:
    """Add what is new and complete what is known, in the order given; ``pin`` pins keys that came with papers."""
    taken = Taken(connection)
    moment = now()
    origin = (source, moment, provenance.begun(source, moment))
    return [_add(connection, paper, make_key, taken, origin, pin) for paper in papers]


def _add(
    connection: sqlite3.Connection,
    paper: Paper,
    make_key: MakeKey,
    taken: Taken,
    origin: tuple[str | None, str, str | None],
    pin: bool,
) -> Added:
    paper = _cleaned(paper)
    source, moment, column = origin
    if (known := recognise(connection, paper)) is not None:
        stored = by_number(connection, known)
        _write(connection, known, stored, _completed(connection, known, stored, paper), source, moment)
        return Added(stored.key, new=False)
    own = bool(paper.key) and paper.key not in taken
    if not own:
        paper = dataclasses.replace(paper, key=clean(make_key(paper, taken)))
    cursor = connection.execute(_INSERT, (*_values(paper), moment, column))
    if own and pin:
        connection.execute("INSERT INTO pin VALUES (?, 'imported')", (cursor.lastrowid,))
    return Added(paper.key, new=True)


class Taken:
    """The citation keys in use, without regard to case, asked of the database one by one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __contains__(self, key: object) -> bool:
        """Whether a paper has this key in any case, or had it: it may stand in a manuscript."""
        return number_of(self._connection, str(key)) is not None


def recognise(connection: sqlite3.Connection, paper: Paper) -> int | None:
    """The number of the same paper in the library.

    An arXiv id or a DOI says so; a title alone never does (there are several "Introduction"s). Without one, the same
    key with the same title is the entry that was imported before, unless an id contradicts.
    """
    for paper_id in paper.ids:
        if (number := by_id(connection, paper_id)) is not None:
            return number
    if paper.key and (number := number_of(connection, paper.key)) is not None:
        stored = by_number(connection, number)
        contradiction = any(
            ours and theirs and ours != theirs
            for ours, theirs in ((stored.arxiv_id, paper.arxiv_id), (stored.doi, paper.doi))
        )
        if fold(stored.title) == fold(paper.title) and not contradiction:
            return number
    return None


def _completed(connection: sqlite3.Connection, number: int, stored: Paper, found: Paper) -> Paper:
    """``stored`` with the fields that only ``found`` has; what is there stays as the user has it."""
    missing: dict[str, Any] = {
        name: getattr(found, name)
        for name in ("authors", *_PLAIN, "categories")
        if name not in _PUBLICATION and not getattr(stored, name) and getattr(found, name)
    }
    if not stored.venue and found.venue:
        missing |= {name: getattr(found, name) for name in _PUBLICATION if not getattr(stored, name)}
        if stored.entry_type == "misc":
            missing["entry_type"] = found.entry_type
    elif stored.venue and found.venue and fold(stored.venue) == fold(found.venue):
        missing |= {name: getattr(found, name) for name in _PUBLICATION if not getattr(stored, name)}
    names = {name for name, _ in stored.extra}
    missing["extra"] = stored.extra + tuple(pair for pair in found.extra if pair[0] not in names)
    for name, scheme in (("arxiv_id", "arxiv"), ("doi", "doi")):
        if name in missing and by_id(connection, PaperId(scheme, missing[name])) not in (None, number):  # type: ignore[arg-type]  # the two schemes above
            del missing[name]  # two papers of the library turn out to be one; merging them is for the user to decide
    return dataclasses.replace(stored, **missing)


def update(connection: sqlite3.Connection, paper: Paper, sources: Sources = None) -> None:
    """Replace what is known about the paper with this key; ``sources`` say where the fields that differ are from."""
    paper = _cleaned(paper)
    number = number_for(connection, paper.key)
    for paper_id in paper.ids:
        other = by_id(connection, paper_id)
        if other not in (None, number):
            key = connection.execute("SELECT key FROM paper WHERE id = ?", (other,)).fetchone()[0]
            raise BadInput(f"{paper_id} is the paper {key} of the library already; nothing was changed.")
    stored = by_number(connection, number)
    _write(connection, number, stored, dataclasses.replace(paper, key=stored.key), sources, now())


def _write(
    connection: sqlite3.Connection, number: int, stored: Paper, wanted: Paper, sources: Sources, moment: str
) -> None:
    if wanted != stored:
        column = provenance.continued(_provenance(connection, number), stored, wanted, sources, moment)
        connection.execute(_REPLACE, (*_values(wanted), column, number))


def origins(connection: sqlite3.Connection, key: str) -> dict[str, Origin]:
    """Where each field of the paper with this key came from."""
    number = number_for(connection, key)
    return provenance.origins(_provenance(connection, number), by_number(connection, number))


def _provenance(connection: sqlite3.Connection, number: int) -> str | None:
    column: str | None = connection.execute("SELECT provenance FROM paper WHERE id = ?", (number,)).fetchone()[0]
    return column


def rewrite(connection: sqlite3.Connection, number: int, paper: Paper) -> None:
    """Write what is known about the paper with this number, its key too."""
    connection.execute(_UPDATE, (*_values(paper), number))


def remove(connection: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Delete papers; everything that hangs on them goes with them, and is recorded as it goes."""
    for key in dict.fromkeys(keys):
        connection.execute("DELETE FROM paper WHERE id = ?", (number_for(connection, key),))


# --------------------------------------------------------------------------- finding one


def by_id(connection: sqlite3.Connection, paper_id: PaperId) -> int | None:
    """The number of the paper with this identifier."""
    column = {"arxiv": "arxiv_id", "doi": "doi", "url": "url"}[paper_id.scheme]
    value = clean(paper_id.value.lower() if paper_id.scheme == "doi" else paper_id.value)
    row = connection.execute(f"SELECT id FROM paper WHERE {column} = ? ORDER BY id", (value,)).fetchone()
    return row[0] if row else None


def resolve(connection: sqlite3.Connection, text: str) -> str:
    """The key of the paper that ``text`` names by its key, in any case, or by an id or URL.

    Raises:
        UnknownPaper: no paper of the library is meant.
    """
    number = number_of(connection, text.strip().removeprefix("@"))
    if number is None:
        try:
            number = by_id(connection, ids.parse_id(text))
        except NotAnId:
            number = number_for(connection, text.strip())
        if number is None:
            raise UnknownPaper(f"{text.strip()} is not in the library. `paperpath add {text.strip()}` brings it.")
    key: str = connection.execute("SELECT key FROM paper WHERE id = ?", (number,)).fetchone()[0]
    return key


def by_number(connection: sqlite3.Connection, number: int) -> Paper:
    """The paper in this row."""
    return paper_of(connection.execute(f"{SELECT} FROM paper AS p WHERE p.id = ?", (number,)).fetchone()[1:])


# --------------------------------------------------------------------------- columns


def paper_of(row: Sequence[Any]) -> Paper:
    """The paper in a row of :data:`COLUMNS`."""
    values = list(row)
    values[_CATEGORIES] = tuple(_listed(values[_CATEGORIES]))
    values[_EXTRA] = tuple(map(tuple, _listed(values[_EXTRA])))
    values[_AUTHORS] = tuple(
        [
            Author(family, given, particle, suffix, literal == 1)
            for family, given, particle, suffix, literal, _ in _listed(values[_AUTHORS])
        ]
    )
    return Paper(*values)


_decoded = json.JSONDecoder().raw_decode
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _listed(column: str) -> list[Any]:
    """A list as we wrote it, without white space around it; ``json.loads`` made reading papers a tenth slower."""
    found: list[Any] = _decoded(column)[0] if column != "[]" else []
    return found


def _values(paper: Paper) -> list[Any]:
    """The values of :data:`_WRITTEN`."""
    each = [str(author) for author in paper.authors]
    names = ", ".join(each)
    authors = [
        [author.family, author.given, author.particle, author.suffix, int(author.literal), fold(name)]
        for author, name in zip(paper.authors, each, strict=True)
    ]
    found_by = (paper.key, paper.title, names, paper.venue, paper.year, paper.arxiv_id, paper.doi)
    haystack = fold(" ".join(str(part) for part in found_by if part))
    structured = [_encoded(value) if value else "[]" for value in (paper.categories, paper.extra, authors)]
    return [*_plain(paper), *structured, paper.key.casefold(), paper.byline, names, haystack]


def _cleaned(paper: Paper) -> Paper:
    """``paper`` with texts that can be kept, ids in their one form, and no empty text in place of None."""
    changed: dict[str, Any] = {}
    for name, value in zip(_PLAIN, _plain(paper), strict=True):
        if isinstance(value, str) and (better := _cleaned_field(name, value)) != value:
            changed[name] = better
    texts = [text for author in paper.authors for text in (author.family, author.given, author.particle, author.suffix)]
    together = "\n".join((*texts, *paper.categories, *(text for pair in paper.extra for text in pair)))
    if clean(together) != together:  # one look at all of them: they hardly ever need it
        changed["categories"] = tuple(map(clean, paper.categories))
        changed["extra"] = tuple((clean(name), clean(text)) for name, text in paper.extra)
        changed["authors"] = tuple(
            Author(clean(a.family), clean(a.given), clean(a.particle), clean(a.suffix), a.literal)
            for a in paper.authors
        )
    return dataclasses.replace(paper, **changed) if changed else paper


def _cleaned_field(name: str, value: str) -> str | None:
    better = clean(value)
    if name in ("key", "doi", "arxiv_id", "url"):
        better = better.strip()
    if name == "doi":
        better = better.lower()
    return better if better or name in ("key", "title", "entry_type") else None
