"""A formula for citation keys: separators, words and parts that are filled from a paper.

How a formula is written is told in :mod:`~paperpath.formats.key_syntax`. Four rules keep every formula from making
keys that are ugly or that BibTeX cannot take. Everything is lower case unless an option says otherwise. Of the
separators ``- _ :`` outside braces, those beside an empty part vanish with it. What has stood in for another part is
not written again, so that ``{author|title}{year}{title}`` makes ``nobody2020`` of a paper without authors. A key that
would not say which paper it is falls back on the paper's id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperpath.formats import key_parts

if TYPE_CHECKING:
    from collections.abc import Container

    from paperpath.model import Paper

LONGEST_KEY = 120
"""A paper can have three thousand authors."""

NAMES = ("author", "lastauthor", "authors", "editor", "lasteditor", "editors")
WORDS = ("title", "venue", "organisation")
PARTS = (*NAMES, *WORDS, *key_parts.PLAIN)
"""All names of parts."""
_TELLING = frozenset({*NAMES, *WORDS, "arxiv", "doi"})
"""Parts that say which paper it is; without any of them a key has to fall back on something."""
_ETAL = "EtAl"

FORBIDDEN = re.compile(r"[^A-Za-z0-9:_-]")
_SEPARATORS = ":_-"


@dataclass(frozen=True, slots=True)
class Part:
    """A name with its options, or a quoted text."""

    name: str
    """One of :data:`PARTS`, or ``'`` for a quoted text."""
    text: str = ""
    """The quoted text."""
    count: int | None = None
    """How many names, words or digits of the year; 0 for all, None for what is usual."""
    letters: int | None = None
    """How many letters of each; None for all of them."""
    initials: bool = False
    """Whether one letter of each is meant, and of all unless a count says otherwise."""
    case: str = "lower"
    joint: str = ""
    """What stands between names or words."""
    shorten: int | None = None
    """Longer lists of names than this end in "EtAl" behind the first ``count``; 0 for longer than ``count`` itself."""
    particle: bool = False
    every: bool = False
    """Whether words that say nothing count too."""

    def __call__(self, paper: Paper) -> str:
        """What the part is for this paper; empty if there is nothing."""
        if self.name == "'":
            return self.text
        if self.name in NAMES:
            words = self._names(paper)
        elif self.name in WORDS:
            words = self._words(paper)
        else:
            text = key_parts.PLAIN[self.name](paper)
            words = [text[-2:] if self.name == "year" and self.count == 2 else text]
        letters = 1 if self.initials else self.letters
        cased = (_cased(word if word == _ETAL else word[:letters], self.case) for word in words)
        return FORBIDDEN.sub("", self.joint.join(cased))

    def _names(self, paper: Paper) -> list[str]:
        people = key_parts.editors(paper) if "editor" in self.name else paper.authors
        if not self.name.endswith("s"):
            one = key_parts.named(people)[-1:] if self.name.startswith("last") else people[:1]
            return key_parts.surnames(one, particle=self.particle)
        names = key_parts.surnames(key_parts.named(people), particle=self.particle)
        if self.shorten is None:
            return names[: self.count or len(names)]
        limit = self.shorten or self.count or 1
        more = len(names) > limit or len(key_parts.named(people)) < len(people)
        if not names or not more:
            return names
        return [*names[: self.count or 1], _ETAL]

    def _words(self, paper: Paper) -> list[str]:
        if self.name == "venue":
            if self.count is None and not self.initials:
                return [short] if (short := key_parts.short_venue(paper)) else []
            words = key_parts.venue_words(paper)
        else:
            text = paper.title if self.name == "title" else key_parts.organisation(paper)
            words = key_parts.telling_words(text, every=self.every)
        usual = 0 if self.initials else 1
        return words[: (usual if self.count is None else self.count) or len(words)]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read; calling it makes a key."""

    text: str
    """As written."""
    pieces: tuple[str | tuple[Part, ...], ...] = field(repr=False)
    """Separators, words and, for each pair of braces, its alternatives."""

    def __call__(self, paper: Paper, taken: Container[str]) -> str:
        """A key for ``paper`` that is not in ``taken``: the formula's, with ``a``, ``b`` … ``z``, ``aa`` behind it.

        Args:
            paper: any paper; what is missing is left out of the key.
            taken: the keys in use; it should answer without regard to case, as BibTeX does.
        """
        return free_key(self.base(paper), taken)

    def base(self, paper: Paper) -> str:
        """The key of ``paper`` before anything is done about collisions: ``[A-Za-z][A-Za-z0-9:_-]*``."""
        key, told = self._filled(paper)
        key = key[:LONGEST_KEY].rstrip(_SEPARATORS)
        if not told or not key:
            key = key_parts.id_part(paper) or (key if key[:1].isalpha() else f"paper{key}")
        return key if key[0].isalpha() else f"p{key}"

    def _filled(self, paper: Paper) -> tuple[str, bool]:
        """The text, and whether any of it tells this paper from another."""
        key = separator = ""
        told = False
        said: set[str] = set()
        stood_in: set[str] = set()
        for piece in self.pieces:
            if isinstance(piece, str) and piece[0] in _SEPARATORS:
                separator = separator or piece
                continue
            if isinstance(piece, str):
                text = piece
            else:
                name, text = _first(piece, paper, said, stood_in)
                told = told or name in _TELLING
            if text:
                key += (separator if key else "") + text
                separator = ""
        return key, told


def _first(choice: tuple[Part, ...], paper: Paper, said: set[str], stood_in: set[str]) -> tuple[str, str]:
    """Name and text of the first alternative that is not empty; none says what was said in another's place."""
    for rank, part in enumerate(choice):
        if part.name in (said if rank else stood_in):
            continue
        if text := part(paper):
            if part.name in PARTS:
                said.add(part.name)
                stood_in.update([part.name] if rank else ())
            return part.name, text
    return "", ""


def _cased(text: str, case: str) -> str:
    if case == "capital":
        return text if text == _ETAL else text.capitalize()
    if case == "keep":
        return text
    return text.upper() if case == "upper" else text.lower()


def free_key(base: str, taken: Container[str]) -> str:
    """``base`` if it is not in ``taken``, else with the first of ``a``, ``b`` … ``z``, ``aa`` that makes it free."""
    key = base
    number = 0
    while key in taken:
        number += 1
        key = base + _letters(number)
    return key


def _letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
