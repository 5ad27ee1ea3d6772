"""Where on its pages a PDF prints certain words, and which words it prints at certain places.

A place is a list of boxes, one for each printed line, as annotations of PDFs have them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.pdf.bones import Sheets, bones, find
from paperpath.pdf.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.pdf.letters import Letters
    from paperpath.pdf.lines import Box
    from paperpath.pdf.pages import Document

_RISE = 0.15
"""Of the height of a line: the room that a box has above and below its letters."""
_CLOSING = frozenset(".,;:!?)]’”")
"""What belongs to the word before it."""
_AROUND = 300
"""Characters around words that tell them from equal ones."""
_MOST_BOXES = 400
"""Boxes of one annotation on one page; more lines than any page has."""


class Words(NamedTuple):
    """Words to look for."""

    quote: str
    before: str = ""
    after: str = ""
    page: int | None = None
    """Where they may be, from 1: the page on which their section begins will do."""


class Place(NamedTuple):
    """Where words are printed on one page."""

    page: int
    """From 1."""
    boxes: tuple[Box, ...]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Place:
        """The inverse of what JSON makes of one."""
        return cls(row[0], tuple((box[0], box[1], box[2], box[3]) for box in row[1]))


def find_words(document: Document, wanted: Iterable[Words], most: int) -> list[list[Place]]:
    """The places of each of these words, page by page; empty for words that are not there.

    Args:
        document: the open PDF.
        wanted: the words.
        most: pages that are looked at.
    """
    sheets = Sheets([document.text(index) for index in range(min(len(document), most))])
    spans = [
        [
            piece
            for span in find(
                sheets.text,
                bones(one.quote).text,
                before=bones(one.before).text,
                after=bones(one.after).text,
                near=sheets.start((one.page or 1) - 1),
            )
            for piece in sheets.characters(span)
        ]
        for one in wanted
    ]
    boxes: dict[tuple[int, int, int], list[Box]] = {}
    for number in sorted({piece[0] for pieces in spans for piece in pieces}):
        with document.letters(number) as letters:
            for piece in {piece for pieces in spans for piece in pieces if piece[0] == number}:
                boxes[piece] = _boxes(letters, piece[1], piece[2]) if letters else []
    found = []
    for pieces in spans:
        pages: dict[int, list[Box]] = {}
        for piece in pieces:
            pages.setdefault(piece[0] + 1, []).extend(boxes[piece])
        found.append([Place(page, tuple(rows[:_MOST_BOXES])) for page, rows in pages.items() if rows])
    return found


def words_at(document: Document, places: Sequence[Place]) -> list[Words]:
    """The words that are printed at each of these places, as a person reads them, and those around them.

    The inverse of :func:`find_words`; a place on no page, or with nothing printed in it, has no words.
    """
    found = [Words("")] * len(places)
    by_page: dict[int, list[int]] = {}
    for number, place in enumerate(places):
        by_page.setdefault(place.page, []).append(number)
    for page, numbers in by_page.items():
        if not 0 < page <= len(document):
            continue
        with document.letters(page - 1) as letters:
            middles = _middles(letters) if letters else []
            for number in numbers:
                found[number] = _between(letters.text if letters else "", middles, places[number].boxes)
    return found


def _boxes(letters: Letters, begin: int, end: int) -> list[Box]:
    """The boxes of the letters from ``begin`` to ``end``, a box for each line; a stop or bracket right behind too."""
    while end < len(letters.text) and letters.text[end] in _CLOSING:
        end += 1
    rows: list[list[float]] = []
    for i in range(begin, end):
        if letters.text[i].isspace() or not letters.text[i].isprintable():
            continue
        left, right, bottom, top = letters.boxes[i]
        if right <= left or top <= bottom:
            continue
        if rows and _goes_on(rows[-1], left, right, bottom, top):
            row = rows[-1]
            row[:] = [min(row[0], left), min(row[1], bottom), max(row[2], right), max(row[3], top)]
        else:
            rows.append([left, bottom, right, top])
    rises = [_RISE * (row[3] - row[1]) for row in rows]
    return [(x0, y0 - rise, x1, y1 + rise) for (x0, y0, x1, y1), rise in zip(rows, rises, strict=True)]


def _goes_on(row: list[float], left: float, right: float, bottom: float, top: float) -> bool:
    """Whether a letter stands in the line whose box is ``row``: beside it, or just above or below as indices do."""
    height = max(row[3] - row[1], top - bottom)
    level = min(row[3], top) - max(row[1], bottom) > 0.2 * min(row[3] - row[1], top - bottom) or (
        abs((row[1] + row[3]) - (bottom + top)) < 1.2 * height
        and left - row[2] < 0.3 * height
        and left > row[2] - height
    )
    return level and left > row[0] - height and right < row[2] + 6 * height + (right - left)


def _middles(letters: Letters) -> list[tuple[int, float, float]]:
    """Text index and centre of each letter of a page."""
    found = []
    for i, character in enumerate(letters.text):
        if not character.isspace():
            left, right, bottom, top = letters.boxes[i]
            found.append((i, (left + right) / 2, (bottom + top) / 2))
    return found


def _between(text: str, middles: list[tuple[int, float, float]], boxes: Sequence[Box]) -> Words:
    """The letters whose centres lie in one of the boxes, with the spaces that stand between them."""
    inside = [
        i for i, x, y in middles if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes[:_MOST_BOXES])
    ]
    if not inside:
        return Words("")
    pieces: list[str] = [text[inside[0]]]
    for last, i in pairwise(inside):
        if i > last + 1:
            pieces.append(" " if text[last + 1 : i].isspace() or i > last + 3 else text[last + 1 : i])
        pieces.append(text[i])
    first, end = inside[0], inside[-1] + 1
    before, after = _readable(text[max(0, first - _AROUND) : first]), _readable(text[end : end + _AROUND])
    return Words(_readable("".join(pieces)), before, after)


def _readable(words: str) -> str:
    """Words on one line; a hyphen that PDFium found at the end of a line is none."""
    return " ".join(clean(words.replace("\x02", "").replace("\ufffe", "")).split())
