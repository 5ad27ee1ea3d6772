"""Unicode → LaTeX, for the two dialects of .bib files.

BibTeX's own dialect is ASCII: the program counts bytes, so that ``ö`` breaks abbreviated names and sorting. biblatex's
is NFC, and only what pdfTeX has no letter for is written as a command. Whatever is produced compiles with LaTeX and
amsmath, amssymb. Scripts without a certain spelling in ASCII (see :mod:`paperpath.formats.romanise`) cannot be set by
BibTeX at all: their characters are left out where something else remains, and named by number where nothing would:
``[U+6DF1 U+5EA6]``. Who needs them writes biblatex.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from paperpath.formats import latex_math
from paperpath.formats.latex_decode import normal
from paperpath.formats.latex_tables import COMBINING, ESCAPES, LETTERS, LIGATURES, SYMBOLS, math_symbols
from paperpath.formats.romanise import romanise

_PLAIN = re.compile(r"""[A-Za-z0-9,.:;()?!/+*=@\[\]"]++(?>(?:[ '-][A-Za-z0-9,.:;()?!/+*=@\[\]"]++)*)""")
"""What is the same in Unicode and in LaTeX: no sign that TeX reads as another, no two spaces, hyphens or quotes."""
_UNSAFE = re.compile(r"[\\{}$&%#_~^<>|]|[^\x00-\x7f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_PUNCTUATION = {printed: written for written, printed in LIGATURES}
_ASCII_SIGNS = str.maketrans(
    {"‘": "`", "’": "'", "‚": ",", "„": ",,", "′": "'", "″": "''", "‐": "-", "‑": "-", "―": "—"}
)
_CLUSTER = re.compile(r"[^\x00-\x7f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+")
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2,}")
_STYLED = re.compile("[\u2100-\u214f\U0001d400-\U0001d7ff]")
"""Letterlike symbols and the mathematical alphabets: ``𝒪``, ``ℒ``."""


def _is_accented(char: str) -> bool:
    letter, *marks = list(unicodedata.normalize("NFD", char))
    return letter.isascii() and len(marks) == 1 and marks[0] in COMBINING


def is_plain(text: str) -> bool:
    """Whether ``text`` is sure to be written as it is, as nine fields of ten are; to ask costs a tenth of writing."""
    return _PLAIN.fullmatch(text) is not None


def prepared(text: str, ascii_only: bool) -> str:
    """``text`` in the characters that can be written: :func:`normal`, and for ``ascii_only`` without other scripts."""
    return text if _PLAIN.fullmatch(text) else _prepared(text, ascii_only)


@lru_cache(maxsize=65536)
def _prepared(text: str, ascii_only: bool) -> str:
    text = normal(text)
    if text.isascii():
        return text
    settable = _STYLED.sub(_unstyled, text)
    if ascii_only:
        settable = _CLUSTER.sub(
            _settable, _GREEK_WORD.sub(lambda word: romanise(word[0]), settable.translate(_ASCII_SIGNS))
        )
        if not any(c.isalnum() for c in settable) and any(c.isalnum() for c in text):
            settable = f"[{' '.join(f'U+{ord(c):04X}' for c in text if not c.isspace())}]"
    return text if settable == text else normal(settable)


def escaped(text: str, ascii_only: bool) -> str:
    """``text``, which must be :func:`prepared` for the same dialect, as LaTeX."""
    if not _UNSAFE.search(text):
        return text
    pieces, at = [], 0
    for begin, end in latex_math.spans(text) if "$" in text else ():
        pieces += [_plain(text[at:begin], ascii_only), text[begin:end]]
        at = end
    return "".join([*pieces, _plain(text[at:], ascii_only)])


LATIN_CAPITALS = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x180)) if _is_accented(c) and c.isupper())
LATIN = "A-Za-z" + "".join(c for c in map(chr, range(0xC0, 0x180)) if _is_accented(c))
"""What may stand in the brackets of a pattern: the letters that :func:`accented` can write."""


def accented(text: str) -> str:
    """``text``, which has no characters other than :data:`LATIN` and plain signs, as LaTeX in ASCII."""
    return text if text.isascii() else _BEYOND_ASCII.sub(_ascii, text)


def _plain(text: str, ascii_only: bool) -> str:
    if ascii_only:
        return _UNSAFE.sub(_ascii, text)
    return _UNSAFE.sub(_unicode, text)


def _ascii(found: re.Match[str]) -> str:
    return _command(found[0])


def _unicode(found: re.Match[str]) -> str:
    cluster = found[0]
    if cluster.isascii() or (cluster in math_symbols() and not _in_greek_word(found)):
        return _command(cluster)
    return cluster


def _in_greek_word(found: re.Match[str]) -> bool:
    around = found.string[max(found.start() - 1, 0) : found.end() + 1]
    return bool(_GREEK_WORD.search(around))


@lru_cache(maxsize=8192)
def _command(cluster: str) -> str:
    """LaTeX for one character with its combining marks; empty when there is none."""
    if cluster in ESCAPES:
        return ESCAPES[cluster]
    if cluster in _PUNCTUATION:
        return _PUNCTUATION[cluster]
    if name := SYMBOLS.get(cluster) or LETTERS.get(cluster):
        return f"{{\\{name}}}"
    if formula := math_symbols().get(cluster):
        return f"{{\\ensuremath{{{formula}}}}}"
    return _accented(cluster)


def _accented(cluster: str) -> str:
    letter, *marks = list(unicodedata.normalize("NFD", cluster))
    if not marks or not all(mark in COMBINING for mark in marks):
        return ""
    if letter in LETTERS:
        latex = f"\\{LETTERS[letter]}"
    elif letter.isascii() and letter.isalpha():
        latex = letter
    else:
        return ""
    for mark in marks:
        accent = COMBINING[mark]  # \'i and not \'\i: biber and Pandoc would make two characters of that
        latex = f"\\{accent}{latex}" if len(latex) == 1 and not accent.isalpha() else f"\\{accent}{{{latex}}}"
    return f"{{{latex}}}"


def _settable(found: re.Match[str]) -> str:
    """The characters themselves if they can be written in ASCII, or else their spelling, or else nothing."""
    if _command(found[0]):
        return found[0]
    spelled = romanise(found[0])
    return "".join(c for c in spelled if c.isascii())


def _unstyled(found: re.Match[str]) -> str:
    return found[0] if found[0] in math_symbols() else unicodedata.normalize("NFKC", found[0])
