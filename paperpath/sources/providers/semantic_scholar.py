"""Semantic Scholar, which knows a paper by its arXiv id and gathers what it has seen of it under one record.

It also knows what cites a paper: :meth:`SemanticScholar.citations_request` asks, :func:`read_citations` reads.

The record of a preprint that was published carries the venue's name, and the DOI of the publication in place of
arXiv's. Volume and pages are there for journals only. Without a key its allowance is shared by everybody who has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from paperpath.errors import NotAnId
from paperpath.ids import arxiv_id
from paperpath.model import Paper
from paperpath.names import parse_name
from paperpath.sources.providers.base import Candidate, NoAnswer, doi, number, pages, rows, table, text

if TYPE_CHECKING:
    from paperpath.model import Author, PaperId

_FIELDS = "title,authors,year,venue,publicationVenue,publicationTypes,journal,externalIds"
_PREPRINTS = re.compile(r"\b(?:arxiv(?:\.org)?|corr|biorxiv|medrxiv|ssrn|preprints?)\b", re.I)

CITATIONS = 1000
"""Citing papers in one answer, the most that it gives; with identifiers and dates alone that is some 300 KB."""


class Citations(NamedTuple):
    """One page of the papers that cite a paper."""

    ids: tuple[str, ...]
    """arXiv ids of those that are there, without versions."""
    elsewhere: int
    """How many are not on arXiv."""
    next: int | None
    """Where the next page begins; None on the last."""


class SemanticScholar:
    """https://api.semanticscholar.org, ``/graph/v1/paper/arXiv:…``."""

    name = "semantic-scholar"
    shown = "Semantic Scholar"
    base = "https://api.semanticscholar.org"
    interval = 2.0

    def request(self, paper: Paper, contact: str | None) -> str | None:  # noqa: ARG002 - the protocol's
        """Asks for the record of the paper's arXiv id."""
        if not paper.arxiv_id:
            return None
        return f"/graph/v1/paper/arXiv:{quote(paper.arxiv_id, safe='/')}?{urlencode({'fields': _FIELDS}, safe=',')}"

    def citations_request(self, cited: PaperId, since: str, offset: int = 0) -> str:
        """Asks what cites an arXiv id or a DOI, of the papers published since that day, ISO 8601."""
        scheme = "ARXIV" if cited.scheme == "arxiv" else "DOI"
        fields = "externalIds,publicationDate,year"
        query = {"fields": fields, "publicationDateOrYear": f"{since}:", "offset": offset, "limit": CITATIONS}
        return f"/graph/v1/paper/{scheme}:{quote(cited.value, safe='/')}/citations?{urlencode(query, safe=',:')}"

    def candidates(self, answer: Any, paper: Paper) -> list[Candidate]:
        """The record, if it names a place that is no preprint server."""
        record = table(answer)
        if "paperId" not in record:
            raise NoAnswer("it holds no record")
        journal, ids = table(record.get("journal")), table(record.get("externalIds"))
        kinds = rows(record.get("publicationTypes"))
        venue = text(table(record.get("publicationVenue")).get("name")) or text(record.get("venue"))
        in_book = "Conference" in kinds or table(record.get("publicationVenue")).get("type") == "conference"
        if not in_book:
            venue = text(journal.get("name")) or venue
        if not venue or _PREPRINTS.search(venue):
            return []
        linked = bool(paper.arxiv_id) and text(ids.get("ArXiv")) == paper.arxiv_id
        return [
            Candidate(
                Paper(
                    text(record.get("title")) or "",
                    _authors(rows(record.get("authors"))),
                    entry_type="inproceedings" if in_book else "article",
                    year=number(record.get("year")),
                    venue=venue,
                    volume=text(journal.get("volume")) if not in_book else None,
                    pages=pages(journal.get("pages")),
                    doi=doi(ids.get("DOI")),
                ),
                self.shown,
                linked,
            )
        ]


def read_citations(answer: Any, since: str, offset: int) -> Citations:
    """The citing papers in an answer that are as new as was asked for.

    Papers without a day count as of 1 January there, and journals put a new day on an old preprint. So the month in an
    arXiv id is looked at too.

    Raises:
        NoAnswer: it is no page of citations, or its next page would not come after it.
    """
    page = table(answer)
    if not isinstance(page.get("data"), list) or page.get("offset") != offset:
        raise NoAnswer("it holds no citations")
    following = page.get("next")
    if following is not None and (not isinstance(following, int) or following <= offset):
        raise NoAnswer("its pages do not follow each other")
    found: dict[str, None] = {}
    elsewhere = 0
    for row in page["data"]:
        paper = table(table(row).get("citingPaper"))
        day = text(paper.get("publicationDate"))
        if not paper or (day is not None and day < since):
            continue
        name = _arxiv_id(table(paper.get("externalIds")).get("ArXiv"))
        if name is None:
            elsewhere += 1
        elif _month(name) >= since[:7]:
            found[name] = None
    return Citations(tuple(found), elsewhere, following)


def _arxiv_id(value: Any) -> str | None:
    try:
        return arxiv_id(text(value) or "").value
    except NotAnId:
        return None


def _month(name: str) -> str:
    """``2608.00001`` → ``2026-08``; an id of the old form, which ended in 2007, sorts before all of them."""
    return f"20{name[:2]}-{name[2:4]}" if name[:4].isdecimal() else ""


def _authors(people: list[Any]) -> tuple[Author, ...]:
    return tuple(parse_name(name) for one in people if (name := text(table(one).get("name"))))
