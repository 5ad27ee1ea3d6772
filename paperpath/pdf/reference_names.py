"""Lists of authors as bibliographies print them → names in reading order.

``Knuth, D. E., & Plass, M. F.``, ``Bahdanau, Dzmitry, Cho, Kyunghyun``, ``A. Potter and B. Wheel``: which comma parts
two people and which one parts the halves of a name is told by the other names of the same list.
"""

from __future__ import annotations

import re

_LOWER_IN_NAMES = frozenset(
    "and et al de van von der den di da la le del dos du el y jr eds ed others bin ter ten zu the of ben ibn".split()
)
_INITIALS = r"(?:[A-Z][a-z]?\.[\s-]?){1,4}"


def is_authors(text: str) -> bool:
    """Whether every word could be part of a list of names."""
    if re.search(r"\d{2,}|[@=]", text) or len(text) > 2500:
        return False
    found = re.findall(r"[^\W\d_][\w'’.-]*", text)
    if not found or not any(word[:1].isupper() for word in found):
        return False
    strange = [
        w
        for w in found
        if w[0].islower() and w.rstrip(".").lower() not in _LOWER_IN_NAMES and not re.match(r"d['’]|al-|el-", w)
    ]
    if strange:
        return False
    # One long run of capitalised words without a comma is a title in capitals, or a corporate author.
    return all(len(part.split()) <= 8 for part in re.split(r",|;|\band\b|&", text))


def is_name(text: str) -> bool:
    """``A. B. Author``, ``Ann Author``, ``Author A. B.``, ``Author``, ``A. B.``."""
    found = text.replace(".", ". ").split()
    if not 1 <= len(found) <= 5 or not is_authors(text):
        return False
    initial = any(re.fullmatch(r"(?:[A-Z][a-z]?\.-?)+|[A-Z]{1,2}", w) for w in found)
    return initial or (len(found) <= 3 and all(w[0].isupper() or w in _LOWER_IN_NAMES for w in found))


def names(text: str) -> list[str]:
    """A list of authors → each in reading order; ``et al.`` and editors' marks are left out."""
    text = re.sub(r"\(?\beds?\b\.?\)?|\bet al\b\.?|\band others\b", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:&")
    if ";" in text:
        return [n for part in text.split(";") if (n := _turned(re.sub(r"^\s*(?:and\b|&)", "", part)))]
    chunks = [c.strip(" ,") for c in re.split(r"\s*(?:,\s*)?(?:\band\b|&)\s*", text) if c.strip(" ,")]
    if len(chunks) > 1 and all(c.count(",") == 1 and len(c.split()) <= 6 for c in chunks):
        return [n for c in chunks if (n := _turned(c))]
    pieces = [p.strip() for c in chunks for p in c.split(",") if p.strip()]
    lone = [len(p.replace(".", ". ").split()) == 1 or _only_initials(p) for p in pieces]
    if len(pieces) > 1 and _only_initials(pieces[1]) and not _has_initials(pieces[0]):
        return _paired(pieces)
    if len(pieces) >= 2 and len(pieces) % 2 == 0 and all(lone[::2]):  # "Bahdanau, Dzmitry, Cho, Kyunghyun"
        return [f"{given} {family}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
    return [n for p in pieces if (n := _turned(p))]


def _only_initials(text: str) -> bool:
    return bool(
        re.fullmatch(rf"{_INITIALS}|[A-Z]{{1,3}}|(?:[A-Z][a-z]?\.?[\s-]?){{1,4}}", text + " ")
        or re.fullmatch(r"(?:[A-Z]\.?[\s-]?){1,4}", text)
    )


def _has_initials(name: str) -> bool:
    return bool(re.match(r"(?:[A-Z]\.[\s-]?)+", name))


def _paired(pieces: list[str]) -> list[str]:
    """``Knuth, D. E.`` → ``D. E. Knuth``."""
    found: list[str] = []
    for piece in pieces:
        if re.fullmatch(r"(?:Jr|Sr|[IV]{2,3})\.?", piece) and found:
            found[-1] += f", {piece}"
        elif _only_initials(piece) and found and not _has_initials(found[-1]):
            found[-1] = f"{piece} {found[-1]}"
        else:
            found.append(_turned(piece))
    return [n for n in found if n]


def _turned(name: str) -> str:
    """One name in reading order: ``Last, First`` and ``Last A. B.`` turned round."""
    name = name.strip(" ,.;:") + ("." if re.search(r"\b[A-Z]\.\s*$", name) else "")
    if "," in name:
        family, given = (p.strip() for p in name.split(",", 1))
        return f"{given} {family}".strip()
    if match := re.fullmatch(r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) ((?:[A-Z]\.[\s-]?)+)", name):
        return f"{match[2].strip()} {match[1]}"
    return name
