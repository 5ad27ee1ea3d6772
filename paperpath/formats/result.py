"""What reading a file of references gives: the papers, what was wrong with the rest, and what belongs beside them.

One broken entry is a result, not an accident: it becomes a :class:`Problem` and its neighbours are read. Files, groups,
notes and highlights are no metadata: they travel as a :class:`Beside`, as text, and the workflow sees to them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperpath.model import Highlight, Paper, Status


Severity = Literal["error", "warning"]
"""``error``: an entry, or a part of one, was not read. ``warning``: all of it was, but something is doubtful or had to
be changed."""


class Problem(NamedTuple):
    """One thing in the file that could not be used as it stands."""

    line: int
    """Counted from 1; the line where the entry or the field begins. 0 where there are no lines, as in a database."""
    message: str
    """What is wrong, what was done about it or what the user can do."""
    severity: Severity = "error"


class Beside(NamedTuple):
    """What another program's file says about a paper besides its metadata: its owner's files, order and words."""

    files: tuple[str, ...] = ()
    """Paths of PDFs as they stand in the file, its escapes taken back; the best one first. They may be relative, of
    another machine or of another system."""
    tags: tuple[str, ...] = ()
    """The owner's tags, groups and collections; one inside another as ``outer/inner``."""
    keywords: tuple[str, ...] = ()
    """Words that a publisher may have chosen as well as the owner: the formats do not tell."""
    notes: tuple[str, ...] = ()
    """The owner's notes, in Markdown."""
    highlights: tuple[Highlight, ...] = ()
    """Passages marked in the PDF."""
    status: Status | None = None
    """How far the owner has read it, where the program keeps that."""


class ReadResult(NamedTuple):
    """Everything that a reader got out of a file."""

    papers: tuple[Paper, ...]
    """In the order of the file. An entry whose key is missing or taken has an empty key."""
    problems: tuple[Problem, ...]
    """In the order of their lines; empty for a clean file."""
    beside: Mapping[int, Beside] = MappingProxyType({})
    """By the index of the paper; only for those that have something."""
    folders: tuple[str, ...] = ()
    """Where relative paths of files begin, if the file says so; else they begin where it lies itself."""
