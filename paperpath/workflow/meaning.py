"""What a person means who names a paper, or a technique by which it is known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from paperpath import ids
from paperpath.errors import BadInput, NotAnId, UnknownPaper
from paperpath.library.folding import fold
from paperpath.study.planning import folded, one_way
from paperpath.workflow.texts import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library import Library, Row
    from paperpath.study.planning import Way

_MOST = 5


class Meant(NamedTuple):
    """A paper, or a technique or topic."""

    key: str | None
    """The paper; of a technique the one that introduced it, of another topic None."""
    topic: str = ""
    """The technique or topic, as it is written; empty where the paper itself was named."""


def way(library: Library) -> Way:
    """All reading lists as one."""
    return one_way(library.lists())


def paper(library: Library, text: str, way: Way) -> str:
    """The key of the paper meant by a key, an id, an address, a title or a technique.

    Raises:
        BadInput: none is meant, or several are; the message names them.
    """
    found = meant(library, text, way)
    if found.key is None:
        raise BadInput(f"“{found.topic}” is a topic, and no paper of a reading list introduces it. Name a paper.")
    return found.key


def meant(library: Library, text: str, way: Way) -> Meant:
    """What is meant: what has exactly this name, or else the only thing whose name has all these words.

    Raises:
        BadInput: nothing is meant, or several things are; the message names them.
    """
    text = " ".join(text.split())
    if not text:
        raise BadInput("Say which paper: by its key, its title, its arXiv id, or a technique that it introduced.")
    try:
        return Meant(library.resolve(text))
    except UnknownPaper:
        if _is_id(text):  # its own words say how to add that paper
            raise
    techniques = {
        folded(topic): Meant(key, topic) for key in reversed(way.entries) for topic in way.introduces.get(key, ())
    }
    known = library.topics().values()
    others = {folded(name): Meant(None, name) for topic in known for name in (topic.id, topic.name)}
    topics = others | techniques
    if exact := topics.get(folded(text)):
        return exact
    rows = library.rows()
    wanted = letters(fold(text))
    titled = [row for row in rows if wanted and letters(fold(row.title)) == wanted]
    if titled:
        return Meant(_preferred(titled, way).key)
    words = fold(text).split()
    near = [one for name, one in topics.items() if all(word in fold(name) for word in words)]
    near += [Meant(row.key) for row in rows if all(word in fold(row.title) for word in words)]
    only = {one.key or one.topic: one for one in reversed(near)}
    if len(only) == 1:
        return near[0]
    if near:
        raise BadInput(f"{text!r} may mean {_said([*reversed(only.values())])}. Say it by its key.")
    close = difflib.get_close_matches(folded(text), [*topics, *(fold(row.title) for row in rows)], 3, 0.6)
    hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
    raise BadInput(
        f"No paper has the key or title {text!r}, and none is known for a technique of that name.{hint}"
        " `paperpath list WORDS` finds papers."
    )


def _is_id(text: str) -> bool:
    try:
        ids.parse_id(text)
    except NotAnId:
        return False
    return True


def _preferred(rows: Iterable[Row], way: Way) -> Row:
    """The one of several with the same title that a reading list has."""
    return min(rows, key=lambda row: row.key not in way.entries)


def _said(several: list[Meant]) -> str:
    names = [f"{one.topic} ({one.key})" if one.topic and one.key else one.key or one.topic for one in several[:_MOST]]
    more = len(several) - _MOST
    return f"{', '.join(names)} and {more} more" if more > 0 else " or ".join((", ".join(names[:-1]), names[-1]))
