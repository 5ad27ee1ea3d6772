"""Where a technique comes from: its name → the paper that introduced it, as the reading lists say.

People write a name as they heard it: ``Batch-Norm``, ``residual connections``, ``language modeling``, ``LSTM``.
So names are compared without case, accents, hyphens, blanks, plurals and the two spellings of English; then by words
that merely begin alike; then by initials; and what only resembles is offered, not answered.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadInput
from paperpath.library.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperpath.library import Library, Row


class Origin(NamedTuple):
    """A technique and the paper that introduced it."""

    technique: str
    """As the list writes it."""
    row: Row
    why: str
    """What the list says about the paper."""
    lists: tuple[str, ...]
    """Names of the lists that say so."""


class Origins(NamedTuple):
    """What the lists know about a name."""

    found: tuple[Origin, ...]
    """The technique of that name, or those whose names contain its words; the oldest paper first."""
    near: tuple[Origin, ...]
    """Those that only resemble it, the closest first; empty when something was found."""


def origins(library: Library, name: str) -> Origins:
    """The papers that introduced the technique ``name``.

    Raises:
        BadInput: ``name`` has no letter or digit.
    """
    wanted = words_of(name)
    if not wanted:
        raise BadInput('Say the name of a technique: paperpath origin "batch normalization"')
    every = techniques(library)
    known = [(one, words_of(one.technique)) for one in every]
    joined = "".join(wanted)
    tests: tuple[Callable[[list[str]], bool], ...] = (
        lambda words: "".join(words) == joined,
        lambda words: _begin(wanted, words),
        lambda words: len(words) > 1 and "".join(word[0] for word in words) == joined,
    )
    for test in tests:
        found = [one for one, words in known if test(words)]
        if found:
            return Origins(_oldest_first(found), ())
    by_name = {"".join(words): one for one, words in reversed(known)}
    close = get_close_matches(joined, by_name, n=4, cutoff=0.65)
    return Origins((), tuple(by_name[one] for one in close))


def techniques(library: Library) -> list[Origin]:
    """Everything that any list says was introduced by one of its papers."""
    found: dict[tuple[str, str], Origin] = {}
    for reading_list in library.lists():
        rows: dict[str, Row] = {}
        for entry in reading_list.entries:
            for technique in entry.introduces:
                rows = rows or {row.key: row for row in library.rows(list_name=reading_list.name)}
                place = ("".join(words_of(technique)), entry.key)
                said = found.get(place) or Origin(technique, rows[entry.key], entry.why, ())
                found[place] = said._replace(lists=(*said.lists, reading_list.name))
    return list(found.values())


def words_of(name: str) -> list[str]:
    """The words of a name in the form in which they are compared: ``Residual Connections`` → residual, connection."""
    return [_singular(word) for word in re.findall(r"[^\W_]+", fold(name).replace("'", ""))]


def _singular(word: str) -> str:
    if len(word) > 6:  # British and American: normalisation, modelling
        word = re.sub(r"is(ation|ing|ed|er|e)(s?)$", r"iz\1\2", word)
        word = re.sub(r"ll(ing|ed|er)(s?)$", r"l\1\2", word)
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def _begin(wanted: list[str], words: list[str]) -> bool:
    """Whether each wanted word begins one of the words, as ``batch norm`` does in ``batch normalization``.

    A single letter, as in ``q-learning``, must be one of the words.
    """
    begun = all(any(word.startswith(one) if len(one) > 1 else word == one for word in words) for one in wanted)
    return begun and max(map(len, wanted)) > 2


def _oldest_first(found: Iterable[Origin]) -> tuple[Origin, ...]:
    return tuple(sorted(found, key=lambda one: (one.row.year or 9999, one.technique)))
