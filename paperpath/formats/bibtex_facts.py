"""A paper → its facts as a .bib file has them: by BibTeX's names of fields, in LaTeX, before a type of entry is chosen.

Whatever would make BibTeX, biber or TeX complain is left out here or put right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX
from paperpath.formats.bibtex_entry import ELSEWHERE, RAW, identified
from paperpath.formats.bibtex_grammar import balanced
from paperpath.formats.bibtex_values import address, dated, edition, names, numbered, page_ranges, people, text
from paperpath.formats.dates import MONTHS, year_and_month
from paperpath.formats.latex_decode import decode
from paperpath.formats.titles import title

if TYPE_CHECKING:
    from paperpath.formats.bibtex_dialects import DialectRules
    from paperpath.model import Paper

_NAMES = frozenset(
    "editor translator bookauthor editora editorb editorc annotator commentator afterword foreword introduction".split()
)
_DATES = frozenset({"eventdate", "origdate", "urldate"})
_NUMBERS = frozenset({"isbn", "issn"})
_NO_TEXTS = _NAMES | _DATES | _NUMBERS | {"ids", "edition"}
_LISTS = frozenset({"publisher", "institution", "school", "organization", "address"})
_NOT_IN_DOIS = frozenset('{}\\"')
_PLAIN_DOI = re.compile(r"10\.(?!48550/)\d{4,9}+/[a-z0-9._/-]{0,200}[a-z0-9]", re.ASCII)
_RESOLVER = "https://doi.org/"
_ALIAS = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_./+-]*", re.ASCII)
_RANGE = re.compile(r"(?<=\d)\s*[–—]\s*(?=\d)")


def facts_of(paper: Paper, rules: DialectRules, raws: list[str] | None = None) -> dict[str, str]:
    """What is known; ``venue`` is still without its place.

    The LaTeX of fields that was kept when they were read goes to the end of ``raws``, whether it is used or not.
    """
    ascii_only, known = rules.ascii_only, rules.known
    facts: dict[str, str] = {}
    raw = []
    for name, value in paper.extra:
        if name in known:
            facts[name] = extra(name, value, rules)
        elif name.startswith(RAW):
            raw.append(value)
    if paper.authors:
        facts["author"] = people(paper.authors, ascii_only)
    facts["title"] = title(paper.title, ascii_only)
    if paper.venue:
        facts["venue"] = text(paper.venue, ascii_only)
    if paper.volume:
        facts["volume"] = text(paper.volume, ascii_only)
    if paper.number:
        facts["number"] = _RANGE.sub("--", text(paper.number, ascii_only))
    if paper.pages:
        facts["pages"] = page_ranges(paper.pages, ascii_only)
    if paper.publisher:
        facts["publisher"] = extra("publisher", paper.publisher, rules)
    if "isbn" in facts or "issn" in facts:
        _sort_numbers(facts)
    if raw:
        _put_back(paper, facts, rules)
        if raws is not None:
            raws += raw
    _add_date(paper, facts)
    _add_identifiers(paper, facts)
    return facts if all(facts.values()) else {name: value for name, value in facts.items() if value}


def extra(name: str, value: str, rules: DialectRules) -> str:
    """The value of one of the further fields."""
    if name not in _NO_TEXTS:
        written = text(value, rules.ascii_only)
        if rules is BIBLATEX and name in _LISTS and " and " in written:
            return f"{{{written}}}"  # or biblatex would make two of Simon and Schuster
        return written
    if name in _NAMES:
        return names(value, rules.ascii_only)
    if name in _DATES:
        return dated(value)
    if name in _NUMBERS:
        return numbered(value)
    if name == "ids":  # other keys of the same entry, between commas; they are cited as they stand here
        return ",".join(filter(_ALIAS.fullmatch, map(str.strip, value.split(","))))
    return edition(value, rules.ascii_only, words=rules is BIBTEX)


def _put_back(paper: Paper, facts: dict[str, str], rules: DialectRules) -> None:
    """The LaTeX of fields that lost something when they were read, unless they were changed since."""
    texts = {name: getattr(paper, name) for name in ("title", "venue", "volume", "number", "pages", "publisher")}
    texts |= {name: value for name, value in paper.extra if name in rules.known}
    for name, latex in paper.extra:
        said = texts.get(name[len(RAW) :]) if name.startswith(RAW) else None
        if said and decode(latex) == said and balanced(latex) and (latex.isascii() or not rules.ascii_only):
            facts[name[len(RAW) :]] = latex


def _sort_numbers(facts: dict[str, str]) -> None:
    """ISBN and ISSN each in its own field: people and programs take one for the other."""
    found = [numbers for name in sorted(_NUMBERS) if (numbers := facts.pop(name, ""))]
    for numbers in found:
        facts.setdefault("issn" if len(numbers) <= 9 else "isbn", numbers)


def _add_date(paper: Paper, facts: dict[str, str]) -> None:
    if paper.year and paper.month is None and 1000 <= paper.year <= 9999:
        facts["year"] = str(paper.year)
        return
    year, month = year_and_month(paper)
    if year:
        facts["year"] = str(year)
    if year and month:
        facts["month"] = MONTHS[month - 1]


def _add_identifiers(paper: Paper, facts: dict[str, str]) -> None:
    """arXiv id, DOI and URL; a URL that only repeats the others is not written."""
    if not paper.arxiv_id and (not paper.doi or _PLAIN_DOI.fullmatch(paper.doi)):
        url = paper.url
        repeats = not url or (url.startswith(_RESOLVER) and url[len(_RESOLVER) :].lower() == paper.doi)
        if repeats or (url and ELSEWHERE.fullmatch(url)):  # nearly all, at half the price
            if paper.doi:
                facts["doi"] = paper.doi
            if url and not repeats:
                facts["url"] = url
            return
    arxiv = doi = ""
    found = None
    for value in (paper.arxiv_id, paper.doi, paper.url):
        found = identified(value) if value else None
        if found and found.scheme == "arxiv":
            arxiv = arxiv or found.value
        elif found and found.scheme == "doi":
            doi = doi or found.value
    if arxiv:
        facts["eprint"] = arxiv
        facts["eprinttype"] = "arXiv"
        facts["eprintclass"] = text(paper.primary_category, True)
    if doi and (not doi.isascii() or set(doi) & _NOT_IN_DOIS):
        doi = ""  # a few from before 2000 are so; no program could read them back
    if doi or arxiv:
        facts["doi"] = doi or f"10.48550/arXiv.{arxiv}"
    if paper.url and (not found or found.scheme == "url"):
        facts["url"] = address(paper.url)
