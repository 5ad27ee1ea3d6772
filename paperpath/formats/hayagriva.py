"""Papers → Hayagriva's YAML, the bibliography of Typst; after ``docs/file-format.md`` of hayagriva 0.9.

Typst reads a file whole or not at all, so nothing is written that its reader could refuse: every text is quoted, no
brace or dollar stands for itself, an address is absolute. Mathematics becomes Unicode, because the dollars of this
format hold Typst's own markup; names that must keep their capitals are in braces, as in BibTeX. What a paper appeared
in is its ``parent``, and volume, issue and publisher are the parent's.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from paperpath.formats import entry_types, latex_math
from paperpath.formats.bibtex_values import address
from paperpath.formats.dates import year_and_month
from paperpath.formats.plain_write import day, entry_type, first_and_last, identifiers, keys, plain, publisher
from paperpath.formats.tidy import tidy
from paperpath.formats.titles import protected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.formats.entry_types import EntryType
    from paperpath.formats.plain_write import Identifiers
    from paperpath.model import Author, Paper

_CONTROL = re.compile(r"[\\{}$]")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PLAIN_KEY = re.compile(r"[a-z]+[0-9]{4}[a-z]*")
"""A key that YAML can take for nothing else, as it could ``no`` or ``1e5``."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_TITLED_BY_NUMBER = frozenset({"report", "patent", "reference"})
"""Types whose number is one of theirs and not an issue's."""

_Lines = list[str]


def write(papers: Sequence[Paper]) -> str:
    """A .yml file of ``papers``, in the order given."""
    return "\n".join(
        "\n".join([f"{key if _PLAIN_KEY.fullmatch(key) else _quoted(key)}:", *_indented(_entry(paper))]) + "\n"
        for paper, key in zip(papers, keys(papers), strict=True)
    )


def _entry(paper: Paper) -> _Lines:
    ids = identifiers(paper)
    kind = entry_type(paper, ids.arxiv)
    lines = [f"type: {kind.hayagriva}", f"title: {_title(paper.title)}"]
    lines += _people("author", paper.authors)
    lines += _people("editor", _editors(paper)) if not kind.parent else []
    lines += _date(paper)
    if name := dict(paper.extra).get("type") or entry_types.genre(paper.entry_type):
        lines.append(f"genre: {_formattable(name)}")
    lines += _serial(paper, kind, ids)
    if link := _link(ids.url):
        lines.append(f"url: {_quoted(link)}")
    if pages := "-".join(filter(None, first_and_last(paper.pages or ""))):
        lines.append(f"page-range: {_number(pages.replace('–', '-'))}")
    if note := dict(paper.extra).get("note"):
        lines.append(f"note: {_formattable(note)}")
    return lines + _publication(paper, kind)


def _publication(paper: Paper, kind: EntryType) -> _Lines:
    """The parent, or without one the same fields of the paper itself."""
    preprint = kind is entry_types.PREPRINT
    venue = plain(paper.venue) or ("arXiv" if preprint else "")
    lines = []
    if paper.volume:
        lines.append(f"volume: {_number(paper.volume)}")
    if paper.number and kind.hayagriva not in _TITLED_BY_NUMBER:
        lines.append(f"issue: {_number(paper.number)}")
    if name := publisher(paper):
        lines.append(f"{'organization' if kind.hayagriva == 'thesis' else 'publisher'}: {_formattable(name)}")
    lines += [
        f"{key}: {_formattable(value)}"
        for name, key in (("edition", "edition"), ("address", "location"))
        if (value := dict(paper.extra).get(name))
    ]
    if kind.parent and (venue or lines):
        head = [f"type: {kind.parent}", *([f"title: {_title(venue)}"] if venue else [])]
        return ["parent:", *_indented([*head, *_people("editor", _editors(paper)), *lines])]
    return lines


def _serial(paper: Paper, kind: EntryType, ids: Identifiers) -> _Lines:
    extra = dict(paper.extra)
    numbers = {
        "doi": ids.doi,
        "arxiv": ids.arxiv,
        "isbn": extra.get("isbn", ""),
        "issn": extra.get("issn", ""),
        "serial": paper.number if kind.hayagriva in _TITLED_BY_NUMBER else extra.get("eid", ""),
    }
    lines = [f"{name}: {_quoted(value)}" for name, value in numbers.items() if value]
    return ["serial-number:", *_indented(lines)] if lines else []


def _date(paper: Paper) -> _Lines:
    year, month = year_and_month(paper)
    if not year:
        return []
    if not month:
        return [f"date: {year}"]
    on = day(paper, year, month)
    return [f'date: "{year}-{month:02}-{on:02}"' if on else f'date: "{year}-{month:02}"']


# ------------------------------------------------------------------------------------------------- values


def _indented(lines: Sequence[str]) -> _Lines:
    return [f"  {line}" for line in lines]


def _quoted(text: str) -> str:
    """A text in double quotes: JSON's are YAML's too, and nothing in them can be taken for a number or a list."""
    return json.dumps(tidy(text), ensure_ascii=False)


def _number(text: str) -> str:
    """A plain number, or a text: Hayagriva takes ``12A`` and ``2-3`` as such."""
    return text if _NUMBER.fullmatch(text) else _quoted(text)


def _literally(text: str) -> str:
    """A text in which nothing is markup."""
    return _CONTROL.sub(r"\\\g<0>", text)


def _formattable(text: str) -> str:
    return _quoted(_literally(tidy(text)))


def _title(text: str) -> str:
    """A title: formulas as Unicode, and in braces with the words that no style may put in small letters."""
    text = plain(text)
    pieces, at = [], 0
    for begin, end in latex_math.spans(text):
        pieces += [_words(text[at:begin]), f"{{{_literally(_formula(text[begin:end]))}}}"]
        at = end
    return _quoted("".join([*pieces, _words(text[at:])]))


def _words(text: str) -> str:
    pieces, at = [], 0
    for begin, end in protected(text):
        pieces += [_literally(text[at:begin]), f"{{{_literally(text[begin:end])}}}"]
        at = end
    return "".join([*pieces, _literally(text[at:])])


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text")  # type: ignore[no-untyped-call]


@lru_cache(maxsize=4096)
def _formula(formula: str) -> str:
    """``$O(n\\log n)$`` → ``O(nlog n)``; as it stands, dollars and all, where nothing is left of it."""
    return tidy(_converter().latex_to_text(formula)) or formula


def _editors(paper: Paper) -> tuple[Author, ...]:
    from paperpath.formats.bibtex_names import authors

    return authors(dict(paper.extra).get("editor", ""))


def _people(name: str, persons: Sequence[Author]) -> _Lines:
    lines = [line for person in persons for line in _person(person)]
    return [f"{name}:", *_indented(lines)] if lines else []


def _person(person: Author) -> Iterator[str]:
    """``Last, First`` where nothing else can be read out of it, else by its parts."""
    family, given = plain(str(person) if person.literal else person.family), plain(person.given)
    parts = {"name": family, "given-name": given, "prefix": plain(person.particle), "suffix": plain(person.suffix)}
    if person.literal:
        parts = {"name": family}
    parts = {name: text for name, text in parts.items() if text}
    small = any(word[0].islower() for word in family.split())
    if family and not small and "," not in family + given and not parts.keys() & {"prefix", "suffix"}:
        yield f"- {_quoted(', '.join(parts.values()))}"
        return
    first, *others = (f"{name}: {_quoted(text)}" for name, text in ({"name": ""} | parts).items())
    yield f"- {first}"
    yield from _indented(others)


def _link(url: str) -> str:
    """An address that Typst can read; empty for any other."""
    url = address(url)
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https", "ftp") and _HOST.fullmatch(parts.hostname or "") and parts.port != 0
    except ValueError:  # a port of letters, half an IPv6 address
        return ""
    return url if sound else ""
