"""Asking: a question → the sections of the library's papers that answer it, with the passages that say so.

It is all done here, with the library's own full-text index: no model, no network. With a model of sentences on this
machine, passages that say it in other words are found too; see :mod:`paperpath.embedding`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.asking.excerpts import excerpt, places
from paperpath.asking.question import understood
from paperpath.asking.ranking import Candidate, Part, Scored, Weights, ranked, rarities
from paperpath.asking.stems import stem
from paperpath.asking.tokens import plain
from paperpath.embedding.fusing import fused, measured
from paperpath.errors import BadQuery
from paperpath.model import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperpath.asking.question import Term
    from paperpath.embedding import Meaning
    from paperpath.embedding.meaning import Stop, Tell
    from paperpath.library import Library
    from paperpath.library.evidence import Found, Whole

SURE = 0.44
"""What the best section must have of :attr:`Answer.sure` to be an answer; see ``docs/decisions/0013``."""
MEANING = 0.5
"""What meaning weighs beside words, where there is a model; see ``docs/decisions/0016``."""
_CANDIDATES = 150
"""Passages that the index ranks before we do."""
_MOST_MATCHES = 20_000
"""Passages that the index may look at; words that are everywhere do not choose candidates, they only count."""
_EXCERPT = 600
"""Characters of a passage among search hits."""
_PASSAGES = 2
"""Of one section."""


class Passage(NamedTuple):
    """A paragraph that answers."""

    page: int | None
    text: str


class Answer(NamedTuple):
    """A section that answers."""

    key: str
    title: str
    """Of the paper."""
    section: str
    """Its heading with its number; ``Abstract``, or ``Figure 3`` for a caption."""
    passages: tuple[Passage, ...]
    """The best of it, the best first."""
    score: float
    """Larger is better; compares within one question."""
    sure: float
    """How much of what is asked its best passage says, by weight: 0 for nothing, about 1 for all of it."""

    @property
    def page(self) -> int | None:
        """The page of the best passage, from 1."""
        return self.passages[0].page


class Asked(NamedTuple):
    """What the library says to a question."""

    answers: tuple[Answer, ...]
    """The best first. Where the question is not answered, what comes nearest."""
    answered: bool
    """Whether the best of them is good enough to be shown as an answer."""
    words: tuple[str, ...]
    """What was looked for, as the question writes it."""
    unknown: tuple[str, ...]
    """Those of them that no paper has."""
    terms: tuple[str, ...]
    """As :mod:`paperpath.asking.excerpts` looks for them."""
    unread: int = 0
    """Passages that were judged by their words alone, because the model has not read them yet; 0 without one."""

    def numbered(self) -> list[tuple[Answer, Passage]]:
        """All passages in their order; a written answer counts them from 1."""
        return [(answer, passage) for answer in self.answers for passage in answer.passages]

    def hits(self) -> list[Hit]:
        """The passages as a search gives them, with what was asked marked."""
        return [
            Hit(
                one.key, one.title, "abstract" if one.section == "Abstract" and passage.page is None else "text",
                one.section, passage.page, _marked(passage.text, self.terms), -one.score,
            )
            for one, passage in self.numbered()
        ]  # fmt: skip


def ask(
    library: Library,
    text: str,
    *,
    limit: int = 5,
    keys: Sequence[str] = (),
    weights: Weights | None = None,
    meaning: Meaning | None = None,
) -> Asked:
    """The sections that answer a question best.

    Args:
        library: all papers.
        text: the question, as a person types it.
        limit: how many sections.
        keys: the only papers to look in; none for all.
        weights: of the ranking, others than usual.
        meaning: a model of sentences; passages count as far as :func:`read_for_meaning` has come with them.

    Raises:
        BadInput: the model cannot be used.
        BadQuery: it has no word that could be looked for.
        UnknownPaper: there is none with one of ``keys``.
    """
    question = understood(text)
    if not question.terms:
        raise BadQuery('Ask with words, such as "why divide by sqrt(d_k)?"')
    written = {term.text: _written(library, term) for term in question.terms}
    counts = {name: sum(words.values()) for name, words in written.items()}
    passages = library.passage_count()
    near = _near(library, text, keys, meaning) if meaning else _Near({}, {}, 0)
    found = library.sections_with(_choosing(written), limit=_CANDIDATES, keys=keys, also=near.passages(_CANDIDATES))
    rarity = rarities(question, counts, passages)
    best = ranked(question, [_candidate(one) for one in found], rarity, passages, library.index_counts, weights)
    answered = bool(best) and best[0].sure >= SURE
    if meaning:
        best = _by_both(found, best, near)
    return Asked(
        tuple(_answer(found[one.which], one) for one in best[:limit]),
        answered,
        tuple(term.word for term in question.terms),
        tuple(term.word for term in question.terms if term.text in rarity and not counts[term.text]),
        tuple(term.text for term in question.terms),
        near.unread,
    )


def read_for_meaning(
    library: Library, meaning: Meaning, *, keys: Sequence[str] = (), tell: Tell | None = None, stop: Stop | None = None
) -> int:
    """Let the model read the passages that it has not read yet; how many are left when it was stopped.

    Raises:
        BadInput: the model cannot be used.
        UnknownPaper: there is none with one of ``keys``.
    """
    return meaning.read([_told(one) for one in library.whole_passages(keys)], tell=tell, stop=stop)


class _Near(NamedTuple):
    """How close in meaning passages are to a question, 0 to 1."""

    by_number: dict[int, float]
    by_section: dict[tuple[str, str], float]
    """The best of each: ``(key, section)``."""
    unread: int

    def passages(self, limit: int) -> list[int]:
        """Numbers of those that are closest."""
        return sorted(self.by_number, key=lambda number: -self.by_number[number])[:limit]


def _near(library: Library, text: str, keys: Sequence[str], meaning: Meaning) -> _Near:
    passages = library.whole_passages(keys)
    cosines = meaning.closeness(text, [_told(one) for one in passages], question=True)
    near = measured(cosines)
    by_section: dict[tuple[str, str], float] = {}
    for one, value in zip(passages, near, strict=True):
        place = (one.key, one.section)
        by_section[place] = max(value, by_section.get(place, 0.0))
    by_number = {one.number: value for one, value in zip(passages, near, strict=True) if value > 0}
    return _Near(by_number, by_section, sum(one is None for one in cosines))


def _told(passage: Whole) -> str:
    """A passage as the model reads it: under its heading, which often says what it is about."""
    return f"{passage.section}. {passage.text}"


def _by_both(found: Sequence[Found], best: Sequence[Scored], near: _Near) -> list[Scored]:
    """All sections by words and by meaning, and the passages of each likewise; the best first."""
    said = {one.which: one for one in best}
    all_ = [said.get(which, Scored(which, 0.0, (), 0.0)) for which in range(len(found))]
    close = [near.by_section.get((one.key, one.section), 0.0) for one in found]
    scores = fused([one.score for one in all_], close, MEANING)
    judged = [
        one._replace(score=score, parts=_parts(found[one.which], one, near))
        for one, score in zip(all_, scores, strict=True)
    ]
    return sorted((one for one in judged if one.parts), key=lambda one: -one.score)


def _parts(found: Found, scored: Scored, near: _Near) -> tuple[int, ...]:
    """Its paragraphs, the best first: reciprocal ranks by words and by meaning, added."""
    close = [near.by_number.get(one.number, 0.0) for one in found.paragraphs]
    by_meaning = sorted((i for i, value in enumerate(close) if value > 0), key=lambda i: -close[i])
    scores: dict[int, float] = {}
    for order in (scored.parts, by_meaning):
        for rank, i in enumerate(order, 1):
            scores[i] = scores.get(i, 0.0) + 1 / rank
    return tuple(sorted(scores, key=lambda i: -scores[i]))


def _marked(text: str, terms: Sequence[str]) -> str:
    shown = excerpt(text, terms, _EXCERPT).text
    for start, end in reversed(places(shown, terms)):
        shown = f"{shown[:start]}\ue000{shown[start:end]}\ue001{shown[end:]}"
    return shown


def _written(library: Library, term: Term) -> dict[str, int]:
    """How the index writes a term: its forms, or the parts of a symbol, each with the number of passages."""
    if term.symbol:
        phrase = " ".join(part for part in term.word.replace("^", "_").split("_") if part != "√")
        return {phrase: library.phrase_counts([phrase])[0]} if phrase else {}
    beginning = term.word[: max(2, min(len(term.text), len(term.word) - 1))]
    found = library.index_words(beginning)
    return {word: count for word, count in found.items() if stem(plain(word)) == term.text}


def _choosing(written: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The words that choose the candidates: the rarest first, as many as the index finds quickly."""
    chosen: list[str] = []
    matches = 0
    for words in sorted(written.values(), key=lambda one: sum(one.values())):
        matches += sum(words.values())
        if chosen and matches > _MOST_MATCHES:
            break
        chosen += words
    return chosen


def _candidate(found: Found) -> Candidate:
    parts = tuple(Part(one.number, one.text) for one in found.paragraphs)
    return Candidate(found.title, found.section, parts, found.kind not in ("text", "abstract"))


def _answer(found: Found, scored: Scored) -> Answer:
    chosen = [found.paragraphs[i] for i in scored.parts[:_PASSAGES]]
    passages = tuple(Passage(one.page, one.text) for one in chosen)
    return Answer(found.key, found.title, found.section, passages, scored.score, scored.sure)
