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
    from collections.abc import Mapping

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
_WORD = re.compile(r"\S+")


def respaced(
    text: str, a: int, z: int, boxes: Mapping[int, Bounds], size: float, widths: Mapping[str, float]
) -> list[int]:
    """The letters of a line in their order, by their index in a page's ``text``, with spaces where there are gaps.

    Args:
        text: the text of the page.
        a, z: the indices of the first and the last letter of the line.
        boxes: the places of letters by index; asked for the ends of words and within those that may hide a gap.
        size: that of the font in points.
        widths: points that a letter takes; 0 for one of another font, and its word is looked at letter by letter.

    Returns:
        indices into ``text``; a space that was missing has that of the letter before it, once more.
    """
    order: list[int] = []
    end = missing = 0
    for word in _WORD.finditer(text, a, z + 1):
        first, last = word.start(), word.end() - 1
        if order and not (text[end].isalpha() and text[first].isalpha() and _joins(boxes, end, first, size)):
            order += range(end + 1, first)
        end = last
        if boxes[last][1] - boxes[first][0] < sum(map(widths.__getitem__, word[0])) + _HIDDEN * size:
            order += range(first, last + 1)
            continue
        for i in range(first, last):
            order.append(i)
            follows = text[i + 1].isalpha() and (text[i].isalpha() or text[i] in _STOPS)
            if follows and boxes[i + 1][0] - boxes[i][1] > _BETWEEN * size:
                order.append(i)
                missing += 1
        order.append(last)
    return list(range(a, z + 1)) if missing > _SPREAD * (z - a) else order


def _joins(boxes: Mapping[int, Bounds], end: int, start: int, size: float) -> bool:
    """Whether the letter at index ``start`` stands as close to the one at ``end`` as those of one word do."""
    return _BEHIND * size < boxes[start][0] - boxes[end][1] < _WITHIN * size
