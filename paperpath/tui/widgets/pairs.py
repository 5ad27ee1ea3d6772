"""What is offered as lines: two papers that may be one, or a preprint and what it became, and where the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperpath.tui.cells import Run, fit, safe
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = 17
"""Cells for the name of a field."""


@dataclass(frozen=True, slots=True)
class Side:
    """A field in which two papers differ."""

    field: str
    """As the workflow calls it."""
    first: str
    """Safe text."""
    second: str
    proposed: bool
    """Whether the second's value is proposed."""
    why: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Two that could become one, with all that is shown of them."""

    of: Any
    """What the workflow calls it."""
    pair: tuple[str, str]
    """What tells it from the others: two keys, or a key and a publication."""
    names: tuple[str, str]
    """What the two sides are called."""
    sure: str
    why: str
    title: str
    sides: tuple[Side, ...]
    refused: str = ""
    """Why nothing can be taken."""

    @property
    def proposed(self) -> frozenset[str]:
        """The fields in which the second's value is proposed."""
        return frozenset(side.field for side in self.sides if side.proposed)


class PairList(LineList):
    """What is offered, a line each."""

    offers: Sequence[Offer] = ()

    def draw(self, item: int, width: int) -> list[Run]:
        """How sure it is, which two, and why."""
        one = self.offers[item]
        sure, room = one.sure, max(10, (width - 15) // 4)
        keys = [fit(safe(key), room, self.glyphs.ellipsis) for key in one.pair]
        why = fit(safe(one.why), max(0, width - 2 * room - 19), self.glyphs.ellipsis)
        style = {"certain": "good", "contradiction": "bad"}.get(sure, "warn")
        return [(f" {fit(sure, 13)} ", style), (f"{keys[0]}  {keys[1]}  ", ""), (why, "dim")]


class FieldList(LineList):
    """The fields in which the two of a pair differ, with both values."""

    offer: Offer | None = None
    second: frozenset[str] = frozenset()
    """Fields in which the second paper's value is taken."""

    def draw(self, item: int, width: int) -> list[Run]:
        """The name, and both values with a sign at the one that is taken."""
        assert self.offer is not None
        side = self.offer.sides[item]
        room = max(6, (width - NAME - 8) // 2)
        runs: list[Run] = [(f" {fit(safe(side.field), NAME, self.glyphs.ellipsis)} ", "dim")]
        for value, taken in ((side.first, side.field not in self.second), (side.second, side.field in self.second)):
            sign = self.glyphs.read if taken else self.glyphs.unread
            runs += [(f" {sign} ", "accent" if taken else "dim")]
            runs += [(fit(value or "-", room, self.glyphs.ellipsis), "strong" if taken else "dim")]
        return runs
