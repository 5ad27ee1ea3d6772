"""PDFs are read in processes of their own, because a PDF can take its reader down.

PDFium aborts the whole process on a stream that unpacks to a gigabyte, and 400,000 text operators keep it busy for
minutes; no ``except`` helps against either. So each worker is a fresh Python (never a fork, never a thread: PDFium is
not safe for them) that speaks JSON lines over pipes, under limits of memory, processor time and wall time. A worker
that dies is one paper that failed, and the next paper gets a new worker.

This module imports neither PDF library, so a front end may hold a :class:`Parsers` from its start.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from base64 import b64decode
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from paperpath.errors import Cancelled, ParseFailed
from paperpath.model import ParsedPaper
from paperpath.pdf.annotated import Annotation
from paperpath.pdf.marking import Written
from paperpath.pdf.pictures import Region
from paperpath.pdf.text import shown
from paperpath.pdf.views import View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from paperpath.pdf.lines import Box
    from paperpath.pdf.marking import Mark
    from paperpath.pdf.views import Frame

FILES_PER_WORKER = 100
"""After that many files a worker is replaced: what PDFium leaks (fonts, mostly) goes with it."""

Do = Literal["parse", "pages", "regions", "picture", "view", "annotations", "mark"]

_ROOT = str(Path(__file__).resolve().parents[2])


@dataclass(frozen=True, slots=True)
class _Job:
    do: Do
    path: Path
    future: Future[Any]
    details: dict[str, Any]
    """What the worker must know besides the file."""


class Parsers:
    """Up to ``workers`` worker processes, started when there is work and kept for the next file."""

    def __init__(
        self,
        workers: int = 1,
        *,
        cpu_seconds: int = 30,
        memory_bytes: int = 2 * 2**30,
        wall_seconds: float = 180,
        files_per_worker: int = FILES_PER_WORKER,
    ) -> None:
        self._most = max(1, workers)
        self._limits = _Limits(cpu_seconds, memory_bytes, wall_seconds, files_per_worker)
        self._jobs: queue.PriorityQueue[tuple[int, int, _Job | None]] = queue.PriorityQueue()
        self._ticket = itertools.count()
        self._lock = threading.Lock()
        self._hands: list[_Hand] = []
        self._closed = False

    def submit(self, path: Path) -> Future[ParsedPaper]:
        """Parse the PDF at ``path``; returns at once. The future raises ParseFailed, or Cancelled after ``close``."""
        return self._put("parse", path)

    def pages(self, path: Path) -> int:
        """How many pages the PDF at ``path`` has, which proves that it opens. Goes before waiting parses.

        Raises:
            ParseFailed: it is no PDF, is damaged beyond repair, or is encrypted.
        """
        count: int = self._put("pages", path).result()
        return count

    def regions(self, path: Path) -> tuple[Region, ...]:
        """Where the figures and tables of the PDF at ``path`` are. Goes before waiting parses, like a picture.

        Raises:
            ParseFailed: it is no PDF, is damaged beyond repair, or is encrypted.
        """
        found: tuple[Region, ...] = self._put("regions", path).result()
        return found

    def picture(self, path: Path, page: int, box: Box, dpi: int) -> bytes:
        """What a page (from 1) shows within ``box`` (PDF points), as PNG; see :func:`paperpath.pdf.picture`.

        Raises:
            ParseFailed: it cannot be read, or not within the limits.
        """
        png: bytes = self._put("picture", path, page=page, box=box, dpi=dpi).result()
        return png

    def view(self, path: Path, page: int, box: Box | None, frame: Frame) -> View:
        """What a page (from 1) shows within ``box`` (PDF points), or all of it, as pixels for a screen.

        Raises:
            ParseFailed: it cannot be read, or not within the limits, or has no such page.
        """
        seen: View = self._put("view", path, page=page, box=box, frame=asdict(frame)).result()
        return seen

    def annotations(self, path: Path) -> list[Annotation]:
        """What readers left in the PDF at ``path``; see :func:`paperpath.pdf.annotated.read`.

        Raises:
            ParseFailed: it cannot be read, or not within the limits.
        """
        found: list[Annotation] = self._put("annotations", path).result()
        return found

    def mark(self, path: Path, marks: Sequence[Mark], original: Path | None = None) -> Written:
        """A copy of the PDF at ``path`` with these marks; see :func:`paperpath.pdf.marking.write`.

        Raises:
            ParseFailed: it cannot be read or written, or not within the limits, or is no copy of ``original``.
        """
        whole = str(original.absolute()) if original else None
        written: Written = self._put("mark", path, marks=list(marks), original=whole).result()
        return written

    def close(self) -> None:
        """End all workers now; what they were reading, and what still waits, is cancelled."""
        with self._lock:
            self._closed = True
            hands = list(self._hands)
        for hand in hands:
            hand.stop()
        for _ in hands:
            self._jobs.put((-1, next(self._ticket), None))
        for hand in hands:
            hand.join()
        while not self._jobs.empty():
            _, _, job = self._jobs.get_nowait()
            if job is not None:
                job.future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _put(self, do: Do, path: Path, **details: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise Cancelled("The PDF workers have been closed. Run the command again.")
            self._jobs.put((do == "parse", next(self._ticket), _Job(do, path, future, details)))
            # One more hand only when there are more jobs than hands without one.
            idle = sum(hand.idle for hand in self._hands)
            if idle < self._jobs.qsize() and len(self._hands) < self._most:
                self._hands.append(_Hand(self._jobs, self._limits))
        return future


@dataclass(frozen=True, slots=True)
class _Limits:
    cpu_seconds: int
    memory_bytes: int
    wall_seconds: float
    files: int


class _Hand:
    """One thread of this process that feeds one worker process and waits for its answers."""

    def __init__(self, jobs: queue.PriorityQueue[tuple[int, int, _Job | None]], limits: _Limits) -> None:
        self._jobs = jobs
        self._limits = limits
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._done = 0
        self._stopped = False
        self.idle = True
        self._thread = threading.Thread(target=self._work, name="paperpath-pdf", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Kill the worker; the thread ends when it takes its next job."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def join(self) -> None:
        """Wait for the thread, which no longer waits for anything itself."""
        self._thread.join()

    def _work(self) -> None:
        while True:
            self.idle = True
            _, _, job = self._jobs.get()
            self.idle = False
            if job is None or self._stopped:
                if job is not None:
                    job.future.cancel()
                self._end()
                return
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                result = self._ask(job)
            except BaseException as error:  # noqa: BLE001  whatever happened belongs to the one who waits
                job.future.set_exception(error)
            else:
                job.future.set_result(result)

    def _ask(self, job: _Job) -> Any:
        """The worker's answer to one job."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.wall_seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps(job.details | {"do": job.do, "path": str(job.path.absolute())}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):  # it was dead already
            line = ""
        finally:
            timer.cancel()
        if not line.endswith("\n"):
            raise self._obituary(job.path, process, late=late.is_set())
        self._done += 1
        if self._done >= self._limits.files:
            self._end()
        return _read(job, line)

    def _running(self) -> subprocess.Popen[str]:
        """The worker process, started if there is none."""
        with self._lock:
            if self._stopped:
                raise Cancelled("Reading was stopped. Run the command again.")
            if self._process is None or self._process.poll() is not None:
                self._process = _spawn(self._limits)
                self._done = 0
            return self._process

    def _obituary(self, path: Path, process: subprocess.Popen[str], *, late: bool) -> ParseFailed | Cancelled:
        """Why the worker died over ``path``, in a sentence."""
        self._end()
        if self._stopped:
            return Cancelled(f"Reading {shown(path.name)} was stopped. Run the command again.")
        out_of_time = getattr(signal, "SIGXCPU", None)
        if late:
            return ParseFailed(
                f"{shown(path.name)} took more than {self._limits.wall_seconds:g} seconds and was given up."
            )
        if out_of_time is not None and process.returncode == -out_of_time:
            return ParseFailed(
                f"{shown(path.name)} took more than {self._limits.cpu_seconds} seconds of processor time"
                " and was given up."
            )
        return ParseFailed(
            f"{shown(path.name)} made the PDF reader crash: it is damaged, or needs more memory than a paper may have."
        )

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close(pipe)
            process.wait()


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # a request that was never read is lost with its reader
        return


def _spawn(limits: _Limits) -> subprocess.Popen[str]:
    """A new worker. ``-P`` keeps the working directory off its path; the package is found where this one was."""
    path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "paperpath.pdf.worker", str(limits.memory_bytes), str(limits.cpu_seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
        env=os.environ | {"PYTHONPATH": path},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _read(job: _Job, line: str) -> Any:
    """The answer in ``line`` as a result, or the error that it tells of."""
    answer = json.loads(line)
    if "failed" in answer:
        raise ParseFailed(answer["failed"])
    match job.do:
        case "pages":
            return answer["pages"]
        case "regions":
            return tuple(Region.from_dict(row) for row in answer["regions"])
        case "picture":
            return b64decode(answer["picture"])
        case "view":
            seen = answer["view"]
            return View(seen["width"], seen["height"], b64decode(seen["packed"]), tuple(seen["part"]))
        case "annotations":
            return [Annotation(*row) for row in answer["annotations"]]
        case "mark":
            data = answer["data"]
            return Written(None if data is None else b64decode(data), tuple(answer["missing"]))
        case _:
            return ParsedPaper.from_dict(answer["paper"])
