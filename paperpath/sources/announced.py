"""What arXiv announces, read: the RSS feed of a category and pages of OAI-PMH. Pure: bytes in, announcements out.

A feed without papers is believed, for that is how weekends and holidays look; a feed that is not whole is not. One item
that cannot be read costs the others nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath.errors import BadInput, NotAnId
from paperpath.ids import arxiv_id
from paperpath.model import Paper
from paperpath.sources.xml_answers import unbelievable, whole, without_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree import ElementTree as ET

_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_ABSTRACT = re.compile(r"\s*Abstract:\s*(?P<text>.*)", re.S)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_AND = re.compile(r",?\s+and\s+|,\s*")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.I)

Kind = Literal["new", "cross", "replaced"]
_KINDS: dict[str, Kind] = {"new": "new", "cross": "cross", "replace": "replaced", "replace-cross": "replaced"}


@dataclass(frozen=True, slots=True)
class Announced:
    """A paper as a feed tells of it."""

    paper: Paper
    kind: Kind
    """New on arXiv, new in this category, or a later version."""
    day: str
    """When it was announced, ISO 8601."""
    creators: tuple[str, ...] = ()
    """Its authors as the feed writes them, with accents in TeX (``T\\"ornberg``), where ``paper`` has none yet."""


class Page(NamedTuple):
    """A feed, or one page of a long list."""

    day: str | None
    """Which day's announcements they are, ISO 8601; None where that is not said."""
    announced: tuple[Announced, ...]
    token: str = ""
    """What to ask with for the next page; empty on the last."""


class NothingThere(Exception):
    """OAI-PMH's own error, which comes with status 200; its code and text."""


def read_rss(body: bytes) -> Page:
    """The announcements in an RSS feed of arXiv, each paper once.

    Raises:
        Again: it is not whole, or none of its items can be read.
    """
    channel = whole(without_controls(body), b"</rss>", "rss", "RSS feed").find("channel")
    if channel is None:
        raise unbelievable("it is no RSS feed")
    try:
        day = parsedate_to_datetime(channel.findtext("pubDate", "")).date().isoformat()
    except (ValueError, TypeError):
        raise unbelievable("it does not say of which day it is") from None
    return Page(day, _each(channel.findall("item"), lambda item: _item(item, day)))


def read_oai(body: bytes) -> Page:
    """The records of an answer of OAI-PMH, in the form ``arXivRaw``; of deleted ones nothing is said.

    Raises:
        Again: it is not whole, or none of its records can be read.
        NothingThere: the service says that there is nothing of the kind, or that it cannot do that.
    """
    root = whole(without_controls(body), b"</OAI-PMH>", f"{_OAI}OAI-PMH", "answer of OAI-PMH")
    error = root.find(f"{_OAI}error")
    if error is not None:
        raise NothingThere(f"{error.get('code', '')} {' '.join((error.text or '').split())}".strip())
    records = next(
        (one for verb in ("ListRecords", "GetRecord") if (one := root.find(f"{_OAI}{verb}")) is not None), None
    )
    if records is None:
        raise unbelievable("it holds no list")
    there = [one for one in records.findall(f"{_OAI}record") if one.find(f"{_OAI}metadata") is not None]
    return Page(None, _each(there, _record), (records.findtext(f"{_OAI}resumptionToken") or "").strip())


def creators(text: str) -> tuple[str, ...]:
    """``Ann Kessel, Bo Li (Some Place) and Cy Jr.`` → the names; ``King, Jr.`` stays one."""
    bare = text
    while (shorter := _BRACKETS.sub("", bare)) != bare:
        bare = shorter
    names: list[str] = []
    for part in _AND.split(" ".join(bare.split())):
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f", {part}"
        elif part.strip(" ,"):
            names.append(part.strip(" ,"))
    return tuple(names)


def _item(item: ET.Element, day: str) -> Announced:
    name = item.findtext("guid", "").rpartition("arXiv.org:")[2] or item.findtext("link", "").rpartition("/abs/")[2]
    kind = _KINDS[item.findtext(f"{_ARXIV}announce_type", "new").strip()]
    about = _ABSTRACT.search(item.findtext("description", ""))
    categories = [one.text.strip() for one in item.findall("category") if one.text]
    paper = _paper(name, item.findtext("title", ""), about["text"] if about else "", categories)
    return Announced(paper, kind, day, creators(item.findtext(f"{_DC}creator", "")))


def _record(record: ET.Element) -> Announced:
    raw = record.find(f"{_OAI}metadata/{_RAW}arXivRaw")
    if raw is None:
        raise ValueError("another form")

    def said(name: str) -> str:
        return raw.findtext(f"{_RAW}{name}", "")

    dates = [_day(one.findtext(f"{_RAW}date", "")) for one in raw.findall(f"{_RAW}version")]
    day = date.fromisoformat(record.findtext(f"{_OAI}header/{_OAI}datestamp", "").strip()).isoformat()
    paper = _paper(
        f"{said('id').strip()}v{len(dates)}",
        said("title"),
        said("abstract"),
        said("categories").split(),
        comment=_plain(said("comments")) or None,
        published=dates[0],
        updated=dates[-1],
    )
    return Announced(paper, "new" if len(dates) == 1 else "replaced", day, creators(said("authors")))


def _paper(
    name: str,
    title: str,
    abstract: str,
    categories: Iterable[str],
    *,
    comment: str | None = None,
    published: str | None = None,
    updated: str | None = None,
) -> Paper:
    """The metadata that a feed gives; year and month are those of the id, which is when the first version came."""
    paper_id = arxiv_id(name.strip())
    listed = tuple(categories)
    if not _plain(title):
        raise ValueError("a paper without a title")
    digits = paper_id.value.rpartition("/")[2][:4]
    year = int(digits[:2]) + (1900 if int(digits[:2]) > 90 else 2000)
    return Paper(
        title=_plain(title),
        year=year,
        month=int(digits[2:]),
        url=f"https://arxiv.org/abs/{paper_id.value}",
        arxiv_id=paper_id.value,
        arxiv_version=paper_id.version,
        primary_category=listed[0] if listed else None,
        categories=listed,
        abstract=_plain(abstract) or None,
        comment=comment,
        published=published,
        updated=updated,
    )


def _each(elements: Iterable[ET.Element], read: Callable[[ET.Element], Announced]) -> tuple[Announced, ...]:
    found: dict[str | None, Announced] = {}
    failed = 0
    for element in elements:
        try:
            one = read(element)
        except (ValueError, KeyError, NotAnId, BadInput, TypeError):
            failed += 1
        else:
            found.setdefault(one.paper.arxiv_id, one)
    if failed and not found:
        raise unbelievable("none of its papers can be read")
    return tuple(found.values())


def _day(text: str) -> str:
    """``Mon, 12 Jun 2017 17:57:34 GMT``, or ISO 8601, as a day."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError):
        return datetime.fromisoformat(text.strip()).date().isoformat()


def _plain(text: str) -> str:
    """NFC on one line."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
