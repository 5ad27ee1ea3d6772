"""Paper → citation key: ``vaswani2017attention``, that is family name, year, first telling word.

The same paper always gets the same key, whatever machine it is on; a second paper with that key gets ``a`` behind it,
then ``b`` … ``z``, ``aa``. In 50,000 computer-science papers 2.6 % need the letter. A key is made once and then belongs
to the library: it may stand in somebody's manuscript.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.dates import year_and_month
from paperpath.formats.romanise import romanise

if TYPE_CHECKING:
    from collections.abc import Container

    from paperpath.model import Author, Paper

_SAYS_NOTHING = frozenset(
    "a an the and or nor but of on in into to from for by at as with without within via using over under between"
    " through towards toward beyond about against across is are was were be been do does did can could may might must"
    " should will would has have had not no its it this that these those there here we you our your their they i"
    " how what why when where which who whom whose whether if then than so some any all both each every"
    " der die das ein eine und le la les un une des du de el los las una il lo gli".split()
)
_BODIES = frozenset("collaboration consortium group project team".split())
"""Last words of names that are not people; arXiv gives no other sign."""

_MATH = re.compile(r"\$[^$]*\$")
_WORD = re.compile(r"[a-z0-9']+(?:-[a-z0-9']+)*")
_LATEX = re.compile(r"\\[a-zA-Z]+\s*|\\.")
_LONGEST_PART = 24
"""Longer words are cut: a collaboration can be named with eighty letters."""


def make_key(paper: Paper, taken: Container[str]) -> str:
    """A key for ``paper`` that is not in ``taken``; always of the form ``[a-z][a-z0-9:_-]*``.

    Args:
        paper: any paper; what is missing (author, year, title) is left out of the key.
        taken: the keys in use. Made keys are lower case, so ``taken`` should answer without regard to case,
            as :class:`Keys` does.
    """
    base = base_key(paper)
    if base not in taken:
        return base
    number = 1
    while (key := base + _letters(number)) in taken:
        number += 1
    return key


def base_key(paper: Paper) -> str:
    """The key of ``paper`` before anything is done about collisions."""
    author = _author_part(paper.authors[0]) if paper.authors else ""
    year = str(year_and_month(paper)[0] or "")
    title = _title_part(paper.title)
    if author:
        key = author + year + title
    elif title:
        key = title + year
    else:
        key = _id_part(paper) or f"paper{year}"
    return key if key[0].isalpha() else f"p{key}"


class Keys:
    """A set of citation keys that asks without regard to case, as BibTeX does."""

    def __init__(self) -> None:
        self._folded: set[str] = set()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.lower() in self._folded

    def add(self, key: str) -> None:
        """Take ``key``."""
        self._folded.add(key.lower())


def _author_part(author: Author) -> str:
    words = re.findall(r"[a-z]+", _plain(author.family).replace("'", ""))
    if author.literal or (words[-1:] and words[-1] in _BODIES):  # "The ATLAS Collaboration" -> atlas
        words = [word for word in re.findall(r"[a-z]+", _plain(str(author))) if word not in _SAYS_NOTHING][:1]
    return "".join(words)[:_LONGEST_PART]


def _title_part(title: str) -> str:
    """The first word that says something; the first part of a hyphened one, both parts of ``U-Net``."""
    words = [word.replace("'", "") for word in _WORD.findall(_plain(_MATH.sub(" ", title)))]
    words = [word.strip("-") for word in words if re.search("[a-z]", word)]
    for word in [word for word in words if word not in _SAYS_NOTHING] or words:
        first, _, rest = word.partition("-")
        part: str = first if len(first) > 1 else first + rest.partition("-")[0]
        if re.search("[a-z]", part):
            return part[:_LONGEST_PART]
    return ""


def _id_part(paper: Paper) -> str:
    for paper_id in paper.ids:
        return re.sub(r"[^a-z0-9]+", "-", f"{paper_id.scheme}-{paper_id.value}".lower()).strip("-")
    return ""


def _plain(text: str) -> str:
    """Lower-case ASCII where there is a spelling; LaTeX commands and grouping braces out."""
    bare = _LATEX.sub("", text).replace("{", "").replace("}", "").replace("’", "'")
    return romanise(bare).lower()


def _letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
