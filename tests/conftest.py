"""What tests of every part share: a home folder of their own and a library in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis
import pytest

from paperpath.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A deadline would make a busy machine a failing test. The examples are the same in every run; what a failure taught
# becomes an @example, and `--hypothesis-profile search` looks for new ones.
hypothesis.settings.register_profile("paperpath", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("paperpath")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for a library on disk."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """A new library: the database in memory, the files under ``home``."""
    with Library.in_memory(home) as fresh:
        yield fresh
