"""RIS, both directions: what EndNote and Mendeley speak, one field a line.

Written are the tags of 2011's specification that Zotero, Mendeley and EndNote agree on. A paper on arXiv has its id as
accession number, and arXiv as database; a corporate name ends in a comma, which is EndNote's way of saying that it is
whole, and which other programs drop. What is read, and how it is mended, is told in ``ris_read``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats import entry_types
from paperpath.formats.dates import year_and_month
from paperpath.formats.plain_write import day, entry_type, first_and_last, identifiers, keys, plain, publisher
from paperpath.formats.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.formats.result import ReadResult
    from paperpath.model import Author, Paper


def read(text: str) -> ReadResult:
    """The papers of a .ris file; never raises. A tag that BibTeX has no field for is kept as ``ris-c1`` or the like."""
    from paperpath.formats import ris_read

    return ris_read.read(text)


def write(papers: Sequence[Paper]) -> str:
    """A .ris file of ``papers``, in the order given, with an empty line between records."""
    return "\n".join(
        "".join(f"{tag}  - {text}\n" for tag, text in _lines(paper, key)) + "ER  - \n"
        for paper, key in zip(papers, keys(papers), strict=True)
    )


def _lines(paper: Paper, key: str) -> Iterator[tuple[str, str]]:
    ids = identifiers(paper)
    kind = entry_type(paper, ids.arxiv)
    extra = dict(paper.extra)
    yield "TY", kind.ris
    first, last = first_and_last(paper.pages or "")
    year, month = year_and_month(paper)
    series = "T2" if kind.bibtex == "book" and not paper.venue else "T3"
    values = [
        ("ID", key),
        *(("AU", _name(author)) for author in paper.authors),
        ("TI", plain(paper.title)),
        ("T2", plain(paper.venue)),
        (series, plain(extra.get("series"))),
        *_editors(extra),
        ("PY", f"{year:04}" if year else ""),
        ("DA", _date(paper, year, month) if year and month else ""),
        ("VL", paper.volume),
        ("IS", paper.number),
        ("SP", first),
        ("EP", last),
        ("PB", publisher(paper) or ("arXiv" if kind is entry_types.PREPRINT else "")),
        ("M3", extra.get("type") or entry_types.genre(paper.entry_type)),
        ("DO", ids.doi),
        ("UR", ids.url),
        ("AN", _accession(paper, ids.arxiv)),
        ("DB", "arXiv" if ids.arxiv else ""),
        ("SN", extra.get("isbn")),
        ("SN", extra.get("issn")),
        ("N1", extra.get("note")),
        *((tag, extra.get(name)) for tag, name in _OTHERS.items()),
        *(("KW", word) for word in extra.get("keywords", "").split(",")),
        ("AB", paper.abstract),
    ]
    yield from ((tag, text) for tag, value in values if value and (text := tidy(value)))


_OTHERS = {"CY": "address", "ET": "edition", "LA": "language", "J2": "shortjournal", "ST": "shorttitle", "C7": "eid"}


def _name(author: Author) -> str:
    """``van der Maaten, Laurens``; a whole name has a comma at its end and none inside."""
    if author.literal or (not author.given and not author.suffix and " " in author.surname):
        return f"{plain(str(author)).replace(',', ' ')},"
    parts = [plain(part).replace(",", " ") for part in (author.surname, author.given, author.suffix)]
    return ", ".join(parts).removesuffix(", ").removesuffix(", ")


def _editors(extra: dict[str, str]) -> Iterator[tuple[str, str]]:
    from paperpath.formats.bibtex_names import authors

    for tag, name in (("ED", "editor"), ("A4", "translator")):
        for person in authors(extra.get(name, "")):
            yield tag, _name(person)


def _date(paper: Paper, year: int, month: int) -> str:
    on = day(paper, year, month)
    return f"{year:04}/{month:02}/{on:02}" if on else f"{year:04}/{month:02}//"


def _accession(paper: Paper, arxiv: str) -> str:
    if not arxiv:
        return ""
    return f"arXiv:{arxiv} [{paper.primary_category}]" if paper.primary_category else f"arXiv:{arxiv}"
