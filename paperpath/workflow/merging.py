"""Duplicates in the library, each with the entry that would take the place of both; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.duplicates import find, merged

if TYPE_CHECKING:
    from paperpath.duplicates import Pair, Proposal
    from paperpath.library import Library


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two papers of the library that are one, may be, or contradict each other."""

    pair: Pair
    """The first is the one that was added first."""
    proposal: Proposal | None
    """One entry in place of both; None where they are not offered as one paper."""


def duplicates(library: Library, query: str = "") -> list[Duplicate]:
    """All pairs among the papers that ``query`` finds, the most certain first.

    Raises:
        BadQuery: the query cannot be read.
    """
    order = ("certain", "likely", "contradiction", "possible")
    pairs = sorted(find(library.papers(query)), key=lambda pair: order.index(pair.sure))
    return [Duplicate(pair, merged(pair.first, pair.second) if pair.mergeable else None) for pair in pairs]
