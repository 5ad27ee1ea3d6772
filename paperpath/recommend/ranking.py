"""Candidates in the order in which a reader may want them, each with its reason."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.collecting import uncollected
from paperpath.recommend.classifier import Classifier
from paperpath.recommend.vectors import Space, Vector, dot, telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.recommend.vectors import Text

REST = 3000
"""Candidates that stand for what nobody asked for, drawn at random; all 3,000 of a week rank no better and take 2 s."""
COST = 3.0
"""What it costs to be wrong about all wanted papers together, over the same for the rest, times their number."""
DISMISSED = 4.0
"""How much more a paper counts that was sent away than one that nobody has judged."""
NEAR = 0.06
"""Cosine below which no paper is called like another: of two abstracts drawn at random, one pair in twenty is above."""
_WORDS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper is where it is."""

    like: str | None = None
    """Name of the paper among those wanted that it is most like."""
    words: tuple[str, ...] = ()
    """What speaks for it, the strongest first."""
    authors: tuple[str, ...] = ()
    """Authors of papers that were wanted."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place."""

    text: Text
    score: float
    """About 1 for what is like the papers wanted, about -1 for the rest; 0 for all when nothing is known."""
    reason: Reason


def rank(
    wanted: Sequence[Text], dismissed: Sequence[Text], candidates: Sequence[Text], *, reasons: int = 100
) -> list[Ranked]:
    """All candidates, the best first; without any paper that was wanted, the newest first and without reasons.

    Args:
        wanted: papers that were read or kept.
        dismissed: papers that were sent away.
        candidates: papers to choose from; a sample of them stands for the rest.
        reasons: how many of the first get a reason: that costs as much as the rank itself.
    """
    newest = sorted(candidates, key=lambda text: (text.date, text.name), reverse=True)
    if not wanted or not candidates:
        return [Ranked(text, 0.0, Reason()) for text in newest]
    with uncollected():
        return _ranked(wanted, dismissed, newest, reasons)


def _ranked(wanted: Sequence[Text], dismissed: Sequence[Text], candidates: list[Text], reasons: int) -> list[Ranked]:
    space = Space([*wanted, *dismissed, *candidates])
    liked, judged = space.vectors[: len(wanted)], len(wanted) + len(dismissed)
    rest = sorted(random.Random(0).sample(range(len(candidates)), min(REST, len(candidates))))  # noqa: S311 - as above
    training = space.vectors[:judged] + [space.vectors[judged + at] for at in rest]
    costs = [COST * len(rest) / len(wanted)] * len(wanted) + [DISMISSED] * len(dismissed) + [1.0] * len(rest)
    mean = sum(costs) / len(costs)
    judge = Classifier(training, [at < len(wanted) for at in range(len(training))], [cost / mean for cost in costs])
    place = {at: judged + number for number, at in enumerate(rest)}
    scored = [
        (judge.unbiased(place[at], vector) if at in place else judge.score(vector), at)
        for at, vector in enumerate(space.vectors[judged:])
    ]
    scored.sort(key=lambda one: (-one[0], one[1]))
    people = {author for text in wanted for author in text.authors}
    return [
        Ranked(
            candidates[at],
            score,
            _reason(space.vectors[judged + at], candidates[at], wanted, liked, judge, people)
            if number < reasons
            else Reason(),
        )
        for number, (score, at) in enumerate(scored)
    ]


def _reason(
    vector: Vector, text: Text, wanted: Sequence[Text], liked: Sequence[Vector], judge: Classifier, people: set[str]
) -> Reason:
    nearness, nearest = max((dot(vector, other), -at) for at, other in enumerate(liked))
    known = tuple(author for author in text.authors if author in people)
    if nearness < NEAR:
        return Reason(authors=known)
    weights, near = judge.weights, liked[-nearest]
    common = {term: weights.get(term, 0.0) * value for term, value in vector.items() if term in near}
    words = telling(sorted((term for term in common if common[term] > 0), key=lambda term: (-common[term], term)))
    return Reason(wanted[-nearest].name, tuple(words[:_WORDS]), known)
