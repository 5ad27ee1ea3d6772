"""Importing: files of references → papers of the library, in one change, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadFile
from paperpath.formats import READERS, citekeys
from paperpath.workflow import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.library import Added, Library
    from paperpath.library.rows import MakeKey
    from paperpath.model import Paper


class FileProblem(NamedTuple):
    """An entry that could not be used as it stands; the rest of its file was."""

    path: Path
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    added: tuple[str, ...]
    """Keys of papers that are new, in the order of the files."""
    known: tuple[str, ...]
    """Keys of papers that were there; only fields that were missing were filled in."""
    problems: tuple[FileProblem, ...]


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


def preview_files(library: Library, paths: Sequence[Path], *, make_key: MakeKey = citekeys.make_key) -> Preview:
    """What :func:`import_files` would do; nothing is changed.

    Raises:
        BadFile: see :func:`import_files`.
    """
    papers, problems = _read(paths)
    before = {row.key for row in library.rows()}
    with library.rehearsing():
        after = {one.key: library.get(one.key).paper for one in _added(library, papers, paths, make_key)}
    stored = {key: library.get(key).paper for key in after if key in before}
    gains = {key: _gained(paper, after[key]) for key, paper in stored.items()}
    return Preview(
        tuple(paper for key, paper in after.items() if key not in before),
        tuple((key, names) for key, names in gains.items() if names),
        tuple(key for key, names in gains.items() if not names),
        tuple(problems),
    )


def _gained(before: Paper, after: Paper) -> tuple[str, ...]:
    """The names of the fields that differ, those in ``extra`` under their own."""
    names = [field.name for field in fields(before) if field.name != "extra"]
    had = dict(before.extra)
    return (
        *(name for name in names if getattr(before, name) != getattr(after, name)),
        *(name for name, text in after.extra if had.get(name) != text),
    )


def import_files(library: Library, paths: Sequence[Path], *, make_key: MakeKey = citekeys.make_key) -> ImportResult:
    """Add the papers of these files; doing it twice adds nothing.

    A key that stands in its file is kept where it is free; ``make_key`` makes the others.

    Raises:
        BadFile: a file is missing, of an unknown kind, or holds nothing that can be read; nothing was changed.
    """
    papers, problems = _read(paths)
    added = _added(library, papers, paths, make_key)
    new = [one.key for one in added if one.new]
    known = dict.fromkeys(one.key for one in added if not one.new)
    return ImportResult(tuple(new), tuple(key for key in known if key not in set(new)), tuple(problems))


def _read(paths: Sequence[Path]) -> tuple[list[Paper], list[FileProblem]]:
    """The papers of all files; they are read before the first paper is written."""
    papers: list[Paper] = []
    problems: list[FileProblem] = []
    for path in paths:
        found, troubles = read_file(path)
        papers += found
        problems += troubles
    return papers, problems


def _added(library: Library, papers: Sequence[Paper], paths: Sequence[Path], make_key: MakeKey) -> list[Added]:
    names = ", ".join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    what = f"imported {words.papers(len(papers))} from {names}"
    return library.add(papers, make_key, pin=True, what=what, source=f"import {names}")


def read_file(path: Path) -> tuple[list[Paper], list[FileProblem]]:
    """The papers of one file.

    Raises:
        BadFile: see :func:`import_files`.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(READERS)
        raise BadFile(f"{path} is of a kind that cannot be imported. Files that can be end in {kinds}.")
    result = reader.read(read_text(path))
    problems = [FileProblem(path, problem.line, problem.message) for problem in result.problems]
    if not result.papers and problems:
        line, message = result.problems[0]
        raise BadFile(f"{path} holds no {reader.name} entry that can be read. Line {line}: {message}")
    return list(result.papers), problems


def read_text(path: Path) -> str:
    """The text of a file: UTF-8, with or without a byte order mark; else Latin-1, in which older files were written.

    Raises:
        BadFile: it is missing, cannot be read, or is no text.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(f"There is no file {path}.") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror or error}.") from error
    if data.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"PK\x03\x04")) or b"\0" in data[:4096]:
        raise BadFile(f"{path} is not a text file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n")
