"""Who cites whom among the papers of a library, and what they cite in common that is not there.

It is read from the bibliographies of the texts that are here, each time anew: some milliseconds for a paper. Which
entry is which paper of the library is told by :class:`~.linking.Linker`, as the notes tell it; entries of different
papers are one work by the same rule: by arXiv id or DOI, or by title and either year or first author.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperpath.formats.citation_graph import Graph, Node
from paperpath.library.folding import fold, letters
from paperpath.workflow.linking import SHORTEST_TITLE, Linker, identifiers
from paperpath.workflow.texts import read_references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.library import Library
    from paperpath.model import PaperId, Reference


class Missing(NamedTuple):
    """A work that papers of the library cite and that is not in it."""

    reference: Reference
    """The entry that says most of it."""
    cited_by: tuple[str, ...]
    """Keys of the papers that cite it, the oldest first."""


class Citing(NamedTuple):
    """The citations of a library."""

    graph: Graph
    """All papers, and who cites whom of them."""
    missing: tuple[Missing, ...]
    """What is not here, the most cited first."""
    read: int
    """How many papers have a bibliography that could be read."""


def citing(library: Library) -> Citing:
    """Who cites whom, and what is not here."""
    rows = sorted(library.rows(), key=lambda row: (row.year or 9999, row.key))
    linker = Linker(library, rows)
    edges: dict[tuple[str, str], None] = {}
    absent = _Works()
    read = 0
    for record in sorted(library.records(), key=lambda one: (one.paper.year or 9999, one.key)):
        references = (read_references(library, record.paper) or ()) if record.parsed else ()
        read += bool(references)
        for reference, key in zip(references, linker.keys(record.key, references), strict=True):
            if key is not None:
                edges[record.key, key] = None
            elif not _is_itself(reference, record.paper.title):
                absent.add(reference, record.key)
    nodes = tuple(Node(row.key, row.title, row.byline, row.year) for row in rows)
    return Citing(Graph(nodes, tuple(edges)), tuple(absent.ranked()), read)


def _is_itself(reference: Reference, title: str) -> bool:
    wanted = letters(title)
    return len(wanted) >= SHORTEST_TITLE and letters(reference.title or "") == wanted


class _Works:
    """Entries of many bibliographies, those of one work together."""

    def __init__(self) -> None:
        self._works: list[tuple[list[Reference], dict[str, None]]] = []
        self._by_id: dict[PaperId, int] = {}
        self._by_title: dict[str, list[int]] = {}

    def add(self, reference: Reference, key: str) -> None:
        """Take in an entry of the paper ``key``; one that says neither id nor title is nothing to be found by."""
        ids, title = identifiers(reference), letters(reference.title or "")
        titled = len(title) >= SHORTEST_TITLE
        if not (ids or titled):
            return
        at = next((self._by_id[one] for one in ids if one in self._by_id), None)
        if at is None and titled:
            same = self._by_title.get(title, ())
            at = next((n for n in same if any(_agree(reference, one) for one in self._works[n][0])), None)
        if at is None:
            at = len(self._works)
            self._works.append(([], {}))
        references, keys = self._works[at]
        references.append(reference)
        keys[key] = None
        self._by_id.update(dict.fromkeys(ids, at))
        if titled and at not in self._by_title.setdefault(title, []):
            self._by_title[title].append(at)

    def ranked(self) -> Iterator[Missing]:
        """The works, the most cited first, of equals the newer."""
        found = [Missing(max(references, key=_says), tuple(keys)) for references, keys in self._works]
        yield from sorted(
            found,
            key=lambda one: (-len(one.cited_by), -(one.reference.year or 0), (one.reference.title or "").casefold()),
        )


def _agree(one: Reference, other: Reference) -> bool:
    if one.year is not None and other.year is not None and abs(one.year - other.year) <= 1:
        return True
    return any(_family(a) and _family(a) in fold(b.text) for a, b in ((one, other), (other, one)))


def _family(reference: Reference) -> str:
    """The longest word of the first author's name, which is no initial."""
    words = re.findall(r"\w{3,}", fold(reference.authors[0])) if reference.authors else []
    return max(words, key=len, default="")


def _says(reference: Reference) -> tuple[bool, bool, bool, int]:
    """How much an entry says: where it can be fetched, its title, its year, and the length of its authors."""
    return (
        bool(reference.arxiv_id or reference.doi), bool(reference.title), reference.year is not None,
        min(len(" ".join(reference.authors)), 200),
    )  # fmt: skip
