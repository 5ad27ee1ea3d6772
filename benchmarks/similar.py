"""How good "like this one" is, beside SQLite's full text with the same words.

    python benchmarks/similar.py [FILE.jsonl] [--model FOLDER]

FILE has records of arXiv, one a line, with id, title, abstract and categories; without an argument it is
``arxiv_abs_legacy.jsonl`` below PAPERPATH_CORPUS. Of those with the same id the last counts; abstracts of less than 150
characters are left out, because they only say that a paper was withdrawn. Of what is left, 1,000 are drawn, the same in
every run. No paper was used to choose a constant of the program.

P@5       For each paper, the five others that are most like it, by title and abstract; the share of them that has the
          same first category. It is printed for all papers, and for those whose category has five others at least:
          only these can reach 1.
MRR       For each paper, its title alone is the question and the abstracts alone, without titles, are the answers; the
          mean of 1 over the place of its own abstract, 0 where it is not found.

FOLDER holds a model of sentences, as the setting ``semantic_model`` names it; then "with model" is what `similar` does
with it. Its CPU seconds have the reading of all texts in them.

The peer is FTS5 with ``unicode61 remove_diacritics 2``, all words of the question joined by OR, ranked by bm25().
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperpath.embedding import Meaning
from paperpath.embedding.fusing import fused, measured
from paperpath.recommend import Text
from paperpath.recommend.similar import Kindred
from paperpath.workflow.alike import MEANING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED, DRAWN, SHORT = 7, 1000, 150


class Record(NamedTuple):
    id: str
    title: str
    abstract: str
    category: str


Near = list[int]
"""Places in the collection, the most alike first."""
if TYPE_CHECKING:
    Method = Callable[[Sequence[Text], Sequence[Text], int], list[Near]]


def read(path: Path) -> list[Record]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = {
        line["id"]: Record(line["id"], line["title"], line["abstract"], line["categories"][0])
        for line in lines
        if line["categories"] and len(line["abstract"] or "") >= SHORT
    }
    records = sorted(known.values())
    random.Random(SEED).shuffle(records)
    return records[:DRAWN]


def ours(questions: Sequence[Text], answers: Sequence[Text], limit: int) -> list[Near]:
    place = {text.name: at for at, text in enumerate(answers)}
    kindred = Kindred(answers)
    return [[place[like.text.name] for like in kindred.like(text, limit=limit)] for text in questions]


def with_model(folder: Path) -> Method:
    """By words and by meaning."""

    def method(questions: Sequence[Text], answers: Sequence[Text], limit: int) -> list[Near]:
        kindred = Kindred(answers)
        place = {text.name: at for at, text in enumerate(answers)}
        told = [f"{text.title}. {text.abstract}" for text in answers]
        nearest = []
        with tempfile.TemporaryDirectory() as cache:
            meaning = Meaning(folder, Path(cache))
            meaning.read(told)
            for text in questions:
                words = [0.0] * len(answers)
                for like in kindred.like(text, limit=len(answers)):
                    words[place[like.text.name]] = like.score
                near: list[float | None] = list(meaning.closeness(f"{text.title}. {text.abstract}", told))
                if text.name in place:
                    near[place[text.name]] = None
                scores = fused(words, measured(near), MEANING)
                order = sorted(range(len(answers)), key=lambda at, scores=scores: -scores[at])
                nearest.append([at for at in order if answers[at].name != text.name][:limit])
        return nearest

    return method


def full_text(questions: Sequence[Text], answers: Sequence[Text], limit: int) -> list[Near]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    rows = [(at, f"{text.title} {text.abstract}") for at, text in enumerate(answers)]
    database.executemany("INSERT INTO found (rowid, text) VALUES (?, ?)", rows)
    nearest = []
    for text in questions:
        words = dict.fromkeys(re.findall(r"\w+", f"{text.title} {text.abstract}".lower()))
        query = " OR ".join(f'"{word}"' for word in words)
        sql = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
        found = [at for (at,) in database.execute(sql, (query, limit + 1)) if answers[at].name != text.name]
        nearest.append(found[:limit])
    return nearest


def main() -> None:
    default = Path(os.environ.get("PAPERPATH_CORPUS", ".")) / "arxiv_abs_legacy.jsonl"
    words = sys.argv[1:]
    model = Path(words.pop(words.index("--model") + 1)) if "--model" in words else None
    words = [word for word in words if word != "--model"]
    records = read(Path(words[0]) if words else default)
    size = Counter(record.category for record in records)
    whole = [Text(record.id, record.title, record.abstract) for record in records]
    titles = [Text(f"title of {record.id}", record.title) for record in records]
    abstracts = [Text(record.id, "", record.abstract) for record in records]
    large = [at for at, record in enumerate(records) if size[record.category] > 5]
    print(f"{len(records)} papers, {len(size)} categories; {len(large)} papers have five others of theirs\n")
    print(f"{'':12}{'P@5':>8}{'P@5 of ' + str(len(large)):>14}{'MRR':>8}{'CPU s':>8}")
    methods: dict[str, Method] = {"paperpath": ours, "FTS5": full_text}
    if model:
        methods["with model"] = with_model(model)
    for name, method in methods.items():
        began = time.process_time()
        near = method(whole, whole, 5)
        hits = [
            sum(records[other].category == records[at].category for other in found) / 5 for at, found in enumerate(near)
        ]
        places = method(titles, abstracts, len(records))
        rank = sum(1 / (1 + found.index(at)) for at, found in enumerate(places) if at in found) / len(records)
        some = sum(hits[at] for at in large) / len(large)
        spent = time.process_time() - began
        print(f"{name:12}{sum(hits) / len(hits):8.3f}{some:14.3f}{rank:8.3f}{spent:8.1f}")


if __name__ == "__main__":
    main()
