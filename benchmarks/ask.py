"""How well `paperpath ask` finds the section that answers: ``benchmarks/ask.py [FOLDER] [-v] [--model FOLDER]``.

The folder holds ``pdf/``; it is the argument or PAPERPATH_CORPUS. All its papers go into one new library, and
``tests/data/questions.toml`` is asked of it. ``-v`` prints the questions whose section does not come first, and the
weights of the ranking each put to half and to double.

    first      the part of the questions for which the first section answers
    of three   for which one of the first three does
    rank       the mean of 1/place
    answered   the part that is not told "no paper seems to answer that"; of the last lines, where none does, 0 is right

With ``--model``, the folder of a model of sentences as the setting ``semantic_model`` names it, "with model" is what
`paperpath ask` does with it; the passages are read before the clock is started.

The peer is what FTS5 does by itself with the same index: BM25 of any of the question's words. It has no measure of how
sure it is, so that it answers everything.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.asking.ranking import Weights
from paperpath.embedding import Meaning
from paperpath.library import Library
from paperpath.model import Paper, ParsedPaper
from paperpath.workflow import asking, parsing

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "questions.toml"
SETS = ("tuned", "fresh")


class Place(NamedTuple):
    """A section."""

    key: str
    section: str


class Figures(NamedTuple):
    """Of one set of questions, each 0 to 1."""

    first: float
    of_three: float
    rank: float
    answered: float
    answered_wrongly: float
    """Of the questions that no paper answers, those that got an answer."""
    milliseconds: float


Answer = tuple[list[Place], bool]


def furnished(folder: Path, home: Path) -> Library:
    """A library in ``home`` of all PDFs in ``folder``, with nothing known of them but what they say."""
    library = Library.open(home)
    for path, parsed in parsing.parse_files(sorted(folder.glob("*.pdf")), os.cpu_count() or 1):
        if isinstance(parsed, ParsedPaper):
            paper = Paper(title=parsed.title or path.stem)
            key = library.add([paper], lambda _paper, _taken, name=path.stem: name)[0].key
            parsing.keep_parsed(library, key, parsed)
    return library


def questions(which: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The questions of a set: those with an answer, and those that no paper answers."""
    data = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    return tuple([one for one in data[kind] if one.get("set", "tuned") == which] for kind in ("question", "nothing"))  # type: ignore[return-value]


def ours(library: Library, weights: Weights | None = None, meaning: Meaning | None = None) -> Callable[[str], Answer]:
    """`paperpath ask`."""

    def ask(text: str) -> Answer:
        asked = asking.ask(library, text, limit=150, weights=weights, meaning=meaning)
        return [Place(one.key, one.section) for one in asked.answers], asked.answered

    return ask


def plain(library: Library) -> Callable[[str], Answer]:
    """FTS5's own ranking of passages that have any of the words."""

    def ask(text: str) -> Answer:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", text))
        with library._database.reading() as connection:  # noqa: SLF001 - the peer is the index itself
            rows = connection.execute(
                """SELECT p.key, iif(s.kind = 'paper', 'Abstract', s.section) FROM full_text
                JOIN passage AS s ON s.id = full_text.rowid JOIN paper AS p ON p.id = s.paper_id
                WHERE full_text MATCH ? ORDER BY rank LIMIT 300""",
                (words,),
            )
            return list(dict.fromkeys(Place(*row) for row in rows)), True

    return ask


def answers(place: Place, question: dict[str, Any]) -> bool:
    """Whether this is a section that answers the question."""
    number, _, title = place.section.partition(" ")
    return any(place.key.startswith(paper) for paper in question["paper"]) and any(
        section in (number, title, place.section) for section in question["section"]
    )


def measured(ask: Callable[[str], Answer], which: str, tell: Callable[[str], None] = lambda _: None) -> Figures:
    """The figures of a set of questions; ``tell`` hears of those whose section is not the first."""
    asked, nothing = questions(which)
    places, answered = [], 0
    begun = time.perf_counter()
    for question in asked:
        found, sure = ask(question["ask"])
        answered += sure
        places.append(next((n for n, place in enumerate(found, 1) if answers(place, question)), 0))
        if places[-1] != 1:
            shown = "; ".join(f"{place.key[:12]} {place.section[:32]}" for place in found[:3])
            tell(f"  {places[-1] or '-'}  {question['ask']}\n       instead: {shown}")
    seconds = time.perf_counter() - begun
    count = len(asked)
    return Figures(
        sum(place == 1 for place in places) / count,
        sum(1 <= place <= 3 for place in places) / count,
        sum(1 / place for place in places if place) / count,
        answered / count,
        sum(ask(question["ask"])[1] for question in nothing) / len(nothing),
        1000 * seconds / count,
    )


def main() -> None:
    """Print the figures."""
    words = sys.argv[1:]
    model = Path(words.pop(words.index("--model") + 1)) if "--model" in words else None
    words = [word for word in words if not word.startswith("-")]
    folder = Path(words[0] if words else os.environ["PAPERPATH_CORPUS"])
    verbose = "-v" in sys.argv
    with tempfile.TemporaryDirectory() as home, furnished(folder / "pdf", Path(home)) as library:
        print(f"{len(library.keys())} papers, {library.passage_count()} passages\n")
        methods = {"paperpath ask": ours(library), "FTS5, BM25": plain(library)}
        if model:
            meaning = Meaning(model, Path(home))
            begun = time.perf_counter()
            asking.read_for_meaning(library, meaning)
            print(f"all passages read by the model in {time.perf_counter() - begun:.0f} s\n")
            methods["with model"] = ours(library, meaning=meaning)
        print(f"{'':<28}first  of three  rank   answered  nothing  ms")
        for which in SETS:
            for name, ask in methods.items():
                one = measured(ask, which)
                cells = f"{one.first:.3f}  {one.of_three:.3f}     {one.rank:.3f}  {one.answered:.3f}"
                print(f"{which:<8}{name:<20}{cells}     {one.answered_wrongly:.3f}    {one.milliseconds:.0f}")
        if verbose:
            for which in SETS:
                print(f"\nnot the first, {which}:")
                measured(ours(library), which, print)
            _weights(library)


def _weights(library: Library) -> None:
    print(f"\n{'weights, tuned questions':<28}half: first, of three   double: first, of three")
    usual = Weights()
    for field in fields(Weights):
        cells = []
        for factor in (0.5, 2.0):
            value = getattr(usual, field.name) * factor
            one = measured(ours(library, replace(usual, **{field.name: value})), "tuned")
            cells.append(f"{one.first:.3f}  {one.of_three:.3f}")
        print(f"{field.name:<28}{cells[0]:<24}{cells[1]}")


if __name__ == "__main__":
    main()
