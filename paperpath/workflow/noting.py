"""Notes on disk: drafted, brought up to date, picked up again after another program wrote into them.

The file is the user's and decides about words; the library keeps a copy of its text, for search and in order to tell
what changed. Status and tags stand in both, so they are compared three ways (file, copy, library): what the file
changed since the copy was made is taken over, anything else that differs is written into the file.

The file is written before the library commits: whoever is killed in between finds a file that is newer than its copy,
which is the ordinary case of an edit, and the next look takes it over. The copy changes outside the history, because
taking back a command must never take back words that were written elsewhere meanwhile; only :func:`append_note`, and
the disappearance of a file, are changes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from paperpath import notes
from paperpath.errors import BadFile, PaperpathError, UnknownPaper
from paperpath.model import STATUSES
from paperpath.workflow.linking import Linker
from paperpath.workflow.texts import lost, read_parsed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from paperpath.library import Library, StoredNote
    from paperpath.model import ParsedPaper, Status

_SHOWN_WORDS = 60
_LENGTH = re.compile(r" \(([0-9]{1,9}) characters\)$")
_LINK = re.compile(r"\]\(([^()\s#]+\.md)(?:#[^()\s]*)?\)")


class Note(NamedTuple):
    """A note that was brought up to date."""

    path: Path
    problems: tuple[str, ...]
    """What had to be left as it was, and why."""


def note_path(library: Library, key: str) -> Path:
    """Where the note of a paper is, or would be: ``notes/<key>.md``, or the file that its user renamed it to."""
    path = library.files.note(key)
    if path.exists() or library.note(key) is None:
        return path
    return renamed_notes(library).get(key, path)


def note_text(library: Library, key: str) -> str:
    """The note as its file says it now; empty where there is none that can be read."""
    return read(note_path(library, key), strict=False) or ""


def ensure_note(library: Library, key: str) -> Path:
    """The note of a paper, drafted if there is none; what other programs wrote into it is picked up.

    Raises:
        UnknownPaper: there is no such paper.
        BadFile: the file is not UTF-8 text.
        DiskFull: no room for it.
    """
    path = note_path(library, key)
    if path.exists():
        _pick_up(library, key, path)
        return path
    return update_note(library, key).path


def update_note(library: Library, key: str, *, parsed: ParsedPaper | None = None, linker: Linker | None = None) -> Note:
    """Draft the note, or bring the blocks of the one that is there up to date.

    Args:
        library: the library.
        key: the paper.
        parsed: its structure, if the caller has it at hand.
        linker: finds references in the library; made here when it is missing.
    """
    path = note_path(library, key)
    if path.exists():
        _pick_up(library, key, path)
    if parsed is None and library.get(key).parsed:
        parsed = read_parsed(library, key)
    text = read(path)
    merged = brought_up_to_date(library, key, text, parsed, linker)
    _keep(library, key, path, merged.text, unless=text)
    return Note(path, merged.problems)


def brought_up_to_date(
    library: Library, key: str, text: str | None, parsed: ParsedPaper | None, linker: Linker | None = None
) -> notes.Merged:
    """What the note would say after :func:`update_note`, if it says ``text`` now; nothing is written."""
    record = library.get(key)
    fresh = notes.draft(
        record.paper,
        parsed,
        status=record.status,
        tags=record.tags,
        owned=(linker or Linker(library)).owned(key, parsed.references) if parsed else (),
        highlights=record.highlights,
        lost=lost(record, parsed) if parsed else (),
    )
    return notes.merge(text, fresh) if text is not None else notes.Merged(fresh.text)


def has_old_head(library: Library, key: str, path: Path) -> bool:
    """Whether the front matter of a note says other metadata than the library does."""
    text = read(path, strict=False)
    if text is None:
        return False
    head = replace(notes.draft(library.get(key).paper), blocks=())
    return notes.merge(text, head).text != text


def wants_draft(library: Library, key: str) -> bool:
    """Whether a paper has never had a note; one that its user deleted is not drafted again by itself."""
    return library.note(key) is None


def append_note(library: Library, key: str, text: str) -> Path:
    """Add the reader's words as a paragraph at the end of the note; one change, which undo takes back.

    Raises:
        BadFile: the file is not UTF-8 text; nothing was changed.
    """
    path = ensure_note(library, key)
    before = read(path) or ""
    after = notes.append(before, text)
    with library.change(appended(key, after[len(before) :])):
        library.files.write(path, after.encode())
        library.set_note(key, after)
    return path


def write_note(library: Library, key: str, text: str) -> Path:
    """Replace the note by what its reader made of it in an editor of ours; status and tags in it are taken over."""
    path = note_path(library, key)
    library.files.write(path, text.encode())
    _pick_up(library, key, path)
    return path


def appended(key: str, tail: str) -> str:
    """How the history calls words that were added: with their length, by which undo knows them again."""
    words = " ".join(tail.split())
    shown = words if len(words) <= _SHOWN_WORDS else words[:_SHOWN_WORDS].rsplit(" ", 1)[0] + " …"
    return f"note on {key}: “{shown}” ({len(tail)} characters)"


def tail_appended(key: str, text: str, what: str) -> str:
    """The end of ``text`` that was added by the change which the history calls ``what``; empty if that is gone."""
    length = _LENGTH.search(what)
    tail = text[-int(length[1]) :] if length and int(length[1]) else ""
    return tail if tail and appended(key, tail) == what else ""


def refresh_notes(library: Library, keys: Iterable[str] | None = None) -> list[str]:
    """Take over what other programs did to notes: words, status, tags, and files that are gone.

    Costs one look at the folder when nothing happened. A file that cannot be read is skipped; ``doctor`` tells it.

    Args:
        library: the library.
        keys: only these papers.

    Returns:
        Keys of the papers whose notes had changed.
    """
    keys = None if keys is None else list(keys)
    places = _places(library, keys)
    changed = []
    for key, path in places.items():
        try:
            if _pick_up(library, key, path):
                changed.append(key)
        except BadFile:
            continue
    wanted = None if keys is None else set(keys)
    for key in [row.key for row in library.rows("has:note") if row.key not in places]:
        stored = library.note(key) if wanted is None or key in wanted else None
        if stored and stored.text and not note_path(library, key).exists():
            library.set_note(key, "", what=f"note on {key}: its file was deleted")
            changed.append(key)
    return changed


def write_marks(library: Library, keys: Iterable[str]) -> None:
    """Write status and tags of these papers into their notes, where they have notes; call it inside the change.

    Broken front matter is left alone: the library has the marks, and ``doctor`` names the note.
    """
    for key in keys:
        path = note_path(library, key)
        text = read(path, strict=False)
        if text is None:
            continue
        record = library.get(key)
        _keep(library, key, path, notes.set_marks(text, record.status, record.tags).text, unless=text)


def problems_of(path: Path) -> tuple[str, ...]:
    """What is wrong with a note's file: its encoding, its front matter, a status that is none."""
    try:
        text = read(path) or ""
    except BadFile as error:
        return (str(error),)
    marks = notes.marks(text)
    if marks.status is not None and marks.status not in STATUSES:
        wrong = f"Its status {marks.status!r} is none of {', '.join(STATUSES)}, so it was not taken over."
        return (*marks.problems, wrong)
    return marks.problems


def named_key(path: Path) -> str | None:
    """The key that a note names in its front matter, whatever its file is called."""
    return notes.named_key(read(path, strict=False) or "")


def name_key(library: Library, key: str, path: Path) -> None:
    """Write the paper's key into its note, which lies at ``path``; a note that cannot be read is left alone."""
    text = read(path, strict=False)
    if text is not None:
        _keep(library, key, path, notes.set_key(text, key).text, unless=text)


def dead_links(library: Library, path: Path) -> list[str]:
    """Links of a note to other notes that lead nowhere; a paper that has no note yet is somewhere."""
    found = dict.fromkeys(_LINK.findall(read(path, strict=False) or ""))
    names = [unquote(link) for link in found if "://" not in link]
    return [name for name in names if not (path.parent / name).exists() and not _is_paper(library, name)]


def _is_paper(library: Library, name: str) -> bool:
    try:
        library.get(name.removesuffix(".md"))
    except UnknownPaper:
        return False
    return True


def _pick_up(library: Library, key: str, path: Path) -> bool:
    """Take over a note as it is on disk; whether there was anything new."""
    stored = library.note(key)
    if stored and stored.mtime_ns and stored.mtime_ns == path.stat().st_mtime_ns:
        return False
    text = read(path)
    if text is None:
        return False
    if stored and stored.text == text:
        with library.quietly():
            library.set_note(key, text)  # the time alone
        return False
    _take_marks(library, key, text, stored)
    record = library.get(key)
    wanted = text
    if (
        stored is None or _known(notes.marks(text).status) is not None
    ):  # a status that we don't know is left to its writer
        wanted = notes.set_marks(text, record.status, record.tags).text
    _keep(library, key, path, wanted, unless=text)
    return True


def _take_marks(library: Library, key: str, text: str, stored: StoredNote | None) -> None:
    """Status and tags that the file changed since its copy was made become the library's, as one change."""
    now = notes.marks(text)
    then = notes.marks(stored.text) if stored and stored.text else notes.Marks()
    record = library.get(key)
    status = _known(now.status)
    had, have = set(then.tags or ()), set(now.tags or ())
    add = have - had - set(record.tags) if now.tags is not None else set()
    remove = (had - have) & set(record.tags) if now.tags is not None and then.tags is not None else set()
    new_status = status if status and now.status != then.status and status != record.status else None
    if then.status is None and new_status == "unread":  # a first draft that was cut short says so of every paper
        new_status = None
    if not (new_status or add or remove):
        return
    with library.change(f"status and tags of {key}, edited in its note"):
        if new_status:
            library.set_status([key], new_status)
        try:
            library.tag([key], add=sorted(add), remove=sorted(remove))
        except PaperpathError:
            return  # a tag that can be none, such as a page of text: it stays in the note alone


def _known(status: str | None) -> Status | None:
    return next((one for one in STATUSES if one == status), None)


def _keep(library: Library, key: str, path: Path, text: str, *, unless: str | None) -> None:
    """Write the note unless the file says that already, and keep the copy.

    Editors save when they like. A file that is no longer what was read is not written over, and what is saved right
    after our own writing is kept too; the next look takes over the rest of either.
    """
    if text != unless:
        if read(path) != unless:
            return
        library.files.write(path, text.encode())
    with library.quietly():
        library.set_note(key, text)
        now = read(path)
        if now is not None and now != text:
            library.set_note(key, now)


def read(path: Path, *, strict: bool = True) -> str | None:
    """The text of a note with its own line ends and byte order mark; None where there is no file.

    Raises:
        BadFile: it is not UTF-8 text (None, unless ``strict``), or cannot be read.
    """
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        if not strict:
            return None
        raise BadFile(
            f"{path} is not UTF-8 text (byte {error.start}), so it was left as it is. Save it as UTF-8."
        ) from error
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror or error}.") from error


def _places(library: Library, keys: Iterable[str] | None) -> dict[str, Path]:
    """Where the notes of these papers are, renamed ones too."""
    if keys is not None:
        return {key: path for key in keys if (path := note_path(library, key)).exists()}
    known = {library.files.note(key).name: key for key in sorted(library.keys())}
    found: dict[str, Path] = {}
    strangers = []
    for path in _files(library):
        if (key := known.get(path.name)) is not None:
            found[key] = path
        else:
            strangers.append(path)
    for path in strangers:
        named = named_key(path)
        if named and named in known.values() and named not in found and library.note(named) is not None:
            found[named] = path
    return found


def renamed_notes(library: Library) -> dict[str, Path]:
    """Notes under other names, by the key in their front matter."""
    usual = {library.files.note(key).name for key in sorted(library.keys())}
    found: dict[str, Path] = {}
    for path in _files(library):
        if path.name not in usual and (key := named_key(path)):
            found.setdefault(key, path)
    return found


def _files(library: Library) -> list[Path]:
    try:
        found = [p for p in library.files.notes.iterdir() if p.suffix == ".md" and not p.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda path: path.name)  # comparing paths themselves is ten times as slow
