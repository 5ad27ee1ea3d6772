"""Keys that nobody would press in this order: no crash, nothing on the screen that a terminal obeys, and nothing done
to the library that undo can't take back.

The default run presses few keys. With ``-m corpus`` it is PAPERPATH_KEYS for each of PAPERPATH_SEEDS seeds (2,000 and
2), on the made-up papers of ``tests.papers`` and on those of PAPERPATH_CORPUS, with the reading lists of the project.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from paperpath.errors import NotFound, NothingToUndo, ParseFailed
from paperpath.formats.citekeys import make_key
from paperpath.library import Library
from paperpath.model import Author, Paper
from paperpath.notes import marks as read_marks
from paperpath.tui.reading import own_words
from paperpath.workflow import caring, noting, parsing
from paperpath.workflow.fetch import FetchEvent
from paperpath.workflow.opening import open_library
from tests import papers
from tests.library.samples import dump
from tests.tui import samples
from tests.tui.fuzzing import Monkey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.tui.conftest import Start

SEEDS = range(int(os.environ.get("PAPERPATH_SEEDS", "2")))
KEYS = int(os.environ.get("PAPERPATH_KEYS", "2000"))
SCREENS = Counter(
    "Annotations Collecting Duplicates Export Help Jump Letters Menu Palette PlanRoom Published Reader ReferenceWindow"
    " References Review Search".split()
)
"""All but the library, from which the keys begin."""


pytestmark = pytest.mark.usefixtures("every_frame")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exports go to a folder of the test, and nothing is opened outside of it."""
    folder = tmp_path / "desktop"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    for screen in ("actions", "pictures", "reference"):
        monkeypatch.setattr(f"paperpath.tui.screens.{screen}.open_outside", lambda target: None)


def fetch(library: Library, targets: Sequence[str], access: object, **options: object) -> Iterator[FetchEvent]:
    """A fetch that always fails, and changes nothing."""
    del library, access, options
    for key in targets:
        yield FetchEvent(key, key, "Title [/x]", "downloading", received=1, total=3)
        yield FetchEvent(key, key, "Title [/x]", "failed", error=NotFound("Nobody has it."))


def kept(home: Path) -> dict[str, Any]:
    """What undo must bring back: all but positions, the fact that a key was exported, and drafts of notes.

    A draft that was made on the way stays in the folder; what counts of a note are the words of its reader.
    """
    with Library.open(home) as library:
        state = dump(library)
        state["records"] = {record.key: replace(record, position=None) for record in state["records"]}
        state["pins"] = {key: left for key, why in state["pins"].items() if (left := set(why) - {"exported"})}
        del state["minutes"]  # of reading, which no change is
        state["hits"] = [hit for hit in state["hits"] if hit[1] != "note"]
        state["notes"] = {}
        for key, text in dump(library)["notes"]:
            assert noting.note_text(library, key) == text, f"the note of {key} and its copy differ"
            if words := own_words(text).removeprefix("## My notes").strip():
                state["notes"][key] = words
            marks, record = read_marks(text), state["records"][key]
            assert (marks.status, set(marks.tags or ())) == (record.status, set(record.tags)), key
    return state


def turned(home: Path, times: int = 1_000_000) -> int:
    """Take back so many changes, or all; how many there were."""
    with Library.open(home) as library:
        for done in range(times):
            try:
                caring.undo(library)
            except NothingToUndo:
                return done
    return times


def repeated(home: Path, times: int) -> None:
    with Library.open(home) as library:
        for _ in range(times):
            caring.redo(library)


async def play(start: Start, home: Path, seed: int, keys: int) -> Monkey:
    """Press keys, then take back everything, make it again, and take it back."""
    before = kept(home)
    with Library.open(home) as library:
        assert library.history() == [], "what is there before the keys is no change"
    async with start(home=home, fetch=fetch) as (app, pilot):
        monkey = Monkey(app, pilot, seed)
        await monkey.play(keys)
        await monkey.leave()
    after = kept(home)
    changes = turned(home)
    assert kept(home) == before
    repeated(home, changes)
    assert kept(home) == after
    turned(home, changes)
    assert kept(home) == before
    return monkey


async def test_a_few_random_keys_do_no_harm(start: Start, quiet_home: Path) -> None:
    await play(start, quiet_home, 7, 60)


def stock(home: Path, pdfs: Iterable[Path]) -> None:
    """The reading lists of the project, these PDFs and their texts."""
    from paperpath import pdf

    with open_library(home) as library, library.quietly():
        for path in pdfs:
            try:
                parsed = pdf.parse(path)
            except ParseFailed:
                continue
            paper = Paper(parsed.title or path.stem, (Author("Potter", "Ada"),), key=path.stem.replace(".", "-"))
            (added,) = library.add([paper], make_key)
            parsing.keep_parsed(library, added.key, parsed)
            library.set_pdf(added.key, samples.PDF)
            kept = library.files.pdf(library.get(added.key).paper)  # for the figures
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.symlink_to(path)


@pytest.mark.corpus
@pytest.mark.parametrize("seed", SEEDS)
async def test_thousands_of_random_keys_do_no_harm(start: Start, quiet_home: Path, tmp_path: Path, seed: int) -> None:
    stock(quiet_home, [papers.make(name, tmp_path) for name in papers.PAPERS])
    monkey = await play(start, quiet_home, seed, KEYS)
    assert monkey.seen >= SCREENS, monkey.seen


@pytest.mark.corpus
@pytest.mark.parametrize("seed", SEEDS)
async def test_thousands_of_random_keys_on_real_papers(start: Start, tmp_path: Path, seed: int) -> None:
    home = tmp_path / "real"
    found = sorted((Path(os.environ["PAPERPATH_CORPUS"]) / "pdf").glob("*.pdf"))
    stock(home, found[seed % 6 :: 6])
    await play(start, home, 100 + seed, KEYS)
