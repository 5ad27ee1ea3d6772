"""What is kept on disk: one SQLite file, and the folders of PDFs, texts and notes beside it.

:class:`Library` is the front; behind it every module speaks SQL about one thing (papers, marks, lists, history …) and
:mod:`~paperpath.library.database` alone knows about connections, transactions and SQLite's own errors.
"""

from __future__ import annotations

from paperpath.library.files import Files
from paperpath.library.rows import Added, News, Passage, Row, SavedSearch, StoredNote, Subscription, Undone, Verdict
from paperpath.library.store import Library

__all__ = [
    "Added",
    "Files",
    "Library",
    "News",
    "Passage",
    "Row",
    "SavedSearch",
    "StoredNote",
    "Subscription",
    "Undone",
    "Verdict",
]
