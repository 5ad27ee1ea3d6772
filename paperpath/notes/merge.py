"""A newer draft into a note that its reader has been writing in.

The promise: outside our markers and our own front matter keys, every byte stays, whatever state the file is in. Where
the state is unclear (half a pair of markers, front matter that is not YAML) nothing is done there, and a sentence in
``Merged.problems`` says so. Inside the markers, what the reader wrote is kept too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.notes import blocks, front_matter
from paperpath.notes.draft import KEYS, MINE
from paperpath.notes.front_matter import Unreadable

if TYPE_CHECKING:
    from paperpath.notes.draft import Draft

MEMORY = "paperpath"
"""The front matter key that remembers the blocks. A note without it is the reader's alone: it gets no new blocks, and
its front matter is not brought up to date."""
READERS = ("status", "tags")
"""Keys that the reader edits: drafted once, then changed only by :func:`set_marks`."""
OURS = frozenset(KEYS)
"""Every key that a draft has."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The text to write, and what could not be done."""

    text: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What a note's front matter says about reading; None where it says nothing."""

    status: str | None = None
    tags: tuple[str, ...] | None = None
    problems: tuple[str, ...] = ()


def merge(existing: str, fresh: Draft) -> Merged:
    """``existing`` brought up to date with ``fresh``; doing it twice is doing it once."""
    try:
        front = front_matter.read(existing)
    except Unreadable as error:
        return Merged(existing, (_unreadable(error),))
    remembered = front.get(MEMORY) if front else None
    memory = dict(remembered) if isinstance(remembered, dict) else None
    text, problems = _merge_blocks(existing, fresh, memory)
    if memory is None:
        return Merged(text, problems)
    values = {key: value for key, value in fresh.front.items() if key not in READERS and value not in (None, ())}
    values[MEMORY] = memory
    try:
        return Merged(front_matter.edit(text, values, add=values.keys() - {MEMORY}), problems)
    except (
        Unreadable
    ) as error:  # without its memory the blocks would be doubted next time, so nothing is changed at all
        return Merged(existing, (*problems, _unreadable(error)))


def marks(text: str) -> Marks:
    """Status and tags as the note's front matter has them, read generously: ``tags: a, b``, ``#a``, a list."""
    try:
        front = front_matter.read(text)
    except Unreadable as error:
        return Marks(problems=(_unreadable(error),))
    status, tags = (front.get(key) if front else None for key in READERS)
    names: tuple[str, ...] | None = None
    if isinstance(tags, tuple):
        names = tags
    elif isinstance(tags, str) and not tags.startswith(("[", "{", "-")):
        names = tuple(tags.split(","))
    elif front and "tags" in front.entries and tags is None:
        names = ()
    if names is not None:
        names = tuple(dict.fromkeys(name for tag in names if (name := tag.strip().lstrip("#").strip())))
    return Marks(status.strip().lower() if isinstance(status, str) else None, names)


def set_marks(text: str, status: str, tags: tuple[str, ...]) -> Merged:
    """The note with this status and these tags in its front matter.

    A key that the reader deleted stays deleted, and a note without front matter is left alone.
    """
    now = marks(text)
    wanted: dict[str, front_matter.Value] = {}
    if now.status != status:
        wanted["status"] = status
    if now.tags is None or set(now.tags) != set(tags):
        wanted["tags"] = tags
    try:
        front = front_matter.read(text)
        return Merged(front_matter.edit(text, wanted) if front else text)
    except Unreadable as error:
        return Merged(text, (_unreadable(error),))


def set_key(text: str, key: str) -> Merged:
    """Write the paper's citation key into the front matter, where it names one; everything else stays."""
    try:
        front = front_matter.read(text)
        return Merged(front_matter.edit(text, {"key": key}) if front else text)
    except Unreadable as error:
        return Merged(text, (_unreadable(error),))


def append(text: str, words: str) -> str:
    """The note with the reader's ``words`` as its last paragraph."""
    newline = "\r\n" if "\r\n" in text else "\n"
    words = words.strip("\r\n").replace("\r\n", "\n").replace("\n", newline)
    bare = text.rstrip("\r\n")
    ends = text[len(bare) :].count("\n")
    gap = newline * max(0, 2 - ends) if bare.strip(front_matter.BOM) else ""
    return f"{text}{gap}{words}{newline}"


def join(text: str, other: str, heading: str, drafted_title: str) -> str:
    """One note made of two: ``text`` as it is, and under ``heading`` all that a reader wrote into ``other``.

    What paperpath drafted there and nobody touched is left out, because the note has its own; so are our keys of the
    front matter. The rest of both is kept to the letter.

    Args:
        text: the note that stays; empty for none.
        other: the note to take over.
        heading: for the words from ``other``, without the ``##``.
        drafted_title: the title over ``other`` as it was drafted; see :class:`~paperpath.notes.draft.Draft`.
    """
    if not text.strip(front_matter.BOM + " \t\r\n"):
        return other
    words = readers_words(other, drafted_title)
    return append(text, f"## {heading}\n\n{words}") if words else text


def readers_words(text: str, drafted_title: str) -> str:
    """What of a note is its reader's: words outside our blocks, blocks that were written into, keys of their own.

    Args:
        text: the note.
        drafted_title: the title over it as it was drafted; see :class:`~paperpath.notes.draft.Draft`.
    """
    text = text.replace("\r\n", "\n").removeprefix(front_matter.BOM)
    try:
        front = front_matter.read(text)
    except Unreadable:  # nobody knows what in it is whose
        return blocks.without_markers(text).strip("\n")
    start = front_matter.body_start(text) if front else 0
    head = text[front.start : front.end] if front else ""
    remembered = front.get(MEMORY) if front else None
    memory = remembered if isinstance(remembered, dict) else {}
    lines = blocks.without_drafts(text[start:], memory).split("\n")
    for drafted in (f"# {drafted_title}", MINE):
        if (line := next((line for line in lines if line.rstrip() == drafted), None)) is not None:
            lines.remove(line)
    body = "\n".join(lines).strip("\n")
    own = front is not None and (not front.entries.keys() <= OURS or re.search(r"^#|\s#", head) is not None)
    return "\n\n".join(part for part in (f"```yaml\n{head.rstrip()}\n```" if own else "", body) if part)


def named_key(text: str) -> str | None:
    """The citation key that the front matter names, for a note whose file was renamed."""
    try:
        front = front_matter.read(text)
    except Unreadable:
        return None
    key = front.get("key") if front else None
    return key if isinstance(key, str) else None


def _merge_blocks(text: str, fresh: Draft, memory: dict[str, str] | None) -> tuple[str, tuple[str, ...]]:
    """Replace and add blocks; ``memory`` is brought up to date in place."""
    problems = []
    for block in fresh.blocks:
        start = front_matter.body_start(text)
        found = blocks.find(text, start)
        if block.name in found:
            place = found[block.name]
            if place is None:
                problems.append(
                    f"The markers of the block “{block.name}” are incomplete or doubled, so it was left as it is."
                    f" Write one line <!-- paperpath:begin {block.name} --> before it and one with end after it."
                )
                continue
            replaced = _replaced(text, place, block, memory)
            if replaced is None:
                problems.append(
                    f"The block “{block.name}” has your own words in it, so it was not updated."
                    " Move them outside its markers and empty it to have it drafted again."
                )
                continue
            text = replaced
        elif memory is not None and block.name not in memory and block.body:
            text = _inserted(text, start, block, fresh)
        else:
            continue
        if memory is not None:
            memory[block.name] = blocks.digest(block.body)
    return text, tuple(problems)


def _replaced(text: str, place: blocks.Found, block: blocks.Block, memory: dict[str, str] | None) -> str | None:
    """The text with the block's content replaced; None where the reader's words stand in the way of news."""
    content = text[place.start : place.end]
    remembered = (memory or {}).get(block.name)
    if not blocks.is_empty(content) and remembered not in (None, blocks.digest(content)):
        return text if remembered == blocks.digest(block.body) else None
    body = blocks.with_ticks(block.body, content)
    if body is None:
        return None
    if blocks.same(body, content):
        return text
    inner = f"\n{body}\n\n" if body else ""
    return text[: place.start] + inner.replace("\n", _newline(text)) + text[place.end :]


def _inserted(text: str, start: int, block: blocks.Block, fresh: Draft) -> str:
    """The text with a new block after the nearest block that comes before it in a draft, else at the end."""
    names = [other.name for other in fresh.blocks]
    order = names.index(block.name)
    found = {name: place for name, place in blocks.find(text, start).items() if place and name in names}
    before = [place.after for name, place in found.items() if names.index(name) < order]
    following = [place.begin for name, place in found.items() if names.index(name) > order]
    place = max(before) if before else min(following, default=len(text))
    newline = _newline(text)
    gap = "" if place == 0 or text[place - 1] == "\n" else newline
    return text[:place] + gap + block.text.replace("\n", newline) + text[place:]


def _newline(text: str) -> str:
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def _unreadable(error: Unreadable) -> str:
    return (
        f"The front matter cannot be read ({error}), so this note was left as it is. Correct it, then run this again."
    )
