"""Two that could become one, side by side: what is offered, the fields in which they differ, and a side for each.

A side is taken by the arrow keys; what is taken otherwise is proposed by the workflow. Looking for what to offer reads
all papers, so it is done in the desk's thread, and anew whenever the library has changed; the sides that were chosen
stay. What is decided is one change, which ``u`` takes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui.cells import safe
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.pairs import FieldList, PairList
from paperpath.tui.widgets.text import Para, TextPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.library import Library
    from paperpath.tui.screens.base import Hints
    from paperpath.tui.widgets.pairs import Offer


class Sides(Room):
    """What such screens share; a subclass finds what is offered, and takes it."""

    NOTHING = ""
    """What to say when nothing is offered."""
    ONE, MANY = "pair", "pairs"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h,left", "take(False)", "Take the left value", id="sides.left", priority=True),
        Binding("l,right", "take(True)", "Take the right value", id="sides.right", priority=True),
        Binding("H", "take_all(False)", "Take all from the left", id="sides.all_left", priority=True),
        Binding("L", "take_all(True)", "Take all from the right", id="sides.all_right", priority=True),
        Binding("tab", "pane", "From the pairs to the fields, and back", id="pane.next", priority=True),
        Binding("shift+tab", "pane", "And back", id="pane.before", show=False, priority=True),
    ]

    def __init__(self, key: str | None) -> None:
        """``key`` is the paper whose pair is wanted first."""
        super().__init__()
        self._wanted = key
        self._chosen: dict[tuple[str, str], frozenset[str]] = {}
        """The fields of which the second's value is taken, of pairs in which a person chose."""
        self._at: dict[tuple[str, str], int] = {}
        """The field under the cursor, of each pair: to the next pair and back is the same field again, however fast."""

    def body(self) -> ComposeResult:
        """Pairs, fields, both values in full."""
        glyphs = self.front.glyphs
        yield PairList(glyphs, id="pairs")
        yield FieldList(glyphs, id="fields")
        yield TextPane(glyphs, id="values")

    def on_mount(self) -> None:
        """Look for pairs."""
        self.pairs.when_chosen = lambda _: self.set_focus(self.fields)
        self.fields.when_chosen = self._turn
        self.pairs.empty = [[("Looking through the library", "dim")]]
        self.header([(" paperpath ", "key"), (f" {self.TITLE_OF_HELP}", "strong")], [])
        self.set_focus(self.pairs)
        self.show_hints()
        self.library_changed()

    @property
    def pairs(self) -> PairList:
        """The pairs."""
        return self.query_one(PairList)

    @property
    def fields(self) -> FieldList:
        """The fields of the pair under the cursor."""
        return self.query_one(FieldList)

    @property
    def offer(self) -> Offer | None:
        """What is under the cursor."""
        item = self.pairs.item
        return None if item is None else self.pairs.offers[item]

    def targets(self) -> list[str]:
        """The papers of the pair under the cursor."""
        return [key for key in self.offer.pair if key in self.front.catalogue.place] if self.offer else []

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                *self.deciding(),
                ("sides.left", "Left", "screen.take(False)"),
                ("sides.right", "Right", "screen.take(True)"),
                ("pane.next", "Fields", "screen.pane"),
                ("app.undo", "Undo", "app.undo"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    # what a subclass says

    def offers(self, library: Library) -> list[Offer]:
        """What is offered; called in the desk's thread."""
        raise NotImplementedError

    def deciding(self) -> Hints:
        """The keys that decide about a pair."""
        raise NotImplementedError

    # the pairs

    def library_changed(self) -> None:
        """Papers may have come, gone or changed; the next key is about the pairs that there are then."""
        self.ask_library(self._load)

    async def _load(self) -> None:
        try:
            found = await self.front.desk.read(self.offers)
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self.pairs.empty = [[(self.NOTHING, "")]]
        self._fill(found)

    def _fill(self, found: Sequence[Offer]) -> None:
        """Show other pairs; the cursor stays with the pair, or else where it is."""
        before, at = self.offer.pair if self.offer else None, self.pairs.at
        place = next((n for n, one in enumerate(found) if one.pair == before), min(at, max(0, len(found) - 1)))
        if self._wanted is not None:
            place = next((n for n, one in enumerate(found) if self._wanted in one.pair), place)
            self._wanted = None
        self.pairs.offers = found
        self.pairs.show(range(len(found)), keep=place)
        self._show_fields()

    @on(LineList.Moved, "#pairs")
    def _follow(self) -> None:
        """The fields are those of the pair; a key that was typed ahead comes before the message that it moved."""
        if self.offer is not self.fields.offer:
            self._show_fields()

    def _show_fields(self) -> None:
        fields, one = self.fields, self.offer
        if fields.offer is not None and fields.item is not None:
            self._at[fields.offer.pair] = fields.item
        fields.offer = one
        fields.second = self.taken(one) if one else frozenset()
        fields.empty = [[(one.refused or "They say the same in every field", "dim")]] if one else []
        fields.show(range(len(one.sides) if one else 0), keep=self._at.get(one.pair, 0) if one else 0)
        count = len(self.pairs.offers)
        said = f"{count} {self.ONE if count == 1 else self.MANY}"
        self.status.idle([(said, "dim"), (f"   {safe(one.title)}", "")] if one else [])

    def taken(self, one: Offer) -> frozenset[str]:
        """The fields in which the second's value is taken."""
        return self._chosen.get(one.pair, one.proposed)

    @on(LineList.Moved, "#fields")
    def _show_values(self) -> None:
        one, item = self.fields.offer, self.fields.item
        if one is None or item is None:
            self.query_one("#values", TextPane).show([])
            return
        side = one.sides[item]
        said = []
        for name, value, second in ((one.names[0], side.first, False), (one.names[1], side.second, True)):
            style = "strong" if (side.field in self.fields.second) == second else "dim"
            said.append(Para(((f"{safe(name)}: ", "quote"), (value or "-", style)), indent=2))
        why = side.why if side.proposed == (side.field in self.fields.second) else ""
        self.query_one("#values", TextPane).show(
            [*said, Para(((f"Proposed: {safe(why)}" if why else "Chosen by you", "dim"),))]
        )

    # choosing

    def action_pane(self) -> None:
        """The other list."""
        self.set_focus(self.pairs if self.fields.has_focus else self.fields)

    def action_take(self, second: bool) -> None:
        """The value of one side, in the field under the cursor."""
        self._follow()
        one, item = self.offer, self.fields.item
        if one is not None and item is not None:
            name = frozenset({one.sides[item].field})
            self._choose(one, self.fields.second | name if second else self.fields.second - name)

    def action_take_all(self, second: bool) -> None:
        """The values of one side, in all fields."""
        if one := self.offer:
            self._choose(one, frozenset(side.field for side in one.sides) if second else frozenset())

    def _turn(self, item: int) -> None:
        """The other side of a field."""
        assert self.fields.offer is not None
        self.action_take(self.fields.offer.sides[item].field not in self.fields.second)

    def _choose(self, one: Offer, second: frozenset[str]) -> None:
        self._chosen[one.pair] = second
        self._show_fields()

    def gone(self, one: Offer) -> None:
        """It is decided: the next one comes under the cursor, before the library is read anew."""
        self._fill([other for other in self.pairs.offers if other is not one])
