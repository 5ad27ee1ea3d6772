"""The authors on the first page, each with an affiliation where marks or the layout tell it.

Between title and abstract stand names, places and addresses in any order. Names are told from places by words that
only places have, by the style of the first name, and by their place at the top of a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.model import ParsedAuthor
from paperpath.pdf.lines import Line, Manuscript, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLACE = re.compile(
    r"\b(?:universi|institu|instit\b|departm|d[ée]partem|dept\b|dipartim|laborat|labs?\b|school|college|facult"
    r"|fakult|inc\b|ltd\b|llc\b"
    r"|corp|gmbh|research|cent(?:er|re|ro)\b|academ|hospital|clinic|polytech|technolog|techni|hochschule"
    r"|lehrstuhl|max.planck|societ|foundation|associat"
    r"|google|facebook|microsoft|openai|deepmind|ibm\b|nvidia|amazon|apple\b|intel\b|baidu|tencent|alibaba"
    r"|huawei|bloomberg|adobe|yahoo|twitter"
    r"|brain\b|ai2?\b|meta\b|salesforce|samsung|uber\b|bell labs|at&t|cnrs|inria|eth\b|epfl\b|mit\b|cern\b"
    r"|idsia|cifar|stanford|berkeley|harvard"
    r"|princeton|cornell|caltech|carnegie|oxford|cambridge|montr[eé]al|toronto|street\b|avenue\b|road\b"
    r"|p\.\s?o\.|box \d|city\b|usa\b|u\.s\.a|uk\b"
    r"|germany|france|canada|china|japan|italy|korea|switzerland|israel|india\b|australia|netherlands|spain"
    r"|singapore|sweden|denmark|austria|belgium"
    r"|russia|poland|mexico|brazil|england|sciences?\b|engineering|mathemati|physics|statistics|computer"
    r"|program\b|division|group\b|team\b|collaboration"
    r"|corresponding|equal(?:ly)?\b|contribut|senior\b|members?\b|fellow\b|student\b|abstract\b|www\.|http"
    r"|e-?mail|tel\b|fax\b|date\b|january|february"
    r"|march \d|april|may \d|june|july|august|september|october|november|december|communicated|arxiv|published"
    r"|conference|proceedings|journal|editor"
    r"|bureau|agency|ministry)|@",
    re.I,
)
_MARKS = re.compile(
    r"[*∗†‡§¶‖⋆♯♮♭★☆✉]|(?<=[^\W\d_.])\s?\d{1,2}(?:\s?,\s?\d{1,2})*(?=\s|,|$|[*∗†‡])|(?<=[a-z])\s?[⁰¹²³⁴-⁹]+"
)
_SEPARATOR = re.compile(r"\s*(?:[,;·•|]|\band\b|\bAND\b|&|\bund\b|\bet\b(?! al))\s*")
_PARTICLES = frozenset("van von der den de di da la le del dos du el al bin ter ten zu y e i af ben ibn st".split())
_DEGREE = re.compile(
    r",?\s*\b(?:Ph\.?\s?D|M\.?D|Jr|Sr|I{2,3}|IEEE|Fellow|Member|Student Member|Senior Member)\b\.?", re.I
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One line of the author block, or the part of it in one column of the block."""

    line: Line
    names: tuple[str, ...]
    marks: tuple[str, ...]
    """The mark after each name, ``1`` or ``*``; empty when there is none."""


def find(m: Manuscript) -> None:
    """Fill ``m.authors`` and claim the lines between title and abstract."""
    if not m.title:
        return
    block = _block(m)
    pieces = [_read(line) for line in block]
    m.authors = tuple(_authors(pieces))
    if m.authors:
        low = min(line.base for line in block) - 1
        top = max(line.base for line in block) + 1
        for line in m.lines:
            if line.page == block[0].page and line.role is Role.TEXT and low <= line.base <= top:
                line.role = Role.FRONT


def _block(m: Manuscript) -> list[Line]:
    """The unmerged lines between the title and what follows the authors."""
    page = m.pages[0]
    title = [line for line in m.lines if line.page == page.number and line.role is Role.FRONT]
    if not title:
        return []
    top = min(line.base for line in title)
    end = _end(m, top)
    inside = [
        line
        for line in page.lines
        if line.role is not Role.MARGIN and not line.rotated and end + 2 < line.base < top - 1 and line.text.strip()
    ]
    return sorted(inside, key=lambda line: (-round(line.base), line.x0)) if len(inside) < 90 else inside[:90]


def _end(m: Manuscript, top: float) -> float:
    """The height at which the author block ends: abstract, first heading, or the first prose."""
    page = m.pages[0].number
    ends = [0.3 * m.pages[0].height]
    for line in m.lines:
        if line.page != page or line.base >= top - 1:
            continue
        prose = (
            len(line.text.split()) > 9
            and not _PLACE.search(line.text)
            and sum(w[:1].islower() for w in line.text.split()) > 4
        )
        named = re.match(
            r"\W*(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|keywords|index terms|(?:1|I)?\.?\s*introduction"
            r"|contents)\b",
            line.text.strip(),
            re.I,
        )
        if line.role is Role.HEADING or prose or named:
            ends.append(line.base)
    return max(ends)


def _read(line: Line) -> _Piece:
    """The names on a line; none when it is a place or an address."""
    text = re.sub(r"^(?:by|authors?:)\s+", "", line.text.strip(), flags=re.I)
    if "@" in text:
        text = re.sub(r"[({<\[]?[\w.,\s{}-]*@[\w.]+[)}>\]]?", " ", text) if re.match(r"[A-Z][a-z]+ [A-Z]", text) else ""
    text = _DEGREE.sub("", text)
    names, marks = [], []
    for part in _split(text):
        mark = "".join(re.findall(r"[\d*∗†‡§¶‖]", "".join(_MARKS.findall(part))))[:1]
        name = re.sub(r"[({\[].*$", "", _MARKS.sub(" ", part))
        name = " ".join(name.split()).strip(" .,-")
        name += "." if re.search(r"\b[A-Z]$", name) and "." in name else ""
        if _is_name(name):
            names.append(_cased(name))
            marks.append(mark)
    place = _PLACE.search(text)
    if place and len(names) < 2:
        names, marks = [], []
    return _Piece(line, tuple(names), tuple(marks))


def _split(text: str) -> Iterator[str]:
    """Parts between separators; a comma between two marks (``1,2``) does not separate."""
    text = re.sub(r"(?<=[\d*∗†‡§]),\s?(?=[\d*∗†‡§])", "", text)
    text = re.sub(r"(?<=[a-z])\s?([\d*∗†‡§¶]+)\s+(?=[A-Z])", r" \1, ", text)  # "Ann Lee1 Bob Ray2"
    yield from (part for part in _SEPARATOR.split(text) if part.strip())


def _is_name(text: str) -> bool:
    words = text.replace(".", ". ").split()
    if not 2 <= len(words) <= 6 or _PLACE.search(text) or re.search(r"[\d@:/()=+]", text):
        return False
    full = [w for w in words if w.lower().rstrip(".") not in _PARTICLES]
    if not full or not all(w[0].isupper() for w in full) or not any(len(w.strip(".")) > 1 for w in full):
        return False
    return all(re.fullmatch(r"[^\W\d_]['’`´\w.-]*", w) for w in words)


def _cased(name: str) -> str:
    """``ALEX GRAVES`` → ``Alex Graves``."""
    if not name.isupper() or len(name) < 6:
        return name
    return " ".join(
        w if re.fullmatch(r"(?:[A-Z]\.)+|[A-Z]", w) else "-".join(p.capitalize() for p in w.split("-"))
        for w in name.split()
    )


def _authors(pieces: Sequence[_Piece]) -> Iterator[ParsedAuthor]:
    first = next((p for p in pieces if p.names), None)
    if first is None:
        return
    seen: set[str] = set()
    style = _style(first.line)
    for piece in pieces:
        same = _style(piece.line) == style
        if not piece.names or (not same and not (piece.marks[0] and len(piece.names) > 1)):
            continue
        if _under_place(piece, pieces) and not piece.line.bold:
            continue
        for name, mark in zip(piece.names, piece.marks, strict=True):
            if name not in seen:
                seen.add(name)
                yield ParsedAuthor(name, _affiliation(piece, mark, pieces) or _shared(pieces))


def _style(line: Line) -> tuple[float, bool, str]:
    return (round(line.size), line.bold, line.font)


def _under_place(piece: _Piece, pieces: Sequence[_Piece]) -> bool:
    """Whether a line of the same style right above, in the same block, is a place: then this is one too."""
    for other in pieces:
        drop = other.line.base - piece.line.base
        overlap = min(other.line.x1, piece.line.x1) - max(other.line.x0, piece.line.x0)
        if 2 < drop < 1.45 * piece.line.size and overlap > 0 and not other.names:
            return _style(other.line) == _style(piece.line) and "@" not in other.line.text
    return False


def _shared(pieces: Sequence[_Piece]) -> str | None:
    """The one place on the page, when it is printed once below all names (BERT)."""
    places = [
        p.line.text.strip() for p in pieces if not p.names and _PLACE.search(p.line.text) and "@" not in p.line.text
    ]
    return places[0].strip(" ,*∗†‡") if len(places) == 1 else None


def _affiliation(piece: _Piece, mark: str, pieces: Sequence[_Piece]) -> str | None:
    """By its mark (``1 University of …``), or the lines right below the name in the same block."""
    if mark.isdigit():
        for other in pieces:
            if not other.names and (found := re.match(rf"{mark}\s?(?=[A-Z])", other.line.text.strip())):
                return other.line.text.strip()[found.end() :].strip(" ,")
    below = []
    last = piece.line
    for other in pieces:
        drop = last.base - other.line.base
        overlap = min(other.line.x1, piece.line.x1) - max(other.line.x0, piece.line.x0)
        if (
            other.names
            or other.line is piece.line
            or not 0.5 < drop < 1.7 * max(last.size, other.line.size)
            or overlap <= 0
        ):
            continue
        if "@" in other.line.text:
            break
        below.append(re.sub(r"^[\d*∗†‡§]\s?(?=[A-Z])", "", other.line.text.strip()))
        last = other.line
    return ", ".join(below).strip(" ,*∗†‡") or None
