"""Who cites whom among the papers of a library, by the bibliographies of those that have a text.

It is told by :class:`~.linking.Linker`, as the notes tell it. Nothing of it is kept on disk: reading the bibliography
of one paper takes some milliseconds, so a front end asks for one at a time, and each is remembered until its text or
the papers of the library change.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import UnknownPaper
from paperpath.model import ParsedPaper
from paperpath.workflow.linking import Linker

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
            path = library.files.parsed(library.get(key).paper)
            changed = path.stat().st_mtime_ns
            known = self._known.get(key)
            if known is None or known[0] != changed:
                # Only the references: to make the nouns of all sections takes five times as long.
                data = {"references": json.loads(path.read_bytes())["references"]}
                parsed = ParsedPaper.from_dict(data)
                owned = self._linker.owned(key, parsed)
                known = changed, Cited(tuple(one.key for one in owned), len(parsed.references))
                self._known[key] = known
        except (OSError, UnknownPaper, ValueError, TypeError, KeyError, AttributeError):
            return None  # not here, or damaged: doctor tells
        return known[1]
