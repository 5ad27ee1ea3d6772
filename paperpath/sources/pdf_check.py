"""Whether a file has the shape of a whole PDF, judged from its first and last bytes.

arXiv sends most PDFs without a length, and a body cut short may end as cleanly as a whole one; the end of the file
itself then is the only witness. Opening it for good is the business of the parser, which this package does not know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TAIL = 4096  # Acrobat looks for %%EOF in the last 1,024 bytes; some journals append a little more than that
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_XREF = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a file."""

    what: str
    """Completes "the PDF is damaged: …"."""
    certain: bool = True
    """False for what readers repair: the same bytes again mean that the paper is like this, not the transfer."""


def flaw(path: Path, total: int | None = None) -> Flaw | None:
    """The first flaw of the file, or None for a whole PDF.

    Args:
        path: the file.
        total: the size that the server announced, if it did.
    """
    size = path.stat().st_size
    if total is not None and size != total:
        return Flaw(f"it has {size:,} bytes instead of {total:,}")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            return Flaw("it does not begin like a PDF")
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        if b"%%EOF" not in tail:
            return Flaw("its end is missing")
        places = _STARTXREF.findall(tail)
        if not places:
            return Flaw("its last lines do not say where its table is", certain=False)
        offset = int(places[-1])
        if offset >= size:
            return Flaw("it is shorter than it says itself", certain=False)
        file.seek(offset)
        if offset and not _XREF.match(file.read(64)):
            return Flaw("its table is not where it should be", certain=False)
    return None
