"""Metadata of the whole library: what is wrong with it, and mending what is beyond doubt."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath import integrity
from paperpath.errors import BadFile, PaperpathError
from paperpath.workflow import noting, words

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from paperpath.integrity import Finding
    from paperpath.library import Library
    from paperpath.model import Paper


def findings(library: Library, codes: Container[str]) -> list[Finding]:
    """What is wrong, of the kinds in ``codes``; the same kind together."""
    found = integrity.check_all(library.papers(), _this_year(), library.former_keys())
    return [finding for finding in found if finding.code in codes]


def mend(library: Library, found: Sequence[Finding]) -> dict[str, str]:
    """Mend what is beyond doubt: each kind of thing is one change, which ``undo`` takes back, in the notes too.

    What comes to light when something else was mended is mended too, if it is of a kind that was found.

    Returns:
        Why a paper could not be mended, by its key; such a paper is as it was.
    """
    year = _this_year()
    codes = dict.fromkeys(one.code for one in found if one.paper)
    keys = dict.fromkeys(one.key for one in found if one.paper)
    troubles: dict[str, str] = {}
    again = True
    while again:
        again = False
        for code in codes:
            papers = [library.get(key).paper for key in keys if key not in troubles]
            better = [new for paper in papers if (new := integrity.mend(paper, year, {code})) != paper]
            if better:
                again = True
                _update(library, code, better, troubles)
    return troubles


def _update(library: Library, code: str, papers: Sequence[Paper], troubles: dict[str, str]) -> None:
    noting.refresh_notes(library, [paper.key for paper in papers])
    with library.change(f"mend {code} in {words.papers(len(papers))}"):
        for paper in papers:
            try:
                library.update(paper, source="doctor")
            except PaperpathError as error:  # the bare DOI is that of another paper
                troubles[paper.key] = str(error)
                continue
            if noting.note_path(library, paper.key).exists():
                with contextlib.suppress(BadFile):  # a file that is no text: doctor names it
                    noting.update_note(library, paper.key)


def _this_year() -> int:
    return datetime.now(UTC).year
