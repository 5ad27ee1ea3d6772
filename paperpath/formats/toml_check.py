"""What people write by hand in TOML: all mistakes are found in one go, and each is named by its line.

TOML's parser gives values without their places. The place of a table is that of its header, ``[[stage.paper]]`` and the
like, counted in the order of the file; the place of a value is where its name stands below that header.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from paperpath.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADER = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_LONG_TEXT = re.compile(r'"""|\'\'\'')


def parse(name: str, text: str) -> dict[str, Any]:
    """The tables of the file ``name``; raises BadFile with the place of what is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{name} is not valid TOML: {error}.") from error


def headers(text: str) -> dict[str, list[int]]:
    """The lines of the headers of each kind: ``{"paper": [1, 20], "paper.question": [12, 16, 31]}``."""
    found: dict[str, list[int]] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and (header := _HEADER.match(line)):
            found.setdefault(header[1], []).append(number)
        for quotes in _LONG_TEXT.findall(line):  # a header inside a text of several lines is a part of that text
            inside = quotes if not inside else "" if inside == quotes else inside
    return found


def meant(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'softmax'?)`` for a word that is nearly one of those; else nothing."""
    close = get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


@dataclass(slots=True)
class Check:
    """The mistakes found so far, and how values are taken out of tables.

    ``line`` is that of a table's header everywhere; where exactly a value stands is looked for when it is wrong,
    because a hundred guides have thousands of values.
    """

    name: str
    """Of the file."""
    text: str
    mistakes: list[tuple[int, str]] = field(default_factory=list)
    """Line, or 0 where it is not known, and what is wrong there."""

    def wrong(self, line: int, message: str) -> None:
        """Note a mistake."""
        self.mistakes.append((line, message))

    def finish(self, what: str) -> None:
        """Raise BadFile with every mistake in the order of lines, if there is any; ``what`` was not used then."""
        if not self.mistakes:
            return
        count = len(self.mistakes)
        said = "; ".join(f"line {line}: {message}" if line else message for line, message in sorted(self.mistakes))
        raise BadFile(
            f"{self.name} has {count} mistake{'s' * (count > 1)}: {said}."
            f" Nothing of {what} was used; mend the file and try again."
        )

    def line_of(self, name: str, start: int) -> int:
        """The line of the value called ``name`` in the table whose header is on line ``start``, or ``start``."""
        if start:
            for number, line in enumerate(self.text.splitlines()[start:], start + 1):
                if line.lstrip().startswith("["):
                    break
                if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line):
                    return number
        return start

    def known_fields(self, table: dict[str, Any], known: tuple[str, ...], where: str, line: int) -> None:
        """Every field of a table is one of those that are known."""
        for name in sorted(table.keys() - set(known)):
            self.wrong(line, f"{where} has an unknown field {name!r}; known are {', '.join(known)}")

    def words(self, table: dict[str, Any], name: str, where: str, line: int, *, needed: bool = True) -> str:
        """A text without line breaks; empty where it is wrong, or is not there and need not be."""
        value = table.get(name, "" if not needed else None)
        if isinstance(value, str) and (value.strip() or not needed):
            return " ".join(value.split())
        missing = value is None or isinstance(value, str)
        at = self.line_of(name, line)
        self.wrong(at, f"{where} needs {name!r} as a text" if missing else f"{name!r} of {where} is no text")
        return ""

    def texts(self, table: dict[str, Any], name: str, where: str, line: int) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        value = table.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(" ".join(item.split()) for item in value)
        self.wrong(self.line_of(name, line), f'{name!r} of {where} must be a list of texts such as ["one", "two"]')
        return ()

    def number(self, table: dict[str, Any], name: str, where: str, line: int, most: int) -> int | None:
        """A whole number from 1 to ``most``; None where there is none."""
        value = table.get(name)
        if value is None or (type(value) is int and 1 <= value <= most):
            return value
        self.wrong(self.line_of(name, line), f"{name!r} of {where} must be a whole number from 1 to {most}")
        return None

    def tables(self, table: dict[str, Any], name: str, where: str, *, needed: bool = True) -> list[dict[str, Any]]:
        """The tables written as ``[[name]]``."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(0, f"{name!r} of {where} must be written as [[…{name}]] tables")
            return []
        if needed and not value:
            self.wrong(0, f"{where} is empty: it has no [[…{name}]]")
        return value
