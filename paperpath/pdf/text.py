"""Letters as a person reads them: control characters out, ligatures and accents resolved, line-end hyphens joined.

A hyphen at the end of a line may be the typesetter's (``repre-|sentation``) or the author's (``fine-|tuned``). No rule
on letters tells them apart, but the paper itself does: :class:`Words` knows every word that stands inside a line.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HYPHEN = "\u00ad"
"""What ``pages.py`` leaves at the end of a line whose last word goes on in the next one."""

_ACCENTS = {
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "˚": "\u030a", "ˇ": "\u030c",
    "¸": "\u0327", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˝": "\u030b", "˛": "\u0328",
}  # fmt: skip
_BEFORE = re.compile(r"(?P<gap>(?<=[^\W\d_]) )?(?P<accent>[¨´`ˆ˜˚ˇ¯˘˙˝¸]) ?(?P<letter>[^\W\d_])")
_AFTER = re.compile(r"(?P<letter>[cCsStTgGaAeE]) ?(?P<accent>[¸˛])")
_STRAY = re.compile(r"(?<=[a-z])[¨´ˆ˜](?=[a-z])|\s[¨´](?=\s|$)")
_SUBSTITUTES = {ord(a): b for a, b in zip("ﬀﬁﬂﬃﬄﬅﬆ", "ff fi fl ffi ffl st st".split(), strict=True)}
_SUBSTITUTES |= {0x2028: " ", 0x2029: " ", 0x00A0: " ", 0xFEFF: "", 0xFFFD: "", 0x200B: ""}
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\U000f0000-\U0010ffff]"
)
_NEGATED = re.compile("\u0338 ?([=∈∋≤≥≡⊂⊃⊆⊇∃∼≈⊢<>→←|∥])")
_HAT = re.compile("(?<=[^\\W\\d]) ([\u0302\u0303])")
_MAPS_TO = re.compile("↦ ?→")
"""TeX draws ≠ as a stroke and =, m̂ as a letter and a hat, ↦ as its tail and →."""
_OVER = re.compile(r"(?<![^\W\d_])([^\W\d_])([ˆ˜¯˙])(?![^\W\d_])")
"""The same for a variable, whose accent comes behind it: ``s˜`` is s̃."""
_MATH_LETTER = re.compile("[\U0001d400-\U0001d7ff]")
_CHANGED = "\u0338\u0302\u0303↦\t\n" + "".join(map(chr, _SUBSTITUTES)) + "".join(_ACCENTS)
_SPECIAL = re.compile(f"[{_CHANGED}]|{_UNPRINTABLE.pattern}|{_MATH_LETTER.pattern}")
"""What :func:`clean` may have to change; nine lines of ten hold nothing of it."""
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VARIABLE = re.compile("[\u00b5\u0370-\u03ff]")
"""Greek letters; few of them have their accent in one code point."""
_FIRST_WORD, _BEFORE_LAST_WORD = re.compile(r"[^\W\d_]*"), re.compile(r".*[\W\d_]", re.S)
_LITTLE_WORD = re.compile(r"-(?:to|of|and|in|the|by|a|on)$")
_PARTED = bytes(i if i < 128 and chr(i).isalpha() else ord(" ") for i in range(256))
_NO_LETTERS = re.compile(r"[\W_]+")
_SIGNS = bytes(i for i in range(128) if not chr(i).isalnum())
_DOTLESS = {"ı": "i", "ȷ": "j"}


def clean(text: str) -> str:
    """``text`` in NFC without control, private-use and bidi-override characters, ligatures and accents resolved.

    What is left can be sent to a terminal: no escape sequence survives.
    """
    if text.isascii() and text.isprintable() and "`" not in text:  # most lines; a fifth of what the pattern costs
        return text
    if not _SPECIAL.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = _UNPRINTABLE.sub("", text.replace("\t", " ").replace("\n", " ")).translate(_SUBSTITUTES)
    text = _MAPS_TO.sub("↦", _HAT.sub(r"\1", _NEGATED.sub("\\1\u0338", text)))
    text = _MATH_LETTER.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = _OVER.sub(lambda m: m[1] + _ACCENTS[m[2]], text)
    text = _STRAY.sub("", _AFTER.sub(_compose, _BEFORE.sub(_compose, text)))
    return unicodedata.normalize("NFC", text)


def shown(name: str) -> str:
    """A file name as it can be shown: names may hold anything but a slash."""
    return clean(name) or "The file"


def _compose(match: re.Match[str]) -> str:
    """TeX's old fonts print ``¨u`` as two letters; PDFium often sees a gap on one side of the accent."""
    accent, letter = match["accent"], match["letter"]
    whole = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    quote = accent == "`" and not before.isalpha()
    if (len(whole) > 1 and not _VARIABLE.match(letter)) or quote or before in ("/", "~"):  # ``a, http://host/˜user
        return match[0]
    gap = match.groupdict().get("gap") or ""
    return (gap if letter.isupper() or _VARIABLE.match(letter) else "") + whole


_OPEN = frozenset(
    "under never every there other where after inter super hyper multi ortho electro micro macro counter trans intra"
    " infra ultra forth hence whence thereof along among cross contra extra retro proto pseudo quasi hetero homo photo"
    " thermo hydro radio video audio astro neuro psycho socio techno".split()
)
"""Words that many longer ones begin with, solid or with a hyphen: the rest must be known to tell."""
_ENDING = re.compile(
    r"(?:[a-z]{0,3}(?:ing|ings|ed|er|ers|est|ly|al|als|ally|ic|ical|ically|ion|ions|ional|ionally|ate|ates|ated|ative|atively"
    r"|ator|ators|atory|ment|ments|mental|ance|ances|ant|ants|ence|ences|encies|ency|ent|ents|ently|ential|able|ably|ability"
    r"|abilities|ible|ibly|ibility|iz\w+|is[ea]\w*|ive|ives|ively|iveness|ity|ities|ness|nesses|less|ful|fully|ship|ships|hood"
    r"|hoods|like|wise|ward|wards|ist|ists|istic|ism|isms|ory|ories|ous|ously|ary|arily|ure|ures|age|ages|dom|man|men|iness"
    r"|ier|iest|ular|uous|cies|ties|ries|ces|ses))"
)


def _words(text: str) -> list[str]:
    """The words of a text. Where it has neither hyphens nor letters beyond ASCII, a table does for the pattern.

    That takes 1.4 µs instead of 11, and is so for seven lines of ten.
    """
    if "-" in text or not text.isascii():
        return _WORDS.findall(text)
    return text.encode("ascii").translate(_PARTED).decode("ascii").split()


def letters(text: str) -> str:
    """The letters and digits of a text in small, to compare titles by."""
    if text.isascii():  # a tenth of what the pattern takes
        return text.encode("ascii").translate(None, _SIGNS).decode("ascii").lower()
    return _NO_LETTERS.sub("", text).casefold()


class Words:
    """The words that a paper prints inside its lines, whole and hyphenated."""

    def __init__(self, lines: Iterable[str]) -> None:
        running: set[str] = set()
        others: set[str] = set()
        for line in lines:
            # The last word of a line that goes on is half a word, and so is the first of the next one.
            goes_on = line.endswith((HYPHEN, "-"))
            words = _words(line[:-1] if goes_on else line)
            (others if "@" in line or "://" in line else running).update(words[1 : -1 if goes_on else None])
        self._small = set(filter(str.islower, running))
        self._plain = set(map(str.lower, running | others))
        self._compound: set[str] = set()
        for parts in [word.split("-") for word in self._plain if "-" in word]:
            self._compound.update(map("-".join, pairwise(parts)))
            self._plain.update(parts)

    def is_common(self, word: str) -> bool:
        """Whether the paper prints the lower-case ``word`` in small letters: names of people are not."""
        return word in self._small

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether ``left-`` at the end of a line and ``right`` at the start of the next one are a compound."""
        if not right[:1].islower() or not left[-1:].isalpha():
            return True
        end = left[-40:].lower()
        before = _BEFORE_LAST_WORD.match(end)
        a = end[before.end() :] if before else end
        b = _FIRST_WORD.match(right.lower())[0]  # type: ignore[index]  # the pattern matches the empty text too
        if f"{a}-{b}" in self._compound:
            return a + b not in self._plain
        if a + b in self._plain:
            return False
        if _LITTLE_WORD.search(left) or a in ("non", "self", "semi"):
            return True
        if len(a) > 3 and len(b) > 3 and a in self._plain and b in self._plain:
            return True
        # "sequence-aligned": a whole word, and behind it neither an ending nor the rest of a longer word.
        return len(a) > 4 and len(b) > 4 and a in self._plain and a not in _OPEN and not _ENDING.fullmatch(b)


_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]")
"""Chinese and Japanese, which part no words; Korean does."""


def join(lines: Iterable[str], words: Words) -> str:
    """Lines → running text: words divided at a line end put together, everything else parted by one space."""
    parts: list[str] = []
    for line in lines:
        part = line.strip()
        if not parts or not part:
            if part:
                parts.append(part)
            continue
        before = parts[-1]
        if before.endswith((HYPHEN, "-")) and before[-2:-1].isalnum():
            stem = before[:-1]
            if before[-1] == HYPHEN or part[:1].islower():
                parts[-1] = stem + ("-" if words.keeps_hyphen(stem, part) else "")
            elif not part[:1].isalnum():
                parts.append(" ")
        elif not (
            (before[-1] > "\u2fff" and _UNSPACED.match(before[-1]) and _UNSPACED.match(part))
            or (before[-1] in "–—" and before[-2:-1].isalnum() and part[0].isalnum())
            or (_is_url(before.rsplit(" ", 1)[-1]) and _goes_on(before, part))
        ):
            parts.append(" ")
        parts.append(part)
    text = "".join(parts)
    if text.isprintable() and "  " not in text:  # no white space but single spaces, no soft hyphen: most paragraphs
        return text.strip()
    return " ".join(text.replace(HYPHEN, "-" if text.endswith(HYPHEN) else "").split())


def _is_url(word: str) -> bool:
    return "://" in word or word.startswith(("www.", "arxiv.org/", "doi.org/", "10."))


def _goes_on(out: str, part: str) -> bool:
    """Whether a URL at the end of a line is continued by the next one."""
    first = part.split(" ", 1)[0]
    if out.endswith(("/", "_", "=", "?", "&", ".", "%")) and not re.match(r"[A-Z][a-z]+,?$|\[|In$", first):
        return True
    return first.startswith(("/", "_", "%", "?", "&")) or bool(
        re.match(r"[\w.-]*[\d/_][\w/._-]*$", first) and "://" in out[-12:]
    )
