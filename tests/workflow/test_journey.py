"""The whole way with real papers: an empty home, the stand-in, and every PDF of the corpus that is on arXiv.

Needs PAPERPATH_CORPUS with ``pdf/`` and ``arxiv_metadata.jsonl``. PAPERPATH_KILLS is the number of SIGKILLs (20).
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import STATUSES, Status
from paperpath.sources import Access
from paperpath.workflow import annotating, caring, exporting, finding, noting, parsing
from paperpath.workflow.fetch import FetchEvent, fetch
from paperpath.workflow.opening import open_library
from tests.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).parents[2]
ARXIV_NAME = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+_\d{7})v\d+\.pdf")
KILLS = int(os.environ.get("PAPERPATH_KILLS", "20"))


@pytest.fixture(scope="module")
def corpus() -> Path:
    return Path(os.environ["PAPERPATH_CORPUS"])


@pytest.fixture(scope="module")
def sources(corpus: Path) -> dict[str, Path]:
    """arXiv id → PDF, of those that have metadata."""
    with (corpus / "arxiv_metadata.jsonl").open(encoding="utf-8") as lines:
        known = {json.loads(line)["id"] for line in lines}
    found = {
        match[1].replace("_", "/"): path
        for path in sorted((corpus / "pdf").iterdir())
        if (match := ARXIV_NAME.fullmatch(path.name))
    }
    return {name: path for name, path in found.items() if name in known}


@pytest.fixture(scope="module")
def running(corpus: Path) -> Iterator[StandIn]:
    with StandIn(metadata=corpus / "arxiv_metadata.jsonl", pdf=corpus / "pdf") as standin:
        yield standin


@pytest.fixture
def speaks(running: StandIn, tmp_path: Path) -> Access:
    running.reset()
    return Access(url=running.url, interval=0.01, cache=tmp_path / "cache")


def ends_of(library: Library, targets: list[str], access: Access) -> dict[str, FetchEvent]:
    return {event.id: event for event in fetch(library, targets, access) if event.final}


def check_whole(library: Library, sources: dict[str, Path]) -> None:
    """Every paper once, with the PDF of the source, its text, its structure and its note."""
    by_id = {record.paper.arxiv_id: record for record in library.records("has:pdf")}
    assert set(by_id) == set(sources)
    for name, path in sources.items():
        record = by_id[name]
        assert record.pdf is not None
        assert record.pdf.sha256 == library.files.sha256(path) == library.files.sha256(library.files.pdf(record.paper))
        assert library.files.text(record.paper).read_text(encoding="utf-8").strip()
        parsed = parsing.read_parsed(library, record.key)
        assert parsed is not None
        assert parsed.pages == record.pdf.pages
        assert noting.note_path(library, record.key).is_file()
    folders = [path.name for path in library.files.papers.iterdir()]
    assert len(folders) == len(sources)
    findings = caring.doctor(library, checks=["files"])  # titles in capitals are what their PDFs say
    assert [found for found in findings if found.code not in ("fetch-failed", "reading-list")] == []


def test_everything_comes_once_and_the_second_run_asks_nothing(
    home: Path, sources: dict[str, Path], speaks: Access, running: StandIn
) -> None:
    with Library.open(home) as library:
        ends = ends_of(library, [*sources], speaks)
        assert {event.state for event in ends.values()} == {"fetched"}, [
            e for e in ends.values() if e.state != "fetched"
        ]
        assert [event.error for event in ends.values() if event.error] == []
        paths = running.log().paths()
        assert paths.count("/api/query") == -(-len(sources) // 100)
        assert len(paths) == len(sources) + paths.count("/api/query")
        check_whole(library, sources)
        keys = [row.key for row in library.rows()]
        text = exporting.export(library)
        assert sorted(re.findall(r"^@\w+\{([^,]+),", text, re.M)) == sorted(keys)
        attention = library.resolve("1706.03762")
        assert attention in {hit.key for hit in finding.search(library, '"scaled dot-product attention"')}
        assert [row.key for row in library.rows("attention vaswani")] == [attention]
        note = noting.note_path(library, attention).read_text(encoding="utf-8")
        assert library.resolve("1409.0473") + ".md" in note  # a reference that is in the library too
    with open_library(home) as library:
        running.reset()
        again = ends_of(library, [*sources], speaks)
        assert {event.state for event in again.values()} == {"cached"}
        assert len(running.log()) == 0
        assert {name: event.sha256 for name, event in again.items()} == {n: e.sha256 for n, e in ends.items()}


def test_the_shipped_list_comes_as_far_as_it_is_there(
    home: Path, sources: dict[str, Path], speaks: Access, running: StandIn
) -> None:
    with open_library(home) as library:
        on_list = [record.paper for record in library.records(list_name="zero-to-hero")]
        there = [paper.arxiv_id for paper in on_list if paper.arxiv_id in sources]
        assert len(there) >= 10
        ends = ends_of(library, [name for name in there if name], speaks)
        assert {event.state for event in ends.values()} == {"fetched"}
        assert running.log().paths().count("/api/query") <= 1
        running.reset()
        assert {event.state for event in ends_of(library, [name for name in there if name], speaks).values()} == {
            "cached"
        }
        assert len(running.log()) == 0


@pytest.mark.parametrize("seed", range(5))
def test_faults_mixed_at_sixty_percent(
    home: Path, sources: dict[str, Path], speaks: Access, running: StandIn, seed: int
) -> None:
    """Every paper ends byte-identical or in a named state; what failed comes when the weather is better."""
    names = sorted(sources, key=lambda name: sources[name].stat().st_size)[:16]
    running.reset(mix=0.6, most=6, seed=seed)
    with Library.open(home) as library:
        ends = ends_of(library, names, speaks)
        assert set(ends) == set(names)
        for name, event in ends.items():
            if event.state == "fetched":
                assert event.sha256 == library.files.sha256(sources[name])
                assert event.error is None
            else:
                assert event.state in ("failed", "waiting")
                assert event.error is not None
        fetched = sum(event.state == "fetched" for event in ends.values())
        print(f"seed {seed}: {fetched} of {len(names)} fetched, {len(running.log())} requests")
        running.reset()
        later = ends_of(library, names, speaks)
        assert {event.state for event in later.values()} <= {"fetched", "cached"}
        check_whole(library, {name: sources[name] for name in names})


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_kills_at_random_moments_lose_nothing(
    tmp_path: Path, sources: dict[str, Path], speaks: Access, running: StandIn
) -> None:
    """Re-runs are killed until one gets through; then everything is looked over and a new home is begun."""
    chance = random.Random(42)
    killed = rounds = 0
    while killed < KILLS:
        rounds += 1
        home = tmp_path / f"home{rounds}"
        left: dict[str, tuple[Status, str]] = {}
        while True:
            # The last run may take its time: on a starved machine none would ever get through.
            if not run_and_kill(home, speaks, [*sources], chance.uniform(0.05, 6.0) if killed < KILLS else None):
                break
            killed += 1
            with Library.open(home) as library:
                assert library.check() == []
                check_published(library, sources)
                leave_marks(library, chance, left)
        with Library.open(home) as library:
            check_whole(library, sources)
            for key, (status, words) in left.items():
                assert library.get(key).status == status
                assert words in noting.note_path(library, key).read_text(encoding="utf-8")
            assert sum(row.status != "unread" for row in library.rows()) <= len(left)
    print(f"{killed} kills over {rounds} homes")


def run_and_kill(home: Path, access: Access, targets: list[str], seconds: float | None) -> bool:
    """Whether it was killed; else it ended by itself, and well."""
    words = [sys.executable, "-m", "tests.workflow.killable", str(home), access.url, str(access.cache), *targets]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
        assert process.returncode == 0
        assert set(re.findall(r"^\S+ (\w+)", said, re.M)) <= {"fetched", "cached"}, said
        return False


def check_published(library: Library, sources: dict[str, Path]) -> None:
    """A file under its final name is whole, whoever was killed; papers are there once."""
    ids = [paper.arxiv_id for paper in library.papers()]
    assert len(ids) == len(set(ids))
    for name, path in sources.items():
        target = library.files.papers / name.replace("/", "_") / "paper.pdf"
        assert not target.exists() or target.read_bytes() == path.read_bytes()
    for parsed in library.files.papers.glob("*/parsed.json"):
        json.loads(parsed.read_bytes())


def leave_marks(library: Library, chance: random.Random, left: dict[str, tuple[Status, str]]) -> None:
    """What a reader does between two runs, here and in an editor."""
    keys = sorted(library.keys())
    if not keys:
        return
    key, status = chance.choice(keys), chance.choice(STATUSES)
    words = left.get(key, ("", f"Word{chance.random()}"))[1]
    annotating.set_status(library, [key], status)
    if key not in left:
        path = noting.append_note(library, key, words)
        with path.open("a", encoding="utf-8") as file:
            file.write("And in an editor.\n")
    left[key] = (status, words)
