"""A preprint about kettles, and what services answer about it, in the formats that they document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from paperpath.model import Author, Paper

RECORDED = Path(__file__).parents[1] / "data" / "recorded" / "services"

KETTLES = Paper(
    "Why Kettles Sing by Night",
    (Author("Kessel", "Ann"), Author("Okafor", "Bo")),
    key="kessel2018kettles",
    year=2018,
    month=1,
    arxiv_id="1801.00001",
    primary_category="cs.LG",
)
DOI = "10.1234/kettles.2019.7"


def recorded(name: str) -> Any:
    """An answer as it came."""
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def datacite(*related: tuple[str, str, str], arxiv_id: str = "1801.00001") -> dict[str, Any]:
    """The record of an arXiv DOI, with its related identifiers as (relation, kind, identifier)."""
    attributes = {
        "doi": f"10.48550/arxiv.{arxiv_id}",
        "creators": [
            {"name": "Kessel, Ann", "nameType": "Personal", "givenName": "Ann", "familyName": "Kessel"},
            {"name": "Okafor, Bo", "nameType": "Personal", "givenName": "Bo", "familyName": "Okafor"},
        ],
        "titles": [{"title": "Why Kettles Sing by Night"}],
        "publisher": "arXiv",
        "container": {},
        "publicationYear": 2018,
        "types": {"bibtex": "misc", "resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [
            {"relationType": relation, "relatedIdentifierType": kind, "relatedIdentifier": identifier}
            for relation, kind, identifier in related
        ],
    }
    return {"data": {"id": attributes["doi"], "type": "dois", "attributes": attributes}}


def semantic_scholar(**more: Any) -> dict[str, Any]:
    """A record of a paper in a journal."""
    return {
        "paperId": "0" * 40,
        "externalIds": {"ArXiv": "1801.00001", "DOI": DOI.upper(), "CorpusId": 1},
        "title": "Why Kettles Sing by Night",
        "venue": "Journal of Kettles",
        "publicationVenue": {"id": "1", "name": "Journal of Kettles", "type": "journal"},
        "publicationTypes": ["JournalArticle"],
        "year": 2019,
        "journal": {"name": "Journal of Kettles", "volume": "12", "pages": "\n      101 - 117"},
        "authors": [{"authorId": "1", "name": "A. Kessel"}, {"authorId": "2", "name": "Bo Okafor"}],
    } | more


def dblp(*infos: dict[str, Any]) -> dict[str, Any]:
    """A list of hits."""
    hits = [{"@score": "9", "@id": str(number), "info": info} for number, info in enumerate(infos)]
    count = str(len(infos))
    return {
        "result": {
            "query": "why* kettles*",
            "status": {"@code": "200", "text": "OK"},
            "hits": {"@total": count, "@sent": count, "@first": "0"} | ({"hit": hits} if hits else {}),
        }
    }


def dblp_info(**more: Any) -> dict[str, Any]:
    """A hit: a paper at a conference without DOIs."""
    return {
        "authors": {"author": [{"@pid": "1/1", "text": "Ann Kessel 0003"}, {"@pid": "1/2", "text": "Bo Okafor"}]},
        "title": "Why Kettles Sing by Night.",
        "venue": "KettleConf",
        "pages": "5998-6008",
        "year": "2018",
        "type": "Conference and Workshop Papers",
        "key": "conf/kettle/KesselO18",
    } | more


PREPRINT_INFO = dblp_info(
    venue="CoRR",
    volume="abs/1801.00001",
    pages=None,
    type="Informal and Other Publications",
    doi="10.48550/ARXIV.1801.00001",
)


def crossref_work(**more: Any) -> dict[str, Any]:
    """A work as the publisher registered it."""
    return {
        "DOI": DOI,
        "type": "journal-article",
        "title": ["Why kettles\n      <scp>sing</scp> by night"],
        "author": [{"given": "Ann", "family": "Kessel", "sequence": "first"}, {"given": "Bo", "family": "Okafor"}],
        "container-title": ["Journal of Kettles &amp; Lanterns"],
        "volume": "12",
        "issue": "3",
        "page": "101-117",
        "publisher": "Kettle Press",
        "issued": {"date-parts": [[2018, 12, 30]]},
        "published-print": {"date-parts": [[2019, 4]]},
    } | more


def crossref(*works: dict[str, Any]) -> dict[str, Any]:
    """An answer to a search."""
    return {"status": "ok", "message-type": "work-list", "message": {"total-results": len(works), "items": list(works)}}


def crossref_one(work: dict[str, Any]) -> dict[str, Any]:
    """An answer to a question by DOI."""
    return {"status": "ok", "message-type": "work", "message": work}
