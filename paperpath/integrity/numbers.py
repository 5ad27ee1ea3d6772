"""Checks of pages, dates, editions and of everything that identifies a paper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from paperpath.errors import NotAnId
from paperpath.ids import arxiv_id, parse_id
from paperpath.integrity.found import Finding, extra, finding, mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.model import Paper

FIRST_PRINTED = 1450
"""Nothing was printed in Europe before; older years are slips, as 217 and 201 are."""

_RANGE = re.compile(
    r"(?<![\w.:-])([A-Za-z]{0,3})(\d+)\s*[-–—−]+\s*([A-Za-z]{0,3})(\d+)(?![\w.:])(?!\s*[-–—−])", re.ASCII
)
_PAGES_PREFIX = re.compile(r"^\s*(?:pp?\.|pp|pages?:?)\s*(?=[A-Za-z]?\d)", re.I)
_COUNT = re.compile(r"\d+\s*(?:pp?\.?|pages?)", re.I)
_ROMAN = re.compile(r"[ivxlcdm]+(?:\s*[-–—−]+\s*[ivxlcdm]+)?", re.I)
_EDITION = re.compile(r"(?<!\s)\s*\b(?:edition|edn?\.?|aufl(?:age|\.)?)\s*$", re.I)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_DOI_PREFIX = re.compile(r"^(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:?\s*)", re.I)
_RESOLVER = re.compile(r"https?://(?:[\w-]+\.)*doi\.(?:[\w-]+\.)*[a-z]+/(10\.\d{4,9}/[^\s?#]+)", re.I | re.ASCII)
"""Publishers have their own: ``http://doi.acm.org/10.1145/…``."""
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
_URL = re.compile(r"(?:https?|ftps?|file)://[^\s/]+\S*|(?:mailto|urn|doi|data):\S+", re.I)
_ISSN = re.compile(r"(?<![\dXx])\d{4}\s?[-‐–]?\s?\d{3}[\dXx](?![\dXx])", re.ASCII)


def check_pages(paper: Paper) -> Iterator[Finding]:
    """``pages-reversed``, ``pages-form``; ``191-6`` is short for 191–196, and article numbers are fine."""
    pages = (paper.pages or "").strip()
    if not pages:
        return
    for letter, first, other, last in _RANGE.findall(pages):
        if (not other or other == letter) and len(last) >= len(first) and int(last) < int(first):
            message = f"The pages {pages!r} end before they begin. Look them up."
            yield finding(paper, "pages", "pages-reversed", "error", message)
            break
    if prefix := _PAGES_PREFIX.match(pages):
        message = f"The pages {pages!r} begin with {prefix[0].strip()!r}, which styles put themselves."
        yield mended(paper, "pages", "pages-form", "warning", message, pages[prefix.end() :])
    elif _COUNT.fullmatch(pages):
        message = f"The pages {pages!r} are a number of pages. Put it into pagetotal or a note."
        yield finding(paper, "pages", "pages-form", "warning", message)
    elif not any(char.isdigit() for char in pages) and not _ROMAN.fullmatch(pages):
        message = f"The pages {pages!r} are none. Leave the field empty until they are known."
        yield finding(paper, "pages", "pages-form", "warning", message)


def check_dates(paper: Paper, this_year: int) -> Iterator[Finding]:
    """``year-range``, ``year-form``, ``month-range``; a year ahead is fine, because journals print it so."""
    raw, month = extra(paper, "year").strip(), extra(paper, "month").strip()
    if paper.year is not None and not FIRST_PRINTED <= paper.year <= this_year + 1:
        when = "in the future" if paper.year > this_year else "before there were printed books"
        yield finding(paper, "year", "year-range", "error", f"The year {paper.year} is {when}. Look it up.")
    elif paper.year is None and raw and not extra(paper, "date"):
        message = f"The year {raw!r} is none. Write four digits, and words such as “in press” into a note."
        yield finding(paper, "year", "year-form", "warning", message)
    outside = paper.month is not None and not 1 <= paper.month <= 12
    if outside or (month.isdecimal() and not 1 <= int(month[:4]) <= 12):
        value = paper.month if outside else month
        yield finding(paper, "month", "month-range", "error", f"There is no month {value}. Months are 1 to 12.")


def check_edition(paper: Paper) -> Iterator[Finding]:
    """``edition-form``: ``2nd edition`` would be printed as “2nd edition edition”."""
    edition = extra(paper, "edition")
    if (word := _EDITION.search(edition)) and word.start() > 0:
        message = f"The edition {edition!r} says {word[0].strip()!r}, which styles put themselves."
        yield mended(paper, "edition", "edition-form", "warning", message, edition[: word.start()])


def check_doi(paper: Paper) -> Iterator[Finding]:
    """``doi-form``: a bare DOI, and not the one that arXiv makes of its own ids."""
    if left := extra(paper, "doi").strip():
        message = f"{left!r} is no DOI; those look like 10.1038/nature14539. Look it up."
        resolved = _RESOLVER.fullmatch(left)
        if resolved and not paper.doi:
            others = tuple(pair for pair in paper.extra if pair[0] != "doi")
            bare = unquote(resolved[1]).lower()
            message = f"The DOI {left!r} should stand alone: {bare}."
            better = replace(paper, doi=bare, extra=others)
            yield Finding(paper.key, "doi", "doi-form", "warning", message, bare, better)
        else:
            yield finding(paper, "doi", "doi-form", "error", message)
    doi = paper.doi or ""
    if not doi:
        return
    bare = bare_doi(doi)
    arxiv = _ARXIV_DOI.fullmatch(bare)
    if arxiv:
        message = f"The DOI {doi} is arXiv's own, which says no more than the arXiv id. Keep that alone."
        same = (paper.arxiv_id or "").lower() == arxiv[1].lower()
        yield mended(paper, "doi", "doi-form", "warning", message, "" if same else None)
    elif not _DOI.fullmatch(bare):
        message = f"{doi!r} is no DOI; those look like 10.1038/nature14539. Look it up."
        yield finding(paper, "doi", "doi-form", "error", message)
    elif bare != doi:
        message = f"The DOI {doi!r} should stand alone: {bare.lower()}."
        yield mended(paper, "doi", "doi-form", "warning", message, bare.lower())


def bare_doi(text: str) -> str:
    """A DOI without the address or the ``doi:`` before it."""
    doi = text.strip()
    return unquote(_DOI_PREFIX.sub("", doi)) if _DOI_PREFIX.match(doi) else doi


def check_arxiv(paper: Paper) -> Iterator[Finding]:
    """``arxiv-form``: an id that arXiv could have given, without prefix and version."""
    given = paper.arxiv_id
    if not given:
        return
    try:
        found = arxiv_id(given)
    except NotAnId:
        try:
            found = parse_id(given)
        except NotAnId:
            found = None
    if found is None or found.scheme != "arxiv":
        message = f"{given!r} is no arXiv id; those look like 1706.03762 or hep-th/9901001. Look it up."
        yield finding(paper, "arxiv_id", "arxiv-form", "error", message)
    elif found.value != given:
        message = f"The arXiv id {given!r} should stand alone: {found.value}."
        yield mended(paper, "arxiv_id", "arxiv-form", "warning", message, found.value)


def check_url(paper: Paper) -> Iterator[Finding]:
    """``url-form``: an absolute address."""
    url = paper.url or ""
    if url and not _URL.fullmatch(url):
        message = f"{url!r} is no address that a link could lead to. It must begin with https:// and have no spaces."
        yield finding(paper, "url", "url-form", "warning", message)


def check_isbn(paper: Paper) -> Iterator[Finding]:
    """``isbn`` and ``issn``: the last digit proves the others."""
    if isbn := extra(paper, "isbn").strip():
        wrong = [
            part for part in re.split(r"[,;/]|\band\b|\s{2,}|\([^()]*\)", isbn) if part.strip() and not _isbn(part)
        ]
        if wrong and not all(map(_isbn, isbn.split())):
            message = (
                f"{wrong[0].strip()!r} is no ISBN: its digits do not agree with the last one, or some are missing."
            )
            yield finding(paper, "isbn", "isbn", "warning", message)
    if issn := extra(paper, "issn").strip():
        numbers = _ISSN.findall(issn)
        if not numbers or not all(map(_check_digit, numbers)):
            message = f"{issn!r} is no ISSN: its digits do not agree with the last one, or some are missing."
            yield finding(paper, "issn", "issn", "warning", message)


def _isbn(text: str) -> bool:
    digits = re.sub(r"(?i)isbn(?:-1[03])?:?|[^\dXx]", "", text).upper()
    if len(digits) == 13 and digits.isdecimal():
        return sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(digits)) % 10 == 0
    return len(digits) == 10 and _check_digit(digits)


def _check_digit(text: str) -> bool:
    """Whether the weighted sum of an ISBN-10 or an ISSN is a multiple of 11."""
    digits = re.sub(r"[^\dXx]", "", text).upper()
    if "X" in digits[:-1]:
        return False
    weights = range(len(digits), 0, -1)
    return sum((10 if d == "X" else int(d)) * weight for d, weight in zip(digits, weights, strict=True)) % 11 == 0
