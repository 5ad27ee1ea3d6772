"""Making one paper of two that :mod:`~paperpath.workflow.pairing` offers.

:func:`merge` takes the fields in which the other side was preferred. Of everything else both sides are kept. The paper
whose PDF stays goes on under its number, so that its text, index and reading position need not move; the folder of
the other one is set aside as ``papers/KEY%merged``, and both come back with ``undo``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath import notes
from paperpath.errors import BadInput, NothingToUndo
from paperpath.library.plans import Plan, Text
from paperpath.workflow import noting, rekeying
from paperpath.workflow.pairing import PDF, better_pdf
from paperpath.workflow.texts import lost, read_parsed

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from paperpath.library import Library, Undone
    from paperpath.model import Paper, Record
    from paperpath.workflow.pairing import Duplicate


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of two papers."""

    key: str
    gone: str
    """The key that finds it too from now on."""
    lost: int
    """Highlights whose words are not in the text that stays; they are kept."""
    problems: tuple[str, ...]
    """What in the note had to be left as it was, and why."""


def merge(library: Library, duplicate: Duplicate, others: Container[str] = ()) -> Merged:
    """Make one paper of two, as one change.

    Args:
        library: the library.
        duplicate: the two, as :func:`.pairing.duplicates` or :func:`.pairing.named` gave them.
        others: fields, and perhaps :data:`PDF`, in which what was not proposed is to be taken.

    Raises:
        BadInput: one of them was changed meanwhile, or a file is in the way; nothing was changed.
        BadFile: a note is not UTF-8 text; nothing was changed.
        LibraryError: a file could not be moved; nothing was changed.
    """
    if duplicate.proposal is None:
        raise BadInput(f"{duplicate.pair.first.key} and {duplicate.pair.second.key} are not offered as one paper.")
    noting.refresh_notes(library, [duplicate.pair.first.key, duplicate.pair.second.key])
    before = [library.get(paper.key) for paper in (duplicate.pair.first, duplicate.pair.second)]
    if [record.paper for record in before] != [duplicate.pair.first, duplicate.pair.second]:
        raise BadInput("One of the two papers was changed meanwhile. Look at them again; nothing was changed.")
    kept, gone = _kept_first(library, before, duplicate, others)
    paper = duplicate.proposal.taking(others)
    gone_key = gone.key if paper.key != gone.key else kept.key
    old = [_note(library, record.key) for record in (kept, gone)]
    with library.moving() as carry_out, library.change(f"merge {gone_key} into {paper.key}"):
        folders = [library.files.folder(record.paper) for record in (kept, gone)]
        parsed = read_parsed(library, kept.key) if kept.parsed else None
        library.unite(kept.key, gone.key, paper)
        note: notes.Merged | None = None
        if (joined := _joined(library, paper.key, old, gone)) is not None:
            note = noting.brought_up_to_date(library, paper.key, joined, parsed)
            library.set_note(paper.key, note.text)
        plan = _plan(library, paper, folders, old, [kept.key, gone.key], note.text if note else None)
        carry_out(plan, remember=True)
        record = library.get(paper.key)
    rekeying.name_anew(library, {kept.key: paper.key, gone.key: paper.key}, {})
    orphans = lost(record, parsed) if parsed else ()
    return Merged(paper.key, gone_key, len(orphans), note.problems if note else ())


# --------------------------------------------------------------------------- undo and redo


def as_it_is_now(library: Library, undone: Undone) -> Plan:
    """What is to be done to files when a merge is taken back or made again; notes may have been edited since.

    When it is taken back, a note with new words in it stays with the paper that had the PDF, with all its words.

    Raises:
        NothingToUndo: made again, it would lose words that were written since.
    """
    assert undone.files is not None
    home = library.files.home
    texts = []
    for text in undone.files.texts:
        if text.source is None or (now := _read(home / text.source)) == text.before:
            texts.append(text)
        elif undone.change.state == "done":
            raise NothingToUndo(
                f"“{undone.change.what}” no longer applies: a note was edited since. Nothing was touched; merge the two"
                " papers again: paperpath duplicates --merge"
            )
        else:
            texts.append(replace(text, source=None) if now is None else replace(text, before=now, after=now))
    moves = tuple((source, target) for source, target in undone.files.moves if (home / source).exists())
    return Plan(moves, tuple(texts))


def after_turning(library: Library, undone: Undone, plan: Plan) -> None:
    """Bring the library's copies of notes, and links to the papers in other notes, up to date with the files."""
    assert undone.files is not None
    edited = [now for now, then in zip(plan.texts, undone.files.texts, strict=True) if now.after != then.after]
    for text in edited:
        key = next(key for key, (old, _) in undone.notes.items() if old is not None)
        with library.quietly():
            library.set_note(key, text.after)
        if text.target is not None:
            noting.name_key(library, key, library.files.home / text.target)
        noting.write_marks(library, [key])
        noting.update_note(library, key)
    names = {*undone.notes, *undone.renamed, *undone.renamed.values()}
    rekeying.name_anew(library, {key: key for key in names}, {})


# --------------------------------------------------------------------------- steps


def _kept_first(
    library: Library, records: list[Record], duplicate: Duplicate, others: Container[str]
) -> tuple[Record, Record]:
    better, _ = better_pdf(library, records)
    other = records[1] if better is records[0] else records[0]
    return (other, better) if duplicate.pdf and PDF in others else (better, other)


@dataclass(frozen=True, slots=True)
class _Note:
    path: Path
    text: str | None


def _note(library: Library, key: str) -> _Note:
    path = noting.note_path(library, key)
    return _Note(path, noting.read(path))


def _joined(library: Library, key: str, old: list[_Note], gone: Record) -> str | None:
    """The note of the paper ``key`` before its blocks are drafted anew; None where neither of the two had one."""
    ours, theirs = (note.text for note in old)
    if ours is None and theirs is None:
        return None
    heading = f"From the note on {gone.key}"
    text = notes.join(ours or "", theirs or "", heading, notes.drafted_title(gone.paper))
    record = library.get(key)
    return notes.set_marks(notes.set_key(text, key).text, record.status, record.tags).text


def _plan(
    library: Library, paper: Paper, folders: list[Path], old: list[_Note], keys: list[str], note: str | None
) -> Plan:
    """What happens to the files of both; the library has united them already."""
    files = library.files

    def name(path: Path) -> str:
        return str(path.relative_to(files.home))

    moves = []
    ours, theirs = folders
    if theirs.exists():
        moves.append((name(theirs), name(files.aside(keys[1]))))
    if ours.exists() and (place := files.folder(paper, without=theirs)) != ours:
        moves.append((name(ours), name(place)))
    usual = [files.note(key) for key in keys]
    mine, other = old
    if note is None:
        return Plan(tuple(moves))
    renamed = mine.text is not None and mine.path != usual[0]
    target = mine.path if renamed else files.note(paper.key)
    texts = [Text(name(mine.path) if mine.text is not None else None, name(target), mine.text, note)]
    if other.text is not None:  # deleted when the new one is on the disk, unless it stands in its place
        texts.insert(0 if other.path == target else 1, Text(name(other.path), None, other.text, None))
    return Plan(tuple(moves), tuple(texts))


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
