"""Papers like one paper by meaning: with a model that knows a dozen words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.embedding import Meaning
from paperpath.library import Library
from paperpath.model import Paper
from paperpath.workflow import alike
from tests.embedding.tiny import write_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLES = {
    "asked": "On the drawbacks of recurrence in looms",
    "meant": "Flaws in loops",
    "worded": "Looms of quality",
    **{f"other{n}": f"Kettle number {n} boils" for n in range(12)},
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home") as opened:
        papers = [Paper(title=title) for title in TITLES.values()]
        keys = iter(TITLES)
        opened.add(papers, lambda _paper, _taken: next(keys))
        yield opened


@pytest.fixture
def meaning(tmp_path: Path) -> Meaning:
    return Meaning(write_model(tmp_path / "model"), tmp_path / "cache")


def found(library: Library, meaning: Meaning | None) -> list[tuple[str, str]]:
    return [(one.paper.key, one.why) for one in alike.alike(library, "asked", meaning=meaning)]


def test_a_paper_in_other_words_is_found_and_says_why(library: Library, meaning: Meaning) -> None:
    assert found(library, None) == [("worded", "both on loom")]
    assert alike.read_for_meaning(library, meaning) == 0
    assert found(library, meaning)[0] == ("meant", "close in meaning")
    assert found(library, meaning)[1:] == [("worded", "both on loom")]
    assert all(0 <= one.score <= 1 for one in alike.alike(library, "asked", meaning=meaning))


def test_what_was_not_read_counts_by_its_words(library: Library, meaning: Meaning) -> None:
    assert alike.read_for_meaning(library, meaning, stop=lambda: True) == len(TITLES)
    assert found(library, meaning) == found(library, None)


def test_of_many_papers_those_that_are_meant_are_among_the_compared(
    library: Library, meaning: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "COMPARED", 2)
    alike.read_for_meaning(library, meaning)
    assert found(library, meaning)[0][0] == "meant"
