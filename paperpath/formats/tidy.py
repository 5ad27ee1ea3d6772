"""What web pages and PDF viewers leave in metadata: HTML, invisible characters, ligatures, odd spaces.

None of it is meant by anybody, and all of it breaks something: a zero-width space stops pdfTeX, ``&amp;`` is printed
as it stands, ``ﬁ`` is not found by a search for ``fi``.
"""

from __future__ import annotations

import html
import re
import unicodedata

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|scp|span|u|tt|p|br|inf|italic|bold|title)(?:\s[^<>]*)?/?>", re.I)
_FOLDED = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"} | {0xFFFD: ""}
_FOLDABLE = re.compile("[\ufb00-\ufb06\ufffd]")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_ROUNDS = 8
"""``&amp;amp;`` happens, so does a zero-width space inside an entity; a text that needs more was made to."""


def tidy(text: str) -> str:
    """``text`` in NFC, on one line, without HTML and without characters that cannot be seen."""
    if "&" not in text and "<" not in text and _PLAIN.fullmatch(text):
        return text
    for _ in range(_ROUNDS):
        before, text = text, _round(text)
        if text == before:
            break
    return text


def _round(text: str) -> str:
    if "&" in text or "<" in text:
        text = _TAG.sub("", _ENTITY.sub(_character, text))
    text = text.translate(_FOLDED) if _FOLDABLE.search(text) else text
    if not text.isprintable():
        text = "".join(c if c.isprintable() else _unseen(c) for c in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _unseen(char: str) -> str:
    """A space for what separates words (tab, no-break space), nothing for controls, bidi marks and private use."""
    return " " if char.isspace() else ""
