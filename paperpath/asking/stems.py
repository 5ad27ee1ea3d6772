"""English words → their stems: ``normalized`` and ``normalization`` are one word to somebody who asks.

The algorithm is M. F. Porter's ("An algorithm for suffix stripping", Program 14 (3), 1980), with the two departures of
its author's own implementation: ``logi`` → ``log`` and ``bli`` → ``ble``. A stem need not be a word; it is only
compared with other stems.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
    "al", "er", "ic", "ou",
)  # fmt: skip
"""Longer endings come before those that end them."""
_SHORTEST = 3
"""Letters; shorter words are left as they are."""
_VOWEL = "(?:[aeiou]|(?<=[^aeiou])y)"
_MEASURE = re.compile(rf"{_VOWEL}+(?:(?!{_VOWEL})[a-z])+")
_HAS_VOWEL = re.compile(_VOWEL)
_CVC = re.compile(rf"(?!{_VOWEL})[a-z]{_VOWEL}(?!{_VOWEL})[a-vz]$")
_PLAIN = re.compile("[a-z]+")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a word in small letters; what is not made of a to z alone is its own."""
    if len(word) < _SHORTEST or not _PLAIN.fullmatch(word):
        return word
    for step in (_plural, _past, _final_y, _double_suffix, _suffix, _last_suffix, _final_e):
        word = step(word)
    return word


def _measure(text: str) -> int:
    """How often vowels are followed by consonants."""
    return len(_MEASURE.findall(text))


def _plural(word: str) -> str:
    for ending, left in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending):
            return word[: -len(ending)] + left
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        base = word[: -len(ending)]
        if word.endswith(ending) and _HAS_VOWEL.search(base):
            if base.endswith(("at", "bl", "iz")):
                return base + "e"
            if len(base) > 1 and base[-1] == base[-2] and base[-1] not in "aeioulsz":
                return base[:-1]
            return base + "e" if _measure(base) == 1 and _CVC.search(base) else base
    return word


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _HAS_VOWEL.search(word[:-1]) else word


def _replaced(word: str, endings: dict[str, str]) -> str:
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending):
            base = word[: -len(ending)]
            return base + endings[ending] if _measure(base) > 0 else word
    return word


def _double_suffix(word: str) -> str:
    return _replaced(word, _STEP_2)


def _suffix(word: str) -> str:
    return _replaced(word, _STEP_3)


def _last_suffix(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            base = word[: -len(ending)]
            if _measure(base) > 1 and (ending != "ion" or base.endswith(("s", "t"))):
                return base
            return word
    return word


def _final_e(word: str) -> str:
    if word.endswith("e"):
        base = word[:-1]
        if _measure(base) > 1 or (_measure(base) == 1 and not _CVC.search(base)):
            word = base
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
