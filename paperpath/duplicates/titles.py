"""Titles in a form in which one title has one spelling, and how two of them are related.

LaTeX, accents, case, punctuation, British and American endings and a leading article all go; letters and numbers stay,
because ``Part I`` and ``Part II`` differ in nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from paperpath.formats.latex_decode import normal
from paperpath.formats.latex_tables import math_characters
from paperpath.formats.romanise import romanise

Relation = Literal["same", "subtitle", "misspelt", "version"]
"""How two titles may belong together: equal; one lacks the subtitle; one letter of one word; one says "extended"."""

LONGEST = 1000
"""Characters of a title that are looked at; what is longer is an abstract in the wrong field."""

APOSTROPHE = re.compile(r"['’‘`´]")
"""What stands for one in titles and names."""
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"(?<=\w)(?:\+\+|#)")
_SPOKEN = {"++": " plusplus ", "#": " sharp "}
_SUBTITLE = re.compile(r"[:?!]\s|\s[-–—]+\s|—|---?")
_VERSION = re.compile(
    r"[\s(\[:.-]{0,4}\b(?:(?:an? )?(?:extended|full|long|short|journal|conference) (?:version|abstract|paper)"
    r"|student abstract|technical report|preprint)\b[\s)\].*†]{0,4}$"
)
FEWEST_WORDS = 4
"""Of a title that may be misspelt; fewer say too little beside the one that differs."""
_ABOUT = frozenset(
    "addendum appendix comment comments corrigendum discussion errata erratum part poster rejoinder reply"
    " response retraction review slides supplement supplementary supplemental survey tutorial volume vol".split()
)
"""A subtitle that begins with one of these makes it another work: ``Kettles: Supplementary material``."""
_GENERIC = frozenset(
    "a about abstract abstracts acknowledgements acknowledgments addendum an and announcement appendix attention"
    " back book brief chair chairs column comment commentary comments conclusion conclusions contents corrections"
    " corrigendum cover discussion editor editorial editors errata erratum foreword from front guest in index"
    " interview introduction issue keynote letter letters matter message news note notes obituary of on opening"
    " outlook overview panel preface preliminaries program rejoinder remarks reply report response review reviews"
    " section session special summary supplementary supplement survey table the this to tutorial"
    " welcome workshop".split()
)
"""Words of titles that many works have; a title of nothing else names none of them."""
_NUMERAL = re.compile(r"[ivxlcdm]+")
_ENDINGS = (
    (re.compile(r"(?<=\w{3})(i|y)s(?=(?:e|ed|es|er|ers|ing|able|ation|ations)$)"), r"\1z"),  # optimise, analyse
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|al|able|hood|ful|ite|less|ally)?$)"), "or"),  # colour, behavioural
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)"), "l"),  # modelling
    (re.compile(r"(?<=\w{3}t)re(?=s?$)|(?<=fib)re(?=s?$)"), "er"),  # centre, fibre
    (re.compile(r"(?<=alog)ue(?=s?$)"), ""),  # catalogue
    (re.compile(r"(?<=\w{3}en)c(?=es?$)"), "s"),  # defence
    (re.compile(r"(?<=program)me(?=s?$)"), ""),
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title made fit to be compared."""

    letters: str
    """Letters and digits without spaces, so that ``data set`` is ``dataset``."""
    words: tuple[str, ...]
    spelt: tuple[str, ...]
    """The same words before British and American spellings became one."""
    main: str
    """The letters before the subtitle, empty where there is none or where they say too little."""
    about: str
    """The first word of the subtitle, if ``main`` is given."""
    version: bool
    """Whether it ended in "(extended version)" or the like, which is not among the letters."""

    @property
    def generic(self) -> bool:
        """Whether many works have this title: ``Editorial``, ``Introduction to the special issue``."""
        return _GENERIC.issuperset(self.words)


def form(title: str) -> Title:
    """``title`` in the form that is compared."""
    text = _plain(title[:LONGEST])
    whole = _VERSION.sub("", text)
    version = whole != text and bool(whole)
    spelt = _words(whole if version else text)
    words = _american(spelt)
    main = about = ""
    if cut := _SUBTITLE.search(text):
        before, after = _american(_words(text[: cut.start()])), _words(text[cut.end() :])
        if len(before) > 1 and len("".join(before)) >= 10 and after:
            main, about = "".join(before), after[0]
    return Title("".join(words), words, spelt, main, about, version)


def relation(a: Title, b: Title) -> Relation | None:
    """How two titles may belong together; None for two titles."""
    if not a.letters or not b.letters:
        return None
    if a.letters == b.letters:
        return "same" if a.version == b.version else "version"
    if _is_main_of(a, b) or _is_main_of(b, a):
        return "subtitle"
    return "misspelt" if _misspelt(a, b) else None


def likeness(a: Title, b: Title) -> float:
    """The part of the words of the shorter title that stand in the other, 0 to 1."""
    ours, theirs = set(a.words) - _GENERIC, set(b.words) - _GENERIC
    fewer = min(len(ours), len(theirs))
    return len(ours & theirs) / fewer if fewer else 0.0


def one_slip(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or two neighbours that changed places, make ``b`` of ``a``.

    A vowel before the word is no slip: it makes ``atypical`` of ``typical`` and ``emotion`` of ``motion``. Nor is
    any letter before a short one, as in ``ground`` and ``round``.
    """
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    if len(a) == len(b):
        swapped = a[start + 1 : start + 2] + a[start : start + 1] == b[start : start + 2]
        return a[start + 1 :] == b[start + 1 :] or (swapped and a[start + 2 :] == b[start + 2 :])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    before_it = start == 0 and (longer[0] in "aeiouy" or len(longer) < 7)
    return longer[start + 1 :] == shorter[start:] and not before_it


def _is_main_of(a: Title, b: Title) -> bool:
    return a.letters == b.main and not a.main and b.about not in _ABOUT and a.version == b.version


def _misspelt(a: Title, b: Title) -> bool:
    """Whether one word has a slip in it, and all others are equal."""
    if len(a.words) != len(b.words) or len(a.words) < FEWEST_WORDS:
        return False
    other = [at for at, (ours, theirs) in enumerate(zip(a.words, b.words, strict=True)) if ours != theirs]
    if len(other) != 1:
        return False
    ours, theirs = a.spelt[other[0]], b.spelt[other[0]]
    return _may_slip(ours, theirs, len(a.words)) and (
        one_slip(ours, theirs) or one_slip(a.words[other[0]], b.words[other[0]])
    )


def _may_slip(ours: str, theirs: str, count: int) -> bool:
    """Whether a difference between these two words among ``count`` can be a slip.

    Numbers are none. Among many words it may be a short one with a letter more or less (``wit``) or with its letters in
    disorder (``fro``), but ``on`` and ``in`` are two words.
    """
    if not (ours.isalpha() and theirs.isalpha()) or _NUMERAL.fullmatch(ours) or _NUMERAL.fullmatch(theirs):
        return False
    if {ours[:5], theirs[:5]} == {"micro", "macro"}:
        return False
    disorder = len(ours) != len(theirs) or sorted(ours) == sorted(theirs)
    return min(len(ours), len(theirs)) >= 4 or (count > 4 and len(ours + theirs) > 4 and disorder)


def _plain(title: str) -> str:
    """Small letters of the Latin alphabet as far as there is a spelling, without LaTeX."""
    if not title.isascii() or any(char in title for char in "\\{$&<~`"):
        title = normal(title)
        if "\\" in title:
            title = _COMMAND.sub(lambda found: math_characters().get(found[0], "") + " ", title)
        title = romanise(title.replace("&", " and ").replace("{", "").replace("}", ""))
    return _SIGNS.sub(lambda found: _SPOKEN[found[0]], APOSTROPHE.sub("", title.casefold()))


def _words(text: str) -> tuple[str, ...]:
    words = _WORD.findall(text)
    return tuple(words[1:] if len(words) > 1 and words[0] in ("a", "an", "the") else words)


def _american(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_american_word, words))


@lru_cache(maxsize=65536)
def _american_word(word: str) -> str:
    """One spelling for British and American words. It makes non-words too (``wize``), but the same ones each time."""
    if len(word) > 4:
        for ending, american in _ENDINGS:
            word = ending.sub(american, word)
    return word
