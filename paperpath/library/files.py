"""Where PDFs, texts and notes lie.

The names must work on every system: citation keys such as ``DBLP:conf/nips/VaswaniSPUJGKP17`` hold characters that
Windows forbids or that would climb out of the folder, so all but plain ones are written as ``%3A``.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from paperpath.durable import atomic_write

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.model import Paper

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
_LIKE_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+_\d{7}")
MERGED = "%merged"
"""At the end of the name of a folder that was set aside; keys have their ``%`` escaped."""
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

    def journal(self, mark: str) -> Path:
        """The journal of a change that moves files; see :mod:`~paperpath.library.moving`."""
        return self.home / f"moving-{mark}.json"

    def journals(self) -> list[Path]:
        """The journals that lie there; one at most, and only after a crash or in the midst of a change."""
        return sorted(self.home.glob("moving-*.json"))

    def folder(self, paper: Paper, *, without: Path | None = None) -> Path:
        """``papers/<arXiv id or key>``.

        A paper that got its files under its key keeps that folder when its arXiv id becomes known later. A folder
        that is to be moved away may be named ``without``, as if it were not there.
        """
        name = safe_name(paper.key)
        if _LIKE_ARXIV.fullmatch(name):  # a key that would take another paper's place
            name = f"%{ord(name[0]):02X}{name[1:]}"
        if not paper.arxiv_id:
            return self.papers / name
        folder = self.papers / safe_name(paper.arxiv_id.replace("/", "_"))
        earlier = self.papers / name
        there = [one.is_dir() and one != without for one in (earlier, folder)]
        return earlier if paper.key and there == [True, False] else folder

    def aside(self, key: str) -> Path:
        """A place for the folder of a paper that was merged into another, where no paper will ever have its own."""
        taken = 1
        while (place := self.papers / f"{safe_name(key)}{MERGED}{'' if taken == 1 else taken}").exists():
            taken += 1
        return place

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
        """Write a file whole or not at all; see :func:`~paperpath.durable.atomic_write`."""
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
