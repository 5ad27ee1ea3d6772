"""Papers of the library that are like one of its papers, each with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath.library.folding import letters
from paperpath.recommend import Text, recoupled, similar
from paperpath.workflow.linking import SHORTEST_TITLE, Linker, identifiers
from paperpath.workflow.texts import read_references

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.model import Paper, Reference

COMPARED = 600
"""Papers whose words are compared; of a larger library, those that the full-text index puts first. It takes 0.2 s among
7,000."""
READ = 40
"""Papers whose bibliographies are read, some milliseconds each."""
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

    @property
    def why(self) -> str:
        """The reason in words."""
        parts = [f"both on {', '.join(self.words)}"] if self.words else []
        if self.references:
            count = len(self.references)
            named = ", ".join(self.references[:2])
            more = f" and {count - 2} more" if count > 2 else ""
            parts.append(f"both cite {named}{more}")
        return "; ".join(parts)


def alike(library: Library, name: str, *, limit: int = 10) -> list[Alike]:
    """The papers that are most like the one named, the most alike first; at most ``limit``.

    Raises:
        UnknownPaper: there is no such paper.
    """
    key = library.resolve(name)
    paper = library.get(key).paper
    others = {one.key: one for one in _others(library, paper)}
    found = similar(_text(paper), [_text(one) for one in others.values()], limit=max(READ, limit))
    own = _cited(library, paper, linker := Linker(library))
    if own:
        cited = {like.text.name: _cited(library, others[like.text.name], linker) for like in found[:READ]}
        titles = own | {one: title for several in cited.values() for one, title in several.items()}
        keys = {name: frozenset(several) for name, several in cited.items()}
        found = recoupled(found, replace(_text(paper), references=frozenset(own)), keys)
    else:
        titles = {}
    return [
        Alike(others[like.text.name], like.score, like.words, _named(like.references, titles)) for like in found[:limit]
    ]


def _named(references: tuple[str, ...], titles: dict[str, str]) -> tuple[str, ...]:
    """What a person calls them, papers of the library first: there the name is the key."""
    return tuple(titles[one] for one in sorted(references, key=lambda one: (titles[one] != one, titles[one])))


def _others(library: Library, paper: Paper) -> list[Paper]:
    if len(library.keys()) <= COMPARED:
        return library.papers()
    words = list(dict.fromkeys(_LETTERS.findall(f"{paper.title} {paper.abstract or ''}".lower())))
    longest = sorted(words, key=len, reverse=True)[:ASKED]  # a long word is a rare one
    return [library.get(key).paper for key in library.resembling(longest, limit=COMPARED)]


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
