"""Adds each of its targets in a process of its own, all at once: ``python -m tests.workflow.adding``."""

from __future__ import annotations

import sys
from pathlib import Path

import paperpath.formats.bibtex
import paperpath.sources.arxiv  # noqa: F401  what adding imports when it needs it
from paperpath.library import Library
from paperpath.sources import Access
from paperpath.workflow.add import add
from tests.at_once import at_once


def one(home: Path, url: str, cache: Path, target: str) -> None:
    """Add ``target``, which must be new or known."""
    with Library.open(home) as library:
        access = Access(url=url, interval=0.0, cache=cache)
        ends = list(add(library, [target], access, decide=lambda _title, _papers: None))
    assert ends[-1].state in ("added", "known"), ends


if __name__ == "__main__":
    home, url, cache, *targets = sys.argv[1:]
    at_once(one, [(Path(home), url, Path(cache), target) for target in targets])
