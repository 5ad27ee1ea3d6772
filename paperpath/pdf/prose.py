"""Whether a line looks like running text, or like a heading, before anybody knows what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperpath.pdf.lines import Line, Manuscript


_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z](?:\.\d+)*|[IVX]+)\.?\s+[A-Z][A-Za-z]{2}|\d{1,2}(?:\.\d{1,2})+\.?\s+\S*[A-Z]"
)
_KNOWN = re.compile(r"(?:references|acknowledge?ments?|conclusions?|appendix|introduction|discussion)$", re.I)


def is_prose(m: Manuscript, line: Line) -> bool:
    """Whether a line is one of the running text: its size, letters, and from edge to edge of its column."""
    if abs(line.size - m.body) > 0.35 or len(line.text.split()) < 5 or (line.bold and line.font != m.font):
        return False
    column = m.column(line)
    aligned = abs(line.x0 - column.left) < 3 or abs(line.x1 - column.right) < 3
    if not aligned or line.width <= 0.72 * column.width:
        return False
    letters = sum(map(str.isalpha, line.text)) + sum(map(str.isspace, line.text))
    return letters > 0.75 * len(line.text)


def is_heading(m: Manuscript, line: Line) -> bool:
    """Whether a line at the left edge of its column is set as a heading."""
    return line.x0 - m.column(line).left < 3 and line.bold and is_heading_like(m, line)


def is_heading_like(m: Manuscript, line: Line) -> bool:
    """Whether a line is set as a heading, wherever it stands."""
    if line.size < m.body - 0.2 or not (line.bold or line.size > m.body + 0.4 or line.capitals):
        return False
    return line.size > m.body + 0.9 or bool(_NUMBERED.match(line.text) or _KNOWN.match(line.text))
