"""The boxes of the three passes in a note: which are ticked, and ticking one. The note is where ticks are kept."""

from __future__ import annotations

import re

from paperpath.notes.three_passes import PASSES

_BOX = re.compile(r"^(?P<lead>[ \t]*[-*+] \[)(?P<tick>.)(?P<rest>\][ \t]+(?P<text>.*?)[ \t\r]*)$", re.MULTILINE)


def questions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each of the three passes how it is done, and its questions."""
    return tuple((how, asked) for _, how, asked in PASSES)


def ticked(text: str) -> set[str]:
    """The texts behind all boxes of a note that are ticked."""
    return {match["text"] for match in _BOX.finditer(text) if match["tick"] != " "}


def with_tick(text: str, question: str, on: bool) -> str | None:
    """The note with the first box of that question ticked or not; None if it has no such box."""
    for match in _BOX.finditer(text):
        if match["text"] == question:
            mark = "x" if on else " "
            return f"{text[: match.start()]}{match['lead']}{mark}{match['rest']}{text[match.end() :]}"
    return None
