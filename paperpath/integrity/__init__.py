"""What can be wrong with the metadata of papers; pure functions from papers to findings.

A false alarm is worse than a miss: after the third nobody reads the report. So each check asks for more than a
suspicion, and what two conventions do differently is no fault. Where the right value is beyond doubt (``&amp;`` is
``&``), the finding brings it, and :func:`mend` applies it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.integrity import entries, numbers, people, texts
from paperpath.integrity.found import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from paperpath.model import Paper

__all__ = ["CODES", "Finding", "Severity", "check", "check_all", "mend"]

CODES: dict[str, str] = {
    "key-missing": "a paper without a citation key",
    "key-illegal": "a key that BibTeX cannot take",
    "duplicate-doi": "two papers with one DOI",
    "duplicate-arxiv": "two papers with one arXiv id",
    "title-missing": "no title",
    "title-braces": "braces in the title that do not match",
    "title-maths": "a formula in the title without an end",
    "title-capitals": "a title in capitals",
    "title-url": "an address in the title",
    "title-full-stop": "a full stop after the title",
    "html-entity": "HTML such as &amp; in a text or a name",
    "html-tag": "HTML such as <i> in a text or a name",
    "whitespace": "spaces and invisible characters that nobody meant",
    "venue-year": "a year at the end of the journal or book title",
    "venue-country": "a country in the journal or book title",
    "venue-pages": "pages in the journal or book title",
    "author-missing": "neither authors nor an editor or organization",
    "name-et-al": "“et al” as a name",
    "name-digits": "digits in a name",
    "name-capitals": "a family name in capitals",
    "name-separator": "several people in one name",
    "name-corporate": "an organization taken apart as a person",
    "pages-reversed": "pages that end before they begin",
    "pages-form": "pages that are none",
    "year-missing": "no year",
    "year-range": "a year in the future or before printing",
    "year-form": "a year that is no number",
    "month-range": "a month outside 1 to 12",
    "edition-form": "the word “edition” in the edition",
    "doi-form": "a DOI that is none, or not bare",
    "arxiv-form": "an arXiv id that is none, or not bare",
    "url-form": "an address that is none",
    "isbn": "an ISBN whose digits do not agree",
    "issn": "an ISSN whose digits do not agree",
    "type-unknown": "an entry type that neither BibTeX nor biblatex has",
    "field-missing": "a field that the entry type must have",
    "related-missing": "a key of another entry that no paper has",
    "preprint-published": "a preprint that has appeared elsewhere",
}
"""Every code with what it stands for, in the order of reports."""

_MOST_MENDINGS = 100
"""Rounds for one paper; each mends one thing, and a text that needs more was made to."""


def check(paper: Paper, this_year: int) -> Iterator[Finding]:
    """What is wrong with one paper.

    Args:
        paper: any.
        this_year: what counts as the future begins after the next one.
    """
    yield from entries.check_key(paper)
    yield from texts.check_title(paper)
    yield from texts.check_html(paper)
    yield from texts.check_whitespace(paper)
    yield from texts.check_venue(paper)
    yield from people.check_names(paper)
    yield from numbers.check_pages(paper)
    yield from numbers.check_dates(paper, this_year)
    yield from numbers.check_edition(paper)
    yield from numbers.check_doi(paper)
    yield from numbers.check_arxiv(paper)
    yield from numbers.check_url(paper)
    yield from numbers.check_isbn(paper)
    yield from entries.check_type(paper)
    yield from entries.check_published(paper)


def check_all(papers: Sequence[Paper], this_year: int, former: Container[str] = ()) -> list[Finding]:
    """What is wrong with each of these papers and between them; the same kind together, in the order of the papers.

    Args:
        papers: all that there are, because entries name one another.
        this_year: see :func:`check`.
        former: keys that papers had before, by which they may be named too.
    """
    between = (*entries.check_duplicates(papers), *entries.check_related(papers, former))
    found = [*between, *(one for paper in papers for one in check(paper, this_year))]
    rank = {code: place for place, code in enumerate(CODES)}
    return sorted(found, key=lambda one: rank[one.code])


def mend(paper: Paper, this_year: int, codes: Container[str] | None = None) -> Paper:
    """``paper`` with all that is beyond doubt mended; of the kinds in ``codes``, or of all kinds."""
    for _ in range(_MOST_MENDINGS):
        one = next((f for f in check(paper, this_year) if f.paper and (codes is None or f.code in codes)), None)
        if one is None or one.paper is None:
            break
        paper = one.paper
    return paper
