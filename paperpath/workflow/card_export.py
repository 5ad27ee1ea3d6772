"""Cards for Anki: what each says, and since when it says so."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath.cards import days
from paperpath.durable import atomic_write
from paperpath.formats import anki
from paperpath.workflow import reviewing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import Card

_SELF = "cards of"
"""Under which the library keeps a name of its own, so that the highlights of two libraries are never one card."""


def to_anki(library: Library, path: Path, cards: Sequence[Card], *, now: datetime | None = None) -> int:
    """Write the cards into an Anki package; how many there are.

    A card whose words are those of the last export keeps the time of these, so that Anki leaves alone what the reader
    has changed there since.

    Raises:
        BadInput: what makes such packages is not installed.
        DiskFull, LibraryError: the file cannot be written; what was there is whole.
    """
    moment = days.text_of(now or datetime.now(UTC))
    before, said = library.exported_cards(), dict[str, tuple[str, str]]()
    made, tell = [], reviewing.sources(library)
    for card in sorted(cards, key=lambda card: card.key):
        plain = _plain(library, card, tell(card).line, moment)
        digest = hashlib.sha256("\x1f".join((*plain[1:6], *plain.tags)).encode()).hexdigest()
        known, since = before.get(card.id, ("", moment))
        said[card.id] = digest, since if known == digest else moment
        made.append(plain._replace(changed=days.moment_of(said[card.id][1])))
    atomic_write(path, anki.package(made))
    library.note_exported_cards({one: value for one, value in said.items() if before.get(one) != value})
    return len(made)


def _plain(library: Library, card: Card, source: str, moment: str) -> anki.AnkiCard:
    own = card.id if card.origin == "guide" else f"{_name(library)}:{card.id}"
    return anki.AnkiCard(
        own, card.question, card.answer, card.quote, source, card.key, days.moment_of(moment), (card.key,)
    )


def _name(library: Library) -> str:
    name = library.meta(_SELF)
    if name is None:
        name = secrets.token_hex(8)
        library.set_meta(_SELF, name)
    return name
