"""How close in meaning texts are to one text, with what was made before taken from disk."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from paperpath.embedding.folder import read_folder
from paperpath.embedding.kept import Kept, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from paperpath.embedding.folder import ModelFolder
    from paperpath.embedding.network import Network

    Tell = Callable[[int, int], None]
    Stop = Callable[[], bool]

AT_ONCE = 64
"""Texts between two looks at whether to stop: half a second."""
WRITTEN = 1024
"""Texts after which vectors are written, some ten seconds of work."""


class _Ready(NamedTuple):
    folder: ModelFolder
    network: Network
    kept: Kept


class Meaning:
    """A model and what it has read so far; may be used from several threads."""

    def __init__(self, folder: Path, cache: Path) -> None:
        """Nothing is loaded yet.

        Args:
            folder: the model; see :mod:`.folder`.
            cache: a folder in which vectors may be kept.
        """
        self._folder, self._cache = folder, cache / "meaning"
        self._lock = threading.RLock()
        self._loaded: _Ready | None = None

    def read(self, texts: Sequence[str], *, tell: Tell | None = None, stop: Stop | None = None) -> int:
        """Make the vectors of texts that have none yet, and keep them; how many are still missing when it was stopped.

        Args:
            texts: any.
            tell: is told how many of how many are done, if any are to be made.
            stop: says whether to stop; asked every half second. What was made until then is kept.

        Raises:
            BadInput: the extra is not installed.
            BadSetting: the folder holds no model that can be used.
            LibraryError: the vectors cannot be written.
        """
        named = {name_of(text): text for text in texts}
        with self._lock:
            there = self._ready().kept.vectors(named)
        missing = [(name, text) for name, text in named.items() if name not in there]
        done = 0
        try:
            while done < len(missing) and not (stop and stop()):
                if tell:
                    tell(done, len(missing))
                with self._lock:  # not for longer: another thread may want to compare what there is
                    done += self._read(missing[done : done + AT_ONCE])
        finally:
            with self._lock:
                self._ready().kept.write()
        if tell and missing:
            tell(done, len(missing))
        return len(missing) - done

    def closeness(self, one: str, texts: Sequence[str], *, question: bool = False) -> list[float | None]:
        """The cosine of the angle between the vector of ``one`` and that of each of ``texts``, -1 to 1, as far as they
        have been read; None for the others. ``question`` tells that ``one`` asks what a text may answer.

        Raises:
            BadInput, BadSetting: as for :meth:`read`.
        """
        with self._lock:
            ready = self._ready()
            import numpy as np

            names = [name_of(text) for text in texts]
            there = ready.kept.vectors(names)
            if not there:
                return [None] * len(texts)
            prompt = ready.folder.question_prompt if question else ready.folder.text_prompt
            own = ready.network.vectors([prompt + one])[0]
            known = list(there)
            cosines = np.array([there[name] for name in known], np.float32) @ own
            by_name = dict(zip(known, cosines.tolist(), strict=True))
            return [by_name.get(name) for name in names]

    def _read(self, part: Sequence[tuple[bytes, str]]) -> int:
        ready = self._ready()
        vectors = ready.network.vectors([ready.folder.text_prompt + text for _, text in part])
        ready.kept.add([name for name, _ in part], vectors)
        if ready.kept.waiting >= WRITTEN:
            ready.kept.write()
        return len(part)

    def _ready(self) -> _Ready:
        if self._loaded is None:
            from paperpath.embedding.network import Network

            found = read_folder(self._folder)
            self._loaded = _Ready(found, Network(found), Kept(self._cache / found.fingerprint()))
        return self._loaded
