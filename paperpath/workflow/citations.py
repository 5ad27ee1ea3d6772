"""Who cites whom among the papers of a library, by the bibliographies of those that have a text.

It is told by :class:`~.linking.Linker`, as the notes tell it. Nothing of it is kept on disk: reading the bibliography
of one paper takes some milliseconds, so a front end asks for one at a time, and each is remembered until its text or
the papers of the library change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import UnknownPaper
from paperpath.workflow.linking import Linker
from paperpath.workflow.texts import read_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library, Row


class Cited(NamedTuple):
    """The bibliography of a paper."""

    keys: tuple[str, ...]
    """Papers of the library that stand in it, in its order."""
    total: int
    """Entries in all."""


class Citations:
    """Bibliographies that were read, of one library; for one thread at a time."""

    def __init__(self) -> None:
        self._linker: Linker | None = None
        self._papers: frozenset[str] = frozenset()
        self._known: dict[str, tuple[int, Cited]] = {}
        """Key → time of change of the text, and what it cites."""

    def of(self, library: Library, rows: Sequence[Row], key: str) -> Cited | None:
        """What a paper cites; None where its text is not here. ``rows`` are all papers of the library."""
        papers = frozenset(row.key for row in rows)
        if self._linker is None or papers != self._papers:
            self._linker, self._papers = Linker(library, rows), papers
            self._known.clear()
        try:
            paper = library.get(key).paper
            changed = library.files.parsed(paper).stat().st_mtime_ns
            known = self._known.get(key)
            if known is None or known[0] != changed:
                references = read_references(library, paper)
                if references is None:
                    return None
                owned = self._linker.owned(key, references)
                known = changed, Cited(tuple(one.key for one in owned), len(references))
                self._known[key] = known
        except (OSError, UnknownPaper):
            return None  # not here
        return known[1]
