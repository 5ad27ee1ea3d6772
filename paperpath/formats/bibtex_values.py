"""Values of fields as a .bib file has them: names, pages, addresses, dates, numbers.

Each takes what the library holds and gives LaTeX, or an empty text where the value would make BibTeX, biber or TeX
complain; nothing is ever half right.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from paperpath.formats.bibtex_names import OTHERS, authors
from paperpath.formats.latex_encode import LATIN, LATIN_CAPITALS, accented, escaped, is_plain, prepared
from paperpath.names import parse_name

if TYPE_CHECKING:
    from paperpath.model import Author

_PLAIN_PAGES = re.compile(r"\d++(?>(?:--\d++)?)", re.ASCII)
_PAGE_RANGE = re.compile(r"(?<![\w-])([A-Za-z]?\d+[A-Za-z]?)\s*[-–—−]+\s*([A-Za-z]?\d+[A-Za-z]?)(?![\w-])")
_FAMILY = rf"(?!And\b)[{LATIN_CAPITALS}][{LATIN}]*+(?>(?:['-][{LATIN}]++)*)"
_NO_SUFFIX = r"(?!(?=[AIİJPS])(?:And|(?i:Jr|Sr|Junior|Senior|Ph\.?D?|II|III|IV))\b)"  # a letter first: half the time
_GIVEN = rf"{_NO_SUFFIX}[{LATIN_CAPITALS}][{LATIN}.]*+(?>(?:['-][{LATIN}.]++)*)"
_ORDINARY = rf"{_FAMILY}(?>(?: {_FAMILY})*), {_GIVEN}(?>(?: {_GIVEN})*)"
_ORDINARY_PERSON = re.compile(_ORDINARY)
_ORDINARY_PEOPLE = re.compile(rf"{_ORDINARY}(?>(?: and {_ORDINARY})*)")
"""Names that can only be read in one way, none with a particle or a suffix: nearly all lists."""

_PLAIN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+://(?=[^/])[A-Za-z0-9_.~!#$%'()*+,/:;=?@\[\]-]++")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/]")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{1,5});")
_EDITION = re.compile(r"ed(?:n|i(?:t(?:i(?:on?)?)?)?)?\.*", re.I)
"""The word, whole or cut off: some programs keep no more than ten characters of an edition."""
_COUNTED = re.compile(r"(\d{1,3})(?:st|nd|rd|th)?\.?", re.I)
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split()
_ISO_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@lru_cache(maxsize=65536)
def text(value: str | None, ascii_only: bool) -> str:
    """Any text; most of them, venues and publishers, come again and again."""
    if not value or is_plain(value):
        return value or ""
    return escaped(prepared(value, ascii_only), ascii_only)


def people(persons: tuple[Author, ...], ascii_only: bool) -> str:
    """Names joined by ``and``; ``others`` stays last."""
    usual = ["" if p.particle or p.suffix or p.literal else f"{p.family}, {p.given}" for p in persons]
    if _ORDINARY_PEOPLE.fullmatch(plain := " and ".join(usual)):
        return accented(plain) if ascii_only else plain
    written = [name for person in persons if (name := _name(person, ascii_only))]
    if not written or written == ["others"]:
        return ""
    *most, last = written
    return " and ".join([*(name for name in most if name != "others"), last])


@lru_cache(maxsize=65536)
def names(value: str, ascii_only: bool) -> str:
    """A list of names that the library keeps as text."""
    if value.isascii() and _ORDINARY_PEOPLE.fullmatch(value):
        return value
    return people(authors(value), ascii_only)


@lru_cache(maxsize=65536)
def _name(person: Author, ascii_only: bool) -> str:
    """``von Last, Jr, First``, or the whole name in braces where that form would be read as somebody else."""
    if person == OTHERS:
        return "others"
    alone = not (person.particle or person.suffix or person.literal)
    if alone and _ORDINARY_PERSON.fullmatch(plain := f"{person.family}, {person.given}"):
        return accented(plain) if ascii_only else plain  # a neighbour of somebody who is not
    parts = [prepared(part, ascii_only) for part in (person.surname, person.suffix, person.given) if part.strip()]
    parts = [part for part in parts if part]
    plain = ", ".join(parts)
    if not plain:
        return ""
    if not person.literal and (len(parts) > 1 or " " not in plain) and _is_read_as_written(plain):
        return ", ".join(escaped(part, ascii_only) for part in parts)
    return f"{{{text(str(person), ascii_only)}}}"


def _is_read_as_written(name: str) -> bool:
    if re.search(r"[{}]|(?:^|\s)and(?:\s|$)|^others$", name, re.I):
        return False
    read = parse_name(name)
    return bool(read.family) and ", ".join(p for p in (read.surname, read.suffix, read.given) if p) == name


def page_ranges(value: str | None, ascii_only: bool) -> str:
    """Pages with ``--`` in the ranges; a hyphen inside a page number (``12-1``) stays."""
    if not value:
        return ""
    if _PLAIN_PAGES.fullmatch(plain := value.replace("–", "--")):
        return plain
    pages = _PAGE_RANGE.sub(r"\1–\2", prepared(value, ascii_only))
    return escaped(pages, ascii_only).replace("–", "--")


def address(url: str) -> str:
    """An absolute URL in the characters of RFC 3986; empty for what is none."""
    if _PLAIN_ADDRESS.fullmatch(url):
        return url
    url = _ENTITY.sub(lambda found: html.unescape(found[0]), url.strip())
    if url.startswith("www."):
        url = f"https://{url}"
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~", errors="ignore") if _SCHEME.match(url) else ""


def dated(value: str) -> str:
    """An ISO date or a range of two."""
    parts = value.strip().split("/")
    return "/".join(parts) if len(parts) <= 2 and all(map(_ISO_DATE.fullmatch, parts)) else ""


def numbered(value: str) -> str:
    """An ISBN or ISSN whose check digit is right."""
    digits = re.sub(r"[\s–-]", "", value).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        right = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    elif re.fullmatch(r"\d{7}[\dX]|\d{9}[\dX]", digits):
        weights = range(len(digits), 0, -1)
        right = sum(w * (10 if d == "X" else int(d)) for w, d in zip(weights, digits, strict=True)) % 11 == 0
    else:
        return ""
    return value.strip().replace("–", "-") if right else ""


def edition(value: str, ascii_only: bool, *, words: bool) -> str:
    """An edition without the word, which the styles add: ``2nd ed.`` is ``Second`` in ``words`` and ``2`` without."""
    *before, last = value.split() or [""]
    if before and _EDITION.fullmatch(last):
        value = " ".join(before).rstrip(",")
    value = value.strip()
    counted = _COUNTED.fullmatch(value)
    if counted or value.capitalize() in _ORDINALS:
        count = int(counted[1]) if counted else _ORDINALS.index(value.capitalize()) + 1
        if not words or not count:
            return str(count)
        return _ORDINALS[count - 1] if count <= len(_ORDINALS) else f"{count}{_ending(count)}"
    return text(value, ascii_only)


def _ending(count: int) -> str:
    """``st``, ``nd``, ``rd`` or ``th``."""
    return "th" if count // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
