"""Signs of TeX's fonts of symbols, whose glyphs have names that no list knows.

PDFium finds the letter of a glyph by its name (``alpha``, ``lessequal``). For ``summationdisplay``, ``bardbl`` or
``epsilon1`` there is none, so it gives the letter that stands at the same place in ASCII: a sum becomes an X, a norm
two ks, an angle bracket an h. The encodings are those of the Computer Modern fonts (Knuth, The TeXbook, appendix F).
"""

from __future__ import annotations

import re
from functools import lru_cache

GONE = "\ufeff"
"""A place holder for what is no sign of its own; :func:`~paperpath.pdf.text.clean` drops it."""

LONE_ACCENTS = frozenset("¨´`ˆ˜˚ˇ˙˝")
"""Accents as letters of their own: old fonts of TeX draw them apart from the letter below."""

_EXTENSION = dict.fromkeys("XP", "∑") | dict.fromkeys("YQ", "∏") | dict.fromkeys("ZR", "∫") | dict.fromkeys("HI", "∮")
_EXTENSION |= dict.fromkeys("S[", "⋃") | dict.fromkeys("T\\", "⋂") | dict.fromkeys("V^", "⋀") | dict.fromkeys("W_", "⋁")
_EXTENSION |= dict.fromkeys("U]", "⨄") | dict.fromkeys("LM", "⨁") | dict.fromkeys("NO", "⨂") | dict.fromkeys("JK", "⨀")
_EXTENSION |= dict.fromkeys("`a", "∐") | dict.fromkeys("pqrsv", "√") | dict.fromkeys("tu", GONE)
_EXTENSION |= dict.fromkeys("bcd", "\u0302") | dict.fromkeys("efg", "\u0303")
# A space is one that PDFium put between two words, and not the fourth size of "(", which has its place.
_BRACKETS = {
    "(": "\x00\x10\x12", ")": "\x01\x11\x13!", "[": '\x14"h', "]": "\x03\x15#i", "⌊": "\x04\x16$j",
    "⌋": "\x05\x17%k", "⌈": "\x06\x18&l", "⌉": "\x07\x19'm", "{": "\x08\x1a(n", "}": "\x09\x1b)o",
    "⟨": "\x1c*D", "⟩": "\x0b\x1d+E", "|": "\x0c", "‖": "\x0d", "/": "\x0e\x1e,.", "\\": "\x0f\x1f-/",
}  # fmt: skip
_EXTENSION |= {place: sign for sign, places in _BRACKETS.items() for place in places}
# The upper end of a bracket that is put together says which one it is; the other pieces say nothing.
_PIECES = {"\uf8eb": "(", "\uf8f6": ")", "\uf8ee": "[", "\uf8f9": "]", "\uf8f1": "{", "\uf8fc": "}"}
_PIECES |= dict.fromkeys("\uf8ec\uf8ed\uf8f7\uf8f8\uf8ef\uf8f0\uf8fa\uf8fb\uf8f2\uf8f3\uf8f4\uf8fd\uf8fe", GONE)

_SYMBOLS = {"!": "→", "0": "′", "1": "∞", "2": "∈", "3": "∋", "6": "\u0338", "7": "↦", "8": "∀", "9": "∃", ";": "∅"}
_SYMBOLS |= {"[": "∪", "\\": "∩", "^": "∧", "_": "∨", "`": "⊢", "a": "⊣", "f": "{", "g": "}", "h": "⟨", "i": "⟩"}
_SYMBOLS |= {"j": "|", "k": "‖", "r": "∇", ">": "⊤", "\x0f": "•"}
"""The places of TeX's font of symbols, for fonts that name none of their glyphs."""
# MathTime Professional has brackets among its letters, and signs of arithmetic where TeX has capitals (N18-3011).
_MATHTIME_LETTERS = {".": "(", "/": ")", ":": ".", ";": ",", "Œ": "[", "\x8d": "]", "\x8e": "†"}
_MATHTIME_SIGNS = _SYMBOLS | {"C": "+", "D": "=", "I": ";"}

_TABLES: tuple[tuple[re.Pattern[str], dict[int, str]], ...] = tuple(
    (re.compile(pattern, re.I), str.maketrans(table))
    for pattern, table in (
        (r"^(?:cmex|lmmathextension|yhcmex|mathext)", _EXTENSION | _PIECES),
        (r"^mtex", {letter: _EXTENSION[letter] for letter in "XPYQZRST"} | _PIECES),
        (
            r"^(?:cmsy|cmbsy|mtsy|lmmathsymbols)",
            {"k": "‖", "h": "⟨", "i": "⟩", "0": "′", "6": "\u0338", "7": "↦", "`": "⊢", "a": "⊣", ">": "⊤"},
        ),
        (r"^mt2mi", _MATHTIME_LETTERS),
        (r"^mt2sy", _MATHTIME_SIGNS),
        (r"^(?:cmmi|cmmib|lmmathitalic)", {"\x0f": "ϵ", "?": "⋆"}),
        (r"^msbm", {"R": "ℝ", "C": "ℂ", "P": "ℙ", "Q": "ℚ", "Z": "ℤ", "N": "ℕ", "H": "ℍ"}),
    )
)


@lru_cache(maxsize=1024)
def table(font: str) -> dict[int, str] | None:
    """What the letters of ``font`` are to be read as, each as one other; None for a font that says what it holds."""
    return next((table for pattern, table in _TABLES if pattern.search(font)), None)
