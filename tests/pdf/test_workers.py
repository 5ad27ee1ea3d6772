"""Workers that die, hang and eat memory, and the process that outlives them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath import pdf
from paperpath.errors import Cancelled, ParseFailed
from paperpath.pdf.workers import Parsers
from tests import papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and rlimits are POSIX")


@pytest.fixture
def parsers() -> Iterator[Parsers]:
    with Parsers(1) as made:
        yield made


def worker_of(parsers: Parsers) -> subprocess.Popen[str]:
    process = parsers._hands[0]._process
    assert process is not None
    return process


def test_a_worker_answers_like_the_parser_and_stays_warm(parsers: Parsers, paper: Callable[[str], Path]) -> None:
    assert parsers.submit(paper("one_column")).result() == pdf.parse(paper("one_column"))
    first = worker_of(parsers).pid
    assert parsers.pages(paper("two_column")) == pdf.page_count(paper("two_column"))
    assert worker_of(parsers).pid == first


def test_a_bad_pdf_is_one_failure_between_good_ones(
    parsers: Parsers, paper: Callable[[str], Path], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"Rate exceeded.")
    futures = [parsers.submit(path) for path in (paper("one_column"), bad, paper("letter"))]
    assert futures[0].result().title == "Watched Kettles and When They Boil"
    with pytest.raises(ParseFailed, match=r"bad\.pdf is not a PDF"):
        futures[1].result()
    assert futures[2].result().pages == 1
    with pytest.raises(ParseFailed, match="not a PDF"):
        parsers.pages(bad)


@posix
def test_a_worker_killed_in_the_midst_of_a_file(parsers: Parsers, paper: Callable[[str], Path]) -> None:
    parsers.pages(paper("letter"))
    process = worker_of(parsers)
    os.kill(process.pid, signal.SIGSTOP)  # it takes the file and gets no further
    future = parsers.submit(paper("letter"))
    while not future.running():
        time.sleep(0.01)
    process.kill()
    with pytest.raises(ParseFailed, match=r"letter\.pdf made the PDF reader crash"):
        future.result()
    assert parsers.submit(paper("letter")).result().pages == 1
    assert worker_of(parsers).pid != process.pid


def test_time_is_up(paper: Callable[[str], Path]) -> None:
    with Parsers(1, wall_seconds=0.001) as parsers, pytest.raises(ParseFailed, match=r"took more than 0\.001 seconds"):
        parsers.submit(paper("letter")).result()


@posix
def test_a_memory_bomb_takes_only_its_worker(paper: Callable[[str], Path], tmp_path: Path) -> None:
    bomb = papers.bomb(tmp_path / "bomb.pdf")
    assert bomb.stat().st_size < 20_000
    with Parsers(1, memory_bytes=500 * 2**20) as parsers:
        with pytest.raises(ParseFailed, match=r"bomb\.pdf (?:made the PDF reader crash|needs more memory)"):
            parsers.submit(bomb).result()
        assert parsers.submit(paper("letter")).result().pages == 1


@posix
def test_processor_time_is_bounded() -> None:
    code = "from paperpath.pdf.worker import _limit; _limit(2**32, 1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=300)
    assert ended.returncode == -signal.SIGXCPU


def test_a_worker_is_replaced_after_some_files(paper: Callable[[str], Path]) -> None:
    with Parsers(1, files_per_worker=1) as parsers:
        parsers.pages(paper("letter"))
        assert parsers._hands[0]._process is None


def test_closing_cancels_what_waits_and_what_runs(paper: Callable[[str], Path]) -> None:
    parsers = Parsers(1)
    futures = [parsers.submit(paper("one_column")) for _ in range(5)]
    parsers.close()
    for future in futures[1:]:
        assert future.cancelled() or isinstance(future.exception(), Cancelled)
    with pytest.raises(Cancelled, match="closed"):
        parsers.submit(paper("letter"))


def test_a_waiting_job_can_be_cancelled(parsers: Parsers, paper: Callable[[str], Path]) -> None:
    first = parsers.submit(paper("one_column"))
    second = parsers.submit(paper("letter"))
    assert second.cancel()
    assert first.result().pages == 2


def test_two_workers_share_the_work(paper: Callable[[str], Path]) -> None:
    with Parsers(2) as parsers:
        for future in [parsers.submit(paper("letter")) for _ in range(4)]:
            assert future.result().pages == 1
        assert len(parsers._hands) == 2


def test_a_worker_ends_with_its_parent() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "paperpath.pdf.worker", str(2**31), "30"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    out, _ = process.communicate(b"", timeout=180)  # the end of its input is all that a dead parent leaves
    assert (out, process.returncode) == (b"", 0)


def test_one_file_by_hand(paper: Callable[[str], Path]) -> None:
    command = [sys.executable, "-m", "paperpath.pdf.worker", "--one"]
    good = subprocess.run([*command, paper("letter")], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert good.returncode == 0
    assert '"Boiling without Observation"' in good.stdout
    bad = subprocess.run([*command, paper("encrypted")], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert bad.returncode == 1
    assert "wants a password" in bad.stdout


def test_a_front_end_can_hold_parsers_without_a_pdf_library() -> None:
    code = (
        "import sys, paperpath.pdf.workers as w; w.Parsers(1);"
        "print([m for m in ('pypdf', 'pypdfium2', 'pypdfium2_raw') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"
