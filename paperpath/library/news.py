"""What a person follows on arXiv, what was announced there, and what the person said of it.

Subscriptions and verdicts are the person's; feeds and announcements are facts. A verdict stays when its announcement is
forgotten, so a paper that was dismissed does not come back with the next feed that has it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from paperpath.errors import BadInput
from paperpath.library.folding import clean
from paperpath.library.history import now
from paperpath.library.rows import News, Subscription
from paperpath.model import Author, Paper

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from paperpath.library.rows import FeedKind, Verdict

FORGOTTEN = 60
"""Days after which an announcement without a verdict is dropped; those with one teach the ranking for a year."""
TAUGHT = 365
_COLUMNS = "a.paper, a.later, a.day, a.feeds, v.verdict, coalesce(v.version, 0), a.seen"
_FROM = "FROM announced AS a LEFT JOIN verdict AS v ON v.arxiv_id = a.arxiv_id"


def subscriptions(connection: sqlite3.Connection) -> list[Subscription]:
    """Everything that is followed, categories first, with how its feed stands."""
    rows = connection.execute(
        """SELECT s.kind, s.words, f.asked, f.through, f.problem FROM subscription AS s
        LEFT JOIN feed AS f ON (f.kind, f.words) = (s.kind, s.words)
        ORDER BY s.kind <> 'category', s.kind, s.words"""
    )
    return [Subscription(*row) for row in rows]


def subscribe(connection: sqlite3.Connection, kind: FeedKind, words: str) -> bool:
    """Follow something; whether it is new."""
    cursor = connection.execute("INSERT OR IGNORE INTO subscription VALUES (?, ?)", (kind, clean(words)))
    return cursor.rowcount == 1


def unsubscribe(connection: sqlite3.Connection, kind: FeedKind, words: str) -> None:
    """Follow it no longer; raises BadInput if it is not followed."""
    if connection.execute("DELETE FROM subscription WHERE (kind, words) = (?, ?)", (kind, words)).rowcount != 1:
        there = ", ".join(one.words for one in subscriptions(connection)) or "nothing yet"
        raise BadInput(f"{words!r} is not followed, so nothing was changed. Followed: {there}.")


def keep(
    connection: sqlite3.Connection,
    kind: FeedKind,
    words: str,
    found: Iterable[News],
    asked: str,
    through: str | None,
) -> list[str]:
    """Keep what a feed told, and that it did; ids of the papers that nobody told of before, in this version."""
    new = [one.paper.arxiv_id or "" for one in found if _keep(connection, words, one, asked)]
    connection.execute(
        """INSERT INTO feed VALUES (?1, ?2, ?3, ?4, NULL) ON CONFLICT (kind, words) DO UPDATE SET
            asked = ?3, through = max(coalesce(through, ''), coalesce(?4, through, '')), problem = NULL""",
        (kind, words, asked, through),
    )
    _forget(connection, asked)
    return new


def failed(connection: sqlite3.Connection, kind: FeedKind, words: str, problem: str) -> None:
    """Keep why a feed did not answer."""
    connection.execute(
        """INSERT INTO feed VALUES (?1, ?2, NULL, NULL, ?3) ON CONFLICT (kind, words) DO UPDATE SET problem = ?3""",
        (kind, words, problem),
    )


def news(connection: sqlite3.Connection, since: str) -> list[News]:
    """What was announced since that day, and what waits for later."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE a.day >= ? OR v.verdict = 'later' ORDER BY a.day DESC, a.arxiv_id DESC",
        (since,),
    )
    return [_news(row) for row in rows]


def judged(connection: sqlite3.Connection, verdict: Verdict, limit: int) -> list[News]:
    """What got this verdict last."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE v.verdict = ? ORDER BY v.at DESC, a.arxiv_id LIMIT ?", (verdict, limit)
    )
    return [_news(row) for row in rows]


def verdicts(connection: sqlite3.Connection) -> dict[str, tuple[Verdict, int]]:
    """arXiv id → the verdict, and the version that it is about."""
    rows = connection.execute("SELECT arxiv_id, verdict, version FROM verdict")
    return {name: (verdict, version) for name, verdict, version in rows}


def announced(connection: sqlite3.Connection, arxiv_id: str) -> News:
    """One announcement; raises BadInput if there is none under this id."""
    row = connection.execute(f"SELECT {_COLUMNS} {_FROM} WHERE a.arxiv_id = ?", (arxiv_id,)).fetchone()
    if row is None:
        raise BadInput(
            f"No feed that you follow has announced {arxiv_id}. `paperpath new` shows the ids; to add any paper of"
            f" arXiv: paperpath add {arxiv_id}"
        )
    return _news(row)


def judge(connection: sqlite3.Connection, ids: Sequence[str], verdict: Verdict | None) -> None:
    """Keep verdicts, or take them back; raises BadInput for a paper that was not announced."""
    for one in ids:
        version = announced(connection, one).paper.arxiv_version or 1
        if verdict is None:
            connection.execute("DELETE FROM verdict WHERE arxiv_id = ?", (one,))
            continue
        connection.execute(
            """INSERT INTO verdict VALUES (?1, ?2, ?3, ?4) ON CONFLICT (arxiv_id) DO UPDATE SET
                verdict = ?2, version = ?3, at = ?4 WHERE (verdict, version) <> (?2, ?3)""",
            (one, verdict, version, now()),
        )


# --------------------------------------------------------------------------- rows


def _keep(connection: sqlite3.Connection, words: str, one: News, asked: str) -> bool:
    """Keep one announcement; of one that is known, the later version's text. Whether it says anything new."""
    paper = one.paper
    name, version = paper.arxiv_id, paper.arxiv_version or 1
    known = connection.execute("SELECT version, feeds FROM announced WHERE arxiv_id = ?", (name,)).fetchone()
    text = clean(json.dumps(asdict(paper), ensure_ascii=False))
    if known is None:
        connection.execute(
            "INSERT INTO announced VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, version, one.later, one.day, asked, json.dumps([words]), text),
        )
        return True
    feeds = sorted({*json.loads(known[1]), words})
    connection.execute("UPDATE announced SET feeds = ? WHERE arxiv_id = ?", (json.dumps(feeds), name))
    if version <= known[0]:
        return False
    connection.execute(
        "UPDATE announced SET version = ?, day = ?, paper = ? WHERE arxiv_id = ?", (version, one.day, text, name)
    )
    return True


def _forget(connection: sqlite3.Connection, asked: str) -> None:
    today = date.fromisoformat(asked[:10])
    connection.execute(
        """DELETE FROM announced WHERE day < ?1 AND NOT EXISTS
            (SELECT 1 FROM verdict AS v
            WHERE v.arxiv_id = announced.arxiv_id AND (v.verdict = 'later' OR v.at >= ?2))""",
        ((today - timedelta(FORGOTTEN)).isoformat(), (today - timedelta(TAUGHT)).isoformat()),
    )


def _news(row: tuple[Any, ...]) -> News:
    text, later, day, feeds, verdict, judged, seen = row
    return News(_paper(json.loads(text)), bool(later), day, tuple(json.loads(feeds)), verdict, judged, seen)


def _paper(said: dict[str, Any]) -> Paper:
    known = Paper.__dataclass_fields__
    values = {name: value for name, value in said.items() if name in known}
    values["authors"] = tuple(Author(**author) for author in values["authors"])
    values["categories"] = tuple(values["categories"])
    values["extra"] = tuple(map(tuple, values["extra"]))
    return Paper(**values)
