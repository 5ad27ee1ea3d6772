"""Guides, topics and resources go from their files into the library.

Ours are one unit, the user's another: a unit is read anew when anything in it has changed, which a fingerprint tells.
Of its files, those with mistakes are told and what was known from them stays; the others are taken in.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from paperpath.errors import BadFile
from paperpath.workflow.list_files import RESOURCES, SHIPPED, TOPICS, ListProblem, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperpath.library import Library
    from paperpath.workflow.list_files import Files, GuideFiles

T = TypeVar("T")

_BROKEN = " with mistakes"
"""After the fingerprint of a unit that has some: they are told while they are remembered, or looked for again."""


def sync(library: Library, files: Files, before: Iterable[ListProblem]) -> list[ListProblem]:
    """Take in what is new or changed; the mistakes that there are, those found before (and not mended) included."""
    problems: list[ListProblem] = []
    for unit in files.guides():
        stored = library.meta(f"guides {unit.origin}") or ""
        if stored == unit.fingerprint:
            continue
        known = [one for one in before if one.what == "file" and one.fingerprint == _state(library, unit)]
        problems += known if known and stored == unit.fingerprint + _BROKEN else _Taking(library, files, unit).problems
    return problems


def _state(library: Library, unit: GuideFiles) -> str:
    """What a mistake depends on: a key that no paper has may be that of one which comes to the library later."""
    return f"{unit.fingerprint} {len(library.keys())}"


class _Taking:
    """One unit on its way into the library."""

    def __init__(self, library: Library, files: Files, unit: GuideFiles) -> None:
        self._library, self._unit = library, unit
        self._state = _state(library, unit)
        self.problems: list[ListProblem] = []
        """The files that could not be taken in."""
        with library.quietly():
            self._resources()
            self._topics()
            self._guides(files)

    def _resources(self) -> None:
        from paperpath.formats.guides import read_resources

        stages = None  # ours are checked by our tests, and the user may have a list in the place of ours
        if self._unit.origin != SHIPPED:
            stages = {stage.title for one in self._library.lists() for stage in one.stages}
            stages |= {one.stage for one in self._library.resources().values()}
        found = self._read(RESOURCES, lambda text: read_resources(RESOURCES, text, stages=stages))
        if found is not None:
            self._library.set_resources(found, origin=self._unit.origin)

    def _topics(self) -> None:
        from paperpath.formats.guides import read_topics

        ids = self._library.resources().keys()
        found = self._read(TOPICS, lambda text: read_topics(TOPICS, text, resources=ids))
        if found is not None:
            self._library.set_topics(found, origin=self._unit.origin)

    def _guides(self, files: Files) -> None:
        from paperpath.formats.guides import read_guides
        from paperpath.library.guides import Written

        names = [name for name in self._unit.names if name not in (RESOURCES, TOPICS)]
        papers = {key.casefold(): paper for key, paper in files.papers(self._unit.origin).items()} if names else {}
        keys = {paper.key for paper in papers.values()}
        here: set[str] = set()
        if names and self._unit.origin != SHIPPED:  # a user means the papers of the library before those of lists
            here = {*self._library.keys(), *self._library.former_keys()}
            papers = {key: paper for key, paper in papers.items() if key not in {one.casefold() for one in here}}
        topics = self._library.topics().keys()
        taken: dict[str, str] = {}
        written: dict[str, list[Written]] = {}
        for name in names:
            found = self._read(name, partial(read_guides, name, papers=keys | here, topics=topics, taken=dict(taken)))
            if found is not None:
                taken |= {one.key.casefold(): name for one in found}
                written[name] = [Written(one, papers.get(one.key.casefold())) for one in found]
        self._library.set_guides(
            written,
            origin=self._unit.origin,
            fingerprint=self._unit.fingerprint + (_BROKEN if self.problems else ""),
            broken=[problem.name for problem in self.problems],
        )

    def _read(self, name: str, read: Callable[[str], tuple[T, ...]]) -> tuple[T, ...] | None:
        """What a file says, nothing if there is none; None, and a problem noted, if it has mistakes."""
        if name not in self._unit.names:
            return ()
        path = self._unit.folder / name
        try:
            return read(text_of(path))
        except BadFile as error:
            self.problems.append(ListProblem(name, str(path), str(error), self._state, "file"))
            return None
