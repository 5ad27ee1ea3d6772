"""Whether a line looks like running text, or like a heading, before anybody knows what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperpath.pdf.lines import Line, Manuscript


def is_prose(m: Manuscript, line: Line) -> bool:
    """Whether a line is one of the running text: its size, letters, and from edge to edge of its column."""
    if abs(line.size - m.body) > 0.35 or len(line.text.split()) < 5 or (line.bold and line.font != m.font):
        return False
    letters = sum(c.isalpha() or c.isspace() for c in line.text)
    column = m.column(line)
    aligned = abs(line.x0 - column.left) < 3 or abs(line.x1 - column.right) < 3
    return aligned and line.width > 0.72 * column.width and letters > 0.75 * len(line.text)


def is_heading(m: Manuscript, line: Line) -> bool:
    """Whether a line at the left edge of its column is set as a heading."""
    return line.x0 - m.column(line).left < 3 and line.bold and is_heading_like(m, line)


def is_heading_like(m: Manuscript, line: Line) -> bool:
    """Whether a line is set as a heading, wherever it stands."""
    numbered = re.match(
        r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z](?:\.\d+)*|[IVX]+)\.?\s+[A-Z][A-Za-z]{2}|\d{1,2}(?:\.\d{1,2})+\.?\s+\S*[A-Z]",
        line.text,
    )
    strong = line.bold or line.capitals or line.size > m.body + 0.4
    known = re.match(
        r"(?:references|acknowledge?ments?|conclusions?|appendix|introduction|discussion)$", line.text, re.I
    )
    return line.size >= m.body - 0.2 and strong and bool(numbered or known or line.size > m.body + 0.9)
