"""Paper + ParsedPaper → a first draft of a note, and merging a newer draft without touching the reader's words.

A note is a Markdown file that belongs to its reader. paperpath writes into it in two places only: its own keys of the
YAML front matter (:mod:`~paperpath.notes.front_matter`) and blocks between markers (:mod:`~paperpath.notes.blocks`).
Everything here is text in, text out; reading and writing the files is the workflow's business.
"""

from __future__ import annotations

from paperpath.notes.draft import Draft, OwnedReference, draft, drafted_title
from paperpath.notes.merge import (
    Marks,
    Merged,
    append,
    join,
    marks,
    merge,
    named_key,
    readers_words,
    set_key,
    set_marks,
)

__all__ = [
    "Draft",
    "Marks",
    "Merged",
    "OwnedReference",
    "append",
    "draft",
    "drafted_title",
    "join",
    "marks",
    "merge",
    "named_key",
    "readers_words",
    "set_key",
    "set_marks",
]
