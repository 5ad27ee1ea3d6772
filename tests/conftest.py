"""What tests of every part share: a home folder of their own and a library in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
