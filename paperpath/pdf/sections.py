"""What nobody claimed → paragraphs under their headings.

A paragraph goes on across columns, pages, floats and footnotes, unless the first line after the break is indented or
the last one before it ended short. Displayed formulas stand apart, the fragments of a row of theirs together.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from paperpath.model import Section
from paperpath.pdf.lines import Edges, Line, Manuscript, Role
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.model import ParagraphKind
    from paperpath.pdf.lines import Heading

MAIN = "Main text"
"""Title of the text before the first heading, and of papers without any."""

_MATH_FONT = re.compile(
    r"cmmi|cmsy|cmex|msbm|msam|math|mtmi|mtsy|rmtmi|euex|eufm|txsy|txmi|pxsy|stix.*math|symbol", re.I
)
_MATH_SIGN = re.compile(r"[_^=≤≥∑∏∈∀∃√∫∂→←⇒≈≡∇±×·⊗⊕∞]")
_EQUATION_NUMBER = re.compile(r"\(\s?(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3})?[a-z]?\s?\)$")
_LOOSE = re.compile(r"(?<=[(\[]) |(?<=\S) (?=[)\],;])")
"""A space that the slant of a letter or the height of a bracket left: ``( (QK^T)/(√d_k))V``, ``f(V )``."""
_RELATION = re.compile(r"[=≤≥<>≈≡∼∝∈⊂⊆→←⇒⇔≜≠](?![^{}]*\})")
"""One that stands in no script."""
_CITED = re.compile(r"[\[(][\d,;\s–-]+[\])][.,;]?")
"""The end of a citation, alone on a line."""
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_BULLETS = tuple("•●▪◦‣∙■►")
_BULLET = re.compile(r"(?:[•●▪◦‣∙■►–]\s|[*·-]\s(?=[A-Z])|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S))")


def assemble(m: Manuscript) -> None:
    """Fill ``m.sections`` from the headings and the lines that are still text."""
    starts = {id(h.lines[0]): h for h in m.headings}
    heading: Heading | None = None
    lines: list[Line] = []
    for line in m.lines:
        if id(line) in starts:
            _close(m, heading, lines)
            heading, lines = starts[id(line)], []
        elif line.role is Role.TEXT:
            lines.append(line)
    _close(m, heading, lines)


def _close(m: Manuscript, heading: Heading | None, lines: list[Line]) -> None:
    if heading is None and m.headings and not _is_prose(m, lines):
        return
    texts: list[str] = []
    kinds: list[ParagraphKind] = []
    pages: list[int] = []
    for block in paragraphs(m, lines):
        kind = _kind(m, block)
        if text := _formula(m, block) if kind == "equation" else m.text(block):
            texts.append(text)
            kinds.append(kind)
            pages.append(block[0].page)
    number, title, level, page = (
        (heading.number, heading.title, heading.level, heading.lines[0].page)
        if heading
        else (None, MAIN, 1, pages[0] if pages else 1)
    )
    if heading or texts:
        m.sections.append(Section(number, title, level, page, "\n\n".join(texts), tuple(kinds), tuple(pages)))


def _kind(m: Manuscript, block: list[Line]) -> ParagraphKind:
    if block[0].text[:1] in _BULLETS:
        return "item"
    if is_display(block[0], m.column(block[0])) and not _EQUATION_NUMBER.fullmatch(block[0].text.strip()):
        return "equation"
    return "item" if _BULLET.match(block[0].text) else "text"


def _formula(m: Manuscript, block: list[Line]) -> str:
    """A displayed formula, a line for each row, its number at the end of it."""
    numbers = [line for line in block if _EQUATION_NUMBER.fullmatch(line.text.strip())]
    rows = _formula_rows([line for line in block if line not in numbers])
    text = _LOOSE.sub("", "\n".join(map(m.text, rows)))
    if numbers:
        return f"{text}    {numbers[0].text.strip()}"
    found = _EQUATION_NUMBER.search(text)
    at_the_margin = any(line.x1 > m.column(line).right - 12 and _EQUATION_NUMBER.search(line.text) for line in block)
    return f"{text[: found.start()].rstrip()}    {found[0]}" if found and found.start() and at_the_margin else text


def _formula_rows(block: list[Line]) -> Iterator[list[Line]]:
    """The rows of a formula: a line below the one before begins another if it has a relation (1706.03762, 3.5).

    What is above or below and has none is a part of a fraction or a limit; the ``i=1`` of a sum is smaller.
    """
    row: list[Line] = []
    size = max((line.size for line in block), default=0.0)
    for line in block:
        if row and line.base < row[-1].base - 0.8 * size and line.size > 0.85 * size and _RELATION.search(line.text):
            yield row
            row = []
        row.append(line)
    yield row


def _is_number(line: Line, at: Edges) -> bool:
    """Whether a line is nothing but the number of a formula, at the right margin."""
    text = line.text.strip()
    return line.x1 > at.right - 12 and line.x0 > at.left + 0.6 * at.width and bool(_EQUATION_NUMBER.fullmatch(text))


def _is_prose(m: Manuscript, lines: list[Line]) -> bool:
    """Whether what stands before the first heading is text, and not what front pages say about paper and publisher."""
    usual = [line for line in lines if abs(line.size - m.body) < 0.4 and line.width > 0.7 * m.column(line).width]
    words = [word for line in usual for word in line.text.split()]
    return len(usual) >= 4 and sum(word[:1].islower() for word in words) > 0.6 * len(words)


# ------------------------------------------------------------------ paragraphs


def paragraphs(m: Manuscript, lines: list[Line]) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs and displayed formulas."""
    if not lines:
        return
    block = [lines[0]]
    displays = [is_display(line, m.column(line)) for line in lines]
    for (a, b), (display_a, display_b) in zip(pairwise(lines), pairwise(displays), strict=True):
        if _breaks(m, a, b, display_a=display_a, display_b=display_b):
            yield block
            block = []
        block.append(b)
    yield block


def _breaks(m: Manuscript, a: Line, b: Line, *, display_a: bool, display_b: bool) -> bool:
    """Whether ``b`` begins a new paragraph after ``a``; it is known which of them are displayed formulas."""
    at, before = m.column(b), m.column(a)
    if display_a and _EQUATION_NUMBER.fullmatch(b.text.strip()) and b.x0 > a.x1 and abs(a.base - b.base) < 2 * b.size:
        return False  # its number, wherever the margin is
    if display_a and display_b and _EQUATION_NUMBER.search(a.text) and a.x1 > before.right - 12:
        return a.base - b.base > 0.4 * b.size or a.base < b.base - 4 * b.size  # the next one of several formulas
    if display_a or display_b:
        return display_a != display_b or (a.page == b.page and abs(a.base - b.base) > 3.5 * b.size)
    if a.text.endswith(HYPHEN):
        return False
    if b.text[:1] in _BULLETS:
        return True
    indent = b.x0 - at.left
    short = a.x1 < before.right - 0.1 * before.width
    ended = a.text.rstrip()[-1:] in '.!?:”")'
    indented = 5 < indent < 45 and a.x0 - before.left < indent - 4
    if a.page == b.page and a.column == b.column and a.base > b.base:
        drop = a.base - b.base
        if drop > 1.55 * max(a.size, b.size) and (ended or b.text[:1].isupper() or abs(a.size - b.size) > 0.6):
            return True
        if _BULLET.match(b.text) and (drop > 1.3 * b.size or ended):
            return True
        if b.lead and ended and (short or drop > 1.3 * b.size):
            return True
        return (indented and (ended or short)) or (
            short and ended and b.text[:1].isupper() and a.x1 < before.right - 0.22 * before.width
        )
    if not ended:
        return bool(abs(a.size - b.size) > 0.8 and b.text[:1].isupper())
    return indented or short or bool(_BULLET.match(b.text))


def _is_centred_relation(line: Line, at: Edges, letters: int) -> bool:
    """Whether a line with so many letters in words is a relation between functions with names (1706.03762, 3.2.2)."""
    left, right = line.x0 - at.left, at.right - line.x1
    return "=" in line.text and 2 * letters < len(line.text) and right > 14 and abs(left - right) < 0.1 * at.width


def is_display(line: Line, at: Edges) -> bool:
    """Whether a line is (part of) a displayed formula."""
    if line.x0 <= at.left + 14:  # asked first, because it is no question to the text
        return False
    if _is_number(line, at):
        return True
    width = at.width
    words = _LONG_WORD.findall(line.text)
    if len(words) > 6 or (line.width > 0.92 * width and len(words) > 3) or _CITED.fullmatch(line.text.strip()):
        return False
    mathy = bool(_MATH_FONT.search(line.font)) or bool(_MATH_SIGN.search(line.text))
    if mathy and (len(words) <= 3 or _is_centred_relation(line, at, sum(map(len, words)))):
        return True
    if line.x1 > at.right - 12 and (mathy or len(words) < 4) and _EQUATION_NUMBER.search(line.text):
        return True
    return line.width < 0.2 * width and len(line.text) < 14 and not words
