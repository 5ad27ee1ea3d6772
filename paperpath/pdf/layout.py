"""Pages → one list of lines in reading order, with margins claimed, columns known and broken rows mended.

The order of the content stream is kept: LaTeX writes it in reading order, and sorting by geometry breaks two-column
papers. Only a page whose stream jumps about (made by office programs and OCR) is sorted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise

from paperpath.pdf import rows
from paperpath.pdf.lines import Edges, Line, Manuscript, Page, Role
from paperpath.pdf.text import HYPHEN, Words, clean

_STAMP = re.compile(
    r"arXiv:\s?((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)(?=\s|\[|$)"
)  # beside or above page 1
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s+of\s+\d+)?\W*", re.I)


def tidy(m: Manuscript) -> None:
    """Fill ``m.lines``; find the arXiv stamp and what the running text looks like."""
    for page in m.pages:
        for line in page.lines:
            _clean(line)
    m.arxiv_id = _stamp(m.pages[0]) if m.pages else None
    kept = {page.number: _without_margins(page) for page in m.pages}
    _running_heads(m.pages, kept)
    two = _two_columns(m.pages, kept)
    for page in m.pages:
        lines = kept[page.number]
        if two:
            _set_columns(page, lines)
        if _is_jumbled(lines):
            lines.sort(key=lambda line: (line.column, -round(line.base), line.x0))
        m.lines += rows.joined(lines)
    m.body, m.font = _running_text(m.lines)
    m.edges = _edges(m)
    m.words = Words(line.text for line in m.lines)


def _clean(line: Line) -> None:
    if not line.lead and not line.cells and line.text.isascii():  # half of all lines, and no hyphen of ours
        line.text = clean(line.text)
        return
    hyphen = HYPHEN if line.text.endswith(HYPHEN) else ""
    lead = clean(line.text[: line.lead]) if line.lead else ""
    line.text = lead + clean(line.text[line.lead :].rstrip(HYPHEN)) + hyphen
    line.lead = len(lead)
    if line.cells:
        line.cells = tuple(cell._replace(text=clean(cell.text)) for cell in line.cells)


def _stamp(page: Page) -> str | None:
    for line in page.lines:
        if (found := _STAMP.search(line.text)) and (line.rotated or line.size > 12 or line.text.startswith("arXiv")):
            return found[1]
    return None


# ------------------------------------------------------------------ margins


def _without_margins(page: Page) -> list[Line]:
    """The lines of a page without rotated ones, empty ones, and those outside the sheet."""
    for line in page.lines:
        if line.rotated or not line.text.strip() or line.base < 0 or line.base > page.height or line.size < 1:
            line.role = Role.MARGIN
    return [line for line in page.lines if line.role is not Role.MARGIN]


_LONG_HEAD = 25
"""Letters. Two of the same long row at the very edge are enough: page 1 of a short paper often has another (JACoW)."""


def _running_heads(pages: list[Page], kept: dict[int, list[Line]]) -> None:
    """Claim page numbers and what stands at the top or the bottom of many pages."""
    seen: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        seen.update({(_key(line), line.base > page.height / 2) for line in kept[page.number] if _at_edge(page, line)})
    outermost = {page.number: _outermost(kept[page.number]) for page in pages}
    rows_of = {number: _outer_rows(lines) for number, lines in outermost.items()}
    outer = Counter(row for found in rows_of.values() for row in found.items())
    numbers = _page_numbers(outermost, kept)
    often = max(3, min(8, len(pages) * 0.3))
    heads = _constant_heads(pages, kept) | _constant_feet(pages, kept)
    for page in pages:
        counted = {text for number, text in numbers if number == page.number}
        for line in kept[page.number]:
            if heads and (page.number, round(line.base)) in heads:
                line.role = Role.MARGIN
            if not _at_edge(page, line):
                if counted and line.text.strip() in counted and line in outermost[page.number]:
                    line.role = Role.MARGIN
                continue
            if page.number > 1 and _is_far_out(page, line, kept[page.number]):
                line.role = Role.MARGIN
            number = _PAGE_NUMBER.fullmatch(line.text) and not _in_row(line, kept[page.number])
            if (
                number
                or seen[_key(line), line.base > page.height / 2] >= often
                or outer[round(line.base), rows_of[page.number].get(round(line.base), "")] > 1
            ):
                line.role = Role.MARGIN
        kept[page.number] = [line for line in kept[page.number] if line.role is not Role.MARGIN]


def _page_numbers(outermost: dict[int, list[Line]], kept: dict[int, list[Line]]) -> set[tuple[int, str]]:
    """(page, what is printed) of numbers alone in the first or last row that count the pages, from 1 or any other."""
    shifts = [
        (page, line.text.strip(), int(line.text) - page)
        for page, lines in outermost.items()
        for line in lines
        if line.text.strip().isdecimal() and len(line.text.strip()) < 5 and not _in_row(line, kept[page])
    ]
    often = Counter(shift for _, _, shift in shifts)
    return {(page, text) for page, text, shift in shifts if shift == 0 or often[shift] >= 3}


def _outermost(lines: list[Line]) -> list[Line]:
    """The first and the last row of a page."""
    top, bottom = max((line.base for line in lines), default=0), min((line.base for line in lines), default=0)
    return [line for line in lines if line.base > top - 1 or line.base < bottom + 1]


def _outer_rows(lines: list[Line]) -> dict[int, str]:
    """Baseline → what the first and the last row of a page, its ``lines``, say: PDFium cuts a row as it likes.

    Only rows with a long piece: the heads of two tables may be the same (1508.07909).
    """
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(round(line.base), []).append(line)
    return {
        base: " ".join(_key(line) for line in sorted(row, key=lambda line: line.x0))
        for base, row in found.items()
        if any(len(_key(line)) >= _LONG_HEAD for line in row)
    }


def _constant_heads(pages: list[Page], kept: dict[int, list[Line]]) -> set[tuple[int, int]]:
    """(page, baseline) of top rows that keep their height over the pages and stand apart from the text below.

    A book's running heads change with every section (hoare_csp: ``1.1 Introduction``), so their words do not repeat.
    """
    tops: dict[int, int] = {}
    for page in pages:
        bases = sorted({round(line.base) for line in kept[page.number]}, reverse=True)
        if len(bases) > 2 and bases[0] > page.height * 0.75:
            size = max(line.size for line in kept[page.number] if round(line.base) == bases[0])
            below = next((b for b in bases if b < bases[0] - 2), 0)
            if 1.7 * size < bases[0] - below < 80:
                tops[page.number] = bases[0]
    usual = Counter(tops.values()).most_common(1)
    if not usual or usual[0][1] < max(4, 0.5 * len(pages)):
        return set()
    return {(number, base) for number, base in tops.items() if abs(base - usual[0][0]) < 2}


def _constant_feet(pages: list[Page], kept: dict[int, list[Line]]) -> set[tuple[int, int]]:
    """(page, baseline) of page numbers that stand high above the lower edge, on wide margins, but always there."""
    feet: dict[int, int] = {}
    for page in pages:
        lowest = min(kept[page.number], key=lambda line: line.base, default=None)
        if lowest is not None and _PAGE_NUMBER.fullmatch(lowest.text):
            feet[page.number] = round(lowest.base)
    usual = Counter(feet.values()).most_common(1)
    if not usual or usual[0][1] < max(3, 0.4 * len(pages)):
        return set()
    return {(number, base) for number, base in feet.items() if abs(base - usual[0][0]) < 2}


def _key(line: Line) -> str:
    return _without_numbers(line.text)


@lru_cache(maxsize=1024)
def _without_numbers(text: str) -> str:
    """What running heads of many pages have in common; asked up to five times for each line at an edge."""
    return re.sub(r"\d+", "#", re.sub(r"\W+", " ", text)).strip().lower()


def _at_edge(page: Page, line: Line) -> bool:
    return line.base > page.height * 0.91 or line.base < page.height * 0.085


def _is_far_out(page: Page, line: Line, lines: list[Line]) -> bool:
    """Whether a line stands by itself beyond where text areas end; in a short paper no head repeats often enough."""
    if 0.07 * page.height < line.base < 0.93 * page.height:
        return False
    gap = min((abs(other.base - line.base) for other in lines if abs(other.base - line.base) > 2), default=99.0)
    return gap > 1.8 * line.size


def _in_row(line: Line, lines: list[Line]) -> bool:
    """Whether other text stands close beside it: then it is a section number or a table cell."""
    return any(
        other is not line and abs(other.base - line.base) < 2 and -3 < other.x0 - line.x1 < 40 and len(other.text) > 3
        for other in lines
    )


# ------------------------------------------------------------------ columns


def _two_columns(pages: list[Page], kept: dict[int, list[Line]]) -> bool:
    """Whether most pages of the paper are set in two columns."""
    votes = Counter(_looks_two_column(page, kept[page.number]) for page in pages if len(kept[page.number]) > 15)
    return votes[True] > votes[False] or votes[True] >= max(2, 0.4 * votes.total())


def _looks_two_column(page: Page, lines: list[Line]) -> bool:
    middle = page.width / 2
    wide = [line for line in lines if line.width > 60]
    left = sum(line.x1 <= middle + 12 for line in wide)
    right = sum(line.x0 >= middle - 12 for line in wide)
    return left >= 5 and right >= 5 and left + right > 0.55 * len(wide)


def _set_columns(page: Page, lines: list[Line]) -> None:
    middle = page.width / 2
    for line in lines:
        line.column = 2 if line.x0 >= middle - 14 else 1 if line.x1 <= middle + 14 else 0


def _is_jumbled(lines: list[Line]) -> bool:
    """Whether the stream goes up the page, inside a column, more often than floats and footnotes explain."""
    ups = sum(b.column == a.column and b.base > a.base + 1.5 * a.size for a, b in pairwise(lines))
    return len(lines) > 20 and ups > 0.2 * len(lines)


def _running_text(lines: list[Line]) -> tuple[float, str]:
    """Size and font in which most of the paper is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    if not sizes:
        return 10.0, ""
    body = sizes.most_common(1)[0][0]
    fonts: Counter[str] = Counter()
    for line in lines:
        if abs(line.size - body) < 0.15:
            fonts[line.font] += len(line.text)
    return body, fonts.most_common(1)[0][0]


def _edges(m: Manuscript) -> dict[tuple[int, int], Edges]:
    """Where most lines of the running text begin and end, by page and column."""
    columns: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in m.lines:
        if abs(line.size - m.body) < 0.4 and len(line.text.split(None, 4)) > 4:
            columns[line.page, line.column].append(line)
    usual: defaultdict[int, list[Line]] = defaultdict(list)
    for (_, column), lines in columns.items():
        usual[column] += lines
    full = {column: _edges_of(lines) for column, lines in usual.items()}
    places = {(line.page, line.column) for line in m.lines}
    # Too few lines say nothing about a column: a page full of tables, the top of the last page.
    return {
        place: _edges_of(columns[place]) if len(columns[place]) >= 8 else full[place[1]]
        for place in places
        if place[1] in full
    }


def _edges_of(lines: list[Line]) -> Edges:
    left = Counter(round(line.x0) for line in lines)
    common = [x for x, n in left.items() if n + left[x - 1] + left[x + 1] >= max(2, 0.2 * len(lines))]
    right = Counter(round(line.x1 / 2) for line in lines)
    most = [x for x, n in right.items() if n + right[x - 1] + right[x + 1] >= 0.15 * len(lines)]
    return Edges(min(common, default=min(left)), 2 * max(most, default=max(right)))
