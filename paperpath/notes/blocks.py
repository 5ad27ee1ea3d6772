"""Blocks of a note that paperpath drafts: found by their markers, replaced without losing what a reader did in them.

``<!-- paperpath:begin outline -->`` and ``<!-- paperpath:end outline -->``, each alone on its line: HTML comments,
because every Markdown renderer hides them. The front matter remembers a digest of each block as it was written::

    paperpath: {problem: kbdmfhpa, outline: acgnbeil}

so that three things can be told apart: a block that is not there yet (added), one that the reader deleted (stays
deleted) and one that the reader wrote into (kept as it is; ticks of a checklist do not count as writing).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKER = re.compile(r"^[ \t]*<!--[ \t]*paperpath:(begin|end)[ \t]+([\w-]+)[ \t]*-->[ \t]*\r?$", re.M)
_TICK = re.compile(r"^(?P<lead>[ \t]*[-*+] \[)(?P<tick>.)(?P<rest>\] .*)$", re.M)
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the draft; an empty body means that there is nothing to say (any more)."""

    name: str
    body: str

    @property
    def text(self) -> str:
        """The block with its markers. The empty lines are inside, so that adding a block adds nothing outside it."""
        inner = f"\n{self.body}\n\n" if self.body else ""
        return f"<!-- paperpath:begin {self.name} -->\n{inner}<!-- paperpath:end {self.name} -->\n"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a block lies in a note."""

    begin: int
    """Index of the line with the begin marker."""
    start: int
    """Index after that line: where the content starts."""
    end: int
    """Index of the line with the end marker: where the content ends."""
    after: int
    """Index after that line."""


def find(text: str, start: int) -> dict[str, Found | None]:
    """The blocks in ``text`` from ``start`` on; None for one whose markers are incomplete, doubled or interleaved."""
    markers = list(_MARKER.finditer(text, start))
    found: dict[str, Found | None] = {match[2]: None for match in markers}
    for first, second in pairwise(markers):
        name = first[2]
        paired = (first[1], second[1], second[2]) == ("begin", "end", name)
        if paired and sum(match[2] == name for match in markers) == 2:
            found[name] = Found(first.start(), _line_end(text, first), second.start(), _line_end(text, second))
    return found


def without_drafts(text: str, memory: Mapping[str, str]) -> str:
    """``text`` without the blocks that are as they were drafted, and without the markers of all others.

    Args:
        text: the body of a note.
        memory: the digest of each block as it was written; a block that it does not know is kept.
    """
    for name, place in find(text, 0).items():
        if place is None:
            continue
        found = find(text, 0)[name] or place  # it has moved, if one before it is gone
        content = text[found.start : found.end]
        ticked = any(match["tick"] != " " for match in _TICK.finditer(content))
        if is_empty(content) or (memory.get(name) == digest(content) and not ticked):
            text = text[: found.begin] + text[found.after :]
    return without_markers(text)


def without_markers(text: str) -> str:
    """``text`` without the lines that are markers, so that it may stand in a note that has its own."""
    return re.sub(_MARKER.pattern + r"\n?", "", text, flags=re.M)


def digest(content: str) -> str:
    """What the front matter remembers of a block: equal whatever is ticked and however lines end.

    Eight letters and no digits, so that no YAML reader takes one for a number.
    """
    return (
        blake2b(_normal(_TICK.sub(r"\g<lead> \g<rest>", content)).encode(), digest_size=4)
        .hexdigest()
        .translate(_LETTERS)
    )


def is_empty(content: str) -> bool:
    """Whether nothing stands between the markers."""
    return not content.strip()


def same(content: str, other: str) -> bool:
    """Whether two contents differ in nothing but spaces at line ends and empty lines around them."""
    return _normal(content) == _normal(other)


def with_ticks(fresh: str, content: str) -> str | None:
    """``fresh`` with the boxes ticked that are ticked in ``content``; None if one of those is not in ``fresh``."""
    ticked: dict[str, list[str]] = {}
    for match in _TICK.finditer(content.replace("\r\n", "\n")):
        ticked.setdefault(match["rest"].rstrip(), []).append(match["tick"])
    ticked = {rest: ticks for rest, ticks in ticked.items() if any(tick != " " for tick in ticks)}

    def tick(match: re.Match[str]) -> str:
        ticks = ticked.get(match["rest"].rstrip(), [])
        mark = ticks.pop(0) if ticks else match["tick"]
        return f"{match['lead']}{mark}{match['rest']}"

    result = _TICK.sub(tick, fresh)
    return None if any(tick != " " for ticks in ticked.values() for tick in ticks) else result


def _normal(content: str) -> str:
    return "\n".join(line.rstrip() for line in content.splitlines()).strip("\n")


def _line_end(text: str, match: re.Match[str]) -> int:
    return min(match.end() + 1, len(text))
