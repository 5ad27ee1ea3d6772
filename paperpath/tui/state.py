"""What the interface remembers between two runs: what was chosen, and which first steps are still to be hinted at.

A small file beside the library, ``interface.json``. Papers, notes and the places where one reads are the library's;
this is about the screen alone, so it is no part of undo, and a file that cannot be read is as good as none.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from paperpath.durable import atomic_write

if TYPE_CHECKING:
    from pathlib import Path

FILE = "interface.json"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The state."""

    theme: str | None = None
    """The theme that was chosen last; None for ours."""
    first_steps: tuple[str, ...] | None = None
    """What a newcomer has not done yet; None while it is not known whether there is a newcomer."""
    text_width: int | None = None
    """Cells of a line of text at most; None for ours."""
    ascii: bool = False
    """Whether ASCII signs alone are drawn."""
    sorts: dict[str, str] = field(default_factory=dict)
    """The order of the papers, by the kind of what is shown."""
    hours: float | None = None
    """Hours a week that plans are made for; None for the usual."""


def recall(home: Path) -> Remembered:
    """What is remembered in the library's folder."""
    try:
        said = json.loads((home / FILE).read_text(encoding="utf-8"))
        names = ("theme", "first_steps", "text_width", "sorts", "hours")
        theme, steps, width, sorts, hours = (said.get(name) for name in names)
        ascii_alone = said.get("ascii") is True
    except (OSError, ValueError, AttributeError, RecursionError):
        return Remembered()
    return Remembered(
        theme if isinstance(theme, str) else None,
        tuple(step for step in steps if isinstance(step, str)) if isinstance(steps, list) else None,
        width if isinstance(width, int) and 16 <= width <= 1000 else None,
        ascii_alone,
        {kind: name for kind, name in sorts.items() if isinstance(name, str)} if isinstance(sorts, dict) else {},
        hours if type(hours) in (int, float) and 0.5 <= hours <= 40 else None,
    )


def keep(home: Path, remembered: Remembered) -> None:
    """Write it, whole or not at all.

    Raises:
        DiskFull: no room.
        LibraryError: the folder cannot be written.
    """
    atomic_write(home / FILE, json.dumps(asdict(remembered), indent=1) + "\n")
