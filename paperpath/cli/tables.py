"""Tables that fit the terminal, and tab-separated lines for everything that is not one.

A terminal gets columns cut to its width. A pipe gets every field whole, one row a line, separated by tabs, without a
heading: ``paperpath list tag:x | cut -f1 | xargs paperpath fetch`` works whatever the titles say.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from paperpath.cli import safe, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_T = TypeVar("_T")
GAP = "  "
CHUNK = 500
"""Rows that decide the widths and are written at once: the first screen of 10,000 papers need not wait for the last."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one column behaves."""

    title: str
    share: int = 0
    """Weight with which it takes the room that is left; 0: as wide as its widest cell, up to ``most``."""
    most: int = 24
    right: bool = False


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Show ``rows`` on standard output; cells may hold anything, they are made safe here."""
    if not sys.stdout.isatty():
        for lines in _chunks("\t".join(safe.line(cell) for cell in row) for row in rows):
            show.out("\n".join(lines))
        return
    width = shutil.get_terminal_size().columns
    widths: list[int] = []
    for chunk in _chunks([safe.line(cell) for cell in row] for row in rows):
        if not widths:
            widths = fit(columns, chunk, width)
            show.out(show.style(_row(columns, widths, [column.title for column in columns]), bold=True))
        show.out("\n".join(_row(columns, widths, row) for row in chunk))


def fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column, so that a row takes at most ``width`` columns of the terminal."""
    widths = [
        min(column.most, max(safe.width(column.title), *(safe.width(row[i]) for row in rows)))
        if not column.share
        else 0
        for i, column in enumerate(columns)
    ]
    shares = sum(column.share for column in columns)
    room = width - sum(widths) - len(GAP) * (len(columns) - 1)
    # A terminal too narrow for all: the columns that share get ten each, and the terminal wraps what is too much.
    return [max(10, room * column.share // shares) if column.share else widths[i] for i, column in enumerate(columns)]


def _row(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> str:
    shown = (
        safe.pad(safe.clip(cell, width), width, right=column.right)
        for column, width, cell in zip(columns, widths, cells, strict=True)
    )
    return GAP.join(shown).rstrip()


def _chunks(rows: Iterable[_T]) -> Iterable[list[_T]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
