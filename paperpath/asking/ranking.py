"""Sections and a question → the sections that answer it, the best first, each with its best paragraphs.

A paragraph is scored by BM25F (Robertson, Zaragoza, Taylor: "Simple BM25 extension to multiple weighted fields", CIKM
2004): its own words count whole, those of its neighbours, its heading and its paper a part. Two words that stand side
by side in the question count more where they do so in the paragraph (Metzler, Croft: "A Markov random field model for
term dependencies", SIGIR 2005). Words that go with those asked for are taken from the best paragraphs of a first round
and count a little in a second one (Lavrenko, Croft: "Relevance-based language models", SIGIR 2001).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from paperpath.asking.question import SAYS_NOTHING
from paperpath.asking.tokens import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from paperpath.asking.question import Question


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. Each is a round number amid those that do as well; see ``docs/decisions/0013``."""

    k1: float = 1.5
    """How late more of the same word says nothing more."""
    b: float = 0.5
    """How much its length is held against a paragraph."""
    neighbour: float = 0.3
    heading: float = 2.0
    title: float = 1.0
    pair: float = 0.5
    """Of the weight of the rarer of its words."""
    asked_heading: float = 0.1
    """For a heading that has nothing but what is asked for."""
    others: float = 0.1
    """What the second paragraph of the section adds; the third adds half of that."""
    aside: float = 0.8
    """A caption or a footnote against a paragraph."""
    also: float = 0.1
    """The best of the words that were not asked for against the best that were."""


class Part(NamedTuple):
    """A paragraph of a candidate."""

    number: int
    """Grows along the paper; those of neighbours differ by one."""
    text: str


class Candidate(NamedTuple):
    """A section that may answer."""

    title: str
    """Of the paper."""
    heading: str
    parts: tuple[Part, ...]
    aside: bool
    """Whether it is a caption or a footnote."""


class Scored(NamedTuple):
    """A section that was judged."""

    which: int
    """Index among the candidates."""
    score: float
    parts: tuple[int, ...]
    """Those of its paragraphs that say something, the best first."""
    sure: float
    """How much of what is asked for its best paragraph says, by weight: 0 for nothing, about 1 for all of it."""


_FROM, _MOST_ALSO = 5, 10
"""Best paragraphs in which words are looked for that go with those asked for, and how many words are taken."""


def rarities(question: Question, counts: Mapping[str, int], passages: int) -> dict[str, float]:
    """How much each term says: its inverse document frequency, as BM25 has it.

    Args:
        question: what is asked.
        counts: in how many passages each term is; one that no paper has is the rarest of all.
        passages: how many there are.
    """
    return {term.text: _rarity(counts.get(term.text, 0), passages) for term in question.terms if term.text != "√"}


def _rarity(count: int, passages: int) -> float:
    count = min(count, passages)
    return math.log(1 + (passages - count + 0.5) / (count + 0.5))


def ranked(
    question: Question,
    candidates: Sequence[Candidate],
    rarity: Mapping[str, float],
    passages: int,
    count: Callable[[Iterable[str]], Mapping[str, int]],
    weights: Weights | None = None,
) -> list[Scored]:
    """The candidates that say anything of what is asked for, by how well.

    Args:
        question: what is asked.
        candidates: sections.
        rarity: how much each term says; see :func:`rarities`.
        passages: how many passages there are in all.
        count: in how many passages words (not stems) are.
        weights: others than usual.
    """
    judge = _Judge(question, candidates, rarity, weights or Weights())
    first = judge.round({})
    also = judge.going_with(first[:_FROM], passages, count)
    sure = {one.which: one.sure for one in first}
    return [one._replace(sure=sure[one.which]) for one in judge.round(also)]


class _Section:
    """A candidate in tokens."""

    __slots__ = ("aside", "counts", "heading", "lengths", "numbers", "pairs", "title")

    def __init__(self, candidate: Candidate) -> None:
        self.heading = _names(candidate.heading)
        self.title = frozenset(_names(candidate.title))
        said = [_names(part.text) for part in candidate.parts]
        self.numbers = {part.number: i for i, part in enumerate(candidate.parts)}
        self.counts = [Counter(names) for names in said]
        self.pairs = [Counter(pairwise(names)) for names in said]
        self.lengths = [len(names) for names in said]
        self.aside = candidate.aside


def _names(text: str) -> list[str]:
    return [token.text for token in tokens(plain(text))]


class _Judge:
    """The candidates and what is asked of them."""

    def __init__(
        self, question: Question, candidates: Sequence[Candidate], rarity: Mapping[str, float], weights: Weights
    ) -> None:
        self._candidates, self._rarity, self._weights = candidates, rarity, weights
        self._sections = [_Section(candidate) for candidate in candidates]
        lengths = [length for section in self._sections for length in section.lengths]
        self._usual = max(1.0, sum(lengths) / max(1, len(lengths)))
        self._pairs = {
            pair: weights.pair * max(rarity.get(name, 0.0) for name in pair) for pair in question.pairs
        }  # fmt: skip
        self._whole = sum(rarity.values()) or 1.0

    def round(self, also: Mapping[str, float]) -> list[Scored]:
        """All sections, the best first; ``also`` are terms that were not asked for, with their weights."""
        wanted = {**also, **self._rarity}
        scored = [self._section(i, section, wanted) for i, section in enumerate(self._sections)]
        return sorted((one for one in scored if one.score > 0), key=lambda one: -one.score)

    def _section(self, index: int, section: _Section, wanted: Mapping[str, float]) -> Scored:
        weights = self._weights
        scores = sorted(((self._part(section, i, wanted), -i) for i in range(len(section.counts))), reverse=True)
        best = [(score, -i) for score, i in scores if score > 0]
        if not best:
            return Scored(index, 0.0, (), 0.0)
        top = best[0][0]
        score = top + weights.others * sum(more / 2**n for n, (more, _) in enumerate(best[1:3]))
        score += weights.asked_heading * self._heading(section)
        if section.aside:
            score *= weights.aside
        return Scored(index, score, tuple(i for _, i in best), top / self._whole)

    def _heading(self, section: _Section) -> float:
        """What the asked words of a heading weigh, less for each word beside them."""
        words = [name for name in section.heading if len(name) > 2 and name not in SAYS_NOTHING]
        asked = [self._rarity[name] for name in words if name in self._rarity]
        return sum(asked) * len(asked) / len(words) if words else 0.0

    def _part(self, section: _Section, i: int, wanted: Mapping[str, float]) -> float:
        weights, counts = self._weights, section.counts[i]
        number = list(section.numbers)[i]
        near = [section.counts[j] for n in (number - 1, number + 1) if (j := section.numbers.get(n)) is not None]
        norm = 1 - weights.b + weights.b * max(1, section.lengths[i]) / self._usual
        score = own = 0.0
        for name, weight in wanted.items():
            inside = counts[name] / norm
            tf = inside
            tf += weights.neighbour * sum(name in other for other in near)
            tf += weights.heading * (name in section.heading) + weights.title * (name in section.title)
            own += inside if name in self._rarity else 0.0
            score += weight * tf / (weights.k1 + tf)
        for pair, weight in self._pairs.items():
            tf = section.pairs[i][pair] / norm
            score += weight * tf / (weights.k1 + tf)
        return score if own else 0.0

    def going_with(
        self, best: Sequence[Scored], passages: int, count: Callable[[Iterable[str]], Mapping[str, int]]
    ) -> dict[str, float]:
        """Words of the best paragraphs that are frequent there and rare elsewhere, with their weights."""
        total = sum(one.score for one in best) or 1.0
        shares: Counter[str] = Counter()
        written: dict[str, set[str]] = {}
        for one in best:
            part = tokens(plain(self._candidates[one.which].parts[one.parts[0]].text))
            for token in part:
                if len(token.word) > 2 and token.word not in SAYS_NOTHING and not token.word.isdigit():
                    shares[token.text] += one.score / total / len(part)  # type: ignore[assignment]  # a Counter adds floats
                    written.setdefault(token.text, set()).add(token.word)
        known = count({word for words in written.values() for word in words})
        counts = {name: sum(known.get(word, 0) for word in words) for name, words in written.items()}
        weighed = {
            name: share * _rarity(counts[name], passages)
            for name, share in shares.items()
            if name not in self._rarity and counts[name] > 1  # what is in one place alone goes with nothing
        }
        chosen = sorted(weighed, key=lambda name: -weighed[name])[:_MOST_ALSO]
        if not chosen:
            return {}
        scale = self._weights.also * max(self._rarity.values()) / weighed[chosen[0]]
        return {name: scale * weighed[name] for name in chosen}
