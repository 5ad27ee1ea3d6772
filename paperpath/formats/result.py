"""What reading a file of references gives: the papers, and what was wrong with the rest.

One broken entry is a result, not an accident: it becomes a :class:`Problem` and its neighbours are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from paperpath.model import Paper


class Problem(NamedTuple):
    """One thing in the file that could not be used as it stands."""

    line: int
    """Counted from 1; the line where the entry or the field begins."""
    message: str
    """What is wrong, what was done about it or what the user can do."""


class ReadResult(NamedTuple):
    """Everything that a reader got out of a file."""

    papers: tuple[Paper, ...]
    """In the order of the file. An entry whose key is missing or taken has an empty key."""
    problems: tuple[Problem, ...]
    """In the order of their lines; empty for a clean file."""
