"""Programs that begin one library at the same moment: ``python -m tests.library.adding``."""

from __future__ import annotations

import sys
from pathlib import Path

from paperpath.library import Library
from paperpath.model import Paper
from tests.at_once import at_once
from tests.library.samples import add


def two(home: Path, number: int) -> None:
    """Add a paper of one's own and one that all add, and tell the key of the first and whether the second was new."""
    with Library.open(home) as library:
        [one] = add(library, Paper(f"Paper {number}", arxiv_id=f"2401.0000{number}"))
        [both] = add(library, Paper("Shared", arxiv_id="2401.09999"))
    Path(home, f"{number}.told").write_text(f"{one.key} {both.new}", encoding="utf-8")


if __name__ == "__main__":
    at_once(two, [(Path(sys.argv[1]), number) for number in range(1, 1 + int(sys.argv[2]))])
