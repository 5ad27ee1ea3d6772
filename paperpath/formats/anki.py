"""Cards → an Anki package (``.apkg``), by genanki.

Anki knows a note again by its *guid* and takes over what is newer. So each guid is made from the card's id and never
from its words, the note type and the deck have numbers that were drawn once, and a note's time is that of its words:
importing again updates what has changed, adds what is new, and leaves alone what the reader has changed in Anki since
and what was learnt there. Nothing is deleted in Anki by an import, and a schedule cannot be handed over: there a card
begins as a new one.

Fields are HTML in Anki: everything is escaped, and formulas between dollar signs become its MathJax.
"""

from __future__ import annotations

import html
import io
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MISSING = "The export for Anki is not installed. Install it with: pip install 'paperpath[anki]'"

# Drawn once with random.randrange(1 << 30, 1 << 31), as genanki's README asks for. Never to be changed: Anki would take
# the cards for others.
_MODEL, _DECK = 1789234561, 1420967318
_MODEL_TIME = 1_763_856_000.0
"""Of the note type below, as a Unix time; a change of its templates needs a later one, or Anki keeps the old ones."""
_FIELDS = ("Question", "Answer", "Passage", "Source", "Key")
_FRONT = '<div class="question">{{Question}}</div>'
_BACK = """\
{{FrontSide}}
<hr id="answer">
{{#Answer}}<div class="answer">{{Answer}}</div>{{/Answer}}
{{#Passage}}<blockquote>{{Passage}}</blockquote>{{/Passage}}
<div class="source">{{Source}}<br><code>{{Key}}</code></div>"""
_CSS = """\
.card { font-family: sans-serif; font-size: 20px; line-height: 1.4; max-width: 40em; margin: 1em auto; }
blockquote { border-left: 3px solid #999; margin: 1em 0; padding-left: 1em; font-size: 0.9em; }
.source { font-size: 0.7em; opacity: 0.7; margin-top: 1.5em; }"""
_MATHS = re.compile(r"\$([^$\n]+)\$")
_NOT_IN_TAGS = re.compile(r"[\s:\"]+")


class AnkiCard(NamedTuple):
    """A card as Anki shows it; plain texts."""

    id: str
    """What makes the guid: the same for the same card for ever, and no other card's."""
    question: str
    answer: str
    passage: str
    source: str
    """The paper and the place in it."""
    key: str
    """The citation key."""
    changed: datetime
    """Since when it has these words, aware."""
    tags: tuple[str, ...] = ()


def package(cards: Sequence[AnkiCard]) -> bytes:
    """The content of an ``.apkg`` with these cards, in the deck ``paperpath``.

    Raises:
        BadInput: genanki is not installed; the message says how to install it.
    """
    try:
        import genanki
    except ModuleNotFoundError as error:
        if error.name == "genanki":
            raise BadInput(MISSING) from error
        raise
    model = _model(genanki)
    deck = genanki.Deck(_DECK, "paperpath")
    for card in cards:
        deck.add_note(_note(genanki, model, card))
    deck.add_model(model)
    written = _Package.made(genanki, deck)
    content = io.BytesIO()
    newest = max((card.changed.timestamp() for card in cards), default=_MODEL_TIME)
    try:
        written.write_to_file(content, timestamp=newest)
    finally:
        # genanki 0.13 leaves the database that it has packed in the folder for temporary files.
        with suppress(OSError):
            Path(written.database).unlink()
    return content.getvalue()


def guid_of(card_id: str) -> str:
    """The guid of the note of a card, as Anki writes such."""
    import genanki

    guid: str = genanki.guid_for("paperpath", card_id)
    return guid


class _Package:
    """Makes the packages below, whose base is only there once genanki is."""

    @staticmethod
    def made(genanki: Any, deck: Any) -> Any:
        class Package(genanki.Package):  # type: ignore[misc]
            database = ""

            def write_to_db(self, cursor: Any, timestamp: float, id_gen: Any) -> None:
                self.database = cursor.execute("PRAGMA database_list").fetchone()[2]
                super().write_to_db(cursor, timestamp, id_gen)

        return Package(deck)


def _model(genanki: Any) -> Any:
    class Model(genanki.Model):  # type: ignore[misc]
        def to_json(self, timestamp: float, deck_id: int) -> Any:
            del timestamp  # else every import would undo what the reader has changed in the templates
            return super().to_json(_MODEL_TIME, deck_id)

    return Model(
        _MODEL,
        "paperpath",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_CSS,
    )


def _note(genanki: Any, model: Any, card: AnkiCard) -> Any:
    class Note(genanki.Note):  # type: ignore[misc]
        def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
            del timestamp
            super().write_to_db(cursor, card.changed.timestamp(), deck_id, id_gen)

    fields = [_html(text) for text in (card.question, card.answer, card.passage, card.source, card.key)]
    tags = ["paperpath", *(_NOT_IN_TAGS.sub("_", tag) for tag in card.tags)]
    return Note(model, fields, guid=genanki.guid_for("paperpath", card.id), tags=tags)


def _html(text: str) -> str:
    return _MATHS.sub(r"\\(\1\\)", html.escape(text, quote=False)).replace("\n", "<br>")
