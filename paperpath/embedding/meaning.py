"""How close in meaning texts are to one text, with what was made before taken from disk."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from paperpath.embedding.folder import read_folder
from paperpath.embedding.kept import Kept, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from paperpath.embedding.network import Network

    Tell = Callable[[int, int], None]
    Stop = Callable[[], bool]

AT_ONCE = 64
"""Texts between two looks at whether to stop: half a second."""
WRITTEN = 1024
"""Texts after which vectors are written, some ten seconds of work."""


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
        self._loaded: tuple[Network, Kept, str, str] | None = None

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
        with self._lock:
            network, kept, _, prompt = self._ready()
            named = {name_of(text): text for text in texts}
            there = kept.vectors(named)
            missing = [(name, text) for name, text in named.items() if name not in there]
            done = 0
            try:
                while done < len(missing) and not (stop and stop()):
                    if tell:
                        tell(done, len(missing))
                    part = missing[done : done + AT_ONCE]
                    self._made(network, kept, part, prompt)
                    done += len(part)
            finally:
                kept.write()
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
            network, kept, asked, told = self._ready()
            import numpy as np

            names = [name_of(text) for text in texts]
            there = kept.vectors(names)
            if not there:
                return [None] * len(texts)
            own = network.vectors([(asked if question else told) + one])[0]
            known = list(there)
            cosines = np.array([there[name] for name in known], np.float32) @ own
            by_name = dict(zip(known, cosines.tolist(), strict=True))
            return [by_name.get(name) for name in names]

    @staticmethod
    def _made(network: Network, kept: Kept, part: Sequence[tuple[bytes, str]], prompt: str) -> None:
        kept.add([name for name, _ in part], network.vectors([prompt + text for _, text in part]))
        if kept.waiting >= WRITTEN:
            kept.write()

    def _ready(self) -> tuple[Network, Kept, str, str]:
        if self._loaded is None:
            from paperpath.embedding.network import Network

            found = read_folder(self._folder)
            network = Network(found)
            kept = Kept(self._cache / found.fingerprint())
            self._loaded = network, kept, found.question_prompt, found.text_prompt
        return self._loaded
