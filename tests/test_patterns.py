"""What regular expressions of the program may not do, because some Python that it runs on gets it wrong."""

from __future__ import annotations

import importlib
import pkgutil
import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

import paperpath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LETTERS = (codes.IN, codes.LITERAL, codes.NOT_LITERAL, codes.ANY)


def compiled(thing: object) -> Iterator[re.Pattern[str]]:
    if isinstance(thing, re.Pattern):
        yield thing
    elif isinstance(thing, (dict, list, tuple, set, frozenset)):
        for part in thing.values() if isinstance(thing, dict) else thing:
            yield from compiled(part)


def groups_kept(pattern: Iterable[object]) -> Iterator[object]:
    """What is repeated possessively and is more than one letter."""
    for part in pattern:
        if isinstance(part, tuple) and part and part[0] is codes.POSSESSIVE_REPEAT:
            body = list(part[1][2])
            if len(body) != 1 or body[0][0] not in LETTERS:
                yield body
        if isinstance(part, (tuple, list, parser.SubPattern)):
            yield from groups_kept(part)


def test_the_rule_finds_what_it_is_for() -> None:
    assert list(groups_kept(parser.parse(r"x((?:ab?c)*+)")))
    assert list(groups_kept(parser.parse(r"(?:a|(?:'\w++)?+)")))
    assert not list(groups_kept(parser.parse(r"[a-z]++\d*+(?>(?:'\w++)*)(?:ab)*")))


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5 the letters of a last round that failed stay in the match (python/cpython#106052)."""
    names = [module.name for module in pkgutil.walk_packages(paperpath.__path__, "paperpath.")]
    wrong = []
    for name in names:
        if not name.endswith("__main__"):
            values = vars(importlib.import_module(name)).items()
            patterns = [(variable, found) for variable, value in values for found in compiled(value)]
            wrong += [
                f"{name}.{variable}"
                for variable, found in patterns
                if isinstance(found.pattern, str) and list(groups_kept(parser.parse(found.pattern, found.flags)))
            ]
    assert wrong == []
