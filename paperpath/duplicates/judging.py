"""Whether two papers are one: the rules, and the words for them.

An identifier is a strong word, but people copy entries and forget to change the DOI; so where title and authors are of
another work the two are told as a contradiction and never as one paper. A title counts together with its authors and
the year. How sure that is:

* ``certain``: an identifier and the title, or title, all authors and year.
* ``likely``: something of that is missing or differs as it does between a preprint and what came of it.
* ``possible``: the same work in two publications perhaps, such as a talk and the longer article; both may be wanted.
* ``contradiction``: one identifier, two works.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from paperpath.duplicates import people, titles
from paperpath.duplicates.identifiers import SCHEMES, is_preprint, same_place

if TYPE_CHECKING:
    from paperpath.duplicates.identifiers import Identifier
    from paperpath.duplicates.people import Agreement, Person
    from paperpath.duplicates.titles import Relation, Title
    from paperpath.model import Paper

Sureness = Literal["certain", "likely", "possible", "contradiction"]

PREPRINT_YEARS = 3
"""Years that may lie between a preprint and its publication."""
EXTENDED_YEARS = 5
"""Years that may lie between a paper and its extended version."""

_WHOLE = frozenset("book mvbook collection mvcollection proceedings mvproceedings periodical".split())
_THESIS = frozenset("phdthesis mastersthesis thesis".split())
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that are one, or may be, or contradict each other."""

    first: Paper
    """The one that came earlier in what was given."""
    second: Paper
    sure: Sureness
    why: str
    """For a person, without capital or full stop: ``same title, authors and year``."""

    @property
    def mergeable(self) -> bool:
        """Whether to offer the two as one paper; what is only possible or contradicts itself never is."""
        return self.sure in ("certain", "likely")


@dataclass(frozen=True)
class Entry:
    """A paper with its forms for comparison."""

    paper: Paper
    at: int
    """Its place in what was given."""
    title: Title
    ids: tuple[Identifier, ...]

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Its authors; made when asked for, because most papers are compared with no other."""
        return people.people(self.paper.authors)


Verdict = tuple[Sureness, str]
"""How sure, and why."""


def by_identifier(a: Entry, b: Entry, scheme: str) -> Verdict | None:
    """What it means that both have this identifier: one paper, a contradiction, or volumes of one set."""
    name = SCHEMES[scheme]
    related = titles.relation(a.title, b.title)
    alike = titles.likeness(a.title, b.title)
    authors = people.agreement(a.people, b.people)
    if scheme == "isbn" and (_differ(a, b, "volume") or _extra_differs(a.paper, b.paper, "edition")):
        return None
    if related:
        if authors == "none":
            return "likely", f"same {name} and title, though the authors differ"
        if _contradicting_ids(a, b):  # of two publications one would be gone, which a person had better see
            return "likely", f"same {name} and title, though another identifier differs"
        return "certain", f"same {name}"
    if authors in ("all", "first", "reordered") and not (scheme != "arxiv" and _pages_differ(a.paper, b.paper)):
        if alike >= 0.5 or not (a.title.letters and b.title.letters):
            return "certain" if authors == "all" and alike >= 0.7 else "likely", f"same {name} and authors"
        if scheme == "arxiv":  # where a new version may have a new title
            return "likely", f"same {name} and authors, though the titles differ"
        return "possible", f"same {name} and authors, but other titles: one of them may be wrong"
    if authors == "unknown" and (alike >= 0.7 or not (a.title.letters and b.title.letters)):
        return "likely", f"same {name}"
    what = {"none": "other title and authors", "unknown": "other title"}.get(authors, "other title and pages")
    return "contradiction", f"same {name}, {what}: one of them is wrong"


def by_title(a: Entry, b: Entry) -> Verdict | None:
    """Whether title, authors and year make them one paper; None for two papers."""
    related = titles.relation(a.title, b.title)
    if related is None or _other_kinds(a.paper, b.paper):
        return None
    authors = people.agreement(a.people, b.people)
    if authors in ("none", "unknown") or (related != "same" and not _enough(a, b, authors)):
        return None
    if a.title.generic or b.title.generic:
        return _of_generic_title(a.paper, b.paper, related)
    if related == "version":
        return "possible", "same title and authors; one says that it is another version"
    return _by_year(a, b, related, authors)


def _enough(a: Entry, b: Entry, authors: Agreement) -> bool:
    """Whether the rest makes up for titles that are not quite equal: all authors, or the first one and the year."""
    if authors == "first":
        words = min(len(a.title.words), len(b.title.words))
        return words > 2 and a.paper.year is not None and a.paper.year == b.paper.year
    return authors == "all"


def _of_generic_title(a: Paper, b: Paper, related: Relation) -> Verdict | None:
    """An editor writes an "Editorial" for every issue; the place tells which."""
    where = a.pages and a.pages == b.pages and a.volume == b.volume and a.number == b.number
    if related == "same" and a.year == b.year and where and same_place(a, b):
        return "likely", "same title, authors, year and pages"
    return None


def _by_year(a: Entry, b: Entry, related: Relation, authors: Agreement) -> Verdict | None:
    p, q = a.paper, b.paper
    words = _what(related, authors)
    gap = None if p.year is None or q.year is None else abs(p.year - q.year)
    one_is_preprint = is_preprint(p) != is_preprint(q)
    if _contradicting_ids(a, b):
        return _of_other_ids(a, b, words, gap)
    if {p.entry_type, q.entry_type} & _THESIS and p.entry_type != q.entry_type:
        return ("possible", f"{words}; one is a thesis") if (gap or 0) <= EXTENDED_YEARS else None
    if gap is None:
        return "likely", f"{words}; one has no year"
    if gap == 0:
        return _of_one_year(a, b, related, authors)
    if one_is_preprint:
        return ("likely", f"{words}: preprint and published version") if gap <= PREPRINT_YEARS else None
    near = same_place(p, q) and not _differ(a, b, "volume") and not _pages_differ(p, q)
    if gap == 1 and near:
        return "likely", f"{words}; the years differ by one"
    if gap <= EXTENDED_YEARS and _talk_and_article(p, q):
        return "possible", f"{words}: may be an extended version"
    return None


def _of_one_year(a: Entry, b: Entry, related: Relation, authors: Agreement) -> Verdict | None:
    p, q = a.paper, b.paper
    words = _what(related, authors).replace(" and ", ", ") + " and year"
    if _pages_differ(p, q) and (_talk_and_article(p, q) or _differ(a, b, "volume") or len(a.title.words) < 4):
        return "possible", f"{words}, other pages: may be an extended version or another part"
    full = related == "same" and authors == "all" and len(a.title.words) > 2
    contradicts = _pages_differ(p, q) or _differ(a, b, "volume")
    return "certain" if full and not contradicts else "likely", words


def _of_other_ids(a: Entry, b: Entry, words: str, gap: int | None) -> Verdict | None:
    """Two DOIs or two arXiv ids of one title are two publications, if not two papers."""
    if gap == 0 or gap is None:
        return "possible", f"{words}, but other identifiers: may be an extended version"
    if gap <= EXTENDED_YEARS and _talk_and_article(a.paper, b.paper):
        return "possible", f"{words}: may be an extended version"
    return None


def _what(related: Relation, authors: Agreement) -> str:
    names = {"all": "authors", "first": "first author", "reordered": "authors, but in another order,"}
    title = {"subtitle": "same title but for the subtitle", "misspelt": "same title but for one letter"}
    return f"{title.get(related, 'same title')} and {names[authors]}"


def _other_kinds(a: Paper, b: Paper) -> bool:
    """A book and a chapter of it, two editions of a book."""
    whole = (a.entry_type in _WHOLE) != (b.entry_type in _WHOLE)
    part = any(p.entry_type.startswith("in") or p.entry_type in _THESIS for p in (a, b))
    return (whole and part) or _extra_differs(a, b, "edition")


def _contradicting_ids(a: Entry, b: Entry) -> bool:
    """Whether both have an identifier of one kind, and not the same. A preprint server's DOI contradicts none."""
    for scheme in ("arxiv", "doi"):
        ours, theirs = ({value for kind, value in one.ids if kind == scheme} for one in (a, b))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _talk_and_article(a: Paper, b: Paper) -> bool:
    """Whether one was given at a conference, and the other is an article or a preprint with the DOI of one."""
    talks = [paper.entry_type in ("inproceedings", "conference") for paper in (a, b)]
    other = b if talks[0] else a
    return talks[0] != talks[1] and (other.entry_type == "article" or is_preprint(other))


def _differ(a: Entry, b: Entry, name: Literal["volume", "number"]) -> bool:
    ours, theirs = getattr(a.paper, name), getattr(b.paper, name)
    return bool(ours and theirs and ours.strip().lower() != theirs.strip().lower())


def _extra_differs(a: Paper, b: Paper, name: str) -> bool:
    """Whether both have the further field and other numbers, or other words without a number, in it."""
    ours, theirs = (dict(paper.extra).get(name, "") for paper in (a, b))
    if not ours or not theirs:
        return False
    return (_NUMBER.findall(ours) or ours.lower()) != (_NUMBER.findall(theirs) or theirs.lower())


def _pages_differ(a: Paper, b: Paper) -> bool:
    """Whether both tell pages that have no number in common: ``169:1-169:13`` is ``1-13`` of another publisher."""
    ours, theirs = (set(_NUMBER.findall(paper.pages or "")) for paper in (a, b))
    return bool(ours and theirs) and not ours & theirs
