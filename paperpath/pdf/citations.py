"""Places in the text that cite, joined to the entries of the bibliography.

The style of the list says what to look for: ``[1, 5–7]``, ``¹,²``, ``[AAB+15]`` or "(Vaswani et al., 2017)". Links,
where the PDF has them, settle what brackets around numbers mean: intervals of mathematics are never linked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from paperpath.model import Citation, Reference
from paperpath.pdf.lines import Line, Manuscript, Role
from paperpath.pdf.scripts import RAISED_DIGITS, flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NUMBERS = re.compile(
    r"\[\s?(\d{1,3}[a-z]?(?:\s?[,;–—-]\s?\d{1,3}[a-z]?)*)(?:,\s?(?:pp?\.|Sec|Ch|Th|Fig|App|Lem|Cor|Def"
    r"|§)[^\]]{0,30})?\s?\]"
)
_HIGH = re.compile(
    rf"(?:(?<=[^\W\d_][.,;:)”\"’])|(?<=[^\W\d_)\]])){RAISED_DIGITS}{{1,3}}(?:[,–⁻]{RAISED_DIGITS}{{1,3}})*"
)
_BRACKET = re.compile(r"\[([^\[\]]{2,120})\]")
_YEAR = re.compile(r"\b((?:1[89]|20)\d\d)([a-z])?\b")
_INTERVAL = re.compile(r"(?:∈|\bin the (?:range|interval)|\bintervals?|\brange|[=×^]|\\in)\s?$")
_ALPHA = re.compile(r"[A-Za-zÀ-ÿ+*]{1,10}\d{2}[a-z]?")
_MOST_LINKED = 0.9
"""Links are believed where they lead from more than this part of what looks like a citation."""


class _Found(NamedTuple):
    start: int
    text: str
    references: tuple[int, ...]


def find(m: Manuscript) -> None:
    """Fill ``m.citations``."""
    if not m.references:
        return
    search = _style(m.references)
    texts = list(_texts(m))
    if isinstance(search, _Numeric) and not any(True for _, text in texts for _ in search(text)):
        search = _Raised(m.references)
    found = [(page, citation) for page, text in texts for citation in search(text)]
    if isinstance(search, _Numeric):
        found = _borne_out(m, found)
    m.citations += [Citation(page, one.text, one.references) for page, one in found]


def _borne_out(m: Manuscript, found: list[tuple[int, _Found]]) -> list[tuple[int, _Found]]:
    """Without numbers in brackets that no link bears out: they are mathematics, where links are rarely missing."""
    linked = _linked_pages(m)
    sure = [one for one in found if any(one[0] in linked.get(i, ()) for i in one[1].references)]
    return sure if len(sure) > _MOST_LINKED * len(found) else found


def _style(references: list[Reference]) -> Callable[[str], Iterator[_Found]]:
    labels = [r.label for r in references if r.label]
    if sum(label.isdigit() for label in labels) > 0.5 * len(references):
        return _Numeric(references)
    if sum(bool(_ALPHA.fullmatch(label)) for label in labels) > 0.5 * len(references):
        return _Alphabetic(references)
    return _AuthorYear(references)


def _texts(m: Manuscript) -> Iterator[tuple[int, str]]:
    """The citing text page by page; what is cited across a page break counts for the first page."""
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in m.lines:
        if line.role in (Role.TEXT, Role.CAPTION, Role.FOOTNOTE, Role.FRONT, Role.FLOAT):
            pages[line.page].append(line)
    for number in sorted(pages):
        follow = m.text(line for line in pages.get(number + 1, ())[:2] if line.role is Role.TEXT)
        own = m.text(pages[number])
        yield (
            number,
            own
            + (
                " " + _until_bracket(follow)
                if own.count("[") + own.count("(") > own.count("]") + own.count(")")
                else ""
            ),
        )


def _until_bracket(text: str) -> str:
    end = min((i for i in (text.find("]"), text.find(")")) if i >= 0), default=-1)
    return text[: end + 1]


def _linked_pages(m: Manuscript) -> dict[int, set[int]]:
    """Reference → pages around links to it; empty when there are no links, or they cannot be matched to entries."""
    order = {t.name: t for t in m.anchors.cites}
    if len(m.anchors.links) < 3 or len(order) < 0.8 * len(m.references):
        return {}
    starts: dict[int, tuple[int, float]] = {}
    heads = [line for line in m.lines if line.role is Role.REFERENCE]
    position = 0
    for i, reference in enumerate(m.references):
        key = reference.text[:12].replace(" ", "")
        while position < len(heads) and not heads[position].text.replace(" ", "").startswith(key[:8]):
            position += 1
        if position < len(heads):
            starts[i] = (heads[position].page, heads[position].y1)
            position += 1
    places: dict[str, int] = {}
    for name, target in order.items():
        near = [(abs((target.y or 0) - y), i) for i, (page, y) in starts.items() if page == target.page]
        if near and min(near)[0] < 20:
            places[name] = min(near)[1]
    if len(set(places.values())) < 0.7 * len(m.references):
        return {}  # anchors without a height, or two columns that cannot be told apart
    pages: defaultdict[int, set[int]] = defaultdict(set)
    for link in m.anchors.links:
        if link.name in places:
            pages[places[link.name]].update((link.page - 1, link.page))
    return pages


# ------------------------------------------------------------------ the three styles


class _Numeric:
    """``[3]``, ``[3, 7]``, ``[3–7]``."""

    def __init__(self, references: list[Reference]) -> None:
        self._index = {r.label: i for i, r in reversed(list(enumerate(references))) if r.label}

    def __call__(self, text: str) -> Iterator[_Found]:
        for match in _NUMBERS.finditer(text):
            numbers = list(_expanded(match[1]))
            known = [self._index[n] for n in numbers if n in self._index]
            if (
                known
                and len(known) == len(numbers)
                and not _INTERVAL.search(text[max(0, match.start() - 24) : match.start()])
            ):
                yield _Found(match.start(), match[0], tuple(dict.fromkeys(known)))


class _Raised(_Numeric):
    """``¹²``, ``¹,³–⁵`` behind a word, in papers that have nothing in brackets."""

    def __call__(self, text: str) -> Iterator[_Found]:
        for match in _HIGH.finditer(text):
            known = [self._index[n] for n in _expanded(flat(match[0]).replace("⁻", "–")) if n in self._index]
            if known:
                yield _Found(match.start(), match[0], tuple(dict.fromkeys(known)))


def _expanded(text: str) -> Iterator[str]:
    """``1, 5–7`` → 1, 5, 6, 7."""
    for part in re.split(r"\s?[,;]\s?", text):
        ends = re.split(r"\s?[–—-]\s?", part)
        if len(ends) == 2 and all(e.isdigit() for e in ends) and 0 < int(ends[1]) - int(ends[0]) < 60:
            yield from (str(n) for n in range(int(ends[0]), int(ends[1]) + 1))
        else:
            yield from ends


class _Alphabetic:
    """``[AAB+15, Knu84]``."""

    def __init__(self, references: list[Reference]) -> None:
        self._index = {_key(r.label): i for i, r in enumerate(references) if r.label}

    def __call__(self, text: str) -> Iterator[_Found]:
        for match in _BRACKET.finditer(text):
            parts = [_key(p) for p in re.split(r"[,;]", match[1])]
            known = [self._index[p] for p in parts if p in self._index]
            if known:
                yield _Found(match.start(), match[0], tuple(dict.fromkeys(known)))


def _key(label: str) -> str:
    return re.sub(r"\s+", "", label)


class _AuthorYear:
    """A first author's surname, then a year of one of that author's entries before the sentence or the item ends."""

    def __init__(self, references: list[Reference]) -> None:
        self._references = references
        self._index: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._suffix: dict[int, str] = {}
        self._names: set[str] = set()
        for i, r in enumerate(references):
            if r.authors and r.year:
                surname = _surname(r.authors[0])
                self._index[surname, r.year].append(i)
                self._names.add(surname)
                suffix = re.search(rf"\b{r.year}([a-z])\b", r.text)
                self._suffix[i] = suffix[1] if suffix else ""

    def __call__(self, text: str) -> Iterator[_Found]:
        for match in _YEAR.finditer(text):
            begin = max(0, match.start() - 110)
            window = text[begin : match.start()]
            cut = max(
                (c.end() for c in re.finditer(r";|\)(?!\s?,?\s?\d)|(?<!al)(?<!\b[A-Z])\.\s(?=[A-Z])", window)),
                default=0,
            )
            names = [
                w
                for w in re.finditer(r"[^\W\d_][\w'’-]*", window[cut:])
                if w[0].casefold() in self._names and w[0][0].isupper()
            ]
            for name in names:  # the first of "Ioffe and Szegedy, 2015", though Szegedy may have an entry of that year
                between = window[cut + name.end() :]
                entries = self._matching(name[0].casefold(), int(match[1]), match[2] or "", between)
                if entries and _is_bridge(between):
                    start = begin + cut + name.start()
                    end = match.end() + (
                        "(" in text[start : match.end()] and text[match.end() : match.end() + 1] == ")"
                    )
                    yield _Found(start, text[start:end], tuple(entries))
                    break

    def _matching(self, surname: str, year: int, suffix: str, between: str) -> list[int]:
        entries = self._index.get((surname, year), [])
        if suffix:
            entries = [i for i in entries if self._suffix[i] == suffix] or entries
        if len(entries) > 1 and (second := re.match(r"\s(?:and|&)\s([^\W\d_][\w'’-]*)", between)):
            named = [
                i
                for i in entries
                if len(self._references[i].authors) > 1
                and _surname(self._references[i].authors[1]) == second[1].casefold()
            ]
            entries = named or entries
        elif len(entries) > 1 and "et al" in between:
            entries = [i for i in entries if len(self._references[i].authors) > 2] or entries
        elif len(entries) > 1:
            entries = [i for i in entries if len(self._references[i].authors) == 1] or entries
        return entries


def _is_bridge(between: str) -> bool:
    """Whether only further names, years and signs stand between the surname and the year."""
    rest = re.sub(r"et al\.?|\band\b|&|\bJr\b|[’']s\b|[(\[,.’';]|\d{4}[a-z]?", " ", between)
    return all(word[:1].isupper() or len(word) == 1 for word in rest.split()) and len(rest.split()) <= 8


def _surname(name: str) -> str:
    words = [w for w in re.split(r",?\s+", name.strip()) if not re.fullmatch(r"(?:Jr|Sr|[IV]{2,3})\.?", w)]
    return words[-1].casefold() if words else ""
