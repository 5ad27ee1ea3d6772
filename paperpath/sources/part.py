"""An unfinished download: the bytes so far and a journal that says how far they can be trusted.

``paper.pdf.part`` grows; ``paper.pdf.part.json`` names the file on the server (URL and ETag) and the length that has
reached the disk. After a crash or a power cut anything may stand behind that length, so it is cut off before going on.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Self

from paperpath.durable import sync_folder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_STRIDE = 1 << 18  # bytes between two fsyncs: some ten for a usual paper
_SECONDS = 2.0  # or after so long on a slow line


@dataclass(frozen=True, slots=True)
class Journal:
    """What is known about the bytes in the part file."""

    url: str
    etag: str | None
    """Strong ETag of the file they come from; None if the server gave none: then there is no going on."""
    length: int = 0
    """Bytes that are on the disk for certain."""
    total: int | None = None
    """Size of the whole file, if the server said so."""
    version: int | None = None
    """The version that the server named."""
    complete: bool = False
    """The body has come to its end; whether it is a sound PDF is not said."""


class Part:
    """The part file of one target, written to by one process at a time."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(target.name + ".part")
        self._journal_path = target.with_name(target.name + ".part.json")

    def load(self, url: str) -> Journal | None:
        """What earlier runs left of ``url``, with the file cut to the trusted length; None (and no file) if nothing."""
        journal = self._read_journal()
        with suppress(OSError):
            if (
                journal is not None
                and journal.url == url
                and (journal.etag or journal.complete)
                and 0 < journal.length <= self.path.stat().st_size
            ):
                os.truncate(self.path, journal.length)
                return journal
        self.discard()
        return None

    def note(self, journal: Journal) -> None:
        """Keep ``journal``; the bytes it vouches for must be on the disk already."""
        scratch = self._journal_path.with_name(self._journal_path.name + ".new")
        scratch.write_text(json.dumps(asdict(journal)), encoding="utf-8", newline="\n")
        scratch.replace(self._journal_path)

    def discard(self) -> None:
        """Remove everything."""
        for path in (self._journal_path, self._journal_path.with_name(self._journal_path.name + ".new"), self.path):
            path.unlink(missing_ok=True)

    def publish(self, target: Path) -> None:
        """Make the part file the target, in one step that survives a crash at any point."""
        self.path.replace(target)
        sync_folder(target.parent)
        self.discard()

    def write(self, journal: Journal) -> Writing:
        """Go on writing behind the bytes that ``journal`` vouches for."""
        return Writing(self, journal)

    def sha256(self) -> str:
        """Digest of the file as it is."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _read_journal(self) -> Journal | None:
        try:
            journal = Journal(**json.loads(self._journal_path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return journal if isinstance(journal.length, int) else None


class Writing:
    """The part file while it grows; the journal follows whatever way it ends."""

    def __init__(self, part: Part, journal: Journal) -> None:
        self.journal = journal
        self.length = journal.length
        self._part = part
        if not journal.length:
            part.discard()  # before the first new byte: an old journal must never vouch for it
        self._file = part.path.open("r+b" if journal.length else "wb")
        self._digest = hashlib.sha256()
        while journal.length and (chunk := self._file.read(1 << 20)):
            self._digest.update(chunk)
        self._time = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def write(self, chunk: bytes) -> None:
        """Append; now and then make it certain."""
        self._file.write(chunk)
        self._digest.update(chunk)
        self.length += len(chunk)
        if self.length - self.journal.length >= _STRIDE or time.monotonic() - self._time >= _SECONDS:
            self._settle(complete=False)

    def finish(self) -> str:
        """The body is at its end: the sha256 of the whole."""
        self._settle(complete=True)
        return self._digest.hexdigest()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not self.journal.complete:
                self._settle(complete=False)
        finally:
            self._file.close()

    def _settle(self, *, complete: bool) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self.journal = replace(self.journal, length=self.length, complete=complete)
        self._part.note(self.journal)
        self._time = time.monotonic()
