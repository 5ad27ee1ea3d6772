"""Where the fields of one entry stand in its text, and that text with one field changed, added or taken out.

People lay out their entries with care: columns, tabs, one line or many. What is changed here takes the shape of what
stands beside it, and everything else stays as it was typed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paperpath.formats.bibtex_grammar import HEAD, NAME, Unreadable, key_at, skipped, value_at

_DEFAULT_INDENT = "  "
_BRACE = re.compile(r"[{}]")


class Span(NamedTuple):
    """One field; all numbers are places in the text of the entry."""

    name: str
    """In lower case."""
    begin: int
    """Of the name."""
    value: int
    """Where the value begins, with its brace or quote."""
    end: int
    """Behind the value; white space and a comma may follow."""


class _Layout(NamedTuple):
    spans: list[Span]
    after_key: int
    """Behind the citation key and the white space that follows it."""


def spans(entry: str) -> list[Span]:
    """The fields of ``entry``, in order.

    Raises:
        ValueError: it is not the text of a readable entry.
    """
    return _layout(entry).spans


def with_field(entry: str, name: str, value: str, *, newline: str = "\n") -> str:
    """``entry`` with the field ``name`` having ``value``, which is written just so, delimiters included.

    A field that is there keeps its place and the way its name is written; a new one comes last, in the layout of the
    one before it. Where a name occurs twice the first one counts, as for BibTeX.

    Raises:
        ValueError: it is not the text of a readable entry.
    """
    layout = _layout(entry)
    for span in layout.spans:
        if span.name == name.lower():
            return f"{entry[: span.value]}{value}{entry[span.end :]}"
    if not layout.spans:
        at = layout.after_key
        rest = entry[at:].removeprefix(",").lstrip(" \t")
        end = "" if rest.startswith(("\r", "\n")) else newline
        return f"{entry[:at]},{newline}{_DEFAULT_INDENT}{name} = {value}{end}{rest}"
    last = layout.spans[-1]
    at = _behind_space(entry, last.end)
    closed = entry[at] == ","
    at = at + 1 if closed else last.end
    field = f"{_lead(entry, last)}{name}{_equals(entry, layout.spans, name)}{value}"
    return f"{entry[:at]}{field},{entry[at:]}" if closed else f"{entry[:at]},{field}{entry[at:]}"


def without_field(entry: str, name: str) -> str:
    """``entry`` without the field ``name``, and as it was if there is none.

    Raises:
        ValueError: it is not the text of a readable entry.
    """
    fields = _layout(entry).spans
    names = [span.name for span in fields]
    if name.lower() not in names:
        return entry
    span = fields[names.index(name.lower())]
    end = _behind_space(entry, span.end)
    after = entry[end + 1 :] if entry[end] == "," else entry[span.end :]
    without = entry[: span.begin].rstrip() + after
    names.remove(span.name)
    try:
        if [left.name for left in spans(without)] == names:
            return without
    except ValueError:
        pass
    return entry[: span.begin] + after  # the line above ends in a comment, which must not get this line too


def enclosed(value: str, like: str = "{") -> str:
    """``value`` between quotes if ``like`` begins with one and it can stand there, as a number, or in braces.

    Raises:
        ValueError: its braces do not balance, so that it can't stand in a .bib file at all.
    """
    depth = 0
    for brace in _BRACE.findall(value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise ValueError(f"The braces of {value!r} do not balance.")
    if like.startswith('"') and '"' not in value:
        return f'"{value}"'
    return value if like.isdecimal() and value.isdecimal() and value.isascii() else f"{{{value}}}"


def _layout(entry: str) -> _Layout:
    try:
        return _read(entry.replace("\r", "\n"))  # no place moves
    except Unreadable as error:
        raise ValueError(f"{entry[:40]!r} cannot be read: {error}.") from error


def _read(text: str) -> _Layout:
    head = HEAD.match(text)
    if not head:
        raise Unreadable("it is no entry")
    _, after_key = key_at(text, head, [])
    close = "}" if head[2] == "{" else ")"
    found: list[Span] = []
    at = after_key
    while text[(at := skipped(text, at)) : at + 1] != close:
        name = NAME.match(text, at)
        if not name:
            raise Unreadable("a field must read name = {text}")
        begin = at = name.end()
        if text[at : at + 1] not in (",", close):
            at = value_at(text, at)[2]
        found.append(Span(name[1].lower(), name.start(1), begin, begin + len(text[begin:at].rstrip())))
    return _Layout(found, after_key)


def _behind_space(text: str, at: int) -> int:
    """The place behind the white space at ``at``."""
    return len(text) - len(text[at:].lstrip())


def _lead(entry: str, last: Span) -> str:
    """The white space before the last field, most often the end of a line and the indentation."""
    before = entry[: last.begin]
    return before[len(before.rstrip()) :] or " "


def _equals(entry: str, fields: list[Span], name: str) -> str:
    """What stands between a name and its value: in columns if there are columns, or else as in the last field."""
    last = fields[-1]
    usual = entry[last.begin + len(last.name) : last.value]
    before, _, after = usual.partition("=")
    widths = {entry.index("=", field.begin) - field.begin for field in fields}
    if len(widths) == 1 and (len({len(field.name) for field in fields}) > 1 or len(before) > 1):
        before = " " * max(widths.pop() - len(name), min(len(before), 1))
    return f"{before}={after}"
