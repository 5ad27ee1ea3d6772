"""A paper as the reader shows it: blocks of text in reading order, and places in them.

A place is (block, character), never (line, column): it means the same after a resize. What is kept on disk speaks of
the parsed paper instead (section and characters into its text), which survives a change of this module. Texts are made
safe character by character, so the two count alike. Nothing here draws.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath.model import Position
from paperpath.study.minutes import of_characters
from paperpath.tui.cells import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from paperpath.model import Caption, ListEntry, Paper, ParsedPaper, Record, Section

Kind = Literal[
    "title", "meta", "notice", "heading", "text", "item", "equation", "caption", "table", "reference", "footnote"
]

_READ = ("text", "item", "equation", "reference", "footnote")


class Place(NamedTuple):
    """A character of a block."""

    block: int
    offset: int


class Range(NamedTuple):
    """Characters ``start`` to ``end`` of one block."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption … that is wrapped as one, or a table whose lines stay as they are."""

    text: str
    kind: Kind
    section: int = -1
    """Index of the parsed section it belongs to; -1 in the abstract or before."""
    offset: int = 0
    """Where its text begins in that section's text."""
    level: int = 0
    """Depth of a heading, 1 for a section."""
    page: int | None = None
    """Page of the PDF; between two headings it is estimated by the amount of text."""


@dataclass(frozen=True)
class Document:
    """Blocks in reading order; what can be asked about them is computed when it is asked."""

    blocks: tuple[Block, ...]
    pages: int = 0
    parsed: bool = False
    """Whether it is the paper itself, not only its abstract."""
    notice: str = field(default="", compare=False)

    @cached_property
    def outline(self) -> tuple[int, ...]:
        """The blocks that are headings."""
        return tuple(i for i, block in enumerate(self.blocks) if block.kind == "heading")

    @cached_property
    def captions(self) -> tuple[int, ...]:
        """The blocks that are captions of figures, tables and algorithms."""
        return tuple(i for i, block in enumerate(self.blocks) if block.kind == "caption")

    @cached_property
    def figures(self) -> tuple[int, ...]:
        """The captions in the order of their pages: in the text table 3 may be named before table 1."""
        return tuple(sorted(self.captions, key=lambda block: self.blocks[block].page or 0))

    def caption_name(self, block: int) -> str:
        """``Figure 2`` for the caption of figure 2."""
        return self.blocks[block].text.partition(": ")[0]

    def named(self, names: Iterable[str]) -> frozenset[int]:
        """The headings and captions that have one of these names, or numbers: ``3.2``, ``Abstract``, ``Table 2``."""
        wanted = {_bare(name) for name in names}
        headings = {at for at in self.outline if wanted & {_bare(one) for one in _names(self.blocks[at].text)}}
        return frozenset(headings.union(at for at in self.captions if _bare(self.caption_name(at)) in wanted))

    @cached_property
    def _characters(self) -> list[int]:
        """Characters of body text before each block, and in all at the end; references are not read."""
        total, sums = 0, [0]
        for block in self.blocks:
            if block.kind in ("text", "item", "equation", "caption"):
                total += len(block.text)
            sums.append(total)
        return sums

    def fraction(self, place: Place) -> float:
        """How much of the body lies before ``place``, 0 to 1."""
        sums = self._characters
        if not sums[-1]:
            return 0.0
        block = min(place.block, len(self.blocks) - 1)
        inside = min(place.offset, sums[block + 1] - sums[block])
        return min(1.0, (sums[block] + inside) / sums[-1])

    def minutes_left(self, fraction: float) -> int:
        """Whole minutes to the end of the body from there."""
        return of_characters(self._characters[-1] * (1 - fraction))

    def section_of(self, block: int) -> int | None:
        """The heading that ``block`` stands under, as an index into ``outline``."""
        at = bisect.bisect_right(self.outline, block) - 1
        return at if at >= 0 else None

    def position(self, place: Place) -> Position:
        """``place`` in words that survive another layout."""
        if not self.blocks:
            return Position(-1, 0, 0.0)
        block = self.blocks[min(place.block, len(self.blocks) - 1)]
        offset = 0 if block.kind in ("heading", "title", "meta", "notice") else block.offset + place.offset
        if block.kind in ("caption", "table"):
            offset = block.offset  # their words are not the section's, whose text goes on behind that offset
        return Position(block.section, offset, self.fraction(place))

    def place(self, position: Position) -> Place:
        """Where ``position`` is now; the fraction decides when the section is gone."""
        found = Place(0, 0)
        if position.section >= 0 and all(block.section < position.section for block in self.blocks):
            sums = self._characters
            at = bisect.bisect_left(sums, position.fraction * sums[-1]) - 1
            return Place(max(0, min(at, len(self.blocks) - 1)), 0)
        for index, block in enumerate(self.blocks):
            if block.section == position.section and block.kind == "heading" and position.offset == 0:
                return Place(index, 0)
            if (
                block.kind == "caption"
                and (block.section, block.offset) == (position.section, position.offset)
                and self.blocks[found.block].kind != "caption"
            ):
                found = Place(index, 0)
            if block.kind in ("text", "item", "equation", "reference", "footnote") and (
                block.section,
                block.offset,
            ) <= (
                position.section,
                position.offset,
            ):
                found = Place(index, min(max(0, position.offset - block.offset), max(0, len(block.text) - 1)))
                if block.section < position.section:
                    found = Place(index, 0)
        return found if position.offset > 0 or position.section >= 0 else Place(0, 0)

    def find(self, text: str) -> list[Range]:
        """Every occurrence of ``text``, whatever its case and however it is broken into words."""
        words = [re.escape(word) for word in text.split()]
        if not words:
            return []
        pattern = re.compile(r"\s+".join(words), re.IGNORECASE)
        return [
            Range(index, match.start(), match.end())
            for index, block in enumerate(self.blocks)
            for match in pattern.finditer(block.text)
        ]


def _names(heading: str) -> tuple[str, ...]:
    """What a heading may be called: its number, its title, both."""
    number, _, title = heading.partition("  ")
    return number, title or heading, heading


def _bare(name: str) -> str:
    return " ".join(name.casefold().removeprefix("section ").split()).rstrip(".")


# --------------------------------------------------------------------------- building


def of_abstract(record: Record, notice: str, entry: ListEntry | None = None) -> Document:
    """What is known of a paper whose text we have not: its metadata, its abstract, what a reading list says about it,
    and one line on what to do."""
    blocks = _front(record.paper)
    blocks.append(Block(safe(notice), "notice"))
    introduces = ", ".join(entry.introduces) if entry else ""
    for title, text in (
        ("Abstract", record.paper.abstract),
        ("Why it matters", entry.why if entry else ""),
        ("What it introduced", f"{introduces[:1].upper()}{introduces[1:]}."),
    ):
        if text and text != ".":
            blocks.append(Block(title, "heading", level=1))
            blocks.extend(_paragraphs(text, -1, None))
    return Document(tuple(blocks), notice=notice)


def of_parsed(record: Record, parsed: ParsedPaper) -> Document:
    """The whole paper: abstract, sections with their figures' captions where they are first mentioned, references."""
    blocks = _front(record.paper)
    abstract = parsed.abstract or record.paper.abstract
    if abstract:
        blocks.append(Block("Abstract", "heading", level=1, page=1))
        blocks.extend(_paragraphs(abstract, -1, 1))
    waiting = list(parsed.captions)
    for index, section in enumerate(parsed.sections):
        following = parsed.sections[index + 1].page if index + 1 < len(parsed.sections) else None
        if not parsed.heads_references(section):
            blocks.append(_heading(section, index))
        for block in _body(section, index, _last_page(section, following, parsed)):
            blocks.append(block)
            blocks.extend(_mentioned(waiting, block))
        if following is not None:
            blocks.extend(_passed(waiting, following, index, len(section.text)))
    blocks.extend(_back(parsed, waiting))
    if not parsed.sections:
        blocks.append(Block(safe(" ".join(parsed.warnings) or "No text was found in this PDF."), "notice"))
    return Document(tuple(blocks), pages=parsed.pages, parsed=True)


def _front(paper: Paper) -> list[Block]:
    authors = ", ".join(str(author) for author in paper.authors)
    where = " · ".join(
        part
        for part in (paper.venue, str(paper.year) if paper.year else "", str(paper.ids[0]) if paper.ids else "")
        if part
    )
    blocks = [Block(safe(paper.title), "title")]
    blocks.extend(Block(safe(line), "meta") for line in (authors, where) if line)
    return blocks


def _heading(section: Section, index: int) -> Block:
    title = f"{section.number}  {section.title}" if section.number else section.title
    return Block(safe(title.replace("\n", " ")), "heading", index, 0, max(1, section.level), section.page)


def _last_page(section: Section, following: int | None, parsed: ParsedPaper) -> int:
    if following is not None:
        return max(section.page, following)
    references = [reference.page for reference in parsed.references]
    return max(section.page, min(references, default=parsed.pages))


_BLANK = re.compile(r"\n[ \t]*\n\s*")


def _body(section: Section, index: int, last_page: int) -> Iterator[Block]:
    """The paragraphs of a section; what older parsers did not tell about them is guessed."""
    for part in section.paragraphs():
        page, kind = part.page, part.kind
        if page is None:
            page = section.page + round((last_page - section.page) * part.start / len(section.text))
        if kind is None:
            kind = "equation" if is_equation(part.text) else "text"
        text = "\n".join(map(safe, part.text.split("\n"))) if kind == "equation" else safe(part.text)
        yield Block(text, kind, index, part.start, page=page)


def _paragraphs(text: str, section: int, page: int | None) -> Iterator[Block]:
    start = 0
    bounds = [(match.start(), match.end()) for match in _BLANK.finditer(text)]
    for end, following in [*bounds, (len(text), len(text))]:
        part = text[start:end]
        if part.strip():
            yield Block(safe(part), "equation" if is_equation(part) else "text", section, start, page=page)
        start = following


_NUMBERED = re.compile(r"\(\d+(?:\.\d+)?[a-z]?\)\s*$")
_MATHS = re.compile(r"[=≤≥<>≈≡∑∏∫∂∇√∈⊂∀∃±×·→⇒←∼∝^_{}|\\∥∞+−*/]")
_SENTENCE_WORD = re.compile(r"\b[a-z]{4,}\b")


def is_equation(text: str) -> bool:
    """Whether a paragraph is a displayed formula: short, with a relation, and few ordinary words in it."""
    if len(text) > 240 or not _MATHS.search(text):
        return False
    words = len(_SENTENCE_WORD.findall(text))
    signs = len(_MATHS.findall(text))
    if _NUMBERED.search(text):
        return words <= 6
    return words <= 3 and signs >= 2 and signs * 12 >= len(text) and "=" in text


def _caption(caption: Caption, section: int, offset: int) -> Iterator[Block]:
    """The caption, and below it the rows of its table."""
    text = f"{caption.name}: {caption.text}"
    yield Block(safe(text.replace("\n", " ")), "caption", section, offset, page=caption.page)
    if caption.content:
        rows = "\n".join(map(safe, caption.content.split("\n")))
        yield Block(rows, "table", section, offset, page=caption.page)


_WORDS = {"figure": r"Fig(?:ure|\.)s?", "table": r"Tab(?:le|\.)s?", "algorithm": r"Alg(?:orithm|\.)s?"}


def _mentioned(waiting: list[Caption], block: Block) -> Iterator[Block]:
    """Captions that ``block`` is the first to speak of, taken out of ``waiting``."""
    for caption in tuple(waiting):
        pattern = rf"\b{_WORDS[caption.kind]}[ \n]{re.escape(caption.label)}(?![.\d]*\d)"
        if re.search(pattern, block.text, re.IGNORECASE):
            waiting.remove(caption)
            yield from _caption(caption, block.section, block.offset + len(block.text))


def _passed(waiting: list[Caption], page: int, section: int, offset: int) -> Iterator[Block]:
    """Captions that no text mentions and whose page lies behind us."""
    for caption in tuple(waiting):
        if caption.page < page:
            waiting.remove(caption)
            yield from _caption(caption, section, offset)


def _back(parsed: ParsedPaper, captions: list[Caption]) -> Iterator[Block]:
    """What follows the last section; offsets go on counting, so that positions stay in order."""
    section = len(parsed.sections) - 1
    offset = len(parsed.sections[-1].text) + 1 if parsed.sections else len(parsed.abstract or "") + 1
    for caption in captions:
        yield from _caption(caption, section, offset)
    for title, kind, texts in (
        ("Footnotes", "footnote", [(note.text, note.page) for note in parsed.footnotes]),
        ("References", "reference", [(_labelled(i, parsed), r.page) for i, r in enumerate(parsed.references)]),
    ):
        if texts:
            yield Block(title, "heading", section, offset, 1, texts[0][1])
        for text, page in texts:
            line = safe(" ".join(text.split()))
            yield Block(line, "footnote" if kind == "footnote" else "reference", section, offset, page=page)
            offset += len(line) + 1


def _labelled(index: int, parsed: ParsedPaper) -> str:
    reference = parsed.references[index]
    if reference.label and not re.match(rf"[\[(]?{re.escape(reference.label)}\b", reference.text):
        return f"[{reference.label}] {reference.text}"
    return reference.text


# --------------------------------------------------------------------------- sentences

_SENTENCE_END = re.compile(
    r"""(?<!\bal)(?<!\bFig)(?<!\bEq)(?<!\bEqs)(?<!\bSec)(?<!\bTab)(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)(?<!\bvs)(?<!\b[A-Z])"""
    r"""[.!?]["”’)\]]*\s+(?=[A-Z“"(\[0-9])"""
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end; there is at least one."""
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        found.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    found.append((start, len(text.rstrip())))
    return found
