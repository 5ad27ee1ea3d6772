"""Checks of names.

A name that is kept as a whole (``literal``) was meant so, and only HTML in it is told, which is done elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.integrity.found import Finding, extra, finding, renamed
from paperpath.model import Author

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.model import Paper

_HTML = re.compile(r"&#?\w{1,31};|</?[A-Za-z]")
_ET_AL = re.compile(r"\bet\.? al(?:\b|ii)", re.I)
_SEPARATOR = re.compile(r";|\band\b|\bund\b|\s&\s|/|\|")
_SUFFIX = re.compile(r"(?:jr|sr|junior|senior|esq|ph\.?\s?d|m\.?\s?d)\.?|[IVX]{1,4}|[1-9](?:st|nd|rd|th)", re.I)
_BODY = re.compile(r"(?:collaborations?|consortium|committee)", re.I)
"""Nobody has such a family name, so joining what was taken apart is safe."""
_MAYBE_BODY = re.compile(
    r"(?:team|group|inc\.?|ltd\.?|llc|gmbh|institute|university|laborator(?:y|ies)|foundation|association|society"
    r"|organi[sz]ation|initiative|project|contributors|authors|developers)",
    re.I,
)


def check_names(paper: Paper) -> Iterator[Finding]:
    """``author-missing``, and ``name-et-al``, ``-digits``, ``-capitals``, ``-separator``, ``-corporate``."""
    people_expected = paper.arxiv_id or paper.entry_type in _WRITTEN
    if people_expected and not paper.authors and not any(extra(paper, name) for name in _INSTEAD):
        message = "It has no authors, so it can neither be found nor be cited by a name. Add them, or the organization."
        yield finding(paper, "authors", "author-missing", "warning", message)
    for number, author in enumerate(paper.authors):
        if not author.literal:
            yield from _check_name(paper, number, author)


_INSTEAD = ("editor", "organization", "institution", "shortauthor", "key", "holder")
_WRITTEN = frozenset(
    "article inproceedings conference incollection inbook phdthesis mastersthesis thesis techreport report".split()
)
"""Manuals, web pages and collections often have nobody to name."""


def _check_name(paper: Paper, number: int, author: Author) -> Iterator[Finding]:
    name = str(author)
    if _HTML.search(name):
        return  # told elsewhere; its signs are no separators
    if _ET_AL.search(name):
        message = f"The name {name!r} has “et al” in it. Name everybody, or let the list end with “and others”."
        yield finding(paper, "authors", "name-et-al", "error", message)
        return
    if _SEPARATOR.search(name) or "," in author.given + author.family or _odd_suffix(author):
        message = f"{name!r} looks like several people. Put “and” between them, or braces around a name that is one."
        yield finding(paper, "authors", "name-separator", "error", message)
        return
    last = author.family.split()[-1:] or [""]
    whole = Author(name, literal=True)
    if author.given and _BODY.fullmatch(last[0]):
        message = f"{name!r} is no person, but is taken apart as one: it would be sorted under {author.family!r}."
        yield renamed(paper, number, "name-corporate", "warning", message, whole)
    elif author.given and _MAYBE_BODY.fullmatch(last[0]):
        message = f"{name!r} looks like an organization that is taken apart as a person. Put braces around it."
        yield finding(paper, "authors", "name-corporate", "warning", message)
    elif any(char.isdigit() for char in name):
        message = f"The name {name!r} has digits in it, as marks of footnotes have. Take them out."
        yield finding(paper, "authors", "name-digits", "warning", message)
    elif _shouted(author):
        message = f"The name {name!r} is in capitals. Write it as the person does."
        yield finding(paper, "authors", "name-capitals", "warning", message)


def _odd_suffix(author: Author) -> bool:
    """``Vega, Ana, Okafor`` has in the place of a "Jr" what is no such thing."""
    return bool(author.suffix) and not _SUFFIX.fullmatch(author.suffix.strip())


def _shouted(author: Author) -> bool:
    """A family name in capitals beside a given name that is spelt out; ``NASA`` and ``DJ BOBO`` are left alone."""
    letters = [char for char in author.family if char.isalpha()]
    spelt_out = any(len(word) > 2 for word in re.findall(r"[^\W\d_]+", author.given))
    return len(letters) > 3 and author.family.isupper() and spelt_out
