"""The papers of ``tests/papers.py``, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import papers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``paper("one_column")`` → the path of that PDF."""
    folder = tmp_path_factory.mktemp("papers")
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = papers.make(name, folder)
        return made[name]

    return get
