"""LaTeX → Unicode: what a person reads, and only mathematics left as LaTeX, between dollars.

Accents, symbols, escapes and braces are read by a few patterns, which is all that most fields need; whatever command
is left then goes to pylatexenc, which takes 0.6 ms a field. Made for :mod:`paperpath.formats.latex_encode`: what that
writes is read as it was.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from paperpath.formats import latex_math
from paperpath.formats.latex_tables import (
    ACCENTS,
    FORMATTING,
    LIGATURES,
    NAMES,
    UNSEEN,
    math_characters,
    math_symbols,
)
from paperpath.formats.tidy import tidy

_SPECIAL = re.compile(r"[\\{}$~`]|--|''")
_SAME = r"[!\"#%()*+,./0-9:;=>?@A-Z\[\]^_a-z|]++"
_PLAIN = re.compile(rf"{_SAME}(?>(?:[ '-]{_SAME})*)")
"""What prints as it is written."""
_LETTER_COMMAND = re.compile(
    r"""(?<!\\)\\(?:([`'^"~=.uvHcdbkr])\{([A-Za-z])\}|([`'^"~=.])([A-Za-z])(?![\u0300-\u036f]))"""
    r"""|(?<=\{)\\(aa|AA|ae|AE|oe|OE|ss|o|O|l|L)(?=\})"""
)
_HARD = re.compile(r"[\\$~`]|--|''|://")
_MATH = re.compile(r"(?<!\\)(\$\$?)((?:[^$\\]|\\.)*?)\1|\\\((.*?)\\\)|\\\[(.*?)\\\]", re.S)
_ENSURED = re.compile(r"\\ensuremath\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_URL_TEXT = r"https?://(?:\{\\text[a-z]+\}|[^\s{}\"<>])+"
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|(" + _URL_TEXT + ")")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}")
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_SYMBOL_ACCENT = re.compile(
    rf"""\\([`'^"~=.])\s*(?:\{{\s*(\\[ij]|{_LETTER})\s*\}}|(\\[ij](?![A-Za-z])(?:\s|\{{\}})?|{_LETTER}))"""
)
_LETTER_ACCENT = re.compile(rf"\\([uvHcdbkr])(?:\s*\{{\s*(\\[ij]|{_LETTER})\s*\}}|\s+({_LETTER})|(\\[ij])(?![A-Za-z]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?![A-Za-z]))")
_WORD_COMMAND = re.compile(r"(?<!\\)\\([A-Za-z]+)")
_READ_WHOLE = frozenset({"url", "path", "nolinkurl", "i", "j"})
_NAMED_GROUP = re.compile(r"\{\\(text[a-z]+)\}|\\(text[a-z]+)(?:\{\}|\s)")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_SPACING = {"\\ ": " ", "\\\\": " ", "\\,": " ", "\\;": " ", "\\:": " ", "\\/": "", "\\-": "", "\\!": "", "\\@": ""}
_SPACED = re.compile(r"\\[ \\,;:/\-!@]")
_TIE = re.compile(r"(?<!\\)~")
_HELD = re.compile("[\ue000-\uf8ff]")
_MOST_HELD = 0xF8FF - 0xE000


class _Hold:
    """Pieces that nothing may touch, each replaced by one private character until the work around it is done."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def keep(self, piece: str) -> str:
        if len(self.pieces) >= _MOST_HELD:  # a field that long is no title; its last pieces go unprotected
            return piece
        self.pieces.append(piece)
        return chr(0xE000 + len(self.pieces) - 1)

    def release(self, text: str) -> str:
        while self.pieces and _HELD.search(text):  # a URL may hold a formula
            text = _HELD.sub(lambda held: self.pieces[ord(held[0]) - 0xE000], text)
        return text


@lru_cache(maxsize=65536)
def decode(latex: str) -> str:
    """The Unicode text that ``latex`` prints."""
    text = " ".join(latex.split())
    if _PLAIN.fullmatch(text):
        return text
    if not _SPECIAL.search(latex):
        return _tidied(latex)
    text = _LETTER_COMMAND.sub(_letter, text) if "\\" in text else text
    if not _HARD.search(text):
        return _tidied(text.replace("{", "").replace("}", ""))
    hold = _Hold()
    text = _HELD.sub("", latex)
    text = _ENSURED.sub(lambda found: hold.keep(_ensured(found[1])), text)
    text = _MATH.sub(lambda found: hold.keep(_formula(found)), text)
    text = _HREF.sub("", text)
    text = _URL.sub(lambda found: hold.keep(verbatim(found[1] or found[2])), text)
    text = _printed(_TIE.sub(" ", text), hold)
    if "\\" in text:
        text = _foreign(text)
    return tidy(hold.release(text.replace("{", "").replace("}", "")))


def loses(latex: str) -> bool:
    """Whether :func:`decode` drops something that a reader would see: emphasis, a macro of somebody's own, a link."""
    if "\\" not in latex or not (names := set(_WORD_COMMAND.findall(latex))):
        return False
    names -= NAMES.keys() | ACCENTS.keys() | UNSEEN | _READ_WHOLE
    if not names:
        return False
    outside = _MATH.sub("", _ENSURED.sub("", latex))
    return any(name in FORMATTING or _is_dropped(name) for name in names.intersection(_WORD_COMMAND.findall(outside)))


@lru_cache(maxsize=4096)
def _is_dropped(name: str) -> bool:
    return decode(f"\\{name}{{x}}") in ("", "x", name, f"{name}x")


def _tidied(text: str) -> str:
    """:func:`tidy`, at a fifth of its price for a text that needs no more than its white space put right."""
    if "&" in text or "<" in text:
        return tidy(text)
    line = " ".join(text.split())
    if line.isprintable() and (line.isascii() or (unicodedata.is_normalized("NFKC", line) and "\ufffd" not in line)):
        return line
    return tidy(text)


def verbatim(value: str) -> str:
    """A URL, DOI or id, in which LaTeX has no business: its escapes taken back."""
    if "\\" not in value and "{" not in value:
        return value.strip()
    if wrapped := re.fullmatch(r"\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*", value, re.S):
        value = wrapped[1]
    value = re.sub(r"\{?\\~(?:\{\})?\}?", "~", value)
    value = _NAMED_GROUP.sub(lambda found: NAMES.get(found[1] or found[2], ""), value)
    value = re.sub(r"\{\\([_%&#$])\}|\\([_%&#${}])", lambda found: found[1] or found[2], value)
    return value.strip()


def _letter(found: re.Match[str]) -> str:
    return _composed(*found.groups(default=""))


@lru_cache(maxsize=4096)
def _composed(accent: str, letter: str, bare_accent: str, bare_letter: str, name: str) -> str:
    return NAMES[name] if name else unicodedata.normalize("NFC", letter + bare_letter + ACCENTS[accent or bare_accent])


def _formula(found: re.Match[str]) -> str:
    formula = " ".join(next(group for group in found.groups()[1:] if group is not None).split())
    return f"${formula}$" if formula else ""


def _ensured(formula: str) -> str:
    return math_characters().get(formula.strip()) or f"${formula.strip()}$"


def _printed(text: str, hold: _Hold) -> str:
    """Accents, symbols, spacing and ligatures as characters; unknown commands and grouping braces as they were."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: hold.keep(found[1]), text)
        text = _SPACED.sub(lambda found: _SPACING[found[0]], text)
        text = _accented(text)
        text = _COMMAND.sub(lambda found: _named(found, hold), text)
        text = _accented(text)
    for written, printed in LIGATURES:
        text = text.replace(written, printed)
    return text


def _accented(text: str) -> str:
    """Accents put on their letters, from the inside out: ``\\~{\\^e}`` takes two rounds."""
    before = ""
    while before != text and "\\" in text:
        before = text
        text = _LETTER_ACCENT.sub(_accent, _SYMBOL_ACCENT.sub(_accent, text))
    return text


def _accent(found: re.Match[str]) -> str:
    letter = next(group for group in found.groups()[1:] if group).removesuffix("{}").strip("\\ ")
    return unicodedata.normalize("NFC", letter + ACCENTS[found[1]])


def _named(found: re.Match[str], hold: _Hold) -> str:
    name = found[1]
    if name in NAMES:
        char = NAMES[name]
        return char if char.isalnum() or char.isspace() else hold.keep(char)
    return "" if name in FORMATTING else found[0]


def _foreign(text: str) -> str:
    """What pylatexenc makes of the commands that are left."""
    from pylatexenc.latex2text import LatexNodes2Text

    printer = LatexNodes2Text(math_mode="verbatim", keep_comments=True)  # type: ignore[no-untyped-call]
    try:
        decoded: str = printer.latex_to_text(text.replace("%", "\\%"))  # type: ignore[no-untyped-call]  # has no types
    except (AttributeError, LookupError, TypeError, ValueError):
        decoded = _WORD_COMMAND.sub("", text)  # it takes for granted that \\href and \\sqrt have their arguments
    return decoded.replace("\\", "")


# ------------------------------------------------------------------------------------------------- leftovers in Unicode

_LEFTOVER = re.compile(r"""\\[A-Za-z`'^"~=.&%$#_{}]|--|[`?!]`|''|\{[A-Z]|\w~\w""")
_GROUP = re.compile(r"\{([^{}]*)\}")
_PROTECTED = re.compile(r"\{([A-Z][^{}\s]*)\}")
_DOLLARS = re.compile(r"\$[^$]*\$")
_ROUNDS = 8


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """A Unicode text as the library should hold it: tidy, and without the LaTeX that arXiv's authors leave in titles.

    ``Schr\\"odinger`` and ``the {\\em sparse} case`` come from arXiv like this. Commands that are not known stay
    as they are: in a Unicode text a backslash may be meant.
    """
    text = _tidied(text)
    for _ in range(_ROUNDS):
        if "$" not in text and not _LEFTOVER.search(text):
            break
        before, text = text, tidy(_without_leftovers(text))
        if text == before:
            break
    return text


def _without_leftovers(text: str) -> str:
    hold = _Hold()
    if text.count("$$") % 2 == 0:
        text = text.replace("$$", "$")
    text = _held_formulas(_DOLLARS.sub(_ascii_formula, text), hold)
    if not _LEFTOVER.search(text):
        return hold.release(text)
    text = re.sub(_URL_TEXT, lambda found: hold.keep(found[0]), text)
    text = text.replace("\\textbackslash", hold.keep("\\textbackslash"))
    printed = _printed(re.sub(r"(?<=\w)~(?=\w)", " ", text), hold)
    group = _GROUP if "\\" in text and printed != text else _PROTECTED
    return hold.release(group.sub(r"\1", printed))


def _ascii_formula(found: re.Match[str]) -> str:
    """``$α$`` → ``$\\alpha$``, where every character has a command; otherwise as it was."""
    if found[0].isascii():
        return found[0]
    symbols = math_symbols()
    written = re.sub(r"[^\x00-\x7f]", lambda char: f"{symbols.get(char[0], char[0])} ", found[0][1:-1])
    written = re.sub(r" (?![A-Za-z])", "", written) if written.isascii() else written
    return f"${written.strip()}$" if latex_math.compiles(written.strip()) else found[0]


def _held_formulas(text: str, hold: _Hold) -> str:
    pieces, at = [], 0
    for begin, end in latex_math.spans(text):
        pieces += [text[at:begin], hold.keep(f"${text[begin + 1 : end - 1].strip()}$")]
        at = end
    return "".join([*pieces, text[at:]])
