"""How the places of a paper that a guide names are said: sections by number or title, figures and tables."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"(\d+|[A-Z]|[IVX]+)([.-](\d+|[A-Z]))*")


def places(names: Iterable[str]) -> str:
    """For a sentence: ``Abstract``, ``3.2``, ``5``, ``Table 2`` → ``Abstract, sections 3.2, 5, Table 2``."""
    said = []
    for numbered, group in groupby(names, key=lambda name: bool(_NUMBER.fullmatch(name))):
        found = list(group)
        said.append((f"section{'s' * (len(found) > 1)} " if numbered else "") + ", ".join(found))
    return ", ".join(said)
