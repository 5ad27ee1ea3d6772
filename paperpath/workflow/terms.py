"""The glossary of a library: which terms its papers define, and where each says it first.

A paper takes some 50 ms to be looked through, so what was found is kept in the cache folder, beside the time of the
text that it was found in. That file may be deleted at any time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.asking.definitions import Definition, Place, definitions, mentioned, name_of
from paperpath.asking.tokens import tokens
from paperpath.errors import PaperpathError
from paperpath.workflow.texts import read_parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import ParsedPaper

_RULES = 1
"""Of what is kept; another number when :mod:`paperpath.asking.definitions` finds other things."""


class Said(NamedTuple):
    """What one paper says of a term."""

    key: str
    definition: Definition


class Term(NamedTuple):
    """A term with all papers that define it."""

    term: str
    """As the first of them writes it."""
    said: tuple[Said, ...]
    """By year, the oldest first."""


def glossary(library: Library, word: str = "", *, keys: Sequence[str] = ()) -> list[Term]:
    """The terms that papers define, in alphabetical order; those that ``word`` names come first, then those it is in.

    Args:
        library: all papers.
        word: a term, a symbol or an abbreviation, or a part of one or of what it stands for; empty for all.
        keys: the only papers to look in; none for all.

    Raises:
        UnknownPaper: there is none with one of ``keys``.
    """
    by_name: dict[str, list[Said]] = {}
    for key, found in _of_papers(library, keys):
        for definition in found:
            by_name.setdefault(name_of(definition.term), []).append(Said(key, definition))
    terms = [Term(said[0].definition.term, tuple(said)) for said in by_name.values()]
    wanted = " ".join(word.split())
    closeness = {term: _closeness(term, wanted) for term in terms} if wanted else {}
    chosen = [term for term in terms if not wanted or closeness[term] < _FAR]
    return sorted(chosen, key=lambda term: (closeness.get(term, 0), term.term.casefold(), term.term))


def about(library: Library, key: str, text: str) -> list[Term]:
    """The terms that a stretch of the paper ``key`` has, in its order, each with what that paper says of it first.

    A symbol is another thing in each paper, so that of symbols only this paper is heard.
    """
    terms = {name_of(term.term): term for term in glossary(library)}
    found = []
    for name in mentioned(text, terms):
        said = [one for one in terms[name].said if one.key == key or one.definition.kind != "symbol"]
        said.sort(key=lambda one: one.key != key)
        if said:
            found.append(Term(said[0].definition.term, tuple(said)))
    return found


_FAR = 3


def _closeness(term: Term, word: str) -> int:
    """0 for the term itself, 1 for what it stands for, 2 for a part of either, 3 for nothing of it."""
    name, names = name_of(word), {token.text for token in tokens(word)}
    if name == name_of(term.term) or word == term.term:
        return 0
    means = [said.definition.means for said in term.said if said.definition.kind == "abbreviation"]
    if any(name_of(long) == name for long in means):
        return 1
    parts = {token.text for text in (term.term, *means) for token in tokens(text)}
    return 2 if names and names <= parts else _FAR


def _of_papers(library: Library, keys: Sequence[str]) -> Iterator[tuple[str, list[Definition]]]:
    """What each paper defines, the oldest paper first; what is found anew is kept."""
    wanted = {library.resolve(key) for key in keys}
    records = [one for one in library.records() if one.parsed and (not wanted or one.key in wanted)]
    file = library.files.cache / "terms.json"
    kept = _read(file)
    known: dict[str, Any] = {}
    fresh = False
    for record in sorted(records, key=lambda one: (one.paper.year or 9999, one.key)):
        try:
            stamp = library.files.parsed(record.paper).stat().st_mtime_ns
        except OSError:
            continue
        row = kept.get(record.key)
        if row is None or row.get("stamp") != stamp:
            parsed = read_parsed(library, record.key)
            row = {"stamp": stamp, "terms": definitions(_places(parsed)) if parsed else []}
            fresh = True
        known[record.key] = row
        yield record.key, [Definition(*one) for one in row["terms"]]
    if fresh:
        _keep(library, file, {**(kept if wanted else {}), **known})


def _places(parsed: ParsedPaper) -> Iterator[Place]:
    if parsed.abstract:
        yield from (Place("Abstract", 1, text) for text in parsed.abstract.split("\n\n"))
    for section in parsed.sections:
        for paragraph in section.paragraphs():
            yield Place(section.heading, paragraph.page or section.page, paragraph.text)
    yield from (Place("Footnote", note.page, note.text) for note in parsed.footnotes)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(file.read_bytes())
        rows = data["papers"] if data["rules"] == _RULES else {}
        for row in rows.values():  # of another program, or cut off: then it is made anew
            _ = row["stamp"], [Definition(*one) for one in row["terms"]]
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}
    return rows if isinstance(rows, dict) else {}


def _keep(library: Library, file: Path, papers: Mapping[str, Any]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        library.files.write(file, json.dumps({"rules": _RULES, "papers": papers}, ensure_ascii=False))
    except (OSError, PaperpathError):
        return  # it was only to save time
