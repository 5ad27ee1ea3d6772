"""Text of a .bib file → blocks of bibtexparser's model, without losing a character.

bibtexparser 2.1 has a splitter, but it loses entries:
``@article⏎{`` and ``@in-press{`` silently become comments, a value that ends in ``\\}`` swallows its neighbours, a
missing comma swallows the next field. Its model stays, so that every other tool for it works on what comes out here.

The blocks cover the source exactly: their ``raw`` texts joined are the file. So a program may change one entry and give
all others back as they were typed. A block that cannot be read costs itself alone; reading goes on at the next line
that looks like the start of one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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

from paperpath.collecting import uncollected
from paperpath.formats.bibtex_grammar import (
    FIELD,
    HEAD,
    NAME,
    NO_FIELD,
    USUAL_FIELD,
    USUAL_KEY,
    WORD,
    Unreadable,
    closing_brace,
    key_at,
    skipped,
    unclosed,
    value_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = re.compile(rf"{WORD}++")
_NEXT = re.compile(rf"^[ \t]*+@[ \t]*+{WORD}++\s*+[{{(]", re.M)


class Scanned(NamedTuple):
    """An entry before it becomes bibtexparser's; objects for its fields are a third of the time of splitting."""

    entry_type: str
    """In lower case."""
    key: str
    fields: list[tuple[str, str, str]]
    """Name as it was typed, ``{`` or ``"`` or nothing as the value is enclosed, and the value without that."""
    start_line: int
    raw: str
    mended: tuple[str, ...]
    """What was wrong and read all the same, each half a sentence."""


def split(text: str) -> list[Block]:
    """All blocks of ``text``, in order; ``"".join(block.raw for block in blocks) == text``.

    Values keep their braces or quotes off, as in bibtexparser; one that is a macro or a concatenation has the enclosing
    ``no-enclosing``. What was mended (a missing comma, a missing key) stands in the block's parser metadata under
    ``mended``.
    """
    with uncollected():  # a sixth of the time: all that is made here stays
        return [_modelled(block) if isinstance(block, Scanned) else block for block in scan(text)]


def _modelled(scanned: Scanned) -> Entry:
    fields = [Field(name, value, None, opening or "no-enclosing") for name, opening, value in scanned.fields]
    entry = Entry(scanned.entry_type, scanned.key, fields, scanned.start_line, scanned.raw)
    if scanned.mended:
        entry.set_parser_metadata("mended", scanned.mended)
    return entry


def scan(text: str) -> Iterator[Block | Scanned]:
    """The blocks that :func:`split` gives, one after the other, the entries among them as they were scanned."""
    begin = search = 0  # everything before begin has been yielded; the next "@" may stand at search
    line, counted = 1, 0
    while (at := text.find("@", search)) >= 0:
        head = HEAD.match(text, at)
        if not head:
            run = _RUN.match(text, at + 1)
            search = max(at + 1, run.end() - 1 if run else 0)  # no "@" before its last character can do better
            continue
        if at > begin:
            yield _between(text, begin, at, line + text.count("\n", counted, begin))
        line, counted = line + text.count("\n", counted, at), at
        block, end = _block(text, head, line)
        yield block
        begin = search = end
    if begin < len(text):
        yield _between(text, begin, len(text), line + text.count("\n", counted, begin))
    unclosed.cache_clear()  # it holds the whole text


def _between(text: str, begin: int, end: int, line: int) -> ImplicitComment:
    raw = text[begin:end]
    return ImplicitComment(raw.strip(), line, raw)


def _block(text: str, head: re.Match[str], line: int) -> tuple[Block | Scanned, int]:
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
    end = closing_brace(text, head.end(2) - 1) if braced else text.find(")", head.end()) + 1 or len(text)
    return ExplicitComment(text[head.end(2) : end - 1].strip(), line, text[head.start() : end]), end


def _preamble(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    value, _, at = value_at(text, head.end())
    end = _closed(text, at, head[2])
    return Preamble(value, line, text[head.start() : end]), end


def _string(text: str, head: re.Match[str], line: int) -> tuple[Block, int]:
    name = NAME.match(text, head.end())
    if not name:
        raise Unreadable("an @string must read @string{name = {text}}")
    value, enclosing, at = value_at(text, name.end())
    end = _closed(text, at, head[2])
    return String(name[1], value, line, text[head.start() : end], enclosing), end


def _entry(text: str, head: re.Match[str], line: int) -> tuple[Scanned, int]:
    if head[2] == "{" and (usual := USUAL_KEY.match(text, head.end())):
        at = usual.end()
        following = text.find("@", at)
        last = text.rfind("\n}", at, following if following >= 0 else len(text)) + 1
        fields = USUAL_FIELD.findall(text, at, last) if last else [NO_FIELD]
        if NO_FIELD not in fields:  # nearly always, and in two thirds of the time of one field after the other
            return Scanned(head[1].lower(), usual[1], fields, line, text[head.start() : last + 1], ()), last + 1
    return _any_entry(text, head, line)


def _any_entry(text: str, head: re.Match[str], line: int) -> tuple[Scanned, int]:
    """An entry read field by field."""
    mended: list[str] = []
    key, at = key_at(text, head, mended)
    fields, end = _fields(text, at, "}" if head[2] == "{" else ")", mended)
    return Scanned(head[1].lower(), key, fields, line, text[head.start() : end], tuple(mended)), end


def _fields(text: str, at: int, close: str, mended: list[str]) -> tuple[list[tuple[str, str, str]], int]:
    """The fields from ``at`` on, and the place behind the entry."""
    fields: list[tuple[str, str, str]] = []
    match_field, add = FIELD.match, fields.append
    while True:
        if (match := match_field(text, at)) and (stop := match[5]) and stop != "#":
            name, braced, quoted, bare, _ = match.groups()
            if braced is not None:
                add((name, "{", braced))
            elif quoted is not None:
                add((name, '"', quoted))
            else:
                add((name, "", bare))
            at = match.end()
            if stop == ",":
                continue
            if stop == close:
                return fields, at
            raise Unreadable(f"{name!r} must be followed by a comma or {close!r}")
        begin, at = at, skipped(text, at)
        if at > begin:
            continue
        if text[at : at + 1] == close:
            return fields, at + 1
        at = _long_field(text, at, close, fields, mended)


def _long_field(text: str, at: int, close: str, fields: list[tuple[str, str, str]], mended: list[str]) -> int:
    """One field that the pattern for the common case does not cover: concatenated, deeply nested or without comma."""
    name = NAME.match(text, at)
    if not name:
        raise Unreadable("the file ends inside it" if at >= len(text) else "a field must read name = {text}")
    if text[name.end() : name.end() + 1] in (",", close):  # year=, : bibtex complains, everyone else shrugs
        fields.append((name[1], "{", ""))
        return name.end()
    value, enclosing, at = value_at(text, name.end())
    fields.append((name[1], enclosing.removeprefix("no-enclosing"), value))
    if text[at : at + 1] not in (",", close):
        if not NAME.match(text, at):
            raise Unreadable(f"{name[1]!r} must be followed by a comma or {close!r}")
        mended.append(f"the comma after {name[1]!r} is missing")
    return at


def _closed(text: str, at: int, opening: str) -> int:
    close = "}" if opening == "{" else ")"
    if text[at : at + 1] != close:
        raise Unreadable(f"{close!r} is missing at its end")
    return at + 1
