"""Checks of titles and of the places where papers appeared."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from paperpath.integrity.found import Finding, finding, mended, renamed, texts
from paperpath.model import Author

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.model import Paper

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|scp|span|u|tt|p|br|inf|italic|bold|title)(?:\s[^<>]*)?/?>", re.I)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_MATHS = re.compile(r"(?<!\\)\$[^$]*$")
_LIKE_MATHS = re.compile(r"[\\^_]")
_ADDRESS = re.compile(r"\bhttps?://|\bwww\.[a-z]", re.I)
_STOP = re.compile(r"(?<![.\w-])[^\W\d_]{4,}\.\s*$")
_ABBREVIATED = frozenset(
    "proc conf univ dept suppl appl approx corp resp symp trans math phys chem biol comp engl assoc dipl prof incl"
    " intl natl tech spec vols eqns figs refs".split()
)
_ESCAPED = re.compile(r"\\.")
_LAST_YEAR = re.compile(r"(?:,\s*|\()(?:1[89]|20)\d\d\)?\s*$")
_PAGES = re.compile(r"\b(?:pp?\.|pages?)\s*\d+", re.I)
_COUNTRY = re.compile(
    r",\s*(?:USA|U\.S\.A\.|United States|UK|United Kingdom|Canada|Germany|France|Italy|Spain|Portugal|Austria"
    r"|Switzerland|Netherlands|The Netherlands|Belgium|Sweden|Norway|Denmark|Finland|Ireland|Poland|Czech Republic"
    r"|Hungary|Greece|Turkey|Israel|China|Japan|Korea|South Korea|Taiwan|India|Singapore|Thailand|Vietnam|Australia"
    r"|New Zealand|Brazil|Argentina|Chile|Mexico|South Africa|Egypt|Russia|Puerto Rico)\s*(?:,|$)"
)


def check_html(paper: Paper) -> Iterator[Finding]:
    """``html-entity`` and ``html-tag``, in texts and names."""
    for field, text in texts(paper):
        if (plain := _without_entities(text)) != text:
            message = f"The {field} has HTML in it: {_entities(text)[0]}. It should be {plain!r}."
            yield mended(paper, field, "html-entity", "error", message, plain)
        elif tag := _TAG.search(text):
            message = f"The {field} has HTML in it: {tag[0]}. Take it out; x² may be written as $x^2$."
            yield finding(paper, field, "html-tag", "error", message)
    for number, author in enumerate(paper.authors):
        name = str(author)
        if (plain := _without_entities(name)) != name:
            parts = [_without_entities(p) for p in (author.family, author.given, author.particle, author.suffix)]
            message = f"The name {name!r} has HTML in it; it should be {plain!r}."
            yield renamed(
                paper,
                number,
                "html-entity",
                "error",
                message,
                Author(parts[0], parts[1], parts[2], parts[3], author.literal),
            )
        elif tag := _TAG.search(name):
            yield finding(
                paper, "authors", "html-tag", "error", f"The name {name!r} has HTML in it: take {tag[0]} out."
            )


def _entities(text: str) -> list[str]:
    """Those that mean something: ``&c;`` is none."""
    return [entity for entity in _ENTITY.findall(text) if html.unescape(entity) != entity]


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def check_whitespace(paper: Paper) -> Iterator[Finding]:
    """``whitespace``: spaces around or doubled, line ends, and characters that nobody sees."""
    for field, text in texts(paper):
        if (plain := _spaced(text)) != text:
            message = f"The {field} has spaces or invisible characters that nobody meant; it should be {plain!r}."
            yield mended(paper, field, "whitespace", "warning", message, plain)


def _spaced(text: str) -> str:
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf") or c in "\u200c\u200d")
    return re.sub(r"[ \t\n\r\f\v]+", " ", seen).strip()


def check_title(paper: Paper) -> Iterator[Finding]:
    """``title-missing``, ``title-braces``, ``title-maths``, ``title-capitals``, ``title-url``, ``title-full-stop``."""
    title = paper.title.strip()
    if not title:
        yield finding(paper, "title", "title-missing", "error", "There is no title. Give it one.")
        return
    bare = _ESCAPED.sub("", title)
    if not _balanced(bare):
        message = "The braces of the title do not match, so BibTeX may lose the entry. Take them out or close them."
        yield finding(paper, "title", "title-braces", "error", message)
    if bare.count("$") % 2 and (rest := _MATHS.search(title)) and _LIKE_MATHS.search(rest[0]):
        message = f"A formula in the title has no end: {rest[0]!r}. Close it with $."
        yield finding(paper, "title", "title-maths", "error", message)
    words = _LETTERS.findall(title)
    if len(words) >= 4 and title.upper() == title != title.lower():
        message = "The title is all in capitals. Write it with capitals where names and sentences have them."
        yield finding(paper, "title", "title-capitals", "warning", message)
    if _ADDRESS.search(title):
        yield finding(paper, "title", "title-url", "warning", "The title has an address in it, which belongs into url.")
    if (stop := _STOP.search(title)) and stop[0].strip().rstrip(".").lower() not in _ABBREVIATED:
        message = "The title ends with a full stop; styles put their own."
        yield mended(paper, "title", "title-full-stop", "warning", message, title.rstrip().removesuffix("."))


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def check_venue(paper: Paper) -> Iterator[Finding]:
    """``venue-year``, ``venue-country``, ``venue-pages``: what has fields of its own."""
    venue = paper.venue or ""
    if pages := _PAGES.search(venue):
        message = f"The venue has pages in it: {pages[0]!r}. They belong into pages."
        yield finding(paper, "venue", "venue-pages", "warning", message)
    if _LAST_YEAR.search(venue):
        message = "The venue ends with a year, which is printed a second time. Take it out."
        yield finding(paper, "venue", "venue-year", "hint", message)
    if country := _COUNTRY.search(venue):
        place = country[0].strip(" ,")
        message = f"The venue has a place in it: {place}. It belongs into address, or is not needed."
        yield finding(paper, "venue", "venue-country", "hint", message)
