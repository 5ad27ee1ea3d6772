"""Texts as TF-IDF vectors of length 1, held as dictionaries of the terms that occur: term → weight.

Weights are ``(1 + log tf) · log(1 + n / df)``, sublinear as in arxiv-sanity-lite, and as there rare and everyday terms
are left out: what occurs in less than five texts of three thousand is chance, in half of them style.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from paperpath.recommend.terms import PLAIN_WORDS, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Vector = dict[str, float]

RARE = 5
"""Texts of a large collection in which a term must occur; in a small one, two are enough."""
SMALL = 500
"""Texts of a collection for each that is asked for then."""
EVERYDAY = 0.5
"""A share of the texts of a large collection; what more of them have says nothing. A small one may have one subject."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paper, as far as it matters here."""

    name: str
    """What it is called by the caller: a key, an id."""
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    """In one spelling a person."""
    references: frozenset[str] = frozenset()
    """What it cites, each named in the same way in all papers."""
    date: str = ""
    """ISO 8601; of two papers that are worth the same the newer one comes first."""

    def counts(self) -> Counter[str]:
        """Its terms, and how often each occurs."""
        return Counter(terms(f"{self.title}. {self.abstract}"))


class Space:
    """What the words of a collection are worth, and its texts in these terms."""

    def __init__(self, texts: Iterable[Text]) -> None:
        counts = [text.counts() for text in texts]
        frequency: Counter[str] = Counter()
        for count in counts:
            frequency.update(count.keys())
        total = len(counts)
        least, most = max(2, min(RARE, total // SMALL)), EVERYDAY * total if total >= SMALL else total
        self._worth = {term: log(1 + total / times) for term, times in frequency.items() if least <= times <= most}
        self.vectors: list[Vector] = [self.vector(count) for count in counts]
        """Of the texts, in their order."""

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """The vector of a text that need not be one of the collection; words that it does not know are left out."""
        worth = self._worth
        made = {
            term: worth[term] * (1 + log(times) if times > 1 else 1) for term, times in counts.items() if term in worth
        }
        length = sqrt(sum(value * value for value in made.values())) or 1.0
        return {term: value / length for term, value in made.items()}


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The product of two vectors, which is their cosine when both have length 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum([value * other[term] for term, value in one.items() if term in other])


def telling(words: Sequence[str]) -> list[str]:
    """Those of ``words`` that tell a person something, in their order; a pair takes the place of its words."""
    told: list[str] = []
    for term in words:
        if PLAIN_WORDS.issuperset(term.split()):
            continue
        parts = set(term.split())
        if any(parts <= set(other.split()) for other in told):
            continue
        inside = [at for at, other in enumerate(told) if set(other.split()) < parts]
        if inside:
            told[inside[0]] = term
            told = [other for at, other in enumerate(told) if at not in inside[1:]]
        else:
            told.append(term)
    return told
