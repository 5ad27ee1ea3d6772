"""The language in which people say what their citation keys look like: ``{author|title}{year}{title}``.

A formula is text with parts in braces, in the manner of Python's format strings. A part is a name and options behind
colons, ``{title:3:capital}``; alternatives stand between bars, the first that is not empty is taken:
``{author|editor|'anon'}``.

Better BibTeX has functions for this and JabRef some forty markers; here a few parts take the same options, and a
formula that cannot be read is an error with its place when the settings are read, never a strange key later.
"""

from __future__ import annotations

import re
from dataclasses import replace

from paperpath.errors import BadInput
from paperpath.formats.key_formula import FORBIDDEN, NAMES, PARTS, WORDS, Formula, Part
from paperpath.formats.key_parts import LONGEST_WORD

_CASES = ("lower", "upper", "capital", "keep")
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|(.)", re.S)
_QUOTED = re.compile(r"\s*'([^']*)'\s*")
_RUNS = re.compile(r"[:_-]+|[^:_-]+")


def parse(text: str) -> Formula:
    """Read a formula.

    Raises:
        BadInput: it cannot be read; the message says where, and what may stand there.
    """
    pieces: list[str | tuple[Part, ...]] = []
    for match in _PIECE.finditer(text):
        inside, outside, stray = match.groups()
        if stray:
            other = "a } that closes it" if stray == "{" else "a { that opens it"
            raise _refusal(text, match.start(), f"this {stray} lacks {other}.")
        if outside:
            _check_text(text, match.start(), outside)
            pieces += _RUNS.findall(outside)
        else:
            pieces.append(_choice(text, match.start() + 1, inside))
    if not any(isinstance(piece, tuple) and any(part.name in PARTS for part in piece) for piece in pieces):
        raise _refusal(text, 0, f"it has no part in braces, such as {{author}}. Parts are {', '.join(PARTS)}.")
    return Formula(text, tuple(pieces))


def _choice(text: str, start: int, inside: str) -> tuple[Part, ...]:
    parts = []
    for alternative in inside.split("|"):
        parts.append(_part(text, start, alternative))
        start += len(alternative) + 1
    return tuple(parts)


def _part(text: str, start: int, written: str) -> Part:
    if quoted := _QUOTED.fullmatch(written):
        _check_text(text, start + quoted.start(1), quoted[1])
        return Part("'", quoted[1])
    name, *options = written.split(":")
    if name.strip() not in PARTS:
        raise _refusal(text, start, f"there is no part {name.strip()!r}.{_meant(name.strip())}")
    part = Part(name.strip())
    given: set[str] = set()
    start += len(name) + 1
    for option in options:
        changes = _option(text, start, part.name, option.strip())
        if twice := given & changes.keys():
            raise _refusal(text, start, f"{option.strip()!r} says the {_SAYS[min(twice)]} a second time.")
        given |= changes.keys()
        part = replace(part, **changes)  # type: ignore[arg-type]  # the table in _option has the fields' own types
        start += len(option) + 1
    return part


_SAYS = {
    "count": "number", "letters": "number of letters", "case": "case", "joint": "separator", "shorten": "limit of etal",
    "particle": "particle", "every": "kind of words", "initials": "initials",
}  # fmt: skip


def _option(text: str, start: int, name: str, option: str) -> dict[str, object]:
    """The fields of a part that an option sets."""
    several = name in WORDS or (name in NAMES and name.endswith("s"))
    word, _, value = option.partition("=")
    number = int(value or word) if re.fullmatch(r"[1-9]\d?", value or word, re.ASCII) else None
    if option in _CASES:
        return {"case": option}
    if word == "letters" and number and number <= LONGEST_WORD:
        return {"letters": number}
    if several and option == "initials":
        return {"initials": True}
    if several and word == "sep" and value and not FORBIDDEN.search(value):
        return {"joint": value}
    if several and number and option == word:
        return {"count": number}
    if name in WORDS and option in ("all", "every"):
        return {"count": 0} if option == "all" else {"every": True}
    if name in NAMES and option == "particle":
        return {"particle": True}
    if several and name in NAMES and word == "etal" and (number or option == "etal"):
        return {"shorten": number or 0}
    if name == "year" and option in ("2", "4"):
        return {"count": int(option)}
    raise _refusal(
        text, start, f"{option!r} is no option of {name!r}. Its options are {_options(name, several=several)}."
    )


def _options(name: str, *, several: bool) -> str:
    found = ["2", "4"] if name == "year" else []
    if several:
        found += ["a number up to 99", "initials", "sep=-"]
    if name in WORDS:
        found += ["all", "every"]
    if several and name in NAMES:
        found += ["etal", "etal=2"]
    if name in NAMES:
        found.append("particle")
    return ", ".join((*found, f"letters=1 to letters={LONGEST_WORD}", *_CASES))


def _check_text(formula: str, start: int, text: str) -> None:
    if found := FORBIDDEN.search(text):
        place = start + found.start()
        raise _refusal(
            formula, place, f"{found[0]!r} may not stand in a key. Letters from a to z, digits and - _ : may."
        )


def _meant(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name.lower(), PARTS, 1)
    return f" Did you mean {close[0]!r}?" if close else f" Parts are {', '.join(PARTS)}, or a text in single quotes."


def _refusal(formula: str, index: int, what: str) -> BadInput:
    return BadInput(f"In the key formula {formula!r}, character {index + 1}: {what}")
