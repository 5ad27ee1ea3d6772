"""The whole library in one file, and back.

A backup is a zip that any system opens: ``library.db``, ``notes/``, ``reading_lists/`` and ``papers/`` (PDFs stored as
they are, they do not shrink), and a manifest with the SHA-256 of each. The database is copied by SQLite itself, so the
copy is of one moment while others write.

Bringing one back checks everything before anything is touched, wants the library for itself (another program would go
on with papers that are no more), and keeps what was there in a folder ``before-restore-…`` beside it. The database is
filled through SQLite, not replaced, so that a program that starts at that moment waits instead of opening a file that
is about to vanish. A restore that is killed half-way is completed by running it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from paperpath import __version__
from paperpath.durable import sync_folder, write_error
from paperpath.errors import BadFile, LibraryBusy, LibraryDamaged, LibraryTooNew
from paperpath.library.database import translate
from paperpath.library.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.library.database import Database
    from paperpath.library.files import Files

_FORMAT = "paperpath-backup"
_MANIFEST = "manifest.json"
_DATABASE = "library.db"
_SHRINKING = {".md", ".json", ".txt", ".toml", ".bib", ".db"}
_SECONDS_TO_WAIT = 5.0
_PIECE = 1 << 20


# --------------------------------------------------------------------------- making one


def backup(database: Database, files: Files, path: Path, *, papers: bool) -> None:
    """Write the library into the zip ``path``, in one step at the end."""
    mark = secrets.token_hex(4)
    archive, copy = (path.with_name(f".{path.name[:40]}.{mark}.{kind}") for kind in ("tmp", "db.tmp"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy_database(database, copy)
        _write_archive(files, archive, copy, papers=papers)
        archive.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(error, path) from error
    finally:
        archive.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)


def _copy_database(database: Database, target: Path) -> None:
    """A copy of one moment; pages are read all at once, so a busy writer cannot make it start over."""
    with database.lock, database.translated(), contextlib.closing(sqlite3.connect(target)) as copy:
        database.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _write_archive(files: Files, archive: Path, database: Path, *, papers: bool) -> None:
    contents: dict[str, dict[str, Any]] = {}
    with archive.open("xb") as raw:
        with zipfile.ZipFile(raw, "w") as zipped:
            _pack(zipped, _DATABASE, database, contents)
            for folder in (files.notes, files.reading_lists, *([files.papers] if papers else [])):
                for path in _files_in(folder):
                    # A file that another program has just removed or renamed is not part of the backup.
                    with contextlib.suppress(FileNotFoundError):
                        _pack(zipped, path.relative_to(files.home).as_posix(), path, contents)
            manifest = {
                "format": _FORMAT,
                "version": 1,
                "program": __version__,
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "papers": papers,
                "files": contents,
            }
            zipped.writestr(_info(_MANIFEST), json.dumps(manifest, indent=1))
        raw.flush()
        _force(raw)


def _files_in(folder: Path) -> Iterator[Path]:
    """All files but those that are being written: hidden ones and unfinished downloads."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix not in (".tmp", ".part"):
            yield path


def _pack(zipped: zipfile.ZipFile, name: str, path: Path, contents: dict[str, dict[str, Any]]) -> None:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, zipped.open(_info(name), "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    contents[name] = {"sha256": digest.hexdigest(), "bytes": size}


def _info(name: str) -> zipfile.ZipInfo:
    """An entry without the file's own date, which zip cannot hold before 1980."""
    info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED if Path(name).suffix in _SHRINKING else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    return info


def _force(file: IO[bytes]) -> None:
    os.fsync(file.fileno())


# --------------------------------------------------------------------------- bringing one back


def restore(files: Files, path: Path) -> Path | None:
    """Put the backup in the place of the library; the folder with what was there before, None if nothing was."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    staged, before = files.home / f".restore-{stamp}", files.home / f"before-restore-{stamp}"
    try:
        files.home.mkdir(parents=True, exist_ok=True)
        manifest = _unpack(path, staged)
        _check_database(staged / _DATABASE, path)
        before.mkdir()
        folders = [files.notes, files.reading_lists, *([files.papers] if manifest["papers"] else [])]
        with _swapped(folders, staged, before):
            _restore_database(files.database, staged / _DATABASE, before)
        sync_folder(files.home)
        if any(before.iterdir()):
            return before
        before.rmdir()
        return None
    except OSError as error:
        raise write_error(error, files.home) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        with contextlib.suppress(OSError):
            before.rmdir()  # only if it is empty


def _unpack(path: Path, target: Path) -> dict[str, Any]:
    """Unpack into ``target``, checking each file against the manifest."""
    try:
        with zipfile.ZipFile(path) as zipped:
            manifest = _manifest(zipped, path)
            target.mkdir()
            for name, facts in manifest["files"].items():
                _unpack_one(zipped, name, facts, target, path)
            return manifest
    except (FileNotFoundError, IsADirectoryError) as error:
        if error.filename is None or Path(error.filename) != path:
            raise
        what = f"{path} is a folder, not a backup." if path.is_dir() else f"There is no file {path}."
        raise BadFile(what) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadFile(f"{path} is no backup of paperpath, or is damaged ({error}). Nothing was changed.") from error


def _manifest(zipped: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(zipped.read(_MANIFEST))
        right = manifest["format"] == _FORMAT and isinstance(manifest["papers"], bool)
        names = manifest["files"]
        known = set(zipped.namelist())
        whole = _DATABASE in names and all(_is_ours(name) and name in known for name in names)
        whole = whole and all(isinstance(facts["sha256"], str) for facts in names.values())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadFile(f"{path} is no backup of paperpath: it has no manifest. Nothing was changed.") from error
    if not right or not whole:
        raise BadFile(f"{path} is no backup of paperpath, or not whole. Nothing was changed.")
    if manifest.get("version") != 1:
        raise LibraryTooNew(f"{path} was written by a later paperpath. Update paperpath; nothing was changed.")
    return dict(manifest)


def _is_ours(name: str) -> bool:
    """Whether a backup may hold such a file; nothing in it can reach outside the library's folder."""
    parts = PurePosixPath(name).parts
    if name == _DATABASE:
        return True
    plain = "\\" not in name and ":" not in name and ".." not in parts and "\0" not in name
    return plain and len(parts) > 1 and parts[0] in ("notes", "reading_lists", "papers")


def _unpack_one(zipped: zipfile.ZipFile, name: str, facts: dict[str, Any], target: Path, path: Path) -> None:
    place = target / name
    place.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with zipped.open(name) as source, place.open("xb") as file:
        while piece := source.read(_PIECE):
            digest.update(piece)
            file.write(piece)
        file.flush()
        _force(file)
    if digest.hexdigest() != facts["sha256"]:
        raise BadFile(f"{path} is damaged: {name} is not what was put into it. Nothing was changed.")


def _check_database(database: Path, path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(database)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise BadFile(f"{path} holds no usable database ({error}). Nothing was changed.") from error
    if version > len(MIGRATIONS):
        raise LibraryTooNew(f"{path} was written by a later paperpath. Update paperpath; nothing was changed.")
    if answer != "ok" or not version:
        raise BadFile(f"{path} holds no usable database ({answer if version else 'it is empty'}). Nothing was changed.")


@contextlib.contextmanager
def _swapped(folders: list[Path], staged: Path, before: Path) -> Iterator[None]:
    """The staged folders in the place of those that are there; all back in their places if what follows fails."""
    moved: list[tuple[Path, Path]] = []
    try:
        for folder in folders:
            for source, target in ((folder, before / folder.name), (staged / folder.name, folder)):
                if source.exists():
                    source.rename(target)
                    moved.append((source, target))
        yield
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        raise


def _restore_database(database: Path, staged: Path, before: Path) -> None:
    if not database.exists():
        staged.rename(database)
        return
    try:
        _fill_database(database, staged, before / _DATABASE)
    except LibraryDamaged:
        # Nothing can be written into it, so it steps aside as it is; its PDFs and notes are whole anyway.
        for name in (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm"):
            with contextlib.suppress(FileNotFoundError):
                database.with_name(name).rename(before / name)
        staged.rename(database)


def _fill_database(database: Path, staged: Path, before: Path) -> None:
    """Copy what is there to ``before`` and then ``staged`` over it, with the file locked against everybody."""
    try:
        with (
            contextlib.closing(sqlite3.connect(database, timeout=_SECONDS_TO_WAIT, isolation_level=None)) as current,
            contextlib.closing(sqlite3.connect(before)) as copy,
            contextlib.closing(sqlite3.connect(staged)) as source,
        ):
            current.execute("PRAGMA locking_mode = EXCLUSIVE")
            current.execute("PRAGMA synchronous = FULL")
            current.execute("BEGIN EXCLUSIVE")  # keeps the lock from here to the end, whatever is committed
            current.execute("COMMIT")
            current.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            source.backup(current)
    except sqlite3.Error as error:
        before.unlink(missing_ok=True)
        ours = translate(error, database)
        if isinstance(ours, LibraryBusy):
            ours = LibraryBusy(
                "Another program has the library open. Close the interface and let other commands end, then run this"
                " again; nothing was changed."
            )
        raise ours from error
