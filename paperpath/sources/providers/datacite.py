"""DataCite, which registers arXiv's own DOIs: ``IsVersionOf`` names the DOI of the published version.

It knows no more than arXiv told it, which is the DOI alone. Its record of a preprint is the only one that is found by
the arXiv id itself, so a DOI that it names is sure; where that DOI leads is for another provider to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from paperpath.model import Author, Paper
from paperpath.names import parse_name
from paperpath.sources.providers.base import Candidate, NoAnswer, doi, rows, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME_WORK = frozenset({"IsVersionOf", "IsPreviousVersionOf", "IsIdenticalTo"})


class DataCite:
    """https://api.datacite.org, ``/dois/10.48550/arXiv.…``."""

    name = "datacite"
    shown = "DataCite"
    base = "https://api.datacite.org"
    interval = 1.0

    def request(self, paper: Paper, contact: str | None) -> str | None:  # noqa: ARG002 - the protocol's
        """Asks for the record of the paper's arXiv id."""
        return f"/dois/10.48550/arxiv.{quote(paper.arxiv_id)}" if paper.arxiv_id else None

    def candidates(self, answer: Any, paper: Paper) -> list[Candidate]:
        """One for each DOI of which the preprint is a version."""
        record = table(table(answer).get("data")).get("attributes")
        if not isinstance(record, dict):
            raise NoAnswer("it holds no record")
        own = text(record.get("doi")) or ""
        linked = own.lower() == f"10.48550/arxiv.{paper.arxiv_id}".lower()
        title = text([table(one).get("title") for one in rows(record.get("titles"))]) or ""
        authors = tuple(_authors(rows(record.get("creators"))))
        related = [table(one) for one in rows(record.get("relatedIdentifiers"))]
        found = [
            doi(one.get("relatedIdentifier"))
            for one in related
            if text(one.get("relationType")) in _SAME_WORK and one.get("relatedIdentifierType") == "DOI"
        ]
        return [Candidate(Paper(title, authors, doi=one), self.shown, linked) for one in dict.fromkeys(found) if one]


def _authors(creators: list[Any]) -> Iterator[Author]:
    for creator in map(table, creators):
        family, given, name = (text(creator.get(field)) for field in ("familyName", "givenName", "name"))
        if creator.get("nameType") == "Organizational" and name:
            yield Author(name, literal=True)
        elif family:
            yield parse_name(f"{family}, {given}" if given else family)
        elif name:
            yield parse_name(name)
