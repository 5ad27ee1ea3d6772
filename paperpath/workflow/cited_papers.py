"""Citing: documents → the papers of the library that they cite, and what they cite that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadFile, BadInput, UnknownPaper
from paperpath.formats import cited as reading
from paperpath.workflow.reading_files import FileProblem, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.library import Library


class CitedPapers(NamedTuple):
    """What documents cite."""

    keys: frozenset[str] | None
    """Keys of papers of the library; None for all of them, as after ``nocite{*}``."""
    problems: tuple[FileProblem, ...]
    """Keys that no paper has, or has no more, and included files that could not be read, in the order of the documents.
    A paper that is cited by a key that it had before is among the keys nevertheless."""


def cited(library: Library, paths: Sequence[Path]) -> CitedPapers:
    """The papers that these documents and the files they include cite.

    Raises:
        BadFile: a document is missing, not a text, or of a kind that cannot be read.
        BadInput: they cite nothing at all.
    """
    read, problems = _read(paths)
    labels = frozenset().union(*(document.labels for document in read.values()))
    by_key, former = _by_key(library), library.former_keys()
    found: set[str] = set()
    told: set[str] = set()
    for path, document in read.items():
        for key, line in document.keys.items():
            if (known := by_key.get(key)) is not None:
                found.add(known)
            elif (now := former.get(key)) is not None:
                found.add(now)
            if known is None and key not in labels and key not in told:
                told.add(key)
                problems.append(FileProblem(path, line, _unknown(library, key)))
    everything = any(document.everything for document in read.values())
    if not (found or told or everything):
        raise BadInput(f"{', '.join(map(str, paths))} cites nothing, so nothing was written.")
    return CitedPapers(None if everything else frozenset(found), tuple(problems))


def _by_key(library: Library) -> dict[str, str]:
    """Keys of the library by themselves, and by how an exported file writes them."""
    from paperpath.formats.bibtex_write import written_key

    keys = sorted(library.keys())
    return {written_key(key): key for key in keys} | {key: key for key in keys}


def _unknown(library: Library, key: str) -> str:
    try:
        known = library.resolve(key)
    except UnknownPaper as error:
        return str(error)
    return f"{key!r} is cited, but the paper has the key {known}. Write it so; capitals count."


# --------------------------------------------------------------------------- files


def _read(paths: Sequence[Path]) -> tuple[dict[Path, reading.Cited], list[FileProblem]]:
    """All documents, each followed by what it includes; LaTeX and Typst name files from different folders."""
    read: dict[Path, reading.Cited] = {}
    problems: list[FileProblem] = []
    seen: set[Path] = set()
    for root in paths:
        if root.suffix.lower() not in reading.SUFFIXES:
            kinds = ", ".join(reading.SUFFIXES)
            raise BadFile(f"{root} is of a kind whose citations cannot be read. Files that can be end in {kinds}.")
        waiting = [(root, root, 1)]
        while waiting:
            path, by, line = waiting.pop(0)
            if (real := path.resolve()) in seen:
                continue
            seen.add(real)
            if path != root and not path.is_file():  # a device or a pipe is not waited for
                problems.append(FileProblem(by, line, f"There is no file {path}. What it cites is not known."))
                continue
            try:
                document = reading.read(read_text(path), path.suffix)
            except BadFile as error:
                if path == root:
                    raise
                problems.append(FileProblem(by, line, f"{error} What it cites is not known."))
                continue
            read[path] = document
            problems += [FileProblem(path, *problem) for problem in document.problems]
            waiting += [(_place(root, path, name), path, at) for name, at in document.includes.items()]
    return read, problems


def _place(root: Path, path: Path, name: str) -> Path:
    """Where an included file is: LaTeX looks from the folder of the main file, the others from the file itself."""
    folders = (root.parent, path.parent) if path.suffix.lower() in (".aux", ".tex", ".ltx") else (path.parent,)
    places = [folder / name for folder in folders]
    return next((place for place in places if place.is_file()), places[0])
