"""Names that every system can hold, and files that are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.durable import atomic_write
from paperpath.errors import DiskFull, LibraryError
from paperpath.library import Files
from paperpath.library.files import safe_name
from paperpath.model import Paper

CORPUS = os.environ.get("PAPERPATH_CORPUS")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("vaswani2017attention", "vaswani2017attention"),
        ("DBLP:conf/nips/V17", "DBLP%3Aconf%2Fnips%2FV17"),
        ("../../etc/passwd", "%%2E%2E%2F%2E%2E%2Fetc%2Fpasswd"),
        ("müller2020", "müller2020"),
        ("con", "%con"),
        ("NUL.txt", "%NUL%2Etxt"),
        (".hidden", "%%2Ehidden"),
        ("end.", "%end%2E"),
        ("", "%"),
        ("a b*c?", "a%20b%2Ac%3F"),
        ("50%", "50%25"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(alphabet=st.characters(codec=None), max_size=200), st.text(max_size=5))
def test_any_key_is_a_name_of_its_own(text: str, other: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= 120
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not name.startswith(".")
    assert Path("notes", name).name == name
    if other != text:
        assert safe_name(other) != name


def test_places(tmp_path: Path) -> None:
    files = Files(tmp_path)
    known = Paper("A", arxiv_id="hep-th/9901001", key="a")
    assert files.pdf(known) == tmp_path / "papers" / "hep-th_9901001" / "paper.pdf"
    assert files.text(known).name == "text.md"
    assert files.parsed(known).name == "parsed.json"
    assert files.folder(Paper("B", key="b2020")) == tmp_path / "papers" / "b2020"
    assert files.note("DBLP:x") == tmp_path / "notes" / "DBLP%3Ax.md"
    assert files.database == tmp_path / "library.db"


def test_a_key_like_an_id_does_not_take_a_paper_s_place(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert files.folder(Paper("A", key="1706.03762")) != files.folder(Paper("B", arxiv_id="1706.03762", key="b"))


def test_files_stay_where_they_are_when_an_id_becomes_known(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.write(files.pdf(Paper("A", key="a")), b"%PDF")
    assert files.pdf(Paper("A", key="a", arxiv_id="1706.03762")).read_bytes() == b"%PDF"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "note.md"
    atomic_write(path, "ein Wört\n")
    assert path.read_bytes() == "ein Wört\n".encode()
    atomic_write(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]
    assert Files(tmp_path).sha256(path) == "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"


@pytest.mark.skipif("sys.platform == 'win32'", reason="permissions and links of POSIX")
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "vault.md", tmp_path / "note.md"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    atomic_write(link, "new")
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (True, "new", 0o640)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be written"):
        atomic_write(tmp_path / "file" / "note.md", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(LibraryError, match="cannot be written"):
        atomic_write(tmp_path / "folder", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from paperpath.errors import DiskFull
from paperpath.durable import atomic_write
from paperpath.library import Library
from tests.library.samples import add, some_papers

home = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(home) as library:
    add(library, *some_papers(5))
    atomic_write(home / "note.md", "old")
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    full = 0
    for work in (
        lambda: atomic_write(home / "note.md", b"x" * 2_000_000),
        lambda: add(library, *some_papers(1000, 100)),
        lambda: library.backup(home / "backup.zip"),
    ):
        try:
            work()
        except DiskFull as error:
            full += "run this again" in str(error) or "full?" in str(error)
    assert library.check() == [], library.check()
    print(full, len(library.keys()), (home / "note.md").read_text(), sorted(p.name for p in home.iterdir()))
    add(library, *some_papers(1, 50))
    print(len(library.keys()))
"""


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has no limit on the size of files")
def test_a_full_disk_is_said_and_leaves_everything_whole(home: Path) -> None:
    (home / "papers").mkdir()
    (home / "papers" / "big.pdf").write_bytes(os.urandom(1_500_000))
    answer = subprocess.run(
        [sys.executable, "-c", LIMITED, str(home)], capture_output=True, text=True, timeout=300, check=False
    )
    assert answer.returncode == 0, answer.stderr
    first, second = answer.stdout.splitlines()
    assert first.startswith("3 5 old ['library.db', 'library.db-shm', 'library.db-wal', 'note.md', 'papers']")
    assert second == "6"


@pytest.mark.corpus
@pytest.mark.skipif("sys.platform != 'linux' or os.geteuid() != 0", reason="mounting needs root on Linux")
def test_a_full_file_system(tmp_path: Path) -> None:
    from paperpath.library import Library
    from tests.library.samples import add, some_papers

    mount = tmp_path / "small"
    mount.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(mount)], check=True)
    try:
        with Library.open(mount / "home") as library:
            add(library, *some_papers(20))
            with pytest.raises(DiskFull, match="no room left"):
                add(library, *some_papers(5000, 100))
            with pytest.raises(DiskFull, match="no room left"):
                atomic_write(mount / "home" / "note.md", b"x" * 4_000_000)
            assert (len(library.keys()), library.check()) == (20, [])
            library.tag([next(iter(library.keys()))], add=["still here"])
    finally:
        subprocess.run(["umount", str(mount)], check=True)
