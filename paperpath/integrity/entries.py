"""Checks of an entry as a whole: its key, its type, what it lacks, and whether two papers are one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX
from paperpath.formats.dates import year_and_month
from paperpath.integrity.found import Finding, extra, finding
from paperpath.integrity.numbers import bare_doi

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from paperpath.model import Paper

_KEY = re.compile(r"[A-Za-z0-9:_./+*?!@;&<>\[\]-]+")
"""What an exported key may consist of."""
_TYPES = frozenset({*BIBTEX.required, *BIBLATEX.required, *BIBTEX.types, *BIBLATEX.types, "thesis", "artwork", "audio",
                    "image", "legislation", "jurisdiction", "movie", "music", "video", "performance", "standard",
                    "bookreview", "commentary", "letter", "legal", "dataset", "software", "online"})  # fmt: skip
_VERSION = re.compile(r"v\d+$")
_PREPRINTS = frozenset({"misc", "online", "unpublished"})
_REPOSITORIES = ("10.48550/", "10.13140/", "10.2139/", "10.5281/", "10.6084/")
"""arXiv, ResearchGate, SSRN, Zenodo and figshare: a copy there is no publication. Of 10,000 papers of arXiv 17 name
one of the last four as their DOI."""


def check_key(paper: Paper) -> Iterator[Finding]:
    """``key-missing``, ``key-illegal``."""
    if not paper.key:
        yield finding(paper, "key", "key-missing", "error", f"{paper.title!r} has no key. Give it one.")
    elif not _KEY.fullmatch(paper.key):
        message = f"BibTeX cannot take the key {paper.key!r}. An export writes it with ASCII letters and hyphens."
        yield finding(paper, "key", "key-illegal", "warning", message)


def check_type(paper: Paper) -> Iterator[Finding]:
    """``type-unknown``, ``field-missing``, ``year-missing``.

    A field is missing when the type lacks it in BibTeX and in biblatex: what one of them does without is no fault.
    """
    kind = paper.entry_type
    if kind == "article" and paper.arxiv_id and not paper.venue:
        kind = "misc"  # as scholars' search engines write preprints; an export makes it right
    if kind not in _TYPES:
        message = f"Neither BibTeX nor biblatex has an entry type {kind!r}; it is exported as misc. Choose another."
        yield finding(paper, "entry_type", "type-unknown", "warning", message)
        return
    present = _present(paper)
    missing = [_missing(dialect.required[name], present) for dialect in (BIBTEX, BIBLATEX)
               if (name := dialect.types.get(kind, kind)) in dialect.required]  # fmt: skip
    for field in missing[0] if missing else ():
        if all(field in fields for fields in missing) and field.split("|")[0] not in _ELSEWHERE:
            message = (
                f"An entry of the type {kind} must say its {field.replace('|', ' or ')}. Add it, or change the type."
            )
            yield finding(paper, _FIELDS.get(field, field), "field-missing", "error", message)
    if "year" not in present and kind != "periodical":  # a journal as such has none
        message = "It has no year, so it can't be cited by author and year. Add it."
        yield finding(paper, "year", "year-missing", "warning", message)


_FIELDS = {"journal": "venue", "booktitle": "venue"}
_ELSEWHERE = frozenset({"author", "editor", "title", "year"})
"""What other checks tell, or a collection can do without."""


def _present(paper: Paper) -> set[str]:
    """BibTeX's names of the fields that have a value."""
    found = {name for name, text in paper.extra if text.strip()}
    plain = {
        "author": paper.authors, "title": paper.title.strip(), "journal": paper.venue, "booktitle": paper.venue,
        "publisher": paper.publisher, "pages": paper.pages, "number": paper.number, "doi": paper.doi,
        "url": paper.url, "eprint": paper.arxiv_id, "year": year_and_month(paper)[0],
    }  # fmt: skip
    found |= {name for name, value in plain.items() if value}
    if found & {"date", "urldate", "pubstate"}:
        found.add("year")
    return found


def _missing(required: Sequence[str], present: set[str]) -> list[str]:
    return [either for either in required if not present.intersection(either.split("|"))]


def check_published(paper: Paper) -> Iterator[Finding]:
    """``preprint-published``: the record of a preprint says where it appeared, but the entry cites the preprint."""
    if not paper.arxiv_id or paper.entry_type not in _PREPRINTS or extra(paper, "pubstate"):
        return
    doi = paper.doi if paper.doi and not paper.doi.startswith(_REPOSITORIES) else None
    if where := paper.journal_ref or (doi and f"doi:{doi}"):
        message = (
            f"It is cited as a preprint, but has appeared: {where}. Take over what the journal or conference says."
        )
        yield finding(paper, "entry_type", "preprint-published", "hint", message)


def check_duplicates(papers: Sequence[Paper]) -> Iterator[Finding]:
    """``duplicate-doi``, ``duplicate-arxiv``: told for every paper but the first, however the identifier is written."""
    seen: dict[tuple[str, str], str] = {}
    for paper in papers:
        doi, arxiv = paper.doi and bare_doi(paper.doi), paper.arxiv_id and _without_version(paper.arxiv_id)
        for name, value in (("doi", doi), ("arxiv_id", arxiv)):
            if not value:
                continue
            first = seen.setdefault((name, value.lower()), paper.key)
            if first != paper.key:
                code = "duplicate-doi" if name == "doi" else "duplicate-arxiv"
                message = (
                    f"{value} is also that of {first}. If they are one paper, make one of them: paperpath duplicates"
                    f" --merge {first} {paper.key}. If not, look the right one up."
                )
                yield finding(paper, name, code, "error", message)


def _without_version(arxiv_id: str) -> str:
    return _VERSION.sub("", arxiv_id)


def check_related(papers: Sequence[Paper], former: Container[str]) -> Iterator[Finding]:
    """``related-missing``: an entry names another by a key that no paper has, or had."""
    keys = {paper.key.casefold() for paper in papers}
    for paper in papers:
        for field in _RELATIONS:
            named = [key.strip() for key in extra(paper, field).split(",")]
            if lost := [key for key in named if key and key.casefold() not in keys and key not in former]:
                message = f"It names {', '.join(lost)} in {field}, but there is no such paper. Add it, or take it out."
                yield finding(paper, field, "related-missing", "warning", message)


_RELATIONS = ("crossref", "xref", "xdata", "related", "entryset")
"""Fields of keys. An import follows crossref and xdata where it can, so of these only what leads nowhere is left."""
