"""What the reader knows already: techniques, topics and papers, which no plan then asks them to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadInput
from paperpath.study.planning import folded
from paperpath.workflow import meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library


class Known(NamedTuple):
    """One thing that is known."""

    name: str
    """The technique or topic as it is written, or the paper's key."""
    since: str
    """ISO 8601, UTC."""
    key: str | None
    """The paper, or the one that introduced the technique; None for other topics."""
    is_paper: bool
    """Whether the paper itself was named."""


def know(library: Library, names: Sequence[str]) -> list[Known]:
    """Keep that these are known, as one change.

    Raises:
        BadInput: one of them names nothing, or several things; nothing was changed.
    """
    topics, keys = _sorted_out(library, names)
    library.know(topics, keys)
    wanted = {folded(topic) for topic in topics}
    return [one for one in known(library) if (one.name in keys if one.is_paper else folded(one.name) in wanted)]


def unknow(library: Library, names: Sequence[str]) -> list[str]:
    """Take back that these are known, as one change; their names.

    Raises:
        BadInput: one of them is not known; nothing was changed.
    """
    here = {folded(one.name): one for one in known(library)}
    found: list[Known] = []
    for name in names:
        one = here.get(folded(" ".join(name.split())))
        if one is None:
            said = meaning.meant(library, name, meaning.way(library))
            one = here.get(folded(said.topic or said.key or ""))
        if one is None:
            there = ", ".join(each.name for each in here.values()) or "nothing yet"
            raise BadInput(f"You have not said that you know {name!r}. What you know: {there}.")
        found.append(one)
    library.unknow([one.name for one in found if not one.is_paper], [one.name for one in found if one.is_paper])
    return [one.name for one in found]


def known(library: Library) -> list[Known]:
    """All of it: topics by name, then papers."""
    way = meaning.way(library)
    introduced = {folded(topic): key for key in reversed(way.entries) for topic in way.introduces.get(key, ())}
    return [
        *(Known(name, at, introduced.get(folded(name)), False) for name, at in library.known_topics().items()),
        *(Known(key, at, key, True) for key, at in library.known_papers().items()),
    ]


def _sorted_out(library: Library, names: Sequence[str]) -> tuple[list[str], list[str]]:
    way = meaning.way(library)
    topics, keys = [], []
    for name in names:
        try:
            found = meaning.meant(library, name, way)
        except BadInput as error:
            quotes = " A name of several words goes into quotes." if len(names) > 1 else ""
            raise BadInput(f"{error}{quotes}") from error
        if found.topic:
            topics.append(found.topic)
        elif found.key is not None:
            keys.append(found.key)
    return topics, keys
