"""How far the shipped lists are written, and whether their facts are those of the records.

    PAPERPATH_CORPUS=/path/to/papers python -m tests.reading_lists.check

prints for each stage its papers, how many have a guide, how many of those ask questions, and its resources; then every
id, title, first author and year of the shipped .bib files that the records contradict, and those that no record has,
which rest on the source that ``tests/data/checked_papers.tsv`` names. Records are ``arxiv_metadata.jsonl``,
``arxiv_large_10k_cs.jsonl.xz``, the .bib files of ``bib/`` and the texts of ``readinglists/``.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.errors import BadFile
from paperpath.formats import bibtex
from paperpath.formats.guides import read_guides, read_resources, read_topics
from paperpath.workflow.list_files import Files, text_of

from .conftest import ROOT, read_table
from .test_zero_to_hero import NAMED_SOURCE, RETITLED, latin, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from paperpath.model import Guide, Paper, ReadingList, Resource, Topic

    from .conftest import Row


@dataclass(frozen=True)
class Shipped:
    """Everything in the folder of reading lists."""

    lists: dict[str, ReadingList]
    papers: dict[str, Paper]
    """Of all .bib files, by key."""
    guides: dict[str, Guide]
    topics: dict[str, Topic]
    resources: dict[str, Resource]


def gather(folder: Path) -> Shipped:
    """Read all of it; raises BadFile for whatever a reader would be told, and for what ours may not do."""
    files = Files(folder, folder / "none")
    unit = files.guides()[0]
    bases = {name: files.read(file) for name, file in files.lists().items()}
    lists = {name: base.reading_list for name, base in bases.items()}
    papers = {key: paper for base in bases.values() for key, paper in base.papers.items()}
    stages = {stage.title for stage in lists["zero-to-hero"].stages}
    texts = {name: text_of(folder / name) for name in unit.names}
    resources = {
        one.id: one for one in read_resources("resources.toml", texts.pop("resources.toml", ""), stages=stages)
    }
    topics = {one.id: one for one in read_topics("topics.toml", texts.pop("topics.toml", ""), resources=resources)}
    guides: dict[str, Guide] = {}
    taken: dict[str, str] = {}
    for name, text in texts.items():
        found = read_guides(name, text, papers=papers, topics=topics, taken=taken)
        guides |= {one.key: one for one in found}
        taken |= {one.key.casefold(): name for one in found}
    return Shipped(lists, papers, guides, topics, resources)


def counts(shipped: Shipped) -> Iterator[str]:
    """A line for each stage of each list."""
    for one in shipped.lists.values():
        yield f"{one.name}: {len(one.entries)} papers"
        yield "  papers  guides  with questions  resources"
        for number, stage in enumerate(one.stages, 1):
            guides = [shipped.guides[entry.key] for entry in stage.entries if entry.key in shipped.guides]
            asking = sum(1 for guide in guides if guide.questions)
            beside = sum(1 for resource in shipped.resources.values() if resource.stage == stage.title)
            yield f"  {len(stage.entries):6}  {len(guides):6}  {asking:14}  {beside:9}  {number}. {stage.title}"
    guides = list(shipped.guides.values())
    yield (
        f"{len(guides)} guides, {sum(1 for guide in guides if guide.questions)} with questions,"
        f" {sum(len(guide.questions) for guide in guides)} questions, {len(shipped.topics)} topics,"
        f" {len(shipped.resources)} resources"
    )


# --------------------------------------------------------------------------- against the records


class Told(NamedTuple):
    """What one record says about a paper; None where it says nothing."""

    arxiv_id: str | None = None
    title: str | None = None
    first_author: str | None = None
    year: int | None = None
    of_preprint: bool = False
    """Whether the year is that of the first version on arXiv."""


@dataclass
class Verdict:
    """What the records say about all papers."""

    checked: Counter[str] = field(default_factory=Counter)
    """Fact → papers for which a record says the same."""
    mismatches: list[str] = field(default_factory=list)
    named: dict[str, list[str]] = field(default_factory=dict)
    """Key → facts that no record has."""


class Line(NamedTuple):
    """A line of a reading list that names a paper."""

    plain: str
    years: frozenset[str]


def check(papers: Mapping[str, Paper], table: Mapping[str, Row], corpus: Path) -> Verdict:
    """Hold every paper against all records that are of it."""
    records, by_id = _records(corpus), _metadata(corpus)
    lines = [line for path in sorted((corpus / "readinglists").glob("*.md")) for line in _lines(path)]
    verdict = Verdict()
    for key, paper in papers.items():
        titles = {plain(title) for title in (paper.title, RETITLED.get(key)) if title}
        told = [one for title in titles for one in records.get(title, ())]
        told += [by_id[paper.arxiv_id]] if paper.arxiv_id in by_id else []
        named = [line for line in lines if any(len(title) > 11 and title in line.plain for title in titles)]
        for fact, judge in FACTS.items():
            answer = judge(paper, told, named)
            if answer is None:
                continue
            wanted, agrees, said = answer
            if agrees:
                verdict.checked[fact] += 1
            elif said:
                others = ", ".join(sorted({str(one) for one in said}))
                verdict.mismatches.append(f"{key}: {fact} is {wanted}, but records have {others}")
            else:
                verdict.named.setdefault(key, []).append(fact)
        row = table.get(key)
        if row is None:
            verdict.mismatches.append(f"{key}: no row in checked_papers.tsv")
        elif key in verdict.named and not NAMED_SOURCE.search(row.source):
            verdict.mismatches.append(f"{key}: {', '.join(verdict.named[key])} without a record or a named source")
    return verdict


Answer = tuple[str, bool, Sequence[object]]
"""What the .bib has, whether a record says the same, and what the records say that can contradict it."""


def _id(paper: Paper, told: list[Told], named: list[Line]) -> Answer | None:
    if paper.arxiv_id is None:
        return None
    said = [one.arxiv_id for one in told if one.arxiv_id]
    return paper.arxiv_id, paper.arxiv_id in said or any(plain(paper.arxiv_id) in one.plain for one in named), said


def _title(paper: Paper, told: list[Told], named: list[Line]) -> Answer:
    said = [one.title for one in told if one.title]
    titles = {plain(paper.title), plain(RETITLED.get(paper.key, paper.title))}
    return paper.title, any(plain(one) in titles for one in said) or bool(named), said


def _first_author(paper: Paper, told: list[Told], named: list[Line]) -> Answer:
    said = [one.first_author for one in told if one.first_author]
    wanted = plain(paper.authors[0].surname)
    agrees = any(plain(one).endswith(wanted) for one in said) or any(wanted in one.plain for one in named)
    return paper.authors[0].surname, agrees, said


def _year(paper: Paper, told: list[Told], named: list[Line]) -> Answer:
    """Before it appears in proceedings, a paper may be on arXiv or in a workshop, so only later years contradict."""
    wanted = str(paper.year)
    years = [(str(one.year), one.of_preprint) for one in told if one.year]
    agrees = any(wanted == year for year, _ in years) or any(wanted in one.years for one in named)
    return wanted, agrees, [year for year, preprint in years if not paper.venue or (year > wanted and not preprint)]


FACTS = {"id": _id, "title": _title, "first author": _first_author, "year": _year}


def metadata(corpus: Path) -> dict[str, dict[str, Any]]:
    """arXiv's records by id, those of the small file before those of the large one, all in the shape of the small one.

    The large one went through a program that took ids for numbers, so that some have lost a zero at the end and others
    have got digits; only those of four and four or five digits are taken, and none of them can be another paper's.
    """
    found: dict[str, dict[str, Any]] = {}
    with lzma.open(corpus / "arxiv_large_10k_cs.jsonl.xz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if re.fullmatch(r"0[7-9]\d\d\.\d{4}|1[0-4]\d\d\.\d{4}|1[5-9]\d\d\.\d{5}", record["id"]):
                found[record["id"]] = {
                    **record,
                    "authors": record["authors"].split(", "),
                    "published": record["created"],
                }
    with (corpus / "arxiv_metadata.jsonl").open(encoding="utf-8") as lines:
        found |= {record["id"]: record for record in map(json.loads, lines)}
    return found


def _metadata(corpus: Path) -> dict[str, Told]:
    """What arXiv says, by id."""
    found = {}
    for id_, record in metadata(corpus).items():
        authors, published = record["authors"] or [None], record["published"] or ""
        first = latin(authors[0]) if authors[0] else None
        year = int(published[:4]) if published else None
        found[id_] = Told(id_, record["title"], first, year, of_preprint=True)
    return found


def _records(corpus: Path) -> dict[str, list[Told]]:
    """What .bib files and the ids in reading lists say, by plain title."""
    found: dict[str, list[Told]] = {}
    paths = [*sorted((corpus / "bib").rglob("*.bib*")), *sorted((corpus / "readinglists").glob("*.bib"))]
    for path in paths:
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        for paper in bibtex.read(data.decode("utf-8", "replace")).papers:
            first = str(paper.authors[0]) if paper.authors else None
            found.setdefault(plain(paper.title), []).append(Told(paper.arxiv_id, paper.title, first, paper.year))
    for one in json.loads((corpus / "readinglists" / "readinglists_core.json").read_text(encoding="utf-8")):
        if one["title"]:
            told = Told((one["arxiv_id"] or "").partition("v")[0] or None, one["title"])
            found.setdefault(plain(one["title"]), []).append(told)
    return found


def _lines(path: Path) -> Iterator[Line]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield Line(plain(line), frozenset(re.findall(r"(?<![\w./])(?:19|20)\d\d(?![\w.]\w)", line)))


def main() -> int:
    """Print all of it; 1 if there is a mistake in a file or a fact that is not so."""
    try:
        shipped = gather(ROOT / "reading_lists")
    except BadFile as error:
        print(error)
        return 1
    print("\n".join(counts(shipped)))
    folder = os.environ.get("PAPERPATH_CORPUS")
    if not folder:
        print("\nSet PAPERPATH_CORPUS to the folder of records to check ids, titles, first authors and years.")
        return 0
    verdict = check(shipped.papers, table := read_table(), Path(folder))
    print(f"\n{len(shipped.papers)} papers; a record says the same of", end=" ")
    print(", ".join(f"{count} {fact}s" for fact, count in verdict.checked.items()))
    print(f"\n{len(verdict.mismatches)} mismatches")
    print("".join(f"  {line}\n" for line in verdict.mismatches), end="")
    print(f"\n{len(verdict.named)} papers of which no record has everything, and the source that the table names")
    for key, facts in verdict.named.items():
        print(f"  {key}: {', '.join(facts)}; {table[key].source}")
    return 1 if verdict.mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
