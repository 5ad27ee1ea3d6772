"""Finding: what a person typed → keys, papers and places; and everything there is to show about one paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.workflow import noting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.library.provenance import Origin
    from paperpath.model import Hit, ListEntry, Record


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a paper stands on a reading list."""

    list_name: str
    stage: str
    entry: ListEntry
    unlocks: tuple[str, ...]
    """Keys of papers of that list that need this one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All there is to show about a paper without opening its files."""

    record: Record
    pdf: Path | None
    """None where there is no file."""
    text: Path | None
    note: Path | None
    standings: tuple[Standing, ...]
    origins: Mapping[str, Origin]
    """Where each field of the paper came from, and when."""
    guided: bool = False
    """Whether there is a guide to it."""


def show(library: Library, text: str) -> Shown:
    """The paper that ``text`` names: a citation key in any case, an arXiv id, a DOI or a URL of either.

    Raises:
        UnknownPaper: none is, with keys that are nearly that.
    """
    record = library.get(library.resolve(text))
    files = library.files
    places = (files.pdf(record.paper), files.text(record.paper), noting.note_path(library, record.key))
    pdf, plain, note = (path if path.is_file() else None for path in places)
    guided = library.guide(record.key) is not None
    return Shown(record, pdf, plain, note, _standings(library, record), library.origins(record.key), guided)


def search(library: Library, text: str, *, limit: int = 50) -> list[Hit]:
    """Passages of papers and notes; what other programs wrote into notes meanwhile is found too.

    Raises:
        BadQuery: the text cannot be searched for.
    """
    noting.refresh_notes(library)
    return library.search(text, limit=limit)


def _standings(library: Library, record: Record) -> tuple[Standing, ...]:
    found = []
    for name in record.lists:
        reading_list = library.reading_list(name)
        unlocks = tuple(entry.key for entry in reading_list.entries if record.key in entry.needs)
        for stage in reading_list.stages:
            found += [Standing(name, stage.title, entry, unlocks) for entry in stage.entries if entry.key == record.key]
    return tuple(found)
