"""Which papers of arXiv cite which, as a service said, and whose citations it was asked for when.

Facts, not the person's words: they are kept without history, and forgotten with the announcements that they explain.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from paperpath.library.news import FORGOTTEN
from paperpath.library.rows import CitationsAsked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def asked(connection: sqlite3.Connection) -> dict[str, CitationsAsked]:
    """Cited paper → when its citations were last asked for."""
    rows = connection.execute("SELECT cited, asked, requests, elsewhere FROM citations_asked")
    return {cited: CitationsAsked(*rest) for cited, *rest in rows}


def keep(connection: sqlite3.Connection, cited: str, citing: Iterable[str], told: CitationsAsked) -> None:
    """Keep which arXiv ids cite a paper, and that it was asked; forget what explains no announcement any more."""
    connection.executemany("INSERT OR IGNORE INTO cites VALUES (?, ?, ?)", [(one, cited, told.asked) for one in citing])
    connection.execute("INSERT OR REPLACE INTO citations_asked VALUES (?, ?, ?, ?)", (cited, *told))
    since = (date.fromisoformat(told.asked[:10]) - timedelta(FORGOTTEN)).isoformat()
    connection.execute(
        """DELETE FROM cites WHERE seen < ? AND NOT EXISTS
            (SELECT 1 FROM announced AS a WHERE a.arxiv_id = cites.citing)""",
        (since,),
    )


def untold(connection: sqlite3.Connection, cited: Iterable[str]) -> list[str]:
    """arXiv ids that cite one of these and were never announced, the newest first."""
    rows = connection.execute(
        """SELECT DISTINCT citing FROM cites WHERE cited IN (SELECT value FROM json_each(?)) AND NOT EXISTS
            (SELECT 1 FROM announced AS a WHERE a.arxiv_id = cites.citing) ORDER BY citing DESC""",
        (json.dumps(list(cited)),),
    )
    return [one for (one,) in rows]


def cites(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Announced paper → the papers that it cites, of those whose citations are followed or were."""
    found: dict[str, tuple[str, ...]] = {}
    for citing, cited in connection.execute(
        "SELECT citing, cited FROM cites JOIN announced AS a ON a.arxiv_id = citing ORDER BY citing, cited"
    ):
        found[citing] = (*found.get(citing, ()), cited)
    return found
