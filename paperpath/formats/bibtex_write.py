"""Papers → a .bib file, by way of bibtexparser's model.

For each paper: the facts that this dialect can carry, in LaTeX; then the entry type that those facts are enough for;
then the text, from a template: bibtexparser's own writer spends 85 % of its time on copies of what it was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from paperpath.formats.bibtex_datamodel import FOREIGN
from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX, ORDER, DialectRules
from paperpath.formats.bibtex_entry import identified
from paperpath.formats.bibtex_values import address, dated, edition, names, numbered, page_ranges, people, text
from paperpath.formats.citekeys import unique_keys
from paperpath.formats.dates import MONTHS, year_and_month
from paperpath.formats.entry_types import is_preprint
from paperpath.formats.romanise import romanise
from paperpath.formats.titles import title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.formats.bibtex_dialects import Dialect
    from paperpath.model import Paper

_RANK = {name: i for i, name in enumerate((*ORDER, *sorted((BIBTEX.known | BIBLATEX.known) - set(ORDER))))}
_rank = _RANK.__getitem__
_RULES: dict[Dialect, DialectRules] = {"bibtex": BIBTEX, "biblatex": BIBLATEX}
_LINES = {
    dialect: {name: f"  {rules.fields.get(name, name)} = {'%s' if name == 'month' else '{%s}'},\n" for name in _RANK}
    for dialect, rules in _RULES.items()
}
"""What a field looks like; a template takes a third of the time that objects for fields do."""
_NAMES = frozenset(
    "editor translator bookauthor editora editorb editorc annotator commentator afterword foreword introduction".split()
)
_DATES = frozenset({"eventdate", "origdate", "urldate"})
_NUMBERS = frozenset({"isbn", "issn"})
_LISTS = frozenset({"publisher", "institution", "school", "organization", "address"})
_IN_BOOKS = frozenset({"inproceedings", "incollection", "inbook"})
_VOLUMES = frozenset({"book", "inbook", "incollection", "inproceedings", "proceedings"})
_EDITED = frozenset({"book", "inbook", "proceedings", "collection"})
_LOOSE = frozenset({"misc", "online", "software"})
_NOT_IN_DOIS = frozenset('{}\\"')
_RANGE = re.compile(r"(?<=\d)\s*[–—]\s*(?=\d)")
_USUAL_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_./]*(?:-+[A-Za-z0-9:_./]+)*", re.ASCII)
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:_./+*?!@;&<>\[\]-]+")


def write(papers: Sequence[Paper], dialect: Dialect) -> str:
    """See :func:`paperpath.formats.bibtex.write`."""
    lines = _LINES[dialect]
    return "\n".join(
        [
            f"@{entry_type}{{{key},\n{''.join([lines[name] % facts[name] for name in sorted(facts, key=_rank)])}}}\n"
            for entry_type, key, facts in _entries(papers, dialect)
        ]
    )


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
            for entry_type, key, facts in _entries(papers, dialect)
        ]
    )


def _entries(papers: Sequence[Paper], dialect: Dialect) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Type, key and facts of each, in turn, so that a library in the making never weighs on the garbage collector."""
    rules = _RULES[dialect]
    for paper, key in zip(papers, unique_keys(papers, written_key), strict=True):
        facts = _facts(paper, rules)
        entry_type = _type(paper, facts, rules)
        _place(paper, entry_type, facts, rules)
        _add_sort_key(entry_type, facts, key)
        if rules is BIBTEX:
            _please_styles(entry_type, facts)
        yield entry_type, key, facts


def written_key(key: str) -> str:
    """``key`` as a file has it: what BibTeX cannot take is put otherwise or left out."""
    return key if not key or _USUAL_KEY.fullmatch(key) else _NOT_IN_KEYS.sub("-", romanise(key)).strip("-")


# ------------------------------------------------------------------------------------------------- facts


def _facts(paper: Paper, rules: DialectRules) -> dict[str, str]:
    """What is known, by BibTeX's names of fields, in LaTeX; ``venue`` still without its place."""
    ascii_only = rules.ascii_only
    facts = {name: _extra(name, value, rules) for name, value in paper.extra if name in rules.known}
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


# ------------------------------------------------------------------------------------------------- entry types


def _type(paper: Paper, facts: dict[str, str], rules: DialectRules) -> str:
    """The type that the paper has in this dialect, or the nearest one that the facts are enough for."""
    wanted = rules.types.get(paper.entry_type, paper.entry_type)
    if "eprint" in facts and is_preprint(wanted, facts.get("venue")):
        wanted = "misc"
    if wanted == "inbook" and rules is BIBTEX and "venue" in facts:
        wanted = "incollection"  # BibTeX's inbook is the book itself, with pages
    while wanted != "misc" and not _enough(rules.required.get(wanted, ("unknown type",)), facts):
        wanted = rules.fallbacks.get(wanted, "misc")
    return wanted


def _enough(required: tuple[str, ...], facts: dict[str, str]) -> bool:
    for either in required:
        if either in facts or (either in ("journal", "booktitle") and "venue" in facts):
            continue
        if "|" not in either or not any(name in facts for name in either.split("|")):
            return False
    return True


def _place(paper: Paper, entry_type: str, facts: dict[str, str], rules: DialectRules) -> None:
    """The venue under the name that it has in this type of entry."""
    venue = facts.pop("venue", "")
    if entry_type == "article":
        facts["journal"] = venue
    elif entry_type in _IN_BOOKS:
        facts["booktitle"] = venue
    elif entry_type == "misc" and venue:
        _also(facts, "howpublished", venue)
    elif venue and venue != facts.get("title"):
        _also(facts, "note", venue)
    elif entry_type == "misc" and paper.journal_ref and "eprint" in facts:
        facts.setdefault("howpublished", text(paper.journal_ref, rules.ascii_only))
    if entry_type == "thesis":
        facts.setdefault("type", "Thesis")
    if "eid" in facts and rules is BIBTEX:
        facts.setdefault("pages", facts.pop("eid"))  # what the styles have a place for
    if entry_type in _LOOSE:
        _make_misc(facts, rules)
    foreign = FOREIGN[entry_type]
    if not foreign.isdisjoint(facts):
        for name in foreign.intersection(facts):
            del facts[name]
    if not all(facts.values()):
        for name in [name for name, value in facts.items() if not value]:
            del facts[name]


def _make_misc(facts: dict[str, str], rules: DialectRules) -> None:
    """What a ``@misc`` and its like have no field for, in the fields that they have; biber would warn of any other."""
    bodies = list(filter(None, (facts.pop(name, "") for name in ("publisher", "institution", "school"))))
    places = [f"{name} {facts.pop(name)}" for name in ("volume", "number", "chapter", "pages") if facts.get(name)]
    for body in bodies:
        _also(facts, "note" if "organization" in facts else "organization", body)
    if places:
        note = ", ".join(places)
        if not rules.ascii_only:
            note = note.replace("--", "–")  # only the pages field has hyphens in biblatex
        _also(facts, "note", note[0].upper() + note[1:])


def _also(facts: dict[str, str], name: str, words: str) -> None:
    """Say ``words`` in a field, behind what it says already, unless that is among it."""
    said = facts.get(name, "")
    if words.lower() not in said.lower():
        facts[name] = f"{said.rstrip('.')}. {words}" if said else words


def _please_styles(entry_type: str, facts: dict[str, str]) -> None:
    """What BibTeX's standard styles warn about although every field is right by itself."""
    needed = "volume" if entry_type == "article" else "series"
    crowded = entry_type in _VOLUMES and "volume" in facts
    if "number" in facts and (crowded or (needed not in facts and entry_type in _VOLUMES | {"article"})):
        _also(facts, "note", f"Number {facts.pop('number')}")
    if entry_type in ("book", "inbook") and "author" in facts:
        facts.pop("editor", None)


def _add_sort_key(entry_type: str, facts: dict[str, str], key: str) -> None:
    """What to sort an entry without people by, and what author-year styles call it."""
    if "author" in facts or (entry_type in _EDITED and "editor" in facts):
        facts.pop("key", None)
    elif "key" not in facts:
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\[A-Za-z]+", "", facts.get("title", "")))
        facts["key"] = facts.get("organization") or (
            words[0] if words else re.sub("[^A-Za-z0-9]+", " ", key).strip() or "Untitled"
        )
