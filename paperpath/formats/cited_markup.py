"""Keys cited in Markdown of pandoc's kind (``.md``, Quarto, R Markdown) and in Typst.

In both, ``@name`` may mean a figure or a section as well. So the names that a document defines come along, and whoever
knows the library decides. Markdown that is indented by four spaces is read, because it is more often a paragraph of a
list than code.
"""

from __future__ import annotations

import re

from paperpath.formats.cited_found import Cited, Found, blank

_LONGEST = 400
"""Characters of a code span that is looked for; a stray backtick must not hide a page, nor cost a look at all of it."""

# ------------------------------------------------------------------------------------------------- Markdown

_FENCE = re.compile(r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*$", re.M)
_NOT_PROSE = re.compile(
    r"\\."
    r"|<!--"
    rf"|(?P<ticks>`+)(?:[^`]|(?!(?P=ticks)(?!`))`){{1,{_LONGEST}}}?(?<!`)(?P=ticks)(?!`)"
    r"|\b(?:https?|ftp|mailto):[^\s<>\]]+"
    r"|\]\([^()\s]*",
)
_AT = re.compile(r"(?<![\w@\\])@(?:\{(?P<braced>[^{}\n]+)\}|(?P<bare>\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*))")
_FRONT = re.compile(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_ALL = re.compile(r"(?<![\w@\\])@\*")
_LABELS = re.compile(
    r"\{#(?P<heading>[\w:.-]+)"
    r"|^[ \t]*#\|[ \t]*label:[ \t]*(?P<option>[\w:.-]+)"
    r"|^[ \t]*`{3,}[ \t]*\{\w+[ ,]+(?:label[ ]*=[ ]*[\"']?)?(?P<chunk>[\w:.-]+)",
    re.M,
)
_QUARTO_INCLUDE = re.compile(r"\{\{<\s*include\s+([^\s>]+)\s*>\}\}")


def markdown(text: str) -> Cited:
    """``[@a; @b, p. 3]``, ``@a says``, ``-@a``, ``@{a key}``; ``@*`` in the front matter is everything."""
    found = Found(text)
    found.label(name for match in _LABELS.finditer(text) for name in match.groups() if name)
    if (front := _FRONT.match(text)) and (every := _ALL.search(front[0])):
        found.cite("*", every.start())
    prose = _without_spans(_without_fences(text))
    for match in _QUARTO_INCLUDE.finditer(prose):
        found.include(match[1], match.start())
    for match in _AT.finditer(prose):
        found.cite(match["braced"] or match["bare"], match.start())
    return found.cited()


def _without_fences(text: str) -> str:
    """``text`` with spaces for code between lines of three or more backticks or tildes; an open one ends the text."""
    pieces: list[str] = []
    at, opened = 0, ""
    for match in _FENCE.finditer(text):
        fence = match["fence"]
        if not opened:
            if fence[0] == "`" and "`" in match[0].split(fence, 1)[1].strip("`"):
                continue  # a code span that happens to begin a line
            pieces.append(text[at : match.start()])
            at, opened = match.start(), fence
        elif fence.startswith(opened) and match[0].rstrip().endswith(fence):
            pieces.append(blank(text[at : match.end()]))
            at, opened = match.end(), ""
    rest = text[at:]
    return "".join([*pieces, blank(rest) if opened else rest])


def _without_spans(text: str) -> str:
    """``text`` with spaces for code spans, comments and addresses."""
    pieces: list[str] = []
    at = 0
    while match := _NOT_PROSE.search(text, at):
        begin, end = match.span()
        if match[0] == "<!--":
            end = text.find("-->", end)
            end = len(text) if end < 0 else end
        pieces += text[at:begin], match[0] if match[0][0] == "\\" else blank(text[begin:end])
        at = end
    return "".join([*pieces, text[at:]])


# ------------------------------------------------------------------------------------------------- Typst

_TYPST_NOT_TEXT = re.compile(r"\\.|\bhttps?://[^\s\[\]\"]*|//[^\n]*|/\*|`+")
_TYPST_COMMENT = re.compile(r"/\*|\*/")
_TYPST_CITE = re.compile(
    r"(?<![\w@\\])@(?P<at>\w(?:[\w:.-]*[\w-])?)"
    r"|\bcite\(\s*(?:<(?P<angle>[^<>\s]+)>|label\(\s*\"(?P<quoted>[^\"\n]+)\"\s*\))"
    r"|\binclude\s*\(?\s*\"(?P<file>[^\"\n]+\.typ)\""
    r"|<(?P<label>\w[\w:.-]*)>"
)
_TYPST_PACKAGE = re.compile(r"\"@(?:preview|local)/[^\"\n]*\"")


def typst(text: str) -> Cited:
    """``@key``, ``#cite(<key>)``, ``#cite(label("key"))``; files of ``#include``."""
    found = Found(text)
    text = _TYPST_PACKAGE.sub(lambda match: blank(match[0]), _without_raw(text))
    for match in _TYPST_CITE.finditer(text):
        if match["file"]:
            found.include(match["file"], match.start())
        elif match["label"]:
            found.label((match["label"],))
        else:
            found.cite(match["at"] or match["angle"] or match["quoted"], match.start())
    return found.cited()


def _without_raw(text: str) -> str:
    """``text`` with spaces for raw text, comments and addresses."""
    pieces: list[str] = []
    at = 0
    while match := _TYPST_NOT_TEXT.search(text, at):
        begin, end = match.span()
        if match[0][0] == "\\":
            pieces.append(text[at:end])
            at = end
            continue
        if match[0] == "/*":
            end = _comment_end(text, end)
        elif match[0][0] == "`" and len(match[0]) != 2:  # two are an empty raw text
            closing = text.find(match[0], end)
            end = len(text) if closing < 0 else closing + len(match[0])
        pieces += text[at:begin], blank(text[begin:end])
        at = end
    return "".join([*pieces, text[at:]])


def _comment_end(text: str, at: int) -> int:
    """Where the comment that began before ``at`` ends; they nest."""
    depth = 1
    for match in _TYPST_COMMENT.finditer(text, at):
        depth += 1 if match[0] == "/*" else -1
        if not depth:
            return match.end()
    return len(text)
