"""Papers → a .bib file, by way of bibtexparser's model.

For each paper: the facts that this dialect can carry, in LaTeX; then the entry type that those facts are enough for;
then the text, from a template, which is made once for all papers that know the same: bibtexparser's own writer spends
85 % of its time on copies of what it was given.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from paperpath.collecting import uncollected
from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX, ORDER, DialectRules
from paperpath.formats.bibtex_entry import VERBATIM
from paperpath.formats.bibtex_facts import extra, facts_of
from paperpath.formats.bibtex_grammar import balanced
from paperpath.formats.bibtex_placing import add_sort_key, place, please_styles, type_of
from paperpath.formats.bibtex_preamble import preamble
from paperpath.formats.citekeys import unique_keys
from paperpath.formats.romanise import romanise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bibtexparser.library import Library

    from paperpath.formats.bibtex_dialects import Dialect
    from paperpath.formats.field_choice import FieldChoice
    from paperpath.model import Paper

_RANK = {name: i for i, name in enumerate((*ORDER, *sorted((BIBTEX.known | BIBLATEX.known) - set(ORDER))))}
_rank = _RANK.__getitem__
_RULES: dict[Dialect, DialectRules] = {"bibtex": BIBTEX, "biblatex": BIBLATEX}
_OPENINGS = {
    dialect: {name: f"  {rules.fields.get(name, name)} = {'' if name == 'month' else '{'}" for name in _RANK}
    for dialect, rules in _RULES.items()
}
_CLOSINGS = dict.fromkeys(_RANK, "},\n") | {"month": ",\n"}
"""What stands around a value; strings put together take a third of the time that objects for fields do."""
_USUAL_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_./]*(?:-+[A-Za-z0-9:_./]+)*", re.ASCII)
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:_./+*?!@;&<>\[\]-]+")


def write(papers: Sequence[Paper], dialect: Dialect, choice: FieldChoice | None = None) -> str:
    """See :func:`paperpath.formats.bibtex.write`."""
    raws: list[str] = []
    pieces = _chosen(papers, dialect, choice, raws) if choice else _usual(papers, dialect, raws)
    with uncollected():
        whole = "".join(_using(raws, pieces))[:-1]
    macros = preamble(raws) if raws else ""
    return f"{macros}\n{whole}" if macros else whole


def _using(raws: list[str], entries: Iterable[str]) -> Iterator[str]:
    """``entries``; each of them takes out of ``raws`` what was put there on its account and is not in it."""
    seen = 0
    for written in entries:
        if len(raws) > seen:
            raws[seen:] = [latex for latex in raws[seen:] if latex in written]
            seen = len(raws)
        yield written


def _usual(papers: Sequence[Paper], dialect: Dialect, raws: list[str]) -> Iterator[str]:
    """Each entry as text. What its type is and where its facts go is decided once for all that know the same facts."""
    rules = _RULES[dialect]
    templates: dict[tuple[str, bool, tuple[str, ...]], Template | None] = {}
    for paper, key in zip(papers, unique_keys(papers, written_key), strict=True):
        facts = facts_of(paper, rules, raws)
        alike = (paper.entry_type, not paper.journal_ref, tuple(facts))
        if alike not in templates:
            templates[alike] = template(paper, facts, dialect, rules)
        found = templates[alike]
        if found is None or facts.get("venue") == facts.get("title"):
            yield f"{entry(_arranged(paper, key, facts, rules), key, facts, dialect)}\n"
        else:
            facts[""] = key
            yield found.text % found.values(facts)


def _chosen(papers: Sequence[Paper], dialect: Dialect, choice: FieldChoice, raws: list[str]) -> Iterator[str]:
    openings, closings = _OPENINGS[dialect], _CLOSINGS
    rank: Callable[[str], int] = _rank
    if further := sorted(choice.added.difference(_RANK)):
        openings = openings | {name: f"  {name} = {{" for name in further}
        closings = closings | dict.fromkeys(further, "},\n")
        rank = (_RANK | {name: len(_RANK) + i for i, name in enumerate(further)}).__getitem__
    for entry_type, key, facts in entries(papers, dialect, choice, raws):
        lines = [openings[name] + facts[name] + closings[name] for name in sorted(facts, key=rank)]
        yield f"@{entry_type}{{{key},\n{''.join(lines)}}}\n\n"


class Template(NamedTuple):
    """An entry with holes."""

    text: str
    """With ``%s`` for the key and for each value."""
    values: Callable[[dict[str, str]], tuple[str, ...]]
    """What goes there, from facts of which ``""`` is the key."""


def template(paper: Paper, facts: dict[str, str], dialect: Dialect, rules: DialectRules) -> Template | None:
    """The entry of every paper that has ``facts`` of the same names, if it has each of them as it is or not at all.

    It is found out with marks in place of the facts; None where one of them is no longer what it was, such as a volume
    that becomes a part of the note. The caller sees to it that type, venue and title do not matter: see ``_usual``.
    """
    marks = {name: f"\0{name}" for name in facts}
    entry_type = _arranged(paper, "", marks, rules)
    order = sorted(marks, key=_rank)
    sources = [marks[name][1:] for name in order]
    if not facts.keys() >= set(sources) or any(not marks[name].startswith("\0") for name in order) or not order:
        return None
    openings = _OPENINGS[dialect]
    lines = "".join(f"{openings[name]}%s{_CLOSINGS[name]}" for name in order)
    return Template(f"@{entry_type}{{%s,\n{lines}}}\n\n", itemgetter("", *sources))


def entry(entry_type: str, key: str, facts: dict[str, str], dialect: Dialect) -> str:
    """One of :func:`entries` as text."""
    openings = _OPENINGS[dialect]
    lines = [openings[name] + facts[name] + _CLOSINGS[name] for name in sorted(facts, key=_rank)]
    return f"@{entry_type}{{{key},\n{''.join(lines)}}}\n"


def field_name(name: str, dialect: Dialect) -> str:
    """What a fact is called in this dialect: ``eprinttype`` is ``archiveprefix`` in BibTeX's."""
    return _RULES[dialect].fields.get(name, name)


def library(papers: Sequence[Paper], dialect: Dialect) -> Library:
    """The papers as bibtexparser's model, for programs that go on with that."""
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    names = _RULES[dialect].fields
    return Library(
        [
            Entry(
                entry_type,
                key,
                [
                    Field(names.get(name, name), facts[name], None, "no-enclosing" if name == "month" else None)
                    for name in sorted(facts, key=_rank)
                ],
            )
            for entry_type, key, facts in entries(papers, dialect)
        ]
    )


def entries(
    papers: Sequence[Paper], dialect: Dialect, choice: FieldChoice | None = None, raws: list[str] | None = None
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Type, key and facts of each, in turn, so that a library in the making never weighs on the garbage collector.

    ``raws`` is as for :func:`~paperpath.formats.bibtex_facts.facts_of`.
    """
    rules = _RULES[dialect]
    for paper, key in zip(papers, unique_keys(papers, written_key), strict=True):
        facts = facts_of(paper, rules, raws)
        entry_type = _arranged(paper, key, facts, rules)
        if choice:
            _choose(paper, facts, choice, rules)
        yield entry_type, key, facts


def _arranged(paper: Paper, key: str, facts: dict[str, str], rules: DialectRules) -> str:
    """The type of the entry; ``facts`` are put where it has them."""
    entry_type = type_of(paper, facts, rules)
    place(paper, entry_type, facts, rules)
    add_sort_key(entry_type, facts, key)
    if rules is BIBTEX:
        please_styles(entry_type, facts)
    return entry_type


def written_key(key: str) -> str:
    """``key`` as a file has it: what BibTeX cannot take is put otherwise or left out."""
    return key if not key or _USUAL_KEY.fullmatch(key) else _NOT_IN_KEYS.sub("-", romanise(key)).strip("-")


def _choose(paper: Paper, facts: dict[str, str], choice: FieldChoice, rules: DialectRules) -> None:
    """Leave out and add what was asked for."""
    for name in choice.left_out.intersection(facts):
        del facts[name]
    if choice.added.difference(facts):
        known = {name: getattr(paper, name) for name in ("abstract", "comment", "publisher")} | dict(paper.extra)
        for name in choice.added.difference(facts):
            value = known.get(name) or ""
            if value := _as_it_is(value) if name in VERBATIM else extra(name, value, rules):
                facts[name] = value


def _as_it_is(value: str) -> str:
    """The place of a file, which other programs look for as it is spelled; empty where that would break the entry."""
    value = " ".join(value.split())
    return value if value.isprintable() and balanced(value) else ""
