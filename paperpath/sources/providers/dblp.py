"""DBLP, the bibliography of computer science: curated, also for conferences that have no DOIs.

It is asked for the words of the title and the first author's name, for it knows no arXiv ids. Its names of venues are
short ones (``NeurIPS``, ``J. Mach. Learn. Res.``); ``CoRR`` is its name for arXiv.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from paperpath.model import Paper
from paperpath.names import parse_name
from paperpath.sources.providers.base import Candidate, NoAnswer, doi, number, pages, rows, table, text

if TYPE_CHECKING:
    from paperpath.model import Author

_TYPES = {
    "Journal Articles": "article", "Conference and Workshop Papers": "inproceedings",
    "Parts in Books or Collections": "incollection",
}  # fmt: skip
"""What it calls a publication → BibTeX's type; the others are preprints, whole books, theses and data."""
_NAMESAKE = re.compile(r"\s\d{4}$")
_MOST = 20
"""Answers to ask for: the preprint itself and talks of the same words stand among them."""
_WORDS = 12
"""Words of a title to ask with; all must be there, and the last ones of a long title often differ."""


class Dblp:
    """https://dblp.org, ``/search/publ/api``."""

    name = "dblp"
    shown = "DBLP"
    base = "https://dblp.org"
    interval = 2.0

    def request(self, paper: Paper, contact: str | None) -> str | None:  # noqa: ARG002 - the protocol's
        """Asks for the words of the title and the family name of the first author."""
        words = re.findall(r"[^\W_]+", re.sub(r"\$[^$]*\$|\\[A-Za-z]+", " ", paper.title))
        if not words or not paper.authors:
            return None
        named = re.findall(r"[^\W_]+", paper.authors[0].family)[-1:]
        plain = unicodedata.normalize("NFC", " ".join([*words[:_WORDS], *named]))
        return "/search/publ/api?" + urlencode({"q": plain, "format": "json", "h": _MOST, "c": 0})

    def candidates(self, answer: Any, paper: Paper) -> list[Candidate]:  # noqa: ARG002 - the protocol's
        """Every hit that is an article, or a paper in proceedings or a book."""
        hits = table(table(answer).get("result")).get("hits")
        if not isinstance(hits, dict):
            raise NoAnswer("it holds no list of hits")
        infos = (table(table(hit).get("info")) for hit in rows(hits.get("hit")))
        return [Candidate(_paper(info), self.shown) for info in infos if _is_published(info)]


def _is_published(info: dict[str, Any]) -> bool:
    return text(info.get("type")) in _TYPES and text(info.get("venue")) not in (None, "CoRR")


def _paper(info: dict[str, Any]) -> Paper:
    title = text(info.get("title")) or ""
    return Paper(
        title if title.endswith("..") else title.removesuffix("."),
        _authors(rows(table(info.get("authors")).get("author"))),
        entry_type=_TYPES[text(info["type"]) or ""],
        year=number(info.get("year")),
        venue=text(info.get("venue")),
        volume=text(info.get("volume")),
        number=text(info.get("number")),
        pages=pages(info.get("pages")),
        publisher=text(info.get("publisher")),
        doi=doi(info.get("doi")),
    )


def _authors(people: list[Any]) -> tuple[Author, ...]:
    """The names, without the numbers that tell namesakes apart: ``Wei Li 0011``."""
    names = (text(one if isinstance(one, str) else table(one).get("text")) for one in people)
    return tuple(parse_name(_NAMESAKE.sub("", name)) for name in names if name)
