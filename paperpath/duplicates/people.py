"""Whether two lists of authors are of the same people: initials, other orders of names, lists that were cut short."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from paperpath.duplicates.titles import APOSTROPHE, one_slip
from paperpath.formats.latex_decode import normal
from paperpath.formats.romanise import romanise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.model import Author

Agreement = Literal["all", "first", "reordered", "none", "unknown"]
"""All that both name; the first author and most others; all, but another is first; other people; an empty list."""

NAMESAKES = 9
"""People of one family name in one list that are looked at."""
MOST = 30
"""Authors that are looked at; a collaboration of thousands is known by its first ones."""

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[A-Z]{2,3}")
_UMLAUT = re.compile(r"(?<=[aou])e")
_OTHERS = re.compile(r"others|et\.? al\.?|\+\s?\d+|and \d+ others|…|\.\.\.", re.I)
_OF_A_GROUP = frozenset("the collaboration team group consortium project".split())


@dataclass(frozen=True, slots=True)
class Person:
    """A name made fit to be compared."""

    family: str
    """The letters of the family name without particle; ``Schölkopf`` and ``Schoelkopf`` are one."""
    last: str
    """Its last word, which is all that ``First Last`` leaves of a double name."""
    given: tuple[str, ...]
    """Given names or initials."""


def people(authors: Sequence[Author]) -> tuple[Person, ...]:
    """The people of a list, without "and others" and without the ``???`` that a lost encoding leaves of a name."""
    known = (person(author) for author in authors[:MOST] if not is_others(author))
    return tuple(one for one in known if one.family)


def is_others(author: Author) -> bool:
    """Whether it stands for all who are not named: ``others``, ``+7``."""
    return not author.given and len(author.family) < 20 and _OTHERS.fullmatch(author.family.strip()) is not None


@lru_cache(maxsize=65536)
def person(author: Author) -> Person:
    """One author in the form that is compared."""
    words = [_UMLAUT.sub("", word) for word in _words(author.family)]
    if author.literal and len(words) > 1:
        words = [word for word in words if word not in _OF_A_GROUP] or words
    given = _INITIALS.sub(lambda found: " ".join(found[0]), author.given) if len(author.given) < 4 else author.given
    return Person("".join(words), words[-1] if words else "", _words(given))


def agreement(ours: Sequence[Person], theirs: Sequence[Person]) -> Agreement:
    """How far two lists are of the same people.

    A list may be shorter than the other, because the rest is "and others" or was never typed. People who stand in
    another order are the same people if all are there.
    """
    if not ours or not theirs:
        return "unknown"
    if ours == theirs:
        return "all"
    shorter, longer = sorted((ours, theirs), key=len)
    by_name: dict[str, list[Person]] = {}
    for other in longer:
        by_name.setdefault(other.last, []).append(other)
    first = _same(ours[0], theirs[0])
    known = [
        max((_same(one, other) for other in (longer[at], *by_name.get(one.last, ()))), default=0)
        for at, one in enumerate(shorter)
    ]
    found = sum(level > 0 for level in known)
    if not any(level == _CERTAIN for level in known):
        return "none"  # also one author whose given name is another one
    if first and found == len(shorter):
        return "all" if len(shorter) > 1 or len(longer) == 1 else "first"
    if first and found >= 0.6 * len(shorter):
        return "first"
    return "reordered" if found == len(shorter) == len(longer) else "none"


def filled(authors: Sequence[Author], others: Sequence[Author]) -> tuple[Author, ...]:
    """``authors``, with the given names of ``others`` where those are the longer ones of the same person."""
    by_family: dict[str, list[Author]] = {}
    for other in others:
        by_family.setdefault(person(other).family, []).append(other)
    return tuple(_fuller(author, by_family.get(person(author).family, ())[:NAMESAKES]) for author in authors)


def _fuller(author: Author, others: Sequence[Author]) -> Author:
    """``author`` with the given names of the only one of ``others`` whom it can be."""
    same = [other for other in others if _same(person(author), person(other)) == _CERTAIN]
    if len(same) != 1 or author.literal or _length(same[0]) <= _length(author):
        return author
    return replace(author, given=same[0].given)


def _length(author: Author) -> int:
    return len("".join(person(author).given))


_CERTAIN, _CLOSE = 2, 1


def _same(a: Person, b: Person) -> int:
    """2 for the same name, 1 for one that may be the same person's, 0 for another."""
    if a.family == b.family or a.last == b.last:
        return _given(a.given, b.given)
    if sorted((*a.given, a.family)) == sorted((*b.given, b.family)):  # Li Wei, Wei Li
        return _CERTAIN
    slip = min(len(a.family), len(b.family)) >= 5 and one_slip(a.family, b.family)
    return _CERTAIN if slip and a.given and _given(a.given, b.given) == _CERTAIN else 0


def _given(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    if not a or not b:
        return _CERTAIN
    if a[0].startswith(b[0]) or b[0].startswith(a[0]):
        second = len(a) > 1 and len(b) > 1 and a[1][0] != b[1][0]  # John A. and John B., but also Jia-Bin and Jiabin
        return _CLOSE if second and len(a[0]) == len(b[0]) else _CERTAIN
    if "".join(a) == "".join(b):
        return _CERTAIN
    ours, theirs = {word[0] for word in a}, {word[0] for word in b}
    return _CLOSE if a[0][0] == b[0][0] or ours <= theirs or theirs <= ours else 0


def _words(name: str) -> tuple[str, ...]:
    if not name.isascii() or "\\" in name or "{" in name:
        name = romanise(normal(name))
    return tuple(_WORD.findall(APOSTROPHE.sub("", name.casefold())))
