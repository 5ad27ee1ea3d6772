"""Fonts without a name, known by how wide their letters are.

dvips drew the fonts of TeX as bitmaps (Type 3), which have no names: nothing told the headings of LeCun 1998, set in
italics and small capitals, from its text. The proportions of the letters do. They are the same at every size but for
the rounding to dots, half a dot of twenty in a narrow letter at 300 dots to the inch.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from paperpath.pdf.spacing import Bounds

REAL_SIZE = 2.0
"""Points; fonts that say they are smaller are drawn letter by letter, and their size says nothing."""

PREFIX = "bitmap "
"""Before the name of a font that was recognised, which knows no other way of its letters than their widths."""
_LETTERS = "aeonrtisdlmhcufwAMTW"
_WIDTHS = {
    "CMR": (500, 444, 500, 556, 392, 389, 278, 394, 556, 278, 833, 556, 444, 556, 306, 722, 750, 917, 722, 1028),
    "CMTI": (511, 460, 511, 562, 422, 332, 307, 409, 511, 256, 818, 511, 460, 537, 307, 664, 743, 897, 716, 999),
    "CMBX": (559, 527, 575, 639, 474, 447, 319, 454, 639, 319, 958, 639, 511, 639, 351, 831, 869, 1092, 800, 1189),
    "CMBXTI": (591, 532, 591, 650, 502, 385, 356, 487, 591, 297, 944, 591, 532, 621, 400, 768, 866, 1073, 796, 1160),
    "CMCSC": (613, 558, 636, 613, 602, 591, 302, 458, 624, 513, 747, 613, 591, 613, 536, 836, 814, 989, 786, 1106),
    "CMSS": (481, 444, 500, 517, 342, 361, 239, 383, 517, 239, 794, 517, 444, 517, 306, 683, 667, 875, 681, 944),
    "CMMI": (529, 466, 485, 600, 451, 361, 345, 469, 520, 298, 878, 576, 433, 572, 490, 716, 750, 970, 584, 944),
}
"""Thousandths of the size, for the letters above: the metrics (TFM) of Computer Modern at 10 points, by ``tftopl``.

Least squares over these letters told all seven apart from 8 to 25 points at 300, 400 and 600 dots. Without f, w and the
capitals, one in ten bold italics of 300 dots was taken for italics.
"""
_FEWEST = 5
"""Letters that must be there; a font holds those that the paper uses."""
_ALIKE = 0.02
"""How far the widths may be from the known ones on average, in parts of these; those of Times and CMR are .06 apart."""

_PARTS = dict.fromkeys("ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl", 0.69) | dict.fromkeys("aceimnorsuvwxz", 0.45)
_PARTS |= dict.fromkeys("0123456789", 0.66)
"""Heights of letters in parts of the font size, for text fonts."""
_MEASURED = 24
"""Letters of a line that are measured."""


def recognised(width: Callable[[str], float]) -> tuple[str, float]:
    """The name of the font whose letters have these widths, and how many units of these its size is; ("", 0) for none.

    ``width`` gives 0 for a letter that the font has not.
    """
    widths = [width(letter) for letter in _LETTERS]
    there = [i for i, wide in enumerate(widths) if wide > 0]
    if len(there) < _FEWEST:
        return "", 0.0

    def scale(known: tuple[int, ...]) -> float:
        return sum(widths[i] * known[i] for i in there) / sum(known[i] ** 2 for i in there)

    def error(known: tuple[int, ...]) -> float:
        by = scale(known)
        return sum((widths[i] / by - known[i]) ** 2 for i in there)

    name, known = min(_WIDTHS.items(), key=lambda item: error(item[1]))
    by = scale(known)
    unlike = sum(abs(widths[i] / (by * known[i]) - 1) for i in there) / len(there)
    return (PREFIX + name, 1000 * by) if unlike < _ALIKE else ("", 0.0)


def measured(text: str, a: int, z: int, boxes: Mapping[int, Bounds]) -> tuple[float, int]:
    """The font size in points by the height of letters, to half a point, and how many of them told it; 0 for none.

    The letters are those of a page's ``text`` from index ``a`` to ``z``, ``boxes`` their places by index.
    """
    heights = []
    for i, letter in enumerate(text[a : min(z + 1, a + _MEASURED)], a):
        if part := _PARTS.get(letter):
            _, _, bottom, top = boxes[i]
            heights.append((top - bottom) / part)
    return (round(2 * median(heights)) / 2 if heights else 0.0), len(heights)
