"""A reading list: a plan in TOML and the metadata of its papers in BibTeX → :class:`ReadingList` and papers.

People write these files by hand, so all mistakes are found in one go and each is named by its line. The order of the
file is the reading order; ``needs`` must point upwards, which makes the list a graph without cycles. A cycle is still
told apart from a wrong order, because it is mended in another place.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from paperpath.errors import BadFile
from paperpath.model import ListEntry, ReadingList, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.model import Paper

_LIST_FIELDS = ("title", "about", "stage")
_STAGE_FIELDS = ("title", "about", "paper")
_PAPER_FIELDS = ("key", "why", "introduces", "needs")


def read(name: str, plan: str, bib: str) -> tuple[ReadingList, tuple[Paper, ...]]:
    """The list called ``name`` and its papers in reading order.

    Args:
        name: what a person types to mean this list; the files are called after it.
        plan: text of ``<name>.toml``.
        bib: text of ``<name>.bib``; entries that the plan does not mention are left out.

    Raises:
        BadFile: with every mistake of the two files, each by its line.
    """
    papers = _papers(name, bib)
    try:
        data = tomllib.loads(plan)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{name}.toml is not valid TOML: {error}.") from error
    check = _Check(plan)
    reading_list = _reading_list(check, name, data)
    entries = reading_list.entries
    for entry in entries:
        if entry.key and entry.key not in papers:
            check.wrong(entry.key, f"{entry.key!r} is not in {name}.bib{_meant(entry.key, papers)}")
    _check_needs(check, entries)
    if check.mistakes:
        count = len(check.mistakes)
        raise BadFile(
            f"{name}.toml has {count} mistake{'s' * (count > 1)}: {'; '.join(check.mistakes)}."
            " Nothing of this list was used; mend the file and try again."
        )
    return reading_list, tuple(papers[entry.key] for entry in entries)


def _papers(name: str, bib: str) -> dict[str, Paper]:
    """The papers of the .bib file by key. What an import may forgive, a list may not: its keys are its spine."""
    from paperpath.formats import bibtex  # heavy, and only needed when a list has changed

    result = bibtex.read(bib)
    if result.problems:
        told = "; ".join(f"line {problem.line}: {problem.message.rstrip('.')}" for problem in result.problems)
        raise BadFile(f"{name}.bib cannot serve a reading list as it is: {told}.")
    return {paper.key: paper for paper in result.papers}


@dataclass(slots=True)
class _Check:
    """The mistakes found so far, and the text to find their lines in."""

    plan: str
    mistakes: list[str] = field(default_factory=list)

    def wrong(self, key: str | None, message: str, *, last: bool = False) -> None:
        """Note a mistake in the paper ``key``, or in the list as a whole for None."""
        line = self.line_of(key, last=last) if key else 0
        self.mistakes.append(f"line {line}: {message}" if line else message)

    def line_of(self, key: str, *, last: bool = False) -> int:
        """The line where the paper ``key`` begins (its last paper of that key, for a duplicate); 0 if not found."""
        found = list(re.finditer(rf"^\s*key\s*=\s*[\"']{re.escape(key)}[\"']", self.plan, re.M))
        return self.plan.count("\n", 0, found[-1 if last else 0].end()) + 1 if found else 0

    def known_fields(self, table: dict[str, Any], known: tuple[str, ...], where: str, key: str | None = None) -> None:
        for name in table.keys() - set(known):
            self.wrong(key, f"{where} has an unknown field {name!r}; known are {', '.join(known)}")

    def text(self, table: dict[str, Any], name: str, where: str, key: str | None = None, *, needed: bool = True) -> str:
        value = table.get(name, "" if not needed else None)
        if isinstance(value, str) and (value.strip() or not needed):
            return " ".join(value.split())
        self.wrong(
            key,
            f"{where} needs {name!r} as a text"
            if value is None or isinstance(value, str)
            else f"{name!r} of {where} is no text",
        )
        return ""

    def texts(self, table: dict[str, Any], name: str, where: str, key: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        self.wrong(key, f'{name!r} of {where} must be a list of texts such as ["one", "two"]')
        return ()

    def tables(self, table: dict[str, Any], name: str, where: str) -> list[dict[str, Any]]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(None, f"{name!r} of {where} must be written as [[…{name}]] tables")
            return []
        if not value:
            self.wrong(None, f"{where} is empty: it has no [[…{name}]]")
        return value


def _reading_list(check: _Check, name: str, data: dict[str, Any]) -> ReadingList:
    check.known_fields(data, _LIST_FIELDS, "the list")
    return ReadingList(
        name,
        title=check.text(data, "title", "the list"),
        about=check.text(data, "about", "the list", needed=False),
        stages=tuple(_stage(check, table, i) for i, table in enumerate(check.tables(data, "stage", "the list"), 1)),
    )


def _stage(check: _Check, table: dict[str, Any], number: int) -> Stage:
    title = table.get("title")
    where = f"stage {title!r}" if isinstance(title, str) and title else f"stage {number}"
    check.known_fields(table, _STAGE_FIELDS, where)
    return Stage(
        title=check.text(table, "title", where),
        about=check.text(table, "about", where, needed=False),
        entries=tuple(_entry(check, paper, where) for paper in check.tables(table, "paper", where)),
    )


def _entry(check: _Check, table: dict[str, Any], stage: str) -> ListEntry:
    key = check.text(table, "key", f"a paper of {stage}")
    where = f"paper {key!r}" if key else f"a paper of {stage}"
    check.known_fields(table, _PAPER_FIELDS, where, key)
    return ListEntry(
        key,
        why=check.text(table, "why", where, key),
        introduces=check.texts(table, "introduces", where, key),
        needs=check.texts(table, "needs", where, key),
    )


def _check_needs(check: _Check, entries: tuple[ListEntry, ...]) -> None:
    """Keys once each; needs that exist, form no cycle and come earlier."""
    place: dict[str, int] = {}
    for i, entry in enumerate(entries):
        if entry.key and entry.key in place:
            first = check.line_of(entry.key)
            check.wrong(entry.key, f"{entry.key!r} is in the list already, on line {first}", last=True)
        place.setdefault(entry.key, i)
    cycle = _cycle({entry.key: entry.needs for entry in reversed(entries)})
    if cycle:
        check.wrong(cycle[0], f"papers need each other in a circle: {' needs '.join(cycle)}")
    for i, entry in enumerate(entries):
        for need in entry.needs:
            if need not in place:
                check.wrong(entry.key, f"{entry.key!r} needs {need!r}, which is not in the list{_meant(need, place)}")
            elif place[need] > i and not {need, entry.key} <= set(cycle):
                later = check.line_of(need)
                check.wrong(entry.key, f"{entry.key!r} needs {need!r}, which comes later, on line {later}; move it up")


def _cycle(needs: dict[str, tuple[str, ...]]) -> list[str]:
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


def _meant(key: str, known: Iterable[str]) -> str:
    close = get_close_matches(key, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
