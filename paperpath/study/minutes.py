"""How long reading takes: the one place where words and pages become minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from paperpath.model import ParsedPaper

WORDS_A_MINUTE = 200
"""Unhurried reading of technical prose; 230–260 is usual for fiction."""
CHARACTERS_A_WORD = 6
"""An English word and the space after it."""
MINUTES_A_PAGE = 3
"""As the guides count a page of two columns, which most papers have."""
ASSUMED = 60
"""Minutes of a paper of which nothing is known, not even its pages."""
_MOST_PAGES = 1000

_RANGE = re.compile(r"^[^\d]{0,3}(\d{1,6})\s*(?:-{1,3}|–|—)\s*(\d{1,6})$")
_COUNT = re.compile(r"\b(\d{1,3})\s*(?:\+\s*\d{1,3}\s*)?(?:pages|pp)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Minutes of a first careful reading, and what they were made from."""

    minutes: int
    source: Literal["guide", "text", "pages", "assumed"]


def of_characters(characters: float) -> int:
    """Whole minutes for so many characters of running text."""
    return round(characters / CHARACTERS_A_WORD / WORDS_A_MINUTE)


def of_text(parsed: ParsedPaper) -> int:
    """Whole minutes for what one reads of a paper: abstract, sections and captions, without references."""
    texts = [parsed.abstract or "", *(section.text for section in parsed.sections)]
    return of_characters(sum(map(len, texts)) + sum(len(caption.text) for caption in parsed.captions))


def pages_of(pages: str | None, comment: str | None) -> int | None:
    """How many pages a paper has, by its page numbers (``1735–1780``, ``191–6``) or arXiv's comment (``15 pages``)."""
    if found := _RANGE.match((pages or "").strip()):
        first, last = found[1], found[2]
        last = first[: max(0, len(first) - len(last))] + last
        count = int(last) - int(first) + 1
        if 1 <= count <= _MOST_PAGES:
            return count
    if found := _COUNT.search(comment or ""):
        return int(found[1]) or None
    return None


def estimate(*, guide: int | None = None, text: int | None = None, pages: int | None = None) -> Estimate:
    """The best that is known: what a guide says, then the words of the text, then pages, then :data:`ASSUMED`."""
    if guide:
        return Estimate(guide, "guide")
    if text:
        return Estimate(text, "text")
    if pages:
        return Estimate(pages * MINUTES_A_PAGE, "pages")
    return Estimate(ASSUMED, "assumed")
