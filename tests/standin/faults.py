"""What goes wrong on purpose, and when.

Faults are counted per path, so ``--fault 503:2`` fails the first two requests for each paper. Faults of a resumed
download need one: as long as they are due, a plain request is cut off in the middle so that the next one resumes.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["api", "pdf", "feed"]
"""The query API, PDFs, and what is announced: RSS, Atom and OAI-PMH."""
_ALL: tuple[Kind, ...] = ("api", "pdf", "feed")


@dataclass(frozen=True)
class Fault:
    """One way to misbehave."""

    about: str
    kinds: tuple[Kind, ...] = _ALL
    resumed: bool = False
    """Only shows on a request with Range."""
    final: bool = False
    """Not to be retried, so never part of a mix."""


FAULTS: dict[str, Fault] = {
    "429": Fault("429 'Rate exceeded.' without Retry-After"),
    "429-retry-after": Fault("429 with Retry-After"),
    "429-late": Fault("429 after a while"),
    "503": Fault("503 without Retry-After"),
    "503-zero": Fault("503 with Retry-After: 0"),
    "500": Fault("500, as while a PDF is being built"),
    "reset": Fault("the connection is reset before the answer"),
    "stall": Fault("half of the body, then silence"),
    "redirect-loop": Fault("a redirect to the same place"),
    "empty": Fault("a valid feed without entries", ("api", "feed")),
    "truncated-xml": Fault("XML that stops in the middle and ends cleanly", ("api", "feed")),
    "total": Fault("totalResults larger than it is", ("api",)),
    "duplicate": Fault("an entry twice", ("api",)),
    "missing": Fault("the last entry is left out, and not counted", ("api",)),
    "foreign": Fault("an entry that nobody asked for", ("api",)),
    "short-length": Fault("Content-Length and body both too short", ("pdf",)),
    "short-body": Fault("the body ends before Content-Length is reached", ("pdf",)),
    "chunk-cut": Fault("the connection ends inside a chunk", ("pdf",)),
    "clean-end": Fault("half of the file, chunked, ended cleanly", ("pdf",)),
    "wrong-range": Fault("206 with a Content-Range that was not asked for", ("pdf",), resumed=True),
    "etag-change": Fault("206 with another ETag, despite If-Range", ("pdf",), resumed=True),
    "etag-new": Fault("a new ETag, so that If-Range fails and 200 comes", ("pdf",), resumed=True),
    "416": Fault("416 for a range that is there", ("pdf",), resumed=True),
    "range-ignored": Fault("200 with the whole file", ("pdf",), resumed=True),
    "drip": Fault("a byte now and then, forever", final=True),
    "redirect-away": Fault("a redirect to another host", final=True),
    "400": Fault("400", final=True),
    "404": Fault("404 with a web page", final=True),
    "403": Fault("403", final=True),
    "captcha": Fault("a captcha page with status 200", final=True),
    "captcha-as-pdf": Fault("the same, calling itself a PDF", ("pdf",), final=True),
}
CUT = "cut"
"""Not a fault of its own: what makes a download resume."""


@dataclass
class Plan:
    """Which fault the next request gets."""

    faults: Sequence[str] = ()
    """``NAME`` (always) or ``NAME:COUNT`` (the first ones per path), used up in this order."""
    mix: float = 0.0
    """Share of requests that get a fault drawn at random, up to ``most`` per path."""
    most: int = 6
    seed: int = 0
    _given: Counter[tuple[str, str]] = field(default_factory=Counter)
    _asked: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._queue = [_parse(text) for text in self.faults]

    def choose(self, kind: Kind, path: str, *, resumes: bool) -> str | None:
        """The fault for this request, if it is to have one."""
        with self._lock:
            self._asked[path] += 1
            for name, count in self._queue:
                fault = FAULTS[name]
                if kind not in fault.kinds or (count is not None and self._given[path, name] >= count):
                    continue
                if fault.resumed and not resumes:
                    return CUT
                self._given[path, name] += 1
                return name
            return self._mixed(kind, path, resumes)

    def _mixed(self, kind: Kind, path: str, resumes: bool) -> str | None:
        # Drawn from seed, path and turn alone: the same run again meets the same faults, whatever the threads do.
        draw = random.Random(f"{self.seed} {path} {self._asked[path]}")
        if draw.random() >= self.mix or self._given[path, "mix"] >= self.most:
            return None
        fitting = [name for name, f in FAULTS.items() if kind in f.kinds and not f.final and (resumes or not f.resumed)]
        self._given[path, "mix"] += 1
        return draw.choice(fitting)


def _parse(text: str) -> tuple[str, int | None]:
    name, _, count = text.partition(":")
    if name not in FAULTS or (count and not count.isdecimal()):
        raise ValueError(f"no fault {text!r}; there are {', '.join(FAULTS)}, each with :COUNT if it shall end")
    return name, int(count) if count else None
