"""How the library does with 10,000 papers, beside the simplest thing that works: one JSON file, read whole and scanned.

    python benchmarks/library.py                      10,000 made-up papers with abstracts of arXiv's length
    python benchmarks/library.py papers.jsonl.xz      real ones: a JSON object a line with id, title, authors, abstract

CPU seconds of this process, best of several; the ratio says how many times the peer takes. The peer keeps no history,
loses everything when it is killed while saving, and two of it at once lose each other's changes.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperpath.library import Library
from paperpath.model import Author, Paper
from paperpath.names import parse_name

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

COUNT = 10_000


def made_up() -> Iterator[Paper]:
    """Papers whose words are as unevenly used as those of a language."""
    chance = random.Random(7)
    words = ["".join(chance.choices("aeioubcdfglmnprst", k=chance.randint(2, 11))) for _ in range(30_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    stream = iter(chance.choices(words, weights, k=COUNT * 160 + 1000))
    for number in range(COUNT):
        authors = tuple(Author(next(stream).title(), next(stream).title()) for _ in range(chance.randint(1, 5)))
        yield Paper(
            " ".join(next(stream) for _ in range(8)).capitalize(),
            authors,
            arxiv_id=f"{1501 + number // 9000}.{10000 + number % 9000}",
            year=2015,
            abstract=" ".join(next(stream) for _ in range(140)),
        )


def real(path: Path) -> Iterator[Paper]:
    """Papers from arXiv's metadata."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            yield Paper(
                data["title"],
                tuple(parse_name(name) for name in data["authors"].split(", ")),
                arxiv_id=data["id"],
                year=2000 + int(data["id"][:2]) if data["id"][:2].isdigit() else None,
                abstract=data["abstract"],
            )


def key(paper: Paper, taken: Container[str]) -> str:
    """Family name and number."""
    name = paper.authors[0].family if paper.authors else "anon"
    return next(made for number in range(COUNT + 1) if (made := f"{name}{paper.year}-{number}") not in taken)


class Json:
    """The peer."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, papers: list[Paper]) -> None:
        rows = [{"title": p.title, "authors": list(map(str, p.authors)), "abstract": p.abstract} for p in papers]
        self.path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def rows(self) -> list[Any]:
        found: list[Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    def query(self, *words: str) -> list[Any]:
        return [row for row in self.rows() if all(word in f"{row['title']} {row['authors']}".lower() for word in words)]

    def search(self, *words: str) -> list[Any]:
        patterns = [re.compile(rf"\b{word}", re.I) for word in words]
        return [
            row
            for row in self.rows()
            if all(p.search(f"{row['title']} {row['authors']} {row['abstract']}") for p in patterns)
        ]


def cpu(work: Callable[[], object], times: int = 5) -> float:
    """CPU seconds, the best of several."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def show(what: str, ours: float, peer: float | None) -> None:
    beside = f"{peer * 1000:10.1f} {peer / ours:9.2f}" if peer is not None else ""
    print(f"{what:34}{ours * 1000:10.1f}{beside}")


def main() -> None:
    papers = list(real(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up())[:COUNT]
    common = papers[0].title.split()[0].lower()
    author = papers[1].authors[0].family.lower()
    rare = re.sub(r"\W", " ", papers[2].abstract or "").split()[-3:]
    more = papers[0]
    print(f"{len(papers)} papers; CPU ms{'paperpath':>27}{'JSON':>10}{'ratio':>10}")
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "home") as library:
        peer = Json(Path(folder) / "papers.json")
        show("add all, one change", cpu(lambda: library.add(papers, key), 1), cpu(lambda: peer.add(papers), 1))
        again = cpu(lambda: peer.add(papers))
        papers.clear()  # or the collector of rubbish would walk over them in what follows
        show("add one more", cpu(lambda: library.add([Paper("One", more.authors)], key)), again)
        show("list all", cpu(library.rows), cpu(peer.rows))
        words = f"{common} {author}"
        show(f"query: {words}", cpu(lambda: library.rows(words)), cpu(lambda: peer.query(common, author)))
        show(f"search: {common}", cpu(lambda: library.search(f"{common} ")), cpu(lambda: peer.search(common)))
        show("search: three words", cpu(lambda: library.search(" ".join(rare))), cpu(lambda: peer.search(*rare)))
        typed = common[:2]
        show("search as typed: two letters", cpu(lambda: library.search(typed)), cpu(lambda: peer.search(typed)))
        show("all papers, for an export", cpu(library.papers, 2), None)
        show("is there anything new?", cpu(library.version), None)
        show("undo of one addition", cpu(library.undo, 1), None)
        size = sum(path.stat().st_size for path in (Path(folder) / "home").iterdir())
        print(f"{'on disk, MB':34}{size / 1e6:10.1f}{peer.path.stat().st_size / 1e6:10.1f}")


if __name__ == "__main__":
    main()
