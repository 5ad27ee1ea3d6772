"""What tests of every part share: a home folder of their own and a library in memory."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING

import hypothesis
import pytest

from paperpath.library.database import Database
from paperpath.library.schema import migrate
from paperpath.pdf.workers import Parsers
from tests.templates import copy_of
from tests.warm import WarmParsers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperpath.library import Library

# A deadline would make a busy machine a failing test. The examples are the same in every run; what a failure taught
# becomes an @example. CI tries the properties once more with five times as many, and `search` looks for new ones.
hypothesis.settings.register_profile("paperpath", deadline=None, derandomize=True, max_examples=20)
hypothesis.settings.register_profile("full", deadline=None, derandomize=True, max_examples=100)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("paperpath")

# A run starts some hundred processes of Python. Where PYTHONDONTWRITEBYTECODE is set, each would compile anew what it
# imports of ours (what adds papers: 0.26 s of processor time, and 0.17 with compiled modules), and each worker of xdist
# would rewrite all tests; so it is not passed on.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Screens and servers wait for half of their tests, so that one process more than there are cores takes the least time
# (63 s on two cores; 69 s with two processes and with four, each of which imports everything). The collector would
# search all imported modules again and again.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: nobody need look through it for garbage."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """What ``-n auto`` means."""
    del config
    return min(16, 1 + 2 * (os.cpu_count() or 1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for a library on disk."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def tables() -> Iterator[Database]:
    """A database without a row, once for all tests: making its tables takes 9 ms and copying them 0.3."""
    with contextlib.closing(Database(None)) as database:
        migrate(database)
        yield database


@pytest.fixture
def library(home: Path, tables: Database) -> Iterator[Library]:
    """A new library: the database in memory, the files under ``home``."""
    with copy_of(tables, home) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def warm_worker() -> Iterator[None]:
    """One parser process for all tests of this process that ask for :func:`warm_parsers`."""
    with Parsers(1) as WarmParsers.shared:
        yield


@pytest.fixture
def warm_parsers(warm_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads PDFs keeps its process for the next test."""
    monkeypatch.setattr("paperpath.pdf.workers.Parsers", WarmParsers)
