"""A backup is whole while others write, and comes back whole or not at all."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadFile, LibraryBusy, LibraryError, LibraryTooNew
from paperpath.library import Files, Library, Passage
from tests.library.samples import ATTENTION, PAPERS, REPORT, add, dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WRITER = """
import sys
from pathlib import Path
from paperpath.library import Library
from tests.library.samples import add, some_papers

with Library.open(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    for number in range(100_000):
        add(library, *some_papers(2, number * 2))
"""


def fill(home: Path) -> None:
    with Library.open(home) as library:
        add(library, *PAPERS)
        library.tag([ATTENTION.key], add=["kept"])
        library.set_parsed(ATTENTION.key, "1", [Passage("text", "", 1, "softmax attention")])
        library.files.write(library.files.note(REPORT.key), "my words")
        library.set_note(REPORT.key, "my words")
        library.files.write(library.files.pdf(ATTENTION), b"%PDF" + bytes(range(256)) * 50)
        library.files.write(library.files.papers / "half" / "paper.pdf.part", b"unfinished")
        library.files.write(library.files.reading_lists / "mine.toml", "title = 'Mine'")


def tree(home: Path) -> dict[str, bytes]:
    folders = ("notes", "papers", "reading_lists")
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted((home / folder).rglob("*"))
        if path.is_file() and path.suffix != ".part"
    }


def state(home: Path) -> object:
    with Library.open(home) as library:
        return dump(library), library.history(), tree(home)


def test_a_backup_comes_back_on_another_machine(home: Path, tmp_path: Path) -> None:
    fill(home)
    with Library.open(home) as library:
        library.backup(tmp_path / "safe" / "backup.zip")
    assert [path.name for path in (tmp_path / "safe").iterdir()] == ["backup.zip"]
    assert Library.restore(tmp_path / "other", tmp_path / "safe" / "backup.zip") is None
    assert state(tmp_path / "other") == state(home)
    with Library.open(tmp_path / "other") as library:
        library.undo()
        assert library.check() == []
    with zipfile.ZipFile(tmp_path / "safe" / "backup.zip") as zipped:
        assert zipped.testzip() is None
        assert "papers/half/paper.pdf.part" not in zipped.namelist()
        assert zipped.getinfo("papers/1706.03762/paper.pdf").compress_type == zipfile.ZIP_STORED


def test_what_was_there_is_kept_beside_it(home: Path, tmp_path: Path) -> None:
    fill(home)
    with Library.open(home) as library:
        library.backup(tmp_path / "backup.zip")
    wanted = state(home)
    with Library.open(home) as library:
        library.remove([ATTENTION.key])
        library.files.write(library.files.note(REPORT.key), "later words")
        library.set_note(REPORT.key, "later words")
        library.files.pdf(ATTENTION).unlink()
    before = state(home)
    kept = Library.restore(home, tmp_path / "backup.zip")
    assert kept is not None
    assert kept.parent == home
    assert state(home) == wanted
    assert state(kept) == before
    assert not [path for path in home.iterdir() if path.name.startswith(".restore")]


def test_a_backup_without_papers_leaves_those_that_are_there(home: Path, tmp_path: Path) -> None:
    fill(home)
    with Library.open(home) as library:
        library.backup(tmp_path / "backup.zip", papers=False)
        library.remove([ATTENTION.key])
    Library.restore(home, tmp_path / "backup.zip")
    with Library.open(home) as library:
        assert library.files.pdf(ATTENTION).exists()
        assert library.get(ATTENTION.key).tags == ("kept",)
    Library.restore(tmp_path / "other", tmp_path / "backup.zip")
    assert not (tmp_path / "other" / "papers").exists()


def test_a_backup_is_of_one_moment_while_others_write(home: Path, tmp_path: Path) -> None:
    program = subprocess.Popen([sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    try:
        with Library.open(home) as library:
            counts = []
            for number in range(3):
                library.backup(tmp_path / f"{number}.zip")
                counts.append(len(library.keys()))
    finally:
        program.kill()
        program.communicate(timeout=300)
    for number, most in enumerate(counts):
        Library.restore(tmp_path / str(number), tmp_path / f"{number}.zip")
        with Library.open(tmp_path / str(number)) as copy:
            keys = copy.keys()
            assert len(keys) <= most
            assert len(keys) == 2 * len(copy.history(100_000))
            assert copy.check() == []


def test_a_damaged_library_is_replaced_and_kept(home: Path, tmp_path: Path) -> None:
    fill(home)
    with Library.open(home) as library:
        library.backup(tmp_path / "backup.zip")
    wanted = state(home)
    (home / "library.db").write_bytes(b"ruined" * 1000)
    kept = Library.restore(home, tmp_path / "backup.zip")
    assert kept is not None
    assert (kept / "library.db").read_bytes() == b"ruined" * 1000
    assert state(home) == wanted


def test_an_open_library_is_not_replaced(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperpath.library.backup._SECONDS_TO_WAIT", 0.05)
    fill(home)
    with Library.open(home) as library:
        library.backup(tmp_path / "backup.zip")
        library.remove([ATTENTION.key])
        with pytest.raises(LibraryBusy, match="has the library open"):
            Library.restore(home, tmp_path / "backup.zip")
        assert len(library.keys()) == 3
    assert tree(home)["notes/openai2023gpt4.md"] == b"my words"
    assert sorted(path.name for path in home.iterdir()) == ["library.db", "notes", "papers", "reading_lists"]


def _without_manifest(zipped: zipfile.ZipFile) -> None:
    zipped.writestr("library.db", b"x")


def _foreign_manifest(zipped: zipfile.ZipFile) -> None:
    zipped.writestr("manifest.json", "[1, 2]")


def _missing_file(zipped: zipfile.ZipFile) -> None:
    files = {"library.db": {"sha256": "00", "bytes": 1}}
    zipped.writestr("manifest.json", json.dumps({"format": "paperpath-backup", "papers": True, "files": files}))


def _wrong_hash(zipped: zipfile.ZipFile) -> None:
    _missing_file_with(zipped, "library.db", b"x", "00")


def _outside(zipped: zipfile.ZipFile) -> None:
    _missing_file_with(zipped, "notes/../../evil.md", b"x", "00")


def _no_database(zipped: zipfile.ZipFile) -> None:
    _missing_file_with(zipped, "library.db", b"x", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")


def _missing_file_with(zipped: zipfile.ZipFile, name: str, data: bytes, digest: str) -> None:
    zipped.writestr(name, data)
    if name != "library.db":
        zipped.writestr("library.db", b"")
    files = {one: {"sha256": digest, "bytes": 1} for one in zipped.namelist()}
    manifest = {"format": "paperpath-backup", "version": 1, "papers": True, "files": files}
    zipped.writestr("manifest.json", json.dumps(manifest))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_without_manifest, "no manifest"),
        (_foreign_manifest, "no manifest"),
        (_missing_file, "not whole"),
        (_wrong_hash, "not what was put into it"),
        (_outside, "not whole"),
        (_no_database, "no usable database"),
    ],
)
def test_what_is_no_backup_is_refused(
    home: Path, tmp_path: Path, make: Callable[[zipfile.ZipFile], None], words: str
) -> None:
    fill(home)
    before = state(home)
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as zipped:
        make(zipped)
    with pytest.raises(BadFile, match=words):
        Library.restore(home, tmp_path / "bad.zip")
    assert state(home) == before
    assert not list(tmp_path.rglob("evil.md"))


def test_files_that_are_no_zip_are_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="There is no file"):
        Library.restore(home, tmp_path / "nothing.zip")
    with pytest.raises(BadFile, match="is a folder"):
        Library.restore(home, tmp_path)
    (tmp_path / "text.zip").write_text("words")
    with pytest.raises(BadFile, match="is no backup"):
        Library.restore(home, tmp_path / "text.zip")
    assert list(home.iterdir()) == []


def test_a_torn_backup_is_refused(home: Path, tmp_path: Path) -> None:
    fill(home)
    with Library.open(home) as library:
        library.backup(tmp_path / "backup.zip")
    data = bytearray((tmp_path / "backup.zip").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 50] = bytes(50)
    (tmp_path / "torn.zip").write_bytes(data)
    with pytest.raises(BadFile):
        Library.restore(tmp_path / "other", tmp_path / "torn.zip")
    (tmp_path / "short.zip").write_bytes((tmp_path / "backup.zip").read_bytes()[:middle])
    with pytest.raises(BadFile):
        Library.restore(tmp_path / "other", tmp_path / "short.zip")


def test_a_backup_of_the_future_is_refused(home: Path, tmp_path: Path) -> None:
    fill(home)
    with sqlite3.connect(home / "library.db") as connection:
        connection.execute("PRAGMA user_version = 1000")
    connection.close()
    with Library.open(tmp_path / "new") as library:
        library._database.connection.execute("PRAGMA user_version = 1000")
        library.backup(tmp_path / "backup.zip")
    with pytest.raises(LibraryTooNew):
        Library.restore(tmp_path / "other", tmp_path / "backup.zip")


def test_a_backup_that_cannot_be_written_leaves_nothing(home: Path, tmp_path: Path) -> None:
    fill(home)
    (tmp_path / "taken").mkdir()
    with Library.open(home) as library, pytest.raises(LibraryError):
        library.backup(tmp_path / "taken")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "taken"]


def test_the_library_in_memory_can_be_backed_up_too(library: Library, tmp_path: Path) -> None:
    add(library, *PAPERS)
    library.backup(tmp_path / "backup.zip")
    Library.restore(tmp_path / "other", tmp_path / "backup.zip")
    with Library.open(tmp_path / "other") as copy:
        assert copy.records() == library.records()
    assert Files(tmp_path / "other").database.exists()
