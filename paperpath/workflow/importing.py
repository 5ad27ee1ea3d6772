"""Importing: files of references → papers of the library with all that belongs to them, in one change or not at all.

PDFs that the files link to are told in the result and attached afterwards, one by one, because reading them takes
minutes: :func:`paperpath.workflow.linked_files.attach_linked`. Until then no other program has to wait.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from paperpath.formats import citekeys
from paperpath.library.folding import fold
from paperpath.workflow import companions, linked_files, noting, reading_files, words
from paperpath.workflow.linked_files import Linked
from paperpath.workflow.reading_files import FileProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.formats.result import Beside
    from paperpath.library import Added, Library
    from paperpath.library.rows import MakeKey
    from paperpath.model import Paper
    from paperpath.workflow.companions import Gains
    from paperpath.workflow.reading_files import Content

__all__ = ["FileProblem", "Files", "ImportResult", "Preview", "import_files", "preview_files"]


@dataclass(frozen=True, slots=True)
class Files:
    """What became of the links to PDFs."""

    found: tuple[Linked, ...] = ()
    """To be attached, one a paper."""
    missing: tuple[str, ...] = ()
    """The first link of each paper without a PDF, none of whose files is on this machine, as it was written."""
    kept: tuple[Linked, ...] = ()
    """Papers that have another PDF already, which stays."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    added: tuple[str, ...]
    """Keys of papers that are new, in the order of the files."""
    known: tuple[str, ...]
    """Keys of papers that were there; only fields that were missing were filled in."""
    problems: tuple[FileProblem, ...]
    repeated: int = 0
    """Entries beyond the first of a paper: those of the files are as many as ``added``, ``known`` and these."""
    gained: tuple[Gains, ...] = ()
    """Tags, notes, highlights and status; only papers that gained any."""
    files: Files = Files()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do."""

    new: tuple[Paper, ...]
    """With the keys that they would get."""
    completed: tuple[tuple[str, tuple[str, ...]], ...]
    """Keys of known papers with the fields that they would gain."""
    same: tuple[str, ...]
    """Keys of known papers that already have all of it."""
    problems: tuple[FileProblem, ...]
    repeated: int = 0
    """As in :class:`ImportResult`."""
    gained: tuple[Gains, ...] = ()
    """What papers would gain beside metadata."""
    files: Files = Files()


def preview_files(
    library: Library, paths: Sequence[Path], *, make_key: MakeKey = citekeys.make_key, keywords: bool = False
) -> Preview:
    """What :func:`import_files` would do; nothing is changed.

    Raises:
        BadFile: see :func:`import_files`.
    """
    content = reading_files.read(paths)
    before = {row.key for row in library.rows()}
    with library.rehearsing():
        added = _added(library, content, paths, make_key)
        after = {one.key: library.get(one.key).paper for one in added}
        gained = _gains(library, content, added, keywords)
        files = _files(library, content, added)
    stored = {key: library.get(key).paper for key in after if key in before}
    fresh = {key: _gained(paper, after[key]) for key, paper in stored.items()}
    touched = {one.key for one in gained} | {one.key for one in files.found}
    return Preview(
        tuple(paper for key, paper in after.items() if key not in before),
        tuple((key, names) for key, names in fresh.items() if names),
        tuple(key for key, names in fresh.items() if not names and key not in touched),
        tuple(content.problems),
        len(added) - len(after),
        gained,
        files,
    )


def _gained(before: Paper, after: Paper) -> tuple[str, ...]:
    """The names of the fields that differ, those in ``extra`` under their own."""
    names = [field.name for field in fields(before) if field.name != "extra"]
    had = dict(before.extra)
    return (
        *(name for name in names if getattr(before, name) != getattr(after, name)),
        *(name for name, text in after.extra if had.get(name) != text),
    )


def import_files(
    library: Library, paths: Sequence[Path], *, make_key: MakeKey = citekeys.make_key, keywords: bool = False
) -> ImportResult:
    """Add the papers of these files, with tags, notes, highlights and status; doing it twice adds nothing.

    A key that stands in its file is kept where it is free; ``make_key`` makes the others. With ``keywords``, keywords
    become tags as the owner's own tags and groups do.

    Raises:
        BadFile: a file is missing, of an unknown kind, or holds nothing that can be read; nothing was changed.
    """
    content = reading_files.read(paths)
    noting.refresh_notes(library)  # tags and status that were edited in notes count before ours
    with library.change(_words(content, paths)):
        added = _added(library, content, paths, make_key)
        gained = _gains(library, content, added, keywords)
        for one in gained:
            companions.carry_out(library, one)
    new = dict.fromkeys(one.key for one in added if one.new)
    known = [key for key in dict.fromkeys(one.key for one in added) if key not in new]
    return ImportResult(
        tuple(new),
        tuple(known),
        tuple(content.problems),
        len(added) - len(new) - len(known),
        gained,
        _files(library, content, added),
    )


def _added(library: Library, content: Content, paths: Sequence[Path], make_key: MakeKey) -> list[Added]:
    papers = _with_known_keys(library, content.papers)
    return library.add(papers, make_key, pin=True, what=_words(content, paths), source=f"import {_names(paths)}")


def _with_known_keys(library: Library, papers: Sequence[Paper]) -> list[Paper]:
    """The papers, those that came before without a key or an id of their own with the key that they got then.

    Zotero and RIS files have no keys. Title, names and year together say enough here: they are those of the same file.
    """
    if all(paper.key or paper.ids for paper in papers):
        return list(papers)
    known: dict[tuple[str, str, int | None], str] = {}
    for row in library.rows():
        known.setdefault((fold(row.title), row.byline, row.year), row.key)
    return [
        paper
        if paper.key or paper.ids or not paper.title
        else replace(paper, key=known.get((fold(paper.title), paper.byline, paper.year), ""))
        for paper in papers
    ]


def _words(content: Content, paths: Sequence[Path]) -> str:
    return f"imported {words.entries(len(content.papers))} from {_names(paths)}"


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")


def _gains(library: Library, content: Content, added: Sequence[Added], keywords: bool) -> tuple[Gains, ...]:
    """What the papers gain; several entries may turn out to be one paper."""
    by_key: dict[str, list[Beside]] = {}
    for at, beside in content.beside.items():
        by_key.setdefault(added[at].key, []).append(beside)
    found = (
        companions.gains(library, key, companions.together(several), keywords=keywords)
        for key, several in by_key.items()
    )
    return tuple(one for one in found if one)


def _files(library: Library, content: Content, added: Sequence[Added]) -> Files:
    """Which PDF of this machine each paper gets; the library keeps one a paper."""
    found: dict[str, Linked] = {}
    missing: dict[str, str] = {}
    kept: dict[str, Linked] = {}
    for at, beside in content.beside.items():
        key = added[at].key
        if not beside.files or key in found:
            continue
        path = linked_files.find(beside.files, content.folders[at])
        pdf = library.get(key).pdf
        if path is None:
            if pdf is None:
                missing.setdefault(key, beside.files[0])
        elif pdf is None:
            found[key] = Linked(key, path)
        elif not linked_files.same_size(path, pdf):
            kept[key] = Linked(key, path)
    return Files(
        tuple(found.values()),
        tuple(text for key, text in missing.items() if key not in found),
        tuple(kept.values()),
    )
