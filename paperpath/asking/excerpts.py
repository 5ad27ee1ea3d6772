"""A paragraph that answers → its sentences that do, and where the words of the question stand in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperpath.asking.tokens import TOKEN, plain, tokens

if TYPE_CHECKING:
    from collections.abc import Collection

_STOP = re.compile(r"(?<=[.?!])[\"”’)\]]*\s+(?=[A-Z\[(“\"])")
_NOT_A_STOP = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|al|Fig|Figs|Eq|Eqs|Sec|Secs|resp|No|etc|Dr|Mr|Prof|[A-Z])\.)$")


class Excerpt(NamedTuple):
    """A stretch of a paragraph."""

    text: str
    whole: bool
    """Whether it is all of the paragraph."""


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; an abbreviation such as ``et al.`` or an initial ends none."""
    found: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        if not _NOT_A_STOP.search(text[start : match.start()].rstrip('"”’)]')):
            found.append(text[start : match.start()].strip())
            start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def excerpt(text: str, names: Collection[str], longest: int) -> Excerpt:
    """The sentences in a row that have most of these terms, in up to ``longest`` characters.

    A single sentence that is longer is cut off between words.
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return Excerpt(text, True)
    every = sentences(text)
    have = [{token.text for token in tokens(plain(sentence))} & set(names) for sentence in every]
    best: tuple[int, int, int] = (-1, 0, 0)
    for first in range(len(every)):
        length = 0
        said: set[str] = set()
        for last in range(first, len(every)):
            length += len(every[last]) + 1
            if length > longest + 1 and last > first:
                break
            said |= have[last]
            best = max(best, (len(said), -first, last), key=lambda one: (one[0], one[1], one[2]))
    chosen = " ".join(every[-best[1] : best[2] + 1])
    if len(chosen) > longest:
        chosen = chosen[: longest - 1].rsplit(" ", 1)[0] + "…"
    return Excerpt(chosen, False)


def places(text: str, names: Collection[str]) -> list[tuple[int, int]]:
    """Where in ``text`` these terms stand, as [start, end)."""
    wanted = set(names)
    return [match.span() for match in TOKEN.finditer(text) if wanted & {t.text for t in tokens(plain(match[0]))}]
