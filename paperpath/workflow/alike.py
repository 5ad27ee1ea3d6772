"""Papers of the library that are like one of its papers, each with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from paperpath.embedding.fusing import close, fused, measured
from paperpath.library.folding import letters
from paperpath.recommend import Like, Text, recoupled, similar
from paperpath.recommend.similar import CITED
from paperpath.workflow.linking import SHORTEST_TITLE, Linker, identifiers
from paperpath.workflow.texts import read_references

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperpath.embedding import Meaning
    from paperpath.embedding.meaning import Stop, Tell
    from paperpath.library import Library
    from paperpath.model import Paper, Reference

COMPARED = 600
"""Papers whose words are compared; of a larger library, those that the full-text index puts first. It takes 0.2 s among
7,000."""
READ = 40
"""Papers whose bibliographies are read, some milliseconds each."""
MEANING = 0.7
"""What meaning weighs beside words, where there is a model; see ``docs/decisions/0016``."""
ASKED = 60
"""Words of the paper that the index is asked for."""
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper that is like another one."""

    paper: Paper
    score: float
    """0 to 1."""
    words: tuple[str, ...]
    """Terms of both, those first that bring them closest."""
    references: tuple[str, ...]
    """What both cite: citation keys of papers of the library, and titles of others."""
    close: bool = False
    """Whether a model of sentences finds them close in meaning, whatever their words."""

    @property
    def why(self) -> str:
        """The reason in words."""
        parts = ["close in meaning"] if self.close else []
        if self.words:
            parts.append(f"both on {', '.join(self.words)}")
        if self.references:
            count = len(self.references)
            named = ", ".join(self.references[:2])
            more = f" and {count - 2} more" if count > 2 else ""
            parts.append(f"both cite {named}{more}")
        return "; ".join(parts)


def alike(library: Library, name: str, *, limit: int = 10, meaning: Meaning | None = None) -> list[Alike]:
    """The papers that are most like the one named, the most alike first; at most ``limit``.

    With ``meaning``, a model of sentences, papers count by that too, as far as :func:`read_for_meaning` has come.

    Raises:
        BadInput: the model cannot be used.
        UnknownPaper: there is no such paper.
    """
    key = library.resolve(name)
    paper = library.get(key).paper
    near = _near(library, paper, meaning) if meaning else {}
    others = {one.key: one for one in _others(library, paper, [*near][:COMPARED])}
    found = similar(
        _text(paper), [_text(one) for one in others.values()], limit=len(others) if near else max(READ, limit)
    )
    if near:
        found = _by_both(found, others, near)[: max(READ, limit)]
    own = _cited(library, paper, linker := Linker(library))
    if own:
        cited = {like.text.name: _cited(library, others[like.text.name], linker) for like in found[:READ]}
        titles = own | {one: title for several in cited.values() for one, title in several.items()}
        keys = {name: frozenset(several) for name, several in cited.items()}
        found = recoupled(found, replace(_text(paper), references=frozenset(own)), keys)
    else:
        titles = {}
    return [
        Alike(
            others[like.text.name],
            like.score,
            like.words,
            _named(like.references, titles),
            like.text.name in near and near[like.text.name].close,
        )
        for like in found[:limit]
    ]


def read_for_meaning(library: Library, meaning: Meaning, *, tell: Tell | None = None, stop: Stop | None = None) -> int:
    """Let the model read the titles and abstracts that it has not read yet; how many are left when it was stopped.

    Raises:
        BadInput: the model cannot be used.
    """
    return meaning.read([_told(paper) for paper in library.papers()], tell=tell, stop=stop)


class _Near(NamedTuple):
    value: float
    """0 to 1, as :func:`paperpath.embedding.fusing.measured`."""
    close: bool


def _near(library: Library, paper: Paper, meaning: Meaning) -> dict[str, _Near]:
    """How close in meaning the other papers are, by their keys, the closest first."""
    others = [one for one in library.papers() if one.key != paper.key]
    cosines = meaning.closeness(_told(paper), [_told(one) for one in others])
    near = [_Near(*one) for one in zip(measured(cosines), close(cosines), strict=True)]
    ordered = sorted(zip(others, near, strict=True), key=lambda pair: -pair[1].value)
    return {other.key: one for other, one in ordered if one.value > 0}


def _told(paper: Paper) -> str:
    return f"{paper.title}. {paper.abstract or ''}"


def _by_both(found: Sequence[Like], others: Mapping[str, Paper], near: Mapping[str, _Near]) -> list[Like]:
    """The papers that have words in common or are close in meaning, by both; the most alike first."""
    said = {like.text.name: like for like in found}
    likes = [
        said.get(key) or Like(_text(one), 0.0, ())
        for key, one in others.items()
        if key in said or (key in near and near[key].close)
    ]
    values = [near[like.text.name].value if like.text.name in near else 0.0 for like in likes]
    scores = fused([like.score for like in likes], values, MEANING)
    judged = [replace(like, score=score * (1 - CITED)) for like, score in zip(likes, scores, strict=True)]
    return sorted(judged, key=lambda like: (-like.score, like.text.name))


def _named(references: tuple[str, ...], titles: dict[str, str]) -> tuple[str, ...]:
    """What a person calls them, papers of the library first: there the name is the key."""
    return tuple(titles[one] for one in sorted(references, key=lambda one: (titles[one] != one, titles[one])))


def _others(library: Library, paper: Paper, also: Sequence[str]) -> list[Paper]:
    if len(library.keys()) <= COMPARED:
        return [one for one in library.papers() if one.key != paper.key]
    words = list(dict.fromkeys(_LETTERS.findall(f"{paper.title} {paper.abstract or ''}".lower())))
    longest = sorted(words, key=len, reverse=True)[:ASKED]  # a long word is a rare one
    keys = dict.fromkeys([*library.resembling(longest, limit=COMPARED), *also])
    return [library.get(key).paper for key in keys if key != paper.key]


def _text(paper: Paper) -> Text:
    return Text(paper.key, paper.title, paper.abstract or "")


def _cited(library: Library, paper: Paper, linker: Linker) -> dict[str, str]:
    """What a paper cites, under a name that is the same in all papers, with what a person calls it."""
    references = read_references(library, paper) or ()
    keys = linker.keys(paper.key, references)
    return {
        name: key or " ".join((reference.title or name).split())
        for reference, key in zip(references, keys, strict=True)
        if (name := key or _name(reference))
    }


def _name(reference: Reference) -> str:
    for paper_id in identifiers(reference):
        return str(paper_id)
    title = letters(reference.title or "")
    return title if len(title) >= SHORTEST_TITLE else ""
