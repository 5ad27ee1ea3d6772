"""Papers → a .bib file, by way of bibtexparser's model.

For each paper: the facts that this dialect can carry, in LaTeX; then the entry type that those facts are enough for;
then the text, from a template: bibtexparser's own writer spends 85 % of its time on copies of what it was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX, ORDER, DialectRules
from paperpath.formats.bibtex_entry import RAW, VERBATIM, identified
from paperpath.formats.bibtex_grammar import balanced
from paperpath.formats.bibtex_placing import add_sort_key, place, please_styles, type_of
from paperpath.formats.bibtex_preamble import preamble
from paperpath.formats.bibtex_values import address, dated, edition, names, numbered, page_ranges, people, text
from paperpath.formats.citekeys import unique_keys
from paperpath.formats.dates import MONTHS, year_and_month
from paperpath.formats.latex_decode import decode
from paperpath.formats.romanise import romanise
from paperpath.formats.titles import title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paperpath.formats.bibtex_dialects import Dialect
    from paperpath.formats.field_choice import FieldChoice
    from paperpath.model import Paper

_RANK = {name: i for i, name in enumerate((*ORDER, *sorted((BIBTEX.known | BIBLATEX.known) - set(ORDER))))}
_rank = _RANK.__getitem__
_RULES: dict[Dialect, DialectRules] = {"bibtex": BIBTEX, "biblatex": BIBLATEX}
_OPENINGS = {
    dialect: {name: f"  {rules.fields.get(name, name)} = {'' if name == 'month' else '{'}" for name in _RANK}
    for dialect, rules in _RULES.items()
}
_CLOSINGS = dict.fromkeys(_RANK, "},\n") | {"month": ",\n"}
"""What stands around a value; strings put together take a third of the time that objects for fields do."""
_NAMES = frozenset(
    "editor translator bookauthor editora editorb editorc annotator commentator afterword foreword introduction".split()
)
_DATES = frozenset({"eventdate", "origdate", "urldate"})
_NUMBERS = frozenset({"isbn", "issn"})
_LISTS = frozenset({"publisher", "institution", "school", "organization", "address"})
_NOT_IN_DOIS = frozenset('{}\\"')
_RANGE = re.compile(r"(?<=\d)\s*[–—]\s*(?=\d)")
_USUAL_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_./]*(?:-+[A-Za-z0-9:_./]+)*", re.ASCII)
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:_./+*?!@;&<>\[\]-]+")


def write(papers: Sequence[Paper], dialect: Dialect, choice: FieldChoice | None = None) -> str:
    """See :func:`paperpath.formats.bibtex.write`."""
    openings, closings = _OPENINGS[dialect], _CLOSINGS
    rank: Callable[[str], int] = _rank
    if choice and (further := sorted(choice.added.difference(_RANK))):
        openings = openings | {name: f"  {name} = {{" for name in further}
        closings = closings | dict.fromkeys(further, "},\n")
        rank = (_RANK | {name: len(_RANK) + i for i, name in enumerate(further)}).__getitem__
    pieces: list[str] = []
    for entry_type, key, facts in entries(papers, dialect, choice):
        pieces.append(f"@{entry_type}{{{key},\n")
        for name in sorted(facts, key=rank):
            pieces += (openings[name], facts[name], closings[name])
        pieces.append("}\n\n")
    whole = "".join(pieces)[:-1]
    raws = [latex for paper in papers for name, latex in paper.extra if name.startswith(RAW) and latex in whole]
    macros = preamble(raws) if raws else ""
    return f"{macros}\n{whole}" if macros else whole


def entry(entry_type: str, key: str, facts: dict[str, str], dialect: Dialect) -> str:
    """One of :func:`entries` as text."""
    openings = _OPENINGS[dialect]
    lines = [openings[name] + facts[name] + _CLOSINGS[name] for name in sorted(facts, key=_rank)]
    return f"@{entry_type}{{{key},\n{''.join(lines)}}}\n"


def field_name(name: str, dialect: Dialect) -> str:
    """What a fact is called in this dialect: ``eprinttype`` is ``archiveprefix`` in BibTeX's."""
    return _RULES[dialect].fields.get(name, name)


def library(papers: Sequence[Paper], dialect: Dialect) -> Library:
    """The papers as bibtexparser's model, for programs that go on with that."""
    names = _RULES[dialect].fields
    return Library(
        [
            Entry(
                entry_type,
                key,
                [
                    Field(names.get(name, name), facts[name], None, "no-enclosing" if name == "month" else None)
                    for name in sorted(facts, key=_rank)
                ],
            )
            for entry_type, key, facts in entries(papers, dialect)
        ]
    )


def entries(
    papers: Sequence[Paper], dialect: Dialect, choice: FieldChoice | None = None
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Type, key and facts of each, in turn, so that a library in the making never weighs on the garbage collector."""
    rules = _RULES[dialect]
    for paper, key in zip(papers, unique_keys(papers, written_key), strict=True):
        facts = _facts(paper, rules)
        entry_type = type_of(paper, facts, rules)
        place(paper, entry_type, facts, rules)
        add_sort_key(entry_type, facts, key)
        if rules is BIBTEX:
            please_styles(entry_type, facts)
        if choice:
            _choose(paper, facts, choice, rules)
        yield entry_type, key, facts


def written_key(key: str) -> str:
    """``key`` as a file has it: what BibTeX cannot take is put otherwise or left out."""
    return key if not key or _USUAL_KEY.fullmatch(key) else _NOT_IN_KEYS.sub("-", romanise(key)).strip("-")


def _choose(paper: Paper, facts: dict[str, str], choice: FieldChoice, rules: DialectRules) -> None:
    """Leave out and add what was asked for."""
    for name in choice.left_out.intersection(facts):
        del facts[name]
    if choice.added.difference(facts):
        known = {name: getattr(paper, name) for name in ("abstract", "comment", "publisher")} | dict(paper.extra)
        for name in choice.added.difference(facts):
            value = known.get(name) or ""
            if value := _as_it_is(value) if name in VERBATIM else _extra(name, value, rules):
                facts[name] = value


def _as_it_is(value: str) -> str:
    """The place of a file, which other programs look for as it is spelled; empty where that would break the entry."""
    value = " ".join(value.split())
    return value if value.isprintable() and balanced(value) else ""


# ------------------------------------------------------------------------------------------------- facts


def _facts(paper: Paper, rules: DialectRules) -> dict[str, str]:
    """What is known, by BibTeX's names of fields, in LaTeX; ``venue`` still without its place."""
    ascii_only = rules.ascii_only
    known = rules.known
    facts = {name: _extra(name, value, rules) for name, value in paper.extra if name in known}
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
        facts["publisher"] = _extra("publisher", paper.publisher, rules)
    if "isbn" in facts or "issn" in facts:
        _sort_numbers(facts)
    if any(name.startswith(RAW) for name, _ in paper.extra):
        _put_back(paper, facts, rules)
    _add_date(paper, facts)
    _add_identifiers(paper, facts)
    return facts if all(facts.values()) else {name: value for name, value in facts.items() if value}


def _extra(name: str, value: str, rules: DialectRules) -> str:
    if name in _NAMES:
        return names(value, rules.ascii_only)
    if name in _DATES:
        return dated(value)
    if name in _NUMBERS:
        return numbered(value)
    if name == "edition":
        return edition(value, rules.ascii_only, words=rules is BIBTEX)
    written = text(value, rules.ascii_only)
    if name in _LISTS and rules is BIBLATEX and " and " in written:
        return f"{{{written}}}"  # or biblatex would make two of Simon and Schuster
    return written


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
    year, month = year_and_month(paper)
    if year:
        facts["year"] = str(year)
    if year and month:
        facts["month"] = MONTHS[month - 1]


def _add_identifiers(paper: Paper, facts: dict[str, str]) -> None:
    """arXiv id, DOI and URL; a URL that only repeats the others is not written."""
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
