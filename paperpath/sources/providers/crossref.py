"""Crossref, where publishers register their DOIs: the fullest record of a publication, and the publisher's own.

With a DOI its record is asked for, else the works that resemble title and first author. A contact address goes along
as ``mailto``, for which Crossref answers from servers that are less crowded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from paperpath.model import Author, Paper
from paperpath.names import parse_name
from paperpath.sources.providers.base import Candidate, NoAnswer, doi, number, pages, rows, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
    "book-section": "incollection", "reference-entry": "incollection", "monograph": "book", "book": "book",
}  # fmt: skip
"""Crossref's types of a publication → BibTeX's; ``posted-content`` is a preprint, the rest are parts and containers."""
_MOST = 5
_SELECT = (
    "DOI,type,title,subtitle,author,container-title,volume,issue,page,article-number,publisher,issued,published-print"
    ",relation"
)


class Crossref:
    """https://api.crossref.org, ``/works``."""

    name = "crossref"
    shown = "Crossref"
    base = "https://api.crossref.org"
    interval = 1.0

    def request(self, paper: Paper, contact: str | None) -> str | None:
        """Asks for the paper's DOI, or for title and first author."""
        polite = {"mailto": contact} if contact and re.fullmatch(r"[^@\s]+@[^@\s]+", contact) else {}
        if paper.doi:
            return f"/works/{quote(paper.doi, safe='')}" + (f"?{urlencode(polite)}" if polite else "")
        if not paper.title or not paper.authors:
            return None
        words = f"{paper.title} {paper.authors[0].surname}"
        query = {"query.bibliographic": words, "rows": _MOST, "select": _SELECT} | polite
        return "/works?" + urlencode(query, safe=",")

    def candidates(self, answer: Any, paper: Paper) -> list[Candidate]:
        """Every work that is no preprint."""
        message = table(answer).get("message")
        if not isinstance(message, dict) or not ("items" in message or "DOI" in message):
            raise NoAnswer("it holds no works")
        works = map(table, rows(message.get("items")) if "items" in message else [message])
        published = [work for work in works if text(work.get("type")) in _TYPES]
        return [Candidate(_paper(work), self.shown, _is_version_of(work, paper)) for work in published]


def _is_version_of(work: dict[str, Any], paper: Paper) -> bool:
    """Whether the publisher names the arXiv id as the work's preprint."""
    names = [text(table(one).get("id")) or "" for one in rows(table(work.get("relation")).get("has-preprint"))]
    wanted = f"arxiv.{paper.arxiv_id}".lower()
    return bool(paper.arxiv_id) and any(
        re.sub(r"v\d+$", "", name.lower().replace("arxiv:", "arxiv.")).endswith(wanted) for name in names
    )


def _paper(work: dict[str, Any]) -> Paper:
    year, month = _date(work)
    title, subtitle = text(work.get("title")) or "", text(work.get("subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    return Paper(
        title,
        tuple(_authors(rows(work.get("author")))),
        entry_type=_TYPES[text(work["type"]) or ""],
        year=year,
        month=month,
        venue=_venue(work),
        volume=text(work.get("volume")),
        number=text(work.get("issue")),
        pages=pages(work.get("page")) or text(work.get("article-number")),
        publisher=text(work.get("publisher")),
        doi=doi(work.get("DOI")),
    )


def _venue(work: dict[str, Any]) -> str | None:
    """The journal or the book; of a book in a series (``Lecture Notes in Computer Science``) the second name."""
    names = rows(work.get("container-title"))
    return text(names if text(work["type"]) == "journal-article" else names[::-1])


def _date(work: dict[str, Any]) -> tuple[int | None, int | None]:
    """Year and month of the printed issue, which is what people cite; else when it first appeared."""
    for name in ("published-print", "issued"):
        parts = rows(next(iter(rows(table(work.get(name)).get("date-parts"))), None))
        if parts and (year := number(parts[0])):
            month = number(parts[1]) if len(parts) > 1 else None
            return year, month if month and 1 <= month <= 12 else None
    return None, None


def _authors(people: list[Any]) -> Iterator[Author]:
    for person in map(table, people):
        family, given, suffix, name = (text(person.get(field)) for field in ("family", "given", "suffix", "name"))
        if family:
            yield parse_name(", ".join(part for part in (family, suffix, given) if part))
        elif name:
            yield Author(name, literal=True)
