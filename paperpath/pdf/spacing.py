"""Spaces between words, told from where letters stand.

PDFium tells them by the widths that a font gives its letters. Fonts that draw their letters (Type 3, the bitmaps of old
TeX papers) give widths that say little: LeCun 1998 came out with "ma jor" and "recentyears". What the letters cover
does tell: within its 150,000 pairs of letters of one word at most .16 of the font size lies between them, and at least
.2 between two words, with 50 exceptions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Bounds = tuple[float, float, float, float]
"""What a letter covers: left, right, bottom, top in PDF points."""

_WITHIN, _BETWEEN = 0.165, 0.25
"""Gaps in parts of the font size: smaller than the first none, larger than the second a space; PDFium's word else."""
_BEHIND = -0.2
"""Letters that stand further back than this do not follow one another: a script below another one, a new row."""
_STOPS = ",;:"
_SPREAD = 0.3
"""Part of the letters of a line behind which a space is missing, from which they are spread out (H E A D I N G)."""


_HIDDEN = 0.02
"""How much longer than its letters a word with a gap in it is at least, in parts of the font size."""
WORD = re.compile(r"\S+")


def respaced(
    text: str,
    words: Sequence[tuple[int, int]],
    boxes: Mapping[int, Bounds],
    size: float,
    widths: Mapping[str, float],
) -> list[tuple[int, int]]:
    """The parts of a line that are kept, each from an index in a page's ``text`` to another one.

    What lies between two of them is no space; where one begins at the index at which the one before ends, a space is
    missing.

    Args:
        text: the text of the page.
        words: those of the line by ``WORD``: the index of the first letter and the one after the last.
        boxes: the places of letters by index; asked for the ends of words and within those that may hide a gap.
        size: that of the font in points.
        widths: points that a letter or a word takes; 0 for a letter of another font: its word is looked at by letters.
    """
    kept: list[tuple[int, int]] = []
    (a, _), (_, z) = words[0], words[-1]
    begin, missing = a, 0
    end, x1 = a, float("nan")
    low, high, hidden = _BEHIND * size, _WITHIN * size, _HIDDEN * size
    for first, stop in words:
        left = boxes[first][0]
        if low < left - x1 < high and text[end].isalpha() and text[first].isalpha():
            kept.append((begin, end + 1))
            begin = first
        end = stop - 1
        x1 = boxes[end][1]
        if x1 - left < widths[text[first:stop]] + hidden:
            continue
        for i in range(first, end):
            follows = text[i + 1].isalpha() and (text[i].isalpha() or text[i] in _STOPS)
            if follows and boxes[i + 1][0] - boxes[i][1] > _BETWEEN * size:
                kept.append((begin, i + 1))
                begin = i + 1
                missing += 1
    if missing > _SPREAD * (z - 1 - a):
        return [(a, z)]
    kept.append((begin, z))
    return kept
