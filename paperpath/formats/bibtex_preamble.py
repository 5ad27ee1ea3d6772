"""Macros of somebody's own in what is exported → a ``@preamble`` that defines them where nobody else does.

Text with a macro comes from a file whose author had it defined. Whoever gets the export need not: ``\\providecommand``
lets LaTeX print the last argument, or the name of a macro without any, and stands back for every real definition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.bibtex_grammar import Unreadable, closing_brace
from paperpath.formats.latex_encode import escaped
from paperpath.formats.latex_math import COMMANDS
from paperpath.formats.latex_tables import ACCENTS, FORMATTING, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMAND = re.compile(r"(?<!\\)\\([A-Za-z]+)")
_OF_PACKAGES = {"enquote", "nocase", "mkbibemph", "mkbibquote"}
_NOT_IN_LATEX = {"endash", "emdash", "euro", "degree"}
"""What we read although LaTeX alone does not."""
_KNOWN = (FORMATTING - _OF_PACKAGES) | NAMES.keys() | ACCENTS.keys() | COMMANDS | {"url", "i", "j"}
_KNOWN -= _NOT_IN_LATEX
_MOST = 9
"""Arguments that a command can have."""


def preamble(texts: Iterable[str]) -> str:
    """The ``@preamble`` for LaTeX that is written as somebody typed it; empty if LaTeX knows all of its commands."""
    arguments: dict[str, int] = {}
    switches: set[str] = set()
    for text in texts:
        for found in _COMMAND.finditer(text):
            if found[1] not in _KNOWN:
                count = _arguments(text, found.end())
                arguments[found[1]] = min(count, arguments.get(found[1], _MOST))
                if text[: found.start()].endswith("{") and text[found.end() :][:1].isspace():
                    switches.add(found[1])  # {\large so}, which says nothing itself
    lines = [
        f'"\\providecommand{{\\{name}}}{_meaning(name, count, name in switches)}"'
        for name, count in sorted(arguments.items())
    ]
    return "@preamble{" + " #\n  ".join(lines) + "}\n" if lines else ""


def _meaning(name: str, count: int, switch: bool) -> str:
    if name in _NOT_IN_LATEX:
        return f"{{{escaped(NAMES[name], True)}}}"
    return f"[{count}]{{#{count}}}" if count else f"{{{'' if switch else name}}}"


def _arguments(text: str, at: int) -> int:
    """How many groups in braces follow, one upon the other."""
    count = 0
    while count < _MOST and text.startswith("{", at):
        try:
            at = closing_brace(text, at)
        except Unreadable:
            break
        count += 1
    return count
