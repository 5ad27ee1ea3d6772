"""How well questions are answered over all papers of the folder that PAPERPATH_CORPUS names."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.corpus
PROGRAM = Path(__file__).parents[2] / "benchmarks" / "ask.py"


def test_the_right_section_comes_first(tmp_path: Path) -> None:
    program: dict[str, Any] = runpy.run_path(str(PROGRAM))
    with program["furnished"](Path(os.environ["PAPERPATH_CORPUS"]) / "pdf", tmp_path) as library:
        ours, peer = program["ours"](library), program["plain"](library)
        for which in ("tuned", "fresh"):
            told: list[str] = []
            figures = program["measured"](ours, which, told.append)
            assert figures.first >= 0.65, told
            assert figures.of_three >= 0.85, told
            assert figures.answered >= 0.8
            assert figures.answered_wrongly == 0
            assert figures.first > program["measured"](peer, which).first
