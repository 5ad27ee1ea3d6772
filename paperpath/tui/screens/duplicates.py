"""Papers that are in the library twice: what :mod:`paperpath.workflow.pairing` proposes, merged field by field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui.cells import safe
from paperpath.tui.screens.sides import Sides
from paperpath.tui.widgets.pairs import Offer, Side

if TYPE_CHECKING:
    from paperpath.duplicates import Choice
    from paperpath.library import Library
    from paperpath.tui.screens.base import Hints
    from paperpath.workflow.pairing import Duplicate


class Duplicates(Sides):
    """The screen."""

    TITLE_OF_HELP = "Papers that are here twice"
    NOTHING = "No paper is here twice"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "merge", "Merge the two as marked", id="duplicates.merge", priority=True),
        Binding("d", "different", "They are two papers: do not offer them again", id="duplicates.apart", priority=True),
    ]

    def deciding(self) -> Hints:
        """One paper, or two."""
        return [("duplicates.merge", "Merge", "screen.merge"), ("duplicates.apart", "Two papers", "screen.different")]

    def offers(self, library: Library) -> list[Offer]:
        """All pairs of the library, the most certain first."""
        from paperpath.workflow import pairing

        says = f"{self.key('duplicates.apart')} says that they are two"
        return [_offer(library, one, says) for one in pairing.duplicates(library)]

    async def action_merge(self) -> None:
        """Make one paper of the two; waits, so that the next key means the next pair."""
        from paperpath.workflow import merging

        one = self.offer
        if one is None:
            return
        if one.refused:
            self.say(one.refused, "warn")
            return
        others = one.proposed ^ self.taken(one)
        try:
            merged = await self.front.desk.change(partial(merging.merge, duplicate=one.of, others=others))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self.gone(one)
        await self.front.reload()
        lost = f"; highlights not in the text that stays: {merged.lost}" if merged.lost else ""
        more = "".join(f"; {problem}" for problem in merged.problems)
        self.say(f"Merged {merged.gone} into {merged.key}{lost}{more}{self.undoable}", "warn" if lost else "good")

    async def action_different(self) -> None:
        """Two papers: the pair is not offered again."""
        one = self.offer
        if one is None:
            return
        try:
            await self.front.desk.change(lambda library: library.tell_apart(*one.pair))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if one.sure != "contradiction":
            self.gone(one)
        await self.front.reload()
        self.say(f"They are two papers, and are not offered again{self.undoable}", "good")


def _offer(library: Library, one: Duplicate, says: str) -> Offer:
    pair = one.pair
    keys = pair.first.key, pair.second.key
    sides = tuple(_side(library, one, choice) for choice in one.choices)
    title = pair.first.title or pair.second.title
    return Offer(one, keys, keys, pair.sure, pair.why, title, sides, _refused(one, says))


def _side(library: Library, one: Duplicate, choice: Choice) -> Side:
    from paperpath.workflow import pairing

    first, second = (safe(" ".join(value.split())) for value in pairing.sides(library, one, choice))
    return Side(choice.field, first, second, pairing.second_proposed(one, choice), choice.why)


def _refused(one: Duplicate, says: str) -> str:
    if one.proposal is not None:
        return ""
    if one.pair.sure == "contradiction":
        return "Two works with one identifier: look up whose it is, and mend the other"
    return f"They may be one paper, but are not offered as one; {says}"
