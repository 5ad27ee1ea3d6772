"""Title, abstract and DOI from the first page; the authors have a file of their own.

The title is the largest print in the upper part of page 1, unless the file's metadata names words that are printed
there: then these are certain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.pdf import bitmap_fonts
from paperpath.pdf.lines import Line, Manuscript, Role
from paperpath.pdf.scripts import RAISED_DIGITS
from paperpath.pdf.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBERED = re.compile(r"\d{1,2}\.?\s+(?:Introduction|Background|Preliminaries)\b", re.I)
_NOT_A_TITLE = re.compile(
    r"(?:the )?universi|department of|faculty of|school of|institute? of|.{0,20}\bjournal$|arXiv"
    r"|(?:abstract|summary)\s*$|appeared in|to appear|published|communicated|proceedings|journal|vol\.|volume|letter$"
    r"|under review|accepted|received|submitted"
    r"|provided proper|preprint|(?:original|research) (?:article|paper)|review$|draft|technical report|©"
    r"|copyright|https?:|doi\b|issn"
    r"|contents lists|available online|chapter \d|open access|nips|neurips",
    re.I,
)
_ABSTRACT = re.compile(
    r"(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|synopsis|résumé|zusammenfassung|요\s*약|초\s*록|概要|摘要)\b\s*[.:—–-]*\s*",
    re.I,
)
_AFTER_ABSTRACT = re.compile(
    r"(?:key\s?-?words|index terms|categories and subject|ccs concepts|general terms|acm reference|pacs|msc\b"
    r"|jel\b|mathematics subject|subject classification"
    r"|\d*\s*introduction$|(?:1|I)\.?\s+I\s?n\s?t\s?r\s?o)",
    re.I,
)
_COVER = re.compile(
    r"researchgate\.net/publication|(?:included in|access to) the proceedings|downloaded from orbit|citable link"
    r"|archives-ouvertes|HAL Id\b|your use of the jstor|view metadata, citation and similar|deposited (?:in|by)"
    r"|version of record|accepted version|general rights$|repository copy|this is the author",
    re.I,
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>,;\]]+)")


def cover(m: Manuscript) -> None:
    """Pass over a page that a repository or a publisher put before the paper."""
    while m.covers + 1 < min(3, len(m.pages)):
        lines = [line for line in m.lines if line.page == m.front]
        if not any(_COVER.search(line.text) for line in lines) or any(_ABSTRACT.fullmatch(line.text) for line in lines):
            return
        for line in lines:
            line.role = Role.FRONT
        m.covers += 1


def title(m: Manuscript) -> None:
    """Find the title and claim its lines."""
    if not m.pages:
        return
    first = [line for line in m.lines if line.page == m.front and line.role is Role.TEXT]
    block = _named(first, m.name) or _largest(m, first) or _emphasised(m, first)
    for line in block:
        line.role = Role.FRONT
    m.title_lines = tuple(block)
    m.title = _unmarked(m.text(block)) or None
    if m.title and m.name and letters(m.title) == letters(m.name) and m.title.isupper():
        m.title = m.name
    m.doi = _own_doi(first)


def _unmarked(text: str) -> str:
    """A title without the marks of its footnotes."""
    return re.sub(rf"(?<=\w)(?:\s?[∗*†‡§✩⋆]+|{RAISED_DIGITS}+)(?=\s|$)", "", text).strip(" ∗*†‡§✩⋆")


def _named(first: Sequence[Line], name: str | None) -> list[Line]:
    """The lines on the page that spell the title in the file's metadata."""
    wanted = letters(name or "")
    if len(wanted) < 12 or len((name or "").split()) < 2 or _NOT_A_TITLE.match(name or ""):
        return []
    for i in range(min(25, len(first))):
        have = ""
        for j in range(i, min(i + 5, len(first))):
            have += letters(first[j].text)
            if have == wanted:
                return list(first[i : j + 1])
            if not wanted.startswith(have):
                break
    return []


def _largest(m: Manuscript, first: Sequence[Line]) -> list[Line]:
    height = m.front_page.height
    top = [
        line
        for line in first
        if line.base > 0.4 * height
        and re.search(r"[^\W\d_]{2}", line.text)
        and not _NOT_A_TITLE.match(line.text.strip())
    ]
    for big in sorted({line.size for line in top}, reverse=True):
        if big < m.body + 0.6:
            return []
        block = _grown(top, next(i for i, line in enumerate(top) if line.size >= big - _slack(line)), big)
        if sum(c.isalpha() for line in block for c in line.text) >= 6 and not _NUMBERED.match(block[0].text):
            return block
    return []


def _slack(line: Line) -> float:
    """Points within which sizes are the same; those of fonts that are drawn are measured, by half points."""
    return 0.35 if line.font and not line.font.startswith(bitmap_fonts.PREFIX) else 0.6


def _grown(top: Sequence[Line], start: int, big: float) -> list[Line]:
    """The title's lines from the one that was found on."""
    block = [top[start]]
    for line in top[start + 1 :]:
        drop = block[-1].base - line.base
        usual = block[0].base - block[1].base if len(block) > 1 else 1.75 * big
        if drop > 1.2 * usual and not (block[-1].text.endswith((":", ",", "-")) and drop < 3 * big):
            break  # the authors, in the title's own size
        capitals = block[0].capitals and line.capitals and line.size >= 0.78 * big  # small capitals in two sizes (ICLR)
        if (abs(line.size - big) <= _slack(line) or capitals) and -1 < drop < 3 * big and len(block) < 6:
            block.append(line)
        else:
            break
    return block


def _emphasised(m: Manuscript, first: Sequence[Line]) -> list[Line]:
    """Old styles set the title in bold or capitals of the text's own size."""
    height = m.front_page.height
    for i, line in enumerate(first[:15]):
        loud = line.capitals or (line.bold and line.font != m.font)
        if (
            loud
            and line.size > m.body - 0.6
            and line.base > 0.45 * height
            and len(line.text) > 7
            and not _NOT_A_TITLE.match(line.text)
        ):
            block = [line]
            for follow in first[i + 1 : i + 5]:
                alike = (
                    follow.bold == line.bold and abs(follow.size - line.size) < 0.3 and follow.capitals == line.capitals
                )
                if not alike or not 0 < block[-1].base - follow.base < 1.9 * line.size or _ABSTRACT.match(follow.text):
                    break
                block.append(follow)
            return block
    return []


def _own_doi(first: Sequence[Line]) -> str | None:
    """The DOI printed in the head or the foot of page 1."""
    for line in first:
        if re.search(r"\bdoi\b|doi\.org", line.text, re.I) and (match := _DOI.search(line.text)):
            return match[1].rstrip(".)").lower()
    return None


# ------------------------------------------------------------------ abstract


def abstract(m: Manuscript) -> None:
    """Find the abstract and claim its lines."""
    block = _headed(m) or _unheaded(m)
    if not block:
        return
    for line in block:
        line.role = Role.FRONT
    text = m.text(block)
    m.abstract = _ABSTRACT.sub("", text, count=1).strip() if _ABSTRACT.match(text) else text
    # Key words may run on in the abstract's last line (LeCun 1998).
    m.abstract = re.split(r"\s(?:Key\s?words|Index Terms)\s?[—–:-]", m.abstract, maxsplit=1)[0].strip() or None
    m.headings = [
        h for h in m.headings if not (h.number is None and _ABSTRACT.fullmatch(h.title) and h.lines[0].page <= 2)
    ]


def _headed(m: Manuscript) -> list[Line]:
    """The text under, or after, the word "Abstract"."""
    for i, line in enumerate(m.lines[:260]):
        match = _ABSTRACT.match(line.text.strip())
        if not match or line.page > 3 or line.role not in (Role.TEXT, Role.HEADING):
            continue
        alone = match.end() >= len(line.text.strip())
        if not alone and not (
            line.lead or line.bold or re.search(r"[.:—–-]\s*$", match[0]) or match[0].isupper() or line.italic
        ):
            continue
        if re.match(r"(?:summary|synopsis)", match[0], re.I) and not alone:
            continue
        line.role = Role.FRONT if alone else line.role
        block = [] if alone else [line]
        block += _running(m, i + 1, block)
        if sum(len(part.text) for part in block) > 80:
            return block
    return []


def _running(m: Manuscript, start: int, block: list[Line]) -> Iterator[Line]:
    """The lines of the abstract from ``start`` on, up to a heading or key words or another kind of print."""
    last = block[-1] if block else None
    usual = last.size if last else None
    for line in m.lines[start : start + 120]:
        if line.role is Role.HEADING or _AFTER_ABSTRACT.match(line.text.strip()):
            return
        if line.role is not Role.TEXT:
            continue
        if usual is None:
            usual = line.size
        if abs(line.size - usual) > 0.8 and len(line.text) > 25:
            return
        if last is not None and line.page == last.page and last.base - line.base > 2.6 * line.size:
            return
        yield line
        last = line


def _unheaded(m: Manuscript) -> list[Line]:
    """A block of prose between authors and the first heading, without a word that says so (LSTM, REVTeX)."""
    if not m.headings:
        return []
    heading = m.headings[0].lines[0]
    if heading.page > 2:
        return []
    before = []
    for line in m.lines:
        if line is heading:
            break
        if line.role is Role.TEXT:
            before.append(line)
    block: list[Line] = []
    for line in reversed(before):  # from the heading upwards, as long as it is one block
        if len(line.text.split()) < 4 and len(block) > 0 and not line.text.rstrip().endswith("."):
            break
        if block and line.page == block[-1].page and not -1 < line.base - block[-1].base < 1.9 * line.size:
            break
        if block and abs(line.size - block[-1].size) > 0.4:
            break
        block.append(line)
    block.reverse()
    return block if sum(len(line.text) for line in block) > 300 and len(block) < 45 else []
