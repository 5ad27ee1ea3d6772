"""The entry that two duplicates would become, and what would be left out.

What belongs to one publication is taken from one entry, or the pages of one would join the volume of another. So is
what belongs to one version on arXiv. Everything else is taken from whichever has more of it, and a value that is not
taken is named together with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from paperpath.duplicates import people
from paperpath.duplicates.identifiers import is_preprint, same_place
from paperpath.duplicates.titles import form
from paperpath.model import Paper

if TYPE_CHECKING:
    from collections.abc import Container


PUBLICATION = ("entry_type", "venue", "year", "month", "volume", "number", "pages", "publisher")
"""Fields of one publication."""
ARXIV = (
    "arxiv_id", "arxiv_version", "primary_category", "categories", "comment", "journal_ref", "published", "updated",
)  # fmt: skip
"""Fields of one version on arXiv."""
_ALONE = "only one has it"
_FIELDS = frozenset(field.name for field in fields(Paper))
_AS_TEXT = " (text)"
"""After the name of a further field that is a field of :class:`Paper` too: the year ``in press``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which two entries differ."""

    field: str
    """A field of :class:`Paper`, or the name of a further field of its ``extra``; see :func:`said`."""
    value: object
    """What is proposed."""
    other: object
    """What the other entry says: None, empty or another value."""
    why: str
    """For a person, without capital or full stop."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry in place of two."""

    paper: Paper
    choices: tuple[Choice, ...]
    """Every field in which the two differ, in the order of :class:`Paper`, further fields last."""

    @property
    def left_out(self) -> tuple[Choice, ...]:
        """The choices whose other value would be gone."""
        return tuple(choice for choice in self.choices if choice.other)

    def taking(self, others: Container[str]) -> Paper:
        """The entry with the other value in these fields."""
        paper, further = self.paper, dict(self.paper.extra)
        for choice in self.choices:
            name = choice.field.removesuffix(_AS_TEXT)
            if choice.field not in others:
                continue
            if choice.field in _FIELDS:
                paper = replace(paper, **{name: choice.other})  # type: ignore[arg-type]  # it came from there
            elif choice.other:
                further[name] = str(choice.other)
            else:
                del further[name]
        return replace(paper, extra=tuple(further.items()))


def said(paper: Paper, field: str) -> object:
    """What ``paper`` says in a field by the name that a :class:`Choice` has for it."""
    return getattr(paper, field) if field in _FIELDS else dict(paper.extra).get(field.removesuffix(_AS_TEXT))


def merged(older: Paper, newer: Paper, *, pinned: Container[str] = ()) -> Proposal:
    """What one entry made of both would say.

    Args:
        older: the one that was there first; its key stays, and what it says wins where nothing else decides.
        newer: the other one.
        pinned: keys that documents cite already; the newer one's stays if it alone is among them.
    """
    merger = _Merger(older, newer)
    merger.key(pinned)
    merger.title()
    merger.authors()
    merger.publication()
    merger.arxiv()
    merger.rest()
    further = merger.extra()
    known = [merger.choices[field.name] for field in fields(Paper) if field.name in merger.choices]
    return Proposal(Paper(**merger.taken), (*known, *further))


class _Merger:
    """Collects what is taken of each field, and the choices where the two differ."""

    def __init__(self, older: Paper, newer: Paper) -> None:
        self.older, self.newer = older, newer
        self.better, self.why_better = _better_published(older, newer)
        self.taken: dict[str, Any] = {}
        self.choices: dict[str, Choice] = {}

    def other(self, paper: Paper) -> Paper:
        return self.newer if paper is self.older else self.older

    def choose(self, name: str, source: Paper, why: str, *, fill: bool = True) -> None:
        """Take a field from ``source``; where that has nothing, from the other, unless ``fill`` forbids it."""
        value, left = getattr(source, name), getattr(self.other(source), name)
        if fill and not value:
            value, left = left, value
        self.note(name, value, left, why if value and left else _ALONE)

    def note(self, name: str, value: object, left: object, why: str) -> None:
        self.taken[name] = value
        if value != left:
            self.choices[name] = Choice(name, value, left, why)

    def key(self, pinned: Container[str]) -> None:
        if self.newer.key in pinned and self.older.key not in pinned:
            self.choose("key", self.newer, "it is cited already")
        else:
            self.choose("key", self.older, "it was there first")

    def title(self) -> None:
        ours, theirs = form(self.older.title), form(self.newer.title)
        marks = (
            ("it has the subtitle", ours.main == theirs.letters != "", theirs.main == ours.letters != ""),
            ("it is not in capitals", not self.older.title.isupper(), not self.newer.title.isupper()),
            ("it has no commands of LaTeX in it", "\\" not in self.older.title, "\\" not in self.newer.title),
        )
        for why, older, newer in marks:
            if older != newer:
                self.choose("title", self.older if older else self.newer, why)
                return
        self.choose("title", self.better, self.why_better)

    def authors(self) -> None:
        """The longer list; each name of it as full as the other list has it."""
        longer, why = self._longer_list()
        shorter = self.other(longer)
        filled = people.filled(longer.authors, shorter.authors)
        if filled != longer.authors:
            why += ", with the other's full given names"
        left = shorter.authors if shorter.authors != filled else longer.authors
        self.note("authors", filled, left, why if longer.authors and shorter.authors else _ALONE)

    def _longer_list(self) -> tuple[Paper, str]:
        ours, theirs = (len(people.people(paper.authors)) for paper in (self.older, self.newer))
        if ours != theirs:
            return (self.older if ours > theirs else self.newer), "the longer list"
        cut = [any(map(people.is_others, paper.authors)) for paper in (self.older, self.newer)]
        if cut[0] != cut[1]:
            return (self.newer if cut[0] else self.older), "the list that is not cut short"
        return self.better, self.why_better

    def publication(self) -> None:
        """All of one publication; gaps are filled from the other entry only where that is of the same one."""
        other = self.other(self.better)
        same = is_preprint(self.better) == is_preprint(other) and same_place(self.better, other)
        for name in PUBLICATION:
            self.choose(name, self.better, self.why_better, fill=same or name == "year")
        if same and self.better.entry_type == "misc":
            self.choose("entry_type", other, "the more exact type")

    def arxiv(self) -> None:
        """The later version on arXiv; of two ids that of the entry that was there first."""
        ours, theirs = self.older.arxiv_id, self.newer.arxiv_id
        if ours and theirs and ours != theirs:
            for name in ARXIV:
                self.choose(name, self.older, "of the arXiv id that was there first", fill=False)
            return
        later = not ours or (theirs and (self.newer.arxiv_version or 0) > (self.older.arxiv_version or 0))
        for name in ARXIV:
            self.choose(
                name, self.newer if later else self.older, "the later version" if later else "it was there first"
            )

    def rest(self) -> None:
        self.choose("doi", self.better, self.why_better)
        self.choose("url", self.better, self.why_better)
        ours, theirs = (len(paper.abstract or "") for paper in (self.older, self.newer))
        self.choose("abstract", self.newer if theirs > ours else self.older, "the longer text")

    def extra(self) -> list[Choice]:
        """Unites the further fields."""
        ours, theirs = dict(self.better.extra), dict(self.other(self.better).extra)
        united = theirs | ours
        self.taken["extra"] = tuple((name, united[name]) for name in ours | theirs)
        differing = [name for name in ours | theirs if ours.get(name) != theirs.get(name)]
        return [
            Choice(
                f"{name}{_AS_TEXT}" if name in _FIELDS else name,
                united[name],
                theirs.get(name) if name in ours else None,
                self.why_better if name in ours and name in theirs else _ALONE,
            )
            for name in differing
        ]


def _better_published(older: Paper, newer: Paper) -> tuple[Paper, str]:
    """The entry that tells where the paper appeared, and why that one."""
    if is_preprint(older) != is_preprint(newer):
        return (newer if is_preprint(older) else older), "the published version beats the preprint"
    told = [sum(bool(getattr(paper, name)) for name in (*PUBLICATION, "doi")) for paper in (older, newer)]
    if told[0] == told[1]:
        return older, "it was there first"
    return (older if told[0] > told[1] else newer), "it says more about the publication"
