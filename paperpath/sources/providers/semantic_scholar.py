"""Semantic Scholar, which knows a paper by its arXiv id and gathers what it has seen of it under one record.

The record of a preprint that was published carries the venue's name, and the DOI of the publication in place of
arXiv's. Volume and pages are there for journals only. Without a key its allowance is shared by everybody who has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from paperpath.model import Paper
from paperpath.names import parse_name
from paperpath.sources.providers.base import Candidate, NoAnswer, doi, number, pages, rows, table, text

if TYPE_CHECKING:
    from paperpath.model import Author

_FIELDS = "title,authors,year,venue,publicationVenue,publicationTypes,journal,externalIds"
_PREPRINTS = re.compile(r"\b(?:arxiv(?:\.org)?|corr|biorxiv|medrxiv|ssrn|preprints?)\b", re.I)


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


def _authors(people: list[Any]) -> tuple[Author, ...]:
    return tuple(parse_name(name) for one in people if (name := text(table(one).get("name"))))
