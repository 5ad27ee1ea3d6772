"""What names a paper to the outside world, in one spelling, and what its metadata say about where it appeared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.errors import NotAnId
from paperpath.ids import parse_id
from paperpath.library.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.model import Paper

Identifier = tuple[str, str]
"""A scheme of :data:`SCHEMES` and the value in its one spelling."""

SCHEMES = {"arxiv": "arXiv id", "doi": "DOI", "preprint-doi": "DOI", "isbn": "ISBN", "damaged": "identifier"}
"""What to call each scheme, the strongest first."""

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PREPRINT_DOI = re.compile(r"10\.(?:1101|2139|5281|20944|21203|26434|31219|31234|31222|36227|48550)/")
"""bioRxiv, SSRN, Zenodo, Preprints.org, Research Square, ChemRxiv, OSF, PsyArXiv, MetaArXiv, TechRxiv, arXiv."""
_PREPRINT_VENUE = re.compile(r"\b(?:arxiv|corr|(?:bio|med|chem|psy|tech)rxiv|ssrn|preprints?|eprints?|openreview)\b")
_UNPUBLISHED = frozenset("misc unpublished online electronic techreport report".split())
_BOOKS = frozenset("book mvbook collection mvcollection proceedings mvproceedings manual booklet".split())
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\dXx-])")


def identifiers(paper: Paper) -> tuple[Identifier, ...]:
    """Every identifier of the paper, also those in its address; each once, the strongest first."""
    found = dict.fromkeys(_identifiers(paper))
    return tuple(sorted(found, key=lambda one: list(SCHEMES).index(one[0]))) if len(found) > 1 else tuple(found)


def is_preprint(paper: Paper) -> bool:
    """Whether it is told as a preprint or report, and not as something that a journal or a conference published."""
    if paper.venue:
        return _PREPRINT_VENUE.search(fold(paper.venue)) is not None
    if paper.arxiv_id:
        return True
    published = paper.doi is not None and not _PREPRINT_DOI.match(paper.doi.lower())
    return paper.entry_type in _UNPUBLISHED and not published


def same_place(a: Paper, b: Paper) -> bool:
    """Whether both appeared in one place as far as is told; the year in a conference's name does not count."""
    ours, theirs = (re.sub(r"[\W\d_]+|\b\d+(?:st|nd|rd|th)\b", "", fold(paper.venue or "")) for paper in (a, b))
    return not ours or not theirs or ours == theirs


def _identifiers(paper: Paper) -> Iterator[Identifier]:
    if paper.arxiv_id:
        yield _parsed(paper.arxiv_id)
    if paper.doi:
        yield _doi(paper.doi)
    if paper.url and ("arxiv.org" in paper.url or "doi.org" in paper.url):
        found = _parsed(paper.url)
        if found[0] in ("arxiv", "doi", "preprint-doi"):
            yield found
    if paper.entry_type in _BOOKS:
        for name, text in paper.extra:
            if name == "isbn":
                yield from (("isbn", _isbn(number)) for number in _ISBN.findall(text))


def _doi(text: str) -> Identifier:
    doi = text.lower()
    if not _DOI.fullmatch(doi) or doi.startswith("10.48550/"):
        return _parsed(text)
    return ("preprint-doi" if _PREPRINT_DOI.match(doi) else "doi"), doi


def _parsed(text: str) -> Identifier:
    """The identifier in ``text``, whatever people copied along with it.

    What cannot be one says little: in tables of arXiv papers that went through a spreadsheet ``1506.03340`` has become
    ``1506.0334``. Two papers may share it, but it does not contradict another identifier.
    """
    try:
        found = parse_id(text)
    except NotAnId:
        return "damaged", text.strip().lower()
    if found.scheme == "doi" and _PREPRINT_DOI.match(found.value):
        return "preprint-doi", found.value
    return found.scheme, found.value


def _isbn(text: str) -> str:
    """The nine digits that both the old and the new form of the number share, after their country and publisher."""
    digits = re.sub(r"[- ]", "", text)
    return digits[-10:-1] if not digits.startswith("979") or len(digits) < 13 else digits[:-1]
