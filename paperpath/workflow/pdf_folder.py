"""A folder of PDFs → papers: each is identified by what it says itself; what is uncertain is for a person to decide.

Certain is an id that the first page prints, or that is the file's name, if the title of that id's record is the page's.
Where no record can be had, because there is no network or the id is a DOI, the printed id is believed if a title could
be read. All else is uncertain: a title alone never says which paper a PDF is.

First all PDFs are looked at, then what was chosen is added as one change, then the PDFs are copied. What was read waits
in a temporary folder meanwhile: the texts of a thousand papers are too much to be held at once.
"""

from __future__ import annotations

import json
import re
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from paperpath.errors import BadFile, Cancelled, ParseFailed, SourceError
from paperpath.formats import citekeys
from paperpath.model import Paper, PaperId, ParsedPaper
from paperpath.sources.base import never
from paperpath.workflow import attaching, parsing
from paperpath.workflow.errands import Errands, settled
from paperpath.workflow.linked_files import Attached
from paperpath.workflow.linking import Linker
from paperpath.workflow.texts import letters

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from paperpath.errors import PaperpathError
    from paperpath.library import Library
    from paperpath.library.rows import MakeKey
    from paperpath.sources import Access, Sources, Stop, Tell

_BATCH = 100
_ALIKE = 0.85
"""Share of equal letters above which two titles are one; the parser may miss a subtitle's end or take a footnote mark
for a letter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A PDF that is being read, or a wait for arXiv."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """What one PDF is, as far as it tells."""

    path: Path
    state: Literal["known", "certain", "uncertain", "failed"]
    paper: Paper | None = None
    """What would be added; its title, authors and id are what was read."""
    key: str | None = None
    """The paper of the library that it is, or would be attached to."""
    why: str = ""
    """What makes it uncertain, in half a sentence; or the same as which file it is."""
    error: PaperpathError | None = None
    to_check: bool = False
    """Whether the metadata is the page's alone, so that the paper gets the tag for that."""
    stored: Path | None = None
    """Where the text that was read waits."""


class Folder:
    """The PDFs of a folder on their way in; a context manager, because what was read waits in a temporary folder."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self._paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
        self._open_until_done = ExitStack()
        if not self._paths:
            raise BadFile(f"There is no PDF in {folder}.")

    def __enter__(self) -> Self:
        waiting = tempfile.TemporaryDirectory(prefix="paperpath-", ignore_cleanup_errors=True)
        self._waiting = Path(self._open_until_done.enter_context(waiting))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open_until_done.close()

    def survey(self, access: Access, *, workers: int = 1, stop: Stop = never) -> Iterator[Reading | Found]:
        """Look at every PDF; nothing is changed.

        Raises:
            Cancelled: ``stop`` said so.
        """
        fresh: list[Path] = []
        for path, same in self._by_content():
            if same:
                yield same
            else:
                fresh.append(path)
        read: list[Found | None] = []
        ids: dict[PaperId, None] = {}
        for number, (path, parsed) in enumerate(parsing.parse_files(fresh, workers)):
            if stop():
                raise Cancelled("Stopped. Nothing was changed.")
            yield Reading(path.name, number, len(fresh))
            if isinstance(parsed, ParseFailed):
                yield Found(path, "failed", error=parsed)
                read.append(None)
                continue
            identity = attaching.identify(self._library, parsed, path)
            if identity.key is None and identity.paper_id is not None and identity.paper_id.scheme == "arxiv":
                ids[replace(identity.paper_id, version=None)] = None
            read.append(Found(path, "uncertain", stored=self._keep(number, parsed)))
        records = yield from _records(access, list(ids), stop, len(fresh))
        for one in read:
            if one is not None:
                yield self._judged(one, records)

    def bring(self, chosen: Sequence[Found], *, make_key: MakeKey = citekeys.make_key) -> Iterator[Attached]:
        """Add these papers as one change, then copy their PDFs; a PDF that cannot be attached is a result too."""
        keys = self._added(chosen, make_key)
        linker = Linker(self._library)
        for one, (key, new) in zip(chosen, keys, strict=True):
            assert one.stored is not None
            try:
                attached = attaching.attach(self._library, key, one.path, _parsed(one.stored), linker=linker)
            except BadFile as error:
                yield Attached(key, one.path, new=new, error=error)
                continue
            yield Attached(key, one.path, new=new or attached)

    def _added(self, chosen: Sequence[Found], make_key: MakeKey) -> list[tuple[str, bool]]:
        keys: list[tuple[str, bool]] = []
        count = "1 PDF" if len(chosen) == 1 else f"{len(chosen)} PDFs"
        with self._library.change(f"imported {count} from a folder"):
            for one in chosen:
                if one.key is not None:
                    keys.append((one.key, False))
                    continue
                assert one.paper is not None
                ((key, new),) = self._library.add([one.paper], make_key)
                if new and one.to_check:
                    self._library.tag([key], add=[attaching.TO_CHECK])
                keys.append((key, new))
        return keys

    def _by_content(self) -> Iterator[tuple[Path, Found | None]]:
        """Each PDF, and what it is if the very same file is in the library or came before."""
        known = {record.pdf.sha256: record.key for record in self._library.records("has:pdf") if record.pdf}
        seen: dict[str, Path] = {}
        for path in self._paths:
            try:
                digest = self._library.files.sha256(path)
            except OSError as error:
                reason = BadFile(f"{path} cannot be read: {error.strerror or error}.")
                yield path, Found(path, "failed", error=reason)
                continue
            first = seen.setdefault(digest, path)
            if (key := known.get(digest)) is not None:
                yield path, Found(path, "known", key=key)
            elif first is not path:
                yield path, Found(path, "known", why=f"the same file as {first}")
            else:
                yield path, None

    def _keep(self, number: int, parsed: ParsedPaper) -> Path:
        path = self._waiting / f"{number}.json"
        path.write_text(json.dumps(parsed.to_dict()), encoding="utf-8")
        return path

    def _judged(self, one: Found, records: dict[PaperId, Paper]) -> Found:
        assert one.stored is not None
        parsed = _parsed(one.stored)
        identity = attaching.identify(self._library, parsed, one.path)
        paper_id = replace(identity.paper_id, version=None) if identity.paper_id else None
        record = records.get(paper_id) if paper_id else None
        page = attaching.from_page(parsed, one.path, paper_id if identity.certain else None)
        if identity.key is not None:
            paper = self._library.get(identity.key).paper
            if identity.certain and _agree(paper.title, parsed):
                return replace(one, state="certain", paper=paper, key=identity.key)
            why = "an id says so, but the titles differ" if identity.certain else "the same title and author"
            return replace(one, paper=page, key=identity.key, why=why)
        if record is not None and (_agree(record.title, parsed) if identity.certain else _same(record.title, parsed)):
            return replace(one, state="certain", paper=record)
        if record is not None and identity.certain:
            return replace(one, paper=record, why=f"the page says “{parsed.title}”")
        if identity.certain and parsed.title:
            return replace(one, state="certain", paper=page, to_check=True)
        why = "no id on its first page" if parsed.title else "neither id nor title on its first page"
        return replace(one, paper=page, why=why)


def retitled(one: Found, title: str) -> Found:
    """What a person says it is called; then it is no paper of the library by an older guess."""
    assert one.paper is not None
    return replace(one, paper=replace(one.paper, title=" ".join(title.split())), key=None)


def _parsed(path: Path) -> ParsedPaper:
    return ParsedPaper.from_dict(json.loads(path.read_bytes()))


def _agree(title: str, parsed: ParsedPaper) -> bool:
    """Whether the page does not contradict: its title is the same, or nearly, or could not be read."""
    return not parsed.title or _same(title, parsed)


def _same(title: str, parsed: ParsedPaper) -> bool:
    ours, theirs = letters(re.sub(r"\$[^$]*\$", "", title)), letters(parsed.title or "")
    if not ours or not theirs:
        return False
    return ours == theirs or SequenceMatcher(None, ours[:300], theirs[:300], autojunk=False).ratio() >= _ALIKE


def _records(
    access: Access, ids: list[PaperId], stop: Stop, total: int
) -> Generator[Reading, None, dict[PaperId, Paper]]:
    """Metadata of these arXiv ids, as far as arXiv answers; without a network there is none, which is no error."""
    found: dict[PaperId, Paper] = {}
    if not ids:
        return found
    with Errands(access, stop) as errands:
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            errands.send(batch, partial(_ask, batch, errands.stopped))
            for message in errands.messages():
                if not message.over:
                    yield Reading("asking arXiv", total, total)
                    continue
                answer = settled(message)
                if isinstance(answer, SourceError):
                    return found
                if isinstance(answer, BaseException):
                    raise answer
                found |= answer
    return found


def _ask(asked: list[PaperId], stop: Stop, sources: Sources, tell: Tell) -> dict[PaperId, Paper]:
    return sources.of(asked[0]).metadata(asked, tell=tell, stop=stop)
