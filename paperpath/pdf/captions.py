"""Captions of figures, tables and algorithms, and the text inside what they belong to.

A caption begins a block with ``Figure 3:``, ``Table IV.`` or ``Fig. 2 |``; the same words inside a paragraph do not.
What stands between the caption and the running text is the float itself, kept out of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from paperpath.model import Caption
from paperpath.pdf import algorithms
from paperpath.pdf.lines import Line, Manuscript, Role, union
from paperpath.pdf.prose import is_heading, is_heading_like, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.pdf.lines import Box

Kind = Literal["figure", "table", "algorithm"]
_KINDS: dict[str, Kind] = {"fig": "figure", "tab": "table", "alg": "algorithm"}
_CAPTION = re.compile(
    r"^(?:(?:Supplementary|Supplemental|Extended Data|Appendix)\s+)?"
    r"(?P<kind>Figures?|Figs?\.?|Tables?|Algorithm|FIGURE|FIG\.?|TABLE|ALGORITHM)\s*"
    r"(?P<label>[A-Z]{1,2}[.-]?\d+(?:\.\d+)*|\d+(?:[.-]\d+)*[a-z]?|[IVXL]+|[A-Z](?=[:.]))"
    r"\s*(?P<mark>\([a-z]\)\s*[:.]|[:.|—–-]|$|\s)\s*"
)
_SENTENCE = re.compile(
    r"(?:shows?|illustrates?|depicts?|gives|presents?|compares?|and|of|in|is|are|we|for|to|lists?|summar\w+|where)\b"
)


def find(m: Manuscript) -> None:
    """Fill ``m.captions`` and ``m.floats``; claim the caption lines and the floats they describe."""
    starts = [(i, start) for i in range(len(m.lines)) if (start := _starts(m, i))]
    # Only after all captions are known can the floats be told from the captions beside them.
    found = []
    for i, match in starts:
        if m.lines[i].role is not Role.TEXT:
            continue
        block = list(_block(m, i, match))
        for line in block:
            line.role = Role.CAPTION
        kind = _KINDS[match["kind"][:3].lower()]
        found.append((kind, i, i + len(block) - 1))
        text = _CAPTION.sub("", m.text(block), count=1)
        m.captions.append(Caption(kind, match["label"], text, block[0].page, _rounded(union(block))))
    _claim_pictures(m)
    _claim_floats(m, found)


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _starts(m: Manuscript, i: int) -> re.Match[str] | None:
    """The match when line ``i`` begins a caption."""
    line = m.lines[i]
    match = _CAPTION.match(line.text)
    if not match or line.role is not Role.TEXT:
        return None
    rest = line.text[match.end() :]
    plural = match["kind"].rstrip(".").lower() in ("figures", "figs", "tables")
    if plural or (match["kind"].islower()):
        return None
    styled = line.lead >= match.end("label") or match["kind"].isupper() or (line.bold and m.font != line.font)
    mark = match["mark"].strip()
    if not mark and not styled:
        # "Table 2" alone on its line, centred: the caption's words follow below (LSTM, Table 1).
        apart = _apart(m, i) and (not rest or rest[:1].isupper()) and not _SENTENCE.match(rest)
        return match if apart and (line.size < m.body - 0.4 or line.font != m.font or _alone(m, i)) else None
    if mark == "." and not styled and _SENTENCE.match(rest):
        return None
    if styled or _apart(m, i):
        return match
    # "Table 4:" at the top of a page, in the size of the text, after a page that ends inside a sentence (1706.03762).
    before = m.lines[i - 1]
    return match if mark in (":", "|") and (before.page, before.column) != (line.page, line.column) else None


def _apart(m: Manuscript, i: int) -> bool:
    """Whether line ``i`` begins a block of its own."""
    line = m.lines[i]
    if i == 0:
        return True
    before = m.lines[i - 1]
    if before.page != line.page or before.column != line.column:
        return not (
            before.role is Role.TEXT and before.text[-1:].islower() and _like(before, line) and line.size == m.body
        )
    drop = before.base - line.base
    return not (0 < drop < 1.4 * line.size and _like(before, line) and abs(before.x0 - line.x0) < 14)


def _alone(m: Manuscript, i: int) -> bool:
    """Whether line ``i`` ends early and nothing follows right below it: "Figure 3 Slow tuner performance." (JACoW)."""
    line = m.lines[i]
    below = m.lines[i + 1] if i + 1 < len(m.lines) else None
    drop = line.base - below.base if below and (below.page, below.column) == (line.page, line.column) else 99.0
    return drop > 1.4 * line.size and line.width < 0.9 * m.column(line).width


def _like(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) < 0.25 and a.font == b.font


def _block(m: Manuscript, i: int, match: re.Match[str]) -> Iterator[Line]:
    """The lines of the caption that begins at line ``i``."""
    first = last = m.lines[i]
    yield first
    bare = match.end() >= len(first.text.rstrip())  # IEEE sets "TABLE I" alone and the words below it
    steps = _KINDS[match["kind"][:3].lower()] == "algorithm"
    pitch, size = 0.0, first.size
    for line in m.lines[i + 1 : i + 40]:
        drop = last.base - line.base
        if (
            line.page != last.page
            or line.role is not Role.TEXT
            or (_CAPTION.match(line.text) and _apart(m, m.lines.index(line, i)))
        ):
            return
        if last is first and not bare and _is_smaller_below(m, first, line):
            size = line.size
        if not bare and not abs(line.size - size) < (0.35 if line.font else 0.6):  # sizes of Type 3 fonts are guesses
            return
        if steps and algorithms.ends_caption(first, last, line, m.column(first).right):
            return
        if (
            not 0 < drop < (2.2 if bare else 1.55) * max(first.size, line.size)
            or line.x0 > last.x1
            or line.x1 < last.x0
        ):
            return
        if pitch and drop > 1.22 * pitch:
            return
        if not bare and last.width < 0.6 * first.width and line.x0 > last.x1 - 4:
            return
        pitch = pitch or (0.0 if bare else drop)
        bare = False
        yield line
        last = line


def _is_smaller_below(m: Manuscript, first: Line, line: Line) -> bool:
    """Whether a caption goes on in ``line`` in smaller letters, its label being as large as the text (1406.2661)."""
    return line.size < m.body - 0.4 < first.size and abs(line.x0 - first.x0) < 3 and first.width > 0.6 * line.width


# ------------------------------------------------------------------ the floats themselves


def _claim_pictures(m: Manuscript) -> None:
    """Letters inside an image or an embedded drawing belong to it."""
    for page in m.pages:
        lines = [line for line in m.lines if line.page == page.number] if page.pictures else []
        for box in page.pictures:
            inside = [line for line in lines if line.role is Role.TEXT and _within(line, box)]
            prose = sum(
                len(line.text.split()) > 5 and sum(c.isalpha() or c.isspace() for c in line.text) > 0.7 * len(line.text)
                for line in inside
            )
            # A drawing laid under the whole text column is a background, also where the text is a proof (1412.6980).
            large = (box[2] - box[0]) * (box[3] - box[1]) > 0.5 * page.width * page.height
            if prose < (2 if large else 6):
                for line in inside:
                    # The box of a drawing may reach beyond what it shows: the rest is cut off.
                    if not (is_prose(m, line) or is_heading(m, line)):
                        line.role = Role.FLOAT


def _within(line: Line, box: Box) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return (
        box[0] - 2 < x < box[2] + 2 and box[1] - 2 < y < box[3] + 2 and line.x0 > box[0] - 12 and line.x1 < box[2] + 12
    )


def _claim_floats(m: Manuscript, found: Sequence[tuple[Kind, int, int]]) -> None:
    """Claim the text between each caption and the running text, on the side where the float is.

    Figures stand above their captions. Tables stand on either side, but a paper keeps to one: where text like a table's
    is near on both sides, the paper's other tables decide (BERT, Table 2 above Table 3).
    """
    sides = []
    for kind, first, last in found:
        steps = algorithms.steps(m, first, last) if kind == "algorithm" else []
        above = [] if steps else _near(m, first, _walk(m, first, -1))
        below = steps or _near(m, last, _walk(m, last, +1))
        sides.append((kind, above, below))
    tables = [(bool(above), bool(below)) for kind, above, below in sides if kind == "table"]
    mostly_above = tables.count((True, False)) >= tables.count((False, True))
    for kind, above, below in sides:
        chosen = above if kind == "figure" or (above and (mostly_above or not below)) else below
        # Two tables without a word between them reach for the same lines: the first one has them.
        m.floats.append([line for i in sorted(chosen) if (line := m.lines[i]).role is Role.TEXT])
        for line in m.floats[-1]:
            line.role = Role.FLOAT


def _near(m: Manuscript, caption: int, lines: list[int]) -> list[int]:
    """``lines`` when the first of them stands close enough to the caption to be its table; figures may be far."""
    figure = m.lines[caption].text[:3].lower() == "fig"
    return lines if lines and (figure or abs(m.lines[lines[0]].base - m.lines[caption].base) < 60) else []


def _walk(m: Manuscript, i: int, step: int) -> list[int]:
    """Indices of lines that belong to the float beside caption line ``i``, nearest first."""
    caption = m.lines[i]
    found: list[int] = []
    bottom = caption.base
    j = i + step
    while 0 <= j < len(m.lines):
        line = m.lines[j]
        if line.page != caption.page or line.role not in (Role.TEXT, Role.FLOAT):
            break
        if (line.base - caption.base) * step > 0 or is_prose(m, line) or is_heading_like(m, line):
            break
        if step > 0 and found and bottom - line.base > (50 if len(line.text.split()) < 5 else 30):
            break
        if line.role is Role.TEXT:
            found.append(j)
            bottom = min(bottom, line.base)
        j += step
    if step < 0 and j >= 0 and m.lines[j].page == caption.page and m.lines[j].role is Role.TEXT:
        found = _without_tail(m, j, found)
    elif step > 0 and j < len(m.lines) and found:
        found = _without_head(m, found)
    return found


def _without_tail(m: Manuscript, prose: int, found: list[int]) -> list[int]:
    """``found`` without the last lines of the paragraph that ends right before the float."""
    last = m.lines[prose]
    for i in sorted(found):
        line = m.lines[i]
        if not (_like(last, line) and 0 < last.base - line.base < 1.4 * line.size and abs(line.x0 - last.x0) < 25):
            break
        found = [k for k in found if k != i]
        last = line
    return found


def _without_head(m: Manuscript, found: list[int]) -> list[int]:
    """``found`` without lines at its end that are set like the running text and begin a sentence."""
    while (
        found
        and (line := m.lines[found[-1]]).size >= m.body - 0.2
        and line.font == m.font
        and len(line.text.split()) > 6
    ):
        found = found[:-1]
    return found
