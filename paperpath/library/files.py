"""Where PDFs, texts and notes lie, and how a file is written so that a crash leaves the old one or the new one.

The names must work on every system: citation keys such as ``DBLP:conf/nips/VaswaniSPUJGKP17`` hold characters that
Windows forbids or that would climb out of the folder, so all but plain ones are written as ``%3A``.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING

from paperpath.errors import DiskFull, LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.model import Paper

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
_LIKE_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+_\d{7}")
_LONGEST_NAME = 120
"""Bytes; file systems allow 255, but paths on Windows only 260 in all."""


class Files:
    """The places of everything that the library keeps outside its database."""

    def __init__(self, home: Path) -> None:
        """Places under ``home``; nothing is created here."""
        self.home = home
        """The library's folder."""
        self.database = home / "library.db"
        self.papers = home / "papers"
        """A folder for each paper with files."""
        self.notes = home / "notes"
        """The user's own files, one for each paper with a note."""
        self.reading_lists = home / "reading_lists"
        """The user's own reading lists."""
        self.cache = home / "cache"
        """May be emptied at any time."""
        self.locks = home / "locks"

    def folder(self, paper: Paper) -> Path:
        """``papers/<arXiv id or key>``.

        A paper that got its files under its key keeps that folder when its arXiv id becomes known later.
        """
        name = safe_name(paper.key)
        if _LIKE_ARXIV.fullmatch(name):  # a key that would take another paper's place
            name = f"%{ord(name[0]):02X}{name[1:]}"
        if not paper.arxiv_id:
            return self.papers / name
        folder = self.papers / safe_name(paper.arxiv_id.replace("/", "_"))
        earlier = self.papers / name
        return earlier if paper.key and earlier.is_dir() and not folder.is_dir() else folder

    def pdf(self, paper: Paper) -> Path:
        """Its PDF."""
        return self.folder(paper) / "paper.pdf"

    def text(self, paper: Paper) -> Path:
        """Its text in Markdown."""
        return self.folder(paper) / "text.md"

    def parsed(self, paper: Paper) -> Path:
        """Its structure in JSON."""
        return self.folder(paper) / "parsed.json"

    def note(self, key: str) -> Path:
        """The user's note on the paper with this key."""
        return self.notes / f"{safe_name(key)}.md"

    def write(self, path: Path, data: str | bytes) -> None:
        """Write a file whole or not at all; see :func:`atomic_write`."""
        atomic_write(path, data)

    def sha256(self, path: Path) -> str:
        """The SHA-256 of a file, read in pieces."""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def safe_name(text: str) -> str:
    """``text`` as the name of a file or folder on any system; different texts give different names."""
    name = "".join(c if c.isalnum() or c in "-_+.=@," else _escaped(c) for c in text)
    if not name or name.startswith(".") or name.endswith(".") or _RESERVED.fullmatch(name):
        name = f"%{name.replace('.', '%2E')}"
    if len(name.encode()) > _LONGEST_NAME:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        name = name.encode()[: _LONGEST_NAME - 17].decode(errors="ignore") + "%" + digest
    return name


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def atomic_write(path: Path, data: str | bytes) -> None:
    """Write ``data`` to ``path`` so that at any moment the old file or the new one is there, whole.

    The text goes to a temporary file in the same folder, is forced to the disk, and takes the name in one step; then
    the folder is forced too, because a rename is only as durable as its directory.

    Raises:
        DiskFull: no room; the old file is untouched and nothing is left behind.
        LibraryError: the place cannot be written.
    """
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    target = path.resolve() if path.is_symlink() else path  # a note linked from another folder stays linked
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_through(temporary, content)
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o777)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise write_error(error, path) from error


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_error(error: OSError, path: Path) -> LibraryError:
    """Our error for a file that could not be written."""
    if error.errno in _NO_ROOM:
        return DiskFull(
            f"There is no room left for {path}; what was there is whole. Free some space and run this again."
        )
    return LibraryError(f"{path} cannot be written: {error.strerror or error}. Check the permissions of its folder.")


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk; Windows cannot open folders and needs no such step."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
