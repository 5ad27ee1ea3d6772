"""Numbers as plots in a terminal: columns over weeks and bars beside names, of block elements or of ASCII alone.

Columns are drawn in eighths of a cell, so that a small difference is seen in a low plot; ASCII has halves (``:``) and
wholes (``#``). What is not nothing is never drawn as nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ASCII_HALVES = " :#"
_LEFT_EIGHTHS = " ▏▎▍▌▋▊▉█"


def columns(
    values: Sequence[float], labels: Sequence[str], *, height: int = 5, width: int = 72, ascii_only: bool = False
) -> list[str]:
    """A column for each value, the last ones where there is no room for all; the highest value stands at the left.

    Args:
        values: none below 0.
        labels: one for each value; they are written under the columns as far as they do not run into each other.
        height: lines of the plot, without that of the labels.
        width: cells.
        ascii_only: whether block elements are not to be used.
    """
    top = max(values, default=0) or 1
    head = f"{top:,.0f}"
    step = 4 if (width - len(head) - 2) // 4 >= len(values) else 2 if (width - len(head) - 2) // 2 >= len(values) else 1
    room = max(1, (width - len(head) - 2) // step)
    shown, names = values[-room:], labels[-room:]
    signs = _ASCII_HALVES if ascii_only else _EIGHTHS
    parts = len(signs) - 1
    heights = [_units(value / top, height * parts) for value in shown]
    thick = max(1, step - 1)
    lines = []
    for row in range(height - 1, -1, -1):
        left = head if row == height - 1 else "0" if row == 0 else ""
        cells = "".join(
            signs[max(0, min(parts, units - row * parts))] * thick + " " * (step - thick) for units in heights
        )
        lines.append(f"{left:>{len(head)}} {'|' if ascii_only else '│'}{cells}".rstrip())
    return [*lines, _under(names, step, len(head) + 2)]


def bar(fraction: float, width: int, *, ascii_only: bool = False) -> str:
    """A bar of at most ``width`` cells, padded to that with blanks."""
    if ascii_only:
        return ("#" * _units(fraction, width)).ljust(width)
    units = _units(fraction, width * 8)
    whole, rest = divmod(units, 8)
    return ("█" * whole + (_LEFT_EIGHTHS[rest] if rest else "")).ljust(width)


def _units(fraction: float, most: int) -> int:
    """So many of ``most``; something is at least one, and only all of it is all."""
    units = int(max(0.0, min(1.0, fraction)) * most)
    return units or int(fraction > 0)


def _under(labels: Sequence[str], step: int, left: int) -> str:
    """The labels below their columns; the last one is written in any case, because it is now."""
    places = [left + at * step for at in range(len(labels))]
    kept: list[tuple[int, str]] = []
    limit: int | None = None
    for place, label in zip(reversed(places), reversed(labels), strict=True):
        if label and (limit is None or place + len(label) < limit):
            kept.append((place, label))
            limit = place
    line = ""
    for place, label in reversed(kept):
        line = f"{line:<{place}}{label}"
    return line
