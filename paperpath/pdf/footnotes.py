"""Footnotes: small print at the foot of a column, begun by a mark."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from paperpath.model import Footnote
from paperpath.pdf.lines import Line, Manuscript, Role
from paperpath.pdf.scripts import RAISED_DIGITS
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(
    rf"(?:\d{{1,3}}|{RAISED_DIGITS}{{1,3}}|\^\w|[*†‡§¶‖∗⋆♯♮♭]+|[a-z](?=[A-Z(]))\s?(?=[A-Z“\"(a-z{{\\h])"
    r"|\d{1,2}\)\s?(?=[^\W\d_“(「])"
)
_NOTICE = re.compile(
    r"permission to make|copyright|©|\(c\)|proceedings of|conference|workshop|under review|preprint"
    r"|published as|accepted|to appear"
    r"|correspond|equal contribution|work (?:done|performed)|licen[cs]ed|supported by|e-?mail|this work",
    re.I,
)


def find(m: Manuscript) -> None:
    """Fill ``m.footnotes`` and claim their lines."""
    columns: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in m.lines:
        if line.role is Role.TEXT:
            columns[line.page, line.column].append(line)
    notes: list[list[Line]] = []
    for (page, _), lines in sorted(columns.items()):
        foot = _foot(m, page, lines)
        blocks = list(_notes(foot, first_page=page == m.front))
        rest = foot[: foot.index(blocks[0][0])] if blocks else foot
        if rest and notes and _goes_on(notes[-1], rest, page):
            notes[-1] += rest
        notes += blocks
    for note in notes:
        for line in note:
            line.role = Role.FOOTNOTE
        m.footnotes.append(Footnote(note[0].page, m.text(note)))


def _goes_on(note: list[Line], rest: list[Line], page: int) -> bool:
    """Whether small print without a mark is the rest of a note that broke off in the column before (1810.04805)."""
    last = note[-1]
    broken = last.text.endswith(HYPHEN) or last.text[-1:].isalnum() or last.text.endswith((",", "-"))
    return broken and page - last.page <= 1 and abs(rest[0].size - last.size) < 0.3 and rest[0].font == last.font


def _foot(m: Manuscript, page: int, lines: list[Line]) -> list[Line]:
    """The small lines at the bottom of a column, top to bottom."""
    height = m.sheet(page).height
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if line.size > m.body - 0.6 or line.base > 0.55 * height:
            break
        # A publisher's notice stands apart at the very bottom, below the notes (1706.03762).
        if found and line.base - found[-1].base > (5 if len(found) == 1 else 2.6) * line.size:
            break
        found.append(line)
    return found[::-1]


def _is_marked(line: Line) -> bool:
    """Whether a line begins with a mark, or is one that PDFium set apart."""
    return bool(_MARK.match(line.text) or re.fullmatch(rf"\d{{1,2}}|{RAISED_DIGITS}{{1,2}}|[*†‡§∗]", line.text.strip()))


def _notes(foot: list[Line], *, first_page: bool) -> Iterator[list[Line]]:
    """The notes among these lines: from a mark to the next one; on page 1, notices of publishers have none."""
    block: list[Line] = []
    for line in foot:
        begins = _is_marked(line) or (first_page and (line is foot[0] or bool(_NOTICE.search(line.text))))
        if begins and (not block or _is_marked(line)):
            if block:
                yield block
            block = [line]
        elif block:
            block.append(line)
    if block:
        yield block
