"""Guides, topics and resources: what we say about reading single papers, in TOML → :class:`Guide` and its kin.

A file ``guides/NAME.toml`` holds any number of ``[[paper]]`` tables with their ``[[paper.question]]``; ``topics.toml``
and ``resources.toml`` lie beside the reading lists. As there, all mistakes of a file are found in one go and each is
named by its line. A file speaks of things that others define (papers, topics, resources, stages), so the names that it
may use are handed in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from paperpath.formats.toml_check import Check, headers, meant, parse
from paperpath.model import RESOURCE_KINDS, Guide, Question, Resource, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_GUIDE_FIELDS = (
    "key", "know", "minutes", "look_for", "skim", "understand", "implement", "task", "question",
)  # fmt: skip
_QUESTION_FIELDS = ("ask", "section", "answer")
_TOPIC_FIELDS = ("id", "name", "about", "learn")
_RESOURCE_FIELDS = ("id", "title", "authors", "year", "kind", "link", "stage", "about", "source")

LONGEST_READING = 6000
"""Minutes: a book of a thousand pages, at the six minutes a page that nobody needs."""


def read_guides(
    name: str, text: str, *, papers: Collection[str], topics: Collection[str], taken: Mapping[str, str] | None = None
) -> tuple[Guide, ...]:
    """The guides of one file, in its order.

    Args:
        name: of the file.
        text: of the file.
        papers: the keys that there are.
        topics: the ids of topics that there are.
        taken: keys in lower case that have their guide in another file, with its name.

    Raises:
        BadFile: with every mistake, each by its line.
    """
    check = Check(name, text)
    places = headers(text)
    folded = {key.casefold() for key in papers}
    guides, seen = [], _Seen(check, "key", str.casefold)
    questions = iter(places.get("paper.question", []))  # in the order of the file, as they are met below
    for line, table in _each(check, parse(name, text), "paper", places):
        key = check.words(table, "key", "a paper", line)
        where = f"paper {key!r}" if key else "a paper"
        if key and not seen.before(key, line):
            if other := (taken or {}).get(key.casefold()):
                check.wrong(check.line_of("key", line), f"the guide to {key!r} is in {other} already")
            elif key.casefold() not in folded:
                said = f"no list and no paper of the library has the key {key!r}{meant(key, papers)}"
                check.wrong(check.line_of("key", line), said)
        guides.append(_guide(check, table, where, line, questions, key, topics))
    check.finish("it")
    return tuple(guides)


def read_topics(name: str, text: str, *, resources: Collection[str]) -> tuple[Topic, ...]:
    """The topics of ``topics.toml``; ``resources`` are the ids that ``learn`` may name. Raises BadFile."""
    check = Check(name, text)
    found, seen = [], _Seen(check, "id")
    for line, table in _each(check, parse(name, text), "topic", headers(text)):
        own, where = _id(check, table, "a topic", line, seen)
        check.known_fields(table, _TOPIC_FIELDS, where, line)
        learn = check.texts(table, "learn", where, line)
        _known(check, learn, resources, "resource", "learn", line)
        found.append(
            Topic(own, check.words(table, "name", where, line), check.words(table, "about", where, line), learn)
        )
    check.finish("it")
    return tuple(found)


def read_resources(name: str, text: str, *, stages: Collection[str] | None = None) -> tuple[Resource, ...]:
    """The resources of ``resources.toml``; ``stages`` are the titles they may go with, None for any. Raises BadFile."""
    check = Check(name, text)
    found, seen = [], _Seen(check, "id")
    for line, table in _each(check, parse(name, text), "resource", headers(text)):
        own, where = _id(check, table, "a resource", line, seen)
        check.known_fields(table, _RESOURCE_FIELDS, where, line)
        kind = check.words(table, "kind", where, line)
        if kind and kind not in RESOURCE_KINDS:
            at = check.line_of("kind", line)
            check.wrong(at, f"{kind!r} is no kind of resource; known are {', '.join(RESOURCE_KINDS)}")
        stage = check.words(table, "stage", where, line)
        if stage and stages is not None:
            _known(check, (stage,), stages, "stage of a reading list", "stage", line)
        link = check.words(table, "link", where, line)
        if link and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", link):
            check.wrong(check.line_of("link", line), f"{link!r} is no address such as https://d2l.ai")
        found.append(
            Resource(
                own,
                title=check.words(table, "title", where, line),
                kind=next((known for known in RESOURCE_KINDS if known == kind), "article"),
                link=link,
                stage=stage,
                about=check.words(table, "about", where, line),
                authors=check.texts(table, "authors", where, line),
                year=check.number(table, "year", where, line, 2999),
                source=check.words(table, "source", where, line, needed=False),
            )
        )
    check.finish("it")
    return tuple(found)


def _guide(
    check: Check,
    table: dict[str, Any],
    where: str,
    line: int,
    places: Iterator[int],
    key: str,
    topics: Collection[str],
) -> Guide:
    check.known_fields(table, _GUIDE_FIELDS, where, line)

    def texts(name: str) -> tuple[str, ...]:
        return check.texts(table, name, where, line)

    def words(name: str) -> str:
        return check.words(table, name, where, line, needed=False)

    know = texts("know")
    _known(check, know, topics, "topic", "know", line)
    return Guide(
        key,
        look_for=words("look_for"),
        know=know,
        minutes=check.number(table, "minutes", where, line, LONGEST_READING),
        skim=texts("skim"),
        understand=texts("understand"),
        implement=texts("implement"),
        task=words("task"),
        questions=tuple(
            _question(check, one, f"question {number} of {where}", next(places, 0))
            for number, one in enumerate(check.tables(table, "question", where, needed=False), 1)
        ),
    )


def _question(check: Check, table: dict[str, Any], where: str, line: int) -> Question:
    check.known_fields(table, _QUESTION_FIELDS, where, line)
    return Question(*(check.words(table, name, where, line) for name in _QUESTION_FIELDS))


class _Seen:
    """Names that may stand once."""

    def __init__(self, check: Check, field: str, fold: Callable[[str], str] = str) -> None:
        self._check, self._field, self._fold = check, field, fold
        self._lines: dict[str, int] = {}

    def before(self, name: str, line: int) -> bool:
        """Whether a name stood before that of the table on this line, with a mistake noted."""
        folded = self._fold(name)
        if folded not in self._lines:
            self._lines[folded] = line
            return False
        first, here = (self._check.line_of(self._field, one) for one in (self._lines[folded], line))
        self._check.wrong(here, f"the {self._field} {name!r} is there already{f', on line {first}' if first else ''}")
        return True


def _each(
    check: Check, data: dict[str, Any], kind: str, places: dict[str, list[int]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables ``[[kind]]`` with the lines of their headers; 0 where they were written in another way."""
    check.known_fields(data, (kind,), "the file", 0)
    tables = check.tables(data, kind, "the file", needed=False)
    lines = places.get(kind, [])
    return zip(lines if len(lines) == len(tables) else [0] * len(tables), tables, strict=True)


def _id(check: Check, table: dict[str, Any], a: str, line: int, seen: _Seen) -> tuple[str, str]:
    """The id of a topic or resource, and how to call it in a mistake."""
    own = check.words(table, "id", a, line)
    if own:
        seen.before(own, line)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", own):
            check.wrong(check.line_of("id", line), f"the id {own!r} must be small letters, digits and single hyphens")
    return own, f"{a.removeprefix('a ')} {own!r}" if own else a


def _known(check: Check, names: tuple[str, ...], known: Collection[str], what: str, field: str, line: int) -> None:
    """The names that a field has are known."""
    for name in names:
        if name not in known:
            check.wrong(check.line_of(field, line), f"there is no {what} {name!r}{meant(name, known)}")
