"""A .json file of references → papers: CSL-JSON or Better BibTeX's, told apart item by item.

The file is taken apart item by item too, so that each has a line to be told by and a broken one costs itself alone:
behind it, reading goes on where a line begins with a brace as deep as its own.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from paperpath.formats import csl_json, zotero_beside, zotero_json
from paperpath.formats.plain_read import result
from paperpath.formats.result import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.formats.result import Beside, ReadResult, Severity
    from paperpath.model import Paper

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_LISTS = ("items", "references")
"""Where an object may keep its items: Better BibTeX and Crossref's search say ``items``."""


def read(text: str) -> ReadResult:
    """The papers of a .json file: a list of items, one item, or an object with ``items``; never raises.

    What CSL, Zotero or Crossref know and the library does not stays in ``Paper.extra``; what could not even go there
    becomes a problem.
    """
    file = _File(text.removeprefix("\ufeff"))
    papers: list[tuple[int, Paper]] = []
    beside: dict[int, Beside] = {}
    for line, item in file.items():
        if item.get("itemType") in _NO_ITEMS:
            file.problems.append(Problem(line, _ALONE[item["itemType"]]))
            continue
        paper, left_out = _paper(item)
        if paper is None:
            file.problems.append(Problem(line, _NO_REFERENCE))
            continue
        if "itemType" in item and (one := zotero_beside.beside(item, file.collections_of(item))) is not None:
            beside[len(papers)] = one
        papers.append((line, paper))
        if left_out:
            name = repr(paper.key) if paper.key else "This entry"
            file.problems.append(
                Problem(line, f"{name} has nested fields that are no text; left out: {', '.join(sorted(left_out))}.")
            )
    return result(papers, file.problems)._replace(beside=beside)


def _paper(item: dict[str, Any]) -> tuple[Paper | None, list[str]]:
    if "itemType" in item:
        return zotero_json.paper_of(item)
    if "title" in item or "type" in item or "author" in item:
        return csl_json.paper_of(item)
    return None, []


_NO_REFERENCE = (
    "What stands here is no reference and was left out. Expected is CSL-JSON, as pandoc and Zotero write it, or Better"
    " BibTeX JSON."
)
_ALONE = {
    "note": "A note that belongs to no item was left out: there is no paper to put it beside.",
    "attachment": "A file that belongs to no item was left out. Add it itself: paperpath add FILE.pdf",
    "annotation": "An annotation that belongs to no item was left out.",
}
_NO_ITEMS = tuple(_ALONE)
_MOST_BROKEN = 100
"""Broken entries after which a file is given up: each costs a look at all of it, for the line of the error."""


class _File:
    """The text, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._counted = 0
        self._line = 1
        self._collections: dict[object, tuple[str, ...]] = {}

    def collections_of(self, item: dict[str, Any]) -> tuple[str, ...]:
        """The paths of the collections that an item of Better BibTeX is in; they stand before the items."""
        number = item.get("itemID")
        return self._collections.get(number, ()) if isinstance(number, int | str) else ()

    def items(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The objects that may be references, with their lines."""
        at = self._skip(0)
        opening = self.text[at : at + 1]
        if opening == "[":
            yield from self._elements(at + 1)
        elif opening == "{":
            yield from self._object(at)
        else:
            self._problem(at, "The file is no JSON: it begins with neither [ nor {. Export it again")

    def _object(self, at: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """The items of a top-level object, or the object itself, or the one in Crossref's ``message``."""
        start, whole = at, {}
        at = self._skip(at + 1)
        while self.text.startswith('"', at):
            name, at = self._value(at)
            at = self._skip(at)
            if name is None or not self.text.startswith(":", at):
                break
            at = self._skip(at + 1)
            if name in _LISTS and self.text.startswith("[", at):
                yield from self._elements(at + 1)
                return
            if name == "message" and self.text.startswith("{", at):
                yield from self._object(at)
                return
            value, after = self._value(at)
            if after == at:
                return
            whole[str(name)] = value
            if name == "collections":
                self._collections = zotero_beside.collection_paths(value)
            at = self._skip(after)
            if not self.text.startswith(",", at):
                break
            at = self._skip(at + 1)
        if not self.text.startswith("}", at):
            self._problem(at, "The file is broken here, and nothing behind can be read. Export it again")
        yield self._line_of(start), whole

    def _elements(self, at: int) -> Iterator[tuple[int, dict[str, Any]]]:
        at = self._skip(at)
        while at < len(self.text) and not self.text.startswith("]", at):
            line = self._line_of(at)
            value, after = self._value(at)
            if after == at:
                at = self._next(at) if len(self.problems) < _MOST_BROKEN else len(self.text)
                continue
            if isinstance(value, dict):
                yield line, value
            else:
                self.problems.append(Problem(line, _NO_REFERENCE))
            at = self._skip(after)
            if self.text.startswith(",", at):
                at = self._skip(at + 1)
            elif not self.text.startswith("]", at):
                told = "A comma is missing here, or the end of the list; it was read all the same"
                self._problem(at, told, "warning")
                at = at if self.text.startswith("{", at) else self._next(at)
        if at >= len(self.text) and not self.problems:
            self._problem(at, "The list has no end: the file may have been cut off. Export it again")

    def _value(self, at: int) -> tuple[Any, int]:
        """The JSON value at ``at`` and where it ends; where it began if it is none, which is told."""
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            where = self._line_in(error.pos)
            self._problem(at, f"The entry is broken on line {where} ({error.msg}) and was left out. Mend it there")
        except (ValueError, RecursionError):  # a number of 5,000 digits, [[[[[[…
            self._problem(at, "The entry is nothing that a program wrote; it was left out")
        else:
            return value, end
        return None, at

    def _next(self, at: int) -> int:
        """Where the item behind a broken one begins: a brace, indented as that is, at the start of a line."""
        before = self.text.rfind("\n", 0, at) + 1
        indent = self.text[before:at] if not self.text[before:at].strip() else ""
        found = self.text.find(f"\n{indent}{{", at)
        return found + 1 + len(indent) if found >= 0 else len(self.text)

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at

    def _problem(self, at: int, message: str, severity: Severity = "error") -> None:
        self.problems.append(Problem(self._line_of(at), f"{message}.", severity))

    def _line_of(self, at: int) -> int:
        """The line of ``at``, which never goes back, so that all lines together are counted once."""
        if at > self._counted:
            self._line += self.text.count("\n", self._counted, at)
            self._counted = at
        return self._line

    def _line_in(self, at: int) -> int:
        return self._line_of(self._counted) + self.text.count("\n", self._counted, at)
