"""A paper as lines for a screen reader, a braille display or a voice: one sentence a line, and no line that is layout.

What the eye sees by type and place is said in words: "Section 3.2: Attention", "Figure 2. The model", "Formula 4: …",
"Reference 7: …". Nothing is drawn, coloured or wrapped, since lines that a program broke are read with pauses in the
wrong places. Each line of running text knows which sentence of the document it is, so that it can be highlighted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.tui.document import Range, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperpath.tui.document import Block, Document


@dataclass(frozen=True, slots=True)
class Line:
    """What is said without a pause."""

    text: str
    sentence: Range | None = None
    """Where it stands in the document, if it is a sentence of the paper's running text."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is read in one go: a heading and everything up to the next one, or what stands before the first."""

    title: str
    """Its first line: ``Section 3.2: Attention``."""
    block: int
    """The block of the document with which it begins."""
    lines: tuple[Line, ...]


def chapters(document: Document) -> list[Chapter]:
    """The whole document, in reading order; there is at least one chapter."""
    starts = sorted({0, *document.outline})
    found = []
    for start, end in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        lines = tuple(_lines(document.blocks[start:end], start))
        found.append(Chapter(lines[0].text if lines else "", start, lines))
    return found


def _lines(blocks: tuple[Block, ...], first: int) -> Iterator[Line]:
    references = 0
    for at, block in enumerate(blocks, first):
        match block.kind:
            case "text":
                for start, end in sentences(block.text):
                    yield Line(_one_line(block.text[start:end]), Range(at, start, end))
            case "item":
                yield from _item(block.text, at)
            case "reference":
                references += 1
                yield Line(_reference(block.text, references))
            case "heading":
                yield Line(_heading(block.text))
            case "table":
                for row in block.text.split("\n"):
                    if row.strip():
                        yield Line("; ".join(cell for cell in re.split(r" {2,}", row.strip()) if cell))
            case kind:
                yield Line(_SAID[kind](_one_line(block.text)) if kind in _SAID else _one_line(block.text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


_HEADING = re.compile(r"(\S+?)\.?  (\S.*)")  # two blanks, as the document joins number and title
_WITHOUT_NUMBER = ("Abstract", "References", "Footnotes")
"""Headings that say themselves what they are."""


def _heading(text: str) -> str:
    if text in _WITHOUT_NUMBER:
        return text
    number = _HEADING.fullmatch(text)
    return f"Section {number.group(1)}: {_one_line(number.group(2))}" if number else f"Section: {_one_line(text)}"


_FORMULA_NUMBER = re.compile(r"\s*\((\d+(?:\.\d+)?[a-z]?)\)$")


def _formula(text: str) -> str:
    number = _FORMULA_NUMBER.search(text)
    return f"Formula {number.group(1)}: {text[: number.start()]}" if number else f"Formula: {text}"


_CAPTION = re.compile(r"(Figure|Table|Algorithm) (\S+): ?")


def _caption(text: str) -> str:
    return _CAPTION.sub(r"\1 \2. ", text, count=1).strip()


_BULLET = re.compile(r"[•◦▪‣·∙*–—-]\s+|\(?(\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s+")


def _item(text: str, at: int) -> Iterator[Line]:
    mark = _BULLET.match(text)
    lead = f"Item {mark.group(1)}: " if mark and mark.group(1) else "Item: "
    begin = mark.end() if mark else 0
    for start, end in sentences(text[begin:]):
        yield Line(lead + _one_line(text[begin + start : begin + end]), Range(at, begin + start, begin + end))
        lead = ""


_LABEL = re.compile(r"\[([^\]\s]{1,20})\]\s*|\(?(\d{1,3})[.)]\s+")


def _reference(text: str, number: int) -> str:
    label = _LABEL.match(text)
    name = (label.group(1) or label.group(2)) if label else number
    return f"Reference {name}: {_one_line(text[label.end() if label else 0 :])}"


_SAID: dict[str, Callable[[str], str]] = {
    "title": lambda text: f"Title: {text}",
    "equation": _formula,
    "caption": _caption,
    "footnote": lambda text: f"Footnote: {text}",
}
"""How a block of a kind is said; what is not here is said as it stands."""
