"""Which papers somebody means who types a few words, the likeliest first.

A filter asks whether words occur; here it counts where. Whoever types ``bert`` means the title that begins with it, and
not a Robert among the authors.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from paperpath.library.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library.rows import Row

_KEY, _KEY_BEGINS, _NAME, _NAME_BEGINS, _YEAR, _TITLE, _TITLE_BEGINS, _SOMEWHERE = 60, 12, 10, 8, 8, 6, 5, 1
_WORD = re.compile(r"\w+")


def ranked(rows: Iterable[Row], text: str) -> list[Row]:
    """The rows that contain all words of ``text``, best first; when there are none, those that nearly do.

    Rows of the same worth keep their order; without words all rows stay as they are.
    """
    rows = list(rows)
    words = fold(text).split()
    if not words:
        return rows
    found = [row for row in rows if all(word in row.haystack for word in words)]
    if not found:
        patterns = [nearly(word) for word in words]
        found = [row for row in rows if all(pattern.search(row.haystack) for pattern in patterns)]
    return sorted(found, key=lambda row: -worth(row, words))


def worth(row: Row, words: Iterable[str]) -> int:
    """How well a row fits folded words: the key most, then names and the year, then the title."""
    key, names, title = fold(row.key), _WORD.findall(fold(row.byline)), _WORD.findall(fold(row.title))
    year = str(row.year or "")
    total = 0
    for word in words:
        total += max(
            _KEY if word == key else _KEY_BEGINS if key.startswith(word) else 0,
            _NAME if word in names else _NAME_BEGINS if any(name.startswith(word) for name in names) else 0,
            _YEAR if word == year else 0,
            _TITLE + (word == title[0]) if word in title else 0,
            _TITLE_BEGINS + title[0].startswith(word) if any(part.startswith(word) for part in title) else 0,
            _SOMEWHERE,
        )
    return total


@lru_cache(maxsize=256)
def nearly(word: str) -> re.Pattern[str]:
    """A pattern for ``word`` with letters missing: ``atention`` finds attention. Short words are taken as they are."""
    if len(word) < 4:
        return re.compile(re.escape(word))
    return re.compile(r"\w?".join(re.escape(letter) for letter in word))
