"""The papers of a fetch on their way: what is known of each, and the events that tell of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from paperpath.sources import Receiving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperpath.errors import PaperpathError
    from paperpath.model import Paper, PaperId, StoredPdf
    from paperpath.sources import Progress
    from paperpath.workflow.targets import Wanted

State = Literal["queued", "waiting", "downloading", "parsing", "fetched", "cached", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class FetchEvent:
    """A step of one paper. The last one of each paper is ``fetched``, ``cached`` or ``failed``; ``waiting`` with an
    error, when the source refuses or cannot be reached and the paper was not tried; ``stopped`` when the user
    did, or did not want that paper any more."""

    id: str
    """The arXiv id without version; for papers that are not on arXiv the DOI, URL or key; for nonsense the text."""
    key: str | None
    """None as long as the library does not have it."""
    title: str
    state: State
    received: int = 0
    total: int | None = None
    seconds_to_wait: float = 0.0
    message: str = ""
    error: PaperpathError | None = None
    sha256: str | None = None
    pages: int | None = None
    seconds: float = 0.0
    """From its first request to its end."""

    @property
    def final(self) -> bool:
        """Whether this is the last word about the paper in this run."""
        return self.state in ("fetched", "cached", "failed", "stopped") or (
            self.state == "waiting" and bool(self.error)
        )


@dataclass
class Task:
    """One paper on its way."""

    wanted: Wanted
    title: str = ""
    pdf: StoredPdf | None = None
    began: float | None = None
    received: tuple[int, int | None] = (0, None)
    left_out: bool = False
    """Whether it is not wanted any more."""

    @property
    def key(self) -> str:
        """The citation key, once the library has the paper."""
        if self.wanted.key is None:
            raise AssertionError(f"{self.wanted.text} was worked on before the library had it")
        return self.wanted.key

    @property
    def paper_id(self) -> PaperId:
        """The arXiv id of a paper that is fetched."""
        if self.wanted.paper_id is None:
            raise AssertionError(f"{self.wanted.text} was sent for without an arXiv id")
        return self.wanted.paper_id

    def event(self, state: State, **more: Any) -> FetchEvent:
        """A step of this paper."""
        seconds = round(time.monotonic() - self.began, 3) if self.began is not None else 0.0
        sha256, pages = (self.pdf.sha256, self.pdf.pages) if self.pdf else (None, None)
        return FetchEvent(
            self.wanted.text, self.wanted.key, self.title, state, sha256=sha256, pages=pages, seconds=seconds, **more
        )


@dataclass
class Batch:
    """Papers whose metadata is asked for in one call."""

    tasks: list[Task]


def told(job: Task | Batch, progress: Progress) -> Iterator[FetchEvent]:
    """What a source tells, as a step of the paper; a call for many papers is told by the first of them."""
    task = job.tasks[0] if isinstance(job, Batch) else job
    if isinstance(progress, Receiving):
        if isinstance(job, Task):
            task.received = (progress.received, progress.total)
            yield task.event("downloading", received=progress.received, total=progress.total)
    else:
        received, total = task.received
        yield task.event(
            "waiting", seconds_to_wait=progress.seconds, message=progress.why, received=received, total=total
        )


def other_version(asked: PaperId | None, pdf: StoredPdf | None, path: Path) -> str:
    """What to say of a paper that is there, at ``path``, in another version than was asked for; nothing if not."""
    if asked is None or pdf is None or asked.version is None or asked.version == pdf.version:
        return ""
    have = f"version {pdf.version}" if pdf.version else "another version"
    return (
        f"The library has {have}, not version {asked.version}; a PDF that is there is not replaced. Remove {path} to"
        " fetch the other; notes and highlights stay."
    )


def not_on_arxiv(paper: Paper) -> str:
    """What to say of a paper that cannot be fetched."""
    where = f"Open {paper.web_page} and" if paper.web_page else "Look for it and"
    return f"{paper.key} is not on arXiv. {where} attach the PDF with: paperpath add FILE.pdf"
