"""Adding papers by whatever names them: an arXiv id, DOI or address, a PDF, a folder of PDFs, a .bib file, a title.

Each target is a result of its own: one that fails costs the others nothing. The ids of all targets go out in one
call for up to 100 papers, before anything else is done. What is uncertain is decided by ``decide`` (a title with
several answers) or marked with the tag ``to-check`` (a PDF that was known by its title alone).
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from paperpath import ids
from paperpath.errors import BadFile, BadInput, Cancelled, NotAnId, NotFound, PaperpathError, Refused, SourceError
from paperpath.formats import READERS, citekeys
from paperpath.model import Paper, PaperId
from paperpath.sources import Receiving
from paperpath.sources.base import never
from paperpath.workflow import attaching, importing, linked_files
from paperpath.workflow.errands import Errands, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from paperpath.library import Library
    from paperpath.library.rows import MakeKey
    from paperpath.model import ParsedPaper
    from paperpath.pdf.workers import Parsers
    from paperpath.sources import Access, Sources, Stop, Tell

_BATCH = 100


@dataclass(frozen=True, slots=True)
class AddEvent:
    """A step of one target; every target ends with ``added``, ``known``, ``attached`` or ``failed``."""

    target: str
    """As typed; for a folder, each file in it."""
    state: Literal["waiting", "reading", "added", "known", "attached", "failed"]
    keys: tuple[str, ...] = ()
    title: str = ""
    message: str = ""
    error: PaperpathError | None = None
    seconds_to_wait: float = 0.0

    @property
    def key(self) -> str | None:
        """The paper's key, where it is about one."""
        return self.keys[0] if len(self.keys) == 1 else None


@dataclass
class _Run:
    library: Library
    errands: Errands
    decide: Callable[[str, Sequence[Paper]], Paper | None]
    open_until_done: ExitStack
    make_key: MakeKey
    metadata: dict[PaperId, Paper] = field(default_factory=dict)
    refused: SourceError | None = None
    """Why the source was not asked (any more)."""

    @cached_property
    def parsers(self) -> Parsers:
        """One worker for all PDFs, started for the first."""
        from paperpath.pdf.workers import Parsers

        return self.open_until_done.enter_context(Parsers())


def add(
    library: Library,
    targets: Sequence[str],
    access: Access,
    *,
    decide: Callable[[str, Sequence[Paper]], Paper | None],
    make_key: MakeKey = citekeys.make_key,
    stop: Stop = never,
) -> Iterator[AddEvent]:
    """Add what the targets name; PDFs that have to be downloaded are the business of ``fetch``.

    Args:
        library: the library.
        targets: as typed.
        access: how the sources may be spoken to.
        decide: chooses among the papers found for a title.
        make_key: makes the citation keys of papers that come without one.
        stop: asked several times a second.

    Raises:
        Cancelled: ``stop`` said so; what was added stays.
    """
    with ExitStack() as open_until_done:
        errands = open_until_done.enter_context(Errands(access, stop))
        run = _Run(library, errands, decide, open_until_done, make_key)
        yield from _ask_for_all(run, targets)
        for target in targets:
            try:
                yield from _one(run, target)
            except Cancelled:
                raise
            except PaperpathError as error:
                yield AddEvent(target, "failed", message=str(error), error=error)


def _one(run: _Run, target: str) -> Iterator[AddEvent]:
    path = Path(target).expanduser()
    paper_id = _as_id(target)
    if path.is_dir():
        yield from _folder(run, path)
    elif path.is_file() or (paper_id is None and path.suffix.lower() in (".pdf", *READERS)):
        yield from _file(run, target, path)
    elif paper_id is not None:
        yield _identified(run, target, paper_id)
    else:
        yield from _titled(run, target)


# --------------------------------------------------------------------------- ids


def _ask_for_all(run: _Run, targets: Sequence[str]) -> Iterator[AddEvent]:
    """Metadata of all arXiv ids among the targets that the library does not have."""
    asked = [
        paper_id
        for target in targets
        if (paper_id := _as_id(target)) is not None
        and paper_id.scheme == "arxiv"
        and run.library.find(PaperId("arxiv", paper_id.value)) is None
        and not Path(target).is_file()
    ]
    unique = list(dict.fromkeys(asked))
    for start in range(0, len(unique), _BATCH):
        yield from _metadata(run, str(unique[start]), unique[start : start + _BATCH])


def _metadata(run: _Run, target: str, asked: list[PaperId]) -> Iterator[AddEvent]:
    """Ask the source, unless it refused; what it answers is found in ``run.metadata``."""
    if isinstance(run.refused, Refused):
        return
    try:
        run.metadata |= yield from _wait(run, target, partial(_ask, asked, run.errands.stopped))
    except SourceError as error:
        run.refused = error


def _ask(asked: list[PaperId], stop: Stop, sources: Sources, tell: Tell) -> dict[PaperId, Paper]:
    return sources.of(asked[0]).metadata(asked, tell=tell, stop=stop)


def _identified(run: _Run, target: str, paper_id: PaperId) -> AddEvent:
    known = _known(run.library, target, paper_id)
    if known is not None:
        return AddEvent(target, "known", (known,), run.library.get(known).paper.title)
    if paper_id.scheme == "doi":
        raise BadInput(
            f"{paper_id} is not in the library, and there is no source for DOIs. Import its .bib entry from"
            f" https://doi.org/{paper_id.value}, or add its PDF: paperpath add FILE.pdf"
        )
    if paper_id.scheme == "url":
        raise BadInput(f"{target} is not a page of arXiv. Save its PDF and add that: paperpath add FILE.pdf")
    if paper_id not in run.metadata:
        raise run.refused or NotFound(f"arXiv knows no paper {paper_id}. Check the id for typos.")
    return _added(run, target, run.metadata[paper_id])


def _known(library: Library, target: str, paper_id: PaperId) -> str | None:
    if paper_id.scheme != "url":
        return library.find(PaperId(paper_id.scheme, paper_id.value))
    return next((paper.key for paper in library.papers() if paper.url and target in (paper.url, paper.url + "/")), None)


def _added(run: _Run, target: str, paper: Paper) -> AddEvent:
    before = run.library.version()
    one = run.library.add([paper], run.make_key, source="arXiv")[0]
    title = run.library.get(one.key).paper.title
    if one.new:
        return AddEvent(target, "added", (one.key,), title)
    completed = run.library.version() != before
    return AddEvent(target, "known", (one.key,), title, "What it lacked was filled in." if completed else "")


# --------------------------------------------------------------------------- titles


def _titled(run: _Run, target: str) -> Iterator[AddEvent]:
    """Search for a title; an answer with the very same title is taken, anything else is for a person to decide."""
    if isinstance(run.refused, Refused):
        raise run.refused
    try:
        found = yield from _wait(run, target, partial(_search, target, run.errands.stopped))
    except Refused as error:
        run.refused = error
        raise
    chosen = run.decide(target, found) if found else None
    if chosen is None:
        reason = "None of the papers found was chosen" if found else "No paper with such a title was found on arXiv"
        raise NotFound(f"{reason} for “{target}”. Try an arXiv id, a .bib file or the PDF itself.")
    yield _added(run, target, chosen)


def _search(title: str, stop: Stop, sources: Sources, tell: Tell) -> list[Paper]:
    return sources.search(title, tell=tell, stop=stop)


# --------------------------------------------------------------------------- files


def _folder(run: _Run, folder: Path) -> Iterator[AddEvent]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    if not paths:
        raise BadFile(f"There is no PDF in {folder}.")
    for path in paths:
        try:
            yield from _file(run, str(path), path)
        except Cancelled:
            raise
        except PaperpathError as error:
            yield AddEvent(str(path), "failed", message=str(error), error=error)


def _file(run: _Run, target: str, path: Path) -> Iterator[AddEvent]:
    if path.suffix.lower() == ".pdf":
        yield from _pdf(run, target, path)
        return
    result = importing.import_files(run.library, [path], make_key=run.make_key)
    attached = list(linked_files.attach_linked(run.library, result.files.found))
    said = [f"{len(result.added)} new, {len(result.known)} known"]
    said += [f"{sum(one.new for one in attached)} PDFs attached"] if attached else []
    said += [f"{one.path}: {one.error}" for one in attached if one.error]
    said += [f"{problem.severity} on line {problem.line}: {problem.message}" for problem in result.problems]
    yield AddEvent(target, "added" if result.added else "known", result.added or result.known, message="; ".join(said))


def _pdf(run: _Run, target: str, path: Path) -> Iterator[AddEvent]:
    if not path.is_file():
        raise BadFile(f"There is no file {path}.")
    yield AddEvent(target, "reading")
    parsed = run.parsers.submit(path).result()
    identity = attaching.identify(run.library, parsed, path)
    key, new, certain = identity.key, False, identity.certain
    if key is None:
        paper, certain, source = yield from _described(run, target, path, parsed, identity)
        with run.library.change(f"added “{paper.title}” from {path.name}"):
            key, new = run.library.add([paper], run.make_key, source=source)[0]
            if new and not certain:
                run.library.tag([key], add=[attaching.TO_CHECK])
    elif not certain and run.library.get(key).pdf is None:
        run.library.tag([key], add=[attaching.TO_CHECK])
    attached = attaching.attach(run.library, key, path, parsed)
    record = run.library.get(key)
    unsure = "" if certain else "Identified by its title only: please check it (tag to-check)."
    state: Literal["added", "attached", "known"] = "added" if new else "attached" if attached else "known"
    yield AddEvent(target, state, (key,), record.paper.title, unsure if state != "known" else "")


def _described(
    run: _Run, target: str, path: Path, parsed: ParsedPaper, identity: attaching.Identity
) -> Generator[AddEvent, None, tuple[Paper, bool, str]]:
    """Metadata for a PDF that is new to the library, whether it can be relied on, and where it is from."""
    paper_id = identity.paper_id
    if paper_id is not None and paper_id.scheme == "arxiv":
        if paper_id not in run.metadata:
            yield from _metadata(run, target, [paper_id])
        found = run.metadata.get(paper_id)
        if found is not None and (identity.certain or attaching.title_agrees(found, parsed)):
            return found, True, "arXiv"
        if not identity.certain:  # a file's name that nothing confirms
            paper_id = None
    return attaching.from_page(parsed, path, paper_id), False, "PDF"


# --------------------------------------------------------------------------- waiting


def _wait(run: _Run, target: str, errand: Callable[[Sources, Tell], Any]) -> Generator[AddEvent, None, Any]:
    """Run an errand and tell its waits; its result, or its error raised."""
    run.errands.send(target, errand)
    outcome: Any = None
    for message in run.errands.messages():
        if message.over:
            outcome = settled(message)
        elif not isinstance(message.what, Receiving):
            yield AddEvent(target, "waiting", message=message.what.why, seconds_to_wait=message.what.seconds)
    if isinstance(outcome, PaperpathError):
        raise outcome
    return outcome


def _as_id(target: str) -> PaperId | None:
    try:
        return ids.parse_id(target)
    except NotAnId:
        return None
