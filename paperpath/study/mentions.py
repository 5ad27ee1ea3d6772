"""Techniques by their names in the text of a paper: what comes up there that the reader may not know yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from paperpath.model import ParsedPaper


@dataclass(frozen=True, slots=True)
class Mention:
    """A technique that a text speaks of."""

    key: str
    """The paper that introduced it."""
    topic: str
    """As that paper's entry writes it."""
    section: str
    """Where it is spoken of first: ``3.1 Encoder and Decoder Stacks``, ``Abstract``, ``Figure 1``."""
    times: int


def mentions(parsed: ParsedPaper, topics: Mapping[str, Iterable[str]]) -> list[Mention]:
    """The techniques of ``topics`` (key → names) that a text names; for each paper the one that is named most often.

    The bibliography does not count: every paper is named there by its title.
    """
    places = [*_places(parsed)]
    every = {name for names in topics.values() for name in names}
    found = []
    for key, names in topics.items():
        named = [mention for name in names if (mention := _mention(key, name, places, every))]
        if named:
            found.append(max(named, key=lambda one: one.times))
    return found


def _mention(key: str, name: str, places: list[tuple[str, str]], every: Collection[str]) -> Mention | None:
    """Where a name is, but for where it is a part of a longer one: ``Faster R-CNN`` does not speak of ``R-CNN``."""
    pattern = _pattern(name)
    longer = [_pattern(other) for other in every if len(other) > len(name) and pattern.search(other)]
    counts = []
    for place, text in places:
        inside = [match.span() for other in longer for match in other.finditer(text)]
        starts = [match.start() for match in pattern.finditer(text)]
        counts.append((place, sum(not any(a <= start < b for a, b in inside) for start in starts)))
    first = next((place for place, count in counts if count), None)
    return None if first is None else Mention(key, name, first, sum(count for _, count in counts))


@lru_cache(maxsize=2048)
def _pattern(name: str) -> re.Pattern[str]:
    """The name with any blanks or hyphens between its words, one or several of it.

    A name of one word with a capital letter (``Adam``, ``GAN``) must be written so: ``adam`` and ``clip`` are words.
    """
    words = re.split(r"[\s-]+", name.strip())
    plain = len(words) > 1 or name == name.lower()
    body = r"[\s\u2010-\u2013-]+".join(map(re.escape, words))
    return re.compile(rf"(?<![\w-]){body}(?:s|es)?(?![\w-])", re.IGNORECASE if plain else 0)


def _places(parsed: ParsedPaper) -> Iterable[tuple[str, str]]:
    """Every stretch of text under the name of its place, in reading order."""
    if parsed.abstract:
        yield "Abstract", parsed.abstract
    for section in parsed.sections:
        if not parsed.heads_references(section):
            yield section.heading, f"{section.title}\n{section.text}"
    for caption in parsed.captions:
        yield caption.name, caption.text
