"""Lines that the outline or ``section.…`` anchors say are headings.

A mark is believed only where a line on its page bears it out: bookmarks may name pages or slides, and anchors of a
stripped or rebuilt file may point anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from paperpath.pdf.heading_numbers import read_label
from paperpath.pdf.lines import Line, Manuscript, Role
from paperpath.pdf.text import letters as letters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.pdf.anchors import Target


def marked_lines(m: Manuscript) -> dict[int, int]:
    """Line index → level (0: unknown) of the lines that outline or anchors say are headings."""
    places: dict[int, list[int]] = {}
    for i, line in enumerate(m.lines):
        if line.role is Role.TEXT:
            places.setdefault(line.page, []).append(i)
    found: dict[int, int] = {}
    hits = 0
    for mark in m.anchors.outline:
        wanted = letters_of(mark.title)
        near = _named(m, places.get(mark.page, ()), wanted) if len(wanted) > 2 else []
        if near:
            hits += 1
            y = mark.y
            best = min(
                near, key=lambda i: (not is_strong(m, m.lines[i]), abs(m.lines[i].y1 - y) if y is not None else 0.0)
            )
            found.setdefault(best, mark.level)
    if len(m.anchors.outline) < 3 or hits < 0.6 * len(m.anchors.outline):
        found = {}  # bookmarks of pages or of slides, or another tongue than the page
    for target in m.anchors.sections:
        if "*" not in target.name and not target.name.startswith("part"):
            below = _below(m, places.get(target.page, ()), target)
            if below is not None and below not in found and (below - 1) not in found:
                found[below] = 0
    return found


def _named(m: Manuscript, places: Sequence[int], wanted: str) -> list[int]:
    """The lines that are, or begin with, or are the beginning of a bookmark's title."""
    unnumbered = re.sub(r"^(?:chapter|appendix)?(?:\d+|[a-z](?=[A-Z]))", "", wanted)
    wants = [want for want in (wanted, unnumbered) if len(want) >= 4]
    return [
        i
        for i in places
        for have in _titles(m.lines[i].text)
        if any(
            want.startswith(have) or (have.startswith(want) and (m.lines[i].lead or len(have) < len(want) + 3))
            for want in wants
        )
    ]


@lru_cache(maxsize=1024)
def _titles(text: str) -> frozenset[str]:
    """A line's letters, with and without a number before them; asked for each bookmark of its page."""
    label = read_label(text)
    letters = {letters_of(text), letters_of(label.title)} if label else {letters_of(text)}
    return frozenset(have for have in letters if len(have) >= 4)


def _below(m: Manuscript, places: Sequence[int], target: Target) -> int | None:
    """The heading line right below an anchor."""
    if target.y is None:
        return None
    depth = target.name.split(".", 1)[1].count(".")
    unnumbered = None
    for i in places:
        line = m.lines[i]
        beside = target.x is None or -60 < line.x0 - target.x < 260
        if beside and -40 < line.base - target.y < 3 and (is_strong(m, line) or line.lead):
            label = read_label(line.text)
            if label and (len(label.parts) == depth + 1 or label.scheme != "digits"):
                return i
            if label is None and unnumbered is None:
                unnumbered = i  # may be the end of a paragraph in capitals: "LSTM." (1409.2329)
    return unnumbered


def is_strong(m: Manuscript, line: Line) -> bool:
    """Whether the style of a line stands out from the running text."""
    if line.font != m.font and (line.bold or line.italic):
        return True
    return line.size > m.body + 0.4 or line.capitals or in_small_capitals(line)


def in_small_capitals(line: Line) -> bool:
    """Whether its font is one of small capitals."""
    font = line.font.lower()
    return "csc" in font or "smallcap" in font
