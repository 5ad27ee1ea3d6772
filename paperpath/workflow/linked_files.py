"""Files that another program linked to its entries: found on this machine, and their PDFs copied into the library.

A path was written on some machine at some time. It is tried as it stands, from the folders that its file names, from
where its file lies, and, for Mendeley, which drops the slash, from the root. What is not there is nobody's error.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from paperpath.errors import BadFile, ParseFailed
from paperpath.workflow import attaching, parsing
from paperpath.workflow.linking import Linker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.errors import PaperpathError
    from paperpath.library import Library
    from paperpath.model import StoredPdf

_HEAD = 1024
"""Bytes in which a PDF says that it is one."""


class Linked(NamedTuple):
    """A PDF of this machine that belongs to a paper of the library."""

    key: str
    path: Path


class Attached(NamedTuple):
    """What became of one of them."""

    key: str
    path: Path
    new: bool
    """Whether the paper has a PDF that it did not have."""
    error: PaperpathError | None = None
    """Why it has none, or why the one that it has cannot be read."""


def find(paths: Sequence[str], folders: Sequence[Path]) -> Path | None:
    """The first of these PDFs that exists; see :func:`folders_of`."""
    return next((path for text in paths for path in _candidates(text, folders) if _is_pdf(path)), None)


def folders_of(file: Path, named: Sequence[str]) -> tuple[Path, ...]:
    """Where relative paths in ``file`` may begin: the folders that it names, and its own."""
    own = file.absolute().parent
    return (*(folder for text in named for folder in _candidates(text, (own,))), own)


def same_size(path: Path, stored: StoredPdf) -> bool:
    """Whether a linked PDF may be the one that is stored: hashing all of them at each import would cost seconds."""
    try:
        return path.stat().st_size == stored.bytes
    except OSError:
        return False


def attach_linked(library: Library, links: Sequence[Linked], workers: int = 1) -> Iterator[Attached]:
    """Copy these PDFs into the library and read them; a bad one is a result like the others.

    It can be stopped at any time: who imports the same file again goes on where it was left.
    """
    if not links:
        return
    linker = Linker(library)
    results = parsing.parse_files([link.path for link in links], workers)
    for (key, path), (_, parsed) in zip(links, results, strict=True):
        try:
            new = attaching.attach(library, key, path, parsed, linker=linker)
        except BadFile as error:
            yield Attached(key, path, new=False, error=error)
            continue
        yield Attached(key, path, new, parsed if isinstance(parsed, ParseFailed) else None)


def _candidates(text: str, folders: Sequence[Path]) -> Iterator[Path]:
    spellings = [text]
    if "\\" in text and os.sep == "/":
        spellings.append(text.replace("\\", "/"))
    if "%" in text:
        spellings.append(unquote(text))
    for spelling in spellings:
        if "\0" in spelling:
            continue
        path = Path.home() / spelling[2:] if spelling.startswith("~/") else Path(spelling)
        yield from (folder / path for folder in folders)  # an absolute path stays what it is
        if not path.is_absolute() and os.sep == "/":
            yield Path("/") / path


def _is_pdf(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return b"%PDF" in file.read(_HEAD)
    except OSError:  # a name that is too long, a folder that may not be entered
        return False
