"""Text → :class:`Author`: taking a person's name apart the way BibTeX does.

Two forms reach us: ``Last, Jr, First`` from .bib files and ``First von Last`` from arXiv, Crossref and title pages.
The rules are those of Oren Patashnik's *BibTeXing* (1988), section 4: a lower-case word in the middle begins the
particle, and the family name begins after the last lower-case word. Works on Unicode text; LaTeX is decoded before.
"""

from __future__ import annotations

import re

from paperpath.model import Author

_SUFFIX = re.compile(r"(?i:jr\.?|sr\.?|junior|senior|ph\.?\s?d\.?)|II|III|IV")
"""Numerals in capitals and only these: ``Li, Xi`` and ``Chen Yan Vi`` are whole names."""
_PARTICLES = frozenset(
    "af al av da dal de dei del della den der des di do dos du el la le ten ter van vom von zu zum".split()
)
"""Small words that begin a family name even as the first word; ``bell hooks`` does not."""


def parse_name(text: str) -> Author:
    """The parts of one name, in either form; an empty text gives an empty family name."""
    name = " ".join(text.split())
    if name.startswith("{") and name.endswith("}") and not re.search(r"[{}]", name[1:-1]):
        return Author(name[1:-1].strip(), literal=True)
    parts = [part.strip() for part in name.split(",")]
    if len(parts) >= 3:
        if _SUFFIX.fullmatch(parts[2]) and not _SUFFIX.fullmatch(parts[1]):  # "King, Martin, Jr." is common too
            parts[1:3] = parts[2], parts[1]
        particle, family = _particle(parts[0])
        return Author(family, given=", ".join(p for p in parts[2:] if p), particle=particle, suffix=parts[1])
    if len(parts) == 2:
        if _SUFFIX.fullmatch(parts[1]):
            plain = parse_name(parts[0])
            return Author(plain.family, plain.given, plain.particle, parts[1])
        particle, family = _particle(parts[0])
        return Author(family, given=parts[1], particle=particle)
    return _first_last(name)


def _first_last(name: str) -> Author:
    words = name.split()
    suffix = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) and not _SUFFIX.fullmatch(words[-2]):
        suffix = words.pop()
    if len(words) < 2:
        return Author(" ".join(words), suffix=suffix)
    lower = [i for i, word in enumerate(words[:-1]) if (i > 0 or word in _PARTICLES) and _is_particle(word)]
    if not lower:
        return Author(words[-1], " ".join(words[:-1]), suffix=suffix)
    first, last = lower[0], lower[-1]
    return Author(" ".join(words[last + 1 :]), " ".join(words[:first]), " ".join(words[first : last + 1]), suffix)


def _particle(text: str) -> tuple[str, str]:
    """Split ``van der Maaten`` before a comma into particle and family name."""
    words = text.split()
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_particle(word: str) -> bool:
    """Whether BibTeX takes ``word`` for part of a "von": its first letter is a small one."""
    return word.lstrip("'’`")[:1].islower()
