"""Fetching: PDFs from the sources into the library, read, indexed and noted; stopped and killed at any moment.

One paper goes: metadata (one call for up to 100 papers) → PDF, published under its name by the source → recorded →
parsed in a worker, while the next download waits for its turn → text, structure and index → note. What the next run
finds decides what it does, never what this run meant to do:

* a PDF under its name that the library does not know was published by a run that was killed: it is checked and
  adopted without a request;
* a PDF without a text by this parser is parsed; a paper that never had a note gets one;
* a PDF is never fetched again, and what is complete costs no request at all.

A PDF that cannot be read is kept: the paper counts as fetched, its event carries the error, the library the problem.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from paperpath.errors import (
    BadInput,
    Cancelled,
    LibraryError,
    NotFound,
    PaperpathError,
    ParseFailed,
    Refused,
    Unreachable,
)
from paperpath.formats import citekeys
from paperpath.model import ParsedPaper, StoredPdf
from paperpath.sources.base import never
from paperpath.workflow import noting, parsing
from paperpath.workflow.errands import Errands, Message, settled
from paperpath.workflow.fetch_tasks import Batch, FetchEvent, State, Task, not_on_arxiv, other_version, told
from paperpath.workflow.linking import Linker
from paperpath.workflow.targets import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.library.rows import MakeKey
    from paperpath.model import Paper, PaperId, Record
    from paperpath.pdf.workers import Parsers
    from paperpath.sources import Access, Check, Sources, Stop, Tell

    Skip = Callable[[str], bool]

__all__ = ["FetchEvent", "State", "fetch"]

BATCH = 100
"""Papers in one call for metadata; as many as arXiv answers at once."""
GIVE_UP_AFTER = 3
"""Papers in a row that could not be reached before the rest is left for another day; each one has tried for minutes."""


@dataclass
class _Run:
    """One call of :func:`fetch`."""

    library: Library
    errands: Errands
    parsers: Parsers
    make_key: MakeKey
    open: dict[int, Task] = field(default_factory=dict)
    batches: deque[Batch] = field(default_factory=deque)
    downloads: deque[Task] = field(default_factory=deque)
    unreachable: int = 0
    skip: Skip = lambda _name: False
    linker: Linker | None = None


def fetch(
    library: Library,
    targets: Sequence[str],
    access: Access,
    *,
    workers: int = 1,
    make_key: MakeKey = citekeys.make_key,
    stop: Stop = never,
    skip: Skip = lambda _name: False,
) -> Iterator[FetchEvent]:
    """Bring papers into the library; each paper is told from ``queued`` to its end.

    Args:
        library: the library; it is used in the caller's thread alone.
        targets: names of reading lists, citation keys, arXiv ids or addresses.
        access: how the sources may be spoken to.
        workers: processes that parse.
        make_key: makes the citation keys of papers that are new.
        stop: asked several times a second.
        skip: whether the paper with that id or key is not wanted any more; asked before anything is sent for it, and
            while its PDF comes in. What has come of it is kept, and it ends as ``stopped``.

    Raises:
        Cancelled: ``stop`` said so, after a last event for each open paper; running it again goes on.
    """
    tasks = [Task(wanted) for wanted in resolve(library, targets)]
    work = []
    for task in tasks:
        done = _without_work(library, task)
        if done is None:
            work.append(task)
        yield done or task.event("queued")
    if not work:
        return
    from paperpath.pdf.workers import Parsers

    with Errands(access, stop) as errands, Parsers(workers) as parsers:  # left in reverse: what is read, then the rest
        run = _Run(library, errands, parsers, make_key, {id(task): task for task in work}, skip=skip)
        try:
            yield from _work(run, work)
        except Cancelled:
            yield from [task.event("stopped") for task in run.open.values()]
            raise


def _without_work(library: Library, task: Task) -> FetchEvent | None:
    """The last event of a paper for which nothing is to be done, or nothing can be."""
    wanted = task.wanted
    if wanted.error is not None:
        return task.event("failed", error=wanted.error, message=str(wanted.error))
    if wanted.key is None:
        return None
    record = library.get(wanted.key)
    task.title = record.paper.title
    if _has_pdf(library, record):
        task.pdf = record.pdf
        if _has_text(library, record) and not noting.wants_draft(library, wanted.key):
            there = library.files.pdf(record.paper)
            return task.event("cached", message=other_version(wanted.paper_id, record.pdf, there))
        if record.problem is not None and not wanted.by_name:  # a PDF that defeats the parser costs 30 s at every run
            return task.event("cached", message=record.problem)
    elif wanted.paper_id is None:
        error = BadInput(not_on_arxiv(record.paper))
        return task.event("failed", error=error, message=str(error))
    return None


def _work(run: _Run, tasks: list[Task]) -> Iterator[FetchEvent]:
    """Metadata for those that lack it, then download after download, with parses in between."""
    without_metadata = []
    for task in tasks:
        record = run.library.get(task.wanted.key) if task.wanted.key else None
        if record is not None and _has_pdf(run.library, record):
            yield from _parse(run, task)
        elif record is None or (record.paper.updated is None and not run.library.files.pdf(record.paper).is_file()):
            without_metadata.append(task)
        else:
            run.downloads.append(task)
    starts = range(0, len(without_metadata), BATCH)
    run.batches.extend(Batch(without_metadata[start : start + BATCH]) for start in starts)
    yield from _next(run)
    for message in run.errands.messages():
        job = message.job
        if not message.over:
            yield from told(job, message.what)
        elif isinstance(job, Batch):
            yield from _metadata_came(run, job, settled(message))
        elif isinstance(message.what, StoredPdf):
            yield from _pdf_came(run, job, message.what)
        else:
            yield from _settle(run, job, message)


def _next(run: _Run) -> Iterator[FetchEvent]:
    """Send the next errand: one at a time, so that nothing is asked after a refusal.

    PDFs come after the last call for metadata, so that then every paper is in the library at least.
    """
    while run.batches:
        batch = run.batches.popleft()
        yield from [_skipped(run, task) for task in batch.tasks if _unwanted(run, task)]
        batch.tasks = [task for task in batch.tasks if id(task) in run.open]
        if batch.tasks:
            run.errands.send(batch, partial(_ask, batch, run.errands.stopped))
            return
    while run.downloads:
        task = run.downloads.popleft()
        if _unwanted(run, task):
            yield _skipped(run, task)
            continue
        target = run.library.files.pdf(run.library.get(task.key).paper)
        run.errands.send(task, partial(_download, task, target, run.parsers.pages, partial(_ended, run, task)))
        return


def _unwanted(run: _Run, task: Task) -> bool:
    """Whether it is to be left out; once it was said to be, it stays so."""
    key = task.wanted.key
    task.left_out = task.left_out or run.skip(task.wanted.text) or (key is not None and run.skip(key))
    return task.left_out


def _ended(run: _Run, task: Task) -> bool:
    """Whether a download is to stop: everything is, or the paper is not wanted any more."""
    return run.errands.stopped() or _unwanted(run, task)


def _skipped(run: _Run, task: Task) -> FetchEvent:
    del run.open[id(task)]
    return task.event("stopped")


def _settle(run: _Run, task: Task, message: Message) -> Iterator[FetchEvent]:
    """A parse is over, or a download failed."""
    outcome = settled(message)
    if isinstance(outcome, ParsedPaper):
        yield _parsed(run, task, outcome)
    elif task.pdf is not None:
        yield _not_parsed(run, task, outcome)
    else:
        yield from _download_failed(run, task, outcome)


# --------------------------------------------------------------------------- metadata


def _ask(batch: Batch, stop: Stop, sources: Sources, tell: Tell) -> dict[PaperId, Paper]:
    asked = [task.paper_id for task in batch.tasks]
    return sources.of(asked[0]).metadata(asked, tell=tell, stop=stop)


def _metadata_came(run: _Run, batch: Batch, outcome: dict[PaperId, Paper] | PaperpathError) -> Iterator[FetchEvent]:
    """Record what is known now; a paper that the library has goes on even without, a new one cannot."""
    if isinstance(outcome, (Refused, Cancelled)):
        yield from _give_up(run, outcome)
        return
    if isinstance(outcome, LibraryError):
        raise outcome
    found = {} if isinstance(outcome, PaperpathError) else outcome
    _add(run, batch, found)
    for task in batch.tasks:
        if task.wanted.key is not None:
            yield from _queue(run, task)
        elif isinstance(outcome, PaperpathError):
            yield _failed(run, task, outcome)
        else:
            yield _failed(run, task, NotFound(f"arXiv knows no paper {task.paper_id}. Check the id for typos."))
    yield from _next(run)


def _queue(run: _Run, task: Task) -> Iterator[FetchEvent]:
    """The paper is in the library now; it may turn out to be one whose PDF was there, under its DOI."""
    done = _without_work(run.library, task)
    if done is not None:
        del run.open[id(task)]
        yield done
    elif task.pdf is not None:
        yield from _parse(run, task)
    else:
        run.downloads.append(task)


def _add(run: _Run, batch: Batch, found: dict[PaperId, Paper]) -> None:
    """Add new papers, as one change of the user's; complete known ones, whose own fields win, as nobody's."""
    pairs = [(task, found[task.paper_id]) for task in batch.tasks if task.paper_id in found]
    known = [paper for task, paper in pairs if task.wanted.key is not None]
    new = [(task, paper) for task, paper in pairs if task.wanted.key is None]
    if known:
        with run.library.quietly():
            run.library.add(known, run.make_key, source="arXiv")
    if new:
        papers = [paper for _, paper in new]
        for (task, _), added in zip(new, run.library.add(papers, run.make_key, source="arXiv"), strict=True):
            task.wanted.key = added.key


# --------------------------------------------------------------------------- PDFs


def _download(task: Task, target: Path, check: Check, stop: Stop, sources: Sources, tell: Tell) -> StoredPdf:
    task.began = time.monotonic()
    return sources.of(task.paper_id).pdf(task.paper_id, target, tell=tell, stop=stop, check=check)


def _pdf_came(run: _Run, task: Task, pdf: StoredPdf) -> Iterator[FetchEvent]:
    run.unreachable = 0
    task.pdf = pdf
    run.library.set_pdf(task.key, pdf)
    yield from _next(run)
    yield from _parse(run, task)


def _download_failed(run: _Run, task: Task, error: PaperpathError) -> Iterator[FetchEvent]:
    if isinstance(error, Cancelled) and task.left_out and not run.errands.stopped():
        yield _skipped(run, task)
        yield from _next(run)
        return
    run.unreachable = run.unreachable + 1 if isinstance(error, Unreachable) else 0
    if isinstance(error, (Refused, Cancelled)):
        yield from _give_up(run, error)
        return
    if isinstance(error, LibraryError):  # no room, or a folder that cannot be written: the others would fare the same
        raise error
    yield _failed(run, task, error)
    if run.unreachable >= GIVE_UP_AFTER:
        yield from _give_up(run, error)
        return
    yield from _next(run)


def _failed(run: _Run, task: Task, error: PaperpathError) -> FetchEvent:
    del run.open[id(task)]
    if task.wanted.key is not None:
        run.library.set_problem(task.wanted.key, str(error))
    return task.event("failed", error=error, message=str(error))


def _give_up(run: _Run, error: PaperpathError) -> Iterator[FetchEvent]:
    """Ask for nothing more; what has been asked for but not come stays as it is, parses go on to their ends."""
    if isinstance(error, Cancelled):
        raise error
    run.batches.clear()
    run.downloads.clear()
    for task in [task for task in run.open.values() if task.pdf is None]:
        del run.open[id(task)]
        yield task.event("waiting", error=error, message=str(error))


# --------------------------------------------------------------------------- parsing


def _parse(run: _Run, task: Task) -> Iterator[FetchEvent]:
    """Hand the PDF to a worker, unless a text by this parser is there and only the note is missing."""
    task.began = task.began or time.monotonic()
    record = run.library.get(task.key)
    if _has_text(run.library, record) and (parsed := parsing.read_parsed(run.library, task.key)) is not None:
        yield _noted(run, task, parsed)
        return
    yield task.event("parsing")
    run.errands.expect(task, run.parsers.submit(run.library.files.pdf(record.paper)))


def _parsed(run: _Run, task: Task, parsed: ParsedPaper) -> FetchEvent:
    parsing.keep_parsed(run.library, task.key, parsed)
    return _noted(run, task, parsed)


def _not_parsed(run: _Run, task: Task, error: PaperpathError) -> FetchEvent:
    """The PDF stays, and the note is drafted from the metadata."""
    if not isinstance(error, ParseFailed):
        raise error
    event = _noted(run, task, None, error)
    run.library.set_problem(task.key, str(error))  # last: it says that nothing more is to be done for this paper
    return event


def _noted(run: _Run, task: Task, parsed: ParsedPaper | None, error: ParseFailed | None = None) -> FetchEvent:
    """The last step: the note. A paper whose note was deleted keeps none."""
    key = task.key
    problems: tuple[str, ...] = ()
    if noting.wants_draft(run.library, key) or noting.note_path(run.library, key).exists():
        run.linker = run.linker or Linker(run.library)
        try:
            problems = noting.update_note(run.library, key, parsed=parsed, linker=run.linker).problems
        except BadInput as unreadable:  # the user's file: it stays, and so does the paper
            problems = (str(unreadable),)
    del run.open[id(task)]
    return task.event("fetched", error=error, message=str(error or "") or " ".join(problems))


def _has_pdf(library: Library, record: Record) -> bool:
    """Whether the PDF that was recorded is there; its bytes are checked by ``doctor``, not at every fetch."""
    return record.pdf is not None and library.files.pdf(record.paper).is_file()


def _has_text(library: Library, record: Record) -> bool:
    """Whether this parser's text is there."""
    files = library.files
    return record.parsed == parsing.parser_version() and all(
        path.is_file() for path in (files.parsed(record.paper), files.text(record.paper))
    )
