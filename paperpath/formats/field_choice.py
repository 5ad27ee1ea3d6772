"""Which fields an export has besides the usual ones, or lacks: ``+abstract,-url``.

An abstract, keywords and the place of a file stay at home unless somebody asks for them, for most styles print or
choke on them; others want no URL beside a DOI. What is left out is left out of every format; what is added goes into
.bib files, because the other formats have all that they know a place for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.model import Paper

_ONE = re.compile(r"([+-])([a-z][a-z0-9_-]*)")
_ATTRIBUTES = {
    "abstract": "abstract", "comment": "comment", "doi": "doi", "url": "url", "month": "month", "volume": "volume",
    "number": "number", "pages": "pages", "publisher": "publisher", "eprintclass": "primary_category",
}  # fmt: skip
_NEEDED = frozenset("author title year journal booktitle key".split())
_OUR_NAMES = {
    "journaltitle": "journal", "location": "address", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "annotation": "annote", "date": "year", "issue": "number",
}  # fmt: skip
_WITH_EPRINT = frozenset({"eprint", "eprinttype", "eprintclass"})


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """Fields by BibTeX's names."""

    added: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.left_out)

    def __str__(self) -> str:
        """What :func:`parse_choice` reads as this: ``+abstract,-doi,-url``."""
        return ",".join([*(f"+{name}" for name in sorted(self.added)), *(f"-{name}" for name in sorted(self.left_out))])

    def of(self, paper: Paper) -> Paper:
        """The paper without what is left out, as far as that is no part of what an entry must have."""
        changes: dict[str, object] = {
            attribute: None
            for name, attribute in _ATTRIBUTES.items()
            if name in self.left_out and getattr(paper, attribute) is not None
        }
        if not self.left_out.isdisjoint(name for name, _ in paper.extra):
            changes["extra"] = tuple(item for item in paper.extra if item[0] not in self.left_out)
        return replace(paper, **changes) if changes else paper  # type: ignore[arg-type]


def unknown(choice: FieldChoice, papers: Iterable[Paper]) -> str:
    """What is wrong with the names of a choice, as a sentence; empty where all of them can be meant.

    A field can be meant if BibTeX or biblatex has it, or if one of the papers does: people keep fields of their own.
    """
    strange = sorted((choice.added | choice.left_out) - _standard())
    if not strange:
        return ""
    own = {name for paper in papers for name, _ in paper.extra}
    strange = [name for name in strange if name not in own]
    return " ".join(_no_field(name, sorted(_standard() | own)) for name in strange)


def _no_field(name: str, there: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = [each for each in get_close_matches(name, there, 4) if _ONE.fullmatch(f"+{each}")]
    meant = f" Did you mean {' or '.join(close[:3])}?" if close else ""
    return f"There is no field {name!r}: neither BibTeX, biblatex nor a paper of yours has one.{meant}"


def _standard() -> frozenset[str]:
    from paperpath.formats.bibtex_datamodel import FOREIGN
    from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX, ORDER

    names = BIBLATEX.known | BIBTEX.known | _ATTRIBUTES.keys() | _OUR_NAMES.keys() | {"keywords", "file"}
    return names.union(ORDER, *FOREIGN.values())


def parse_choice(text: str) -> FieldChoice:
    """The choice that ``text`` describes: names of fields with + or - before each, between commas or blanks.

    Raises:
        BadInput: it is none, or it leaves out what an entry cannot be without.
    """
    added: set[str] = set()
    left_out: set[str] = set()
    for part in text.lower().replace(",", " ").split():
        found = _ONE.fullmatch(part)
        if found is None:
            raise BadInput(f"{part!r} does not say whether a field is wanted. Write +abstract or -url: +abstract,-url")
        name = _OUR_NAMES.get(found[2], found[2])
        if found[1] == "-" and name in _NEEDED:
            raise BadInput(f"An entry cannot be without {found[2]!r}. Others can be left out: -url, -doi, -month …")
        (added if found[1] == "+" else left_out).add(name)
        (left_out if found[1] == "+" else added).discard(name)
    if "eprint" in left_out:
        left_out |= _WITH_EPRINT
    return FieldChoice(frozenset(added), frozenset(left_out))
