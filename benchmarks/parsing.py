"""The whole parse against the text alone, in one run: ``python benchmarks/parsing.py [FOLDER]``.

The folder of PDFs comes from the argument or from PAPERPATH_CORPUS (its ``pdf/``). Times are processor time, the best
of three rounds, so that a busy machine changes the ratios little. pypdf is measured on every tenth page: it needs
about 100 ms for one.
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
    pages = pypdf.PdfReader(path).pages[::10]
    for page in pages:
        page.extract_text()
    return len(pages)


def per_page(read: Callable[[Path], int], paths: list[Path], rounds: int = 3) -> float:
    """Milliseconds of processor time a page."""
    best = float("inf")
    for _ in range(rounds):
        pages, begun = 0, time.process_time()
        for path in paths:
            pages += read(path)
        best = min(best, 1000 * (time.process_time() - begun) / pages)
    return best


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ["PAPERPATH_CORPUS"]) / "pdf"
    paths = sorted(folder.glob("*.pdf"))
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    whole = per_page(whole_parse, paths)
    text = per_page(plain_pdfium, paths)
    slow = per_page(pypdf_text, paths, rounds=1)
    print(f"{len(paths)} files")
    print(f"paperpath, whole parse  {whole:6.1f} ms/page")
    print(f"pypdfium2, text alone   {text:6.1f} ms/page   whole parse / this = {whole / text:.1f}")
    print(f"pypdf, text alone       {slow:6.1f} ms/page   this / whole parse = {slow / whole:.1f}")


if __name__ == "__main__":
    main()
