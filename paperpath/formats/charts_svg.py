"""Plots as SVG, readable on a light page and on a dark one: the colours follow what the reader's system prefers.

No library: a plot is some rectangles and words. Where a program knows no media queries the light colours hold, on a
ground of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 760
_LEFT, _RIGHT = 56, 24
_PLOT = 120
"""Height of a plot of columns."""
_ROW = 24
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_STYLE = """
  .ground { fill: #ffffff } .line { stroke: #8a8f98; stroke-width: 1 } .track { fill: #e6e8ec }
  .one { fill: #1f5fa8 } .two { fill: #8db8e8 }
  text { fill: #24292f; font: 13px system-ui, sans-serif } .head { font-size: 15px; font-weight: 600 }
  .dim { fill: #5b626b; font-size: 12px }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #14181f } .track { fill: #2b323d }
    .one { fill: #7fb5f5 } .two { fill: #3f6796 }
    text { fill: #e6e9ee } .dim { fill: #a5adb8 }
  }
"""


@dataclass(frozen=True, slots=True)
class Columns:
    """A column for each week; the second values, if any, stand on the first."""

    title: str
    values: Sequence[int]
    labels: Sequence[str]
    more: Sequence[int] = ()
    legend: tuple[str, str] = ("", "")
    """What the two kinds of values are; empty where there is one."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each name, of how much of it is done."""

    title: str
    rows: Sequence[tuple[str, int, int]]
    """Name, how much is done, and how much there is."""


def write(title: str, about: str, plots: Sequence[Columns | Bars]) -> str:
    """The plots below one another, under a title and a line about them."""
    parts: list[str] = []
    y = 62
    for plot in plots:
        parts += _columns(plot, y) if isinstance(plot, Columns) else _bars(plot, y)
        y += _PLOT + 78 if isinstance(plot, Columns) else _ROW * len(plot.rows) + 54
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" role="img">\n'
        f"<title>{_words(title)}</title>\n<desc>{_words(about)}</desc>\n<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="{WIDTH}" height="{y}" rx="8"/>\n'
        f"{_text(_LEFT - 32, 30, title, 'head')}\n{_text(_LEFT - 32, 50, about, 'dim')}\n{body}\n</svg>\n"
    )


def _columns(plot: Columns, y: int) -> Iterator[str]:
    yield _text(_LEFT - 32, y + 18, plot.title, "head")
    more = plot.more or [0] * len(plot.values)
    top = max((a + b for a, b in zip(plot.values, more, strict=True)), default=0) or 1
    base = y + 36 + _PLOT
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(plot.values))
    yield _text(_LEFT - 8, y + 48, f"{top:,}", "dim", "end")
    yield _text(_LEFT - 8, base, "0", "dim", "end")
    x = WIDTH - _RIGHT
    for kind, name in zip(("two", "one"), reversed(plot.legend), strict=True):
        if name:
            yield _text(x, y + 18, name, "dim", "end")
            x -= 9 * len(name) + 14
            yield _box(kind, x, y + 9, 10, 10, name)
            x -= 14
    every = max(1, round(72 / step))
    for at, (value, second, label) in enumerate(zip(plot.values, more, plot.labels, strict=True)):
        left = _LEFT + at * step
        tall, taller = _PLOT * value / top, _PLOT * second / top
        said = f"{label}: {value + second:,}"
        if value:
            yield _box("one", left + step * 0.12, base - tall, step * 0.76, tall, said)
        if second:
            yield _box("two", left + step * 0.12, base - tall - taller, step * 0.76, taller, said)
        if (len(plot.values) - 1 - at) % every == 0:
            yield _text(left + step / 2, base + 18, label, "dim", "middle")
    yield f'<line class="line" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{base}" y2="{base}"/>'


def _bars(plot: Bars, y: int) -> Iterator[str]:
    yield _text(_LEFT - 32, y + 18, plot.title, "head")
    left, room = 400, WIDTH - 400 - _RIGHT - 70
    for at, (name, done, total) in enumerate(plot.rows):
        top = y + 34 + at * _ROW
        short = name if len(name) <= 52 else f"{name[:51]}…"
        yield _text(_LEFT - 32, top + 12, short)
        yield _box("track", left, top + 2, room, 12, name)
        if done:
            yield _box("one", left, top + 2, room * done / max(1, total), 12, f"{name}: {done} of {total}")
        yield _text(WIDTH - _RIGHT, top + 12, f"{done} of {total}", "dim", "end")


def _box(kind: str, x: float, y: float, width: float, height: float, said: str) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
        f"<title>{_words(said)}</title></rect>"
    )


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_words(words)}</text>'


def _words(text: str) -> str:
    return escape(_CONTROL.sub("", text), quote=False)
