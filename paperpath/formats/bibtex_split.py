"""Text of a .bib file → blocks of bibtexparser's model, without losing a character.

The grammar is that of BibTeX 0.99d, with what biber forgives. bibtexparser 2.1 has a splitter, but it loses entries:
``@article⏎{`` and ``@in-press{`` silently become comments, a value that ends in ``\\}`` swallows its neighbours, a
missing comma swallows the next field. Its model stays, so that every other tool for it works on what comes out here.

The blocks cover the source exactly: their ``raw`` texts joined are the file. So a program may change one entry and give
all others back as they were typed. A block that cannot be read costs itself alone; reading goes on at the next line
that looks like the start of one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibtexparser.model import (
    Block,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = r"[^\s\"#%'(),={}]"
# Balanced braces, four levels deep, with possessive quantifiers: no backtracking, so linear even on hostile files.
# Deeper nesting, which occurs in one entry of some thousands, goes to _closing_brace.
_FLAT = r"[^{}]*+"
_BRACES = r"\{" + _FLAT + r"(?:\{" + _FLAT + r"(?:\{" + _FLAT + r"(?:\{" + _FLAT + r"\}" + _FLAT + r")*+\}" + _FLAT
_BRACES += r")*+\}" + _FLAT + r")*+\}"
_QUOTES = r'"[^"{}]*+(?:' + _BRACES + r'[^"{}]*+)*+"'
_VALUE = rf"(?:({_BRACES})|({_QUOTES})|({_WORD}++))"
_PIECE = re.compile(rf"\s*+{_VALUE}\s*+")
_FIELD = re.compile(rf"\s*+({_WORD}++)\s*+=\s*+{_VALUE}\s*+([,}})#]?)")
_HEAD = re.compile(rf"@\s*+({_WORD}++)\s*+([{{(])\s*+")
_KEY = {"{": re.compile(r"([^\s,}]*+)\s*+"), "(": re.compile(r"([^\s,]*+)\s*+")}
_NAME = re.compile(rf"\s*+({_WORD}++)\s*+=\s*+")
_NEXT = re.compile(rf"^[ \t]*+@[ \t]*+{_WORD}++\s*+[{{(]", re.M)
_SKIP = re.compile(r"(?:[\s,]|%[^\n]*)*+")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_SPACE = re.compile(r"\s*+")


class Unreadable(Exception):
    """Why a block cannot be read, as half a sentence; it never leaves the formats package."""


def split(text: str) -> list[Block]:
    """All blocks of ``text``, in order; ``"".join(block.raw for block in blocks) == text``.

    Values keep their braces or quotes off, as in bibtexparser; one that is a macro or a concatenation has the enclosing
    ``no-enclosing``. What was mended (a missing comma, a missing key) stands in the block's parser metadata under
    ``mended``.
    """
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    begin = search = 0  # everything before begin has been yielded; the next "@" may stand at search
    line, counted = 1, 0
    while (at := text.find("@", search)) >= 0:
        head = _HEAD.match(text, at)
        if not head:
            search = at + 1
            continue
        if at > begin:
            yield _between(text, begin, at, line + text.count("\n", counted, begin))
        line, counted = line + text.count("\n", counted, at), at
        block, end = _block(text, head, line)
        yield block
        begin = search = end
    if begin < len(text):
        yield _between(text, begin, len(text), line + text.count("\n", counted, begin))


def _between(text: str, begin: int, end: int, line: int) -> ImplicitComment:
    raw = text[begin:end]
    return ImplicitComment(raw.strip(), line, raw)


def _block(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    """The block that begins with ``head``, and where it ends."""
    kind = head[1].lower()
    reader = {"comment": _comment, "preamble": _preamble, "string": _string}.get(kind, _entry)
    try:
        block, end = reader(text, head, line)
    except Unreadable as error:
        following = _NEXT.search(text, head.end())
        end = following.start() if following else len(text)
        block = ParsingFailedBlock(error, line, text[head.start() : end])
    return block, end


def _comment(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    braced = head[2] == "{"
    end = _closing_brace(text, head.end(2) - 1) if braced else text.find(")", head.end()) + 1 or len(text)
    return ExplicitComment(text[head.end(2) : end - 1].strip(), line, text[head.start() : end]), end


def _preamble(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    value, _, at = _value(text, head.end())
    end = _closed(text, at, head[2])
    return Preamble(value, line, text[head.start() : end]), end


def _string(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    name = _NAME.match(text, head.end())
    if not name:
        raise Unreadable("an @string must read @string{name = {text}}")
    value, enclosing, at = _value(text, name.end())
    end = _closed(text, at, head[2])
    return String(name[1], value, line, text[head.start() : end], enclosing), end


def _entry(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    mended: list[str] = []
    key, at = _key(text, head, mended)
    fields, end = _fields(text, at, "}" if head[2] == "{" else ")", mended)
    entry = Entry(head[1].lower(), key, fields, line, text[head.start() : end])
    if mended:
        entry.set_parser_metadata("mended", tuple(mended))
    return entry, end


def _key(text: str, head: re.Match[str], mended: list[str]) -> tuple[str, int]:
    """The citation key and the place behind it."""
    if _NAME.match(text, head.end()):
        mended.append("it has no key")
        return "", head.end()
    match = _KEY[head[2]].match(text, head.end())
    assert match  # every part of the pattern may be empty
    key, at = match[1], match.end()
    if not key:
        mended.append("it has no key")
    if text[at : at + 1] in (",", "}", ")"):
        return key, at
    if _NAME.match(text, at):
        mended.append("the comma after the key is missing")
        return key, at
    raise Unreadable("after the key there must be a comma" if at < len(text) else "the file ends inside it")


def _fields(text: str, at: int, close: str, mended: list[str]) -> tuple[list[Field], int]:
    """The fields from ``at`` on, and the place behind the entry."""
    fields: list[Field] = []
    while True:
        match = _FIELD.match(text, at)
        if match and match[5] and match[5] != "#":
            name, braced, quoted, bare, stop = match.groups()
            if braced is not None:
                fields.append(Field(name, braced[1:-1], None, "{"))
            elif quoted is not None:
                fields.append(Field(name, quoted[1:-1], None, '"'))
            else:
                fields.append(Field(name, bare, None, "no-enclosing"))
            at = match.end()
            if stop == close:
                return fields, at
            if stop == ",":
                continue
            raise Unreadable(f"{name!r} must be followed by a comma or {close!r}")
        begin, at = at, _skip(text, at)
        if at > begin:
            continue
        if text[at : at + 1] == close:
            return fields, at + 1
        at = _long_field(text, at, close, fields, mended)


def _long_field(text: str, at: int, close: str, fields: list[Field], mended: list[str]) -> int:
    """One field that the pattern for the common case does not cover: concatenated, deeply nested or without comma."""
    name = _NAME.match(text, at)
    if not name:
        raise Unreadable("the file ends inside it" if at >= len(text) else "a field must read name = {text}")
    if text[name.end() : name.end() + 1] in (",", close):  # year=, : bibtex complains, everyone else shrugs
        fields.append(Field(name[1], "", None, "{"))
        return name.end()
    value, enclosing, at = _value(text, name.end())
    fields.append(Field(name[1], value, None, enclosing))
    if text[at : at + 1] not in (",", close):
        if not _NAME.match(text, at):
            raise Unreadable(f"{name[1]!r} must be followed by a comma or {close!r}")
        mended.append(f"the comma after {name[1]!r} is missing")
    return at


def _value(text: str, at: int) -> tuple[str, str, int]:
    """A value, how it was enclosed, and the place of the character behind it."""
    pieces: list[tuple[str, str]] = []
    while True:
        piece = _PIECE.match(text, at)
        if piece:
            braced, quoted, bare = piece.groups()
            at = piece.end()
            if braced is not None:
                pieces.append((braced[1:-1], "{"))
            elif quoted is not None:
                pieces.append((quoted[1:-1], '"'))
            else:
                pieces.append((bare, "no-enclosing"))
        else:
            begin = _skip_space(text, at)
            opening = text[begin : begin + 1]
            if opening not in ("{", '"'):
                raise Unreadable("a value is missing" if begin < len(text) else "the file ends inside it")
            at = (_closing_brace if opening == "{" else _closing_quote)(text, begin)
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
        end = (_closing_brace if opening == "{" else _closing_quote)(value, begin)
        return value[begin + 1 : end - 1], opening, _skip_space(value, end)
    end = value.find("#", begin)
    end = len(value) if end < 0 else end
    return value[begin:end].strip(), "no-enclosing", end


def _closed(text: str, at: int, opening: str) -> int:
    close = "}" if opening == "{" else ")"
    if text[at : at + 1] != close:
        raise Unreadable(f"{close!r} is missing at its end")
    return at + 1


def _closing_brace(text: str, at: int) -> int:
    """The place behind the brace that closes the one at ``at``. A backslash does not hide a brace from BibTeX."""
    depth = 0
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    raise Unreadable("a '{' is never closed")


def _closing_quote(text: str, at: int) -> int:
    depth = 0
    for mark in _BRACE_OR_QUOTE.finditer(text, at + 1):
        if mark[0] == '"':
            if depth == 0:
                return mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
            if depth < 0:
                break
    raise Unreadable("a quotation mark is never closed")


def _skip(text: str, at: int) -> int:
    match = _SKIP.match(text, at)
    assert match
    return match.end()


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match
    return match.end()
