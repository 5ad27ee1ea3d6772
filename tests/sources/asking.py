"""Several processes of one user that ask the same source: ``python -m tests.sources.asking``."""

from __future__ import annotations

import sys
from pathlib import Path

from paperpath.model import PaperId
from paperpath.sources.arxiv import ArxivSource
from paperpath.sources.base import Access
from tests.at_once import at_once


def ask(url: str, interval: float, folder: Path, first: int, count: int) -> None:
    """Ask for so many papers from ``first`` on; every fifth time for a PDF."""
    source = ArxivSource(Access(url=url, interval=interval, cache=folder))
    for n in range(first, first + count):
        paper_id = PaperId("arxiv", f"2001.{n:05}")
        if n % 5:
            assert paper_id in source.metadata([paper_id])
        else:
            source.pdf(PaperId("arxiv", "1706.03762", 7), folder / f"{n}.pdf")


if __name__ == "__main__":
    url, interval, folder, processes, requests = sys.argv[1:]
    each = int(requests)
    at_once(ask, [(url, float(interval), Path(folder), 1 + n * each, each) for n in range(int(processes))])
