"""Metadata of the whole library: what is wrong with it, and mending what is beyond doubt as one change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath import integrity
from paperpath.errors import PaperpathError

if TYPE_CHECKING:
    from collections.abc import Container

    from paperpath.integrity import Finding
    from paperpath.library import Library


def findings(library: Library, codes: Container[str]) -> list[Finding]:
    """What is wrong, of the kinds in ``codes``; the same kind together."""
    return [finding for finding in integrity.check_all(library.papers(), _this_year()) if finding.code in codes]


def mend(library: Library, codes: Container[str]) -> dict[str, str]:
    """Mend what is beyond doubt, of these kinds, as one change that ``undo`` takes back.

    Returns:
        Why a paper could not be mended, by its key; such a paper is as it was.
    """
    year = _this_year()
    papers = library.papers()
    better = [new for paper in papers if (new := integrity.mend(paper, year, codes)) != paper]
    troubles: dict[str, str] = {}
    if not better:
        return troubles
    count = "1 paper" if len(better) == 1 else f"{len(better)} papers"
    with library.change(f"mend the metadata of {count}"):
        for paper in better:
            try:
                library.update(paper, source="doctor")
            except PaperpathError as error:  # the bare DOI is that of another paper
                troubles[paper.key] = str(error)
    return troubles


def _this_year() -> int:
    return datetime.now(UTC).year
