"""Vectors on disk, by the text they are of. All of it may be thrown away: it is made again when it is missing.

A folder for each model, and in it parts of some thousand vectors each. A part is written whole or not at all and never
changed, so that several programs may read and write at once, and a program that is killed leaves nothing half. What is
damaged is as if it were not there. Parts are joined when there are many; of more than :data:`MOST` vectors the oldest
go, and so do the models that were not used last.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from paperpath.durable import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MOST = 200_000
"""Vectors of a model: 154 MB of 384 numbers each, the passages of about 1,000 papers."""
MODELS = 2
PARTS = 16
"""Parts from which they are joined."""
_HEAD = struct.Struct("<8sIII")  # magic, vectors, numbers of each, CRC-32 of what follows
_MAGIC = b"ppvector"
_NAME = 16
_SUFFIX = ".vectors"


def name_of(text: str) -> bytes:
    """What a text is called here: the same for the same text, 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_NAME).digest()


class Kept:
    """The vectors of one model; to be used by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is the model's own; it is made when something is added."""
        self._folder = folder
        self._read: set[str] = set()
        self._found: dict[bytes, NDArray[np.float16]] = {}
        self._waiting: dict[bytes, NDArray[np.float16]] = {}

    def vectors(self, names: Iterable[bytes]) -> dict[bytes, NDArray[np.float16]]:
        """Those of ``names`` that are kept."""
        self._look()
        return {name: self._found[name] for name in names if name in self._found}

    def add(self, names: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """More of them; they are on disk after :meth:`write`."""
        import numpy as np

        half = vectors.astype(np.float16)
        self._found.update(zip(names, half, strict=True))
        self._waiting.update(zip(names, half, strict=True))

    @property
    def waiting(self) -> int:
        """How many are not on disk."""
        return len(self._waiting)

    def write(self) -> None:
        """Write what was added.

        Raises:
            DiskFull: no room.
            LibraryError: the folder cannot be written.
        """
        if not self._waiting:
            return
        first = not self._folder.is_dir()
        self._write(self._waiting)
        self._waiting = {}
        if first:
            self._leave_others()
        if len(self._parts()) > PARTS:
            self._join()

    def _write(self, found: Mapping[bytes, NDArray[np.float16]]) -> None:
        import numpy as np

        rows = np.array([*found.values()], np.float16)
        body = b"".join(found) + rows.tobytes()
        path = self._folder / f"{os.urandom(8).hex()}{_SUFFIX}"
        atomic_write(path, _HEAD.pack(_MAGIC, len(rows), rows.shape[1], zlib.crc32(body)) + body)
        self._read.add(path.name)

    def _parts(self) -> list[Path]:
        """All parts, the oldest first."""
        dated = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):  # another program has joined it to others meanwhile
                dated.append((path.stat().st_mtime_ns, path.name, path))
        return [path for _, _, path in sorted(dated)]

    def _look(self) -> None:
        """Read what has been added since, by this program or another."""
        for path in self._parts():
            if path.name not in self._read:
                self._read.add(path.name)
                self._found.update(_contents(path))

    def _join(self) -> None:
        """Make one part of all, without what is too much; the last of what was added is the last to go."""
        parts = self._parts()
        found: dict[bytes, NDArray[np.float16]] = {}
        for path in parts:
            for name, vector in _contents(path).items():
                found.pop(name, None)
                found[name] = vector
        self._found = {name: found[name] for name in [*found][-MOST:]}
        if self._found:
            self._write(self._found)
        for path in parts:
            with suppress(OSError):  # Windows, while another program reads it: it stays until the next time
                path.unlink()

    def _leave_others(self) -> None:
        """Remove the vectors of models that have not been used lately."""
        dated = []
        for folder in self._folder.parent.iterdir():
            with suppress(OSError):
                dated.append((folder.stat().st_mtime_ns, folder))
        for _, folder in sorted(dated, reverse=True)[MODELS:]:
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)


def _contents(path: Path) -> dict[bytes, NDArray[np.float16]]:
    """The vectors of a part; none when it is damaged or gone."""
    import numpy as np

    try:
        data = path.read_bytes()
        magic, count, size, checked = _HEAD.unpack_from(data)
    except (OSError, struct.error):
        return {}
    body = memoryview(data)[_HEAD.size :]
    if magic != _MAGIC or len(body) != count * (_NAME + 2 * size) or zlib.crc32(body) != checked:
        return {}
    rows = np.frombuffer(body[count * _NAME :], np.float16).reshape(count, size)
    return {bytes(body[at * _NAME : (at + 1) * _NAME]): rows[at] for at in range(count)}
