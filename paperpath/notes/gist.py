"""What a paper says it is about and what it says it adds: sentences picked from the text, never rewritten.

Two ways to find contributions, tried in order: a list announced by a sentence such as "our contributions are as
follows", and, failing that, the sentences in which the authors say "we propose", "we present", "we introduce" … in the
abstract and the introduction. Both can find nothing; a note without that block is better than one with noise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.model import ParsedPaper, Section

MAX_CLAIMS = 6

_ABBREVIATIONS = (
    "e.g.",
    "i.e.",
    "et al.",
    "cf.",
    "vs.",
    "fig.",
    "figs.",
    "eq.",
    "eqs.",
    "sec.",
    "resp.",
    "approx.",
    "w.r.t.",
    "dr.",
    "no.",
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[$]*[A-Z0-9$])")
_ANNOUNCED = re.compile(
    r"\b(?:(?:our|the|main|key|major|primary|following|novel|three|four|two|several)\s+){1,4}contributions?\b[^.!?:(•]*[:.]?",
    re.I,
)
_CONTRIBUTIONS_HEADING = re.compile(r"\bcontributions?\b", re.I)
_ITEM = re.compile(r"^\s*(?:[•▪●◦‣∙*–—-]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)])\s+(?P<text>.+)$", re.S | re.I)
_INLINE_ITEM = re.compile(r"\(?(?:\d|[ivx]{1,3})\)\s+|•\s*", re.I)
_ORDINAL = re.compile(r"^(?:First|Second|Third|Fourth|Fifth|Finally|Moreover|Furthermore|Lastly)(?:ly)?\b,?\s", re.I)
_CLAIM = re.compile(
    r"\b(?:we(?:\s+(?:also|then|further|first|here|therefore))?"
    r"\s+(?:propose|present|introduce|describe|develop|show|demonstrate|prove|derive|give|design)"
    r"|this (?:paper|work|article|letter)"
    r"\s+(?:proposes|presents|introduces|describes|develops|shows|gives|provides))\b",
    re.I,
)
_ROADMAP = re.compile(r"\b(?:sections?|sec\.|chapters?)\s*\d", re.I)
"""\"In Section 3 we describe …\" says where, not what."""
_LIST_PARAGRAPHS = 8
"""How far a list of contributions may reach; real ones have two to six items."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the authors say they add."""

    text: str
    page: int | None
    """None when it stands in the abstract."""


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph; a full stop after an abbreviation or an initial ends none."""
    parts, start = [], 0
    flat = " ".join(text.split())
    for match in _SENTENCE_END.finditer(flat):
        before = flat[start : match.end()].rstrip()
        if before.lower().endswith(_ABBREVIATIONS) or re.search(r"(?:^|\s|\()[A-Z]\.$", before):
            continue
        parts.append(before)
        start = match.end()
    return [*parts, flat[start:]] if flat[start:] else parts


def opening(abstract: str, *, count: int = 3, limit: int = 480) -> str:
    """The first sentences of an abstract, where papers say what is wrong with the world; whole sentences only."""
    taken: list[str] = []
    for sentence in sentences(abstract)[:count]:
        if taken and len(" ".join([*taken, sentence])) > limit:
            break
        taken.append(sentence)
    return " ".join(taken)


def contributions(abstract: str | None, parsed: ParsedPaper) -> tuple[Claim, ...]:
    """What the authors list as their contributions, or else claim; empty where they do neither in these words."""
    for section in _front_sections(parsed):
        listed = tuple(_listed(section))
        if len(listed) >= 2:
            return listed[:MAX_CLAIMS]
    claims = [Claim(sentence, None) for sentence in sentences(abstract or "") if _CLAIM.search(sentence)]
    for section in _front_sections(parsed)[:2]:
        for paragraph in section.text.split("\n\n"):
            claims += [Claim(s, section.page) for s in sentences(paragraph) if _claims(s)]
    return _distinct(claims)


def _claims(sentence: str) -> bool:
    return 40 < len(sentence) < 400 and bool(_CLAIM.search(sentence)) and not _ROADMAP.search(sentence)


def _front_sections(parsed: ParsedPaper) -> list[Section]:
    """The sections where contributions are announced: the first few, and any that is called so."""
    named = [s for s in parsed.sections if _CONTRIBUTIONS_HEADING.search(s.title)]
    return named + [s for s in parsed.sections[:4] if s not in named]


def _listed(section: Section) -> Iterator[Claim]:
    """The items of a list that is announced in the section, or that follows a heading "Contributions"."""
    paragraphs = section.text.split("\n\n")
    starts = [0] if _CONTRIBUTIONS_HEADING.search(section.title) else []
    for number, paragraph in enumerate(paragraphs):
        announced = list(_ANNOUNCED.finditer(paragraph))
        if not announced:
            continue
        rest = paragraph[announced[-1].end() :].lstrip(" .:")
        inline = [piece.strip(" ;,") for piece in _INLINE_ITEM.split(rest)]
        if len(inline) >= 3 and len(inline[0]) < 40:  # "are: (1) … (2) …", the bit before (1) is no item
            yield from (Claim(_ended(piece), section.page) for piece in inline[1:] if len(piece) > 20)
            return
        ordinals = [s for s in sentences(rest) if _ORDINAL.match(s)]
        if len(ordinals) >= 2:
            yield from (Claim(s, section.page) for s in ordinals)
            return
        starts.append(number + 1)
    for start in starts:
        items: list[Claim] = []
        for paragraph in paragraphs[start : start + _LIST_PARAGRAPHS]:
            if not (match := _ITEM.match(paragraph)):
                if items:
                    break
                continue
            items.append(Claim(_ended(sentences(match["text"])[0]), section.page))
        if len(items) >= 2:
            yield from items
            return


def _ended(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ;,")
    text = re.sub(r"[;,]?\s+and$", "", text)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _distinct(claims: list[Claim]) -> tuple[Claim, ...]:
    """Without repetitions: introductions say again what the abstract said, in nearly the same words."""
    kept: list[tuple[Claim, set[str]]] = []
    for claim in claims:
        words = set(re.findall(r"\w{4,}", claim.text.lower()))
        if all(len(words & other) < 0.6 * min(len(words), len(other)) for _, other in kept if words and other):
            kept.append((claim, words))
    return tuple(claim for claim, _ in kept[:MAX_CLAIMS])
