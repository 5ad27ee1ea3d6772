"""Words found again by their letters and digits alone, whatever stands between them.

A quote was taken from text in which hyphens at line ends, ligatures, accents and columns are resolved; on the page they
are not. Both sides are reduced to their *bones*, small letters and digits without accents, and each bone remembers
which character it is from. Where even the bones differ, because a formula or a running head comes in between, the
quote is laid along the text piece by piece.
"""

from __future__ import annotations

import bisect
import unicodedata
from typing import NamedTuple

_SEED = 9
"""Bones that must agree before a piece is believed; "the model" has eight."""
_FAR = 3_000
"""Bones between two pieces of one quote: less than a page, so that a float may stand in between."""
_ENOUGH = 0.6
"""The part of a quote that must be found, for it to be found at all: half of a sentence may be a formula."""
_LONGEST = 20_000
"""Bones of a quote that are looked for: five pages."""
_TRIES = 400
"""Bones at the beginning of a quote of which one must be found: each is looked for in the whole text."""
_MOST = 1_000
"""Places of equal words that are compared; "the" stands 5,000 times in a book."""

Span = tuple[int, int]
"""First bone, and the one after the last."""


class Bones(NamedTuple):
    """The letters and digits of a text."""

    text: str
    places: list[int]
    """For each of them the index of the character that it is from."""


def bones(text: str) -> Bones:
    """The bones of ``text``: ``ﬁne-tuned α²`` is ``finetunedα2``."""
    letters: list[str] = []
    places: list[int] = []
    for i, character in enumerate(text):
        if character.isascii():
            if character.isalnum():
                letters.append(character.lower())
                places.append(i)
            continue
        for part in unicodedata.normalize("NFKD", character).casefold():
            if part.isalnum():
                letters.append(part)
                places.append(i)
    return Bones("".join(letters), places)


def find(text: str, quote: str, *, before: str = "", after: str = "", near: int = 0) -> list[Span]:
    """Where ``quote`` stands in ``text``: one span, several where something comes in between, none if it is not there.

    Args:
        text: bones of a document.
        quote: bones of the words; their beginning, if they are very long.
        before, after: bones of what stands around them, by which equal quotes are told apart.
        near: where in ``text`` they are expected; the nearest of equals is taken.
    """
    quote = quote[:_LONGEST]
    if not quote:
        return []
    best: tuple[int, int, int] | None = None
    at, seen = text.find(quote), 0
    while at >= 0 and seen < _MOST:
        end = at + len(quote)
        score = _agree(before[::-1], text[max(0, at - len(before)) : at][::-1])
        score += _agree(after, text[end : end + len(after)])
        best = max(best or (-1, 0, 0), (score, -abs(at - near), at))
        at, seen = text.find(quote, at + 1), seen + 1
    if best is not None:
        return [(best[2], best[2] + len(quote))]
    return _pieces(text, quote, near)


def _agree(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _pieces(text: str, quote: str, near: int) -> list[Span]:
    """The quote laid along the text, greedily: each piece begins at the next place where its first bones agree."""
    found: list[Span] = []
    at, start = 0, max(0, near - _FAR)
    while at + min(_SEED, len(quote)) <= len(quote):
        seed = quote[at : at + _SEED]
        limit = found[-1][1] + _FAR if found else len(text)
        place = text.find(seed, found[-1][1] if found else start, limit)
        if place < 0 and not found:
            place = text.find(seed, 0, start)
        if place < 0:
            at += 1
            if not found and at > _TRIES:
                return []
            continue
        length = _SEED + _agree(quote[at + _SEED :], text[place + _SEED : place + len(quote) - at])
        if found and place == found[-1][1]:
            found[-1] = (found[-1][0], place + length)
        else:
            found.append((place, place + length))
        at += length
    covered = sum(end - begin for begin, end in found)
    return _without_holes(found) if covered >= max(_SEED, _ENOUGH * len(quote)) else []


def _without_holes(spans: list[Span]) -> list[Span]:
    """Spans with a formula's worth of other bones between them become one."""
    joined = spans[:1]
    for begin, end in spans[1:]:
        if begin - joined[-1][1] <= 2 * _SEED:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


class Sheets:
    """The bones of several texts, such as the pages of a document, as one text."""

    def __init__(self, texts: list[str]) -> None:
        self.parts = [bones(text) for text in texts]
        self.text = "".join(part.text for part in self.parts)
        self._starts = [0]
        for part in self.parts:
            self._starts.append(self._starts[-1] + len(part.text))

    def start(self, number: int) -> int:
        """Where the bones of text ``number`` (from 0) begin."""
        return self._starts[max(0, min(number, len(self.parts)))]

    def characters(self, span: Span) -> list[tuple[int, int, int]]:
        """The characters that a span of bones is from: number of the text, index of the first, index after the last."""
        found = []
        begin, end = span
        while begin < end:
            number = bisect.bisect_right(self._starts, begin) - 1
            stop = min(end, self._starts[number + 1])
            places = self.parts[number].places
            first, last = places[begin - self._starts[number]], places[stop - 1 - self._starts[number]]
            found.append((number, first, last + 1))
            begin = stop
        return found
