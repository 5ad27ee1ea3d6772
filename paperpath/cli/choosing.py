"""Two papers side by side, and the questions which side to take.

As in JabRef, each field in which they differ has a line with both values and a mark at the one that is proposed; the
other side of a field is taken by its number, or of all fields by ``l`` and ``r``.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.workflow import pairing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from paperpath.library import Library
    from paperpath.workflow.pairing import Duplicate

    Decision = frozenset[str]

SKIP, QUIT, DIFFERENT = frozenset({"skip"}), frozenset({"quit"}), frozenset({"different"})
"""Answers besides the set of fields in which the other side is to be taken."""
_HELP = (
    "m: merge as marked · numbers: take the other side there · l, r: all from the left or right"
    " · d: different papers · s: skip · q: quit"
)
_ANSWERS = {"s": SKIP, "q": QUIT, "d": DIFFERENT}
_MARK = "> "
_LINES = 3
"""Of one value; an abstract is shown from where the two begin to differ."""
_BEFORE = 12
"""Characters of what is equal before that."""


def someone_is_there() -> bool:
    """Whether a question would be seen and could be answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(library: Library, duplicate: Duplicate) -> Decision:
    """What a person at the terminal decides: the fields in which the other side is to be taken, or one of the words."""
    choices = duplicate.choices
    others: set[str] = set()
    while True:
        show.say(shown(library, duplicate, others))
        help_ = textwrap.fill(_HELP, shutil.get_terminal_size().columns)
        answer = click.prompt(help_, prompt_suffix="\n? ", err=True).strip().lower()
        if answer == "m":
            return frozenset(others)
        if answer in _ANSWERS:
            return _ANSWERS[answer]
        if answer in ("l", "r"):
            others = {
                choice.field for choice in choices if pairing.second_proposed(duplicate, choice) != (answer == "r")
            }
            continue
        words = answer.replace(",", " ").split()
        numbers = {int(word) for word in words if word.isdecimal() and 1 <= int(word) <= len(choices)}
        if len(numbers) != len(set(words)):
            show.say(f"{safe.line(answer)!r} is none of these.")
        else:
            others ^= {choices[number - 1].field for number in numbers}


def shown(library: Library, duplicate: Duplicate, others: AbstractSet[str] = frozenset()) -> str:
    """The pair with both values of each field in which the two differ, those marked that would be taken."""
    pair, width = duplicate.pair, shutil.get_terminal_size().columns
    names = max([5, *(safe.width(choice.field) for choice in duplicate.choices)])
    room = max(16, (width - names - 12) // 2)
    heads = "   ".join(safe.pad(safe.clip(key, room), room) for key in (pair.first.key, pair.second.key))
    lines = [
        "",
        safe.clip(safe.line(pair.first.title or pair.second.title), width),
        show.style(f"{pair.sure}: {pair.why}", sys.stderr, dim=True),
        f"{'':{names + 9}}{heads}".rstrip(),
    ]
    for number, choice in enumerate(duplicate.choices, 1):
        right = pairing.second_proposed(duplicate, choice) != (choice.field in others)
        left_value, right_value = (safe.line(value) or "-" for value in pairing.sides(library, duplicate, choice))
        cells = [
            _cell(value, other, room, marked=marked)
            for value, other, marked in (
                (left_value, right_value, not right),
                (right_value, left_value, right),
            )
        ]
        for row in range(max(map(len, cells))):
            lead = f"{number:>3}  {safe.pad(choice.field, names)}" if row == 0 else " " * (names + 5)
            parts = [cell[row] if row < len(cell) else " " * (room + 2) for cell in cells]
            lines.append(f"{lead}  {' '.join(parts)}".rstrip())
        why = "chosen by you" if choice.field in others else choice.why
        lines.append(show.style(safe.clip(f"{'':{names + 9}}{why}", width), sys.stderr, dim=True))
    return "\n".join(lines)


def _cell(value: str, other: str, room: int, *, marked: bool) -> list[str]:
    """The value in lines of one width, from where it begins to differ if it is long."""
    same = next(
        (at for at, (a, b) in enumerate(zip(value, other, strict=False)) if a != b), min(len(value), len(other))
    )
    if len(value) > _LINES * room and same > room:
        value = f"…{value[same - _BEFORE :]}"
    rows: list[str] = []
    while value and len(rows) < _LINES:
        piece = safe.clip(value, room) if len(rows) == _LINES - 1 else _first(value, room)
        rows.append(piece)
        value = value[len(piece) :].lstrip()
    lead = _MARK if marked else " " * len(_MARK)
    padded = [f"{lead if at == 0 else '  '}{safe.pad(row, room)}" for at, row in enumerate(rows)]
    return [show.style(row, sys.stderr, bold=True) if marked else row for row in padded]


def _first(text: str, room: int) -> str:
    """As many words of ``text`` as there is room for; a part of the first one if that is too long."""
    taken = 0
    for at, char in enumerate(text):
        taken += safe.width(char)
        if taken > room:
            space = text.rfind(" ", 0, at + 1)
            return text[: space if space > 0 else max(1, at)]
    return text
