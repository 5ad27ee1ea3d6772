"""Which references of a paper are in the library too.

By arXiv id or DOI where the bibliography prints one. Otherwise by title, but never by title alone (there are many
"Introduction to …"s): the year must agree to within one, because preprints and proceedings differ by that, or the
first author's name must stand in the entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.library.folding import fold, letters
from paperpath.model import PaperId
from paperpath.notes import OwnedReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.library import Library, Row
    from paperpath.model import Reference

SHORTEST_TITLE = 12
"""Letters; shorter ones (``Maxout networks`` has 14) say too little."""


def identifiers(reference: Reference) -> list[PaperId]:
    """What an entry prints that is of one work alone: its arXiv id, without a version, and its DOI."""
    found = [PaperId("arxiv", re.sub(r"v\d+$", "", reference.arxiv_id))] if reference.arxiv_id else []
    return [*found, *([PaperId("doi", reference.doi.lower())] if reference.doi else [])]


class Linker:
    """Finds references in the library; made once for a run, because it reads every title."""

    def __init__(self, library: Library, rows: Iterable[Row] | None = None) -> None:
        """``rows`` are all papers of the library, when somebody has them already."""
        self._library = library
        self._rows = {row.key: row for row in (library.rows() if rows is None else rows)}
        self._titles: dict[str, list[Row]] = {}
        for row in self._rows.values():
            self._titles.setdefault(letters(row.title), []).append(row)

    def owned(self, key: str, references: Sequence[Reference]) -> tuple[OwnedReference, ...]:
        """Those of the references of the paper ``key`` that are in the library, in the order of its bibliography."""
        found: dict[str, OwnedReference] = {}
        for reference in references:
            row = self._row(reference)
            if row is not None and row.key not in found and row.key != key:
                found[row.key] = OwnedReference(row.key, row.title, row.byline, row.year, reference.label)
        return tuple(found.values())

    def keys(self, key: str, references: Sequence[Reference]) -> tuple[str | None, ...]:
        """For each reference of the paper ``key`` the paper of the library that it is; None where there is none."""
        rows = (self._row(reference) for reference in references)
        return tuple(row.key if row is not None and row.key != key else None for row in rows)

    def _row(self, reference: Reference) -> Row | None:
        for paper_id in identifiers(reference):
            if known := self._library.find(paper_id):
                return self._rows.get(known)
        title = letters(reference.title or "")
        if len(title) < SHORTEST_TITLE:
            return None
        text = fold(reference.text)
        for row in self._titles.get(title, ()):
            near = reference.year is not None and row.year is not None and abs(reference.year - row.year) <= 1
            first = fold(re.split(r" \+| & ", row.byline)[0])
            if near or (first and first in text):
                return row
        return None
