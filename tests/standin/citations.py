"""What Semantic Scholar answers to ``/graph/v1/paper/ID/citations``, in the form that its documentation gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = re.compile(r"/semantic-scholar/graph/v1/paper/(?:ARXIV|DOI):(?P<id>.+)/citations")


def citing(arxiv_id: str | None, day: str | None = None, *, year: int = 2026, **ids: str) -> dict[str, Any]:
    """One citing paper; ``ids`` are others than arXiv's."""
    known = {"CorpusId": 1} | ids | ({"ArXiv": arxiv_id} if arxiv_id else {})
    return {"paperId": "0" * 40, "externalIds": known, "publicationDate": day, "year": year}


def page(papers: list[dict[str, Any]], query: Mapping[str, str], most: int) -> dict[str, Any]:
    """Those since the first day that was asked for, from ``offset`` on, ``most`` at a time at the most.

    Papers without a day count as of 1 January, as the service says of itself.
    """
    since = query.get("publicationDateOrYear", ":").partition(":")[0]
    found = [one for one in papers if (one["publicationDate"] or f"{one['year']}-01-01") >= since]
    offset, limit = int(query.get("offset", "0")), min(int(query.get("limit", "100")), most)
    rows = [{"citingPaper": one} for one in found[offset : offset + limit]]
    more = {"next": offset + limit} if offset + limit < len(found) else {}
    return {"offset": offset, **more, "data": rows}
