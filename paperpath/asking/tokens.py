"""Texts → the tokens that questions and passages are compared by.

A symbol is one token: ``d_k`` is neither ``d`` nor ``k``, and ``√d_k``, ``sqrt(d_k)`` and ``\\sqrt{d_k}`` are ``√`` and
``d_k``. Greek letters are written out, because a keyboard has none: ``β₁``, ``β_1`` and ``beta_1`` are one. Words are
compared by their stems.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from paperpath.asking.stems import stem

TOKEN = re.compile(r"√|[^\W_]+(?:[_^](?:\{[^\W_]+\}|[^\W_]+))*")
_ROOT = re.compile(r"\\?sqrt\b\s*(?=[({\[])|\bsquare root of\b(?=\s+(?:the\s+)?\S*_)", re.IGNORECASE)


class Token(NamedTuple):
    """A word or symbol of a text."""

    text: str
    """As it is compared: a stem, a symbol or a number."""
    word: str
    """In small letters, without accents."""


def tokens(text: str) -> list[Token]:
    """All tokens of a text, in order."""
    return [_token(part) for part in TOKEN.findall(plain(text))]


@lru_cache(maxsize=1 << 16)
def _token(part: str) -> Token:
    word = part.translate(_BRACES).lower()
    return Token(word if is_symbol(word) else stem(word), word)


def is_symbol(word: str) -> bool:
    """Whether a token is a symbol and not a word: it has an index or is a root."""
    return "_" in word or "^" in word or word == "√"


def plain(text: str) -> str:
    """A text as it is compared: without accents, lowered digits as indices, Greek letters by their names."""
    if text.isascii():
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFD", text.translate(_PLAIN)))


def roots(text: str) -> str:
    """A question with each root as the sign for it."""
    return _ROOT.sub("√", text)


def _names_of_greek() -> dict[int, str]:
    letters = [chr(code) for code in (*range(0x391, 0x3CA), 0x3D1, 0x3D5, 0x3F5) if chr(code).isalpha()]
    return {ord(letter): unicodedata.name(letter).removesuffix(" SYMBOL").split()[-1].lower() for letter in letters}


_BRACES = str.maketrans("", "", "{}")
_COMBINING = re.compile("[\u0300-\u036f]")
_LOWERED = (*range(0x2080, 0x208A), *range(0x2090, 0x209D), *range(0x1D62, 0x1D66), 0x2C7C)
_PLAIN = _names_of_greek() | {code: "_" + unicodedata.normalize("NFKC", chr(code)) for code in _LOWERED}
