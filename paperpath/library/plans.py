"""What a change does to files besides the database, in a form that can be kept, carried out and reversed."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The file of a note before a change and after it, which may be another one; None for no file."""

    source: str | None
    target: str | None
    """Both relative to the library's folder."""
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen to files: first the moves, in their order, then the texts."""

    moves: tuple[tuple[str, str], ...] = ()
    """From where to where, relative to the library's folder."""
    texts: tuple[Text, ...] = ()

    def reversed(self) -> Plan:
        """What takes this plan back."""
        return Plan(
            tuple((target, source) for source, target in reversed(self.moves)),
            tuple(Text(text.target, text.source, text.after, text.before) for text in reversed(self.texts)),
        )

    def to_json(self) -> str:
        """The plan as the history and a journal keep it."""
        texts = [(text.source, text.target, text.before, text.after) for text in self.texts]
        return json.dumps({"moves": self.moves, "texts": texts}, ensure_ascii=False)

    @classmethod
    def from_json(cls, document: str) -> Plan:
        """The inverse of :meth:`to_json`."""
        data = json.loads(document)
        return cls(tuple((a, b) for a, b in data["moves"]), tuple(Text(*parts) for parts in data["texts"]))
