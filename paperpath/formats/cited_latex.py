r"""Keys cited in LaTeX: in the ``.aux`` of LaTeX, the ``.bcf`` that biblatex writes for biber, and the ``.tex`` itself.

Which commands of a ``.tex`` cite is told by their names: all with *cite* in them, as those of natbib, biblatex,
apacite, REVTeX and people's own have, less the few that only set something up. A list of commands would miss the
latter kind, of which nearly every thesis has one.
"""

from __future__ import annotations

import html
import re

from paperpath.formats.cited_found import Cited, Found, blank

# ------------------------------------------------------------------------------------------------- .aux and .bcf

_CONTROL = re.compile(r"biblatex-control|IEEEexample:BSTcontrol|(?:REVTEX|aps|aip)[\w.-]*Control")
"""Entries that switch options of a style; biblatex and REVTeX write their own."""
_IN_AUX = re.compile(
    r"\\(?:(?P<command>citation|bibcite|@input)\s*|abx@aux@cite(?:\{\d*\}(?=\{[^{}]*\}))?)\{(?P<names>[^{}]*)\}"
)
_IN_BCF = re.compile(r"<bcf:citekey(?P<attributes>\s[^<>]*)?>(?P<key>[^<>]*)</bcf:citekey\s*>")
_MEMBERS = re.compile(r'\smembers="([^"]*)"')


def aux(text: str) -> Cited:
    r"""The keys of ``\citation``, ``\bibcite`` and ``\abx@aux@cite``, and the files of ``\@input``."""
    found = Found(text)
    for match in _IN_AUX.finditer(text):
        if match["command"] == "@input":
            found.include(match["names"], match.start())
        else:
            _cite(found, match["names"], match.start("names"))
    return found.cited()


def bcf(text: str) -> Cited:
    """The keys of ``<bcf:citekey>``; members of a set that the document made instead of the set.

    That element alone is read, by a pattern: it holds nothing but a key, and no entity can be defined that would grow.
    """
    found = Found(text)
    for match in _IN_BCF.finditer(text):
        members = _MEMBERS.search(match["attributes"] or "")
        _cite(found, html.unescape(members[1] if members else match["key"]), match.start())
    return found.cited()


# ------------------------------------------------------------------------------------------------- .tex

_VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim lstlisting minted comment filecontents"
    " filecontents*".split()
)
_NOT_TEXT = re.compile(
    r"""
      \\begin\s*\{(?P<environment>[A-Za-z]+\*?)\}
    | (?P<end>\\end\s*\{document\})
    | (?P<code>
        \\(?:verb|Verb|lstinline|mintinline\s*\{[^{}\n]{1,40}\})(?![A-Za-z])\*?(?:\[[^\]\n]{0,200}\])?
        (?:(?P<delimiter>[^\w\s*{])[^\n]{0,2000}?(?P=delimiter)|\{[^{}\n]*\})
      | %[^\n]*
      )
    | (?P<escape>\\.)
    """,
    re.X,
)
_BRACES = r"\{(?>(?:[^{}]|\{[^{}]*+\})*)\}"
_OPTION = re.compile(rf"\s*\[(?>(?:[^\[\]{{}}]|{_BRACES}|\[[^\[\]]*+\])*)\]")
_ROUND = re.compile(rf"\s*\((?>(?:[^(){{}}]|{_BRACES}|\([^()]*+\))*)\)")
_ANGLE = re.compile(r"<[^<>{}\n]*+>")
_GROUP = re.compile(r"\s*\{([^{}]*+)\}")
_COMMAND = re.compile(
    r"\\(?P<cite>[A-Za-z]*(?:[cC]ite|cquote|bibentry)[A-Za-z]*)\*?"
    r"|\\(?P<file>input|include|subfile|subfileinclude)\b\s*(?:\{(?P<name>[^{}\n]*)\}|(?P<bare>[\w./-]+))"
)
_SETS_UP = re.compile(
    r"(?:At|Declare|if|Exec|set|mk|abx|blx|NAT)|newcites$|bstctlcite$"
    r"|cite(?:style|text|numfont|reset|setup|indextype|punct|dash|mid|left|right|form|sort|color|counter|titlefont"
    r"|tracker(?:true|false)|index(?:true|false))$"
)
_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|(?:New|Renew|Provide)DocumentCommand|[gex]?def|let)"
    r"\*?\s*\{?\s*$"
)
_NO_KEY = re.compile(r"[\\#~$^]")
"""What a key cannot hold; ``#1`` and ``\\key`` are put in when a macro is expanded."""


def tex(text: str) -> Cited:
    r"""The keys of all commands that cite, and the files of ``\input`` and ``\include``."""
    found = Found(text)
    text = _without_code(text, found)
    for match in _COMMAND.finditer(text):
        if match["file"]:
            _include(found, match)
        elif not _SETS_UP.match(match["cite"]) and not _DEFINES.search(text, max(0, match.start() - 40), match.start()):
            _arguments(found, text, match)
    return found.cited()


def _without_code(text: str, found: Found) -> str:
    """``text`` with spaces where LaTeX sees a comment or verbatim text, and after the end of the document."""
    pieces: list[str] = []
    at = 0
    while match := _NOT_TEXT.search(text, at):
        begin, end = match.span()
        name = match["environment"]
        out = match[0]
        if name in _VERBATIM:
            end = text.find(f"\\end{{{name}}}", end)
            if end < 0:
                found.problem(begin, f"\\begin{{{name}}} is never ended, so what follows it was not read.")
                end = len(text)
            out = blank(text[begin:end])
        elif match["end"]:
            end = len(text)
            out = blank(text[begin:])
        elif match["code"] or out == "\\\\":  # "\\cite" is a line break and a word
            out = blank(out)
        pieces += text[at:begin], out
        at = end
    return "".join([*pieces, text[at:]])


def _include(found: Found, match: re.Match[str]) -> None:
    name = (match["name"] if match["bare"] is None else match["bare"]).strip()
    if _NO_KEY.search(name):
        found.problem(match.start(), f"{match[0]} was not followed; name that file too, if it cites.")
        return
    _, dot, suffix = name.rpartition("/")[2].rpartition(".")
    if dot and suffix.lower() in ("tex", "ltx"):
        found.include(name, match.start())
    elif name and not (dot and suffix.isalpha() and len(suffix) <= 4):  # .bbl, .pgf and .tikz cite nothing
        found.include(f"{name}.tex", match.start())


def _arguments(found: Found, text: str, command: re.Match[str]) -> None:
    r"""The keys of one command: ``<2>[see][p.~3]{a,b}``, and for ``\cites`` as many such groups as there are."""
    name, at = command["cite"], command.end()
    if angle := _ANGLE.match(text, at):
        at = angle.end()
    many = name.endswith(("cites", "citetexts"))
    other_first = name.endswith(("volcite", "volcites")) or name.startswith(("hyphen", "foreign"))
    while True:
        at = _after_options(text, at, many)
        if other_first and (group := _GROUP.match(text, at)):  # a volume or a language
            at = _after_options(text, group.end(), many)
        keys = _GROUP.match(text, at)
        if keys is None:
            if text.startswith("[", at):
                found.problem(at, f"The note after \\{name} has no end, so its keys were not read.")
            return
        _cite(found, keys[1], keys.start(1))
        at = keys.end()
        if not many:
            return


def _after_options(text: str, at: int, many: bool) -> int:
    while option := _OPTION.match(text, at) or (_ROUND.match(text, at) if many else None):
        at = option.end()
    return at


def _cite(found: Found, keys: str, at: int) -> None:
    for key in keys.split(","):
        if not _NO_KEY.search(key) and not _CONTROL.fullmatch(key.strip()):
            found.cite(key, at + len(key) - len(key.lstrip()))
        at += len(key) + 1
