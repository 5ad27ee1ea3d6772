"""The grammar of .bib files: patterns for names and values, and what reads one value.

It is that of BibTeX 0.99d, with what biber forgives. Every pattern is possessive, so that none goes back over what it
has read and hostile files cost no more than others. Groups are atomic, ``(?>(?:…)*)``, and never ``(?:…)*+``: before
Python 3.11.5 these keep the half of a last round that did not match (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re
from functools import lru_cache

WORD = r"[^\s\"#%'(),={}]"
"""One character of a name, a type or a bare value."""

# What stands between braces that balance, four levels deep. Deeper nesting, which occurs in one entry of some
# thousands, goes to _closing_brace.
_FLAT = r"[^{}]*+"
_INSIDE = _FLAT + r"(?>(?:\{" + _FLAT + r"(?>(?:\{" + _FLAT + r"(?>(?:\{" + _FLAT + r"\}" + _FLAT + r")*)\}" + _FLAT
_INSIDE += r")*)\}" + _FLAT + r")*)"
_QUOTED = r'[^"{}]*+(?>(?:\{' + _INSIDE + r'\}[^"{}]*+)*)'
_WITHIN = rf"(?:{_FLAT}(?=\}})|{_INSIDE})"
"""The same, with most values, which have no braces, tried first: that is half of the time of a file."""
_VALUE = rf"(?:\{{({_WITHIN})\}}|\"({_QUOTED})\"|({WORD}++))"
_PIECE = re.compile(rf"\s*+{_VALUE}\s*+")

HEAD = re.compile(rf"@\s*+({WORD}++)\s*+([{{(])\s*+")
_KEY = {"{": re.compile(r"([^\s,}]*+)\s*+"), "(": re.compile(r"([^\s,]*+)\s*+")}
FIELD = re.compile(rf"\s*+({WORD}++)\s*+=\s*+{_VALUE}\s*+([,}})#]?)")
"""Name, text in braces, text in quotes, bare value, and what follows; covers nearly every field that people write."""
NAME = re.compile(rf"\s*+({WORD}++)\s*+=\s*+")
USUAL_KEY = re.compile(rf"({WORD}++)\s*+,\s*+")
USUAL_FIELD = re.compile(
    rf"({WORD}++)\s*+=\s*+(?>([{{\"])?)((?<=\{{){_WITHIN}|(?<=\"){_QUOTED}(?=\")|(?<![{{\"]){WORD}++)(?(2)[}}\"])"
    rf"\s*+(?:,\s*+|\Z)|[\s\S]++"
)
"""A field that a comma or the end follows, as name, what opens the value if anything does, and value; or else all that
is left, as :data:`NO_FIELD`."""
NO_FIELD = ("", "", "")
_SKIP = re.compile(r"[\s,]*+(?>(?:%[^\n]*+[\s,]*+)*)")
_MANY = 100
"""Braces in one value; with more of them it is worth while to know which braces of the file are never closed."""
_SPACE = re.compile(r"\s*+")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')


class Unreadable(Exception):
    """Why a block cannot be read, as half a sentence; it never leaves the formats package."""


def key_at(text: str, head: re.Match[str], mended: list[str]) -> tuple[str, int]:
    """The citation key and the place behind it."""
    if NAME.match(text, head.end()):
        mended.append("it has no key")
        return "", head.end()
    match = _KEY[head[2]].match(text, head.end())
    assert match  # every part of the pattern may be empty
    key, at = match[1], match.end()
    if not key:
        mended.append("it has no key")
    if text[at : at + 1] in (",", "}", ")"):
        return key, at
    if NAME.match(text, at):
        mended.append("the comma after the key is missing")
        return key, at
    raise Unreadable("after the key there must be a comma" if at < len(text) else "the file ends inside it")


def value_at(text: str, at: int) -> tuple[str, str, int]:
    """A value, how it was enclosed, and the place of the character behind it."""
    pieces: list[tuple[str, str]] = []
    while True:
        piece = _PIECE.match(text, at)
        if piece:
            braced, quoted, bare = piece.groups()
            at = piece.end()
            if braced is not None:
                pieces.append((braced, "{"))
            elif quoted is not None:
                pieces.append((quoted, '"'))
            else:
                pieces.append((bare, "no-enclosing"))
        else:
            begin = _skip_space(text, at)
            opening = text[begin : begin + 1]
            if opening not in ("{", '"'):
                raise Unreadable("a value is missing" if begin < len(text) else "the file ends inside it")
            at = (closing_brace if opening == "{" else _closing_quote)(text, begin)
            pieces.append((text[begin + 1 : at - 1], opening))
            at = _skip_space(text, at)
        if text[at : at + 1] != "#":
            break
        at += 1
    if len(pieces) == 1:
        return *pieces[0], at
    shown = [{"{": "{%s}", '"': '"%s"'}.get(kind, "%s") % piece for piece, kind in pieces]
    return " # ".join(shown), "no-enclosing", at


def pieces(value: str) -> list[tuple[str, bool]]:
    """The parts of a ``no-enclosing`` value, and whether each is a macro (or number) rather than a text."""
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(value):
        piece, enclosing, at = _value_piece(value, at)
        found.append((piece, enclosing == "no-enclosing"))
        at += 1  # the "#"
    return found


def _value_piece(value: str, at: int) -> tuple[str, str, int]:
    begin = _skip_space(value, at)
    opening = value[begin : begin + 1]
    if opening in ("{", '"'):
        end = (closing_brace if opening == "{" else _closing_quote)(value, begin)
        return value[begin + 1 : end - 1], opening, _skip_space(value, end)
    end = value.find("#", begin)
    end = len(value) if end < 0 else end
    return value[begin:end].strip(), "no-enclosing", end


def closing_brace(text: str, at: int) -> int:
    """The place behind the brace that closes the one at ``at``. A backslash does not hide a brace from BibTeX."""
    depth = 0
    for count, brace in enumerate(_BRACE.finditer(text, at)):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
        if count == _MANY and at in unclosed(text):
            break
    raise Unreadable("a '{' is never closed")


def balanced(text: str) -> bool:
    """Whether ``text`` can stand in braces, as BibTeX counts: a backslash before a brace does not matter."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=1)
def unclosed(text: str) -> frozenset[int]:
    """The braces of a whole file that are never closed, so that not each of them is followed to the end of it."""
    open_ones: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            open_ones.append(brace.start())
        elif open_ones:
            open_ones.pop()
    return frozenset(open_ones)


def _closing_quote(text: str, at: int) -> int:
    depth = 0
    for count, mark in enumerate(_BRACE_OR_QUOTE.finditer(text, at + 1)):
        if count >= _MANY and mark[0] == "{" and mark.start() in unclosed(text):
            break
        if mark[0] == '"':
            if depth == 0:
                return mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
            if depth < 0:
                break
    raise Unreadable("a quotation mark is never closed")


def skipped(text: str, at: int) -> int:
    """The place behind white space, commas and comments."""
    match = _SKIP.match(text, at)
    assert match
    return match.end()


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match
    return match.end()
