"""A .bib file → papers.

Reading goes in steps: blocks, then macros, then inheritance, then one paper for each entry. What the library has no
place for stays in ``Paper.extra`` under BibTeX's own name, so nothing that was in the file is lost. Whatever had to be
mended or left out is told as a problem with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bibtexparser.model import ImplicitComment, ParsingFailedBlock, String

from paperpath.collecting import uncollected
from paperpath.formats.bibtex_entry import paper_from
from paperpath.formats.bibtex_grammar import WORD, pieces
from paperpath.formats.bibtex_split import Scanned, scan
from paperpath.formats.dates import MONTHS
from paperpath.formats.result import Beside, Problem, ReadResult

if TYPE_CHECKING:
    from bibtexparser.model import Block

    from paperpath.model import Paper

_NOT_PAPERS = frozenset({"xdata", "set", "control"})
_INTO_BOOKTITLE = frozenset({"inproceedings", "incollection", "inbook", "conference", "inreference", "suppbook"})
_NOT_INHERITED = frozenset(
    "key crossref xref xdata ids entryset related label shorthand sortkey sorttitle title subtitle titleaddon"
    " shorttitle doi url urldate eprint archiveprefix eprinttype primaryclass eprintclass pages abstract annotation"
    " annote keywords file note options".split()
)
"""What belongs to the proceedings or the book itself, as in biblatex's default rules."""


_STRAY_FIELD = re.compile(rf"(?:^|,)[ \t]*+{WORD}++[ \t]*+=[ \t]*+(?:[\"{{]|\w++[ \t]*+[,}}])", re.M)
"""What is left of an entry when a brace closes it too soon or its ``@`` is missing."""


@dataclass(slots=True)
class _Raw:
    """An entry with its values put together and its field names in lower case."""

    entry: Scanned
    fields: dict[str, str]


@dataclass(slots=True)
class _File:
    """The work on one file: what is known so far."""

    macros: dict[str, str] = field(default_factory=lambda: {month: month for month in MONTHS})
    raws: list[_Raw] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    annotations: dict[int, Beside] = field(default_factory=dict)
    """Notes of several lines as they were typed, by the index of the paper: decoding would join their paragraphs."""

    def problem(self, block: Block | Scanned, message: str) -> None:
        self.problems.append(Problem(block.start_line or 1, message))

    def warn(self, block: Block | Scanned, message: str) -> None:
        self.problems.append(Problem(block.start_line or 1, message, "warning"))

    def stray(self, block: ImplicitComment) -> None:
        raw = block.raw or ""
        line = (block.start_line or 1) + raw[: len(raw) - len(raw.lstrip())].count("\n")
        told = f"{_start(block)} stands outside of all entries but goes on with fields, which were left out."
        advice = "Look for a brace too many in the entry above, or for a missing '@'."
        self.problems.append(Problem(line, f"{told} {advice}"))


def read(text: str) -> ReadResult:
    """See :func:`paperpath.formats.bibtex.read`."""
    with uncollected():  # a sixth of the time: all papers stay, and nothing here is in a cycle
        return _read(text)


def _read(text: str) -> ReadResult:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    file = _File()
    for block in scan(text):
        if isinstance(block, Scanned):
            file.raws.append(_raw(file, block))
        elif isinstance(block, String):
            file.macros[block.key.lower()] = _text(file, block, block.value, block.enclosing)
        elif isinstance(block, ParsingFailedBlock):
            file.problem(block, f"{_start(block)} cannot be read: {block.error}. Mend it and read the file again.")
        elif isinstance(block, ImplicitComment) and _STRAY_FIELD.search(block.raw or ""):
            file.stray(block)
    _inherit(file)
    papers = tuple(_papers(file))
    return ReadResult(papers, tuple(sorted(file.problems)), file.annotations)


def _start(block: Block) -> str:
    raw = (block.raw or "").strip().split("\n", 1)[0]
    return repr(raw[:40])


def _named(entry: Scanned) -> str:
    return f"@{entry.entry_type}{{{entry.key}}}"


def _raw(file: _File, entry: Scanned) -> _Raw:
    fields: dict[str, str] = {}
    for written, opening, value in entry.fields:
        name = written.lower()
        if name in fields:
            told = f"{_named(entry)} has {name!r} twice; the first was taken, as BibTeX does."
            (file.warn if value == fields[name] else file.problem)(entry, told)  # another value was left out
        else:
            fields[name] = value if opening else _text(file, entry, value, "no-enclosing")
    for mended in entry.mended:
        file.warn(entry, f"{_named(entry)}: {mended}; it was read all the same.")
    return _Raw(entry, fields)


def _text(file: _File, block: Block | Scanned, value: str, enclosing: str | None) -> str:
    """A value with its macros expanded and its parts joined."""
    if enclosing != "no-enclosing":
        return value
    if value.isdigit():
        return value
    return "".join(_macro(file, block, part) if bare else part for part, bare in pieces(value))


def _macro(file: _File, block: Block | Scanned, name: str) -> str:
    if name[:1].isdigit():
        return name
    if (text := file.macros.get(name.lower())) is not None:
        return text
    file.warn(
        block, f"No @string above defines {name!r}; the word itself was taken. Write it in braces if it is meant."
    )
    return name


# ------------------------------------------------------------------------------------------------- inheritance


def _inherit(file: _File) -> None:
    """Fields from ``crossref`` and ``xdata`` parents, which may stand anywhere in the file."""
    by_key: dict[str, _Raw] = {}
    for raw in file.raws:
        by_key.setdefault(raw.entry.key.lower(), raw)
    for raw in file.raws:
        if "crossref" in raw.fields or "xdata" in raw.fields:
            _inherit_from(file, raw, by_key, {id(raw)})


def _inherit_from(file: _File, raw: _Raw, by_key: dict[str, _Raw], seen: set[int]) -> None:
    for relation in ("xdata", "crossref"):
        for key in filter(None, (key.strip() for key in raw.fields.pop(relation, "").split(","))):
            parent = by_key.get(key.lower())
            if parent is None:
                file.warn(raw.entry, f"{_named(raw.entry)} refers to {key!r}, which is not in the file.")
            elif id(parent) not in seen:
                _inherit_from(file, parent, by_key, seen | {id(parent)})
                _take(raw, parent, whole=relation == "xdata")


def _take(child: _Raw, parent: _Raw, *, whole: bool) -> None:
    for name, value in parent.fields.items():
        if whole or name not in _NOT_INHERITED:
            child.fields.setdefault(name, value)
    if not whole and child.entry.entry_type in _INTO_BOOKTITLE:
        for name in ("title", "subtitle"):
            if name in parent.fields:
                child.fields.setdefault(f"book{name}", parent.fields[name])


# ------------------------------------------------------------------------------------------------- papers


def _papers(file: _File) -> list[Paper]:
    papers: list[Paper] = []
    lines: dict[str, int] = {}
    for raw in file.raws:
        entry = raw.entry
        if entry.entry_type in _NOT_PAPERS:
            continue
        if not any(raw.fields.values()):
            file.problem(entry, f"{_named(entry)} has no fields and was left out.")
            continue
        key = entry.key
        if key and key.lower() in lines:
            first = lines[key.lower()]
            file.warn(entry, f"The key {key!r} is used twice, first on line {first}; this entry will get another key.")
            key = ""
        elif key:
            lines[key.lower()] = entry.start_line or 1
        if "\n" in (note := raw.fields.get("annote") or raw.fields.get("annotation") or ""):
            file.annotations[len(papers)] = Beside(notes=(note,))
        paper = paper_from(entry.entry_type, key, raw.fields)
        if not paper.title:
            file.warn(entry, f"{_named(entry)} has no title; add one, or it can be found by its key alone.")
        papers.append(paper)
    return papers
