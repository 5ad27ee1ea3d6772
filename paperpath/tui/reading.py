"""What the reader needs of a paper, read and prepared in the desk's thread: nothing of it then delays a key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import PaperpathError
from paperpath.tui import document, links

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import ListEntry, Position, Record, Reference
    from paperpath.study.passes import Pass
    from paperpath.tui.document import Document


class Worth(NamedTuple):
    """The next pass over a paper, and what its guide says is worth reading then."""

    number: int
    """From 1."""
    name: Pass
    blocks: frozenset[int]
    """Headings and captions of the document; none where the guide names none: then all of it is."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper, ready to be read."""

    record: Record
    document: Document
    note: str
    """The reader's own words of the note; our drafts are left out."""
    trouble: str = ""
    """Why a part of it could not be read."""
    links: links.Links = field(default_factory=links.Links)
    references: tuple[Reference, ...] = ()
    """Its bibliography; the reference blocks of the document are these, in order."""
    bookmarks: Mapping[str, Position] = field(default_factory=dict)
    """Letter → place."""
    stamp: tuple[int, int, int] | None = None
    """Which file the text is from; None where there is none."""
    worth: Worth | None = None
    """What the next pass over it is about; None without a guide, without a text, and when all passes are done."""


def gather(library: Library, key: str, key_of: Callable[[str], str] = str, *, before: Opened | None = None) -> Opened:
    """Read a paper, its text and its note.

    Args:
        library: asked in the thread of the caller.
        key: the citation key of the paper.
        key_of: how the key of a binding is written, for what is said where the text is missing.
        before: the paper as it was read before. Its text is taken over while the file is the same: to read a
            260-page book anew takes 0.2 s, and it is asked for after every highlight.

    Raises:
        UnknownPaper: the library has no such paper.
    """
    from paperpath.workflow import parsing

    record = library.get(key)
    note, bookmarks = _note(library, key), library.bookmarks(key)
    stamp = _stamp(library.files.parsed(record.paper))
    if before is not None and stamp is not None and (stamp, record.paper) == (before.stamp, before.record.paper):
        worth = _worth(library, key, before.document)
        return replace(before, record=record, note=note, bookmarks=bookmarks, worth=worth)
    trouble, parsed = "", None
    try:
        parsed = parsing.read_parsed(library, key)
    except PaperpathError as error:
        trouble = str(error)
    shown = (
        document.of_parsed(record, parsed)
        if parsed
        else document.of_abstract(record, _notice(record, key_of), _entry(library, record))
    )
    found = links.find(shown, parsed) if parsed else links.Links()
    references = parsed.references if parsed else ()
    return Opened(record, shown, note, trouble, found, references, bookmarks, stamp, _worth(library, key, shown))


def _worth(library: Library, key: str, shown: Document) -> Worth | None:
    from paperpath.study.passes import PASSES

    guide = library.guide(key) if shown.parsed else None
    if guide is None:
        return None
    done = {one.name for one in library.passes(key)}
    name = next((one for one in PASSES if one not in done), None)
    if name is None:
        return None
    sections = {"skim": guide.skim, "understand": guide.understand, "implement": guide.implement}[name]
    return Worth(PASSES.index(name) + 1, name, shown.named(sections))


def _note(library: Library, key: str) -> str:
    from paperpath.workflow import noting

    try:
        return own_words(noting.note_path(library, key).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _entry(library: Library, record: Record) -> ListEntry | None:
    """What the first reading list that says something about a paper says."""
    for name in record.lists:
        entries = library.reading_list(name).entries
        if said := next((entry for entry in entries if entry.key == record.key and entry.why), None):
            return said
    return None


def _notice(record: Record, key_of: Callable[[str], str]) -> str:
    fetches = key_of("paper.fetch")
    if record.problem:
        return f"{record.problem} Press {fetches} to try again."
    if record.pdf:
        return f"The PDF is here but has not been read yet. Press {fetches} to read it into text."
    if record.paper.arxiv_id:
        return f"Only the abstract is here. Press {fetches} to fetch the paper."
    return (
        f"Only the metadata is here: the paper is not on arXiv. {key_of('reader.open_pdf')} opens its page, and"
        " `paperpath add FILE.pdf` brings your own copy."
    )


def own_words(text: str) -> str:
    """A note without its front matter, our drafts, its title, and the heading that a draft leaves for the reader."""
    from paperpath.notes import blocks, front_matter
    from paperpath.notes.draft import MINE

    body = front_matter.body_start(text)
    parts = []
    at = body
    for found in sorted((f for f in blocks.find(text, body).values() if f), key=lambda f: f.begin):
        parts.append(text[at : found.begin])
        at = found.after
    parts.append(text[at:])
    lines = [line.rstrip() for line in "".join(parts).splitlines()]
    kept: list[str] = []
    for line in lines:
        if line.startswith("# ") or line == MINE:
            continue
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
