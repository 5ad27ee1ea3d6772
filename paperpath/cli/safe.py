"""Text from the outside, made safe for a terminal.

A title, an abstract or an error page is data that somebody else wrote. Printed raw, ``ESC ]0;…BEL`` in it renames the
window, ``ESC [2J`` wipes the screen, ``ESC ]52`` writes to the clipboard, and a right-to-left override makes a name
read backwards. So nothing reaches a terminal but through :func:`line` or :func:`block`; JSON goes through
:func:`json_text`, which loses nothing because it can write any character as an escape.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

# Whole sequences first (CSI, then OSC/DCS/SOS/PM/APC with their payload, then two-character ones), so that no "[31m"
# is left standing in a title; what is malformed loses its control characters below.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b[0-Z\\^-~]"
)
# C0 and C1 controls, DEL, bidirectional embeddings, overrides and isolates, and the invisible tag characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def block(text: str) -> str:
    """Text of several lines: line breaks and tabs stay, everything that steers a terminal goes."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", _ESCAPE.sub("", text)))


def line(text: str) -> str:
    """Text for one line: as :func:`block`, with every run of white space made one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(block(text.replace("\x0b", " ").replace("\x0c", " ")).split())


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON in readable Unicode; characters that a terminal would obey are written as ``\\uXXXX``."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal: two for wide East Asian characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def clip(text: str, columns: int, ellipsis: str = "…") -> str:
    """``text`` in at most ``columns`` columns, with an ellipsis where something was cut off."""
    if width(text) <= columns:
        return text
    room = columns - len(ellipsis)
    if room < 0:
        return ellipsis[:columns]
    used = end = 0
    while (used := used + _columns(text[end])) <= room:  # ends before the text does, because that is too wide
        end += 1
    return text[:end].rstrip() + ellipsis


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """``text`` filled with spaces to ``columns`` columns, on its left if ``right`` is set."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
