"""A .ris file → papers: one field a line, as publishers' pages and EndNote give them.

Taken is what is found in the wild: tags with any spaces before the hyphen, values that go on in the next line, records
without ``ER``, small letters, tags of one vendor. What had to be mended or skipped is a problem with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperpath.formats import entry_types
from paperpath.formats.file_links import is_pdf, local_path
from paperpath.formats.html_notes import markdown
from paperpath.formats.plain_read import Raw, clean_key, extra_lines, identified, paper_from, result, stamp
from paperpath.formats.result import Beside, Problem
from paperpath.formats.tidy import tidy
from paperpath.model import Author
from paperpath.names import parse_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.formats.result import ReadResult
    from paperpath.model import Paper

_LINE = re.compile(r"\s?([A-Za-z][A-Za-z0-9])( {0,2})-(?: (.*)|$)")
_FIELDS = {
    "VL": "volume", "IS": "number", "CP": "number", "DO": "doi", "UR": "url", "AB": "abstract", "N2": "abstract",
    "PB": "publisher", "CY": "address", "PP": "address", "ET": "edition", "LA": "language", "T3": "series",
    "ST": "shorttitle", "NV": "volumes", "CN": "call-number", "L1": "file", "C7": "eid", "OP": "origtitle",
    "DB": "database",
}  # fmt: skip
_PEOPLE = {"ED": "editor", "A2": "editor", "A4": "translator", "TA": "translator"}
_TITLES = ("TI", "T1", "CT")
_VENUES = ("T2", "JF", "BT", "JO", "JA", "J1", "J2")
"""Where a paper appeared, from the whole title to the short one."""
_SPECIAL = frozenset(
    "TY ER AU A1 PY Y1 DA Y2 SP EP SN KW ID N1 AN M1 M2 M3 A3 C1 C2 C3 C4 C5 C6 C8 L2 L4 RN SE DP".split()
)
_KNOWN = _SPECIAL | {*_FIELDS, *_PEOPLE, *_TITLES, *_VENUES}
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]", re.ASCII)


@dataclass(slots=True)
class _Record:
    """The fields of one record, in the order of the file."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    """Tag and value, as it was broken into lines."""
    values: dict[str, list[str]] = field(default_factory=dict)
    """The same put together, by tag."""

    def put_together(self) -> None:
        for tag, parts in self.lines:
            if text := tidy(" ".join(parts)):
                self.values.setdefault(tag, []).append(text)

    def all(self, *tags: str) -> list[str]:
        return [text for tag in tags for text in self.values.get(tag, ())]

    def first(self, *tags: str) -> str:
        return next(iter(self.all(*tags)), "")


def read(text: str) -> ReadResult:
    """See :func:`paperpath.formats.ris.read`."""
    problems: list[Problem] = []
    records = list(_records(text.removeprefix("\ufeff"), problems))
    papers = [(record.line, _paper(record)) for record in records]
    found = {at: one for at, record in enumerate(records) if (one := _beside(record)) != Beside()}
    return result(papers, problems)._replace(beside=found)


def _records(text: str, problems: list[Problem]) -> Iterator[_Record]:
    """The records of a file. Lines are put together before anything is said of their meaning."""
    record: _Record | None = None
    skipping = small = False
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        found = _LINE.match(line)
        tag = _tag(found, small) if found else ""
        value = (found[3] or "").strip() if found else ""
        if tag == "TY":
            if record:
                problems.append(_warning(number, "The record before has no ER line; it was taken to end here"))
                yield record
            record, skipping, small = _Record(number), False, bool(found and found[1].islower())
            if small:
                problems.append(_warning(number, "Tags in small letters were read as if they were capitals"))
        elif tag == "ER":
            if record:
                yield record
            record = None
            continue
        elif tag and record is None and not skipping:
            problems.append(_warning(number, "A record without a TY line; its type is not known"))
            record = _Record(number)
        if record and tag:
            record.lines.append((tag, [value]))
        elif record and line.strip():
            _go_on(record, line.strip())
        elif line.strip() and not skipping:
            problems.append(_problem(number, f"{line.strip()[:40]!r} belongs to no record and was left out"))
            skipping = True
    if record:
        problems.append(_warning(record.line, "The record that begins here has no ER line; it was read to the end"))
        yield record


def _tag(found: re.Match[str], small: bool) -> str:
    """The tag of a line, or nothing: ``AI- driven`` and ``an - other`` go on with a value.

    A tag in small letters counts where those of the record are all so, and one that nobody knows only as it should be,
    with two spaces.
    """
    tag = found[1].upper()
    if tag == "TY":
        return tag if found[3] else ""
    if found[1] != tag and not small:
        return ""
    return tag if tag in _KNOWN or len(found[2]) == 2 else ""


def _go_on(record: _Record, text: str) -> None:
    """A line without a tag belongs to the value above; keywords come one a line."""
    tag, parts = record.lines[-1]
    if tag == "KW":
        record.lines.append((tag, [text]))
    else:
        parts.append(text)


def _problem(line: int, message: str) -> Problem:
    return Problem(line, f"{message}.")


def _warning(line: int, message: str) -> Problem:
    return Problem(line, f"{message}.", "warning")


def _paper(record: _Record) -> Paper:
    record.put_together()
    kind = record.first("TY").upper()
    raw = Raw(entry_types.from_ris(kind) or "misc", key=clean_key(record.first("ID")))
    titles = record.all(*_TITLES)
    venues = record.all(*_VENUES)
    if not titles and record.first("BT"):  # an EndNote book
        titles.append(venues.pop(venues.index(record.first("BT"))))
    raw.title = titles[0] if titles else ""
    raw.add("titleaddon", _others(titles))
    _add_venue(raw, kind, venues, record)
    raw.authors = [author for name in record.all("AU", "A1") if (author := _author(name)).family]
    for tag in ("DA", "PY", "Y1"):
        raw.date(record.first(tag))
        raw.add(f"ris-{tag.lower()}", _others(record.all(tag)))
    _add_pages(raw, record)
    for tag, texts in record.values.items():
        if tag not in _DONE:
            _add(raw, tag, texts)
    if kind and not entry_types.from_ris(kind):
        raw.fields.setdefault("type", kind)
    if raw.fields.get("database", "").lower() == "arxiv":
        del raw.fields["database"]
    return paper_from(raw)


def _beside(record: _Record) -> Beside:
    """Links to PDFs, keywords, and notes with their lines, which the fields of a paper do not have."""
    links = (local_path(text) for text in record.all("L1"))
    notes = (
        markdown("\n".join(parts))
        for tag, parts in record.lines
        if tag == "N1" and any(parts) and not stamp(tidy(" ".join(parts))) and not _COUNTED.match(parts[0])
    )
    return Beside(
        files=tuple(dict.fromkeys(path for path in links if path and is_pdf(path))),
        keywords=tuple(dict.fromkeys(record.all("KW"))),
        notes=tuple(dict.fromkeys(filter(None, notes))),
    )


_COUNTED = re.compile(r"(?:cited by|times cited|export date|references?|ID) ?:", re.I)
"""How the notes begin that Scopus and the Web of Science write on their own account."""


def _add_venue(raw: Raw, kind: str, venues: list[str], record: _Record) -> None:
    """The longest name of the venue; a book has a series instead, and proceedings are in none."""
    whole = venues[0] if venues else ""
    if kind == "CONF" and not whole and not record.first("SP"):
        raw.entry_type = "proceedings"
    if raw.entry_type == "book":
        raw.add("series", whole)
    else:
        raw.venue = whole
    raw.add("shortjournal", _others(venues))


def _others(texts: list[str]) -> str:
    """All but the first and what says the same, in one go: a value that grew bit by bit would take quadratic time."""
    return "; ".join(text for text in dict.fromkeys(texts) if text != texts[0])


def _author(name: str) -> Author:
    """``Last, First, Suffix``; a comma and nothing behind it says that the name is whole."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and not parts[1]:
        return Author(parts[0], literal=True)
    if len(parts) == 3:
        parts[1:] = parts[2], parts[1]  # BibTeX's order; parse_name turns those that had it already
    return parse_name(", ".join(parts)) if parts[0] else Author("")


def _add_pages(raw: Raw, record: _Record) -> None:
    first, last = record.first("SP"), record.first("EP")
    if first and last and last != first and not re.search(r"\d\s?[-–—]+\s?\w", first):
        first = f"{first}–{last}"
    raw.add("pages", first or last)


def _add(raw: Raw, tag: str, texts: list[str]) -> None:
    """Take over all values of one tag."""
    if tag in _PEOPLE:
        from paperpath.formats.bibtex_names import plain_name

        raw.add(_PEOPLE[tag], " and ".join(plain_name(_author(text)) for text in texts), " and ")
    elif tag == "KW":
        raw.add("keywords", ", ".join(texts))
    elif tag == "N1" or (tag in ("AN", "M1", "M2") and texts[0].lower().startswith("arxiv:")):
        extra_lines(raw, texts)
    elif tag == "Y2":
        raw.add("urldate", texts[0].strip("/").replace("/", "-"))
    elif tag == "UR":
        raw.add("url", texts[0])
        raw.add("ris-ur", " ".join(texts[1:]))
    elif tag in ("SN", "M3"):
        meanings = [(_meaning(tag, text), text) for text in dict.fromkeys(texts)]
        for name in dict.fromkeys(meaning for meaning, _ in meanings):
            raw.add(name, "; ".join(text for meaning, text in meanings if meaning == name))
    else:
        raw.add(_FIELDS.get(tag, f"ris-{tag.lower()}"), "; ".join(dict.fromkeys(texts)))


def _meaning(tag: str, text: str) -> str:
    """BibTeX's field for two tags that hold two things: ``SN`` ISBN and ISSN, ``M3`` the type and, once, the DOI."""
    if tag == "SN":
        return "issn" if _ISSN.fullmatch(text.partition(" ")[0]) else "isbn"
    found = identified(text)
    return "doi" if found and found.scheme != "url" else "type"


_DONE = frozenset([*_TITLES, *_VENUES, *"TY ID AU A1 DA PY Y1 SP EP".split()])
