"""When a paper appeared, from the best of what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperpath.model import Paper

MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
"""As BibTeX's macros call them, and as English names of months begin."""

_ARXIV = re.compile(r"(?:[a-z.A-Z-]+/)?(\d\d)(\d\d)")


def year_and_month(paper: Paper) -> tuple[int | None, int | None]:
    """Year and month for a reference.

    A paper without a year has that of its first version on arXiv, which its id begins with: ``1706.03762`` is from
    June 2017. The month is taken too, unless the paper appeared elsewhere.
    """
    year = paper.year if paper.year and 1000 <= paper.year <= 9999 else None
    month = paper.month if paper.month and 1 <= paper.month <= 12 else None
    if year is None and paper.arxiv_id and (first := _ARXIV.match(paper.arxiv_id)):
        two = int(first[1])
        year = two + (1900 if two >= 91 else 2000)
        month = month or (None if paper.venue or paper.journal_ref else int(first[2]))
    return year, month
