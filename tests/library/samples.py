"""Four papers that differ in what matters to a library, and short ways of adding some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from paperpath.model import Author, ListEntry, Paper, ReadingList, Stage

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from paperpath.library import Library
    from paperpath.library.rows import Added

ATTENTION = Paper(
    "Attention Is All You Need",
    (Author("Vaswani", "Ashish"), Author("Shazeer", "Noam"), Author("Kaiser", "Łukasz")),
    key="vaswani2017attention",
    entry_type="inproceedings",
    year=2017,
    venue="Advances in Neural Information Processing Systems",
    arxiv_id="1706.03762",
    primary_category="cs.CL",
    categories=("cs.CL", "cs.LG"),
    abstract="The dominant sequence transduction models are based on recurrent networks. We propose the Transformer.",
    extra=(("editor", "I. Guyon"),),
)
GRAPHS = Paper(
    "On Random Graphs of Erdős–Rényi Type",
    (Author("Erdős", "Paul"), Author("Rényi", "Alfréd")),
    key="erdos1959random",
    entry_type="article",
    year=1959,
    doi="10.5486/pmd.1959.6.3-4.12",
    venue="Publicationes Mathematicae",
)
TSNE = Paper(
    "Visualizing Data using t-SNE",
    (Author("Maaten", "Laurens", particle="van der"), Author("Hinton", "Geoffrey")),
    key="DBLP:journals/jmlr/Maaten08",
    entry_type="article",
    year=2008,
    abstract="A new technique visualizes high-dimensional data by attention to local structure.",
    url="https://jmlr.org/papers/v9/vandermaaten08a.html",
)
REPORT = Paper("GPT-4 Technical Report", (Author("OpenAI", literal=True),), key="openai2023gpt4", arxiv_id="2303.08774")
PAPERS = (ATTENTION, GRAPHS, TSNE, REPORT)


def numbered(paper: Paper, taken: Container[str]) -> str:
    """The first of ``paper1``, ``paper2`` … that is free."""
    number = 1
    while f"paper{number}" in taken:
        number += 1
    return f"paper{number}"


def add(library: Library, *papers: Paper) -> list[Added]:
    return library.add(papers, numbered)


def some_papers(count: int, start: int = 0) -> Iterable[Paper]:
    """Papers with an id, three authors and an abstract each."""
    for number in range(start, start + count):
        yield Paper(
            f"Paper number {number} on things",
            tuple(Author(f"Family{number % 97}", f"Given{i}") for i in range(3)),
            key=f"family{number}things",
            arxiv_id=f"{1501 + number // 90000}.{10000 + number % 90000}",
            year=2015,
            abstract=f"We study thing {number} by the method of {number * 7919 % 1000} and find that it is so. " * 5,
        )


PLAN = ReadingList(
    "starter",
    "A start",
    "Two papers.",
    (
        Stage("First", "Before", (ListEntry("erdos1959random", "Graphs.", ("random graphs",)),)),
        Stage("Then", "After", (ListEntry("vaswani2017attention", "Attention.", needs=("erdos1959random",)),)),
    ),
)


def dump(library: Library) -> dict[str, list[Any]]:
    """All that the user would miss, whatever numbers the rows have."""
    return {
        "records": library.records(),
        "notes": [(key, note.text) for key in sorted(library.keys()) if (note := library.note(key))],
        "tags": list(library.tags().items()),
        "lists": library.lists(),
        "hits": sorted((hit.key, hit.kind, hit.passage) for hit in library.search("thing or attention or graphs")),
        "former": library.former_keys(),
        "pins": library.pins(),
        "apart": library.told_apart(),
        "searches": library.searches(),
        "origins": {key: library.origins(key) for key in sorted(library.keys())},
        "cards": library.cards(),
        "reviews": library.reviews(),
        "known": [library.known_topics(), library.known_papers()],
        "passes": sorted(library.all_passes()),
        "minutes": library.minutes(),
        "dates": [library.status_dates(row.key) for row in library.rows()],
    }


def timeless(library: Library) -> dict[str, Any]:
    """The same without what the clock has a say in: places, minutes of reading, made-up ids and schedules of cards."""
    kept = dump(library)
    del kept["minutes"]
    kept["records"] = [replace(record, position=None) for record in kept["records"]]
    kept["cards"] = sorted(
        (card.key, card.origin, card.question, card.answer, card.edited, card.removed, card.reviews)
        for card in kept["cards"]
    )
    kept["reviews"] = sorted(review.grade for review in kept["reviews"])
    return kept
