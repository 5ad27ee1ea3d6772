"""What can be wrong with a library: one check a function, each finding with the repair that is safe, if there is one.

``CHECKS`` is the list, in the order of the report: the database first, then files, then what people wrote.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperpath.errors import ParseFailed
from paperpath.library.files import MERGED
from paperpath.model import StoredPdf
from paperpath.workflow import noting, opening, parsing

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from paperpath.integrity import Severity
    from paperpath.library import Library
    from paperpath.model import Record

_LEFTOVER_SECONDS = 24 * 3600.0
"""Parts of downloads are resumed by the next fetch; a day later they are leftovers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    code: str
    """What kind of thing, for programs: ``pdf-missing``."""
    key: str | None
    """The paper it is about, if it is about one."""
    message: str
    """A sentence: what is wrong, and what to do where it is not mended by itself."""
    repair: Callable[[], None] | None = None
    """Mends it without losing anything; None where that is for a person to do."""
    severity: Severity = "error"
    field: str | None = None
    """Of the metadata, if it is about that."""


def examine(library: Library, codes: Container[str]) -> Iterator[Finding]:
    """The findings of the kinds in ``codes``; what none of them needs is not looked at."""
    for check, finds in CHECKS.items():
        if any(code in codes for code in finds):
            yield from (finding for finding in check(library) if finding.code in codes)


def _database(library: Library) -> Iterator[Finding]:
    for message in library.check():
        repair = library.reindex if "index" in message else None
        yield Finding("index" if repair else "database", None, message, repair)


def _pdfs(library: Library) -> Iterator[Finding]:
    """PDFs against what was recorded of them."""
    for record in library.records():
        path = library.files.pdf(record.paper)
        if record.pdf is None:
            if path.is_file():
                yield Finding(
                    "pdf-unrecorded",
                    record.key,
                    f"{record.key} has a PDF that the library does not know of: {path}.",
                    partial(_adopt, library, record, path),
                )
            continue
        if not path.is_file():
            yield Finding(
                "pdf-missing",
                record.key,
                f"The PDF of {record.key} is gone: {path}. Put it back, or let it be fetched again.",
                partial(library.set_pdf, record.key, None),
            )
        elif (sha256 := library.files.sha256(path)) != record.pdf.sha256:
            yield Finding(
                "pdf-changed",
                record.key,
                f"The PDF of {record.key} is not the one that was kept: {path}. If you changed it yourself (say, with"
                " annotations), it is recorded as it is now; if not, remove it and fetch it again.",
                partial(_record_pdf, library, record, path, sha256),
            )


def _adopt(library: Library, record: Record, path: Path) -> None:
    _record_pdf(library, record, path, library.files.sha256(path))
    _parse(library, record.key)


def _record_pdf(library: Library, record: Record, path: Path, sha256: str) -> None:
    """Take a PDF as it is, if it is one."""
    from paperpath.pdf.workers import Parsers

    with Parsers() as parsers:
        pages = parsers.pages(path)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = record.pdf or StoredPdf(sha256, 0, pages, at, source=str(path))
    library.set_pdf(record.key, replace(known, sha256=sha256, bytes=path.stat().st_size, pages=pages))


def _texts(library: Library) -> Iterator[Finding]:
    """PDFs that were not parsed, or by an older parser, and texts that were lost."""
    version = parsing.parser_version()
    for record in library.records("has:pdf"):
        if not library.files.pdf(record.paper).is_file():
            continue
        again = partial(_parse, library, record.key)
        if record.parsed is None:
            reason = f" ({record.problem})" if record.problem else ""
            yield Finding("not-parsed", record.key, f"The PDF of {record.key} has not been read yet{reason}.", again)
        elif record.parsed != version:
            message = f"The text of {record.key} was made by an older parser ({record.parsed}, now {version})."
            yield Finding("old-parse", record.key, message, again)
        elif parsing.read_parsed(library, record.key) is None or not library.files.text(record.paper).is_file():
            yield Finding("text-missing", record.key, f"The text of {record.key} is gone or damaged.", again)


def _parse(library: Library, key: str) -> None:
    for result in parsing.reparse(library, [key]):
        if result.error is not None:
            raise ParseFailed(str(result.error))


def _problems(library: Library) -> Iterator[Finding]:
    """What the last fetch of papers without a PDF ended with."""
    for row in library.rows():
        if row.problem and not row.has_pdf:
            message = (
                f"{row.key} could not be fetched: {row.problem.rstrip('.')}. `paperpath fetch {row.key}` tries again."
            )
            yield Finding("fetch-failed", row.key, message)


def _strays(library: Library) -> Iterator[Finding]:
    """Folders that belong to no paper, and leftovers of runs that were interrupted."""
    files = library.files
    owned = {files.folder(paper).name for paper in library.papers()}
    folders = [path for path in _entries(files.papers) if path.is_dir()]
    for path in (path for folder in (files.home, files.notes, *folders) for path in _entries(folder)):
        if path.is_file() and _is_leftover(path):
            yield Finding("leftover", None, f"{path} is left over from an interrupted run.", partial(_remove, path))
    for folder in folders:
        if folder.name in owned:
            continue
        if re.search(rf"{MERGED}\d*$", folder.name):
            message = (
                f"{folder} has the PDF of a paper that was merged into another; `paperpath undo` would bring it back."
                " If you are sure of the merge, delete the folder."
            )
            yield Finding("merged-folder", None, message, severity="hint")
        elif not _entries(folder):
            yield Finding("empty-folder", None, f"{folder} is empty.", folder.rmdir)
        else:
            message = (
                f"{folder} belongs to no paper of the library. If you removed the paper for good, delete the folder;"
                " `paperpath undo` would bring the paper back with it."
            )
            yield Finding("stray-folder", None, message)


def _is_leftover(path: Path) -> bool:
    temporary = path.suffix == ".tmp" or ".part" in path.name
    return temporary and time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _notes(library: Library) -> Iterator[Finding]:
    """Notes without papers, papers whose note is lost, and notes that cannot be read."""
    keys = library.keys()
    by_name = {library.files.note(key).name: key for key in keys}
    for path in _entries(library.files.notes):
        if path.suffix != ".md" or path.name.startswith("."):
            continue
        key = by_name.get(path.name) or noting.named_key(path)
        if key not in keys:
            message = f"{path} is a note on no paper of the library. It is yours: keep it, or delete it."
            yield Finding("stray-note", None, message)
            continue
        problems = noting.problems_of(path)
        for problem in problems:
            yield Finding("note-unreadable", key, f"{path.name}: {problem}")
        if problems:
            continue
        if noting.has_old_head(library, key, path):
            message = f"The head of {path.name} says other metadata than the library."
            yield Finding("note-outdated", key, message, partial(_draft, library, key), severity="warning")
        for link in noting.dead_links(library, path):
            message = f"{path.name} links to {link}, which is neither a file there nor a paper."
            yield Finding("note-link", key, message, severity="hint")
    for row in library.rows():
        stored = library.note(row.key)
        if stored is None and row.has_pdf:
            yield Finding("note-undrafted", row.key, f"{row.key} has no note yet.", partial(_draft, library, row.key))
        elif stored is not None and stored.text and not noting.note_path(library, row.key).exists():
            message = f"The note on {row.key} is gone from {library.files.notes}; the library still has its text."
            yield Finding("note-missing", row.key, message, partial(_rewrite, library, row.key, stored.text))


def _draft(library: Library, key: str) -> None:
    noting.update_note(library, key)


def _rewrite(library: Library, key: str, text: str) -> None:
    library.files.write(library.files.note(key), text)
    with library.quietly():
        library.set_note(key, text)


def _attached(library: Library) -> Iterator[Finding]:
    """Files that another reference manager had attached, where an entry still names them."""
    for paper in library.papers():
        named = dict(paper.extra).get("file", "")
        paths = [path for part in re.split(r"(?<!\\);", named) for path in part.replace("\\;", ";").split(":")]
        absolute = [Path(path.strip()) for path in paths if path.strip() and Path(path.strip()).is_absolute()]
        for path in absolute:
            if not path.exists():
                message = f"The entry {paper.key} names a file that is not there: {path}."
                yield Finding("file-missing", paper.key, message, severity="hint", field="file")


def _lists(library: Library) -> Iterator[Finding]:
    """Reading lists and guides that could not be taken in."""
    for problem in opening.list_problems(library):
        what = "reading list" if problem.what == "list" else problem.what
        yield Finding("reading-list", None, f"The {what} {problem.path} was not taken in. {problem.message}")


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


CHECKS: dict[Callable[[Library], Iterator[Finding]], tuple[str, ...]] = {
    _database: ("index", "database"),
    _pdfs: ("pdf-unrecorded", "pdf-missing", "pdf-changed"),
    _texts: ("not-parsed", "old-parse", "text-missing"),
    _problems: ("fetch-failed",),
    _strays: ("leftover", "merged-folder", "empty-folder", "stray-folder"),
    _notes: ("stray-note", "note-unreadable", "note-outdated", "note-link", "note-undrafted", "note-missing"),
    _attached: ("file-missing",),
    _lists: ("reading-list",),
}
"""In the order of the report, each with the codes of what it finds."""
CODES = tuple(code for codes in CHECKS.values() for code in codes)
"""Every code."""
