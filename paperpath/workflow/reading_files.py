"""Files that other programs wrote → papers and what belongs beside them, before anything is done with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadFile
from paperpath.formats import READERS
from paperpath.workflow import linked_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.formats import ReadResult
    from paperpath.formats.result import Beside, Severity
    from paperpath.model import Paper


DATABASES = (".sqlite",)
"""Suffixes of files that are no text: Zotero's own database."""


class FileProblem(NamedTuple):
    """Something that could not be used as it stands; the rest of its file was."""

    path: Path
    line: int
    """0 where there are no lines, as in a database."""
    message: str
    severity: Severity = "error"
    """See :class:`paperpath.formats.result.Problem`."""

    @property
    def place(self) -> str:
        """Where it is, for a message: the file, and the line."""
        return f"{self.path}, line {self.line}" if self.line else str(self.path)


@dataclass(slots=True)
class Content:
    """What several files say together."""

    papers: list[Paper] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    beside: dict[int, Beside] = field(default_factory=dict)
    """By the index of the paper."""
    folders: dict[int, tuple[Path, ...]] = field(default_factory=dict)
    """Where relative paths of that paper's files may begin."""


def read(paths: Sequence[Path]) -> Content:
    """Read files of references; see :data:`~paperpath.formats.READERS`.

    Raises:
        BadFile: one is missing, of an unknown kind, or holds nothing that can be read.
    """
    content = Content()
    for path in paths:
        result = _result(path)
        folders = linked_files.folders_of(path, result.folders)
        for at, beside in result.beside.items():
            content.beside[len(content.papers) + at] = beside
            content.folders[len(content.papers) + at] = folders
        content.papers += result.papers
        content.problems += (FileProblem(path, *problem) for problem in result.problems)
    return content


def _result(path: Path) -> ReadResult:
    if path.suffix.lower() in DATABASES:
        return _from_zotero(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        if not path.exists():
            raise BadFile(f"There is no file {path}. For an id, a link or a title: paperpath add")
        if path.suffix.lower() == ".pdf":
            raise BadFile(f"{path} is a PDF. To add it: paperpath add FILE.pdf")
        kinds = ", ".join((*READERS, *DATABASES))
        raise BadFile(f"{path} is of a kind that cannot be imported. Files that can be end in {kinds}.")
    result = reader.read(read_text(path))
    if not result.papers and result.problems:
        first = result.problems[0]
        raise BadFile(f"{path} holds no {reader.name} entry that can be read. Line {first.line}: {first.message}")
    if not result.papers:
        raise BadFile(f"{path} holds no {reader.name} entry, so nothing was imported.")
    return result


def _from_zotero(path: Path) -> ReadResult:
    from paperpath.formats import zotero_items
    from paperpath.sources import zotero_database

    return zotero_items.read((0, item) for item in zotero_database.items(path))


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
