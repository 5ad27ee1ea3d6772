"""All papers of the library in memory, and which of them to show in which order.

Ten thousand light rows take 5 MB, and a pass over them a few milliseconds: filtering as one types then needs no
database, no thread and no waiting. Only a query with fields or operators goes to the library (see ``is_query``).
Nothing here draws, and nothing here asks the library.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath import study
from paperpath.library.folding import fold
from paperpath.library.ranking import nearly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from paperpath.library import Row
    from paperpath.model import ListEntry, ReadingList, Status
    from paperpath.study import Next


class Scope(NamedTuple):
    """What the middle pane shows: everything, one list, one status, one tag, a saved search, or what failed."""

    kind: Literal["all", "list", "status", "tag", "saved", "problem"] = "all"
    name: str = ""


class Found(NamedTuple):
    """A saved search and what the library found for it."""

    name: str
    query: str
    keys: Sequence[str] = ()
    trouble: str = ""
    """Why it cannot be answered: it may speak of what is no longer there."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A stage of a reading list, above its papers."""

    title: str
    read: int
    total: int
    number: int
    """Of the stage in its list, from 1, whether or not those before it are shown."""
    resources: int = 0
    """What a stage without papers has in their place."""


@dataclass(frozen=True, slots=True)
class View:
    """What to show: an item is the index of a row, or ``-1 - n`` for heading ``n``."""

    items: Sequence[int]
    headings: tuple[Heading, ...] = ()
    papers: int = 0
    close: bool = False
    """Nothing contained the words, and these merely resemble them."""


SORTS: dict[str, tuple[str, str]] = {
    "path": ("p", "Reading path"),
    "added": ("a", "Last added first"),
    "year": ("y", "Newest first"),
    "old": ("o", "Oldest first"),
    "title": ("t", "Title"),
    "author": ("w", "Author"),
    "progress": ("s", "Status and progress"),
}
"""Name → key in the menu, words."""

_FIELDS = re.compile(r'[a-z]+:|["()]|(?:^|\s)(?:-\S|not\s|or\s)|\sor$', re.IGNORECASE)


def is_query(text: str) -> bool:
    """Whether ``text`` uses more of the query language than words."""
    return _FIELDS.search(text) is not None


@dataclass
class Catalogue:
    """The rows of the library and what is counted about them."""

    rows: list[Row] = field(default_factory=list)
    lists: tuple[ReadingList, ...] = ()
    complete: bool = True
    """False while only the papers of the reading lists were read, at the start."""
    searches: tuple[Found, ...] = ()
    own: frozenset[str] = frozenset()
    """Names of the lists that the person made out of papers; the others come from files."""
    resources: Mapping[str, int] = field(default_factory=dict)
    """Title of a stage → books, courses and the like that go with it."""
    due: int = 0
    """Question cards that are due today."""
    place: dict[str, int] = field(init=False)
    """Key → index into ``rows``."""
    statuses: Counter[str] = field(init=False)
    tags: Counter[str] = field(init=False)
    problems: int = field(init=False)

    def __post_init__(self) -> None:
        self.place = {row.key: index for index, row in enumerate(self.rows)}
        self.statuses = Counter(row.status for row in self.rows)
        self.tags = Counter(tag for row in self.rows if row.tags for tag in row.tags)
        self.problems = sum(1 for row in self.rows if row.problem)

    def row(self, key: str) -> Row | None:
        """The row of a paper, if the library still has it."""
        at = self.place.get(key)
        return None if at is None else self.rows[at]

    def list_named(self, name: str) -> ReadingList | None:
        """The reading list of that name."""
        return next((one for one in self.lists if one.name == name), None)

    def search_named(self, name: str) -> Found | None:
        """The saved search of that name."""
        return next((one for one in self.searches if one.name == name), None)

    def rename_search(self, old: str, new: str) -> None:
        """Show a new name before the library has written it."""
        self.searches = tuple(one._replace(name=new) if one.name == old else one for one in self.searches)

    def entry(self, key: str, scope: Scope) -> tuple[ReadingList, ListEntry] | None:
        """What a reading list says about a paper; the list on show first, those last that say nothing."""
        lists = sorted(self.lists, key=lambda one: (one.name in self.own, scope != Scope("list", one.name)))
        return next(((one, entry) for one in lists for entry in one.entries if entry.key == key), None)

    def progress(self, reading_list: ReadingList) -> tuple[int, int]:
        """Papers read, and papers in all."""
        return self._read(reading_list.entries), len(reading_list.entries)

    def _read(self, entries: Iterable[ListEntry]) -> int:
        rows, place = self.rows, self.place
        return sum(1 for entry in entries if entry.key in place and rows[place[entry.key]].status == "read")

    def next_in(self, reading_list: ReadingList) -> Next | None:
        """The paper to read next on a list, and why."""
        known = [self.rows[self.place[entry.key]] for entry in reading_list.entries if entry.key in self.place]
        statuses = {row.key: row.status for row in known}
        names = {row.key: f"{row.byline} {row.year or ''}".strip() or row.key for row in known}
        return study.next_paper(reading_list, statuses, names)

    def first_list(self) -> ReadingList | None:
        """The list that the reader is on: the one with most papers begun and not all read."""

        def begun(one: ReadingList) -> tuple[bool, int]:
            rows = [self.rows[self.place[entry.key]] for entry in one.entries if entry.key in self.place]
            opened = sum(1 for row in rows if row.status != "unread")
            return any(row.status != "read" for row in rows), opened

        return max((one for one in self.lists if one.name not in self.own), key=begun, default=None)

    def set_status(self, keys: Iterable[str], status: Status) -> None:
        """Show a status before the library has written it, so that the next key can rely on it."""
        for key in keys:
            at = self.place.get(key)
            if at is not None:
                self.statuses[self.rows[at].status] -= 1
                self.statuses[status] += 1
                self.rows[at] = self.rows[at]._replace(status=status)

    def within(self, scope: Scope) -> list[int]:
        """The rows of a scope, in the library's order, or in that of the list."""
        rows = self.rows
        if scope.kind == "list":
            chosen = self.list_named(scope.name)
            keys = [entry.key for entry in chosen.entries] if chosen else []
            return [self.place[key] for key in keys if key in self.place]
        if scope.kind == "saved":
            found = self.search_named(scope.name)
            return [self.place[key] for key in found.keys if key in self.place] if found else []
        if scope.kind == "status":
            return [index for index, row in enumerate(rows) if row.status == scope.name]
        if scope.kind == "tag":
            return [index for index, row in enumerate(rows) if scope.name in row.tags]
        if scope.kind == "problem":
            return [index for index, row in enumerate(rows) if row.problem]
        return list(range(len(rows)))

    def view(self, scope: Scope, text: str = "", sort: str = "path", *, matches: Sequence[str] | None = None) -> View:
        """The rows to show. ``matches`` are the keys that the library found for a query with fields."""
        items = self.within(scope)
        close = False
        if matches is not None:
            wanted = set(matches)
            items = [index for index in items if self.rows[index].key in wanted]
        elif text.split():
            items, close = self._filter(items, fold(text).split())
        if sort == "path" and scope.kind == "list" and not text.strip():
            return self._stages(scope, items)
        return View(self._sorted(items, sort), papers=len(items), close=close)

    def _filter(self, items: list[int], words: list[str]) -> tuple[list[int], bool]:
        rows = self.rows
        found = items
        for word in words:
            found = [index for index in found if word in rows[index].haystack]
        if found or not items:
            return found, False
        found = items
        for resembles in [nearly(word).search for word in words]:
            found = [index for index in found if resembles(rows[index].haystack)]
        return found, True

    def _sorted(self, items: list[int], sort: str) -> list[int]:
        key = _ORDER.get(sort)
        if key is None:
            return items
        rows = self.rows
        return sorted(items, key=lambda index: key(rows[index]))

    def _stages(self, scope: Scope, items: list[int]) -> View:
        chosen = self.list_named(scope.name)
        if chosen is None or len(chosen.stages) < 2:
            return View(items, papers=len(items))
        shown: list[int] = []
        headings = []
        for number, stage in enumerate(chosen.stages, 1):
            inside = [self.place[entry.key] for entry in stage.entries if entry.key in self.place]
            if inside or not stage.entries:
                beside = 0 if inside else self.resources.get(stage.title, 0)
                headings.append(Heading(stage.title, self._read(stage.entries), len(inside), number, beside))
                shown.append(-len(headings))
                shown.extend(inside)
        return View(shown, tuple(headings), len(items))


_PROGRESS = {"reading": 0, "skimmed": 1, "unread": 2, "read": 3}

_ORDER: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "year": lambda row: (-(row.year or 0), fold(row.title)),
    "old": lambda row: (row.year or 9999, fold(row.title)),
    "title": lambda row: (fold(row.title),),
    "author": lambda row: (fold(row.byline) or "\uffff", row.year or 0),
    "progress": lambda row: (_PROGRESS[row.status], -(row.progress or 0.0)),
}
