"""Other citation keys on purpose: by hand, or made anew by a formula; files and notes go with them.

The database follows by itself, because it knows papers by number. Outside it, the note and the folder of a paper
without an arXiv id are called after its key, its note names the key, and other notes link to that. Files move together
with the change and texts are edited after it: whoever is killed in between finds a note under its new name that still
names the old key, and notes are found by either.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath.errors import BadFile, BadInput
from paperpath.formats import citekeys
from paperpath.library.plans import Plan
from paperpath.workflow import noting, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.library.rows import MakeKey, PinReason

_LINK = re.compile(r"\]\(([^()\s]+)\.md\)")
"""A note's link to another, by its paper's key."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The key that a formula makes for a paper of the library."""

    key: str
    """The one it has."""
    made: str
    """The one it would have; the same where there is nothing to change."""
    pinned: tuple[PinReason, ...] = ()
    """Why it must stay; empty where it need not."""

    @property
    def applies(self) -> bool:
        """Whether the key is another one and may be changed."""
        return self.made != self.key and not self.pinned


def rename(library: Library, old: str, new: str) -> str:
    """Give a paper another key by hand, which pins it; one change. The result is the key that it had.

    Args:
        library: the library.
        old: the paper: its key, one that it had before, or an id.
        new: the key to give it.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: the key cannot be one, or is taken; the message names one that is free.
        LibraryError: a file could not be moved; nothing was changed.
    """
    key = library.resolve(old)
    citekeys.check_key(new)
    if new == key:
        raise BadInput(f"{key} is its key already.")
    taken = _OfOthers(_owners(library), key)
    if new in taken:
        holder = library.get(new)
        had = "is" if holder.key.casefold() == new.casefold() else "was once"
        whose = f"the key of “{holder.paper.title}”" + (f", now {holder.key}" if had == "was once" else "")
        raise BadInput(f"{new} {had} {whose}. Free is {citekeys.free_key(new, taken)}; nothing was changed.")
    _rename(library, {key: new}, f"key of {key}: {new}", by_hand=True)
    return key


def proposals(library: Library, keys: Sequence[str] | None, make_key: MakeKey) -> list[Proposal]:
    """What a formula makes for these papers, or for all, in the order of adding.

    No key is proposed that another paper has, had before, or is proposed for.

    Raises:
        UnknownPaper: there is no such paper.
    """
    wanted = None if keys is None else {library.resolve(key) for key in keys}
    pins = library.pins()
    owners = _owners(library)
    found = []
    for paper in library.papers():
        if wanted is not None and paper.key not in wanted:
            continue
        made = make_key(replace(paper, key=""), _OfOthers(owners, paper.key))
        proposal = Proposal(paper.key, made, pins.get(paper.key, ()))
        if proposal.applies:
            owners[made.casefold()] = paper.key
        found.append(proposal)
    return found


def apply(library: Library, wanted: Sequence[Proposal]) -> list[Proposal]:
    """Rename those that may be renamed, as one change; the result is which ones.

    Raises:
        LibraryError: a file could not be moved; nothing was changed.
    """
    chosen = [proposal for proposal in wanted if proposal.applies]
    if chosen:
        pairs = {proposal.key: proposal.made for proposal in chosen}
        [first, *others] = chosen
        what = f"keys of {words.papers(len(chosen))}" if others else f"key of {first.key}: {first.made}"
        _rename(library, pairs, what, by_hand=False)
    return chosen


def moves(library: Library, renamed: Mapping[str, str]) -> Plan:
    """How files follow keys that were changed, by renaming or by undo and redo; the library has the new ones.

    Raises:
        BadInput: something else is in the way.
    """
    home = library.files.home
    pairs = [pair for old, new in renamed.items() for pair in _moves(library, old, new)]
    return Plan(tuple((str(source.relative_to(home)), str(target.relative_to(home))) for source, target in pairs))


def places_of_notes(library: Library, pairs: Mapping[str, str]) -> dict[str, Path]:
    """New key → where the note will be: called after the key, or as its user called it; ask before files move."""
    elsewhere = noting.renamed_notes(library)
    found: dict[str, Path] = {}
    for old, new in pairs.items():
        if library.files.note(old).exists():
            found[new] = library.files.note(new)
        elif old in elsewhere:
            found[new] = elsewhere[old]
    return found


# --------------------------------------------------------------------------- steps


class _OfOthers:
    """The keys that other papers than one have, had, or are to have."""

    def __init__(self, owners: Mapping[str, str], key: str) -> None:
        self._owners, self._key = owners, key

    def __contains__(self, key: object) -> bool:
        return self._owners.get(str(key).casefold(), self._key) != self._key


def _owners(library: Library) -> dict[str, str]:
    """Every key that is or was one, case-folded → the key of its paper."""
    now = sorted(library.keys())
    return {key.casefold(): owner for key, owner in (*library.former_keys().items(), *zip(now, now, strict=True))}


def _rename(library: Library, pairs: Mapping[str, str], what: str, *, by_hand: bool) -> None:
    noting.refresh_notes(library, pairs)
    notes = places_of_notes(library, pairs)
    with library.moving() as carry_out, library.change(what):
        for old, new in pairs.items():
            library.rename(old, new)
            if by_hand:
                library.pin([new], "by hand")
        carry_out(moves(library, pairs))
    name_anew(library, pairs, notes)


def _moves(library: Library, old: str, new: str) -> list[tuple[Path, Path]]:
    """The files of a paper that are called after its key, from and to where."""
    files, paper = library.files, library.get(new).paper
    before, after = (replace(paper, key=key, arxiv_id=None) for key in (old, new))
    places = [(files.note(old), files.note(new))]
    if files.folder(before) == files.folder(replace(paper, key=old)):  # else it is called after the arXiv id
        places.append((files.folder(before), files.folder(after)))
    return [(source, target) for source, target in places if source != target and source.exists()]


def name_anew(library: Library, pairs: Mapping[str, str], notes: Mapping[str, Path]) -> None:
    """Write the new keys into the notes of the papers, and into links of other notes to them."""
    for key, path in notes.items():
        noting.name_key(library, key, path)
    for row in library.rows("has:note"):
        stored = library.note(row.key)
        if stored is not None and not pairs.keys().isdisjoint(_LINK.findall(stored.text)):
            with contextlib.suppress(BadFile):  # a file that is no text: doctor names it
                noting.update_note(library, row.key)
