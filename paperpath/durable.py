"""Files that survive a crash, a power cut and a full disk: written whole or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from paperpath.errors import BadFile, DiskFull, LibraryError

if TYPE_CHECKING:
    from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_ROOM_ON_WINDOWS = frozenset({39, 112})  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


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
    temporary = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.tmp")
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


def require_folder(path: Path) -> None:
    """Make sure that there is a folder to write ``path`` into.

    Raises:
        BadFile: there is none. It is not made: a stick that is not plugged in would be one on this disk.
    """
    if not path.absolute().parent.is_dir():
        raise BadFile(f"There is no folder {path.absolute().parent} to write {path.name} into.")


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk; Windows cannot open folders and needs no such step."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_is_full(error: OSError) -> bool:
    """Whether ``error`` means that there is no room, on the disk or in the user's quota."""
    return error.errno in _NO_ROOM or getattr(error, "winerror", None) in _NO_ROOM_ON_WINDOWS


def write_error(error: OSError, path: Path) -> LibraryError:
    """Our error for a file that could not be written."""
    if disk_is_full(error):
        return DiskFull(
            f"There is no room left for {path}; what was there is whole. Free some space and run this again."
        )
    return LibraryError(f"{path} cannot be written: {error.strerror or error}. Check the permissions of its folder.")
