"""Which LaTeX stands for which character: the tables under :mod:`paperpath.formats.latex`.

Accents are composed and decomposed by Unicode itself, symbols of mathematics come from pylatexenc's table of 1,553
characters. Not the rest of that table: it writes ``ű`` as ``\\'{u}`` and ``ħ`` as ``\\={h}``, and a third of its
commands are defined by no package that people load.
"""

from __future__ import annotations

import re
from functools import cache

from paperpath.formats.latex_math import COMMANDS

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
"""Accent commands and the combining characters that they are."""

COMBINING = {mark: accent for accent, mark in ACCENTS.items()}

LETTERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "å": "aa", "Å": "AA", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "ı": "i", "ȷ": "j", "ð": "dh", "Ð": "DH", "đ": "dj", "Đ": "DJ", "þ": "th", "Þ": "TH",
    "ŋ": "ng", "Ŋ": "NG",
}  # fmt: skip

SYMBOLS = {
    "\\": "textbackslash", "{": "textbraceleft", "}": "textbraceright", "~": "textasciitilde",
    "^": "textasciicircum", "<": "textless", ">": "textgreater", "|": "textbar", "…": "ldots", "§": "S", "¶": "P",
    "†": "dag", "‡": "ddag", "©": "copyright", "®": "textregistered", "™": "texttrademark", "£": "pounds",
    "€": "texteuro", "¥": "textyen", "¢": "textcent", "°": "textdegree", "·": "textperiodcentered",
    "•": "textbullet", "ª": "textordfeminine", "º": "textordmasculine",
    "«": "guillemotleft", "»": "guillemotright", "‹": "guilsinglleft",
    "›": "guilsinglright", "¼": "textonequarter", "½": "textonehalf", "¾": "textthreequarters",
    "×": "texttimes", "÷": "textdiv", "¬": "textlnot", "¹": "textonesuperior", "²": "texttwosuperior",
    "³": "textthreesuperior", "‰": "textperthousand", "№": "textnumero", "¦": "textbrokenbar",
}  # fmt: skip

LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡"))
"""Longest first, as TeX reads them."""

ESCAPES = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}

NAMES = {name: char for table in (LETTERS, SYMBOLS) for char, name in table.items()} | {
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotesingle": "'", "textquotedbl": '"', "quotedblbase": "„", "quotesinglbase": "‚", "guillemetleft": "«",
    "guillemetright": "»", "textendash": "–", "textemdash": "—",
    "endash": "–", "emdash": "—", "textellipsis": "…", "dots": "…", "lq": "‘",
    "rq": "’", "textunderscore": "_", "textdollar": "$", "textpercent": "%", "textampersand": "&", "texthash": "#",
    "textsection": "§", "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "textsterling": "£",
    "textcopyright": "©", "textasteriskcentered": "*", "textperiodcentered": "·", "slash": "/",
    "textexclamdown": "¡", "textquestiondown": "¿", "textpm": "±",
    "textmu": "µ", "euro": "€", "degree": "°", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
    "textvisiblespace": "␣", "quad": " ", "qquad": " ", "newline": " ", "space": " ", "enskip": " ",
}  # fmt: skip
"""Commands without argument and the text they print."""

FORMATTING = frozenset(
    "emph textit textbf textsc texttt textrm textsf textup textmd textsl textnormal mbox hbox text enquote underline"
    " em it bf sc tt rm sf sl itshape bfseries scshape upshape ttfamily rmfamily sffamily normalfont small large"
    " footnotesize relax protect nobreak allowbreak ensuremath nocase mkbibemph mkbibquote".split()
)
"""Commands that change the look of what follows and not what it says."""

UNSEEN = frozenset(
    "textrm textup textmd textnormal mbox hbox text rm rmfamily normalfont small large footnotesize relax protect"
    " nobreak allowbreak ensuremath".split()
)
"""Those of them that ask for what is usual, or for nothing that a reader sees."""


@cache
def math_symbols() -> dict[str, str]:
    """Symbols and Greek letters that need mathematics, and the formula for each: ``α`` → ``\\alpha``."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict  # type: ignore[attr-defined]  # documented

    symbols = {"−": "-"}
    table: dict[int, str] = get_builtin_uni2latex_dict()  # type: ignore[no-untyped-call]  # has no types
    for code, latex in table.items():
        formula = re.fullmatch(r"\\ensuremath\{(\\([A-Za-z]+)(?:\{[A-Z]\})?)\}", latex)
        if code > 127 and formula and formula[2] in COMMANDS and "{}" not in latex:
            symbols[chr(code)] = formula[1]
    return symbols


@cache
def math_characters() -> dict[str, str]:
    """The inverse of :func:`math_symbols`, the first character of each formula."""
    inverse: dict[str, str] = {}
    for char, formula in math_symbols().items():
        inverse.setdefault(formula, char)
    return inverse
