"""Notes and highlights out of the library: as Markdown, or as pages in a folder that is somebody's vault.

A page is known by the citation key in its front matter, so it may be renamed and moved within the folder; it is never
renamed by us, because the reader's own links would break. Files that paperpath did not write are left alone, so is
everything outside the folder, also where a link in it leads there. Each page is written in one step and only if it
says something new: whoever is stopped runs the export again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from paperpath import notes
from paperpath.durable import atomic_write
from paperpath.errors import BadFile, BadInput
from paperpath.notes import vault_page
from paperpath.workflow import noting
from paperpath.workflow.linking import Linker
from paperpath.workflow.texts import letters, lost, read_parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paperpath.library import Library
    from paperpath.model import Highlight, ParsedPaper, Record

_LONGEST_NAME = 120
"""Bytes; paths on Windows have 260 characters in all."""

State = Literal["new", "changed", "same", "left"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of the page of one paper, or would become."""

    key: str
    path: Path
    state: State
    """``left``: nothing was written, and ``problems`` says why."""
    problems: tuple[str, ...] = ()
    """What had to be left as it was."""


def markdown(library: Library, keys: Sequence[str]) -> str:
    """Highlights and notes of these papers as plain Markdown; papers that have neither are left out.

    Raises:
        UnknownPaper: there is no such paper.
    """
    found = (_material(library, library.get(key), None) for key in keys)
    return "\n".join(vault_page.plain_page(one) for one in found if one.words or one.highlights)


def export_pages(library: Library, folder: Path, keys: Sequence[str], *, dry_run: bool = False) -> Iterator[Exported]:
    """Write a page for each of these papers into ``folder``, or bring the one that is there up to date.

    Args:
        library: the library.
        folder: the vault, or a folder in it; made if its parent is there.
        keys: the papers.
        dry_run: tell what would happen, and change nothing.

    Raises:
        BadFile: the folder cannot be one.
        BadInput: it lies in the library, whose notes are the reader's originals.
        DiskFull, LibraryError: a page cannot be written; what was there is whole, and those before it are done.
    """
    home = library.files.home.resolve()
    place = folder.resolve()
    if place == home or home in place.parents:
        raise BadInput(f"{folder} is in the library itself. Name a folder outside of {library.files.home}.")
    if folder.exists() and not folder.is_dir():
        raise BadFile(f"{folder} is a file. Name a folder to write into.")
    if not folder.exists() and not folder.absolute().parent.is_dir():
        raise BadFile(f"There is no folder {folder.absolute().parent} to make {folder.name} in.")
    return _export(library, folder, keys, dry_run=dry_run)


def _export(library: Library, folder: Path, keys: Sequence[str], *, dry_run: bool) -> Iterator[Exported]:
    pages = _pages(library, folder)
    names = _names(library, pages)
    linker = Linker(library)
    for key in keys:
        there = pages.get(key, [])
        path = there[0] if there else folder / f"{names[key]}.md"
        more = tuple(f"{other} is about the same paper; only {path.name} is kept up to date." for other in there[1:])
        done = _write(library, folder, path, _material(library, library.get(key), linker), names, dry_run=dry_run)
        yield Exported(key, path, done.state, (*done.problems, *more))


def _write(
    library: Library,
    folder: Path,
    path: Path,
    material: vault_page.Material,
    names: Mapping[str, str],
    *,
    dry_run: bool,
) -> Exported:
    key = material.paper.key
    if not _within(path, folder, library.files.home):
        return Exported(key, path, "left", (f"{path} leads out of the folder, so it was left alone.",))
    try:
        before = noting.read(path)
        merged = vault_page.page(material, names, before)
        if merged.text == before:
            return Exported(key, path, "left" if merged.problems else "same", merged.problems)
        if not dry_run:
            if noting.read(path) != before:
                return Exported(key, path, "left", (f"{path} was being edited, so it was left alone. Run this again.",))
            atomic_write(path, merged.text.encode())
    except BadFile as error:
        return Exported(key, path, "left", (str(error),))
    return Exported(key, path, "new" if before is None else "changed", merged.problems)


# --------------------------------------------------------------------------- which file is whose


def _pages(library: Library, folder: Path) -> dict[str, list[Path]]:
    """The pages that lie in the folder, by the key that their paper has now; the likeliest of several first."""
    former = library.former_keys()
    keys = library.keys()
    found: dict[str, list[tuple[bool, bool, str, Path]]] = {}
    for path in _files(folder, library.files.home):
        text = noting.read(path, strict=False) if path.is_file() else None
        named = vault_page.names_paper(text) if text else None
        if named is None:
            continue
        key = named if named in keys else former.get(named)
        if key in keys:
            found.setdefault(str(key), []).append((named != key, path.stem != _name(named), str(path), path))
    return {key: [path for *_, path in sorted(ranked)] for key, ranked in found.items()}


def _files(folder: Path, home: Path) -> Iterator[Path]:
    """All Markdown files of the folder, but for hidden folders (.obsidian, .trash) and the library itself."""
    for root, folders, files in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).resolve() != home.resolve()
        )
        for name in sorted(files):
            if name.endswith(".md") and not name.startswith(".") and _within(here / name, folder, home):
                yield here / name


def _within(path: Path, folder: Path, home: Path) -> bool:
    """Whether writing to ``path`` changes this folder and no other, and not the library."""
    try:
        place, inner = path.resolve(), home.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
    return folder.resolve() in place.parents and inner not in place.parents


def _names(library: Library, pages: Mapping[str, Sequence[Path]]) -> dict[str, str]:
    """Key → name of the page of each paper of the library, whether it is there or not."""
    names = {key: paths[0].stem for key, paths in pages.items()}
    taken = {name.casefold() for name in names.values()}
    for key in sorted(library.keys() - names.keys()):
        wanted = name = _name(key)
        number = 2
        while name.casefold() in taken:
            name = f"{wanted}-{number}"
            number += 1
        taken.add(name.casefold())
        names[key] = name
    return names


def _name(key: str) -> str:
    """``@key``, with characters that are none in a link or a file name on some system as ``-``."""
    name = "".join(c if c.isalnum() or c in "-_+.=," else "-" for c in unicodedata.normalize("NFC", key))
    return "@" + name.encode()[:_LONGEST_NAME].decode(errors="ignore")


# --------------------------------------------------------------------------- what stands in it


def _material(library: Library, record: Record, linker: Linker | None) -> vault_page.Material:
    parsed = read_parsed(library, record.key) if record.parsed and (linker or record.highlights) else None
    note = noting.note_text(library, record.key)
    return vault_page.Material(
        record.paper,
        record.status,
        record.tags,
        notes.readers_words(note, notes.drafted_title(record.paper)) if note else "",
        _in_order(record.highlights, parsed),
        lost(record, parsed) if parsed else (),
        linker.owned(record.key, parsed.references) if linker and parsed else None,
    )


def _in_order(marks: Sequence[Highlight], parsed: ParsedPaper | None) -> list[Highlight]:
    """Highlights as one meets them in the paper, whenever they were made."""
    if not marks or parsed is None:
        return sorted(marks, key=lambda mark: (mark.page or inf, mark.id or 0))
    texts = [(letters(section.title), letters(section.text)) for section in parsed.sections]

    def place(mark: Highlight) -> tuple[float, float, float, int]:
        quote, title = letters(mark.quote), letters(re.sub(r"^\W*[\dIVX.]+\s+", "", mark.section))
        for number, (heading, text) in enumerate(texts):
            if heading == title and (at := text.find(quote)) >= 0:
                return (mark.page or parsed.sections[number].page, number, at, mark.id or 0)
        return (mark.page or inf, -1, 0, mark.id or 0)

    return sorted(marks, key=place)
