"""Many requests under many faults, and many processes at one gate."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import SourceError
from paperpath.model import PaperId
from paperpath.sources.arxiv import ArxivSource
from paperpath.sources.base import Access
from tests.sources.conftest import PAPERS, QUICK, count_pages
from tests.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable

ID = re.compile(r"(?P<id>.+)v(?P<version>\d+)")
ROOT = Path(__file__).parents[2]


def ask_from_processes(standin: StandIn, folder: Path, interval: float, processes: int, requests: int) -> None:
    """So many processes with so many requests each, all of one user."""
    words = [sys.executable, "-m", "tests.sources.asking", standin.url, str(interval), str(folder)]
    subprocess.run([*words, str(processes), str(requests)], cwd=ROOT, check=True)


def test_four_processes_are_one_user(arxiv: StandIn, tmp_path: Path) -> None:
    arxiv.reset(interval=0.1)
    ask_from_processes(arxiv, tmp_path, 0.1, processes=4, requests=5)
    log = arxiv.log()
    assert len(log) >= 20  # more, if the machine was so busy that one had to be asked again
    assert log.early == 0
    assert log.most_open == 1


@pytest.mark.corpus
@pytest.mark.parametrize("rate", [0.0, 2e6], ids=["fast", "slow bodies"])
def test_four_processes_with_25_requests_each_are_one_user(arxiv: StandIn, tmp_path: Path, rate: float) -> None:
    arxiv.reset(interval=0.1, rate=rate)
    ask_from_processes(arxiv, tmp_path, 0.1, processes=4, requests=25)
    log = arxiv.log()
    print(f"\n{len(log)} arrivals, {log.early} early, at most {log.most_open} connections")
    assert (len(log), log.early, log.most_open) == (100, 0, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_through_all_faults_mixed_every_paper_comes_whole(
    open_source: Callable[..., ArxivSource], arxiv: StandIn, pdfs: Path, tmp_path: Path, seed: int
) -> None:
    arxiv.reset(mix=0.6, most=6, seed=seed, late=0.02, retry_after="0.02")
    source = open_source()
    ids = [PaperId("arxiv", paper["id"], paper["version"]) for paper in PAPERS[:5]]
    assert list(source.metadata(ids)) == ids
    for paper_id in ids[:4]:
        name = f"{paper_id.value.replace('/', '_')}v{paper_id.version}.pdf"
        source.pdf(paper_id, tmp_path / name, check=count_pages)
        assert (tmp_path / name).read_bytes() == (pdfs / name).read_bytes()
    log = arxiv.log()
    assert (log.early, log.most_open) == (0, 1)
    assert sum(arrival.fault is not None for arrival in log.arrivals) >= 3


@pytest.mark.corpus
@pytest.mark.parametrize("seed", range(5))
def test_real_papers_come_whole_or_with_a_named_end(seed: int, tmp_path: Path) -> None:
    corpus = Path(os.environ["PAPERPATH_CORPUS"])
    papers = {match: path for path in sorted((corpus / "pdf").glob("*.pdf")) if (match := ID.fullmatch(path.stem))}
    ids = [PaperId("arxiv", match["id"].replace("_", "/"), int(match["version"])) for match in papers]
    ends: dict[str, int] = {}
    with StandIn(
        corpus / "arxiv_metadata.jsonl", corpus / "pdf", mix=0.6, seed=seed, interval=0.02, late=0.1, retry_after="0.1"
    ) as standin:
        source = ArxivSource(Access(url=standin.url, interval=0.02, cache=tmp_path), patience=QUICK)
        known = source.metadata(ids)
        for paper_id, path in zip(ids, papers.values(), strict=True):
            target = tmp_path / path.name
            try:
                stored = source.pdf(paper_id, target)
            except SourceError as error:
                end = type(error).__name__
                assert not target.exists()
            else:
                end = "whole"
                assert stored.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
                assert target.read_bytes() == path.read_bytes()
            ends[end] = ends.get(end, 0) + 1
        source.close()
        log = standin.log()
    faults = sum(arrival.fault is not None for arrival in log.arrivals)
    print(f"\nseed {seed}: {len(known)} known, {ends}, {faults} faults in {len(log)} requests,", end=" ")
    print(f"{log.early} early, {log.most_open} open")
    with (corpus / "arxiv_metadata.jsonl").open(encoding="utf-8") as lines:
        told = {json.loads(line)["id"] for line in lines}
    assert list(known) == [paper_id for paper_id in ids if paper_id.value in told]
    assert sum(ends.values()) == len(papers)
    assert (log.early, log.most_open) == (0, 1)


KILLED = """
import sys
from pathlib import Path
from paperpath.model import PaperId
from paperpath.sources.arxiv import ArxivSource
from paperpath.sources.base import Access
url, cache, folder, *names = sys.argv[1:]
source = ArxivSource(Access(url=url, interval=0.05, cache=Path(cache)))
for name in names:
    source.pdf(PaperId("arxiv", name, 1), Path(folder) / f"{name}v1.pdf")
"""


@pytest.mark.corpus
def test_forty_kills_harm_nothing_and_nobody(arxiv: StandIn, pdfs: Path, tmp_path: Path) -> None:
    """Two processes fetch the same papers, and now one, now the other is killed."""
    arxiv.reset(interval=0.05, rate=100_000.0, mix=0.3, most=2, late=0.02, retry_after="0.1")
    names = [f"2001.{n:05}" for n in range(1, 12)]
    words = [sys.executable, "-c", KILLED, arxiv.url, str(tmp_path / "cache"), str(tmp_path / "papers"), *names]
    moment = random.Random(1)
    running = [subprocess.Popen(words, cwd=ROOT) for _ in range(2)]
    for n in range(40):
        seen = len(arxiv.log())
        while len(arxiv.log()) == seen and any(process.poll() is None for process in running):
            time.sleep(0.01)
        time.sleep(moment.uniform(0.0, 0.3))
        running[n % 2].kill()
        running[n % 2].wait()
        if n % 3 == 2:  # start over now and then, or there would be nothing left to interrupt
            for path in (tmp_path / "papers").glob("*.pdf"):
                path.unlink()
        running[n % 2] = subprocess.Popen(words, cwd=ROOT)
    assert [process.wait() for process in running] == [0, 0]
    papers = tmp_path / "papers"
    assert sorted(path.name for path in papers.iterdir()) == [f"{name}v1.pdf" for name in names]
    assert all(path.read_bytes() == (pdfs / path.name).read_bytes() for path in papers.iterdir())
    log = arxiv.log()
    print(f"\n{len(log)} arrivals, {log.early} early, at most {log.most_open} connections")
    assert (log.early, log.most_open) == (0, 1)
