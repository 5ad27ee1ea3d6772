"""Attaching a PDF file from anywhere: which paper it is, and how it becomes the library's.

What a PDF says about itself is believed in this order: arXiv's stamp on its first page, a DOI printed there, an arXiv
id as its file's name if the title agrees, the title together with an author. The first two identify a paper; what
rests on a title is marked with the tag ``to-check``, as is a paper made from nothing but the page.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from paperpath import ids
from paperpath.durable import sync_folder, write_error
from paperpath.errors import BadFile, NotAnId, ParseFailed
from paperpath.library.folding import fold, letters
from paperpath.model import Author, Paper, PaperId, StoredPdf
from paperpath.names import parse_name
from paperpath.workflow import noting, parsing

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import ParsedPaper
    from paperpath.workflow.linking import Linker

TO_CHECK = "to-check"
"""Tag of papers that were identified by their title, or made from their first page."""
_CHUNK = 1 << 20


class Identity(NamedTuple):
    """Which paper a PDF is."""

    paper_id: PaperId | None
    """An identifier that the PDF gives."""
    key: str | None
    """The paper of the library; None if it is not there yet."""
    certain: bool
    """Whether an identifier says so."""


def identify(library: Library, parsed: ParsedPaper, path: Path) -> Identity:
    """Which paper the PDF at ``path`` is, as far as it and the library tell."""
    for text in (parsed.arxiv_id, parsed.doi):
        paper_id = _parsed_id(text)
        if paper_id is not None:
            return Identity(paper_id, library.find(replace(paper_id, version=None)), certain=True)
    key = _by_title(library, parsed)
    return Identity(named_by_file(path), key, certain=False)


def named_by_file(path: Path) -> PaperId | None:
    """The arXiv id that is the file's name: ``1706.03762v7.pdf``, ``math_0405482v2.pdf``."""
    stem = re.sub(r"^([a-z-]+(?:\.[A-Z]{2})?)_(\d{7}(?:v\d+)?)$", r"\1/\2", path.stem)
    found = _parsed_id(stem)
    return found if found is not None and found.scheme == "arxiv" else None


def from_page(parsed: ParsedPaper, path: Path, paper_id: PaperId | None) -> Paper:
    """A paper made from what its first page says; the file's name is the last resort for a title."""
    names = [parse_name(author.name) for author in parsed.authors]
    return Paper(
        title=parsed.title or path.stem.replace("_", " "),
        authors=tuple(name for name in names if name.family),
        abstract=parsed.abstract,
        arxiv_id=paper_id.value if paper_id and paper_id.scheme == "arxiv" else None,
        doi=paper_id.value if paper_id and paper_id.scheme == "doi" else None,
    )


def attach(
    library: Library, key: str, path: Path, parsed: ParsedPaper | ParseFailed, *, linker: Linker | None = None
) -> bool:
    """Copy the PDF into the library and keep what was read from it; False if the paper has that very PDF already.

    Args:
        library: the library.
        key: the paper.
        path: where the PDF is now; it stays there.
        parsed: what it says. One that cannot be read is kept all the same, with the reason.
        linker: finds references in the library; who attaches many makes it once.

    Raises:
        BadFile: the paper has another PDF, which is kept; or the file cannot be read.
        DiskFull: no room; nothing was changed.
    """
    record = library.get(key)
    target = library.files.pdf(record.paper)
    if target.is_file():
        same = library.files.sha256(target) == library.files.sha256(path)
        if not same:
            raise BadFile(f"{key} has another PDF already, which was kept: {target}. Remove it to attach {path.name}.")
        if record.pdf is not None and (record.parsed is not None or isinstance(parsed, ParseFailed)):
            return False
        sha256 = library.files.sha256(target)
    else:
        sha256 = _copy(path, target)
    fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    size = target.stat().st_size
    if isinstance(parsed, ParseFailed):
        library.set_pdf(key, StoredPdf(sha256, size, 0, fetched, source=str(path)))
        library.set_problem(key, str(parsed))
        return True
    version = ids.arxiv_id(parsed.arxiv_id).version if parsed.arxiv_id else None
    library.set_pdf(key, StoredPdf(sha256, size, parsed.pages, fetched, version, source=str(path)))
    parsing.keep_parsed(library, key, parsed)
    if noting.wants_draft(library, key) or noting.note_path(library, key).exists():
        noting.update_note(library, key, parsed=parsed, linker=linker)
    return True


def title_agrees(paper: Paper, parsed: ParsedPaper) -> bool:
    """Whether the page says this paper's title."""
    return bool(parsed.title) and letters(paper.title) == letters(parsed.title or "")


def _by_title(library: Library, parsed: ParsedPaper) -> str | None:
    """The one paper with this title and one of these authors; for a title alone there are too many namesakes."""
    if not parsed.title:
        return None
    wanted = letters(parsed.title)
    surnames = {fold(parse_name(author.name).family) for author in parsed.authors}
    candidates = [row.key for row in library.rows() if letters(row.title) == wanted]
    found = [key for key in candidates if surnames & _surnames(library.get(key).paper.authors)]
    return found[0] if len(found) == 1 else None


def _surnames(authors: tuple[Author, ...]) -> set[str]:
    return {fold(author.family) for author in authors}


def _parsed_id(text: str | None) -> PaperId | None:
    try:
        return ids.parse_id(text) if text else None
    except NotAnId:
        return None


def _copy(path: Path, target: Path) -> str:
    """Copy a file so that ``target`` is all of it or nothing; its SHA-256."""
    digest = hashlib.sha256()
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        source = path.open("rb")
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror or error}.") from error
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source, temporary.open("xb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        temporary.unlink(missing_ok=True)
    return digest.hexdigest()
