"""A reading list: a plan in TOML and the metadata of its papers in BibTeX → :class:`ReadingList` and papers.

People write these files by hand, so all mistakes are found in one go and each is named by its line. The order of the
file is the reading order; ``needs`` must point upwards, which makes the list a graph without cycles. A cycle is still
told apart from a wrong order, because it is mended in another place.

A list may be another way through the papers of one that is there: with ``from = "zero-to-hero"`` it has no .bib of its
own, and what an entry leaves out (``why``, ``introduces``, ``needs``) is what that list says about the paper.

A stage may have no papers, as one on tools that has only resources; its ``about`` must then say what it is for, because
otherwise papers were forgotten.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.errors import BadFile
from paperpath.formats.toml_check import Check, meant, parse
from paperpath.model import ListEntry, ReadingList, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from paperpath.model import Paper

_LIST_FIELDS = ("title", "about", "from", "stage")
_STAGE_FIELDS = ("title", "about", "paper")
_PAPER_FIELDS = ("key", "why", "introduces", "needs")


_KEY = re.compile(r"""\s*key\s*=\s*(["'])(.*?)\1""")


class Base(NamedTuple):
    """What other lists may be made from: a list, and every paper of its .bib by key."""

    reading_list: ReadingList
    papers: Mapping[str, Paper]


def read(
    name: str, plan: str, bib: str | None, base: Callable[[str], Base] | None = None
) -> tuple[ReadingList, tuple[Paper, ...]]:
    """The list called ``name`` and its papers in reading order.

    Args:
        name: what a person types to mean this list; the files are called after it.
        plan: text of ``<name>.toml``.
        bib: text of ``<name>.bib``, None where there is none; entries that the plan does not mention are left out.
        base: the list of a name, for one that says ``from``; raises BadFile if there is none to be made from.

    Raises:
        BadFile: with every mistake of the two files, each by its line.
    """
    reading_list, papers = whole(name, plan, bib, base)
    return reading_list, tuple(papers[entry.key] for entry in reading_list.entries)


def whole(name: str, plan: str, bib: str | None, base: Callable[[str], Base] | None = None) -> Base:
    """As :func:`read`, with all papers of the .bib, also those that the plan does not mention."""
    data = None
    if bib is None:
        data = parse(f"{name}.toml", plan)
        if "from" not in data:
            raise BadFile(
                f"{name}.bib cannot be read: there is no such file. A list is two files, NAME.toml and NAME.bib,"
                ' or says whose papers it takes: from = "zero-to-hero".'
            )
    own = {} if bib is None else _papers(name, bib)
    data = data or parse(f"{name}.toml", plan)
    check = _Check(f"{name}.toml", plan)
    taken = _taken(check, data, base) if "from" in data else None
    if taken and bib is not None:
        check.wrong(check.line_of_from(), f"the papers are those of {data['from']}, so {name}.bib must not be there")
    known = {entry.key: entry for entry in taken.reading_list.entries} if taken else {}
    lost = "from" in data and not taken  # then nothing that an entry leaves out is a mistake of its own
    reading_list = _reading_list(check, name, data, None if lost else known)
    papers = taken.papers if taken else own
    entries = reading_list.entries
    if not lost:
        source = f"{data['from']}.bib" if taken else f"{name}.bib"
        for entry in entries:
            if entry.key and entry.key not in papers:
                said = f"{entry.key!r} is not in {source}{meant(entry.key, papers)}"
                check.wrong(check.line_of_key(entry.key), said)
    if reading_list.stages and not entries and not check.mistakes:
        check.wrong(0, "the list has no paper; a stage may have none, a list must have some")
    _check_needs(check, entries)
    check.finish("this list")
    return Base(reading_list, papers)


def _papers(name: str, bib: str) -> dict[str, Paper]:
    """The papers of the .bib file by key. What an import may forgive, a list may not: its keys are its spine."""
    from paperpath.formats import bibtex  # heavy, and only needed when a list has changed

    result = bibtex.read(bib)
    if result.problems:
        told = "; ".join(f"line {problem.line}: {problem.message.rstrip('.')}" for problem in result.problems)
        raise BadFile(f"{name}.bib cannot serve a reading list as it is: {told}.")
    return {paper.key: paper for paper in result.papers}


class _Check(Check):
    """Mistakes in a plan: what is wrong with a paper is told by the line of its key."""

    @cached_property
    def _keys(self) -> dict[str, list[int]]:
        """Key → the lines on which papers of that key begin."""
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self.text.splitlines(), 1):
            if key := _KEY.match(line):
                found.setdefault(key[2], []).append(number)
        return found

    def line_of_key(self, key: str, *, last: bool = False) -> int:
        """The line where the paper ``key`` begins (its last paper of that key, for a duplicate); 0 if not found."""
        return self._keys.get(key, [0])[-1 if last else 0]

    def line_of_from(self) -> int:
        """The line that says ``from``."""
        found = re.search(r"^\s*from\s*=", self.text, re.M)
        return self.text.count("\n", 0, found.end()) + 1 if found else 0


def _taken(check: _Check, data: dict[str, Any], base: Callable[[str], Base] | None) -> Base | None:
    """The list that this one is made from; None, with a mistake noted, if that cannot be."""
    wanted = check.words(data, "from", "the list", check.line_of_from())
    if wanted and base is not None:
        try:
            return base(wanted)
        except BadFile as error:
            check.wrong(check.line_of_from(), str(error).rstrip("."))
    elif wanted:
        check.wrong(check.line_of_from(), f"there is no list {wanted!r} to take papers from")
    return None


def _reading_list(check: _Check, name: str, data: dict[str, Any], known: Mapping[str, ListEntry] | None) -> ReadingList:
    check.known_fields(data, _LIST_FIELDS, "the list", 0)
    stages = check.tables(data, "stage", "the list")
    inside = {paper.get("key") for stage in stages for paper in _tables(stage) if isinstance(paper.get("key"), str)}
    known = None if known is None else {key: _within(entry, inside) for key, entry in known.items()}
    return ReadingList(
        name,
        title=check.words(data, "title", "the list", 0),
        about=check.words(data, "about", "the list", 0, needed=False),
        stages=tuple(_stage(check, table, i, known) for i, table in enumerate(stages, 1)),
    )


def _tables(stage: dict[str, Any]) -> list[dict[str, Any]]:
    papers = stage.get("paper")
    return [paper for paper in papers if isinstance(paper, dict)] if isinstance(papers, list) else []


def _within(entry: ListEntry, inside: set[Any]) -> ListEntry:
    """What another list says about a paper, as far as it speaks of papers that are on this one."""
    return ListEntry(entry.key, entry.why, entry.introduces, tuple(need for need in entry.needs if need in inside))


def _stage(check: _Check, table: dict[str, Any], number: int, known: Mapping[str, ListEntry] | None) -> Stage:
    title = table.get("title")
    where = f"stage {title!r}" if isinstance(title, str) and title else f"stage {number}"
    check.known_fields(table, _STAGE_FIELDS, where, 0)
    about = check.words(table, "about", where, 0, needed=False)
    papers = check.tables(table, "paper", where, needed=not about)
    return Stage(
        title=check.words(table, "title", where, 0),
        about=about,
        entries=tuple(_entry(check, paper, where, known) for paper in papers),
    )


def _entry(check: _Check, table: dict[str, Any], stage: str, known: Mapping[str, ListEntry] | None) -> ListEntry:
    key = check.words(table, "key", f"a paper of {stage}", 0)
    where, line = f"paper {key!r}" if key else f"a paper of {stage}", check.line_of_key(key)
    check.known_fields(table, _PAPER_FIELDS, where, line)
    said = ListEntry(key, "") if known is None else known.get(key)
    return ListEntry(
        key,
        why=said.why if said and "why" not in table else check.words(table, "why", where, line),
        introduces=said.introduces
        if said and "introduces" not in table
        else check.texts(table, "introduces", where, line),
        needs=said.needs if said and "needs" not in table else check.texts(table, "needs", where, line),
    )


def _check_needs(check: _Check, entries: tuple[ListEntry, ...]) -> None:
    """Keys once each; needs that exist, form no cycle and come earlier."""
    place: dict[str, int] = {}
    for i, entry in enumerate(entries):
        if entry.key and entry.key in place:
            first = check.line_of_key(entry.key)
            here = check.line_of_key(entry.key, last=True)
            check.wrong(here, f"{entry.key!r} is in the list already, on line {first}")
        place.setdefault(entry.key, i)
    cycle = cycle_in({entry.key: entry.needs for entry in reversed(entries)})
    if cycle:
        check.wrong(check.line_of_key(cycle[0]), f"papers need each other in a circle: {' needs '.join(cycle)}")
    for i, entry in enumerate(entries):
        line = check.line_of_key(entry.key) if entry.needs else 0
        for need in entry.needs:
            if need not in place:
                check.wrong(line, f"{entry.key!r} needs {need!r}, which is not in the list{meant(need, place)}")
            elif place[need] > i and not {need, entry.key} <= set(cycle):
                later = check.line_of_key(need)
                check.wrong(line, f"{entry.key!r} needs {need!r}, which comes later, on line {later}; move it up")


def cycle_in(needs: dict[str, tuple[str, ...]]) -> list[str]:
    """One circle of keys, its first key repeated at the end; empty when there is none."""
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:  # depth first with its own stack: a list may be longer than Python's
            key, leaving = todo.pop()
            if leaving:
                done.add(path.pop())
            elif key in path:
                return [*path[path.index(key) :], key]
            elif key not in done and key in needs:
                path.append(key)
                todo.append((key, True))
                todo.extend((need, False) for need in reversed(needs[key]))
    return []
