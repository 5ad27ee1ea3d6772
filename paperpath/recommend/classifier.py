"""A linear classifier over sparse vectors: a support vector machine with squared hinge loss, trained in its dual.

The algorithm is the coordinate descent of Hsieh et al., "A dual coordinate descent method for large-scale linear SVM"
(ICML 2008), which is LIBLINEAR's and so scikit-learn's ``LinearSVC``: some hundred papers need some ten rounds. The
dual is also what lets a paper be judged without its own vote (:meth:`Classifier.unbiased`).
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperpath.recommend.vectors import Vector

ROUNDS = 20
CLOSE = 0.02
"""Training ends when no paper was further off than this in a round; ranks do not change by what comes after."""
FULL = 5
"""Every so many rounds all papers are looked at again. Between, those without a vote rest: nine of ten papers are so
unlike what was wanted that they never get one."""


class Classifier:
    """Tells what somebody wanted from the rest."""

    def __init__(self, vectors: Sequence[Vector], wanted: Sequence[bool], costs: Sequence[float]) -> None:
        """Train on ``vectors`` of length 1; ``costs`` says what it costs to be wrong about each."""
        self.weights: Vector = {}
        self.bias = 0.0
        self._votes = [0.0] * len(vectors)
        signs = [1.0 if one else -1.0 for one in wanted]
        order = list(range(len(vectors)))
        dice = random.Random(0)  # noqa: S311 - the same library gives the same ranks
        for number in range(ROUNDS):
            full = number % FULL == 0
            active = order if full else [at for at in order if self._votes[at] > 0.0]
            dice.shuffle(active)
            off = max((self._adjust(at, vectors[at], signs[at], costs[at]) for at in active), default=0.0)
            if full and off < CLOSE:
                break

    def score(self, vector: Mapping[str, float]) -> float:
        """How much a paper is like what was wanted; about 1 for that, about -1 for the rest."""
        weights = self.weights
        return self.bias + sum([value * weights[term] for term, value in vector.items() if term in weights])

    def unbiased(self, at: int, vector: Mapping[str, float]) -> float:
        """The score of the paper that was number ``at`` of the training, without what it said about itself.

        A paper that is among the rest only because nobody has seen it yet would otherwise count against itself.
        """
        return self.score(vector) + self._votes[at] * 2.0  # its own product with itself is 1, and as much for the bias

    def _adjust(self, at: int, vector: Vector, sign: float, cost: float) -> float:
        """Set the vote of one paper to what is best with the others as they are; how far off it was."""
        before = self._votes[at]
        slope = sign * self.score(vector) - 1.0 + before / (2.0 * cost)
        if before <= 0.0 and slope >= 0.0:
            return 0.0
        vote = self._votes[at] = max(0.0, before - slope / (2.0 + 1.0 / (2.0 * cost)))
        step = sign * (vote - before)
        weights = self.weights
        for term, value in vector.items():
            weights[term] = weights.get(term, 0.0) + step * value
        self.bias += step
        return abs(slope)
