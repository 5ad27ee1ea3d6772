"""Papers → a .bib file that is there already: what is the same stays as it was typed, to the byte.

A file that somebody has cared for has comments, macros, an order and fields that no program knows. So an entry is not
written anew: what the file says of a paper and what the library says are both written in our own way, and only the
fields in which these two differ are changed. Entries are added behind the last one and never taken away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.formats import bibtex, bibtex_write
from paperpath.formats.bibtex_entry import OLDER_NAMES
from paperpath.formats.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.formats.bibtex_dialects import Dialect
    from paperpath.formats.bibtex_file import BibFile
    from paperpath.model import Paper

_SYNONYMS: dict[str, list[str]] = {}
for _name, _older in OLDER_NAMES.items():
    _SYNONYMS.setdefault(_older, []).append(_name)


class Updated(NamedTuple):
    """What became of a file, by citation key."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    refused: tuple[str, ...]
    """Entries that are as they were because their text can't be changed safely: it does not end, or has a character
    that the file's encoding lacks."""


def update(file: BibFile, papers: Sequence[Paper], dialect: Dialect = "bibtex") -> Updated:
    """Put what is new in ``papers`` into ``file``.

    Args:
        file: changed in place.
        papers: with the keys under which the file has them, or shall have them.
        dialect: of new entries and of fields that change.
    """
    result = bibtex.read(file.text)
    there = {paper.key.lower(): paper for paper in reversed(result.papers) if paper.key}
    added: list[str] = []
    changed: list[str] = []
    refused: list[str] = []
    for paper, (entry_type, key, facts) in zip(papers, bibtex_write.entries(papers, dialect), strict=True):
        try:
            key = paper.key if paper.key in file else key
            if key in file:
                old = there.get(key.lower())
                if old is not None and _change(file, key, paper, old, entry_type, facts, dialect):
                    changed.append(key)
            else:
                file.add_entry(bibtex_write.entry(entry_type, key, facts, dialect))
                added.append(key)
        except ValueError:
            refused.append(key)
    return Updated(tuple(added), tuple(changed), tuple(refused))


def _change(
    file: BibFile, key: str, paper: Paper, old: Paper, entry_type: str, facts: dict[str, str], dialect: Dialect
) -> bool:
    """Whether the entry had to be changed."""
    if paper == old:
        return False
    ((old_type, _, said),) = bibtex_write.entries([old], dialect)
    # what an entry without people is sorted by follows from the others
    facts, said = ({name: fact for name, fact in one.items() if name != "key"} for one in (facts, said))
    if (entry_type, facts) == (old_type, said):
        return False
    before = file.entry(key)
    try:
        if entry_type != old_type:
            file.set_entry(key, before.replace(before[1 : before.index(_opening(before))].strip(), entry_type, 1))
        for name in sorted({*facts, *said}):
            if facts.get(name) != said.get(name):
                _set(file, key, name, facts, dialect)
    except ValueError:
        file.set_entry(key, before)
        raise
    return True


def _opening(entry: str) -> str:
    brace, parenthesis = entry.find("{"), entry.find("(")
    return "(" if 0 <= parenthesis < brace or brace < 0 else "{"


def _set(file: BibFile, key: str, name: str, facts: dict[str, str], dialect: Dialect) -> None:
    """One field, under the name that it has in the file if it is there."""
    fields = file.fields(key)
    if name in ("year", "month") and "date" in fields:
        parts = [facts["year"]] if "year" in facts else []
        if parts and "month" in facts:
            parts.append(f"{MONTHS.index(facts['month']) + 1:02}")
        name, value = "date", "-".join(parts)
    else:
        value = facts.get(name, "")
        usual = bibtex_write.field_name(name, dialect)
        name = next((known for known in (usual, name, *_SYNONYMS.get(name, ())) if known in fields), usual)
    if value:
        file.set_field(key, name, value, bare=name == "month")
    else:
        file.remove_field(key, name)
