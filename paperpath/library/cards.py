"""Question cards of which the reader has said something, the log of reviews, and as what cards were exported.

A card of a guide or of a highlight is made anew from its source each time. Only with its first review, or when its
words are changed, does it get a row here, with its words as they were then: so it outlives its source, and a card that
nobody has answered goes with it.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library.folding import clean
from paperpath.library.history import now
from paperpath.library.numbers import number_for
from paperpath.model import GRADES, Card, Highlight, Review, Schedule

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from paperpath.model import Grade

_PLAIN = ("id", "key", "origin", "question", "answer", "section", "page", "quote", "created")
_WORDS = ("question", "answer", "section", "page", "quote")


def cards(connection: sqlite3.Connection) -> list[Card]:
    """Every card that is kept, by paper and age; whether one is an orphan is for others to say."""
    rows = connection.execute(
        """SELECT c.id, p.key, c.origin, c.question, c.answer, c.section, c.page, c.quote, c.created, c.edited,
            c.removed, c.memory, (SELECT count(*) FROM review WHERE card_id = c.id)
        FROM card AS c JOIN paper AS p ON p.id = c.paper_id ORDER BY c.paper_id, c.created, c.id"""
    )
    return [
        Card(
            **dict(zip(_PLAIN, row, strict=False)),
            edited=bool(row[9]),
            removed=bool(row[10]),
            schedule=Schedule(**json.loads(row[11])) if row[11] else None,
            reviews=row[12],
        )
        for row in rows
    ]


def keep(connection: sqlite3.Connection, card: Card) -> Card:
    """Keep a card as it is, in place of the one with its id; the answer has the time when it was first kept.

    Raises:
        UnknownPaper: there is no such paper.
    """
    made = dataclasses.replace(card, created=card.created or now())
    memory = json.dumps(dataclasses.asdict(made.schedule)) if made.schedule else None
    words = [clean(value) if isinstance(value, str) else value for value in (getattr(made, name) for name in _WORDS)]
    connection.execute(
        """INSERT INTO card (id, paper_id, origin, question, answer, section, page, quote, created, edited, removed,
            memory) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (id) DO UPDATE SET paper_id = ?2, question = ?4, answer = ?5, section = ?6, page = ?7, quote = ?8,
            edited = ?10, removed = ?11, memory = ?12""",
        (
            made.id, number_for(connection, made.key), made.origin, *words, made.created, made.edited, made.removed,
            memory,
        ),
    )  # fmt: skip
    return made


def remove(connection: sqlite3.Connection, card_id: str) -> None:
    """Delete a card with its reviews; raises BadInput if there is none of that id."""
    if not connection.execute("DELETE FROM card WHERE id = ?", (card_id,)).rowcount:
        raise BadInput(f"No card is kept as {card_id!r}; `paperpath cards` shows them.")


def log(connection: sqlite3.Connection, card_id: str, grade: Grade, at: str) -> None:
    """Write an answer into the log."""
    connection.execute(
        "INSERT INTO review (card_id, at, grade) VALUES (?, ?, ?)", (card_id, at, GRADES.index(grade) + 1)
    )


def reviews(connection: sqlite3.Connection, since: str = "") -> list[Review]:
    """The log from a moment on (ISO 8601, UTC), in the order of the answers."""
    rows = connection.execute("SELECT card_id, at, grade FROM review WHERE at >= ? ORDER BY at, id", (since,))
    return [Review(card, at, GRADES[grade - 1]) for card, at, grade in rows]


def begun(connection: sqlite3.Connection, since: str) -> int:
    """How many cards were reviewed for the first time since a moment."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT min(at) AS first FROM review GROUP BY card_id) WHERE first >= ?", (since,)
    ).fetchone()
    return int(row[0])


def commented(connection: sqlite3.Connection) -> list[tuple[str, Highlight]]:
    """Every highlight that has a comment, with the key of its paper, by paper and number."""
    rows = connection.execute(
        """SELECT p.key, h.quote, h.prefix, h.suffix, h.section, h.page, h.colour, h.comment, h.created, h.id
        FROM highlight AS h JOIN paper AS p ON p.id = h.paper_id WHERE h.comment <> '' ORDER BY h.paper_id, h.id"""
    )
    return [(key, Highlight(*rest)) for key, *rest in rows]


def due(connection: sqlite3.Connection, before: str) -> int:
    """How many cards fall due before a moment, of those that were reviewed and not removed."""
    row = connection.execute(
        "SELECT count(*) FROM card WHERE NOT removed AND json_extract(memory, '$.due') < ?", (before,)
    ).fetchone()
    return int(row[0])


def exported(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Card id → (digest of the words that were exported last, when these words were first exported)."""
    return {one: (words, at) for one, words, at in connection.execute("SELECT id, words, at FROM exported_card")}


def note_exported(connection: sqlite3.Connection, found: Mapping[str, tuple[str, str]]) -> None:
    """Remember what :func:`exported` tells; ids that are not named stay as they are."""
    rows: Sequence[tuple[str, str, str]] = [(one, *rest) for one, rest in found.items()]
    connection.executemany(
        "INSERT INTO exported_card VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET words = ?2, at = ?3", rows
    )
