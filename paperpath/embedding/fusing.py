"""One order of two: by words, and by meaning.

A weighted sum, each part in its own measure: a score by words over the best one of them, a cosine by how far it is from
the mean to the best. Cosines of one model lie between 0 and 1, of another between 0.7 and 1, so that they say something
only beside each other. Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009) needs no measure at all; on the
same questions it was behind, because the first by words is so often right: see ``docs/decisions/0016``.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FAR = 2.0
"""Standard deviations above the mean of all from which a text is close in meaning: four in a hundred are."""
FEW = 10
"""Fewer texts than these have no mean worth the name."""


def measured(cosines: Sequence[float | None]) -> list[float]:
    """Each cosine from 0, the mean or less, to 1, the best; what is not known counts as the mean."""
    known = [one for one in cosines if one is not None]
    mean = sum(known) / len(known) if known else 0.0
    span = max(known, default=0.0) - mean
    if span <= 1e-6:
        return [0.0] * len(cosines)
    return [0.0 if one is None else max(0.0, (one - mean) / span) for one in cosines]


def fused(words: Sequence[float], meaning: Sequence[float], weight: float) -> list[float]:
    """0 to 1 for each text: its score by words over the best of them, and its :func:`measured` cosine by ``weight``."""
    most = max(words, default=0.0) or 1.0
    return [(1 - weight) * word / most + weight * near for word, near in zip(words, meaning, strict=True)]


def close(cosines: Sequence[float | None]) -> list[bool]:
    """Which of many texts are close in meaning: far from what is usual among them."""
    known = [one for one in cosines if one is not None]
    if len(known) < FEW:
        return [False] * len(cosines)
    mean = sum(known) / len(known)
    line = mean + FAR * sqrt(sum((one - mean) ** 2 for one in known) / len(known))
    return [one is not None and one > line for one in cosines]
