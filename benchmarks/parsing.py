"""The whole parse against the text alone, in one run: ``python benchmarks/parsing.py [FOLDER]``.

Then the rate of whole parses with 1, 2 … worker processes, up to the processors of the machine.

The folder of PDFs comes from the argument or from PAPERPATH_CORPUS (its ``pdf/``). Times are processor time, the best
of two rounds for each file, the readers in turn, so that a busy machine changes the ratios little. pypdf reads all
pages too, a minute a round: on every tenth page, first pages among them, it looks a tenth slower than it is.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pypdfium2

from paperpath import pdf
from paperpath.pdf.workers import Parsers

if TYPE_CHECKING:
    from collections.abc import Callable


def whole_parse(path: Path) -> int:
    return pdf.parse(path).pages


def plain_pdfium(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    count = len(document)
    document.close()
    return count


def pypdf_text(path: Path) -> int:
    pages = pypdf.PdfReader(path).pages
    for page in pages:
        page.extract_text()
    return len(pages)


def per_page(readers: list[Callable[[Path], int]], paths: list[Path], rounds: int = 2) -> list[float]:
    """Milliseconds of processor time a page for each reader; the best time of each file counts."""
    best = [[float("inf")] * len(paths) for _ in readers]
    pages = [[1] * len(paths) for _ in readers]
    for _ in range(rounds):
        for j, path in enumerate(paths):
            for i, read in enumerate(readers):
                begun = time.process_time()
                pages[i][j] = read(path)
                best[i][j] = min(best[i][j], 1000 * (time.process_time() - begun))
    return [sum(times) / sum(counts) for times, counts in zip(best, pages, strict=True)]


def with_workers(paths: list[Path], workers: int) -> float:
    """Pages a second of wall-clock time, with that many processes; their start is not counted."""
    with Parsers(workers) as parsers:
        for future in [parsers.submit(paths[0]) for _ in range(2 * workers)]:
            future.result()
        begun = time.perf_counter()
        waiting = [parsers.submit(path) for path in sorted(paths, key=lambda path: -path.stat().st_size)]
        pages = sum(future.result().pages for future in waiting)
        return pages / (time.perf_counter() - begun)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ["PAPERPATH_CORPUS"]) / "pdf"
    paths = sorted(folder.glob("*.pdf"))
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    whole, text, slow = per_page([whole_parse, plain_pdfium, pypdf_text], paths)
    print(f"{len(paths)} files")
    print(f"paperpath, whole parse  {whole:6.1f} ms/page")
    print(f"pypdfium2, text alone   {text:6.1f} ms/page   whole parse / this = {whole / text:.1f}")
    print(f"pypdf, text alone       {slow:6.1f} ms/page   this / whole parse = {slow / whole:.1f}")
    alone = with_workers(paths, 1)
    print(f"1 worker process        {alone:6.0f} pages/s")
    for workers in range(2, (os.cpu_count() or 1) + 1):
        rate = with_workers(paths, workers)
        print(f"{workers} worker processes      {rate:6.0f} pages/s   this / one = {rate / alone:.2f}")


if __name__ == "__main__":
    main()
