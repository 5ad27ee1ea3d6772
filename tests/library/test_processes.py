"""Several programs at once, and programs that die: nothing is lost and nothing is half done."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from paperpath.errors import DiskFull
from paperpath.library import Library
from paperpath.model import Paper
from tests.library.samples import ATTENTION, PAPERS, add, some_papers

ROOT = Path(__file__).parents[2]

BULK = """
import sys
from pathlib import Path
from paperpath.library import Library
from tests.library.samples import add, some_papers

def slowly():
    for number, paper in enumerate(some_papers(100_000, 1000)):
        if number == 300:
            print("in the middle", flush=True)
        yield paper

class Papers(list):
    def __iter__(self):
        return slowly()

with Library.open(Path(sys.argv[1])) as library, library.change("bulk"):
    for paper in slowly():
        add(library, paper)
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_eight_programs_that_begin_a_library_at_once_lose_nothing(home: Path) -> None:
    words = [sys.executable, "-m", "tests.library.adding", str(home), "8"]
    subprocess.run(words, cwd=ROOT, timeout=300, check=True)
    answers = [path.read_text(encoding="utf-8").split() for path in home.glob("*.told")]
    with Library.open(home) as library:
        assert len(library.keys()) == 9
        assert len({key for key, _ in answers}) == 8
        assert [new for _, new in answers].count("True") == 1
        assert len(library.history()) == 9
        assert library.check() == []


def test_a_program_killed_in_the_middle_leaves_the_library_as_it_was(home: Path) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
        before = library.records()
    program = start(BULK, home)
    assert program.stdout is not None
    assert program.stdout.readline() == "in the middle\n"
    program.kill()
    program.communicate(timeout=300)
    with Library.open(home) as library:
        assert library.records() == before
        assert library.check() == []
        assert len(library.history()) == 1
        add(library, *some_papers(1))


def test_a_reader_is_not_held_up_by_a_writer_and_sees_it_once_it_is_done(home: Path) -> None:
    with Library.open(home) as writer, Library.open(home) as reader:
        seen = reader.version()
        with writer.change("two papers"):
            add(writer, *PAPERS[:2])
            assert reader.rows() == []
            assert reader.version() == seen
        assert reader.version() != seen
        assert len(reader.rows()) == 2
        seen = reader.version()
        assert reader.version() == seen


def test_version_notices_one_s_own_writes_and_nothing_else(library: Library) -> None:
    versions = {library.version()}
    add(library, ATTENTION)
    versions.add(library.version())
    library.set_problem(ATTENTION.key, "x")
    versions.add(library.version())
    assert len(versions) == 3
    library.rows()
    library.search("attention")
    library.tag([ATTENTION.key], remove=["what is not there"])
    with library.quietly():
        library.rows()
    assert library.version() in versions


def test_threads_take_turns(home: Path) -> None:
    with Library.open(home) as library:
        errors: list[BaseException] = []

        def work(number: int) -> None:
            try:
                for paper in some_papers(5, number * 10):
                    with library.change(f"thread {number}"):
                        [added] = add(library, paper)
                        library.tag([added.key], add=[f"t{number}"])
                    assert library.get(added.key).tags == (f"t{number}",)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert library.tags() == {f"t{number}": 5 for number in range(6)}
        assert len(library.history()) == 30


def test_version_does_not_wait_for_a_thread_that_writes(library: Library) -> None:
    seen = library.version()
    answers: list[int] = []
    with library.change("long"):
        add(library, ATTENTION)
        thread = threading.Thread(target=lambda: answers.append(library.version()))
        thread.start()
        thread.join(timeout=60)
    assert answers == [seen]


def test_a_database_without_room_takes_nothing_and_loses_nothing(home: Path) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
        connection = library._database.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        before = library.records()
        with pytest.raises(DiskFull, match="no room left"):
            add(library, *some_papers(500))
        with pytest.raises(DiskFull), library.change("outer"):
            add(library, *some_papers(2), *some_papers(500, 1000))
        assert (library.records(), library.check()) == (before, [])
        connection.execute(f"PRAGMA max_page_count = {pages + 100_000}")
        add(library, Paper("Room again"))
        assert len(library.history()) == 2
