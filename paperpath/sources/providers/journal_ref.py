"""arXiv's journal reference, as authors type it → journal, volume, issue, pages and year.

There is no rule for the field. Two habits cover most of it: that of INSPIRE, ``Phys.Lett.B661:167-174,2008``, and that
of people, ``Phys. Rev. A 77, 043813 (2008)``. What fits one of the forms below as a whole is taken apart; anything
left over (an erratum, a second reference, "to appear in") means that nothing is taken, because a wrong volume is worse
than none. Proceedings are not taken either: where their title ends and a place begins cannot be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 200
"""Characters; what is longer is a story and no reference."""

_JOURNAL = (
    r"(?P<journal>[A-Za-z](?:[^\d():;,\"“]|:(?=\s?[A-Z][a-z])){0,90}?(?:, (?:Ser(?:ies|\.)|Section|Part) [A-Z])??)"
)
_VOL = r"\b(?:[Vv]ol(?:ume|\.)?|[Vv]\.)\s*"
_VOLUME = rf"(?:{_VOL})?(?P<volume>(?:(?<=[.\s])[A-Z])?\d{{1,4}})"
_MARK = r"(?i:\b(?:no|nr|issues?|iss|number)\b\.?)\s*"
_NUMBER = (
    rf"(?:{_MARK}(?P<number>\d{{1,3}}(?:\s*[-–/]{{1,2}}\s*\d{{1,3}})?)"
    r"|\((?P<issue>\d{1,2}(?:[-–/]{1,2}\d{1,2})?)\)|:(?P<colon>\d{1,2})(?=,))"
)
_ONE = r"(?:[A-Z]{1,2}|e)?\d{1,7}(?:\s?\([RT]\)|R)?"
_PAGES = rf"(?:(?i:\b(?:pp?|pages|pgs))\b\.?\s*|pp)?(?P<pages>{_ONE}(?:\s*[-–—]{{1,3}}\s*{_ONE})?)"
_GAP = r"[\s,;]*"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,?\s+"
_YEAR = (
    rf"\(?(?:\d{{1,2}}\s+)?(?:{_MONTH})?(?:\d{{1,2}},\s+)?"  # (04 June 2015), (May 21, 2016)
    r"(?P<year>(?:19|20)\d\d)\)?"
)
_HEAD = rf"{_JOURNAL}{_GAP}{_VOLUME}"
_FORMS = tuple(
    re.compile(form + r"[\s.,;]*", re.ASCII)
    for form in (
        rf"{_HEAD}(?:{_GAP}{_NUMBER})?\s*:\s*{_PAGES}{_GAP}{_YEAR}",  # Phys.Lett.B661:167-174,2008
        rf"{_HEAD}(?:{_GAP}{_NUMBER})?[\s,;:]+{_PAGES}{_GAP}{_YEAR}",  # Phys. Rev. A 77, 043813 (2008)
        rf"{_HEAD}{_GAP}{_YEAR}(?:{_GAP}{_NUMBER})?[\s,;:]*{_PAGES}",  # J. Algebra 321 (2009), 3450-3468.
        rf"{_HEAD}{_GAP}{_NUMBER}{_GAP}{_YEAR}[\s,;:]*{_PAGES}",  # Physica A, V. 387, Issues 2-3 (2008), Pages 385-406
        rf"{_JOURNAL}{_GAP}{_YEAR}{_GAP}{_VOLUME}(?:{_GAP}{_NUMBER})?[\s,;]*:\s*{_PAGES}",  # MNRAS (2016) 458 (3): 3060
        rf"{_JOURNAL}{_GAP}{_YEAR}{_GAP}(?={_VOL}){_VOLUME}(?:{_GAP}{_NUMBER})?[\s,;]*{_PAGES}",  # 2008, Vol. 18, 1026
    )
)
_NO_JOURNAL = re.compile(
    r"^in\b|conf\.|(?i:\b(?:submitted|appears?|appeared|accepted|press|forthcoming|thesis|proceedings|conf(?:erence)?"
    r"|workshop|symposium|school|lectures?|lect|lncs|lnm|chapter|book|eds?|editors?|published|revised|preprint|arxiv"
    r"|erratum|ibid|addendum|report|technical|springer|vol|volume)\b)|Conf\."
)
_BY_MONTH = frozenset({"JHEP", "JCAP", "JINST", "Journal of High Energy Physics"})
"""Journals whose volume is a month, written as year and month in old references."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands."""

    journal: str
    volume: str
    pages: str
    """``167--174`` as BibTeX writes a range, or the number of an article."""
    year: int
    number: str | None = None


def parse_journal_ref(text: str) -> Place | None:
    """The place that ``text`` names; None unless all of it is understood in one way."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _place(match)
    return None


def _place(match: re.Match[str]) -> Place | None:
    journal = match["journal"].strip(" ,-&")
    if _NO_JOURNAL.search(journal) or len(re.findall(r"[A-Za-z]", journal)) < 2:
        return None
    journal = re.sub(r"\.(?=[A-Za-z])", ". ", journal)
    volume, year = match["volume"], int(match["year"])
    number = next((match[name] for name in ("number", "issue", "colon") if match[name]), None)
    if volume[0].isalpha():  # Phys.Lett.B661 is volume 661 of Physics Letters B
        journal, volume = f"{journal} {volume[0]}", volume[1:]
    if journal in _BY_MONTH and len(volume) == 4:
        if int(volume[:2]) != year % 100:
            return None
        volume = volume[2:]
    pages = re.sub(r"\s*[-–—]{1,3}\s*", "--", match["pages"]).strip()
    return Place(journal, volume, pages, year, re.sub(r"\s*[-–/]{1,2}\s*", "--", number) if number else None)
