"""A fetch in a process of its own, to be killed: ``python -m tests.workflow.killable HOME URL CACHE TARGET…``."""

from __future__ import annotations

import sys
from pathlib import Path

from paperpath.library import Library
from paperpath.sources import Access
from paperpath.workflow.fetch import fetch


def main(home: str, url: str, cache: str, *targets: str) -> None:
    access = Access(url=url, interval=0.01, cache=Path(cache))
    with Library.open(Path(home)) as library:
        for event in fetch(library, targets, access):
            if event.final:
                print(event.id, event.state, event.message, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
