"""Unicode letters → ASCII letters, for citation keys and for the BibTeX that may contain nothing else.

Accents come off by decomposition. Cyrillic goes by a table (the scholarly and passport systems differ in ten letters;
this is BGN/PCGN without its apostrophes), so do Greek words; Hangul and kana go by their Unicode names, which are
romanisations already: ``HANGUL SYLLABLE GIM``, ``KATAKANA LETTER KA``. Han characters have no reading without a
dictionary, and Arabic and Hebrew leave out their vowels, so these stay unknown: better a gap than an invention.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "ng",
        "Ŋ": "Ng", "ŧ": "t", "Ŧ": "T", "ĸ": "k", "ə": "e", "Ə": "E", "ƒ": "f",
    }
)  # fmt: skip
"""Latin letters that do not decompose."""

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџ",
        (
            "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"  # Russian
            " i yi ye g w dj j lj nj c dz"  # Ukrainian, Belarusian, Serbian
        ).split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2,}")
"""A word is spelled, a single letter is called by its name: ``α-divergence``, ``Αθήνα``."""
_NAMED = ("GREEK", "HANGUL SYLLABLE", "HIRAGANA", "KATAKANA")


@lru_cache(maxsize=65536)
def romanise(text: str) -> str:
    """``text`` with every letter that has a certain ASCII spelling in it; all other characters as they were."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    composed = _GREEK_WORD.sub(_greek, composed)
    return "".join(c if c.isascii() else _spelling(c) for c in composed)


def _greek(word: re.Match[str]) -> str:
    letters = [c for c in unicodedata.normalize("NFD", word[0]) if not unicodedata.combining(c)]
    return "".join(_cased(_GREEK[c.lower()], c) if c.lower() in _GREEK else c for c in letters)


def _spelling(char: str) -> str:
    """ASCII for one character, or the character itself when there is none."""
    if (letter := _CYRILLIC.get(char.lower())) is not None:
        return _cased(letter.replace("-", ""), char)
    base = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
    if base.isascii():
        return base
    name = unicodedata.name(char, "")
    if name.startswith(_NAMED) and " " in name:
        spelled = name.partition(" WITH ")[0].rsplit(" ", 1)[1].lower()
        if spelled.isascii() and spelled.isalpha():
            return _cased(spelled, char)
    return char


def _cased(letters: str, like: str) -> str:
    return letters.capitalize() if like.isupper() else letters
