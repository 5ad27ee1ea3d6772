"""Importing files of references: one change, all or nothing, twice is once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadFile
from paperpath.library import Library
from paperpath.workflow import caring
from paperpath.workflow.importing import import_files, preview_files

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
GOOD = """\
@article{vega2001lamps, title = {Lamps}, author = {Vega, Ana}, year = 2001, doi = {10.1234/LAMPS}}
@misc{maaten2002, title = {Käse und Licht}, author = {van der Maaten, Bo}, year = 2002}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def put(text: str | bytes, name: str = "refs.bib") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


def test_twice_is_once_and_undo_takes_it_back(library: Library, write: Callable[..., Path]) -> None:
    path = write(GOOD)
    result = import_files(library, [path])
    assert result.added == ("vega2001lamps", "maaten2002")
    assert result.problems == ()
    version = [change.what for change in library.history()]
    assert version == ["imported 2 entries from refs.bib"]
    again = import_files(library, [path])
    assert (again.added, again.known) == ((), ("vega2001lamps", "maaten2002"))
    assert [change.what for change in library.history()] == version
    caring.undo(library)
    assert library.keys() == set()


@pytest.mark.parametrize(
    "encoded", [GOOD.encode("utf-8-sig"), GOOD.encode("latin-1"), GOOD.replace("\n", "\r\n").encode()]
)
def test_encodings_and_line_ends(library: Library, write: Callable[..., Path], encoded: bytes) -> None:
    import_files(library, [write(encoded)])
    assert library.get("maaten2002").paper.title == "Käse und Licht"


def test_a_broken_entry_is_told_and_its_neighbours_are_kept(library: Library, write: Callable[..., Path]) -> None:
    path = write(GOOD.replace("@misc{maaten2002, ", "@misc{broken, title = {never closed\n\n@misc{maaten2002, "))
    result = import_files(library, [path])
    assert "vega2001lamps" in result.added
    assert result.problems
    assert result.problems[0].path == path
    assert result.problems[0].line >= 2


def test_all_files_or_none(library: Library, write: Callable[..., Path], tmp_path: Path) -> None:
    good = write(GOOD)
    for bad in (tmp_path / "missing.bib", write(b"%PDF-1.4", "paper.bib"), write("x", "notes.txt"), tmp_path):
        with pytest.raises(BadFile):
            import_files(library, [good, bad])
        assert library.keys() == set()
        assert library.history() == []


def test_two_files_are_one_change(library: Library, write: Callable[..., Path]) -> None:
    two = write("@misc{other, title = {Other}}", "more.bib")
    assert len(import_files(library, [write(GOOD), two]).added) == 3
    assert [change.what for change in library.history()] == ["imported 3 entries from refs.bib, more.bib"]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_killed_while_importing_it_is_all_or_nothing(home: Path, write: Callable[..., Path]) -> None:
    with Library.open(home) as library:
        import_files(library, [write(GOOD)])
    many = write(
        "".join(f"@misc{{k{n}, title = {{Paper number {n}}}, year = 2000}}\n" for n in range(3000)), "many.bib"
    )
    script = (
        "import sys\nfrom pathlib import Path\nfrom paperpath.library import Library\n"
        "from paperpath.workflow.importing import import_files\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    print('go', flush=True)\n    import_files(library, [Path(sys.argv[2])])\n"
    )
    for delay in (0.2, 0.6, 1.0):
        words = [sys.executable, "-c", script, str(home), str(many)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        with Library.open(home) as library:
            assert len(library.keys()) in (2, 3002)
            assert library.check() == []


def test_a_preview_tells_what_would_happen_and_changes_nothing(library: Library, write: Callable[..., Path]) -> None:
    import_files(library, [write(GOOD)])
    before = [library.get(key) for key in sorted(library.keys())]
    changes, version = library.history(), library.version()
    more = GOOD.replace("year = 2001,", "year = 2001, journal = {Light}, pages = {1--9}, series = {Warm},")
    path = write(more + "@misc{new2003, title = {Bulbs}, year = 2003}\n@misc{bad, title = {\n", "more.bib")
    preview = preview_files(library, [path])
    assert [(paper.key, paper.title) for paper in preview.new] == [("new2003", "Bulbs")]
    assert preview.completed == (("vega2001lamps", ("venue", "pages", "series")),)
    assert preview.same == ("maaten2002",)
    assert [problem.line for problem in preview.problems] == [4]
    assert [library.get(key) for key in sorted(library.keys())] == before
    assert (library.history(), library.version()) == (changes, version)
    result = import_files(library, [path])
    assert (result.added, set(result.known)) == (("new2003",), {"vega2001lamps", "maaten2002"})
    assert library.get("vega2001lamps").paper.venue == "Light"
    again = preview_files(library, [path])
    assert (again.new, again.completed) == ((), ())
