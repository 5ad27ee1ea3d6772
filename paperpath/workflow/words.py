"""Words that several verbs say in the history."""

from __future__ import annotations


def papers(count: int) -> str:
    """``1 paper``, ``2 papers``."""
    return "1 paper" if count == 1 else f"{count} papers"


def entries(count: int) -> str:
    """``1 entry``, ``2 entries``: what a file has, of which two may be one paper."""
    return "1 entry" if count == 1 else f"{count} entries"
