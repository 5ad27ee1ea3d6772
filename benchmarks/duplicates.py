"""How many planted duplicates are found among real papers, how many traps are stepped into, and how long it takes.

    python benchmarks/duplicates.py [FILE.bib[.xz]] [-v] [--papers N] [--seed N]

The file holds real entries without duplicates, as DBLP's are; without an argument it is ``bib/dblp_10k.bib.xz`` below
PAPERPATH_CORPUS. Of 200 papers a second copy is planted, changed in one to three of the ways in which copies differ;
beside 50 others stands a trap: another work that looks like it. The choice is the same in every run, unless ``--seed``
asks for another. All papers of the file stay among them, so a pair of two real papers counts as wrong too.
``possible`` and contradictions are not offered as one paper and count as not found.

Time is processor time for N papers, the real ones repeated with other words put into their titles, and for N papers
that are hard on purpose: one title for all, one author for all, one DOI for all.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import re
import time
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperpath.duplicates import find
from paperpath.formats import bibtex
from paperpath.model import Author, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SEED = 7
PLANTED = 200
TRAPS = 50
MARKS = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030c": "v", "\u0327": "c"}


# --------------------------------------------------------------------------- copies of one paper


def in_latex(paper: Paper, dice: random.Random) -> Paper:
    """Accents as commands and capitals in braces, as a reader that does not decode would leave them."""
    del dice
    title = re.sub(r"\b([A-Z]{2,})\b", r"{\1}", commands(paper.title))
    return replace(paper, title=title, authors=tuple(replace(a, family=commands(a.family)) for a in paper.authors))


def commands(text: str) -> str:
    pieces: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if char in MARKS and pieces:
            pieces[-1] = f"{{\\{MARKS[char]}{{{pieces[-1]}}}}}"
        else:
            pieces.append(char)
    return unicodedata.normalize("NFC", "".join(pieces))


def without_accents(paper: Paper, dice: random.Random) -> Paper:
    del dice
    authors = tuple(replace(a, family=bare(a.family), given=bare(a.given)) for a in paper.authors)
    return replace(paper, title=bare(paper.title), authors=authors)


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def with_initials(paper: Paper, dice: random.Random) -> Paper:
    mark, gap = dice.choice([(".", " "), ("", " "), (".", ""), ("", "")])
    return replace(
        paper,
        authors=tuple(replace(a, given=gap.join(f"{w[0]}{mark}" for w in a.given.split())) for a in paper.authors),
    )


def in_other_case(paper: Paper, dice: random.Random) -> Paper:
    return replace(paper, title=dice.choice([str.upper, str.lower, str.title, str.capitalize])(paper.title))


def cut_short(paper: Paper, dice: random.Random) -> Paper:
    """The first author or the first three, with "and others", with "+7" or with nothing that tells of it."""
    named = dice.choice([1, 3])
    left = len(paper.authors) - named
    if left < 1:
        return paper
    rest = dice.choice([(Author("others"),), (Author(f"+{left}"),), ()])
    return replace(paper, authors=paper.authors[:named] + rest)


def preprint(paper: Paper, dice: random.Random) -> Paper:
    number = f"2001.{dice.randrange(10000, 99999)}"
    return Paper(
        paper.title, paper.authors, year=paper.year and paper.year - dice.choice([0, 1, 1, 2, 3]), arxiv_id=number
    )


def published_elsewhere(paper: Paper, dice: random.Random) -> Paper:
    """As another database tells it: the venue's short name, no pages, a year that may be off by one."""
    return replace(
        paper, venue=None, pages=None, doi=None, publisher=None, year=paper.year and paper.year + dice.choice([0, 1])
    )


def misspelt(paper: Paper, dice: random.Random) -> Paper:
    """One letter of the title left out, doubled, replaced, or in its neighbour's place."""
    places = [i for i, char in enumerate(paper.title) if char.isalpha() and i]
    at = dice.choice(places)
    title = paper.title
    changed = dice.choice(
        [
            title[:at] + title[at + 1 :],
            title[:at] + title[at] + title[at:],
            title[:at] + dice.choice("aeinrst") + title[at + 1 :],
            title[: at - 1] + title[at] + title[at - 1] + title[at + 1 :],
        ]
    )
    return replace(paper, title=changed)


def without_id(paper: Paper, dice: random.Random) -> Paper:
    del dice
    return replace(paper, doi=None, arxiv_id=None, url=None)


def with_other_punctuation(paper: Paper, dice: random.Random) -> Paper:
    title = paper.title.replace(": ", dice.choice([" - ", " — ", ". ", " "])).replace("-", dice.choice(["‐", "–", " "]))
    return replace(paper, title=title.replace("'", "’") + dice.choice(["", ".", "*"]))


def without_subtitle(paper: Paper, dice: random.Random) -> Paper:
    del dice
    main = paper.title.split(": ")[0]
    return replace(paper, title=main if len(main.split()) > 1 else paper.title)


def without_year(paper: Paper, dice: random.Random) -> Paper:
    del dice
    return replace(paper, year=None)


def in_british(paper: Paper, dice: random.Random) -> Paper:
    del dice
    title = re.sub(r"iz(?=e|ing|ation)", "is", paper.title)
    return replace(paper, title=title.replace("odeling", "odelling").replace("ehavior", "ehaviour"))


CHANGES: tuple[Callable[[Paper, random.Random], Paper], ...] = (
    in_latex, without_accents, with_initials, in_other_case, cut_short, preprint, published_elsewhere, misspelt,
    with_other_punctuation, without_subtitle, without_year, in_british,
)  # fmt: skip


# --------------------------------------------------------------------------- other works


def traps(paper: Paper, other: Paper, number: int, dice: random.Random) -> list[Paper]:
    """Works beside ``paper`` that are not it; ``number`` says of which kind."""
    fresh = replace(paper, doi=f"10.5555/trap.{dice.randrange(10**6)}", pages="901–909", url=None, arxiv_id=None)
    book = replace(fresh, entry_type="book", doi=None, pages=None)
    year = paper.year or 2020
    kinds: list[Callable[[], list[Paper]]] = [
        lambda: [replace(fresh, doi=None, pages=None, authors=other.authors)],
        lambda: [replace(fresh, doi=None, title=f"{paper.title}: Part {part}", pages=None) for part in ("I", "II")],
        lambda: [replace(fresh, title="Editorial", number=str(issue), doi=None, pages=None) for issue in (1, 2, 3)],
        lambda: [
            replace(fresh, title=f"Comment on “{paper.title}”", authors=other.authors, doi=None),
            replace(fresh, title=f"Reply to the comment on “{paper.title}”", doi=None),
        ],
        lambda: [replace(fresh, year=year + 2, venue="Another Meeting", doi=None)],
        lambda: [
            replace(fresh, title=f"Kettles, lanterns and {dice.random()}", doi=other.doi or paper.doi, pages=None),
        ],
        lambda: [replace(fresh, entry_type="article", year=year + 1, venue="Journal of It", volume="3")],
        lambda: (
            [replace(fresh, doi=None, pages=None, title=f"{size}D typical cases: {paper.title}") for size in (2, 3)]
            + [replace(fresh, doi=None, pages=None, title=f"2D atypical cases: {paper.title}")]
        ),
        lambda: [replace(fresh, doi=None, pages=None, title=f"{paper.title}: Supplementary material")],
        lambda: [replace(book, title=f"All {paper.title}", extra=(("edition", edition),)) for edition in ("1", "2")],
    ]
    return kinds[number % len(kinds)]()


# --------------------------------------------------------------------------- the set and its score


def planted(papers: list[Paper], seed: int = SEED) -> tuple[list[Paper], dict[str, tuple[str, ...]]]:
    """The papers with copies and traps among them, and of each copy ``KEY+`` how it was changed."""
    dice = random.Random(seed)
    usable = [paper for paper in papers if paper.authors and len(paper.title.split()) > 2]
    chosen = dice.sample(usable, PLANTED + 2 * TRAPS)
    copies, changes = [], {}
    for paper in chosen[:PLANTED]:
        copy, made = paper, []
        for change in dice.sample(CHANGES, dice.choice([1, 2, 3])):
            changed = change(copy, dice)
            if changed != copy:
                copy, made = changed, [*made, change.__name__]
        if dice.random() < 0.7:
            copy = without_id(copy, dice) if "preprint" not in made else copy
        copies.append(replace(copy, key=f"{paper.key}+"))
        changes[f"{paper.key}+"] = tuple(made)
    others: list[Paper] = []
    for number, (paper, other) in enumerate(zip(chosen[PLANTED::2], chosen[PLANTED + 1 :: 2], strict=True)):
        for trap in traps(paper, other, number, dice):
            others.append(replace(trap, key=f"trap{number}.{len(others)}"))
    everything = [*papers, *copies, *others]
    dice.shuffle(everything)
    return everything, changes


def score(papers: list[Paper], seed: int = SEED) -> tuple[float, float, list[str]]:
    """Precision, recall, and a line for each pair that is wrong or was not found."""
    everything, changes = planted(papers, seed)
    pairs = find(everything)
    offered = {tuple(sorted((pair.first.key, pair.second.key))): pair for pair in pairs if pair.mergeable}
    wanted = {(key[:-1], key) for key in changes}
    wrong = [
        f"wrong: {offered[keys].why}: {told(offered[keys].first, offered[keys].second)}"
        for keys in offered
        if keys not in wanted
    ]
    by_key = {paper.key: paper for paper in everything}
    known = {tuple(sorted((pair.first.key, pair.second.key))): pair.sure for pair in pairs}
    missed = [
        f"missed ({', '.join(changes[copy])}; {known.get((key, copy), 'no pair')}): {told(by_key[key], by_key[copy])}"
        for key, copy in sorted(wanted - offered.keys())
    ]
    found = len(wanted) - len(missed)
    return found / max(1, len(offered)), found / len(wanted), wrong + missed


def told(*papers: Paper) -> str:
    return "".join(f"\n    {p.title} | {p.byline} | {p.year} | {p.doi or p.arxiv_id}" for p in papers)


def seconds(papers: Iterable[Paper]) -> tuple[float, int]:
    some = list(papers)
    begun = time.process_time()
    pairs = find(some)
    return time.process_time() - begun, len(pairs)


def many(papers: list[Paper], count: int) -> list[Paper]:
    """``count`` different papers: the real ones again and again, each time with other words in their titles."""
    repeated = []
    for number in range(count):
        paper, turn = papers[number % len(papers)], number // len(papers)
        if turn:
            doi = paper.doi and f"{paper.doi}.{turn}"
            paper = replace(
                paper,
                title=f"{paper.title} of turn{turn} and number{number}",
                doi=doi,
                arxiv_id=None,
                url=None,
                extra=(),
            )
        repeated.append(paper)
    return repeated


def hard(count: int) -> dict[str, list[Paper]]:
    """Papers that would all have to be compared with one another, if anything were."""
    lists = [tuple(Author(f"Smith{i}{k}", "Ann") for k in range(40)) for i in range(50)]
    return {
        "one title, one author": [Paper("On the boiling of kettles", lists[0], year=2001)] * count,
        "one title, other authors": [
            Paper("On the boiling of kettles", (Author(f"Smith{i}", "Ann"),), year=2001) for i in range(count)
        ],
        "one DOI": [Paper(f"Kettle {i}", lists[i % 50], doi="10.5555/kettle") for i in range(count)],
        "one half of the title": [
            Paper(f"On the boiling of kettle number{i}", lists[i % 50], year=2001) for i in range(count)
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("-v", action="store_true", dest="verbose", help="name what is wrong or was missed")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED, help="another choice of copies and traps")
    options = parser.parse_args()
    papers = read(options.file or Path(os.environ["PAPERPATH_CORPUS"]) / "bib" / "dblp_10k.bib.xz")
    precision, recall, lines = score(papers, options.seed)
    print(f"{len(papers)} papers, {PLANTED} copies, {TRAPS} traps: precision {precision:.3f}, recall {recall:.3f}")
    print(Counter(line.split(":")[0].split(" (")[0] for line in lines))
    if options.verbose:
        print(*lines, sep="\n")
    spent, pairs = seconds(many(papers, options.papers))
    print(f"{options.papers} papers of the file: {spent:.2f} s of processor time, {pairs} pairs")
    for name, some in hard(options.papers).items():
        spent, pairs = seconds(some)
        print(f"{options.papers} papers with {name}: {spent:.2f} s, {pairs} pairs")


def read(file: Path) -> list[Paper]:
    data = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    return list(bibtex.read(data.decode()).papers)


if __name__ == "__main__":
    main()
