"""How fast .bib files are read and written, against bibtexparser's own way in the same run.

    python benchmarks/bibtex.py [FILE.bib] [--entries N]

Without a file it makes N plain entries. Times are CPU seconds, the best of three, with caches emptied before each run.
``split`` is compared with bibtexparser's splitting alone; ``read`` gives papers with LaTeX decoded, which
bibtexparser's default does not do. ``there and back`` is a file that is edited in place, of which nothing is touched,
against parsing and writing it. ``write again`` is a second export by the same process. Where pybtex can be imported,
it is a third column.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import bibtexparser

from paperpath.formats import bibtex, bibtex_entry, bibtex_names, bibtex_values, latex_decode, latex_encode, titles
from paperpath.formats.bibtex_file import BibFile
from paperpath.formats.bibtex_split import split

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES = (bibtex_entry, bibtex_names, bibtex_values, latex_decode, latex_encode, titles)
WORDS = "Deep learning of BERT representations for large graphs with attention and Bayesian structure".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--entries", type=int, default=5000)
    options = parser.parse_args()
    text = options.file.read_text("utf-8") if options.file else plain_entries(options.entries)
    papers = [replace(paper, key=paper.key or f"k{i}") for i, paper in enumerate(bibtex.read(text).papers)]
    library = bibtexparser.parse_string(text)
    print(f"{len(papers)} entries, {len(text) / 1e6:.1f} MB; bibtexparser {bibtexparser.__version__}")
    other = pybtex_times(text)
    theirs = best(lambda: bibtexparser.parse_string(text, parse_stack=[]))
    show("split", len(papers), best(lambda: split(text)), bibtexparser=theirs)
    theirs = best(lambda: bibtexparser.parse_string(text))
    show("read", len(papers), best(lambda: bibtex.read(text)), bibtexparser=theirs, pybtex=other and other[0])
    theirs = best(lambda: bibtexparser.write_string(library))
    data = text.encode()
    both = best(lambda: bibtexparser.write_string(bibtexparser.parse_string(text)))
    show("there and back", len(papers), best(lambda: BibFile.read(data).to_bytes()), bibtexparser=both)
    for dialect in ("bibtex", "biblatex"):
        ours = best(lambda d=dialect: bibtex.write(papers, d))
        show(f"write {dialect}", len(papers), ours, bibtexparser=theirs, pybtex=other and other[1])
    ours = best(lambda: bibtex.write(papers), cold=False)
    show("write again", len(papers), ours, bibtexparser=theirs, pybtex=other and other[1])


def pybtex_times(text: str) -> tuple[float, float] | None:
    """Seconds that pybtex takes to read and to write, if it is there and reads the file at all."""
    try:
        from pybtex.database import BibliographyDataError, parse_string
    except ImportError:
        return None
    try:
        begin = time.process_time()
        parsed = parse_string(text, "bibtex")
        middle = time.process_time()
        parsed.to_string("bibtex")
        return middle - begin, time.process_time() - middle
    except BibliographyDataError as error:  # it stops at the first repeated key
        print(f"pybtex: {error}")
        return None


def plain_entries(count: int) -> str:
    return "\n".join(
        f"@article{{key{i},\n"
        f"  author = {{Author{chr(65 + i % 26)}, Ann B. and Writer, Carl and Third{chr(65 + i % 7)}, Dora}},\n"
        f"  title = {{{' '.join(WORDS[(i + k) % len(WORDS)] for k in range(8))} {i}}},\n"
        f"  journal = {{Journal of Number {i % 50}}},\n  volume = {{{i % 90}}},\n  pages = {{{i}--{i + 9}}},\n"
        f"  year = {{{1960 + i % 60}}},\n  doi = {{10.1000/j.{i}}},\n}}\n"
        for i in range(count)
    )


def best(work: Callable[[], object], *, cold: bool = True) -> float:
    times = []
    for _ in range(3):
        for module in MODULES if cold else ():
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def show(name: str, count: int, ours: float, **others: float | None) -> None:
    line = f"{name:15} {count / ours:9,.0f}/s"
    for other, theirs in others.items():
        if theirs:
            line += f"   {other} {count / theirs:7,.0f}/s, ratio {theirs / ours:5.1f}"
    print(line)


if __name__ == "__main__":
    main()
