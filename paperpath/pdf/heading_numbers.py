"""The numbers of headings: reading one, and whether one can follow another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_NUMBER = re.compile(
    r"(?:(?:Chapter|CHAPTER|Section|SECTION|§)\s*)?(?P<digits>\d{1,2}(?:\.\d{1,2}){0,3})(?P<dot>\.?|:)\s+(?P<t>\S.*)$"
    r"|(?P<roman>[IVX]{1,5})[.:]?\s+(?P<rt>\S.*)$"
    r"|(?P<letter>[A-Z](?:\.\d{1,2}){0,3})[.:]?\s+(?P<lt>\S.*)$"
    r"|(?:Appendix|APPENDIX|Supplement)\s+(?P<appendix>[A-Z](?:\.\d{1,2})*|[IVX]+|\d)\b[.:—–-]*\s*(?P<at>.*)$"
)
ROMAN = {
    r: i for i, r in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), 1)
}

Scheme = Literal["digits", "roman", "letter", "appendix"]


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A heading number taken apart: ``3.2`` is ("digits", (3, 2))."""

    scheme: Scheme
    parts: tuple[int, ...]
    printed: str
    title: str


def read_label(text: str) -> HeadingNumber | None:
    """The number that ``text`` begins with, when it can be a heading's."""
    match = _NUMBER.match(text.strip())
    if not match:
        return None
    if match["digits"]:
        parts = tuple(int(p) for p in match["digits"].split("."))
        label = HeadingNumber("digits", parts, match["digits"], match["t"])
    elif match["roman"] and match["roman"] in ROMAN:
        label = HeadingNumber("roman", (ROMAN[match["roman"]],), match["roman"], match["rt"])
    elif match["letter"]:
        first, *others = match["letter"].split(".")
        label = HeadingNumber("letter", (ord(first) - 64, *(int(p) for p in others)), match["letter"], match["lt"])
    elif match["appendix"]:
        first, *others = match["appendix"].split(".")
        number = (
            ord(first) - 64
            if len(first) == 1 and first.isalpha()
            else ROMAN.get(first) or int(first if first.isdigit() else 0)
        )
        label = HeadingNumber("appendix", (number, *(int(p) for p in others)), match["appendix"], match["at"])
    else:
        return None
    return label if label.parts[0] <= 40 else None


def follows(before: tuple[int, ...] | None, parts: tuple[int, ...]) -> bool:
    """Whether ``parts`` can be the next number; one may be missing, when its heading was not seen."""
    if before is None:
        return parts[0] <= 2 and all(p <= 2 for p in parts[1:])
    if len(parts) > len(before):
        if parts[: len(before)] == before:
            return all(p <= 2 for p in parts[len(before) :])
        return parts[0] == before[0] + 1 and parts[1:] == (1,) * (len(parts) - 1)
    if len(parts) > 1 and parts[0] == before[0] + 1 and set(parts[1:]) == {1}:
        return True  # the chapter's own heading was not seen
    same = before[: len(parts)]
    if same[:-1] == parts[:-1] and 0 < parts[-1] - same[-1] <= 2:
        return True
    return len(parts) == 1 and 0 < parts[0] - before[0] <= 2
