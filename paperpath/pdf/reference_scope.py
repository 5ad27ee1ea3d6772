"""Volume, issue and pages: the numbers behind the journal of a reference.

Styles agree on the order (volume, issue, pages) and on nothing else: a colon, a comma, parentheses, a dot or a word
("vol.", "pp.") may stand between them, and the year before, behind or among them. So the text is taken as a row of
words, dates and numbers, and the numbers between two words are read together: by what they call themselves, by how many
they are, and by what can be a volume or a page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paperpath.pdf.reference_venues import YEAR


class Scope(NamedTuple):
    """Where in its journal or book an entry stands."""

    volume: str | None = None
    issue: str | None = None
    pages: str | None = None


class _Item(NamedTuple):
    """A number of a run, with the name of the pattern that found it."""

    kind: str
    text: str
    after: str
    """The mark or the year in parentheses that it stands right behind."""


class _Run(NamedTuple):
    """Numbers with no word between them."""

    start: int
    items: list[_Item]


_HYPHENS = "-‐‑–—−~～"
_DASH = rf"\s?[{_HYPHENS}]{{1,3}}\s?"
_ONE = r"(?:[A-Z]{1,3}|e[a-z]{0,3})?\d{1,12}(?!\s?(?:st|nd|rd|th)(?![a-z]))[A-Za-z]?"
"""``1735``, ``L12``, ``S08002``, ``RG4002``, ``e1004``, ``71B``, and no ``2nd``."""
_RANGE = rf"{_ONE}{_DASH}{_ONE}"
_LETTERED = r"[A-Z]{1,5}-\d{1,3}"
"""A volume of the IEEE: ``PAMI-12``."""
_END = r"(?![A-Za-z\d])"
_APART = rf"{_END}(?!/\d)(?!\.(?!{YEAR}\b)\d)(?![{_HYPHENS}]\w)"
"""A number that is no part of ``12/34``, ``12.34`` or ``12-34-X``."""
_GAP = r"[\s.,:]{0,3}\(?"
"""Between a word and its number."""
_FREE_YEAR = rf"(?<![A-Za-z\d]){YEAR}"
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"

# Numbers that are none of ours: days, numbers of reports and chapters, identifiers, and how many pages there are.
_DAYS = r"\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?\b"
_MONTH = (
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)\b\.?"
)
_DATE = (
    rf"(?:{_DAYS}\s)?{_MONTH}(?:\s{_DAYS}(?![(:]))?|{_FREE_YEAR}[/-]\d\d?[/-]\d\d?\b"
    rf"|{_FREE_YEAR}\s?[年년](?:\s?\d\d?\s?[月월])?"
)
_OTHER = (
    r"\b(?i:(?:tech(?:n(?:ical)?)?|internal)\.? (?:rep(?:ort)?s?|notes?|memo(?:randum)?)|report|rep\.? no|preprint"
    r"|(?:working|discussion) papers?|patent|chap(?:ters?)?|ch|sec(?:t(?:ion)?)?|part|s[ée]rie|version"
    r"|grant|rfc)\b[\s.:]{0,3}(?:[Nn]o?\.?\s?)?(?:[A-Z]{2,4}\s?)?\d[\d/.,-]{0,20}"
    r"|\b(?i:isbn|issn|doi|pii|pmc?id)\b[\s:]{0,3}\S{1,60}|\b\d{1,3}(?:(?:,\d{3}){2,4}|,000)\b"
)
_AMOUNT = r"\b(?:[ivxl]{1,6}\s?\+\s?)?\d{1,5}\s?\+?\s?(?:pp?|pages)\b\.?(?!\s?[A-Za-z]?\d)"

# Numbers that say what they are.
_VOLUME = (
    rf"\b(?:(?i:vol(?:umes?|s)?|tom[eo]?|band|bd|jahrgang|jg)\b|[tTvV]\.){_GAP}"
    rf"(?P<volume_>\d{{1,5}}{_DASH}\d{{1,5}}{_END}|{_LETTERED}{_END}|{_ONE}{_END}|[IVXLC]{{1,7}}\b)"
)
_ISSUE = (
    rf"(?:\b(?:(?i:nos?|nr|num(?:bers?)?|issues?|iss|heft|fasc)\b|[nN][°ºo]|[hHnN]\.)|№){_GAP}"
    rf"(?P<issue_>(?:{_RANGE}|{_ONE}/{_ONE}|{_ONE}){_END})"
)
_PAGES = (
    r"\b(?:(?i:pp|pages?|pgs?|art(?:icle)?s?(?: ?(?:id|no|number)\b\.?)?|eid|seiten?|págs?)\b|[pP]\b|p(?=\d))"
    rf"{_GAP}(?P<pages_>(?:{_RANGE}|{_ONE}){_END})|\bS\.\s?(?P<seiten>\d{{1,5}}{_DASH}\d{{1,5}})"
)

# The year, and numbers that say nothing.
_YEAR = rf"[(\[]\s?(?:[^()\[\]]{{0,30}}[\s,.])?{YEAR}[a-z]?(?:[\s,/–-][^()\[\]]{{0,20}})?\s?[)\]]"
_BRACKETED = rf"\(\s?(?P<within>{_RANGE}|{_ONE}/{_ONE}|{_ONE}|(?i:suppl(?:ement)?|pt|part)\b\.?(?:\s\w{{1,3}})?)\s?\)"
_WORD = (
    rf"[^\W\d_]{{1,20}}\.(?=\d)|(?:Perkin|Dalton|Faraday) Trans(?:\.|actions) [12]\b"
    rf"|[A-Z]{{4,8}}(?=(?!{YEAR})\d{{2,4}}\b)|[{_CJK}]+|[^\s,;:()\[\]{_CJK}]+"
)
"""All up to the next space; a journal's letters before its volume, as in ``JHEP04``; a journal with a number in it."""

_PLAIN = (
    r"(?!(?i:tech|internal|rep|preprint|working|discussion|patent|ch|sec|part|serie|version|grant|rfc|is[bs]n|doi|pii"
    r"|pmc?id|[ivxl]{1,6}\b|vol|tom|band|bd|jahr|jg|n[or]|num|iss|heft|fasc|pp|page|pg|art|eid|seit|suppl|pos|jan|feb"
    r"|mar|apr|may|jun|jul|aug|sep|oct|dec|spring|summer|autumn|fall|winter|perkin|dalton|faraday))"
    r"[A-Za-z][a-z]+\.?(?=[\s,;:])"
)
"""A word with which no pattern below begins. Most words are such, and each would be offered to all of them."""

_PATTERNS = {
    "plain": rf"{_PLAIN}(?>(?:[\s,;:]+{_PLAIN})*)",
    "stop": r"[.,;:]",
    "date": _DATE,
    "other": _OTHER,
    "amount": _AMOUNT,
    "volume": _VOLUME,
    "issue": _ISSUE,
    "pages": _PAGES,
    "ideographic_volume": r"[第제]?\s?(?P<juan>\d{1,4})\s?[巻卷권]",
    "ideographic_issue": r"[第제]?\s?(?P<hao>\d{1,4})\s?[号號期호]",
    "conference": r"PoS\s?\(?(?P<pos>[A-Za-z-]{2,10}\s?\d{2,4})\b\)?",
    "year": _YEAR,
    "bracketed": _BRACKETED,
    "bare": rf"{_FREE_YEAR}[a-z]?{_END}(?!{_DASH}\d)",
    "supplement": r"\b[Ss]uppl(?:ement)?\b\.?(?:\s\d{1,3}\b)?",
    "range": rf"{_RANGE}{_APART}",
    "dotted": r"\d{1,4}\.\d{1,3}(?:[-–/]\d{1,3})?(?![\w.])",
    "number": rf"\d{{1,4}}\s[A-Ha-h](?=\s?[\[(,])|(?:{_LETTERED}|{_ONE}){_APART}",
    "mark": r"[^\w\s]",
    "word": _WORD,
}
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(rf"(?<=\d){_DASH}|(?<=\d[A-Za-z]){_DASH}")
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_INSIDE = ("volume_", "issue_", "pages_", "seiten", "juan", "hao", "pos", "within")
_NAMED = {
    "volume": "volume",
    "conference": "volume",
    "ideographic_volume": "volume",
    "issue": "issue",
    "ideographic_issue": "issue",
    "supplement": "issue",
    "pages": "pages",
}
_WORDS = ("plain", "word")
_YEARS = ("year", "bare")
_SILENT = ("stop", "mark", "date", "other", "amount")
_DOUBLE = re.compile(rf"(?P<volume>\d{{1,4}})(?:\.|{_DASH})(?P<issue>\d{{1,3}})")
_NAME = re.compile(rf"(?<!\band)(?<!\bor)(?<!\bto)(?<!\bof)(?<!\bin)(?<!\bfrom)(?<!\bwith)(?<=\w)[^{_HYPHENS}\w'’]*$")
"""What a volume may stand behind if nothing else tells that it is one."""
_NO_VOLUMES = re.compile(
    r"\bJ(?:\.|ournal of the)? Chem(?:ical|\.)? Soc|\bChem\. Comm(?:un)?\.?|\bSoc\. Chim\. Fr\.|\bSynthesis\b"
)
"""Journals of chemistry that were counted by years for decades: their lone number is a page."""
_REACH = 80
"""Characters of a title, or before a run of numbers, that are looked at."""


def read(rest: str, year: int | None, title: str | None = None) -> Scope:
    """Volume, issue and pages in ``rest``, the part of an entry behind its title; ``year`` is that of the entry.

    Numbers that stand together and are a volume with its pages are taken before others. Where ``rest`` has none, the
    journal may have been taken for the end of the title.
    """
    scopes = _scopes(rest, year)
    end = (title or "")[-_REACH:]
    whole = _whole(scopes) or (_whole(_scopes(f"{end} {rest}", year)) if _DIGIT.search(end) else None)
    volume, issue, pages = (next((found[n] for found in scopes if found[n]), None) for n in range(3))
    return whole or Scope(volume, issue, pages)


def _scopes(text: str, year: int | None) -> list[Scope]:
    return [_settled(run, text[max(0, run.start - _REACH) : run.start], year) for run in _runs(text)]


def _whole(scopes: list[Scope]) -> Scope | None:
    return next((scope for scope in scopes if scope.volume and scope.pages), None)


def _runs(text: str) -> list[_Run]:
    """The numbers of ``text``; a word ends a run of them, and so does a semicolon behind its second number."""
    runs = [_Run(0, [])]
    last, numbers = "", 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""  # the outer group: it closes last
        behind_dash = last != "" and last in _HYPHENS  # "INDC (NDS)-0713" is a report
        if kind in _WORDS or (match[0] == ";" and numbers > 1):
            runs.append(_Run(match.end(), []))
            numbers = 0
        elif kind in _NAMED or (kind not in _SILENT and not behind_dash):
            inside = next((match[name] for name in _INSIDE if match[name]), match[0])
            runs[-1].items.append(_Item(kind, inside, last))
            numbers += kind not in _YEARS
        last = match[0] if kind in ("stop", "mark", "year") else ""
    return [run for run in runs if run.items]


def _settled(run: _Run, before: str, year: int | None) -> Scope:
    """What the numbers of one run mean; ``before`` is the text that it follows."""
    named: dict[str, str] = {}
    plain: list[_Item] = []
    leading = None
    dated = any(item.kind == "year" for item in run.items)
    for item in run.items:
        begun = bool(plain) or "volume" in named
        if item.kind in _NAMED:
            named.setdefault(_NAMED[item.kind], item.text)
        elif item.kind == "bracketed" and begun:
            named.setdefault("issue", item.text)
        elif item.kind == "bracketed":
            leading = item.text
        elif item.kind not in _YEARS or (item.kind == "bare" and begun and (dated or int(item.text[:4]) != year)):
            plain.append(item)
    volume, issue, pages = (named.get(field) for field in Scope._fields)
    if not volume and plain and _is_volume(plain, before, dated=dated, alone=len(plain) == 1 and not named):
        volume = plain.pop(0).text
    if volume and not issue and (double := _DOUBLE.fullmatch(volume)) and _is_volume_and_issue(double):
        volume, issue = double["volume"], double["issue"]
    if not issue and len(plain) > bool(not pages) and _is_issue(plain[0], None if pages else plain[1]):
        issue = plain.pop(0).text
    if not pages and plain and (volume or _is_page(plain[0], before, dated=dated)):
        pages = plain[0].text
    if not volume and pages:
        volume = _year_as_volume(run, dated=dated)
        issue = issue or leading  # "(5):1384"; in "Ann. of Math. (2) 48" it is the series
    return Scope(_tidy(volume), _tidy(issue), _tidy(pages))


def _year_as_volume(run: _Run, *, dated: bool) -> str | None:
    """The year that stands in the place of the volume: ``2016:1–16``, ``2015;2015:19``, ``2011 (07) (2011) P07001``."""
    for item, behind in zip(run.items, run.items[1:], strict=False):
        if item.kind == "bare" and (behind.after == ":" or (dated and behind.kind in ("bracketed", "year"))):
            return item.text
    return None


def _is_volume(plain: list[_Item], before: str, *, dated: bool, alone: bool) -> bool:
    """Whether the first of the numbers that do not say what they are is a volume."""
    first = plain[0]
    digits = len(re.sub(r"\D", "", first.text))
    if first.kind == "range":  # of a volume and an issue, or of two volumes if pages follow
        double = _DOUBLE.fullmatch(first.text)
        return len(plain) > 1 or bool(double and _is_volume_and_issue(double))
    if first.kind == "dotted" and alone and not dated:  # "TS 25.430"
        return False
    if (first.after == "(" and "-" in first.text) or first.text[0] == "e" or digits > 4:  # "(ICML-13)", "e1004"
        return False
    return not alone or (not _is_page(first, before, dated=dated) and _NAME.search(before) is not None)


def _is_page(item: _Item, before: str, *, dated: bool) -> bool:
    """Whether a number without a volume is a page: it is a range, stands behind a year, or is too great."""
    if item.kind == "range" or item.after == ":" or len(item.after) > 1:
        return True
    return dated and (len(re.sub(r"\D", "", item.text)) == 4 or _NO_VOLUMES.search(before) is not None)


def _is_volume_and_issue(double: re.Match[str]) -> bool:
    """Whether ``67-5`` or ``9.8`` is a volume with its issue: pages do not end before they begin."""
    volume, issue = double["volume"], double["issue"]
    return "." in double[0] or (len(issue) < 3 and int(issue) < int(volume[-len(issue) :]))


def _is_issue(item: _Item, behind: _Item | None) -> bool:
    """Whether a number between the volume and the pages is an issue; few have more than two digits, as Nature's."""
    digits = 4 if behind is None or behind.kind == "range" or behind.after == ":" else 2
    return item.kind in ("number", "bare") and item.after != ":" and len(item.text) <= digits


def _tidy(text: str | None) -> str | None:
    """One en dash between two numbers and no spaces around it."""
    return " ".join(_BETWEEN.sub("–", text).split()) if text else None
