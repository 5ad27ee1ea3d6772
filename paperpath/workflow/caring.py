"""Caring for the library: looking it and its metadata over and mending it, taking changes back, copies for bad days.

``doctor`` mends only what can be had again or loses nothing: leftovers of interrupted runs, texts, the index, records
of files. It never deletes a PDF or a note, because a paper that was removed comes back with ``undo`` and wants its
files then.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from paperpath import integrity
from paperpath.durable import require_folder
from paperpath.errors import BadInput, LibraryError, NothingToUndo, PaperpathError
from paperpath.library import Library
from paperpath.library.plans import Plan
from paperpath.notes.imported import is_untouched
from paperpath.workflow import examining, merging, metadata, noting, opening, rekeying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from paperpath.integrity import Severity
    from paperpath.library import Undone
    from paperpath.model import Change
    from paperpath.workflow.examining import Finding


@dataclass(frozen=True, slots=True)
class Treated:
    """A finding of :func:`doctor`, and what became of it."""

    finding: Finding
    fixed: bool
    trouble: str = ""
    """Why the repair failed."""

    @property
    def code(self) -> str:
        """What kind of thing it is, for programs: ``pdf-missing``."""
        return self.finding.code

    @property
    def key(self) -> str | None:
        """The paper it is about, if it is about one."""
        return self.finding.key

    @property
    def message(self) -> str:
        """A sentence: what is wrong and what to do."""
        return self.finding.message

    @property
    def severity(self) -> Severity:
        """``error``, ``warning`` or ``hint``."""
        return self.finding.severity

    @property
    def field(self) -> str | None:
        """The field of the metadata, if it is about one."""
        return self.finding.field

    @property
    def fixable(self) -> bool:
        """Whether ``doctor`` can mend it."""
        return self.finding.repair is not None


GROUPS: dict[str, tuple[str, ...]] = {"files": examining.CODES, "metadata": tuple(integrity.CODES)}
"""What :func:`doctor` looks at: files and database, and the metadata of papers; each with the codes of its findings."""


def doctor(library: Library, fix: bool = False, checks: Sequence[str] = ()) -> list[Treated]:
    """Everything that is wrong with the library; with ``fix``, what can be mended without a person is.

    Reads every PDF to compare its SHA-256, so a big library takes a while. Each kind of thing that is mended in the
    metadata of papers is one change, which :func:`undo` takes back; the rest are facts, which would only be found
    again.

    Args:
        library: the library.
        fix: whether to mend.
        checks: codes of findings, or names of :data:`GROUPS`; all of them if there is none.

    Raises:
        BadInput: there is no such check.
    """
    codes = _codes(checks)
    treated = [_treat(found) if fix else Treated(found, fixed=False) for found in examining.examine(library, codes)]
    found = metadata.findings(library, codes)
    troubles = metadata.mend(library, found) if fix else {}
    for one in found:
        repair = partial(library.update, one.paper) if one.paper else None
        finding = examining.Finding(one.code, one.key, f"{one.key}: {one.message}", repair, one.severity, one.field)
        trouble = troubles.get(one.key, "") if one.paper else ""
        treated.append(Treated(finding, fix and one.paper is not None and not trouble, trouble))
    return treated


def _codes(checks: Sequence[str]) -> frozenset[str]:
    every = {code for codes in GROUPS.values() for code in codes}
    wanted: set[str] = set()
    for name in checks or tuple(GROUPS):
        if name not in GROUPS and name not in every:
            near = difflib.get_close_matches(name, [*GROUPS, *sorted(every)], n=3)
            known = (
                f"Did you mean {', '.join(near)}?"
                if near
                else f"The checks are {', '.join([*GROUPS, *sorted(every)])}."
            )
            raise BadInput(f"There is no check {name!r}. {known}")
        wanted.update(GROUPS.get(name, (name,)))
    return frozenset(wanted)


def _treat(finding: Finding) -> Treated:
    if finding.repair is None:
        return Treated(finding, fixed=False)
    try:
        finding.repair()
    except PaperpathError as error:
        return Treated(finding, fixed=False, trouble=str(error))
    return Treated(finding, fixed=True)


# --------------------------------------------------------------------------- undo


def undo(library: Library) -> Change:
    """Take the last change back, in the notes too.

    Raises:
        NothingToUndo: there is none, or a note was edited since by another program; nothing was touched.
    """
    return _turn(library, library.undo)


def redo(library: Library) -> Change:
    """Make the last change that was taken back again; see :func:`undo`."""
    return _turn(library, library.redo)


def history(library: Library, limit: int = 50) -> list[Change]:
    """The last changes, newest first."""
    return library.history(limit)


def _turn(library: Library, turn: Callable[[Callable[[Undone], None]], Undone]) -> Change:
    """Turn the library and the files with it, or neither.

    What was written into notes elsewhere is taken over before, because it must be there to be compared.
    """
    noting.refresh_notes(library)
    before = _shown_in_notes(library)
    notes: dict[str, Path] = {}
    texts: dict[str, tuple[str | None, str | None]] = {}
    plan = Plan()
    with library.moving() as carry_out:

        def settle(undone: Undone) -> None:
            nonlocal notes, plan
            if undone.files is not None:
                plan = merging.as_it_is_now(library, undone)
            else:
                texts.update(_note_texts(library, undone))
                notes = rekeying.places_of_notes(library, undone.renamed)
                plan = rekeying.moves(library, undone.renamed)
            carry_out(plan)

        undone = turn(settle)
    if undone.files is not None:
        merging.after_turning(library, undone, plan)
        return undone.change
    if undone.renamed:
        rekeying.name_anew(library, undone.renamed, notes)
    for key, (old, new) in texts.items():
        _turn_note(library, key, old, new)
    after = _shown_in_notes(library)
    for key in after:
        if key in before and before[key] != after[key] and noting.note_path(library, key).exists():
            _show_marks(library, key, blocks=before[key][2:] != after[key][2:])
    return undone.change


def _note_texts(library: Library, undone: Undone) -> dict[str, tuple[str | None, str | None]]:
    """What notes say, and what they will say once the change is taken back."""
    return {key: (old, _without(library, undone.change, key, old, new)) for key, (old, new) in undone.notes.items()}


def _without(library: Library, change: Change, key: str, old: str | None, new: str | None) -> str | None:
    """The text of a note without a change, or with it again: ``new``, unless more than the change lies between it and
    ``old``, which is what the file says.

    Words that were added are still the last of the note when a block before them was drafted anew since.

    Raises:
        NothingToUndo: words that were written elsewhere would be lost.
    """
    path = noting.note_path(library, key)
    if not old or new is None or not path.exists():
        return new
    if path.read_bytes() != old.encode():
        raise NothingToUndo(f"The note on {key} is being edited by another program. Close it there and try again.")
    longer, shorter = (old, new) if len(old) > len(new) else (new, old)
    added = longer[len(shorter) :] if longer.startswith(shorter) else None
    if not new or (added is not None and (noting.appended(key, added) == change.what or is_untouched(added))):
        return new
    if tail := noting.tail_appended(key, old, change.what):
        return old.removesuffix(tail)
    if tail := noting.tail_appended(key, new, change.what):
        return old + tail
    raise NothingToUndo(
        f"“{change.what}” no longer applies: the note was edited since. Nothing was touched; edit {path} instead."
    )


def _turn_note(library: Library, key: str, old: str | None, new: str | None) -> None:
    """Bring the file of a note from ``old`` to ``new``, None for "the library has no such paper".

    The file of a paper that was removed stays, and whatever it says counts when the paper comes back.
    """
    path = noting.note_path(library, key)
    if new is None or (old is None and path.exists()):
        return
    if new:
        library.files.write(path, new.encode())
        with library.quietly():
            library.set_note(key, new)
    else:
        path.unlink(missing_ok=True)


def _show_marks(library: Library, key: str, *, blocks: bool) -> None:
    noting.write_marks(library, [key])
    if blocks:
        noting.update_note(library, key)


def _shown_in_notes(library: Library) -> dict[str, tuple[object, ...]]:
    """What notes show of the library, by key: status and tags, then what more than these keys is drafted from."""
    found = library.records("has:note")
    return {one.key: (one.status, frozenset(one.tags), one.highlights, one.paper) for one in found}


# --------------------------------------------------------------------------- copies


def backup(library: Library, path: Path, *, papers: bool = True) -> None:
    """Write a consistent copy of the library into one file, while others may write.

    Raises:
        BadFile: its folder is not there.
        DiskFull: no room; what was at ``path`` before is whole.
    """
    require_folder(path)
    noting.refresh_notes(library)
    library.backup(path, papers=papers)


def restore(home: Path, path: Path) -> Path | None:
    """Bring a backup back into ``home``; what was there before is kept in the folder that is returned.

    Raises:
        BadFile: the file is no backup, or is damaged; nothing was changed.
    """
    kept = Library.restore(home, path)
    try:
        opening.open_library(home).close()
    except LibraryError as error:
        raise LibraryError(f"The backup was brought back, but cannot be opened: {error}") from error
    return kept
