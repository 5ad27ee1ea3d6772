"""The authors on the first page, each with an affiliation where marks or the layout tell it.

Between title and abstract stand names, places and addresses in any order. Names are told from places by words that
only places have, by the style of the first name, and by their place at the top of a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath.model import ParsedAuthor
from paperpath.pdf.lines import Line, Manuscript, Role
from paperpath.pdf.scripts import RAISED_DIGITS, flat
from paperpath.pdf.text import HYPHEN

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
    r"|bureau|agency|ministry|escola|escuela|[ée]cole\b|departament|istituto|facolt|scuola|campus|square\b|building"
    r"|hall\b|tower\b|laboratoire|univ\b|software|systems?\b|networks?\b|state\b|national|international|royal"
    r"|san (?:diego|francisco|jose)|santa (?:barbara|cruz|clara)|los (?:angeles|alamos)|new (?:york|jersey|haven|delhi)"
    r"|palo alto|mountain view|menlo park|ann arbor|hong kong|tel aviv|buenos aires|rio de janeiro|s[ãa]o paulo"
    r"|h[öo]gskol|magazine|entertainment|version\b|edition\b|draft\b|thesis|report\b|volume\b|chapter\b)|@",
    re.I,
)
_CITIES = frozenset(
    "amsterdam athens atlanta austin barcelona beijing berlin bologna bonn boston brussels budapest california chicago"
    " cologne copenhagen dublin edinburgh florence geneva grenoble hamburg heidelberg helsinki houston ithaca jerusalem"
    " kyoto lausanne lisbon london lyon madrid manchester melbourne milan moscow munich nancy nanjing oslo ottawa paris"
    " philadelphia pisa pittsburgh portland prague princeton providence redmond rome saarbrücken seattle seoul shanghai"
    " shenzhen stockholm sydney tokyo toulouse trieste tübingen uppsala utrecht vancouver vienna warsaw washington"
    " waterloo zürich zurich massachusetts michigan illinois texas pennsylvania florida virginia maryland ontario"
    " québec quebec bangalore haifa leuven ghent delft eindhoven aachen karlsruhe darmstadt glasgow bristol".split()
)
_SCRIPT = re.compile(rf"\s?(?:\^\{{([^}}]*)\}}|\^(\w+|\S)|({RAISED_DIGITS}+(?:[,–⁻∗*†‡§]+{RAISED_DIGITS}+)*))")
"""A superscript, as ``scripts.py`` writes it: ``¹``, ``¹,²``, ``^a``, ``^{a,∗}``."""
_MARKS = re.compile(r"‹[^›]*›|[*∗†‡§¶‖⋆♯♮♭★☆✉✩?+#$]+|(?<=[^\W\d_.])\s?\d{1,2}(?:\s?,\s?\d{1,2})*(?=\s|,|$|[*∗†‡])")
_SEPARATOR = re.compile(r"\s*(?:[,;·•|]|\band\b|\bAND\b|&|\bund\b|\bet\b(?! al))\s*")
_PARTICLES = frozenset("van von der den de di da la le del dos du el al bin ter ten zu y e i af ben ibn st".split())
_IN_PLACES = frozenset("of and for the in at de di du des la le les del y et und für an".split())
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
    if not m.title_lines:
        return
    block = _block(m)
    pieces = [_read(m, line) for line in _wrapped(_rows(block))]
    m.authors = tuple(_authors(pieces))
    if m.authors:
        low = min(line.base for line in block) - 1
        top = max(line.base for line in block) + 1
        for line in m.lines:
            if line.page == block[0].page and line.role is Role.TEXT and low <= line.base <= top:
                line.role = Role.FRONT


def _block(m: Manuscript) -> list[Line]:
    """The unmerged lines between the title and what follows the authors."""
    page = m.front_page
    top = min(line.base for line in m.title_lines)
    end = _end(m, top)
    inside = [
        line
        for line in page.lines
        if line.role is not Role.MARGIN and not line.rotated and end + 2 < line.base < top - 1 and line.text.strip()
    ]
    return sorted(inside, key=lambda line: (-round(line.base), line.x0)) if len(inside) < 90 else inside[:90]


def _end(m: Manuscript, top: float) -> float:
    """The height at which the author block ends: abstract, first heading, or the first prose."""
    page = m.front_page.number
    ends = [0.3 * m.front_page.height]
    for line in m.lines:
        if line.page != page or line.base >= top - 1:
            continue
        words = line.text.split()
        prose = len(words) > 9 and sum(w[:1].islower() and w not in _IN_PLACES for w in words) > 4
        named = re.match(
            r"\W*(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|keywords|index terms|(?:1|I)?\.?\s*introduction"
            r"|contents)\b",
            line.text.strip(),
            re.I,
        )
        if line.role is Role.HEADING or prose or named:
            ends.append(line.base)
    return max(ends)


def _rows(block: Sequence[Line]) -> list[Line]:
    """The lines with pieces put together that follow each other closely; names side by side stay apart."""
    rows: list[Line] = []
    for line in block:
        last = rows[-1] if rows else None
        gap = line.x0 - last.x1 if last else 0.0
        if last and abs(last.base - line.base) < 1.5 and _style(last) == _style(line) and -1 < gap < 0.6 * line.size:
            text = last.text + ("" if gap < 0.12 * line.size else " ") + line.text
            rows[-1] = replace(last, text=text, x1=line.x1)
        else:
            rows.append(line)
    return rows


def _wrapped(rows: Sequence[Line]) -> list[Line]:
    """The rows with lists of names put together that go on in the next row."""
    found: list[Line] = []
    for row in rows:
        last = found[-1] if found else None
        if last and _goes_on(last, row):
            text = last.text.rstrip(HYPHEN) + _glue(last.text, row.text) + row.text
            found[-1] = replace(
                last, text=text, x0=min(last.x0, row.x0), x1=max(last.x1, row.x1), base=row.base, y0=row.y0
            )
        else:
            found.append(row)
    return found


def _glue(before: str, after: str) -> str:
    """What stands between two rows of a list: nothing inside a word, a comma between two whole names."""
    if before.endswith(HYPHEN):
        return ""
    whole = [_MARKS.sub(" ", part).strip() for part in ([*_split(before)][-1:] + [*_split(after)][:1])]
    return ", " if len(whole) == 2 and all(map(_is_name, whole)) else " "


def _goes_on(last: Line, row: Line) -> bool:
    """Whether a list of names in ``last`` goes on in ``row``, perhaps within a name."""
    near = 2 < last.base - row.base < 1.6 * row.size and min(last.x1, row.x1) > max(last.x0, row.x0)
    if not near or _style(last) != _style(row) or "@" in last.text + row.text:
        return False
    if _PLACE.search(last.text) or _PLACE.search(row.text):
        return False
    ends_open = bool(re.search(rf"(?:,|&|\band|{HYPHEN})\s*$", last.text, re.I))
    return ends_open or ("," in last.text and "," in row.text)


def _read(m: Manuscript, line: Line) -> _Piece:
    """The names on a line; none when it is a place or an address."""
    text = re.sub(r"^(?:by|authors?:)\s+", "", line.text.strip(), flags=re.I)
    if "@" in text:
        text = re.sub(r"[({<\[]?[\w.,\s{}-]*@[\w.]+[)}>\]]?", " ", text) if re.match(r"[A-Z][a-z]+ [A-Z]", text) else ""
    text = _DEGREE.sub("", text)
    names, marks = [], []
    for segment in text.split(";"):  # "Ann Lee, Stanford University; Bob Ray, Cornell University"
        for part in _split(segment):
            mark = "".join(re.findall(r"[\w*∗†‡§¶‖]", flat("".join(_MARKS.findall(part)))))[:1]
            name = re.sub(r"\s\([^()@\d]{1,20}\)(?=\s[A-Z])", "", _MARKS.sub(" ", part))  # a nickname
            name = re.sub(r"[({\[].*$", "", name)
            name = " ".join(name.split()).strip(" .,-")
            name += "." if re.search(r"\b[A-Z]$", name) and "." in name else ""
            if _is_name(name) and not _is_phrase(m, name):
                names.append(_cased(name))
                marks.append(mark)
            elif names and (_PLACE.search(part) or name.casefold() in _CITIES):
                break  # what follows a place on its line is more of it
            elif not names and _PLACE.search(part):
                return _Piece(line, (), ())
    return _Piece(line, tuple(names), tuple(marks))


def _split(text: str) -> Iterator[str]:
    """Parts between separators; a comma between two marks (``1,2``) does not separate."""
    text = _SCRIPT.sub(lambda found: f"‹{''.join(group or '' for group in found.groups())}›", text)
    text = re.sub(r"›(?=\s+[^\W\d_](?!nd\b))", "›,", text)  # "Ann Lee¹ Bob Ray²"
    text = re.sub(r"(‹[^›]*),([^›]*›)", r"\1 \2", text)
    text = re.sub(r"(?<=[\d*∗†‡§]),\s?(?=[\d*∗†‡§])", "", text)
    text = re.sub(r"(?<=[a-z])\s?([\d*∗†‡§¶]+)\s+(?=[A-Z])", r" \1, ", text)  # "Ann Lee1 Bob Ray2"
    yield from (part for part in _SEPARATOR.split(text) if part.strip())


def _is_phrase(m: Manuscript, name: str) -> bool:
    """Whether these are words of the language and no name: the paper writes all of them in small letters elsewhere."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", name)]
    return len(words) > 1 and all(m.words.is_common(word) for word in words)


def _is_name(text: str) -> bool:
    words = text.replace(".", ". ").split()
    if not 2 <= len(words) <= 6 or _PLACE.search(text) or re.search(r"[\d@:/()=+]", text):
        return False
    full = [w for w in words if w.lower().rstrip(".") not in _PARTICLES]
    if any(w.casefold() in _CITIES for w in words):
        return False
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
    if mark.isalnum():
        for other in pieces:
            text = flat(other.line.text.strip()).lstrip("^")
            if not other.names and (found := re.match(rf"{mark}\s?(?=[A-Z])", text)):
                return text[found.end() :].strip(" ,")
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
