"""Where a card's section is in the paper: its heading, its page, and words to land on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from paperpath.model import Card, ParsedPaper

_WORDS = 12
"""Enough to be found once in a paper."""


class Spot(NamedTuple):
    """A place in the text."""

    heading: str
    """``3.2.1 Scaled Dot-Product Attention``."""
    page: int | None
    words: str
    """The passage, or how the section's text begins; empty where there is no text to land in."""


def spot(card: Card, parsed: ParsedPaper | None) -> Spot:
    """Where the paper answers the card, as far as its text is there: the passage, or else the section's beginning."""
    found = _section(card.section, parsed) if parsed and card.section else None
    heading = found.heading if found else f"section {card.section}" if card.section[:1].isdigit() else card.section
    words = "" if parsed is None else card.quote or (found.words if found else "")
    return Spot(heading, card.page or (found.page if found else None), words)


def _section(name: str, parsed: ParsedPaper) -> Spot | None:
    wanted = _bare(name)
    if wanted == "abstract":
        return Spot("Abstract", 1, _begin(parsed.abstract or ""))
    for section in parsed.sections:
        if wanted in (_bare(section.number or ""), _bare(section.title), _bare(section.heading)):
            return Spot(section.heading, section.page, _begin(section.text) or section.title)
    for caption in parsed.captions:
        if wanted == _bare(caption.name):
            return Spot(caption.name, caption.page, _begin(caption.text))
    return None


def _bare(name: str) -> str:
    return " ".join(name.casefold().removeprefix("section ").rstrip(".").split())


def _begin(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()[:_WORDS])
