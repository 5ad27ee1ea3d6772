"""How many cards are due: a number for a corner of the screen, which is not worth making all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath.cards import days

if TYPE_CHECKING:
    from datetime import tzinfo

    from paperpath.library import Library


def due(library: Library, *, now: datetime | None = None, zone: tzinfo | None = None) -> int:
    """How many cards are due today: as many as :func:`paperpath.workflow.reviewing.today` says, asked of the database.

    That module takes 70 ms to import, because it makes and asks cards; the interface counts before its first key.
    """
    return library.cards_due(days.text_of(days.end_of_today(now or datetime.now(UTC), zone)))
