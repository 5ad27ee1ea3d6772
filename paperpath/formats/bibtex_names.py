"""Lists of names as BibTeX writes them ↔ :class:`Author`.

``and`` at brace level 0 separates, braces around a whole name make it one that is never taken apart, and a last
``others`` stands for all who are not named.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paperpath.formats.latex_decode import decode
from paperpath.formats.latex_encode import LATIN, LATIN_CAPITALS
from paperpath.model import Author
from paperpath.names import parse_name

OTHERS = Author("others")
"""``and others``: not a person; written back as it was."""

_AND = re.compile(r"\s+and(?=\s)\s*", re.I)
_OTHER_AND = re.compile(r" (?!and )(?i:and) ")
_WORD = rf"[{LATIN_CAPITALS}][{LATIN}.]*+(?>(?:['-][{LATIN}.]++)*)"
_NO_SUFFIX = r"(?!(?:(?i:jr\.?|sr\.?|junior|senior|ph\.? ?d\.?)|II|III|IV)$)"
_USUAL = re.compile(
    rf"(?P<given>{_WORD}(?: {_WORD})*) {_NO_SUFFIX}(?P<family>{_WORD})"
    rf"|(?P<first>{_WORD}(?: {_WORD})*), {_NO_SUFFIX}(?P<second>{_WORD}(?: {_WORD})*)"
)
"""``Ann B. Writer`` and ``Writer, Ann B.``, in which no word can be a particle or a suffix."""
_IN_ONE_PIECE = re.compile(r"[,{}]|\band\b")
_PLAIN_GROUP = re.compile(r"\{([^{}\\]*)\}")
_BRACES = re.compile(r"[{}]")
_EXTENDED = re.compile(r"(family|given|prefix|suffix)\s*=\s*(\{[^{}]*\}|\"[^\"]*\"|[^,]*)\s*(?:,|$)", re.I)


def authors(value: str) -> tuple[Author, ...]:
    """The people in an ``author`` field."""
    return tuple([person for name in split_names(value) if (person := author(name)).family])


def split_names(value: str) -> list[str]:
    """The names in a list, still as they were written."""
    value = value.strip()
    if not value:
        return []
    line = " ".join(value.split())
    names = line.split(" and ")
    balanced = "{" not in line or all(name.count("{") == name.count("}") for name in names)
    if balanced and not _OTHER_AND.search(line):
        return [name for name in names if name]
    if "{" not in value:
        return [name for name in _AND.split(value) if name.strip()]
    names, begin = [], 0
    for match in _AND.finditer(value):
        before = value[begin : match.start()]
        if before.count("{") == before.count("}"):
            names.append(before)
            begin = match.end()
    return [name for name in [*names, value[begin:]] if name.strip()]


@lru_cache(maxsize=65536)
def author(name: str) -> Author:
    """One name of a list."""
    name = name.strip()
    if "{" in name and _is_group(name):
        return Author(decode(name), literal=True)
    if "=" in name and _EXTENDED.match(name) and (extended := _extended(name)):
        return extended
    if "{" in name and any("," in group for group in _PLAIN_GROUP.findall(name)):  # {Amazon, Inc.} Team
        return Author(decode(name), literal=True)
    text = decode(name)
    if usual := _USUAL.fullmatch(text):
        given, family, first, second = usual.groups()
        return Author(family, given) if family else Author(first, second)
    return parse_name(text)


@lru_cache(maxsize=65536)
def names_text(value: str) -> str:
    """A list of names as Unicode text in BibTeX's own form, for the fields that the library does not take apart."""
    return " and ".join(plain_name(person) for person in authors(value))


def plain_name(person: Author) -> str:
    """``von Last, Jr, First``; in braces when it would be read as anything else."""
    if person == OTHERS:
        return "others"
    family = person.surname
    whole = person.literal or not person.given or _IN_ONE_PIECE.search(f"{family} {person.given} {person.suffix}")
    if whole:
        return f"{{{person}}}" if person.literal or " " in str(person) or "," in str(person) else str(person)
    return ", ".join(part for part in (family, person.suffix, person.given) if part)


def _is_group(name: str) -> bool:
    """Whether one pair of braces holds the whole name; ``{\\'E}`` is a letter and no group."""
    if not (name.startswith("{") and name.endswith("}")) or re.match(r"\{\\[^&%$#_]", name):
        return False
    depth = 0
    for brace in _BRACES.finditer(name):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end() == len(name)
    return False


def _extended(name: str) -> Author | None:
    """biblatex's ``family=Deuring, given=Max``."""
    parts = {part.lower(): decode(value.strip().strip('"')) for part, value in _EXTENDED.findall(name)}
    if not parts.get("family"):
        return None
    return Author(parts["family"], parts.get("given", ""), parts.get("prefix", ""), parts.get("suffix", ""))
