"""Importing: files of references → papers of the library, in one change, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadFile
from paperpath.formats import READERS, citekeys

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.library import Library
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


def import_files(library: Library, paths: Sequence[Path], *, make_key: MakeKey = citekeys.make_key) -> ImportResult:
    """Add the papers of these files; doing it twice adds nothing.

    A key that stands in its file is kept where it is free; ``make_key`` makes the others.

    Raises:
        BadFile: a file is missing, of an unknown kind, or holds nothing that can be read; nothing was changed.
    """
    papers: list[Paper] = []
    problems: list[FileProblem] = []
    for path in paths:  # all are read before the first is written
        found, troubles = read_file(path)
        papers += found
        problems += troubles
    names = ", ".join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    added = library.add(papers, make_key, pin=True, what=f"imported {_count(len(papers))} from {names}")
    new = [one.key for one in added if one.new]
    known = dict.fromkeys(one.key for one in added if not one.new)
    return ImportResult(tuple(new), tuple(key for key in known if key not in set(new)), tuple(problems))


def read_file(path: Path) -> tuple[list[Paper], list[FileProblem]]:
    """The papers of one file.

    Raises:
        BadFile: see :func:`import_files`.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(READERS)
        raise BadFile(f"{path} is of a kind that cannot be imported. Files that can be end in {kinds}.")
    result = reader.read(_text(path))
    problems = [FileProblem(path, problem.line, problem.message) for problem in result.problems]
    if not result.papers and problems:
        line, message = result.problems[0]
        raise BadFile(f"{path} holds no {reader.name} entry that can be read. Line {line}: {message}")
    return list(result.papers), problems


def _text(path: Path) -> str:
    """UTF-8, with or without a byte order mark; else Latin-1, in which older .bib files were written."""
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


def _count(number: int) -> str:
    return "1 paper" if number == 1 else f"{number} papers"
