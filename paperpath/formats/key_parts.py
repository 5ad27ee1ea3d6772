"""What a citation key can be made of: a paper → names, title words, the venue in short, numbers, all in ASCII.

Case is kept here, because only the formula (:mod:`~paperpath.formats.key_formula`) knows what is wanted of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.dates import year_and_month
from paperpath.formats.romanise import romanise
from paperpath.names import parse_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.model import Author, Paper

LONGEST_WORD = 24
"""Longer words are cut: a collaboration can be named with eighty letters."""

_SAYS_NOTHING = frozenset(
    "a an the and or nor but of on in into to from for by at as with without within via using over under between"
    " through towards toward beyond about against across is are was were be been do does did can could may might must"
    " should will would has have had not no its it this that these those there here we you our your their they i"
    " how what why when where which who whom whose whether if then than so some any all both each every"
    " der die das ein eine und le la les un une des du de el los las una il lo gli".split()
)
_BODIES = frozenset("collaboration consortium group project team".split())
"""Last words of names that are not people; arXiv gives no other sign."""
_VOLUMES_OF = frozenset("proceedings proc".split())
"""What a venue begins with that is not its name."""
_OTHERS = "others"
"""What BibTeX writes for authors who are not named."""

_MATH = re.compile(r"\$[^$]*\$")
_WORD = re.compile(r"[A-Za-z0-9']+(?:-[A-Za-z0-9']+)*")
_LATEX = re.compile(r"\\[a-zA-Z]+\s*|\\.")
_LETTER = re.compile("[A-Za-z]")
_LETTERS = re.compile("[A-Za-z]+")
_BRACKETED = re.compile(r"\(\s*([A-Za-z][A-Za-z0-9-]{1,11})(?:[\s'’]*\d{2,4})?\s*\)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.I)
_ORGANISATIONS = ("organization", "institution", "school")


# --------------------------------------------------------------------------- names


def surnames(people: Sequence[Author], *, particle: bool) -> list[str]:
    """One word for each name that has letters; ``particle`` asks for ``vanderMaaten`` in place of ``Maaten``."""
    return [word for person in people if (word := _surname(person, particle=particle))]


def named(people: Sequence[Author]) -> Sequence[Author]:
    """Those who are named: the list without "and others" at its end."""
    return people[:-1] if len(people) > 1 and str(people[-1]) == _OTHERS else people


def editors(paper: Paper) -> list[Author]:
    """The editors, whom a paper has as one text."""
    text = dict(paper.extra).get("editor", "")
    return [parse_name(name) for name in re.split(r"\s+and\s+", text) if name.strip()]


def _surname(author: Author, *, particle: bool) -> str:
    words = _LETTERS.findall(plain(author.surname if particle else author.family).replace("'", ""))
    if author.literal or (words[-1:] and words[-1].lower() in _BODIES):  # "The ATLAS Collaboration" -> ATLAS
        words = [word for word in _LETTERS.findall(plain(str(author))) if word.lower() not in _SAYS_NOTHING][:1]
    return "".join(words)[:LONGEST_WORD]


# --------------------------------------------------------------------------- words


def telling_words(text: str, *, every: bool = False) -> list[str]:
    """The words that say something, or all if none does or ``every`` is set.

    Of a hyphened word the first part counts, of ``U-Net`` both: one letter alone would say nothing.
    """
    words = [word.replace("'", "") for word in _WORD.findall(plain(_MATH.sub(" ", text)))]
    words = [word.strip("-") for word in words if _LETTER.search(word)]
    chosen = words if every else [word for word in words if word.lower() not in _SAYS_NOTHING] or words
    parts = []
    for word in chosen:
        first, _, rest = word.partition("-")
        part = first if len(first) > 1 else first + rest.partition("-")[0]
        if _LETTER.search(part):
            parts.append(part[:LONGEST_WORD])
    return parts


def venue_words(paper: Paper) -> list[str]:
    """The telling words of the venue, without years, ordinals and "Proceedings of"."""
    words = [word for word in telling_words(paper.venue or "") if not _ORDINAL.fullmatch(word)]
    return [word for word in words if word.lower() not in _VOLUMES_OF] or words


def short_venue(paper: Paper) -> str:
    """``ICLR`` from brackets in the name; a name of one word itself; else initials: ``JMLR``, ``Nature``, ``ANIPS``."""
    found = _BRACKETED.search(plain(paper.venue or ""))
    if found:
        return found[1].replace("-", "")
    words = venue_words(paper)
    return words[0] if len(words) == 1 else "".join(word[0] for word in words).upper()


def organisation(paper: Paper) -> str:
    """Who stands behind a work without authors: organisation, institution, school, publisher."""
    extra = dict(paper.extra)
    return next((extra[name] for name in _ORGANISATIONS if extra.get(name)), paper.publisher or "")


# --------------------------------------------------------------------------- numbers and ids


def _year(paper: Paper) -> str:
    return str(year_and_month(paper)[0] or "")


def _month(paper: Paper) -> str:
    month = year_and_month(paper)[1]
    return f"{month:02}" if month else ""


def _page(paper: Paper) -> str:
    found = re.search(r"[A-Za-z]?\d+", plain(paper.pages or ""))
    return found[0] if found else ""


PLAIN: dict[str, Callable[[Paper], str]] = {
    "year": _year,
    "month": _month,
    "type": lambda paper: _joined(paper.entry_type),
    "arxiv": lambda paper: _joined(paper.arxiv_id),
    "doi": lambda paper: _joined(paper.doi),
    "volume": lambda paper: _joined(paper.volume),
    "number": lambda paper: _joined(paper.number),
    "page": _page,
}
"""Parts that are one text, with nothing to choose from."""


def id_part(paper: Paper) -> str:
    """``arxiv-1706-03762`` or ``doi-10-1000-182``: what is left when a paper has no name and no title to go by."""
    for paper_id in paper.ids:
        return re.sub(r"[^a-z0-9]+", "-", f"{paper_id.scheme}-{paper_id.value}".lower()).strip("-")
    return ""


def plain(text: str) -> str:
    """ASCII where there is a spelling; LaTeX commands and grouping braces out."""
    bare = _LATEX.sub("", text).replace("{", "").replace("}", "").replace("’", "'")
    return romanise(bare)


def _joined(text: str | None) -> str:
    """``1706-03762``: letters and digits, with a hyphen for whatever stands between them."""
    return re.sub(r"[^A-Za-z0-9]+", "-", plain(text or "")).strip("-")
