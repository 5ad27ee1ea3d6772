"""What the readers of CSL-JSON, RIS and Zotero's JSON share: fields in Unicode → :class:`Paper`.

Each reader fills a :class:`Raw` under BibTeX's names of fields and leaves the rest to :func:`paper_from`: where arXiv
ids and DOIs hide, what is a venue and what only says "arXiv", and that nothing is lost, because a field that the
library has no place for goes into ``Paper.extra``. For BibTeX itself, ``bibtex_entry`` does the same on LaTeX.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import NotAnId
from paperpath.formats import entry_types
from paperpath.formats.citekeys import Keys
from paperpath.formats.dates import MONTHS
from paperpath.formats.result import Problem, ReadResult
from paperpath.formats.tidy import tidy
from paperpath.ids import parse_id
from paperpath.model import Author, Paper, PaperId

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?[-/]*", re.ASCII)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_MONTH_NAME = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\b", re.I)
_MONTH_YEAR = re.compile(r"(?:[a-z]{3,9}\.?,? \d{4}|\d{4},? [a-z]{3,9}\.?)", re.I | re.ASCII)
_STAMP = re.compile(
    r"(?:arxiv (?:e-?prints?|preprints?),? )?arxiv ?: ?(?P<id>[\w./-]+) ?(?:\[(?P<subject>[^\[\]]*)\])?\.?", re.I
)
_SAYS_ARXIV = re.compile(r"(?:arxiv(?:\.org|\.org e-print archive| e-?prints?| preprints?)?|corr)\.?", re.I)
_WHOLE_ARCHIVES = frozenset("gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph".split())
_PAGES = re.compile(r"(?<![\w-])([A-Za-z]?\d+[A-Za-z]?) ?[-–—−]{1,3} ?([A-Za-z]?\d+[A-Za-z]?)(?![\w-])")


@dataclass(slots=True)
class Raw:
    """An entry on its way in."""

    entry_type: str = "misc"
    """BibTeX's."""
    key: str = ""
    title: str = ""
    authors: list[Author] = field(default_factory=list)
    year: int | None = None
    month: int | None = None
    venue: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """All else by BibTeX's names, in Unicode."""

    def add(self, name: str, text: str, joint: str = "; ") -> None:
        """Note a field; a second value of the same name is put behind the first."""
        before = self.fields.get(name, "")
        if text and before != text:
            self.fields[name] = f"{before}{joint}{text}" if before else text

    def date(self, text: str) -> None:
        """Note when it appeared, in any form of :func:`read_date`; what says more than a month stays a field."""
        year, month, more = read_date(text)
        if year and year == (self.year or year):
            self.year, self.month = year, self.month or month
            if more:
                self.fields["date"] = more
        elif text:
            self.add("date", text)


def read_date(text: str) -> tuple[int | None, int | None, str]:
    """Year, month, and the whole date again where it says more than these: ``2014-12-09``, ``Spring 2012``.

    Understood are ISO 8601 with - or /, RIS (``2012/09//``), ``12/2003``, and English names of months.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part or 0) for part in match.groups())
        if month <= 12 and day <= 31:
            whole = f"{year:04}-{month:02}-{day:02}" if month and day else ""
            return year or None, month or None, whole
    if match := re.fullmatch(r"(\d{1,2})[-/](\d{4})", text, re.ASCII):
        month = int(match[1])
        return int(match[2]) or None, month if 1 <= month <= 12 else None, "" if 1 <= month <= 12 else text
    found, name = _YEAR.search(text), _MONTH_NAME.search(text)
    named_month = MONTHS.index(name[1].lower()) + 1 if name else None
    understood = named_month and _MONTH_YEAR.fullmatch(text)
    return int(found[0]) or None if found else None, named_month, "" if understood else text


def page_text(text: str) -> str:
    """Pages with an en dash in each range, as the library has them; a hyphen inside a page number stays."""
    return _PAGES.sub(r"\1–\2", text)


def identified(text: str) -> PaperId | None:
    """The id that ``text`` is, or None."""
    try:
        return parse_id(text)
    except NotAnId:
        return None


class Stamp(NamedTuple):
    """``arXiv:1706.03762v7 [cs.CL]``, taken apart."""

    paper_id: PaperId
    category: str | None


def stamp(text: str) -> Stamp | None:
    """The arXiv id that ``text`` is and says to be; a bare number is none, for it may be anything."""
    match = _STAMP.fullmatch(text)
    paper_id = identified(f"arXiv:{match['id'].rstrip('.')}") if match else None
    if match is None or paper_id is None or paper_id.scheme != "arxiv":
        return None
    subject = (match["subject"] or "").strip()
    is_category = ("." in subject and " " not in subject) or subject in _WHOLE_ARCHIVES
    return Stamp(paper_id, subject if is_category else None)


def extra_lines(raw: Raw, lines: Iterable[str]) -> None:
    """Zotero's ``Extra``, which CSL calls ``note``: lines such as ``arXiv: 1706.03762``; the others are a note.

    A line that names a variable of CSL, or ``tex.`` and a field of BibTeX, becomes that field if it has no value yet.
    """
    notes = []
    for line in lines:
        text = tidy(line)
        name, colon, value = text.partition(":")
        if text.lower().startswith("tex.") and "=" in name:
            name, colon, value = text.partition("=")
        name, value = name.strip().lower().replace(" ", "-"), value.strip()
        if found := stamp(text):
            raw.fields.setdefault("eprint", str(found.paper_id))
            if found.category:
                raw.fields.setdefault("eprintclass", found.category)
        elif not colon or not value:
            notes.append(text)
        elif name in ("citation-key", "bibtex"):
            raw.key = raw.key or clean_key(value)
        elif name == "issued" and raw.year is None:
            raw.date(value)
        elif (known := _EXTRA_NAMES.get(name, name[4:] if name.startswith("tex.") else "")) and known not in raw.fields:
            raw.fields[known] = value
        else:
            notes.append(text)
    raw.add("note", " ".join(notes), " ")


_EXTRA_NAMES = {
    "doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "isbn": "isbn", "issn": "issn", "url": "url", "volume": "volume",
    "issue": "number", "edition": "edition", "version": "version", "publisher": "publisher",
    "publisher-place": "address", "original-date": "origdate", "event-place": "venue", "event-title": "eventtitle",
    "collection-title": "series", "genre": "type", "status": "pubstate",
}  # fmt: skip


def clean_key(text: str) -> str:
    """A citation key as it stands, on one line; empty for what is an address, such as Zotero's ids of items."""
    return "" if "://" in text else tidy(text)


# ------------------------------------------------------------------------------------------------- the paper


def paper_from(raw: Raw) -> Paper:
    """The paper that the fields describe; ``raw.fields`` is used up."""
    fields = {name: text for name, text in raw.fields.items() if text}
    arxiv, doi, url = _identifiers(raw, fields)
    entry_type = raw.entry_type
    if entry_type == "thesis":
        entry_type = entry_types.thesis(fields.get("type", ""))
        if fields.get("type", "").lower() == entry_types.genre(entry_type).lower():
            fields.pop("type", None)
    if arxiv and entry_types.is_preprint(entry_type, raw.venue):
        entry_type = "misc"
    body = {"techreport": "institution"}.get(entry_type, "school" if entry_type.endswith("thesis") else "publisher")
    if body != "publisher" and "publisher" in fields:
        fields.setdefault(body, fields.pop("publisher"))
    return Paper(
        title=raw.title,
        authors=tuple(raw.authors),
        key=raw.key,
        entry_type=entry_type,
        year=raw.year,
        month=raw.month,
        venue=raw.venue or None,
        volume=fields.pop("volume", None),
        number=fields.pop("number", None),
        pages=page_text(fields.pop("pages", "")) or None,
        publisher=fields.pop("publisher", None),
        doi=doi,
        url=url,
        arxiv_id=arxiv.value if arxiv else None,
        arxiv_version=arxiv.version if arxiv else None,
        primary_category=fields.pop("eprintclass", None) if arxiv else None,
        abstract=fields.pop("abstract", None),
        extra=tuple(fields.items()),
    )


def _identifiers(raw: Raw, fields: dict[str, str]) -> tuple[PaperId | None, str | None, str | None]:
    """arXiv id, DOI and URL from wherever they are; a field that says no more than these is used up."""
    arxiv: PaperId | None = None
    doi: str | None = None
    if fields.get("eprinttype", "arxiv").lower() == "arxiv" and (found := _arxiv(fields.get("eprint", ""))):
        arxiv = found
        del fields["eprint"]
        fields.pop("eprinttype", None)
    for name in ("doi", "url"):
        found = identified(fields.get(name, ""))
        if found and found.scheme == "arxiv" and (arxiv is None or arxiv.value == found.value):
            arxiv = arxiv if arxiv and arxiv.version else found
        elif found and found.scheme == "doi" and doi in (None, found.value):
            doi = found.value
        else:
            continue
        del fields[name]
    for name in ("number", "volume", "note"):
        if (mark := _mark(fields.get(name, ""))) and (arxiv is None or arxiv.value == mark.paper_id.value):
            arxiv = arxiv or mark.paper_id
            fields.setdefault("eprintclass", mark.category or "")
            del fields[name]
    if mark := stamp(raw.venue):
        arxiv = arxiv or mark.paper_id
        fields.setdefault("eprintclass", mark.category or "")
        raw.venue = ""
    if arxiv:
        raw.venue = "" if _SAYS_ARXIV.fullmatch(raw.venue) else raw.venue
        if _SAYS_ARXIV.fullmatch(fields.get("publisher", "")):
            del fields["publisher"]
        if fields.get("number") == arxiv.value:
            del fields["number"]
    if not fields.get("eprintclass"):
        fields.pop("eprintclass", None)
    return arxiv, doi, fields.pop("url", None)


def _mark(text: str) -> Stamp | None:
    """:func:`stamp`, and the volume ``abs/1706.03762`` that DBLP gives to CoRR."""
    return stamp(f"arXiv:{text[4:]}" if text.startswith("abs/") else text)


def _arxiv(text: str) -> PaperId | None:
    found = identified(text)
    return found if found and found.scheme == "arxiv" else None


def result(found: Iterable[tuple[int, Paper]], problems: list[Problem]) -> ReadResult:
    """The result of reading: a key that is used a second time is taken away and told, as is a missing title.

    Args:
        found: the papers with the lines where they begin.
        problems: those that are known already.
    """
    papers: list[Paper] = []
    taken = Keys()
    for line, paper in found:
        if paper.key in taken:
            told = f"The key {paper.key!r} is used twice; this entry will get another key."
            problems.append(Problem(line, told, "warning"))
            paper = replace(paper, key="")
        if paper.key:
            taken.add(paper.key)
        if not paper.title:
            name = repr(paper.key) if paper.key else "This entry"
            told = f"{name} has no title; add one, or it can be found by its key alone."
            problems.append(Problem(line, told, "warning"))
        papers.append(paper)
    return ReadResult(tuple(papers), tuple(sorted(problems)))
