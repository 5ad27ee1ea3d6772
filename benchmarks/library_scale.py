"""How the library does as it grows: whole commands and searches, beside bibtexparser on the same papers in a .bib file.

    python benchmarks/library_scale.py                              10,000 made-up papers, 500 of them with their text
    python benchmarks/library_scale.py --papers 100000 --texts 5000
    python benchmarks/library_scale.py --bib real.bib               papers varied from those of a file
    python benchmarks/library_scale.py --folder FOLDER              kept there, and used again the next time

A command is a process of its own: its CPU seconds (user and system, interpreter and imports included) and its peak of
memory are what the kernel says when it has ended. Ours and the peer's take turns, because a machine with other work to
do is not the same machine a minute later; the smallest of all rounds is shown with the median in parentheses, and the
ratio says how many times the peer takes. The peer of a query reads the .bib file and goes through its entries, which is
what a script does that has no library; the peer of a search goes through the texts, all of them in memory.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperpath.library import Library, Passage
from paperpath.model import Author, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PASSAGES, WORDS = 20, 120
"""Of each text, and of each passage."""
AUTHOR, WORD = "benno", "kettle"
"""What is asked for: one paper in a thousand is by the one, and one in a hundred has the other in its title."""
RARE = "lanterns"
"""In one passage of a thousand."""

_PEER = """
import sys, bibtexparser
from pathlib import Path
library = bibtexparser.parse_string(Path(sys.argv[1]).read_text("utf-8"))
def has(entry, field, word):
    return field in entry and word in entry[field].lower()
"""
PEER_QUERY = f"""{_PEER}
for entry in library.entries:
    if has(entry, "author", {AUTHOR!r}) and has(entry, "title", {WORD!r}):
        print(entry.key, entry["title"], sep="\\t")
"""
PEER_LIST = f"""{_PEER}
for entry in library.entries:
    print(entry.key, entry.get("year") and entry["year"], entry["author"], entry["title"], sep="\\t")
"""
PEER_READ = _PEER
PEER_EXPORT = f"{_PEER}\nprint(bibtexparser.write_string(library))"
INTERFACE = """
import asyncio, gc, sys, time
from pathlib import Path
from paperpath.tui.desk import Desk, glance
from paperpath.workflow.opening import open_library
gc.disable()  # as paperpath.tui.run does
desk = Desk(Path(sys.argv[1]), open_library)
first = desk.start(glance)
from paperpath.sources import Access
from paperpath.tui.app import PaperpathApp
async def run():
    app = PaperpathApp(desk, Access(cache=Path(sys.argv[1]) / "cache"), first)
    async with app.run_test(size=(120, 36)) as pilot:
        while not app.catalogue.rows:
            await asyncio.sleep(0.001)
        shown = time.process_time()
        await app._opened.wait()
        await pilot.pause()
        print(shown, time.process_time(), len(app.catalogue.rows))
asyncio.run(run())
desk.close()
"""
"""Textual's pilot in place of a terminal; CPU seconds since the process began."""


class Cost(NamedTuple):
    """Of one process."""

    cpu: float
    """Seconds, user and system."""
    memory: float
    """MB at its peak."""


# --------------------------------------------------------------------------- papers


def vocabulary(chance: random.Random) -> Iterator[str]:
    """Words as unevenly used as those of a language, for ever."""
    words = ["".join(chance.choices("aeioubcdfglmnprst", k=chance.randint(2, 11))) for _ in range(30_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    while True:
        yield from chance.choices(words, weights, k=100_000)


def made_up(stream: Iterator[str], chance: random.Random) -> Iterator[Paper]:
    """Papers without end."""
    for number in count():
        names = [Author(next(stream).title(), next(stream).title()) for _ in range(chance.randint(1, 5))]
        if number % 1000 == 0:
            names.append(Author(AUTHOR.title(), "Ada"))
        title = " ".join([*islice(stream, 8), *([WORD] if number % 100 == 0 else [])])
        yield Paper(
            title.capitalize(),
            tuple(names),
            key=f"{names[0].family.lower()}-{number}",
            entry_type="article",
            year=1980 + number % 45,
            venue=f"Journal of {next(stream).title()}",
            volume=str(number % 90),
            pages=f"{number % 700}--{number % 700 + 9}",
            doi=f"10.1000/{number}",
        )


def varied(papers: Sequence[Paper], chance: random.Random) -> Iterator[Paper]:
    """Papers of a file again and again, each time with another key and DOI, an author and words of another paper."""
    for number in count():
        paper, other = papers[number % len(papers)], chance.choice(papers)
        words = paper.title.split()
        words[chance.randrange(len(words) or 1) :] = other.title.split()[-2:]
        yield dataclasses.replace(
            paper,
            key=f"{paper.key}.{number}",
            title=" ".join([*words, *([WORD] if number % 100 == 0 else [])]),
            authors=(
                *paper.authors,
                *other.authors[:1],
                *([Author(AUTHOR.title(), "Ada")] if number % 1000 == 0 else []),
            ),
            doi=f"{paper.doi}.{number}" if paper.doi else None,
            arxiv_id=None,
        )


def text(stream: Iterator[str], number: int) -> list[Passage]:
    """The passages of one paper."""
    passages = (" ".join(islice(stream, WORDS)) for _ in range(PASSAGES))
    rare = f" {RARE}" if number % (1000 // PASSAGES) == 0 else ""
    return [Passage("text", "Method", 1 + at, passage + rare * (at == 0)) for at, passage in enumerate(passages)]


# --------------------------------------------------------------------------- what is measured


def process(*command: str | Path) -> tuple[Cost, str]:
    """Run one command to its end: what it took, and what it said on standard output.

    Bytecode is cached and output buffered, as for a user. On Linux a peak is never less than what this process takes
    when it starts the other, so this one stays small.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        running = subprocess.Popen([sys.executable, *command], stdout=said, stderr=subprocess.DEVNULL, env=environment)
        _, code, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(code)
        if running.returncode not in (0, 1):  # 1: an import that told of problems in the file
            raise SystemExit(f"{command} ended with {running.returncode}")
        said.seek(0)
        unit = 1 if sys.platform == "darwin" else 1024
        return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6), said.read()


def cost(*command: str | Path) -> Cost:
    """What one command took."""
    return process(*command)[0]


def alternately(
    rounds: int, ours: Callable[[], Cost], peer: Callable[[], Cost] | None
) -> tuple[list[Cost], list[Cost]]:
    """The costs of both, taking turns; the first run of each is not counted."""
    for work in (ours, peer):
        if work is not None:
            work()
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(ours())
        if peer is not None:
            theirs.append(peer())
    return mine, theirs


def inside(work: Callable[[], object]) -> Callable[[], Cost]:
    """The cost of ``work`` inside this process."""

    def measured() -> Cost:
        begin = time.process_time()
        work()
        return Cost(time.process_time() - begin, 0)

    return measured


def show(what: str, mine: Sequence[Cost], theirs: Sequence[Cost] = ()) -> None:
    line = f"{what:26}{_figures(mine)}"
    if theirs:
        ratio = min(one.cpu for one in theirs) / min(one.cpu for one in mine)
        line += f"{_figures(theirs)}{ratio:8.1f}"
    print(line, flush=True)


def _figures(costs: Sequence[Cost]) -> str:
    cpu, memory = [1000 * one.cpu for one in costs], max(one.memory for one in costs)
    places = 1 if min(cpu) < 100 else 0
    best = f"{min(cpu):,.{places}f} ({statistics.median(cpu):,.{places}f})"
    return f"{best:>18}" + (f"{memory:7,.0f} MB" if memory else " " * 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--texts", type=int, help="papers with a text; a twentieth of all if not said")
    parser.add_argument("--bib", type=Path, help="a .bib file whose papers are varied")
    parser.add_argument("--folder", type=Path, help="where the library is kept; one that lies there is used as it is")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true", help="leave bibtexparser out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        print(f"{'CPU ms: best (median)':28}{'paperpath':>18}{'peak':>10}{'peer':>18}{'peak':>10}{'ratio':>8}")
        if not (folder / "home").is_dir():
            builder = multiprocessing.get_context("spawn").Process(target=build, args=(folder, options))
            builder.start()
            builder.join()
            if builder.exitcode:
                raise SystemExit("The library could not be built.")
        commands(folder, options.rounds, peer=not options.no_peer)
        interface(folder, options.rounds)
        searches(folder, options.rounds)
        size = sum(path.stat().st_size for path in (folder / "home").glob("library.db*"))
        print(f"on disk: {size / 1e6:,.1f} MB")


def build(folder: Path, options: argparse.Namespace) -> None:
    """Write the .bib file, import it with the command, and give texts to the first papers; in a process of its own."""
    from paperpath.formats import bibtex

    chance = random.Random(7)
    stream = vocabulary(chance)
    source = varied(bibtex.read(options.bib.read_text("utf-8")).papers, chance) if options.bib else None
    file = folder / "papers.bib"
    folder.mkdir(parents=True, exist_ok=True)
    papers = list(islice(source or made_up(stream, chance), options.papers))
    file.write_text(bibtex.write(papers), encoding="utf-8")
    keys = [paper.key for paper in papers]
    del papers
    ours, _ = process("-m", "paperpath", "--home", folder / "home", "import", file)
    show(f"import of {options.papers:,}", [ours], [] if options.no_peer else [process("-c", PEER_READ, file)[0]])
    wanted = keys[: options.papers // 20 if options.texts is None else options.texts]
    spent = 0.0
    with (
        (folder / "texts.txt").open("w", encoding="utf-8") as lines,
        Library.open(folder / "home") as library,
        library.quietly(),
    ):
        for number, key in enumerate(wanted):
            passages = text(stream, number)
            lines.writelines(f"{passage.text}\n" for passage in passages)
            begin = time.process_time()
            library.set_parsed(key, "made up", passages)
            spent += time.process_time() - begin
    show(f"texts of {len(wanted):,}", [Cost(spent, 0)])


def commands(folder: Path, rounds: int, *, peer: bool) -> None:
    """Whole processes."""
    ours, file = ("-m", "paperpath", "--home", folder / "home"), folder / "papers.bib"
    for what, arguments, script in (
        ("author and title query", ("list", f"author:{AUTHOR}", f"title:{WORD}"), PEER_QUERY),
        ("list of all", ("list",), PEER_LIST),
        ("export of all", ("export",), PEER_EXPORT),
    ):
        theirs = partial(cost, "-c", script, file) if peer else None
        show(what, *alternately(rounds, partial(cost, *ours, *arguments), theirs))


def searches(folder: Path, rounds: int) -> None:
    """In the full text, inside this process; the peer goes through a file with a passage a line."""
    file = folder / "texts.txt"
    with file.open(encoding="utf-8") as lines:
        few = next(lines, WORD).split()[10:12]
    with Library.open(folder / "home") as library:
        for asked in (RARE, f"{AUTHOR} {WORD}", f'"{few[0]} {few[-1]}"', " ".join(few), few[0][:2]):
            words = [asked.strip('"')] if asked.startswith('"') else asked.split()
            ours = inside(lambda a=asked: library.search(a))
            show(f"search: {asked[:20]}", *alternately(rounds, ours, inside(lambda w=words: scan(file, w))))


def scan(file: Path, words: Sequence[str]) -> list[str]:
    """The lines that hold all words."""
    with file.open(encoding="utf-8") as lines:
        return [line for line in lines if all(word in line for word in words)]


def interface(folder: Path, rounds: int) -> None:
    """Until the first rows are there to be shown, and until the whole library is."""
    runs = [process("-c", INTERFACE, folder / "home") for _ in range(rounds)]
    for what, at in (("interface: first rows", 0), ("interface: all rows", 1)):
        show(what, [Cost(float(said.split()[at]), used.memory) for used, said in runs])


if __name__ == "__main__":
    main()
