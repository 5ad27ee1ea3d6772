"""Whether a publication is that of a preprint, and what its fields would change.

Title, first author and year decide together. A title alone never does: services answer with what resembles the
question, and the same authors give one title to a talk, an article and a thesis. How sure it is:

* ``certain``: the same title and first author, in a year that fits; or the record of the preprint says it itself.
* ``uncertain``: something of that differs, or several publications fit. Only a person can take it over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from paperpath.duplicates import people, titles
from paperpath.duplicates.identifiers import identifiers, is_preprint
from paperpath.duplicates.judging import PREPRINT_YEARS
from paperpath.library.folding import fold
from paperpath.model import Paper
from paperpath.sources.providers import Candidate, parse_journal_ref

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

Sureness = Literal["certain", "uncertain"]

RECORD = "arXiv"
"""The source of what stands in the preprint's own record."""
FIELDS = ("entry_type", "venue", "volume", "number", "pages", "publisher", "doi", "year", "month")
"""What is taken over from a publication; everything else stays, the citation key and the arXiv id above all."""
EARLY = 1
"""Years by which a publication may be older than its preprint: many go to arXiv when they are printed."""
ALIKE = 0.5
"""Part of the words that two titles must share if an identifier alone says that they are of one paper."""
_RELATED = {
    None: "the title is another one", "subtitle": "the subtitle differs", "misspelt": "a letter of the title differs",
    "version": "one of them says that it is another version",
}  # fmt: skip
_BEST = ("Crossref", "DBLP", "Semantic Scholar", RECORD, "DataCite")
"""Whose words are taken where several speak of one publication: the publisher's own record first."""
_SPELT_OUT = re.compile(r"10\.1103/(?:physrev[a-z]*|revmodphys)\.(?P<volume>\d+)\.\w+")
"""DOIs of the American Physical Society hold the volume, so that a slip in a journal reference shows: ``75`` for 76."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field in which the publication differs from the preprint."""

    field: str
    """One of :data:`FIELDS`."""
    old: object
    new: object
    source: str
    """Who says so: ``arXiv``, ``Crossref`` …"""


@dataclass(frozen=True, slots=True)
class Published:
    """A publication that a preprint became, or may have become."""

    paper: Paper
    """The preprint, as the library has it."""
    sure: Sureness
    why: str
    """For a person, without capital or full stop: ``same title, first author and year``."""
    changes: tuple[Change, ...]
    sources: tuple[str, ...]
    """Everybody who knows this publication."""

    def only(self, fields: Container[str]) -> Published:
        """The same with the changes of these fields alone."""
        return replace(self, changes=tuple(change for change in self.changes if change.field in fields))

    @property
    def accepted(self) -> Paper:
        """The paper as it is with all of the changes."""
        taken: dict[str, Any] = {change.field: change.new for change in self.changes}
        return replace(self.paper, **taken)


def may_be_published(paper: Paper) -> bool:
    """Whether it is a preprint for which a publication is worth looking for."""
    if not is_preprint(paper):
        return False
    return bool(paper.arxiv_id or paper.venue or any(scheme == "preprint-doi" for scheme, _ in identifiers(paper)))


def from_record(paper: Paper) -> list[Candidate]:
    """What the preprint's own record says of its publication, if that can be read in one way only."""
    place = parse_journal_ref(paper.journal_ref) if paper.journal_ref else None
    if place is None:
        return []
    article = Paper(
        paper.title, paper.authors, entry_type="article", year=place.year, venue=place.journal, volume=place.volume,
        number=place.number, pages=place.pages, doi=paper.doi,
    )  # fmt: skip
    return [Candidate(article, RECORD, linked=True)]


def publications(paper: Paper, candidates: Sequence[Candidate]) -> list[Published]:
    """The publications of ``paper`` among the candidates, each with what it would change; the certain one first.

    Several candidates of one publication are one answer. Where two publications fit equally well, a talk and the
    journal article, neither is certain.
    """
    judged = [(one, verdict) for one in candidates if (verdict := judge(paper, one))]
    groups: list[list[tuple[Candidate, tuple[Sureness, str]]]] = []
    for one in sorted(judged, key=lambda item: (item[1][0] != "certain", _rank(item[0]))):
        group = next((group for group in groups if _same_publication(group[0][0].paper, one[0].paper)), None)
        groups.append([one]) if group is None else group.append(one)
    told = [_told(paper, group) for group in groups]
    told = [one for one in told if one.changes]
    if sum(one.sure == "certain" for one in told) > 1:
        told = [replace(one, sure="uncertain", why=f"{one.why}, but there are several publications") for one in told]
    return told


def judge(paper: Paper, candidate: Candidate) -> tuple[Sureness, str] | None:
    """How sure it is that ``candidate`` is the published ``paper``, and why; None if it is not."""
    found = candidate.paper
    if not (found.venue or found.doi) or (found.venue and is_preprint(found)) or _of_a_server(found):
        return None
    linked = candidate.linked or bool(found.doi and found.doi == paper.doi)
    year = _year_doubt(paper, found, linked=linked)
    doubts = _doubts(paper, found, linked=linked)
    if doubts is None or (year and not linked):
        return None
    doubts += [year] if year else []
    if candidate.source == RECORD and _contradicts_doi(found):
        doubts.append("the journal reference and the DOI name different volumes")
    if doubts:
        return "uncertain", "; ".join(doubts)
    if candidate.source == RECORD:
        return "certain", "the record of the preprint says so"
    if found.venue is None:
        return "certain", f"{candidate.source} names its DOI"
    if linked:
        return "certain", "same paper by its identifier, title and first author"
    return "certain", "same title, first author and year"


def _doubts(paper: Paper, found: Paper, *, linked: bool) -> list[str] | None:
    """What speaks against one paper in title, authors and DOI; None if too much does."""
    ours, theirs = titles.form(paper.title), titles.form(found.title)
    related = titles.relation(ours, theirs)
    authors = people.agreement(people.people(paper.authors), people.people(found.authors))
    if authors in ("none", "unknown") or (not related and not (linked and titles.likeness(ours, theirs) >= ALIKE)):
        return None
    doubts = []
    if related != "same":
        doubts.append(_RELATED[related])
    elif ours.generic and not linked:
        doubts.append("many works have this title")
    if authors == "reordered":
        doubts.append("another author is the first")
    if found.doi and paper.doi and found.doi != paper.doi and not _of_a_server(paper):
        doubts.append("its DOI is not the one that the library has")
    return doubts


def _year_doubt(paper: Paper, found: Paper, *, linked: bool) -> str:
    if found.year is None:  # DataCite names a DOI and nothing of what is behind it; Crossref lacks it now and then
        return "" if linked else "its year is not known"
    if paper.year is None:
        return "the year of the preprint is not known"
    if not -EARLY <= found.year - paper.year <= PREPRINT_YEARS:
        return f"{abs(found.year - paper.year)} years lie between them"
    return ""


def _of_a_server(found: Paper) -> bool:
    """Whether its DOI is one of a preprint server: a second copy is no publication."""
    return any(scheme == "preprint-doi" for scheme, _ in identifiers(replace(found, url=None)))


def _contradicts_doi(found: Paper) -> bool:
    match = _SPELT_OUT.fullmatch(found.doi or "")
    return match is not None and match["volume"] != found.volume


def _rank(candidate: Candidate) -> int:
    return _BEST.index(candidate.source) if candidate.source in _BEST else len(_BEST)


def _same_publication(a: Paper, b: Paper) -> bool:
    """Whether two services speak of one publication: by its DOI, or because nothing that both say contradicts it."""
    if a.doi and b.doi:
        return a.doi == b.doi
    if not (a.venue and b.venue):
        return not (a.doi or b.doi) or a.year is None or b.year is None or a.year == b.year
    alike = a.entry_type == b.entry_type and a.year == b.year
    numbers = [set(re.findall(r"\d+", one.pages or "")) for one in (a, b)]
    return alike and (not all(numbers) or bool(numbers[0] & numbers[1]) or fold(a.venue) == fold(b.venue))


def _told(paper: Paper, group: list[tuple[Candidate, tuple[Sureness, str]]]) -> Published:
    """What everybody who knows one publication says of it together."""
    first, (sure, why) = group[0]
    known = [one for one, _ in group]
    values: dict[str, tuple[object, str]] = {}
    for name in FIELDS:
        said = next((one for one in known if getattr(one.paper, name) not in (None, "", "misc")), None)
        if said is not None:
            values[name] = (getattr(said.paper, name), said.source)
    if not any(one.paper.venue for one in known):
        values = {name: value for name, value in values.items() if name == "doi"}
    elif "year" in values and "month" not in values and paper.month:
        values["month"] = (None, values["year"][1])  # the month of the preprint belongs to the year that goes
    changes = [
        Change(name, getattr(paper, name), *values[name])
        for name in FIELDS
        if name in values and getattr(paper, name) != values[name][0]
    ]
    return Published(
        paper, sure, why, tuple(changes), tuple(dict.fromkeys([first.source, *(one.source for one in known)]))
    )
