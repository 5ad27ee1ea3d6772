"""Highlights and the text they stand in: making an anchor, and finding it again.

A highlight is kept as its words with up to forty characters on either side. A better parse, a new version of the paper
or another hyphenation moves and changes characters, so both sides are compared by their letters and digits alone. Equal
quotes are told apart by what stands around them, then by their section. A quote that is not found is shown as lost,
never dropped and never put somewhere else.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from paperpath.model import Highlight
from paperpath.tui.document import Range
from paperpath.workflow.texts import letters, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.tui.document import Document

CONTEXT = 40
_EDGES = re.compile(r"^[\W_]+")


def make(document: Document, ranges: Sequence[Range], colour: str = "yellow") -> Highlight:
    """The highlight of ``ranges``, which follow one another in reading order."""
    first, last = ranges[0], ranges[-1]
    before, after = document.blocks[first.block].text, document.blocks[last.block].text
    at = document.section_of(first.block)
    return Highlight(
        quote="\n\n".join(document.blocks[r.block].text[r.start : r.end] for r in ranges),
        prefix=before[max(0, first.start - CONTEXT) : first.start],
        suffix=after[last.end : last.end + CONTEXT],
        section=document.blocks[document.outline[at]].text if at is not None else "",
        page=document.blocks[first.block].page,
        colour=colour,
    )


def locate(document: Document, highlight: Highlight) -> list[Range]:
    """Where ``highlight`` is now; empty when its words are gone. One range for each paragraph that it covers."""
    paragraphs = pieces(highlight.quote)
    if len(paragraphs) == 1:
        found = _locate_piece(document, highlight)
        return [found] if found else []
    ranges = []
    for number, piece in enumerate(paragraphs):
        single = replace(
            highlight,
            quote=piece,
            prefix=highlight.prefix if number == 0 else "",
            suffix=highlight.suffix if number == len(paragraphs) - 1 else "",
        )
        found = _locate_piece(document, single)
        if found:
            ranges.append(found)
    return ranges


class _Bones:
    """The letters and digits of a document, and which block they are from."""

    def __init__(self, document: Document) -> None:
        parts = [letters(block.text) for block in document.blocks]
        self.text = "".join(parts)
        self.starts = [0]
        for part in parts:
            self.starts.append(self.starts[-1] + len(part))

    def block(self, at: int) -> int:
        return bisect.bisect_right(self.starts, at) - 1


@lru_cache(maxsize=4)
def _bones_of(blocks_id: int, document: Document) -> _Bones:
    del blocks_id
    return _Bones(document)


def _locate_piece(document: Document, highlight: Highlight) -> Range | None:
    wanted = letters(highlight.quote)
    if not wanted:
        return None
    bones = _bones_of(id(document), document)
    before, after = letters(highlight.prefix), letters(highlight.suffix)
    best: tuple[int, int] | None = None
    at = bones.text.find(wanted)
    while at >= 0:
        score = 2 * _common(before[::-1], bones.text[max(0, at - len(before)) : at][::-1])
        score += 2 * _common(after, bones.text[at + len(wanted) : at + len(wanted) + len(after)])
        score += _section_of(document, bones.block(at)) == highlight.section
        if best is None or score > best[0]:
            best = (score, at)
        at = bones.text.find(wanted, at + 1)
    if best is None:
        return None
    block = bones.block(best[1])
    found = _range(document, block, best[1] - bones.starts[block], len(wanted))
    return _with_edges(document.blocks[block].text, found, highlight.quote.strip())


def _section_of(document: Document, block: int) -> str:
    at = document.section_of(block)
    return document.blocks[document.outline[at]].text if at is not None else ""


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _range(document: Document, block: int, first: int, length: int) -> Range:
    """The characters of ``block`` that give its bare letters ``first`` to ``first + length``."""
    text = document.blocks[block].text
    start = end = seen = 0
    for index, character in enumerate(text):
        kept = len(letters(character))
        if not kept:
            continue
        if seen <= first:
            start = index
        seen += kept
        end = index + 1
        if seen >= first + length:
            break
    return Range(block, start, end)


def _with_edges(text: str, found: Range, quote: str) -> Range:
    """``found`` with the brackets and stops that the quote begins and ends with, where the text has them too."""
    before, after = _EDGES.match(quote), _EDGES.search(quote[::-1])
    lead = before.group() if before else ""
    tail = after.group()[::-1] if after else ""
    start = found.start - len(lead) if lead and text[: found.start].endswith(lead) else found.start
    end = found.end + len(tail) if tail and text[found.end :].startswith(tail) else found.end
    return Range(found.block, start, end)
