"""Words that several verbs say in the history."""

from __future__ import annotations


def papers(count: int) -> str:
    """``1 paper``, ``2 papers``."""
    return "1 paper" if count == 1 else f"{count} papers"


def entries(count: int) -> str:
    """``1 entry``, ``2 entries``: what a file has, of which two may be one paper."""
    return "1 entry" if count == 1 else f"{count} entries"


def clock(minutes: int) -> str:
    """``45 min``, ``2 h``, ``7 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )
