"""Superscripts and subscripts as text: ``x²``, ``d_k``, ``W_i^Q``, ``10⁻⁵``.

Unicode has raised digits and signs, which every terminal font draws; for all else the signs of TeX are what readers of
papers know. Footnote marks and citations that stand high come out as raised digits, which tells them from numbers.
"""

from __future__ import annotations

import re

SMALL = 0.86
"""Superscripts and subscripts are smaller than this part of the line's size."""
_DIGITS = "0123456789"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_DIGITS = f"[{RAISED}]"
"""A character class for patterns."""

_UP = str.maketrans(f"{_DIGITS}+-−–=()", f"{RAISED}⁺⁻⁻⁻⁼⁽⁾")
_DOWN = str.maketrans(RAISED, _DIGITS)
_SIGNED_NUMBER = re.compile(r"[+−–-]?\d+")
SIGNS = "⊤⊥∞"
"""What stands high in formulas alone, as a character class; other signs there are marks of footnotes or stars."""
_MARKS = re.compile(rf"[^\w{SIGNS}]+")
_LIST = re.compile(r"\d+(?:\s?[,–-]\s?\d+)+,?")
_SCRIPT = r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|[^\W_]+)"
LARGE = "∑∏∫∮⋃⋂⋁⋀⨁⨂"
"""Signs that have limits, as a character class."""
_HAS_LARGE = re.compile(f"[{LARGE}]")
_UPPER_FIRST = re.compile(rf"(?<=[{LARGE}])((?:\^{_SCRIPT}|{RAISED_DIGITS}+)) ?(_{_SCRIPT})")
_MIXED = re.compile(rf"(\d*)([^\w{SIGNS}]+)(\d*)")
_PUNCTUATION = re.compile(r"[,;.'’′\s]+")
_WORD = re.compile(r"[^\W_]+")


def raised(text: str) -> str:
    """``text`` as it stands behind what it is the superscript of."""
    text = text.strip()
    if not text or _MARKS.fullmatch(text):
        return text
    if _SIGNED_NUMBER.fullmatch(text):
        return text.translate(_UP)
    if _LIST.fullmatch(text):  # citations and footnotes: ¹,³–⁵
        return re.sub(r"\d+", lambda m: m[0].translate(_UP), text)
    if mixed := _MIXED.fullmatch(text):
        return mixed[1].translate(_UP) + mixed[2] + mixed[3].translate(_UP)
    return f"^{_grouped(text)}"


def lowered(text: str) -> str:
    """``text`` as it stands behind what it is the subscript of."""
    text = text.strip()
    return f"_{_grouped(text)}" if text and not _PUNCTUATION.fullmatch(text) else text


def lower_first(text: str) -> str:
    """``text`` with the limits of large signs in the order in which they are read: ``∑_{i=1}^n``."""
    return _UPPER_FIRST.sub(r"\2\1", text) if "_" in text and _HAS_LARGE.search(text) else text


def _grouped(text: str) -> str:
    return text if _WORD.fullmatch(text) or len(text) == 1 else f"{{{text}}}"


def flat(text: str) -> str:
    """Raised digits as digits on the line, for what counts by them: marks of affiliations, labels of entries."""
    return text.translate(_DOWN)
