"""A stand-in for arXiv on the loopback, in its own process: ``python -m tests.standin --help``.

In tests::

    with StandIn(metadata=records, pdf=folder, faults=["503:2"]) as arxiv:
        ...  # speak to arxiv.url
        assert arxiv.log().early == 0
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Arrival:
    """A request, as the server saw it."""

    time: float
    """By the server's monotonic clock, when the request line was there."""
    gap: float | None
    """Seconds since the arrival before it."""
    early: bool
    connection: int
    open: int
    """Connections that were open then, this one included."""
    method: str
    path: str
    query: str
    headers: dict[str, str]
    fault: str | None
    status: int | None
    sent: int


@dataclass(frozen=True)
class Seen:
    """Everything that arrived since the start or the last reset."""

    arrivals: tuple[Arrival, ...]
    early: int
    most_open: int

    def __len__(self) -> int:
        return len(self.arrivals)

    def paths(self) -> list[str]:
        return [arrival.path for arrival in self.arrivals]


class StandIn:
    """Starts when made (or entered), stops when left; it also ends when the process that started it does."""

    def __init__(
        self,
        metadata: Path | Iterable[dict[str, Any]] = (),
        pdf: Path | None = None,
        faults: Sequence[str] = (),
        *,
        mix: float = 0.0,
        most: int = 6,
        seed: int = 0,
        interval: float = 0.0,
        shape: str = "2026",
        rate: float = 0.0,
        retry_after: str = "1",
        late: float = 0.3,
        log: Path | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="standin-")
        if not isinstance(metadata, Path):
            path = Path(self._folder.name) / "metadata.jsonl"
            path.write_text("".join(json.dumps(line) + "\n" for line in metadata), encoding="utf-8", newline="\n")
            metadata = path
        options: dict[str, object] = {
            "metadata": metadata,
            "pdf": pdf,
            "mix": mix,
            "most": most,
            "seed": seed,
            "interval": interval,
            "shape": shape,
            "rate": rate,
            "retry-after": retry_after,
            "late": late,
            "log": log,
        }
        words = [f"--{name}={value}" for name, value in options.items() if value is not None]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.standin", "--until-eof", *words, *(f"--fault={f}" for f in faults)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError("the stand-in did not start")
        self.url: str = json.loads(line)["url"]

    def log(self) -> Seen:
        """What has arrived so far."""
        data = json.loads(self._call("/_log"))
        return Seen(tuple(Arrival(**a) for a in data["arrivals"]), data["early"], data["most_open"])

    def reset(
        self, faults: Sequence[str] = (), *, mix: float = 0.0, most: int = 6, seed: int = 0, **settings: object
    ) -> None:
        """Forget what arrived and go on with these faults; ``settings`` are those of the constructor."""
        plan = {"faults": list(faults), "mix": mix, "most": most, "seed": seed}
        self._call("/_reset", {"plan": json.dumps(plan), "settings": json.dumps(settings)})

    def stop(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _call(self, path: str, form: dict[str, str] | None = None) -> bytes:
        data = urlencode(form).encode() if form else None
        with build_opener(ProxyHandler({})).open(self.url + path, data, timeout=180) as answer:
            body: bytes = answer.read()
        return body
