"""Published versions of preprints, by what their own records say of them, taken over field by field.

Services are asked by the command line alone, ``paperpath published --from``: that takes seconds a paper, and tells them
what one has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui.cells import safe
from paperpath.tui.screens.sides import Sides
from paperpath.tui.widgets.pairs import Offer, Side

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.tui.screens.base import Hints
    from paperpath.workflow.published_match import Published as Publication


class Published(Sides):
    """The screen."""

    TITLE_OF_HELP = "Published versions of preprints"
    NOTHING = "No record of a preprint says where it was published; `paperpath published --from all` asks services"
    ONE, MANY = "publication", "publications"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "take_over", "Take over what is marked", id="published.take_over", priority=True),
    ]

    def deciding(self) -> Hints:
        """The publication becomes the paper's."""
        return [("published.take_over", "Take over", "screen.take_over")]

    def offers(self, library: Library) -> list[Offer]:
        """The publications that the records tell of, certain ones first."""
        from paperpath.workflow import published

        found = [_offer(one) for looked in published.look(library) for one in looked.found]
        return sorted(found, key=lambda one: one.sure != "certain")

    async def action_take_over(self) -> None:
        """Take over the fields that are marked; waits, so that the next key means the next publication."""
        from paperpath.workflow import published

        one = self.offer
        if one is None:
            return
        wanted: Publication = one.of.only(self.taken(one))
        if not wanted.changes:
            self.say(f"Nothing of the publication is marked: {self.key('sides.right')} takes a value", "warn")
            return
        try:
            troubles = await self.front.desk.change(lambda library: published.apply(library, [wanted]))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if troubles:
            self.say(troubles[wanted.paper.key], "bad")
            return
        self.gone(one)
        await self.front.reload()
        self.say(f"{wanted.paper.key} is published{self.undoable}", "good")


def _offer(one: Publication) -> Offer:
    paper, after = one.paper, one.accepted
    sides = tuple(
        Side(change.field, _text(change.old), _text(change.new), True, f"{change.source} says so")
        for change in one.changes
    )
    place = " ".join(str(part) for part in (after.venue, after.volume, after.year) if part)
    return Offer(one, (paper.key, place), ("now", "published"), one.sure, one.why, paper.title, sides)


def _text(value: object) -> str:
    return "" if value is None else safe(" ".join(str(value).split()))
