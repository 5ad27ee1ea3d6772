"""What was found in a document that cites, gathered in the order of the text.

The readers blank what is no text (comments, code) with spaces instead of cutting it out, so that every place keeps its
line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from paperpath.formats.result import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"[^\n]+")


class Cited(NamedTuple):
    """What a document cites."""

    keys: dict[str, int]
    """Citation keys with the line where each is cited first, in the order of those places."""
    includes: dict[str, int] = {}  # noqa: RUF012 - never changed
    """Names of files that belong to the document, as it writes them, with the line that names them first."""
    labels: frozenset[str] = frozenset()
    """Names that the document gives to its own figures and sections, for where ``@name`` may mean these as well."""
    everything: bool = False
    r"""Whether it asks for the whole bibliography, as ``\nocite{*}`` does."""
    problems: tuple[Problem, ...] = ()
    """What could not be followed, in the order of the lines."""


class Found:
    """A :class:`Cited` in the making."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._keys: dict[str, int] = {}
        self._includes: dict[str, int] = {}
        self._labels: set[str] = set()
        self._problems: list[Problem] = []
        self._everything = False

    def cite(self, key: str, at: int) -> None:
        """Take a key, cited at this offset; ``*`` is all there are."""
        key = " ".join(key.split())
        if key == "*":
            self._everything = True
        elif key:
            self._keys.setdefault(key, self._line(at))

    def include(self, name: str, at: int) -> None:
        """Take the name of a file that belongs to the document."""
        if name := name.strip():
            self._includes.setdefault(name, self._line(at))

    def label(self, names: Iterable[str]) -> None:
        """Take names that the document defines."""
        self._labels.update(names)

    def problem(self, at: int, message: str) -> None:
        """Take something that could not be followed."""
        self._problems.append(Problem(self._line(at), message))

    def cited(self) -> Cited:
        """All of it."""
        return Cited(
            self._keys, self._includes, frozenset(self._labels), self._everything, tuple(sorted(self._problems))
        )

    def _line(self, at: int) -> int:
        return bisect_left(self._ends, at) + 1


def blank(text: str) -> str:
    """Spaces for everything but the ends of lines."""
    return _LINE.sub(lambda match: " " * len(match[0]), text)
