"""One connection to the library's SQLite file: how it is opened, locked and left, and SQLite's errors in our words.

Everything that a later reader might want to change about safety stands in this file. WAL, so that readers never wait
for a writer; ``synchronous=FULL``, so that what a person typed survives a power cut; ``BEGIN IMMEDIATE`` for writes,
because a transaction that reads first and writes later fails at once when another program wrote in between.

A connection may be used from several threads; a lock makes them take turns, and a transaction belongs to its thread.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

from paperpath.errors import BadInput, DiskFull, LibraryBusy, LibraryDamaged, LibraryError, PaperpathError
from paperpath.library.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 30.0
"""How long a write waits for another program's; a bulk import of 10,000 papers holds the lock for about 5 s."""


class Database:
    """A connection with a lock, transactions that nest, and errors that a person can read."""

    def __init__(self, path: Path | None, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open ``path``, or a database in memory for None; the folder must exist."""
        self.path = path
        self.lock = threading.RLock()
        self.commits = 0
        """Writes committed through this connection; SQLite's own data_version counts only those of others."""
        self.recording = False
        """Whether a change (or a quiet part, which records nothing) is open; what begins inside joins it."""
        self._busy_seconds = busy_seconds
        with self.translated():
            self.connection = sqlite3.connect(
                path or ":memory:", timeout=busy_seconds, isolation_level=None, check_same_thread=False
            )
        try:
            with self.translated():
                self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        execute = self.connection.execute
        self.connection.create_function("fold", 1, _fold, deterministic=True)
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA synchronous = FULL")
        execute("PRAGMA cache_size = -32000")
        execute("PRAGMA journal_size_limit = 67108864")
        execute("PRAGMA recursive_triggers = OFF")
        if self.path is not None:
            self._use_wal()

    def _use_wal(self) -> None:
        """Switch the file to WAL once; SQLite does not wait for other programs here, so we do."""
        deadline = time.monotonic() + self._busy_seconds
        while self.connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def close(self) -> None:
        """Close the connection; SQLite folds the WAL into the file when it was the last one."""
        with self.lock:
            self.connection.close()

    def version(self) -> int:
        """A number that differs after every commit, of this connection or of any other."""
        with self.translated():
            of_others = int(self.connection.execute("PRAGMA data_version").fetchone()[0])
        return (of_others << 32) + self.commits

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Several SELECTs that see the same moment."""
        with self.lock, self.translated():
            if self.connection.in_transaction:
                yield self.connection
                return
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self._roll_back("ROLLBACK")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; of a nested one that fails that part is taken back, and the outer decides about the rest."""
        with self.lock, self.translated():
            nested = self.connection.in_transaction
            self.connection.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
            before = self.connection.total_changes
            try:
                yield self.connection
                if nested:
                    self.connection.execute("RELEASE part")
                elif self.connection.in_transaction:  # else the body took everything back itself
                    self.connection.execute("COMMIT")
                    self.commits += self.connection.total_changes != before
            except BaseException:
                self._roll_back("ROLLBACK TO part" if nested else "ROLLBACK")
                if nested:
                    self._roll_back("RELEASE part")
                raise

    def _roll_back(self, statement: str) -> None:
        """Take back, unless SQLite did so itself, as on a full disk: a second error would hide the first."""
        if self.connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute(statement)

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, with the place and what to do next."""
        try:
            yield
        except (sqlite3.Error, OverflowError) as error:
            raise translate(error, self.path) from error


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its extension; 0 when the error came from Python's side of it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def translate(error: sqlite3.Error | OverflowError, path: Path | None) -> PaperpathError:
    """Our error for one of SQLite's."""
    place = str(path) if path else "the library in memory"
    if isinstance(error, OverflowError):
        return BadInput(f"A number is too large to be kept in {place}; nothing was changed.")
    code = primary_code(error)
    full = f"There is no room left for {place}; nothing was changed. Free some space and run this again."
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(full)
    if code == sqlite3.SQLITE_IOERR:
        reading = getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)
        if reading:
            return LibraryError(f"{place} cannot be read: {error}. The disk may be failing; make a copy of the folder.")
        return DiskFull(f"{place} cannot be written ({error}); nothing was changed. Is the disk or quota full?")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusy(
            f"Another program is writing to {place} for longer than {BUSY_SECONDS:.0f} s."
            " Let it finish, then run this again; nothing was changed."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LibraryDamaged(
            f"{place} is damaged ({error}). Bring the last backup back with `paperpath backup --restore FILE`;"
            " PDFs and notes lie in files of their own and are not affected."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LibraryError(f"{place} cannot be opened for writing ({error}). Check the permissions of its folder.")
    if "no such module: fts5" in str(error):
        return LibraryError(
            "The SQLite of this Python lacks full-text search (FTS5). Use Python from python.org or uv."
        )
    return LibraryError(f"{place} could not be used: {error}.")


def _fold(text: object) -> str | None:
    return fold(str(text)) if text is not None else None
