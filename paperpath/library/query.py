"""The query language of lists and exports: what a person types about metadata → a condition in SQL.

A recursive descent in three levels (or, and, one term) over tokens that know where they stand, so that an error can
point. Everything is compared folded, without case and accents, against columns that are kept folded; every value goes
to SQLite as a parameter, so nothing typed is ever part of the SQL. The nouns and ids are imported by the terms that
need them: that takes longer than a query among 10,000 papers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadQuery, NotAnId
from paperpath.library.folding import clean, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Saved = Callable[[], Mapping[str, str]]
    """Folded name → query of every saved search, asked for when a query speaks of one."""

MOST_TERMS = 200
"""SQLite refuses expressions deeper than 1000; nobody types two hundred terms."""
_DEEPEST = 10
"""Parentheses inside one another; SQLite's parser has room for a hundred open symbols, and each level takes seven."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) |
        (?P<minus>-)(?=[^\s)]) |
        (?:(?P<field>[A-Za-z_]+):)?(?:"(?P<phrase>[^"]*)"? | (?P<word>[^\s()"]+) | (?P<empty>(?<=:)))
    )""",
    re.X,
)


class Condition(NamedTuple):
    """A condition on ``paper AS p`` with ``reading AS r``, ``file AS f`` and ``position AS o`` joined to it."""

    sql: str
    values: tuple[object, ...]


class _Token(NamedTuple):
    kind: str
    """``open``, ``close``, ``minus``, ``or``, ``and``, ``not`` or ``term``; ``end`` after the last."""
    at: int
    """Where it begins in the query, from 1."""
    field: str = ""
    text: str = ""


def condition(query: str, saved: Saved | None = None) -> Condition:
    """The condition that ``query`` stands for; an empty query is true of every paper.

    Args:
        query: what a person typed.
        saved: gives the searches that ``saved:NAME`` may speak of.

    Raises:
        BadQuery: it cannot be read; the message says where and what would be right.
    """
    return _read(query, _Saved(saved), 0)


def _read(query: str, saved: _Saved, depth: int) -> Condition:
    tokens = _tokens(clean(query))
    saved.terms += len(tokens) - 1
    if saved.terms > MOST_TERMS:
        raise BadQuery(f"The query has more than {MOST_TERMS} terms; that many can be looked for at once.")
    if tokens[0].kind == "end":
        return Condition("1", ())
    reader = _Reader(tokens, saved)
    found = reader.alternatives(depth)
    if reader.token.kind != "end":
        raise BadQuery(f"The query has a “)” too many at character {reader.token.at}.")
    return found


class _Saved:
    """The saved searches: which are being read, and how many terms there were in all.

    A search may speak of others, which would let a few lines of text stand for millions of terms.
    """

    def __init__(self, ask: Saved | None) -> None:
        self._ask = ask
        self.open: list[str] = []
        self.terms = 0

    def condition(self, text: str, depth: int) -> Condition:
        """What the search of that name stands for."""
        known = self._ask() if self._ask else {}
        name = fold(clean(text)).strip()
        query = known.get(name)
        if query is None:
            there = f"There are {', '.join(sorted(known)[:8])}." if known else "There are none yet."
            raise BadQuery(f"No search is saved as {text!r}. {there}")
        if name in self.open:
            raise BadQuery(f"The saved search {text!r} asks for itself.")
        self.open.append(name)
        found = _read(query, self, depth + 1)
        self.open.pop()
        return found


def _tokens(query: str) -> list[_Token]:
    tokens, position = [], 0
    end = len(query.rstrip())
    while position < end:
        match = _TOKEN.match(query, position)
        if match is None or match.end() == position:
            raise BadQuery(
                f"The query cannot be read at character {position + 1}: {query[position : position + 10]!r}."
            )
        tokens.append(_token(match))
        position = match.end()
    if len(tokens) > MOST_TERMS:
        raise BadQuery(f"The query has {len(tokens)} terms; up to {MOST_TERMS} can be looked for at once.")
    return [*tokens, _Token("end", end + 1)]


def _token(match: re.Match[str]) -> _Token:
    at = match.end() - len(match[0].lstrip()) + 1
    for kind in ("open", "close", "minus"):
        if match[kind]:
            return _Token(kind, at)
    field, word = (match["field"] or "").lower(), match["word"]
    if not field and word is not None and word.lower() in ("or", "and", "not", "|"):
        return _Token("or" if word == "|" else word.lower(), at)
    text = match["phrase"] if word is None else word
    if match["empty"] is not None or (field and word is None and match["phrase"] is None):
        text = ""
    return _Token("term", at, field, text or "")


class _Reader:
    """Tokens and the place reached."""

    def __init__(self, tokens: list[_Token], saved: _Saved) -> None:
        self._tokens = tokens
        self._saved = saved
        self._next = 0

    @property
    def token(self) -> _Token:
        return self._tokens[self._next]

    def alternatives(self, depth: int) -> Condition:
        """``a b or c``: what stands side by side binds closer than ``or``."""
        if depth > _DEEPEST:
            raise BadQuery(f"The query has more than {_DEEPEST} parentheses inside one another.")
        found = [self._together(depth)]
        while self.token.kind == "or":
            self._next += 1
            found.append(self._together(depth))
        return _joined(found, " OR ")

    def _together(self, depth: int) -> Condition:
        found = []
        while self.token.kind not in ("or", "close", "end"):
            if self.token.kind == "and":
                self._next += 1
                continue
            found.append(self._one(depth))
        if not found:
            raise BadQuery(f"The query lacks a term at character {self.token.at}: “or” stands between two of them.")
        return _joined(found, " AND ")

    def _one(self, depth: int) -> Condition:
        token = self.token
        self._next += 1
        if token.kind in ("minus", "not"):
            if self.token.kind in ("or", "and", "close", "end"):
                raise BadQuery(f"The query says “not” at character {token.at}, but not what.")
            inner = self._one(depth)
            if inner.sql.startswith("NOT "):
                return Condition(inner.sql.removeprefix("NOT "), inner.values)
            return Condition(f"NOT {inner.sql}", inner.values)
        if token.kind == "open":
            inner = self.alternatives(depth + 1)
            if self.token.kind != "close":
                raise BadQuery(f"The query lacks a “)” for the “(” at character {token.at}.")
            self._next += 1
            return inner
        if token.field == SAVED and token.text:
            return self._saved.condition(token.text, depth)
        return _term(token)


def _joined(conditions: list[Condition], word: str) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    return Condition(
        f"({word.join(one.sql for one in conditions)})", tuple(value for one in conditions for value in one.values)
    )


def _term(token: _Token) -> Condition:
    if not token.field:
        return _said(fold(token.text))
    make = FIELDS.get(_ALIASES.get(token.field, token.field))
    if make is None:
        raise BadQuery(
            f"The query asks for {token.field!r} at character {token.at}, which is no field. There are"
            f' {", ".join(FIELDS)}. Words with a colon go in quotes: "{token.field}:{token.text}".'
        )
    if not token.text:
        raise BadQuery(f"The query does not say which {token.field} at character {token.at}: {token.field}:VALUE.")
    return make(token.text)


# --------------------------------------------------------------------------- fields


def _contains(column: str) -> Callable[[str], Condition]:
    return lambda text: Condition(f"coalesce(instr(fold({column}), ?), 0)", (fold(text),))


def _seen(column: str) -> Callable[[str], Condition]:
    """As ``_contains`` for a column that is part of the haystack too.

    That is folded already, so SQLite passes over most papers without a call of Python. (With AND it would not: as a
    value, it has both sides computed.)
    """

    def make(text: str) -> Condition:
        anywhere = _said(fold(text))
        sql = f"CASE WHEN {anywhere.sql} THEN coalesce(instr(fold({column}), ?), 0) ELSE 0 END"
        return Condition(sql, (*anywhere.values, fold(text)))

    return make


_LONGEST_PATTERN = 1000
"""Characters, which may become twelve bytes each; SQLite refuses patterns of more than 50,000 bytes."""
_GLOB_SIGNS = re.compile(r"[*?\[]")


def _said(folded: str) -> Condition:
    """Whether ``folded`` occurs in the haystack; among 100,000 papers GLOB takes half as long for it as ``instr``."""
    if len(folded) > _LONGEST_PATTERN:
        return Condition("instr(p.haystack, ?)", (folded,))
    return Condition("p.haystack GLOB ?", ("*" + _GLOB_SIGNS.sub(r"[\g<0>]", folded) + "*",))


def _equals(column: str, text: str) -> Condition:
    """Equality with the folded text, or with its beginning when it ends in ``*``."""
    wanted = fold(text)
    if wanted.endswith("*"):
        return Condition(f"substr({column}, 1, ?) = ?", (len(wanted) - 1, wanted[:-1]))
    return Condition(f"{column} = ?", (wanted,))


def _author(text: str) -> Condition:
    return Condition("p.id IN (SELECT paper_id FROM author WHERE instr(folded, ?))", (fold(text),))


def _tag(text: str) -> Condition:
    inner = _equals("folded", text)
    return Condition(f"p.id IN (SELECT paper_id FROM tag WHERE {inner.sql})", inner.values)


def _list(text: str) -> Condition:
    inner = _equals("fold(list)", text)
    return Condition(f"p.id IN (SELECT paper_id FROM entry WHERE {inner.sql})", inner.values)


def _status(text: str) -> Condition:
    from paperpath.model import STATUSES

    wanted = [one for one in fold(text).split(",") if one]
    unknown = [one for one in wanted if one not in STATUSES]
    if unknown or not wanted:
        raise BadQuery(f"{text!r} is no status; there are {', '.join(STATUSES)}.")
    return Condition(f"coalesce(r.status, 'unread') IN ({', '.join('?' * len(wanted))})", tuple(wanted))


_RANGE = re.compile(r"(?P<low>\d{1,4})?(?P<dots>\.\.|-)(?P<high>\d{1,4})?|(?P<sign>[<>]=?)?(?P<year>\d{1,4})", re.ASCII)


def _year(text: str) -> Condition:
    match = _RANGE.fullmatch(text)
    if match is None or (match["dots"] and not (match["low"] or match["high"])):
        raise BadQuery(f"{text!r} is no year or range of years: 2017, 2015..2018, 2015.. or <2000.")
    if match["year"]:
        return Condition(f"coalesce(p.year {match['sign'] or '='} ?, 0)", (int(match["year"]),))
    return Condition("coalesce(p.year BETWEEN ? AND ?, 0)", (int(match["low"] or 0), int(match["high"] or 9999)))


def _key(text: str) -> Condition:
    wanted = clean(text).casefold()
    if wanted.endswith("*"):
        return Condition("substr(p.folded_key, 1, ?) = ?", (len(wanted) - 1, wanted[:-1]))
    return Condition("p.folded_key = ?", (wanted,))


def _id(text: str) -> Condition:
    from paperpath.ids import parse_id

    try:
        paper_id = parse_id(text)
    except NotAnId as error:
        raise BadQuery(str(error)) from error
    column = {"arxiv": "arxiv_id", "doi": "doi", "url": "url"}[paper_id.scheme]
    return Condition(f"coalesce(p.{column} = ?, 0)", (paper_id.value,))


def _added(text: str) -> Condition:
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text, re.ASCII):
        raise BadQuery(f"{text!r} is no day, month or year of adding: 2026-05-17, 2026-05 or 2026.")
    return Condition("substr(p.added, 1, ?) = ?", (len(text), text))


_HAS = {
    "pdf": "f.sha256 IS NOT NULL",
    "text": "f.parser IS NOT NULL",
    "problem": "f.problem IS NOT NULL",
    "note": "p.id IN (SELECT paper_id FROM note)",
    "highlight": "p.id IN (SELECT paper_id FROM highlight)",
    "tag": "p.id IN (SELECT paper_id FROM tag)",
    "list": "p.id IN (SELECT paper_id FROM entry)",
    "abstract": "p.abstract IS NOT NULL",
    "doi": "p.doi IS NOT NULL",
    "arxiv": "p.arxiv_id IS NOT NULL",
}


def _has(text: str) -> Condition:
    wanted = fold(text).removesuffix("s") if fold(text) not in _HAS else fold(text)
    if wanted not in _HAS:
        raise BadQuery(f"A paper cannot be asked whether it has {text!r}; has: takes {', '.join(_HAS)}.")
    return Condition(f"({_HAS[wanted]})", ())


SAVED = "saved"
FIELDS: dict[str, Callable[[str], Condition]] = {
    "author": _author,
    "title": _seen("p.title"),
    "year": _year,
    "tag": _tag,
    "status": _status,
    "list": _list,
    "key": _key,
    "venue": _seen("p.venue"),
    "abstract": _contains("p.abstract"),
    "category": _contains("p.categories"),
    "id": _id,
    "has": _has,
    "added": _added,
    SAVED: lambda text: _Saved(None).condition(text, 0),  # the reader, which knows the searches, answers it before
}
"""What may stand before a colon."""
_ALIASES = {"authors": "author", "arxiv": "id", "doi": "id", "tags": "tag", "cat": "category", "journal": "venue"}
