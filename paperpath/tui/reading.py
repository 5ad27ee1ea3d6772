"""What the reader needs of a paper, read and prepared in the desk's thread: nothing of it then delays a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.errors import PaperpathError
from paperpath.tui import document

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.model import ListEntry, Record
    from paperpath.tui.document import Document


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper, ready to be read."""

    record: Record
    document: Document
    note: str
    """The reader's own words of the note; our drafts are left out."""
    trouble: str = ""
    """Why a part of it could not be read."""


def gather(library: Library, key: str) -> Opened:
    """Read a paper, its text and its note.

    Raises:
        UnknownPaper: the library has no such paper.
    """
    from paperpath.workflow import noting, parsing

    record = library.get(key)
    trouble, parsed = "", None
    try:
        parsed = parsing.read_parsed(library, key)
    except PaperpathError as error:
        trouble = str(error)
    shown = (
        document.of_parsed(record, parsed)
        if parsed
        else document.of_abstract(record, _notice(record), _entry(library, record))
    )
    path = noting.note_path(library, key)
    try:
        note = own_words(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        note = ""
    return Opened(record, shown, note, trouble)


def _entry(library: Library, record: Record) -> ListEntry | None:
    """What the first reading list that holds it says about a paper."""
    for name in record.lists:
        return next((entry for entry in library.reading_list(name).entries if entry.key == record.key), None)
    return None


def _notice(record: Record) -> str:
    if record.problem:
        return f"{record.problem} Press f to try again."
    if record.pdf:
        return "The PDF is here but has not been read yet. Press f to read it into text."
    if record.paper.arxiv_id:
        return "Only the abstract is here. Press f to fetch the paper."
    return (
        "Only the metadata is here: the paper is not on arXiv. p opens its page, and `paperpath add FILE.pdf` brings"
        " your own copy."
    )


def own_words(text: str) -> str:
    """A note without its front matter, our drafts and its title."""
    from paperpath.notes import blocks, front_matter

    body = front_matter.body_start(text)
    parts = []
    at = body
    for found in sorted((f for f in blocks.find(text, body).values() if f), key=lambda f: f.begin):
        parts.append(text[at : found.begin])
        at = found.after
    parts.append(text[at:])
    lines = [line.rstrip() for line in "".join(parts).splitlines() if not line.startswith("# ")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
