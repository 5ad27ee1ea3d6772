"""Words that several verbs say in the history."""

from __future__ import annotations


def papers(count: int) -> str:
    """``1 paper``, ``2 papers``."""
    return "1 paper" if count == 1 else f"{count} papers"
