"""The bibliography → one text per entry.

Where it begins is a heading, or, in letters and REVTeX papers without one, the first of a run of ``[1]``, ``[2]``.
Where its entries begin is read in several ways (anchors, labels, hanging indents, gaps, the look of an author's name),
and the way that gives the most entries that look like entries wins: no way is right for every style.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from statistics import mode
from typing import TYPE_CHECKING

from paperpath.pdf.lines import Line, Manuscript, Role
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING = re.compile(
    r"(?:(?:\d{1,2}|[IVX]+|[A-Z])\.?\s+)?"
    r"(?:(?:additional |supplementary |cited |selected )?references(?: cited)?|bibliography|literature(?: cited)?"
    r"|references and (?:notes|further reading)|works cited|r\s?eferences|référence?s|bibliographie|literatur"
    r"|참고\s?문헌|参考文献|文献)\s*[:.]?",
    re.I,
)
_NUMBERED = tuple(
    re.compile(p)
    for p in (r"\[(\d{1,3})\]", r"\((\d{1,3})\)\s", r"(\d{1,3})\.(?:\s|$)", r"(\d{1,3})\)\s", r"(\d{1,3})\s+[A-Z]")
)
_LABEL = re.compile(r"\[(?!Online)[A-Za-z][^\]]{0,40}\]")
_YEARLIKE = re.compile(
    r"\b(?:1[6-9]|20)\d\d[a-z]?\b|arXiv|in press|https?:|\bdoi\b|to appear|forthcoming|unpublished"
    r"|\[[a-z-]+/\d{4,7}|submitted|preprint",
    re.I,
)
_DATES = re.compile(r"\((?:1[6-9]|20)\d\d[a-z]?\)|\b(?:1[6-9]|20)\d\d[a-z]?\.(?:\s|$)")
_AFTER = re.compile(
    r"(?:(?:[A-Z]|\d{1,2})\.?\s+)?(?:appendix|appendices|supplement|acknowled|about the authors?|author contrib"
    r"|figures?$|tables$)",
    re.I,
)
_AUTHOR = re.compile(
    r"(?:[A-Z][\w'’-]*[,.]?|[A-Z]\.|de|van|von|der|den|di|da|la|le|el|al|d['’]\w+)[ ,](?=.{2,})|[A-Z]\w+, [A-Z]"
)


def find(m: Manuscript) -> None:
    """Fill ``m.references``; claim the lines of the list."""
    regions = _regions(m)
    if not regions:
        return
    # Reading fields compiles 75 regular expressions, 0.10 of the 0.35 s of processor time that a process needs before
    # it can read a PDF: not for one without a list, nor where a picture or annotations are all that is asked for.
    from paperpath.pdf import reference_fields

    for begin, end in regions:
        region = [line for line in m.lines[begin:end] if line.role is Role.TEXT]
        region = _of_usual_size(region)
        write = _writer(m)
        for block in _split(m, region, write):
            for line in block:
                line.role = Role.REFERENCE
            m.references.append(reference_fields.read(write(block), block[0].page))


def _writer(m: Manuscript) -> Callable[[list[Line]], str]:
    """Lines → running text, each stretch of lines only once: the ways to split a list have many blocks in common."""
    known: dict[tuple[int, int], str] = {}

    def write(block: list[Line]) -> str:
        place = (id(block[0]), len(block))
        if place not in known:
            known[place] = m.text(block)
        return known[place]

    return write


# ------------------------------------------------------------------ where the list is


def _regions(m: Manuscript) -> list[tuple[int, int]]:
    """(first line, line after the last) of every list of references."""
    headings = [i for i, line in enumerate(m.lines) if _is_heading(m, i, line)]
    found = []
    for i, after in pairwise([*headings, len(m.lines)]):
        end = _end(m, i, after)
        if end - i > 1:
            found.append((i + 1, end))
    if not found and (start := _headless(m)) is not None:
        found.append((start, _end_of_numbers(m, start)))
    return found


def _is_heading(m: Manuscript, i: int, line: Line) -> bool:
    if line.role is not Role.TEXT or not HEADING.fullmatch(text := line.text.strip()):
        return False
    strong = line.bold or line.size > m.body + 0.4 or line.capitals or line.font != m.font
    following = m.lines[i + 1 : i + 6]
    listed = any(p.match(follow.text) for p in (*_NUMBERED[:4], _LABEL) for follow in following)
    return (strong or listed) and bool(following) and not re.search(r"\.\s?\.\s?\.|\s\d+$", text)


def _end(m: Manuscript, heading: int, limit: int) -> int:
    """Index of the line that ends the list: the next heading, in the style of this one or plainly named."""
    h = m.lines[heading]
    style = Counter((line.font, line.size) for line in m.lines[heading + 1 : heading + 40]).most_common(1)
    entry_style = style[0][0] if style else None
    for k in range(heading + 1, limit):
        line = m.lines[k]
        text = line.text.strip()
        if line.role is not Role.TEXT or len(text) > 90 or len(text) < 4:
            continue
        strong = line.bold or line.size > m.body + 0.4 or line.capitals
        if strong and _AFTER.match(text):
            return k
        same = abs(line.size - h.size) < 0.25 and line.bold == h.bold and line.font == h.font
        plain = (line.font, line.size) == entry_style
        if plain or line.lead != 0:
            continue
        if (
            same
            and re.match(r"(?:[A-Z]|\d{1,2}|[IVX]+)?(?:\.\d+)?\.?\s*[A-Z][A-Za-z]{2}", text)
            and text[-1] not in ",;"
            and k > heading + 2
        ):
            return k
        if strong and line.size > h.size + 0.5 and text[:1].isupper() and not text.endswith((".", ",")):
            return k
    return limit


def _headless(m: Manuscript) -> int | None:
    """Index of the first entry of a list without a heading: REVTeX papers and letters (1508.05632)."""
    for pattern in (_NUMBERED[0], _NUMBERED[2]):
        firsts = [
            i
            for i, line in enumerate(m.lines)
            if (f := pattern.match(line.text)) and f[1] == "1" and i > 0.3 * len(m.lines)
        ]
        for i in reversed(firsts):
            follow = [f[1] for line in m.lines[i : i + 25] if (f := pattern.match(line.text))]
            if follow[:3] == ["1", "2", "3"] and _YEARLIKE.search(" ".join(line.text for line in m.lines[i : i + 4])):
                return i
    return None


def _end_of_numbers(m: Manuscript, start: int) -> int:
    """Where a list without a heading ends: a few lines after its last number."""
    pattern = _NUMBERED[0] if m.lines[start].text.startswith("[") else _NUMBERED[2]
    starts = _chain(m.lines[start:], pattern)
    size = m.lines[start].size
    last = start + starts[-1]
    end = last + 1
    while end < len(m.lines) and end < last + 12:
        line, before = m.lines[end], m.lines[end - 1]
        if abs(line.size - size) > 0.5 or 0 < before.base - line.base > 1.8 * size:
            break
        end += 1
    return end


def _of_usual_size(region: list[Line]) -> list[Line]:
    """Without lines in another size: page furniture, footnotes, tables nobody claimed.

    A small line right below one of an entry, and as far in, is part of it: a link set as by a typewriter (JACoW).
    """
    letters: Counter[float] = Counter()
    for line in region:
        letters[line.size] += len(line.text)
    if not letters:
        return []
    usual = letters.most_common(1)[0][0]
    kept: list[Line] = []
    for line in region:
        if abs(line.size - usual) < 1.2 or line.text.startswith("[") or (kept and _goes_on(kept[-1], line, usual)):
            kept.append(line)
    return kept


def _goes_on(before: Line, line: Line, size: float) -> bool:
    near = before.page == line.page and 0 < before.base - line.base < 1.4 * size and abs(line.x0 - before.x0) < 3
    return near and 0.75 * size < line.size < size


# ------------------------------------------------------------------ where its entries begin


def _split(m: Manuscript, region: list[Line], write: Callable[[list[Line]], str]) -> list[list[Line]]:
    """The lines of each entry."""
    if not region:
        return []
    for way in _LABELLED:
        starts = way(m, region)
        if len(starts) >= 2 and len(starts) >= 0.04 * len(region):
            return _drop_strangers(write, _blocks(region, starts))
    ways = [starts for way in _UNLABELLED if (starts := way(m, region))]
    if not ways:
        return []
    best = max(ways, key=lambda starts: sum(_quality(write(block)) for block in _blocks(region, starts)))
    return _drop_strangers(write, _blocks(region, best))


def _blocks(region: list[Line], starts: list[int]) -> list[list[Line]]:
    return [region[a:b] for a, b in pairwise([*starts, len(region)])]


@lru_cache(maxsize=1024)
def _quality(text: str) -> float:
    """How much a block looks like an entry: halves lack a year or an author, wholes have one of each."""
    good = 25 < len(text) < 900 and bool(_YEARLIKE.search(text)) and (bool(_AUTHOR.match(text)) or text[:1] in "[“\"'")
    return (1.0 if good else -1.0) - 0.5 * max(0, len(_DATES.findall(text)) - 2)


def _by_number(_: Manuscript, region: list[Line]) -> list[int]:
    best: list[int] = []
    for pattern in _NUMBERED:
        starts = _chain(region, pattern)
        if len(starts) > 1.5 * len(best):
            best = starts
        if len(best) >= max(3, 0.06 * len(region)):
            break
    return best if len(best) >= 3 or (best and best[0] == 0 and len(best) == 2) else []


def _chain(region: list[Line], pattern: re.Pattern[str]) -> list[int]:
    """Lines whose numbers go up one by one (or skip one: an entry may have been swallowed by a float)."""
    starts: list[int] = []
    want: int | None = None
    for i, line in enumerate(region):
        match = pattern.match(line.text.strip())
        if not match:
            continue
        number = int(match[1])
        if want is None:
            # The supplement's list goes on where the paper's ended.
            if number in (0, 1) or i == 0:
                starts.append(i)
                want = number + 1
        elif 0 <= number - want <= 2:
            starts.append(i)
            want = number + 1
    return starts


def _by_label(_: Manuscript, region: list[Line]) -> list[int]:
    """``[AAB+15]``, ``[Knuth, 1984]``."""
    starts = [i for i, line in enumerate(region) if _LABEL.match(line.text.strip())]
    dated = [i for i in starts if re.match(r"\[[^\]]*\d{2}[a-z]?\]", region[i].text.strip())]
    return starts if len(dated) >= 3 else []


def _by_anchor(m: Manuscript, region: list[Line]) -> list[int]:
    """Lines that ``cite.…`` destinations point to; only when nearly all of them point to a line of their own."""
    pages = {line.page for line in region}
    targets = [t for t in m.anchors.cites if t.page in pages and t.y is not None]
    starts = set()
    for target in targets:
        near = [
            (abs(line.y1 + 2 - (target.y or 0.0)), i)
            for i, line in enumerate(region)
            if line.page == target.page and (target.x is None or -45 < line.x0 - target.x < 60)
        ]
        if near and min(near)[0] < 16:
            starts.add(min(near)[1])
    complete = len(targets) >= 3 and len(starts) >= 0.95 * len(targets) and 0 in starts
    return sorted(starts) if complete else []


def _by_indent(_: Manuscript, region: list[Line]) -> list[int]:
    """Hanging indents: an entry begins at the left edge of its column, its other lines further in."""
    edges = _edges(region)
    deeper = [i for i, line in enumerate(region) if 4 < line.x0 - edges[line.page, line.column] < 45]
    if len(deeper) < 0.03 * len(region):
        return []
    # A dash in the place of the same author as above is drawn, not written: such an entry begins with its year.
    return [
        i
        for i, line in enumerate(region)
        if (inset := line.x0 - edges[line.page, line.column]) < 3.5
        or (inset > 12 and re.match(r"\(\d{4}[a-z]?\)", line.text))
    ]


def _by_first_indent(_: Manuscript, region: list[Line]) -> list[int]:
    """The opposite: an entry's first line is the one further in."""
    edges = _edges(region)
    return [i for i, line in enumerate(region) if 4 < line.x0 - edges[line.page, line.column] < 30 or i == 0]


def _edges(region: list[Line]) -> dict[tuple[int, int], float]:
    """The left edge of each column that the list runs through."""
    columns: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in region:
        columns[line.page, line.column].append(line)
    edges: dict[tuple[int, int], float] = {}
    for place, lines in columns.items():
        counts = Counter(round(line.x0) for line in lines)
        edges[place] = min((x for x in counts if counts[x] + counts[x + 1] >= 2), default=min(counts))
    return edges


def _by_gap(_: Manuscript, region: list[Line]) -> list[int]:
    """Space between the entries; at the top of a column, the look of an author after a finished sentence."""
    drops = [
        a.base - b.base
        for a, b in pairwise(region)
        if a.page == b.page and a.column == b.column and 4 < a.base - b.base < 40
    ]
    if not drops:
        return [0]
    pitch = mode(round(d, 0) for d in drops)
    starts = [0]
    for i, (a, b) in enumerate(pairwise(region), 1):
        if a.page == b.page and a.column == b.column and a.base > b.base:
            if a.base - b.base > 1.22 * pitch:
                starts.append(i)
        elif _finished(a) and _AUTHOR.match(b.text):
            starts.append(i)
    return starts


def _by_author(_: Manuscript, region: list[Line]) -> list[int]:
    """No space and no indent: a line that begins with a name after a line that ends short or with a full stop."""
    right = max(line.x1 for line in region)
    starts = [0]
    for i, (a, b) in enumerate(pairwise(region), 1):
        short = a.x1 < right - 0.08 * (right - a.x0)
        named = re.match(r"(?:[A-Z]\. ?)+[A-Z][\w'’-]+[,.]? |[A-Z][\w'’-]+,? (?:[A-Z]\.|[A-Z][a-z]+,)", b.text)
        if _finished(a) and named and (short or a.text.endswith(".")):
            starts.append(i)
    return starts


def _finished(line: Line) -> bool:
    return bool(re.search(r"[.)\]\d]$|https?\S+$", line.text.strip())) and not line.text.endswith(HYPHEN)


_LABELLED: tuple[Callable[[Manuscript, list[Line]], list[int]], ...] = (_by_number, _by_label)
_UNLABELLED = (_by_anchor, _by_indent, _by_gap, _by_first_indent, _by_author)


def _drop_strangers(write: Callable[[list[Line]], str], blocks: list[list[Line]]) -> list[list[Line]]:
    """Without floats and notes caught inside the list, when nearly everything else looks like an entry."""

    def plausible(block: list[Line]) -> bool:
        text = write(block)
        return bool(_YEARLIKE.search(text)) and len(re.findall(r"[^\W\d_]{3,}", text)) >= 3

    looks = [plausible(block) for block in blocks]
    if len(blocks) <= 5 or sum(looks) <= 0.7 * len(blocks):
        return blocks
    return [
        b
        for b, ok in zip(blocks, looks, strict=True)
        if ok or b[0].text.startswith("[") or re.match(r"\d+\.", b[0].text)
    ]
