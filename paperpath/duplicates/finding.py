"""Pairs among many papers, in time that grows as their number does.

Papers meet only where something is equal: an identifier, the letters of the title or of what stands before its
subtitle, or one half of its words, because a misspelt word leaves the other half whole. In a large meeting, such as
that of a thousand "Editorials", those with the same first author meet, and of these each only its next few by year.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from paperpath.duplicates import titles
from paperpath.duplicates.identifiers import identifiers
from paperpath.duplicates.judging import Entry, Pair, by_identifier, by_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from paperpath.duplicates.judging import Verdict
    from paperpath.model import Paper

ALL_MEET = 12
"""Papers that are compared each with each; more of them meet by first author."""
NEXT = 6
"""Papers that each one of a large meeting is compared with."""

_Blocks = dict[tuple[str, str], list["Entry"]]


def find(papers: Iterable[Paper]) -> list[Pair]:
    """Every two papers that are one, may be, or contradict each other by sharing an identifier.

    The pairs stand in the order of the papers. Of three copies there are three pairs; of a crowd of copies each is
    paired with a few, so that the pairs grow as the papers do and not as their square.
    """
    entries = [Entry(paper, at, titles.form(paper.title), identifiers(paper)) for at, paper in enumerate(papers)]
    verdicts: dict[tuple[int, int], Verdict | None] = {}
    for (scheme, _), block in _by_identifiers(entries).items():
        for a, b in _meetings(block):
            known = verdicts.get((a.at, b.at))
            if known is None or known[0] == "contradiction":  # another identifier may agree
                verdicts[a.at, b.at] = by_identifier(a, b, scheme) or known
    for block in _by_titles(entries).values():
        for a, b in _meetings(block):
            if (a.at, b.at) not in verdicts:
                verdicts[a.at, b.at] = by_title(a, b)
    return [
        Pair(entries[a].paper, entries[b].paper, *verdict)
        for (a, b), verdict in sorted(verdicts.items(), key=lambda item: item[0])
        if verdict
    ]


def _by_identifiers(entries: Iterable[Entry]) -> _Blocks:
    blocks: _Blocks = defaultdict(list)
    for entry in entries:
        for identifier in entry.ids:
            blocks[identifier].append(entry)
    return blocks


def _by_titles(entries: Iterable[Entry]) -> _Blocks:
    blocks: _Blocks = defaultdict(list)
    for entry in entries:
        words = entry.title.words
        if not entry.title.letters or not entry.paper.authors:
            continue
        blocks["title", entry.title.letters].append(entry)
        if entry.title.main not in ("", entry.title.letters):
            blocks["title", entry.title.main].append(entry)
        if len(words) >= titles.FEWEST_WORDS:
            half = len(words) // 2
            blocks[f"{len(words)} words begin", " ".join(words[:half])].append(entry)
            blocks[f"{len(words)} words end", " ".join(words[half:])].append(entry)
    return blocks


def _meetings(block: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The two of each comparison, the earlier one first."""
    if len(block) <= ALL_MEET:
        yield from combinations(block, 2)
        return
    by_author: dict[str, list[Entry]] = defaultdict(list)
    for entry in block:
        named = entry.people[:1]
        by_author[named[0].last if named else ""].append(entry)
    for some in by_author.values():
        some.sort(key=lambda entry: (entry.paper.year or 0, entry.at))
        for place, one in enumerate(some):
            for other in some[place + 1 : place + 1 + NEXT]:
                yield (one, other) if one.at < other.at else (other, one)
