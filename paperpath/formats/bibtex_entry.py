"""The fields of one entry, of either dialect → :class:`Paper`.

Names of fields become BibTeX's older ones (``journaltitle`` is ``journal``, ``location`` is ``address``), so that the
rest of the program knows one vocabulary. Texts are decoded; addresses and ids are not, for ``%20`` and ``~`` mean
something there.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paperpath.errors import NotAnId
from paperpath.formats.bibtex_names import authors, names_text
from paperpath.formats.dates import MONTHS
from paperpath.formats.latex_decode import decode, loses, verbatim
from paperpath.ids import arxiv_id, parse_id
from paperpath.model import Paper, PaperId

OLDER_NAMES = {
    "journaltitle": "journal", "location": "address", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "annotation": "annote", "articleno": "eid",
}  # fmt: skip
_TYPES = {
    "conference": "inproceedings", "electronic": "online", "www": "online", "webpage": "online", "report": "techreport",
}  # fmt: skip
VERBATIM = frozenset(
    "ids url urls doi eprint file pdf ee biburl howpublished-url bdsk-url-1 bdsk-url-2 local-url".split()
)
"""Fields in which LaTeX has no business."""
_NAMES = frozenset(
    "editor translator bookauthor editora editorb editorc afterword annotator commentator foreword holder introduction"
    " shortauthor shorteditor".split()
)
_MONTH = re.compile("|".join(MONTHS), re.I)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-\d\d)?\b")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ARXIV_JOURNAL = re.compile(
    r"(?:(?:arxiv|corr)(?:\.org)?(?:\s+(?:preprints?|e-?prints?))?|computing research repository)?"
    r"[\s,:]*(?:(?:arxiv:|abs/)\s*(?P<id>[\w./-]+))?(?:\s*\[[\w.\- ]+\])?[.,]?",
    re.I,
)
_NEW_ARXIV = re.compile(r"(?:1[5-9]|2\d)(?:0[1-9]|1[0-2])\.\d{4}[1-9]", re.ASCII)
_USUAL_DOI = re.compile(
    r"(?>(?:https?://(?:dx\.)?doi\.org/)?)(10\.(?!48550/)\d{4,9}+/[A-Za-z0-9._/-]{0,200}[A-Za-z0-9])", re.ASCII
)
ELSEWHERE = re.compile(
    r"https?://(?![\w.-]*(?:arxiv|alphaxiv|ar5iv|xxx\.lanl|doi)\.)[a-z0-9.-]{1,200}/[\w.~%#?=&/-]{0,1000}[\w/]",
    re.ASCII,
)
"""An address of another place, in no need of an escape. Both are shorter than what is too long for an id."""
_IN_VOLUME = re.compile(r"(?:abs/|arxiv:)?\s*((?:[a-z-]+(?:\.[A-Z]{2})?/)?\d{4}\.?\d{3,5}(?:v\d+)?)", re.I)


def paper_from(entry_type: str, key: str, fields: dict[str, str]) -> Paper:
    """The paper that an entry describes.

    Args:
        entry_type: in lower case.
        key: its citation key, or empty.
        fields: raw values by lower-case name, macros expanded; emptied in the course.
    """
    for name, older in OLDER_NAMES.items():
        if name in fields:
            fields.setdefault(older, fields.pop(name))
    found = _identifiers(fields)
    entry_type = _type(entry_type, fields)
    raw = _raw(entry_type, fields) if any("\\" in value for value in fields.values()) else []
    venue = _venue(entry_type, fields)
    year, month = _date(fields)
    number = _take(fields, "number")
    return Paper(
        title=_with_subtitle(_take(fields, "title"), _take(fields, "subtitle")),
        authors=authors(fields.pop("author", "")),
        key=key.strip(),
        entry_type=entry_type,
        year=year,
        month=month,
        venue=venue or None,
        volume=_take(fields, "volume") or None,
        number=(number or _issue(fields)) or None,
        pages=_take(fields, "pages") or None,
        publisher=_take(fields, "publisher") or None,
        doi=found.doi,
        url=found.url,
        arxiv_id=found.arxiv.value if found.arxiv else None,
        arxiv_version=found.arxiv.version if found.arxiv else None,
        primary_category=found.category,
        abstract=_take(fields, "abstract") or None,
        extra=(*((name, text) for name, value in fields.items() if (text := _other(name, value))), *raw),
    )


RAW = "latex-"
"""What the name of a field begins with that holds another one's LaTeX: ``latex-title``."""
_NOT_RAW = VERBATIM | _NAMES | {"author", "year", "month", "date", "abstract"}


def _raw(entry_type: str, fields: dict[str, str]) -> list[tuple[str, str]]:
    """Fields that lose something when they are decoded, so that an export can write them as they were."""
    places = _places(entry_type, fields)
    return [
        (RAW + ("venue" if name == places[0] else name), " ".join(value.split()))
        for name, value in fields.items()
        if "\\" in value and name not in _NOT_RAW and not name.startswith(RAW) and loses(value)
    ]


def _take(fields: dict[str, str], name: str) -> str:
    value = fields.pop(name, "")
    return decode(value) if value else ""


def _other(name: str, value: str) -> str:
    if name in VERBATIM:
        return verbatim(value)
    return names_text(value) if name in _NAMES else decode(value)


def _type(entry_type: str, fields: dict[str, str]) -> str:
    """BibTeX's name of the type, where biblatex says ``@thesis`` and the rest in a field."""
    kind = fields.get("type", "").strip().lower()
    if entry_type == "thesis" and re.search(r"ph\.?\s?d|doctor", kind):
        entry_type = "phdthesis"
        del fields["type"]
    elif entry_type == "thesis" and re.search(r"master|mathesis|m\.?\s?sc", kind):
        entry_type = "mastersthesis"
        del fields["type"]
    elif entry_type == "report" and kind == "techreport":
        del fields["type"]
    entry_type = _TYPES.get(entry_type, entry_type)
    if entry_type in ("phdthesis", "mastersthesis", "thesis") and "institution" in fields and "school" not in fields:
        fields["school"] = fields.pop("institution")
    return entry_type


def _venue(entry_type: str, fields: dict[str, str]) -> str:
    """Journal or book title, whichever says where the paper appeared; the other one stays among the fields."""
    name, _ = _places(entry_type, fields)
    venue = _take(fields, name)
    subtitle = "journalsubtitle" if name == "journal" else "booksubtitle"
    return _with_subtitle(venue, _take(fields, subtitle)) if venue else ""


def _places(entry_type: str, fields: dict[str, str]) -> tuple[str, str]:
    """The field that says where the paper appeared, and the one that does not."""
    first, second = ("journal", "booktitle") if entry_type in _IN_JOURNALS else ("booktitle", "journal")
    return (first, second) if fields.get(first) else (second, first)


_IN_JOURNALS = frozenset({"article", "periodical", "suppperiodical", "review", "misc", "unpublished", "online"})


def _with_subtitle(title: str, subtitle: str) -> str:
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", ".", "–", "—")) else f"{title}: {subtitle}"


def _issue(fields: dict[str, str]) -> str:
    """Mendeley and biblatex say issue where BibTeX says number; ``issue = {Spring}`` is no number."""
    return _take(fields, "issue") if decode(fields.get("issue", "")).isdigit() else ""


def _date(fields: dict[str, str]) -> tuple[int | None, int | None]:
    """Year and month; a date that says more, or a year that is none, stays among the fields."""
    year = month = None
    if date := _DATE.match(fields.get("date", "").strip()):
        year, month = int(date[1]), int(date[2] or 0)
        if len(fields["date"].strip()) <= 7:
            del fields["date"]
    if raw := fields.get("year"):
        text = decode(raw)
        if found := _YEAR.search(text):
            year = year or int(found[0])
            if text == found[0]:
                del fields["year"]
    if raw := fields.get("month"):
        text = decode(raw)
        if found := _MONTH.search(text):
            month = month or MONTHS.index(found[0].lower()) + 1
        elif text.isdecimal():
            month = month or int(text)
        if month and (len(text) <= 9 and text.isalnum()):
            del fields["month"]
    return year or None, month if month and 1 <= month <= 12 else None


# ------------------------------------------------------------------------------------------------- identifiers


class _Found:
    """The identifiers of an entry."""

    arxiv: PaperId | None = None
    category: str | None = None
    doi: str | None = None
    url: str | None = None


def _identifiers(fields: dict[str, str]) -> _Found:
    """arXiv id, DOI and URL, from whatever field people put them into; those fields are used up."""
    found = _Found()
    _from_eprint(fields, found)
    _from_doi(fields, found)
    _from_url(fields, found)
    _from_journal(fields, found)
    for name in ("note", "howpublished"):
        if name in fields and (paper_id := _arxiv_text(decode(fields[name]))):
            found.arxiv = found.arxiv or paper_id
            if found.arxiv.value == paper_id.value:
                del fields[name]
    return found


def _from_eprint(fields: dict[str, str], found: _Found) -> None:
    kind = fields.get("eprinttype", "arxiv").strip().lower()
    raw = verbatim(fields.get("eprint", ""))
    paper_id = identified(raw) or identified(re.sub(r"^abs/", "", raw)) if raw and kind == "arxiv" else None
    if paper_id and paper_id.scheme == "arxiv":
        found.arxiv = paper_id
        found.category = decode(fields.pop("eprintclass", "")) or None
        del fields["eprint"]
        fields.pop("eprinttype", None)
    elif "arxivid" in fields and (mendeley := identified(verbatim(fields["arxivid"]))):
        found.arxiv = mendeley
        for name in ("arxivid", "eprinttype", "eprint"):
            fields.pop(name, None)
    elif kind == "arxiv" and not raw:
        fields.pop("eprinttype", None)


def _from_doi(fields: dict[str, str], found: _Found) -> None:
    raw = verbatim(fields.get("doi", ""))
    paper_id = identified(raw) if raw else None
    if paper_id and paper_id.scheme == "doi":
        found.doi = paper_id.value
        del fields["doi"]
    elif paper_id and paper_id.scheme == "arxiv":
        found.arxiv = found.arxiv or paper_id
        del fields["doi"]


def _from_url(fields: dict[str, str], found: _Found) -> None:
    """A URL that says no more than the identifiers do is left out: it can be made from them."""
    raw = verbatim(fields.get("url", "")) or verbatim(fields.get("ee", ""))
    paper_id = identified(raw) if raw else None
    if paper_id and paper_id.scheme == "arxiv":
        found.arxiv = found.arxiv or paper_id
    elif paper_id and paper_id.scheme == "doi":
        found.doi = found.doi or paper_id.value
    else:
        found.url = raw or None
    fields.pop("url", None)


def _from_journal(fields: dict[str, str], found: _Found) -> None:
    """``journal = {arXiv preprint arXiv:1503.02531}`` and ``journal = {CoRR}, volume = {abs/1409.0473}``."""
    raw = fields.get("journal", "")
    if "arxiv" not in raw.lower() and "corr" not in raw.lower() and "computing research" not in raw.lower():
        return
    match = _ARXIV_JOURNAL.fullmatch(decode(raw))
    if not match:
        return
    paper_id = identified(match["id"].rstrip(".,")) if match["id"] else None
    volume = _IN_VOLUME.fullmatch(decode(fields.get("volume", "")))
    paper_id = paper_id or (identified(volume[1]) if volume else None)
    found.arxiv = found.arxiv or paper_id
    if found.arxiv:
        del fields["journal"]
        if volume:
            del fields["volume"]


def _arxiv_text(text: str) -> PaperId | None:
    match = _ARXIV_JOURNAL.fullmatch(text)
    return identified(match["id"].rstrip(".,")) if match and match["id"] else None


def identified(text: str) -> PaperId | None:
    """The id that ``text`` is, or None; what is nearly always meant is told by one pattern and not looked at twice."""
    if doi := _USUAL_DOI.fullmatch(text):
        return PaperId("doi", doi[1].lower())
    if _NEW_ARXIV.fullmatch(text):
        return PaperId("arxiv", text)
    if ELSEWHERE.fullmatch(text):
        return PaperId("url", text)
    return _identified(text)


@lru_cache(maxsize=4096)
def _identified(text: str) -> PaperId | None:
    try:
        return parse_id(text)
    except NotAnId:
        pass
    try:
        return arxiv_id(text)
    except NotAnId:
        return None
