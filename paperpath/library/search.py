"""What a person types into the search field → an FTS5 query.

FTS5's own syntax is for programs: a stray quote, ``AND`` or ``-`` is an error in it. Here every word is quoted, so that
nothing typed can be syntax by accident, and what people expect of a search field is understood: ``"a phrase"``,
``prefix*``, ``-without``, ``a or b``, ``title:word``. The last word is taken for the beginning of one while it is being
typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from paperpath.errors import BadQuery
from paperpath.library.folding import clean

FIELDS = {
    "title": "title", "author": "authors", "authors": "authors", "abstract": "abstract", "note": "note",
    "notes": "note", "text": "text",
}  # fmt: skip
"""What may stand before a colon → column of the index. Any other is a word like all: ``BERT: pre-training``."""
MOST_TERMS = 64

_PART = re.compile(
    r"""(?P<minus>-)? (?:(?P<field>[a-z]+):)? (?: ["“„](?P<phrase>[^"“”]*)["”]? | (?P<word>[^\s"“”„]+) )""", re.X | re.I
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to be found."""

    text: str
    column: str = ""
    """The one column to look in; empty for all."""
    prefix: bool = False

    def __str__(self) -> str:
        """As FTS5 reads it."""
        scope = f"{self.column} : " if self.column else ""
        return f'{scope}"{self.text.replace(chr(34), " ")}"' + (" *" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query, taken apart: any of the groups, all terms of the group, none of the excluded."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def fts(self) -> str:
        """The query for one passage."""
        return _without(" OR ".join(f"({' AND '.join(map(str, group))})" for group in self.groups), self.excluded)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that is wanted."""
        return tuple(term for group in self.groups for term in group)


def wanted(text: str) -> Wanted | None:
    """What ``text`` asks for; None if it has no word in it yet.

    Raises:
        BadQuery: it says only what is not wanted, or is a page long.
    """
    groups: list[list[Term]] = [[]]
    excluded: list[Term] = []
    line = unicodedata.normalize("NFKC", clean(text))
    parts = list(_PART.finditer(line))
    if len(parts) > MOST_TERMS:
        raise BadQuery(f"That is {len(parts)} words; up to {MOST_TERMS} can be searched for at once.")
    for part in parts:
        if part["word"] and part["word"].lower() in ("or", "|") and not (part["minus"] or part["field"]):
            groups.append([])
            continue
        if (term := _term(part)) is not None:
            (excluded if part["minus"] else groups[-1]).append(term)
    found = [group for group in groups if group]
    if not found:
        if excluded:
            raise BadQuery("The search says only what is not wanted; put a word before it that is.")
        return None
    if groups[-1] and _is_being_typed(parts[-1], line):
        groups[-1][-1] = replace(groups[-1][-1], prefix=True)
    return Wanted(tuple(tuple(group) for group in groups if group), tuple(excluded))


def _is_being_typed(part: re.Match[str], line: str) -> bool:
    """Whether the last part is a word that the cursor still stands at.

    One Latin letter is none: as a beginning it matches every paper there is (1.2 s among 10,000 abstracts).
    """
    word = part["word"] or ""
    return part.end() == len(line) and not part["minus"] and (len(word) > 1 or not word.isascii())


def _term(part: re.Match[str]) -> Term | None:
    """The term in a part of the query; None for punctuation alone."""
    text, field = part["word"] if part["phrase"] is None else part["phrase"], (part["field"] or "").lower()
    column = FIELDS.get(field, "")
    if field and not column:
        text = f"{field} {text}"
    if not any(unicodedata.category(c)[0] in "LN" for c in text):
        return None
    return Term(text.rstrip("*"), column, prefix=text.endswith("*"))


def _without(query: str, excluded: tuple[Term, ...]) -> str:
    return f"({query}) NOT ({' OR '.join(map(str, excluded))})" if excluded else query
