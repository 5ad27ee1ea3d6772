"""How good the ranking of new papers is for simulated readers, beside the newest first and beside scikit-learn.

    python benchmarks/recommend.py [FILE.jsonl.xz] [--readers test|tuning]

FILE has 10,000 records of arXiv, one a line, with id, title, abstract, primary_category, categories and created;
without an argument it is ``arxiv_large_10k_cs.jsonl.xz`` below PAPERPATH_CORPUS.

A reader has one narrow interest: a pair of neighbouring words (plurals folded, stop words excluded) that stands in
eight titles at least, in the title or abstract of 40 to 250 records, and of these in the title of every eighth at
least: ``recommender system``, ``random walk``, ``model checking``. The 116 that there are were shuffled with a fixed
seed: the first 50 are the test, and the constants of the program were chosen on the other 66 (``--readers tuning``)
alone.

Each reader has read 30 of the papers of the interest, drawn at random, and dismissed none. The candidates are 3,000
that were not read: all other papers of the interest, which are those that the reader wants, and random others. They
come in random order. Every method sees the same texts, titles and abstracts, nothing else.

nDCG@20, P@20    means over the readers; a paper is worth 1 if it is of the interest, else 0.
without words    the same, after both words of the interest were taken out of all titles and abstracts: what is left to
                 judge by is how such papers are written otherwise.
CPU s            processor time to rank 3,000 candidates, reading the texts included: mean and longest.

Newest first: within the category that most papers read have as their first; papers of other categories after them.
scikit-learn: LinearSVC (balanced weights) over TfidfVectorizer as arxiv-sanity-lite sets it up (single words and
pairs, 10,000 terms in 5 texts at least, sublinear); papers read against all candidates. Its C of 0.3 was the best of
0.01, 0.03, 0.1, 0.3 and 1 on a third of the readers for tuning. It is no dependency: without it, its line is left out.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import os
import random
import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperpath.recommend import Text, rank

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED, TESTED = 7, 50
READ, CANDIDATES, FIRST = 30, 3000, 20
IN_TITLES, LEAST, MOST, TITLED = 8, 40, 250, 0.12
STOP = frozenset(
    """a an the of on in for to and with by from via using based at is are as its into between over under new approach
    method methods study analysis case towards toward some use""".split()
)


class Paper(NamedTuple):
    text: Text
    primary: str
    categories: frozenset[str]


class Reader(NamedTuple):
    interest: str
    papers: list[int]


# --------------------------------------------------------------------------- readers


def read(path: Path) -> list[Paper]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Paper(
            Text(row["id"], row["title"], row["abstract"], date=row["created"]),
            row["primary_category"],
            frozenset(row["categories"].split(",")),
        )
        for row in rows
    ]


def words(text: str) -> list[str]:
    return [folded(word) for word in re.findall(r"[a-z][a-z0-9]+", text.lower())]


def folded(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def readers(papers: Sequence[Paper]) -> list[Reader]:
    titles: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        said = words(paper.text.title)
        titles.update({pair for pair in pairwise(said) if not STOP.intersection(pair)})
    texts = [f" {' '.join(words(f'{paper.text.title} . {paper.text.abstract}'))} " for paper in papers]
    found = []
    for pair, times in sorted(titles.items()):
        if times < IN_TITLES:
            continue
        interest = " ".join(pair)
        about = [at for at, text in enumerate(texts) if f" {interest} " in text]
        if LEAST <= len(about) <= MOST and times / len(about) >= TITLED:
            found.append(Reader(interest, about))
    random.Random(SEED).shuffle(found)
    return found


def scene(reader: Reader, papers: Sequence[Paper]) -> tuple[list[int], set[int], list[int]]:
    """What was read, what is wanted, and all candidates."""
    dice = random.Random(reader.interest)
    about = reader.papers[:]
    dice.shuffle(about)
    done, wanted = about[:READ], about[READ:]
    others = dice.sample(sorted(set(range(len(papers))) - set(about)), CANDIDATES - len(wanted))
    candidates = wanted + others
    dice.shuffle(candidates)
    return done, set(wanted), candidates


def without(paper: Paper, interest: str) -> Paper:
    pattern = re.compile(rf"\b(?:{'|'.join(interest.split())})s?\b", re.I)
    text = paper.text
    bare = Text(text.name, pattern.sub(" ", text.title), pattern.sub(" ", text.abstract), date=text.date)
    return paper._replace(text=bare)


# --------------------------------------------------------------------------- methods


def ours(done: Sequence[Paper], candidates: Sequence[Paper]) -> list[Paper]:
    by_name = {paper.text.name: paper for paper in candidates}
    ranked = rank([paper.text for paper in done], [], [paper.text for paper in candidates])
    return [by_name[one.text.name] for one in ranked]


def newest(done: Sequence[Paper], candidates: Sequence[Paper]) -> list[Paper]:
    category = Counter(paper.primary for paper in done).most_common(1)[0][0]
    return sorted(candidates, key=lambda paper: (category in paper.categories, paper.text.date), reverse=True)


def scikit(done: Sequence[Paper], candidates: Sequence[Paper]) -> list[Paper]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    vectorizer = TfidfVectorizer(
        strip_accents="unicode",
        stop_words="english",
        token_pattern=r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b",
        ngram_range=(1, 2),
        max_features=10_000,
        sublinear_tf=True,
        max_df=0.5,
        min_df=5,
    )
    vectors = vectorizer.fit_transform([f"{p.text.title} {p.text.abstract}" for p in (*done, *candidates)])
    classes = [1] * len(done) + [0] * len(candidates)
    machine = LinearSVC(class_weight="balanced", C=0.3, max_iter=10_000, tol=1e-6).fit(vectors, classes)
    scores = machine.decision_function(vectors)[len(done) :]
    return [paper for _, paper in sorted(zip(scores, candidates, strict=True), key=lambda pair: -pair[0])]


# --------------------------------------------------------------------------- figures


def measured(order: Sequence[Paper], wanted: set[str]) -> tuple[float, float]:
    gains = [paper.text.name in wanted for paper in order[:FIRST]]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(FIRST, len(wanted))))
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains)) / ideal, sum(gains) / FIRST


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("PAPERPATH_CORPUS", ".")) / "arxiv_large_10k_cs.jsonl.xz"
    parser.add_argument("file", type=Path, nargs="?", default=default)
    parser.add_argument("--readers", choices=("test", "tuning"), default="test")
    options = parser.parse_args()
    papers = read(options.file)
    everybody = readers(papers)
    chosen = everybody[:TESTED] if options.readers == "test" else everybody[TESTED:]
    methods = {"newest first": newest, "paperpath": ours}
    try:
        import sklearn  # noqa: F401
    except ImportError:
        print("scikit-learn is not installed, so it is left out")
    else:
        methods["scikit-learn"] = scikit
    print(f"{len(chosen)} of {len(everybody)} readers; {CANDIDATES} candidates each\n")
    print(f"{'':16}{'nDCG@20':>9}{'P@20':>7}{'x newest':>14}   {'without words':>14}{'CPU s':>8}{'longest':>9}")
    base = (1.0, 1.0)
    for name, method in methods.items():
        plain: list[tuple[float, float]] = []
        bare: list[tuple[float, float]] = []
        spent: list[float] = []
        for reader in chosen:
            done, wanted, candidates = scene(reader, papers)
            names = {papers[at].text.name for at in wanted}
            began = time.process_time()
            order = method([papers[at] for at in done], [papers[at] for at in candidates])
            spent.append(time.process_time() - began)
            plain.append(measured(order, names))
            blind = [[without(papers[at], reader.interest) for at in group] for group in (done, candidates)]
            bare.append(measured(method(*blind), names))
        ndcg, precision = (sum(column) / len(column) for column in zip(*plain, strict=True))
        blind_ndcg, blind_precision = (sum(column) / len(column) for column in zip(*bare, strict=True))
        if name == "newest first":
            base = ndcg, precision
        print(
            f"{name:16}{ndcg:9.3f}{precision:7.3f}{ndcg / base[0]:7.2f}{precision / base[1]:7.2f}"
            f"   {blind_ndcg:7.3f}{blind_precision:7.3f}{sum(spent) / len(spent):8.2f}{max(spent):9.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
