"""Papers like one paper, by their words and by what they cite.

Words are weighed as BM25 does (Robertson & Zaragoza 2009), with pairs of words at half of their worth: on 1,000
abstracts that found more papers of the same category than TF-IDF with its cosine, and more abstracts for their titles,
see benchmarks/similar.py. Two papers that cite the same works are alike whatever they say; Kessler's bibliographic
coupling (1963) tells how much.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import TYPE_CHECKING

from paperpath.collecting import uncollected
from paperpath.recommend.vectors import telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperpath.recommend.vectors import Text

SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 and b, at their usual values."""
PAIR = 0.5
"""What a pair of words is worth: its words count for themselves too."""
OFTEN = 3
"""A word of the paper that is asked about counts as often as it occurs, up to this, and as the root of that."""
CITED = 0.3
"""How much common references can add to the score, as a share."""
LEAST = 0.01
"""Below this two papers have an everyday word in common and nothing else."""
_WORDS = 5


@dataclass(frozen=True, slots=True)
class Like:
    """A paper that is like another one."""

    text: Text
    score: float
    """0 to 1, where 1 would be all of its words, again and again, and the same references."""
    words: tuple[str, ...]
    """Terms of both, those first that bring them closest."""
    references: tuple[str, ...] = ()
    """What both cite."""


def similar(one: Text, others: Sequence[Text], *, limit: int = 10) -> list[Like]:
    """The papers of ``others`` that are most like ``one``, the most alike first; at most ``limit``."""
    with uncollected():
        return Kindred(others).like(one, limit=limit)


class Kindred:
    """A collection that can be asked about more than one paper."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        counts = [text.counts() for text in texts]
        lengths = [sum(count.values()) for count in counts]
        usual = sum(lengths) / len(lengths) if any(lengths) else 1.0
        frequency: Counter[str] = Counter()
        for count in counts:
            frequency.update(count.keys())
        self._worth = {
            term: log(1 + len(texts) / times) * (PAIR if " " in term else 1.0) for term, times in frequency.items()
        }
        self._weights = [self._weighed(count, length / usual) for count, length in zip(counts, lengths, strict=True)]

    def like(self, one: Text, *, limit: int = 10) -> list[Like]:
        """The papers that are most like ``one``, the most alike first, and never itself."""
        asked = {term: sqrt(min(times, OFTEN)) for term, times in one.counts().items() if term in self._worth}
        most = (SATURATION + 1) * sum(self._worth[term] * times for term, times in asked.items()) or 1.0
        scored = []
        for at, other in enumerate(self._texts):
            if other.name == one.name:
                continue
            weights = self._weights[at]
            words = sum([times * weights[term] for term, times in asked.items() if term in weights]) / most
            score = (1 - CITED) * words + CITED * coupling(one, other)
            if score >= LEAST:
                scored.append((score, at))
        scored.sort(key=lambda pair: (-pair[0], self._texts[pair[1]].name))
        return [self._told(one, asked, score, at) for score, at in scored[:limit]]

    def _weighed(self, counts: Mapping[str, int], length: float) -> dict[str, float]:
        """BM25's weights of a text's terms; ``length`` is in lengths of a usual text."""
        norm = SATURATION * (1 - LENGTH + LENGTH * length)
        return {term: self._worth[term] * times * (SATURATION + 1) / (times + norm) for term, times in counts.items()}

    def _told(self, one: Text, asked: Mapping[str, float], score: float, at: int) -> Like:
        weights, other = self._weights[at], self._texts[at]
        common = sorted((t for t in asked if t in weights), key=lambda term: (-asked[term] * weights[term], term))
        both = tuple(sorted(one.references & other.references))
        return Like(other, score, tuple(telling(common)[:_WORDS]), both)


def recoupled(found: Sequence[Like], one: Text, cited: Mapping[str, frozenset[str]]) -> list[Like]:
    """``found``, judged anew once it is known what the papers cite: name → what it cites; the most alike first.

    To read bibliographies takes longer than to compare words, so they are read for the papers that words found.
    """
    judged = []
    for like in found:
        other = replace(like.text, references=cited.get(like.text.name, frozenset()))
        both = tuple(sorted(one.references & other.references))
        judged.append(replace(like, text=other, score=like.score + CITED * coupling(one, other), references=both))
    return sorted(judged, key=lambda like: (-like.score, like.text.name))


def coupling(one: Text, other: Text) -> float:
    """Common references, over the geometric mean of both lists' lengths: 0 to 1."""
    both = len(one.references & other.references)
    return both / sqrt(len(one.references) * len(other.references)) if both else 0.0
