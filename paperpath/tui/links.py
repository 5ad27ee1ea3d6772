"""What in a text can be followed: citations to their references, "Figure 2" and "Section 3.2" to what they name.

The parser has joined citations to references, but it speaks of pages, not of paragraphs. Here its citations are looked
for in the paragraphs as they are shown, word by word, so that spaces and line breaks do not matter. Each word of the
text is looked up once, whatever the number of citations: 10 ms for a paper of 40,000 characters, as long as it takes to
make its document. Pure: a document in, ranges out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from typing import TYPE_CHECKING, Any, Literal

from paperpath.tui.document import Place, Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paperpath.model import Citation, ParsedPaper
    from paperpath.tui.document import Document

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TOKEN = re.compile(rf"[{_RAISED}]+|[^\W{_RAISED}]+|\S")
_BEFORE_RAISED = re.compile(r"[^\W\d_][.,;:)”\"’]?$|[)\]]$")
"""A raised number that does not stand behind a word is an exponent or a footnote of a table."""
_CITING = ("text", "item", "caption", "footnote", "table")
_END = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A passage that leads somewhere."""

    range: Range
    kind: Literal["reference", "block"]
    targets: tuple[int, ...]
    """Indices into the references of the paper, or the one block that is named."""


@dataclass(frozen=True)
class Links:
    """The links of a document, in reading order."""

    all: tuple[Link, ...] = ()

    @cached_property
    def _by_block(self) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = {}
        for link in self.all:
            found.setdefault(link.range.block, []).append(link)
        return found

    @cached_property
    def _starts(self) -> list[Place]:
        return [Place(link.range.block, link.range.start) for link in self.all]

    @cached_property
    def _mentions(self) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = {}
        for link in self.all:
            for target in link.targets if link.kind == "reference" else ():
                found.setdefault(target, []).append(link)
        return found

    def of_block(self, block: int) -> Sequence[Link]:
        """The links in a block."""
        return self._by_block.get(block, ())

    def at(self, place: Place) -> Link | None:
        """The link that covers a character."""
        return next(
            (one for one in self.of_block(place.block) if one.range.start <= place.offset < one.range.end), None
        )

    def mentions(self, reference: int) -> Sequence[Link]:
        """Where a reference is cited."""
        return self._mentions.get(reference, ())

    def index_from(self, place: Place) -> int:
        """Index into ``all`` of the first link that begins at ``place`` or after it; its length when there is none."""
        return bisect_left(self._starts, place)


def find(document: Document, parsed: ParsedPaper) -> Links:
    """Everything in ``document`` that can be followed; ``parsed`` is what it was made of."""
    tree = _tree(parsed.citations, len(parsed.references))
    named = _named(document, parsed)
    found: list[Link] = []
    for at, block in enumerate(document.blocks):
        if block.kind not in _CITING:
            continue
        cited = [*_citations(at, block.text, tree)] if tree else []
        skip = _name_of_caption(block.text) if block.kind == "caption" else 0
        named_here = [link for link in _mentioned(at, block.text, named, skip=skip) if link.targets[0] != at]
        found += merge((link for link in named_here if _free(link, cited)), cited, key=lambda link: link.range)
    return Links(tuple(found))


def _free(link: Link, cited: Sequence[Link]) -> bool:
    """Whether no citation lies over ``link``."""
    after = bisect_left(cited, link.range.end, key=lambda one: one.range.start)
    return after == 0 or cited[after - 1].range.end <= link.range.start


# --------------------------------------------------------------------------- citations

_Tree = dict[str, Any]


def _tree(citations: Sequence[Citation], references: int) -> _Tree:
    """The words of all citations, as nested dictionaries; ``_END`` leads to references."""
    root: _Tree = {}
    for citation in citations:
        targets = tuple(target for target in citation.references if 0 <= target < references)
        node = root
        for token in _TOKEN.findall(citation.text):
            node = node.setdefault(token, {})
        if node is not root and targets:
            node.setdefault(_END, targets)
    return root


def _citations(block: int, text: str, tree: _Tree) -> Iterator[Link]:
    """The longest citation that begins at a word, and then what follows it."""
    words = _TOKEN.findall(text)
    begins = [at for at, word in enumerate(words) if word in tree]
    if not begins:  # most paragraphs; where the words stand is not asked then, which would take twice the time
        return
    spans = [match.span() for match in _TOKEN.finditer(text)]
    done = 0
    for at in begins:
        if at < done:
            continue
        node, ahead, last = tree.get(words[at]), at + 1, 0
        targets: tuple[int, ...] = ()
        while node is not None:
            if _END in node:
                last, targets = ahead, node[_END]
            node = node.get(words[ahead]) if ahead < len(words) else None
            ahead += 1
        start = spans[at][0]
        if last and not (words[at][0] in _RAISED and not _BEFORE_RAISED.search(text[max(0, start - 2) : start])):
            yield Link(Range(block, start, spans[last - 1][1]), "reference", targets)
            done = last


# --------------------------------------------------------------------------- "Figure 2", "Section 3.2", "Eq. (1)"

_HEAD = re.compile(
    r"\b(?i:(?P<figure>fig(?:ure)?s?)|(?P<table>tab(?:le)?s?)|(?P<algorithm>alg(?:orithm)?s?)"
    r"|(?P<equation>eqn?s?|equations?)|(?P<section>sect?(?:ion)?s?|appendix|appendices|app))(?:\.\s?|\s|(?=[(\d]))(?=[(\dA-Z])"
    r"|(?P<sign>§§?)\s?(?=[\dA-Z])"
)
_LABEL = re.compile(
    r"\(?(?P<label>(?:[A-Z]\.?)?\d+(?:[.-]\d+)*|[IVX]+\b|[A-Z]\b)(?P<part>[a-z]\b)?(?:[ \n]?\([a-z]\))?\)?"
)
_NEXT = re.compile(r"[ \n]?(?:,|;|&|–|-|,?[ \n]and|,?[ \n]or|to)[ \n]?(?=[(\d]|[A-Z](?:[.\d]|\b))")
_NUMBER_OF_EQUATION = re.compile(r"\(([A-Z]?\.?\d+(?:\.\d+)*[a-z]?)\)\s*$")


def _named(document: Document, parsed: ParsedPaper) -> dict[tuple[str, str], int]:
    """What a text may call (kind, label) → its block; the first of those that are called the same."""
    found: dict[tuple[str, str], int] = {}
    for at, block in enumerate(document.blocks):
        if block.kind == "caption":
            kind, _, label = block.text[: _name_of_caption(block.text)].partition(" ")
            found.setdefault((kind.casefold(), label), at)
        elif block.kind == "heading" and 0 <= block.section < len(parsed.sections):
            number = parsed.sections[block.section].number
            # "Footnotes" and "References" stand behind the last section and have its index.
            if number and block.text.startswith(number):
                found.setdefault(("section", number.rstrip(".")), at)
        elif block.kind == "equation" and (match := _NUMBER_OF_EQUATION.search(block.text)):
            found.setdefault(("equation", match[1]), at)
    return found


def _name_of_caption(text: str) -> int:
    """Characters of ``Figure 2`` at the beginning of a caption."""
    return max(0, text.find(": "))


def _mentioned(block: int, text: str, named: Mapping[tuple[str, str], int], *, skip: int) -> Iterator[Link]:
    """``Figures 2 and 3(a)`` are two links, the first with the word."""
    for head in _HEAD.finditer(text, skip):
        kind = "section" if head.lastgroup == "sign" else head.lastgroup or ""
        start, label = head.start(), _LABEL.match(text, head.end())
        while label is not None:
            target = named.get((kind, label["label"] + (label["part"] or "")))
            target = named.get((kind, label["label"])) if target is None else target
            if target is not None:
                end = label.end() - (label[0].endswith(")") and label[0].count("(") < label[0].count(")"))
                yield Link(Range(block, start, end), "block", (target,))
            follows = _NEXT.match(text, label.end())
            start = follows.end() if follows else 0
            label = _LABEL.match(text, start) if follows else None
