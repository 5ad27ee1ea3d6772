"""Pairs of papers that are one, or may be: what is offered to be merged, and what a person called two papers.

What a person must decide is the metadata and which PDF stays: :class:`Duplicate` has a proposal for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.duplicates import Choice, Pair, find, merged, said
from paperpath.duplicates.identifiers import is_preprint
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from paperpath.duplicates import Proposal
    from paperpath.library import Library
    from paperpath.model import Paper, Record

PDF = "PDF"
"""Stands among the fields for the question whose PDF stays; no field has capitals."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two papers of the library that are one, may be, or contradict each other."""

    pair: Pair
    """The first is the one that was added first."""
    proposal: Proposal | None
    """One entry in place of both; None where they are not offered as one paper."""
    pdf: Choice | None = None
    """Whose PDF stays, by its key, where both have one and these differ."""
    apart: bool = False
    """A person said that they are two papers."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What there is to choose, the PDF last."""
        fields = self.proposal.choices if self.proposal else ()
        return (*fields, self.pdf) if self.pdf else fields


def duplicates(library: Library, query: str = "", *, apart: bool = False) -> list[Duplicate]:
    """All pairs among the papers that ``query`` finds, the most certain first.

    Pairs that a person told apart are left out, or with ``apart`` stand at the end; a contradiction stays one, for
    who says that two papers are different has not said which of them has the wrong identifier.

    Raises:
        BadQuery: the query cannot be read.
    """
    order = ("certain", "likely", "contradiction", "possible")
    papers = library.papers(query)
    pairs = sorted(find(papers), key=lambda pair: order.index(pair.sure))
    pins, told = library.pins(), _told(library)
    found = [
        _offered(library, pair, pins) if pair.mergeable else Duplicate(pair, None)
        for pair in pairs
        if pair.sure == "contradiction" or _keys(pair) not in told
    ]
    return [*found, *_apart(papers, pairs, told.values())] if apart else found


def named(library: Library, one: str, other: str) -> Duplicate:
    """Two papers as a pair because a person says so, even if :func:`duplicates` would not pair them.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: they are the same paper, or share an identifier that can't be that of both.
    """
    keys = {library.resolve(one), library.resolve(other)}
    if len(keys) == 1:
        raise BadInput(f"{one} and {other} are the same paper already, {keys.pop()}.")
    first, second = (paper for paper in library.papers() if paper.key in keys)
    pair = next(iter(find([first, second])), None) or Pair(first, second, "possible", "nothing but you says so")
    if pair.sure == "contradiction":
        raise BadInput(
            f"{first.key} and {second.key} were not merged: {pair.why}. Look up whose it is, remove the other paper and"
            " add it again by its own identifier: paperpath remove, paperpath add"
        )
    return _offered(library, pair, library.pins())


def current(library: Library, duplicate: Duplicate) -> Duplicate | None:
    """The pair as it is after other pairs were merged; None if it is one paper by now or no duplicate any more."""
    first, second = (library.resolve(paper.key) for paper in (duplicate.pair.first, duplicate.pair.second))
    if first == second:
        return None
    papers = sorted((library.get(first), library.get(second)), key=lambda record: record.added)
    pair = next(iter(find([record.paper for record in papers])), None)
    if pair and _keys(pair) in _told(library):
        return None
    return _offered(library, pair, library.pins()) if pair and pair.mergeable else None


# --------------------------------------------------------------------------- the two sides of a choice


def second_proposed(duplicate: Duplicate, choice: Choice) -> bool:
    """Whether the second paper's side is proposed; of authors put together from both, the side whose list it is."""
    first, second = _plain_values(duplicate, choice)
    if choice.value in (first, second):
        return choice.value == second
    return choice.other == first


def sides(library: Library, duplicate: Duplicate, choice: Choice) -> tuple[str, str]:
    """What the first and the second paper say, for a person; on the proposed side, what is proposed.

    The words are not made safe for a terminal; nothing is an empty text.
    """
    if choice.field == PDF:
        return _pdf(library, duplicate.pair.first.key), _pdf(library, duplicate.pair.second.key)
    values = (choice.value, choice.other)
    first, second = reversed(values) if second_proposed(duplicate, choice) else values
    return _text(first), _text(second)


def _plain_values(duplicate: Duplicate, choice: Choice) -> tuple[object, object]:
    if choice.field == PDF:
        return duplicate.pair.first.key, duplicate.pair.second.key
    return said(duplicate.pair.first, choice.field), said(duplicate.pair.second, choice.field)


def _pdf(library: Library, key: str) -> str:
    pdf = library.get(key).pdf
    if pdf is None:
        return ""
    pages = "1 page" if pdf.pages == 1 else f"{pdf.pages:,} pages"
    version = f", version {pdf.version}" if pdf.version else ""
    return f"{pages}{version}, {pdf.bytes / 1e6:.1f} MB, {pdf.source}"


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


# --------------------------------------------------------------------------- steps


def _told(library: Library) -> dict[frozenset[str], tuple[str, str]]:
    return {frozenset(keys): keys for keys in library.told_apart()}


def _keys(pair: Pair) -> frozenset[str]:
    return frozenset((pair.first.key, pair.second.key))


def _apart(papers: list[Paper], pairs: list[Pair], told: Iterable[tuple[str, str]]) -> list[Duplicate]:
    """The pairs that a person told apart, also those that nothing else would pair."""
    by_key, by_keys = {paper.key: paper for paper in papers}, {_keys(pair): pair for pair in pairs}
    found = []
    for one, other in told:
        if one in by_key and other in by_key:
            alone = Pair(by_key[one], by_key[other], "possible", "nothing but your word that they are different")
            pair = by_keys.get(_keys(alone), alone)
            if pair.sure != "contradiction":
                found.append(Duplicate(pair, None, apart=True))
    return found


def _offered(library: Library, pair: Pair, pins: Container[str]) -> Duplicate:
    proposal = merged(pair.first, pair.second, pinned=pins)
    records = [library.get(paper.key) for paper in (pair.first, pair.second)]
    better, why = better_pdf(library, records)
    pdfs = [record.pdf for record in records]
    if pdfs[0] is None or pdfs[1] is None or pdfs[0].sha256 == pdfs[1].sha256:
        return Duplicate(pair, proposal)
    other = records[1] if better is records[0] else records[0]
    return Duplicate(pair, proposal, Choice(PDF, better.key, other.key, why))


def better_pdf(library: Library, records: list[Record]) -> tuple[Record, str]:
    """The record whose PDF stays, and why."""
    first, second = records
    there = [record.pdf is not None and library.files.pdf(record.paper).is_file() for record in records]
    if there[0] != there[1]:
        return (first if there[0] else second), "only one has it"
    if first.pdf is None or second.pdf is None:
        return first, "it was there first"
    same = first.pdf.sha256 == second.pdf.sha256
    marks = [
        (
            ("it can be read", record.parsed is not None and record.problem is None),
            ("the published version beats the preprint", not same and not is_preprint(record.paper)),
            ("the later version", (record.pdf.version or 0) if record.pdf else 0),
            ("it has more pages", record.pdf.pages if record.pdf else 0),
            ("more of it was read", record.position.fraction if record.position else 0.0),
        )
        for record in records
    ]
    for (why, ours), (_, theirs) in zip(*marks, strict=True):
        if ours != theirs:
            return (first if ours > theirs else second), why
    return first, "it was there first"
