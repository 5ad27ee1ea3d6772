"""The nouns between the PDF library and the heuristics: printed lines with a place, a font and a size.

Everything after ``pages.py`` works on these alone, so another PDF library means another ``pages.py`` and nothing else.
A :class:`Manuscript` is the workbench on which the steps lay their finds: each step *claims* lines by giving them a
role, and what nobody claimed in the end is the running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from paperpath.pdf.text import Words, join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.model import Caption, Citation, Footnote, ParsedAuthor, Reference, Section
    from paperpath.pdf.anchors import Anchors, Link

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points, origin bottom left."""


WIDE = 0.42
"""A gap wider than this part of the font size may part two cells of a table; the space between words is .25 to .35."""


@lru_cache(maxsize=256)
def _small_letters(count: int) -> re.Pattern[str]:
    return re.compile(rf"(?:[^a-z]*+[a-z]){{{count}}}")


class Role(Enum):
    """What a line turned out to be."""

    TEXT = "text"
    MARGIN = "margin"
    """Running heads, page numbers, rotated text: dropped."""
    FRONT = "front"
    """Title, authors, affiliations, abstract."""
    HEADING = "heading"
    CAPTION = "caption"
    FLOAT = "float"
    """Text inside a figure or a table."""
    FOOTNOTE = "footnote"
    REFERENCE = "reference"


class Cell(NamedTuple):
    """A piece of a line between two wide gaps."""

    x0: float
    x1: float
    text: str
    base: float
    """The baseline."""


@dataclass(slots=True)
class Line:
    """One printed line, or the part of it that lies in one column."""

    page: int
    """From 1."""
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    """The baseline; lines of one row share it, whatever their letters look like."""
    size: float
    """The largest font size among the sampled letters, in points."""
    font: str
    """PostScript name of the font in the middle of the line, without the subset prefix."""
    text: str
    bold: bool = False
    italic: bool = False
    rotated: bool = False
    lead: int = 0
    """Letters at the start that are set in bold, italic or small capitals when the rest of the line is not."""
    column: int = 0
    """0 across the page, 1 left, 2 right."""
    cells: tuple[Cell, ...] = ()
    """Its pieces where wide gaps were found in it, on pages with a table; empty for a line without any."""
    role: Role = Role.TEXT

    @property
    def width(self) -> float:
        """How much of the page it takes."""
        return self.x1 - self.x0

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return (self.x0, self.y0, self.x1, self.y1)

    @property
    def capitals(self) -> bool:
        """Whether it is set in capital letters."""
        if _small_letters(int(0.15 * len(self.text)) + 1).match(self.text):  # ends in the first words of most lines
            return False
        letters = sum(map(str.isalpha, self.text))
        return letters >= 4 and sum(map(str.isupper, self.text)) > 0.85 * letters


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came from the PDF library, lines in the order of the content stream."""

    number: int
    width: float
    height: float
    lines: list[Line]
    pictures: tuple[Box, ...] = ()
    """Boxes of images and embedded drawings."""
    links: tuple[Link, ...] = ()
    """Links to entries of the bibliography."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the text of a column begins and ends."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """The width of the column."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands on the page."""

    number: str | None
    title: str
    level: int
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Manuscript:
    """A paper while it is being read: the pages, and what the steps have found so far."""

    pages: list[Page]
    anchors: Anchors
    lines: list[Line] = field(default_factory=list)
    """All lines in reading order; the layout step fills it."""
    body: float = 10.0
    """Font size of the running text."""
    font: str = ""
    """Font of the running text."""
    edges: dict[tuple[int, int], Edges] = field(default_factory=dict)
    """(page, column) → its edges."""
    words: Words = field(default_factory=lambda: Words(()))
    """All words of the paper, to mend hyphens by."""
    name: str | None = None
    """The title in the file's own metadata; often a file name or a template's."""
    title: str | None = None
    authors: tuple[ParsedAuthor, ...] = ()
    abstract: str | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    covers: int = 0
    """Pages before the one with the title, which a repository or a publisher put there."""
    title_lines: tuple[Line, ...] = ()
    headings: list[Heading] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    floats: list[list[Line]] = field(default_factory=list)
    """For each caption the lines that were claimed for its float."""
    footnotes: list[Footnote] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def front_page(self) -> Page:
        """The page with the title."""
        return self.pages[self.covers]

    @property
    def front(self) -> int:
        """The number of the page with the title, from 1; 0 when there is no page at all."""
        return self.front_page.number if self.pages else 0

    def sheet(self, number: int) -> Page:
        """Page ``number`` of the file; its place among the pages is another one where damaged pages were left out."""
        return next(page for page in self.pages if page.number == number)

    def column(self, line: Line) -> Edges:
        """The edges of the column in which ``line`` lies."""
        return self.edges.get((line.page, line.column)) or Edges(line.x0, line.x1)

    def text(self, lines: Iterable[Line]) -> str:
        """Lines as running text."""
        return join([line.text for line in lines], self.words)


def union(lines: Iterable[Line]) -> Box:
    """The smallest box around all of them."""
    boxes = [line.box for line in lines]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
