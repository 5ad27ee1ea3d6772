"""What nobody claimed → paragraphs under their headings.

A paragraph goes on across columns, pages, floats and footnotes, unless the first line after the break is indented or
the last one before it ended short. Displayed formulas stand apart, their fragments together on one line.
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

    from paperpath.pdf.lines import Heading

MAIN = "Main text"
"""Title of the text before the first heading, and of papers without any."""

_MATH_FONT = re.compile(
    r"cmmi|cmsy|cmex|msbm|msam|math|mtmi|mtsy|rmtmi|euex|eufm|txsy|txmi|pxsy|stix.*math|symbol", re.I
)
_MATH_SIGN = re.compile(r"[=≤≥∑∏∈∀∃√∫∂→←⇒≈≡∇±×·⊗⊕∞]")
_EQUATION_NUMBER = re.compile(r"\(\s?(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3})?[a-z]?\s?\)$")
_CITED = re.compile(r"[\[(][\d,;\s–-]+[\])][.,;]?")
"""The end of a citation, alone on a line."""
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
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
    blocks = [m.text(block) for block in paragraphs(m, lines)]
    text = "\n\n".join(block for block in blocks if block)
    if heading is None:
        if text and (not m.headings or _is_prose(m, lines)):
            m.sections.append(Section(None, MAIN, 1, lines[0].page, text))
    else:
        m.sections.append(Section(heading.number, heading.title, heading.level, heading.lines[0].page, text))


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
    for a, b in pairwise(lines):
        if _breaks(m, a, b):
            yield block
            block = []
        block.append(b)
    yield block


def _breaks(m: Manuscript, a: Line, b: Line) -> bool:
    """Whether ``b`` begins a new paragraph after ``a``."""
    at, before = m.column(b), m.column(a)
    display_a, display_b = is_display(a, before), is_display(b, at)
    if display_a or display_b:
        return display_a != display_b or (a.page == b.page and abs(a.base - b.base) > 3.5 * b.size)
    if a.text.endswith(HYPHEN):
        return False
    indent = b.x0 - at.left
    short = a.x1 < before.right - 0.1 * before.width
    ended = a.text.rstrip()[-1:] in '.!?:”")'
    indented = 5 < indent < 45 and a.x0 - before.left < indent - 4
    if a.page == b.page and a.column == b.column and a.base > b.base:
        drop = a.base - b.base
        if drop > 1.55 * max(a.size, b.size) and (ended or b.text[:1].isupper() or abs(a.size - b.size) > 0.6):
            return True
        if b.text[:1] in "•●▪◦‣∙■►" or (_BULLET.match(b.text) and (drop > 1.3 * b.size or ended)):
            return True
        if b.lead and ended and (short or drop > 1.3 * b.size):
            return True
        return (indented and (ended or short)) or (
            short and ended and b.text[:1].isupper() and a.x1 < before.right - 0.22 * before.width
        )
    if not ended:
        return bool(abs(a.size - b.size) > 0.8 and b.text[:1].isupper())
    return indented or short or bool(_BULLET.match(b.text))


def is_display(line: Line, at: Edges) -> bool:
    """Whether a line is (part of) a displayed formula."""
    if line.x0 <= at.left + 14:  # asked first, because it is no question to the text
        return False
    width = at.width
    words = _LONG_WORD.findall(line.text)
    if len(words) > 6 or (line.width > 0.92 * width and len(words) > 3) or _CITED.fullmatch(line.text.strip()):
        return False
    mathy = bool(_MATH_FONT.search(line.font)) or bool(_MATH_SIGN.search(line.text))
    if mathy and len(words) <= 3:
        return True
    if line.x1 > at.right - 12 and (mathy or len(words) < 4) and _EQUATION_NUMBER.search(line.text):
        return True
    return line.width < 0.2 * width and len(line.text) < 14 and not words
