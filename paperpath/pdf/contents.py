"""Tables of contents, which look like a run of headings and must not be taken for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.pdf.lines import Line, Manuscript, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTENTS = re.compile(r"(?:table of )?contents|inhalt\w*|목\s*차|目次", re.I)
_PAGE_NUMBER = re.compile(r"(?:[^\W\d_]{2}.*\s|\.\s?\.\s?\.\s*)(?:\d{1,3}|[ivxl]{1,5})$")
_LAST_DIGITS = frozenset("0123456789ivxl")


def claim(m: Manuscript) -> None:
    """Claim tables of contents, which look like a run of headings: pages of rows that end in page numbers."""
    pages: dict[int, list[Line]] = {}
    for line in m.lines:
        if line.role is Role.TEXT:
            pages.setdefault(line.page, []).append(line)
    inside = False
    front = max(4, 0.2 * len(m.pages))  # lists of references end in numbers as well, but not there
    for number, lines in sorted(pages.items()):
        title = next((line for line in lines if _CONTENTS.fullmatch(line.text.strip())), None)
        inside = inside or title is not None
        if number > front and not inside:
            continue
        below = [line for line in lines if title is None or line.base < title.base]
        rows = _by_base(below)
        numbered = sum(_ends_in_page_number(row) for row in rows)
        if numbered < (4 if inside else 12) or numbered < 0.35 * len(rows):
            inside = False
            continue
        for line in below:
            line.role = Role.FRONT


def _by_base(lines: Sequence[Line]) -> list[str]:
    """The rows of a page as text, pieces of one baseline together."""
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.base), []).append(line)
    return [" ".join(piece.text for piece in sorted(row, key=lambda piece: piece.x0)) for row in rows.values()]


def _ends_in_page_number(row: str) -> bool:
    return row[-1:] in _LAST_DIGITS and bool(_PAGE_NUMBER.search(row))
