"""The YAML between the first two ``---`` lines of a note: read tolerantly, edited in place.

A note's front matter is edited by hand, by Obsidian and by scripts, so it is never parsed and dumped again: that would
lose comments, order and quoting. PyYAML's composer gives the exact place of every value, and only the characters of
a value that changes are replaced. After an edit the result is read once more, and an edit that would change anything
but what was asked for (aliases, duplicate keys and other corners of YAML) is not made.

Values stay the text that stands in the file: ``arxiv: 1706.03762`` is that id, although YAML calls it a float.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = str | int | tuple[str, ...] | dict[str, str] | None
"""What we write: a text, a year, a list, the memory of blocks; None for "no value"."""

BOM = "\ufeff"
_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M)
_COMMENT = re.compile(r"(?:[^\"'#]*\s)?(#.*)")
"""A comment that ends a line; where quotes stand before it, it may be none, and is not looked for."""
_PLAIN = re.compile(r"[^\W\d_](?:[\w .()/+&'’–-]*[\w.)])?")
"""What needs no quotes: it begins with a letter and has no character that means something to YAML."""
_WORDS = frozenset("y n yes no on off true false null none".split())
"""Words that YAML 1.1 readers take for a boolean or for nothing."""


class Unreadable(Exception):
    """The front matter cannot be understood; the message says where. It leaves this package as a sentence only."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value`` of the front matter, and where it stands in the file's text."""

    value: str | tuple[str, ...] | dict[str, str] | None
    """The text of a scalar, of the items of a list, of a flat mapping; nested values are kept as their source."""
    start: int
    """Just after the colon."""
    end: int
    """After the last character of the value, before any comment or line end."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of one text."""

    start: int
    """Index of its first character, after the opening line."""
    end: int
    """Index of the closing line."""
    entries: Mapping[str, Entry]

    def get(self, key: str) -> str | tuple[str, ...] | dict[str, str] | None:
        """The value of ``key``; None where it is missing or empty."""
        entry = self.entries.get(key)
        return entry.value if entry else None


def body_start(text: str) -> int:
    """Where the Markdown begins: after the front matter, or after a byte order mark."""
    span = _span(text)
    if span is None:
        return len(BOM) if text.startswith(BOM) else 0
    newline = text.find("\n", span[1])
    return len(text) if newline < 0 else newline + 1


def read(text: str) -> FrontMatter | None:
    """The front matter of a note; None where it has none, such as a text that begins with a rule.

    Raises:
        Unreadable: it is not YAML, or not a plain list of keys and values.
    """
    span = _span(text)
    if span is None:
        return None
    node = _compose(text[slice(*span)])
    if node is None:
        return FrontMatter(*span, {})
    if node.id != "mapping":  # two rules around a paragraph: Markdown, not front matter
        return None
    if node.flow_style:
        raise Unreadable("it is written in braces on one line; write one key a line")
    return FrontMatter(*span, _entries(text[: span[1]], span[0], node))


def edit(text: str, values: Mapping[str, Value], *, add: Iterable[str] = ()) -> str:
    """``text`` with its front matter saying ``values``; all other characters stay as they are.

    Args:
        text: the whole note.
        values: the keys to set. A key that is not there is left out, unless it is named in ``add``.
        add: keys that may be added, after the last of ours.

    Raises:
        Unreadable: the front matter is missing or broken, or the edit cannot be made without touching more.
    """
    front = read(text)
    if front is None:
        raise Unreadable("there is none")
    newline = "\r\n" if text[: front.start].endswith("\r\n") else "\n"
    changes: list[tuple[int, int, str]] = []
    wanted: dict[str, Value] = {}
    for key, value in values.items():
        entry = front.entries.get(key)
        if entry is not None and entry.value != _as_read(value):
            replacement = _with_comments(_rendered(key, value), text[entry.start : entry.end], entry)
            changes.append((entry.start, entry.end, replacement))
            wanted[key] = value
        elif entry is None and key in add:
            place = _line_after(text, front, values)
            changes.append((place, place, f"{key}:{_rendered(key, value)}\n"))
            wanted[key] = value
    if not changes:
        return text
    edited = text
    for start, end, replacement in sorted(changes, key=lambda change: change[0], reverse=True):
        edited = edited[:start] + replacement.replace("\n", newline) + edited[end:]
    _check(front, read(edited), wanted)
    return edited


def render(values: Mapping[str, Value]) -> str:
    """Fresh front matter, with its two ``---`` lines."""
    return "---\n" + "".join(f"{key}:{_rendered(key, value)}\n" for key, value in values.items()) + "---\n"


def _span(text: str) -> tuple[int, int] | None:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None


def _compose(source: str) -> Any:
    """PyYAML's tree of the front matter; nodes, not objects, so that no date or tag of the user's can fail."""
    import yaml

    try:
        return yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1  # from 0, after the opening line
        raise Unreadable(f"line {line}: {error.problem or 'not YAML'}") from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:  # "\UFFFFFFFF", [[[[[[…
        raise Unreadable("it is not YAML") from error


def _entries(text: str, offset: int, node: Any) -> dict[str, Entry]:
    entries = {}
    for key, value in node.value:
        colon = text.find(":", offset + key.end_mark.index)
        end = _end(text, offset, value)
        if key.id != "scalar" or colon < 0:
            continue
        if end <= colon:  # no value, or an alias, whose node lies where its anchor is: :func:`_check` refuses those
            end = colon + 1
        entries[key.value] = Entry(_value(text, offset, value), colon + 1, end)
    return entries


def _end(text: str, offset: int, node: Any) -> int:
    """Where the node's own text ends. PyYAML ends block values at the next key, past comments that are not theirs."""
    end = offset + int(node.end_mark.index)
    if node.id == "scalar" and node.style in ("|", ">"):
        return len(text[:end].rstrip(" \r\n"))
    if node.id == "scalar" or node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return _end(text, offset, last[1] if node.id == "mapping" else last)


def _value(text: str, offset: int, node: Any) -> str | tuple[str, ...] | dict[str, str] | None:
    if node.id == "scalar":
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    children = [child for pair in node.value for child in (pair if node.id == "mapping" else (pair,))]
    if any(child.id != "scalar" for child in children):
        return text[offset + node.start_mark.index : _end(text, offset, node)]
    if node.id == "mapping":
        return {key.value: value.value for key, value in node.value}
    return tuple(child.value for child in children)


def _with_comments(rendered: str, replaced: str, entry: Entry) -> str:
    """The new value with the comments that stood between the items of the old one."""
    if not isinstance(entry.value, tuple | dict):  # in a text, # is a letter like others
        return rendered
    found = [match[1].rstrip() for line in replaced.split("\n") if (match := _COMMENT.match(line))]
    if not found:
        return rendered
    value = rendered if rendered.startswith("\n") else f"\n  {rendered.strip()}"
    return "".join(f"\n  {comment}" for comment in found) + value


def _line_after(text: str, front: FrontMatter, ours: Mapping[str, Value]) -> int:
    """Where a new key goes: the line after the last of our keys, or the end of the front matter."""
    ends = [entry.end for key, entry in front.entries.items() if key in ours]
    newline = text.find("\n", max(ends)) if ends else -1
    return front.end if newline < 0 else min(newline + 1, front.end)


def _check(before: FrontMatter, after: FrontMatter | None, wanted: Mapping[str, Value]) -> None:
    """Read twice, write once: nothing but ``wanted`` may differ."""
    expected = {key: entry.value for key, entry in before.entries.items()}
    expected |= {key: _as_read(value) for key, value in wanted.items()}
    if after is None or {key: entry.value for key, entry in after.entries.items()} != expected:
        raise Unreadable("it uses YAML that cannot be edited safely, such as aliases or a key written twice")


def _as_read(value: Value) -> str | tuple[str, ...] | dict[str, str] | None:
    return str(value) if isinstance(value, int) else value


def _rendered(key: str, value: Value) -> str:
    """What stands after the colon, with its leading space or line end."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f" {value}"
    if isinstance(value, dict):
        return " {" + ", ".join(f"{name}: {text}" for name, text in value.items()) + "}"
    if isinstance(value, tuple) and (key == "tags" or not value):
        return " [" + ", ".join(_scalar(item) for item in value) + "]"
    if isinstance(value, tuple):
        return "".join(f"\n  - {_scalar(item)}" for item in value)
    return f" {_scalar(value)}"


def _scalar(text: str) -> str:
    """A text as YAML: bare where every YAML reader agrees on it, else in double quotes, always on one line."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in quoted)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
