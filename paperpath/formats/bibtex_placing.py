"""Facts about a paper → its type of entry in a .bib file, and each fact in the field that this type has for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.bibtex_datamodel import FOREIGN
from paperpath.formats.bibtex_dialects import BIBTEX
from paperpath.formats.bibtex_values import text
from paperpath.formats.entry_types import is_preprint

if TYPE_CHECKING:
    from paperpath.formats.bibtex_dialects import DialectRules
    from paperpath.model import Paper

_IN_BOOKS = frozenset({"inproceedings", "incollection", "inbook"})
_VOLUMES = frozenset({"book", "inbook", "incollection", "inproceedings", "proceedings"})
_EDITED = frozenset({"book", "inbook", "proceedings", "collection"})
_LOOSE = frozenset({"misc", "online", "software"})


def type_of(paper: Paper, facts: dict[str, str], rules: DialectRules) -> str:
    """The type that the paper has in this dialect, or the nearest one that the facts are enough for."""
    wanted = rules.types.get(paper.entry_type, paper.entry_type)
    if "eprint" in facts and is_preprint(wanted, facts.get("venue")):
        wanted = "misc"
    if wanted == "inbook" and rules is BIBTEX and "venue" in facts:
        wanted = "incollection"  # BibTeX's inbook is the book itself, with pages
    while wanted != "misc" and not _enough(rules.required.get(wanted, ("unknown type",)), facts):
        wanted = rules.fallbacks.get(wanted, "misc")
    return wanted


def _enough(required: tuple[str, ...], facts: dict[str, str]) -> bool:
    for either in required:
        if either in facts or (either in ("journal", "booktitle") and "venue" in facts):
            continue
        if "|" not in either or not any(name in facts for name in either.split("|")):
            return False
    return True


def place(paper: Paper, entry_type: str, facts: dict[str, str], rules: DialectRules) -> None:
    """The venue under the name that it has in this type of entry."""
    venue = facts.pop("venue", "")
    if entry_type == "article":
        facts["journal"] = venue
    elif entry_type in _IN_BOOKS:
        facts["booktitle"] = venue
    elif entry_type == "misc" and venue:
        _also(facts, "howpublished", venue)
    elif venue and venue != facts.get("title"):
        _also(facts, "note", venue)
    elif entry_type == "misc" and paper.journal_ref and "eprint" in facts:
        facts.setdefault("howpublished", text(paper.journal_ref, rules.ascii_only))
    if entry_type == "thesis":
        facts.setdefault("type", "Thesis")
    if "eid" in facts and rules is BIBTEX:
        facts.setdefault("pages", facts.pop("eid"))  # what the styles have a place for
    if entry_type in _LOOSE:
        _make_misc(facts, rules)
    foreign = FOREIGN[entry_type]
    if not foreign.isdisjoint(facts):
        for name in foreign.intersection(facts):
            del facts[name]
    if not all(facts.values()):
        for name in [name for name, value in facts.items() if not value]:
            del facts[name]


def _make_misc(facts: dict[str, str], rules: DialectRules) -> None:
    """What a ``@misc`` and its like have no field for, in the fields that they have; biber would warn of any other."""
    bodies = list(filter(None, (facts.pop(name, "") for name in ("publisher", "institution", "school"))))
    places = [f"{name} {facts.pop(name)}" for name in ("volume", "number", "chapter", "pages") if facts.get(name)]
    for body in bodies:
        _also(facts, "note" if "organization" in facts else "organization", body)
    if places:
        note = ", ".join(places)
        if not rules.ascii_only:
            note = note.replace("--", "–")  # only the pages field has hyphens in biblatex
        _also(facts, "note", note[0].upper() + note[1:])


def _also(facts: dict[str, str], name: str, words: str) -> None:
    """Say ``words`` in a field, behind what it says already, unless that is among it."""
    said = facts.get(name, "")
    if words.lower() not in said.lower():
        facts[name] = f"{said.rstrip('.')}. {words}" if said else words


def please_styles(entry_type: str, facts: dict[str, str]) -> None:
    """What BibTeX's standard styles warn about although every field is right by itself."""
    needed = "volume" if entry_type == "article" else "series"
    crowded = entry_type in _VOLUMES and "volume" in facts
    if "number" in facts and (crowded or (needed not in facts and entry_type in _VOLUMES | {"article"})):
        _also(facts, "note", f"Number {facts.pop('number')}")
    if entry_type in ("book", "inbook") and "author" in facts:
        facts.pop("editor", None)


def add_sort_key(entry_type: str, facts: dict[str, str], key: str) -> None:
    """What to sort an entry without people by, and what author-year styles call it."""
    if "author" in facts or (entry_type in _EDITED and "editor" in facts):
        facts.pop("key", None)
    elif "key" not in facts:
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\[A-Za-z]+", "", facts.get("title", "")))
        facts["key"] = facts.get("organization") or (
            words[0] if words else re.sub("[^A-Za-z0-9]+", " ", key).strip() or "Untitled"
        )
