"""CSL-JSON, both directions: what pandoc, Zotero, Crossref and every citation processor speak.

Written is version 1.0.2 of the schema and nothing beside it. A paper that is on arXiv alone is written as Zotero writes
it: type ``article``, number ``arXiv:1706.03762``, publisher ``arXiv``; the note ``arXiv:1706.03762 [cs.CL]`` is
Zotero's too, and keeps id and category of a published paper. Titles have no markup; ``$…$`` stays as it is. Read is
also what the schema forbids and the services send: lists for texts, ``name`` for ``literal``, dates as texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paperpath.formats import entry_types
from paperpath.formats.dates import year_and_month
from paperpath.formats.plain_read import Raw, clean_key, extra_lines, paper_from
from paperpath.formats.plain_write import day, entry_type, first_and_last, identifiers, keys, plain, publisher
from paperpath.formats.tidy import tidy
from paperpath.model import Author
from paperpath.names import parse_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.formats.plain_write import Identifiers
    from paperpath.model import Paper

_TEXTS = {
    "volume": "volume", "issue": "number", "page": "pages", "publisher": "publisher", "publisher-place": "address",
    "collection-title": "series", "edition": "edition", "ISBN": "isbn", "ISSN": "issn", "DOI": "doi", "URL": "url",
    "language": "language", "genre": "type", "keyword": "keywords", "abstract": "abstract", "annote": "annote",
    "title-short": "shorttitle", "container-title-short": "shortjournal", "version": "version", "status": "pubstate",
    "event-title": "eventtitle", "event-place": "venue", "chapter-number": "chapter", "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes", "part-number": "part", "PMID": "pmid", "PMCID": "pmcid",
    "original-title": "origtitle", "original-publisher": "origpublisher", "original-publisher-place": "origlocation",
} | {
    name: name
    for name in (
        "archive archive_collection archive_location archive-place authority call-number dimensions division"
        " jurisdiction medium printing references reviewed-genre reviewed-title scale section source supplement-number"
        " volume-title part-title"
    ).split()
}  # fmt: skip
"""CSL's variables by BibTeX's names, in both directions."""
_OLD_TEXTS = {
    "shortTitle": "shorttitle", "journalAbbreviation": "shortjournal", "event": "eventtitle", "isbn": "isbn",
    "short-title": "shorttitle", "short-container-title": "shortjournal", "supplement": "supplement-number",
}  # fmt: skip
_DATES = {"accessed": "urldate", "event-date": "eventdate", "original-date": "origdate"}
_PEOPLE = {"editor": "editor", "translator": "translator", "container-author": "bookauthor"}
_OTHER_PEOPLE = frozenset(
    "chair collection-editor compiler composer contributor curator director editor-translator editorial-director"
    " executive-producer guest host illustrator interviewer narrator organizer original-author performer producer"
    " recipient reviewed-author script-writer series-creator".split()
)
_OTHER_DATES = frozenset({"available-date", "submitted"})
_BOOKISH = frozenset("book collection inbook incollection inproceedings manual proceedings".split())
_NUMBERED = frozenset("techreport patent dataset software".split())
_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}
_NOT_OF_THE_PAPER = frozenset(
    "id type title container-title author issued note number collection-number citation-key citation-label"
    " page-first categories custom"
    # what Crossref says of its own records
    " indexed created deposited reference reference-count references-count is-referenced-by-count member prefix score"
    " content-domain link license relation resource published published-print published-online published-other"
    " journal-issue alternative-id update-to assertion funder archive update-policy subject issn-type isbn-type"
    " clinical-trial-number subtype institution editor-in-chief".split()
)


# ------------------------------------------------------------------------------------------------- reading


def paper_of(item: dict[str, Any]) -> tuple[Paper, list[str]]:
    """The paper that one item describes, and the names of what could not be taken over; never raises."""
    raw = Raw(title=_text(item.get("title")), key=clean_key(_text(item.get("citation-key") or item.get("id"))))
    kind = _text(item.get("type"))
    raw.entry_type = entry_types.from_csl(kind) or "misc"
    left_out: list[str] = []
    _containers(raw, item.get("container-title"))
    raw.authors += people(item.get("author"))
    _issued(raw, item.get("issued") or item.get("published-print") or item.get("published"))
    for name, value in item.items():
        if name not in _NOT_OF_THE_PAPER and not _field(raw, name, value):
            left_out.append(name)
    _numbers(raw, item)
    if isinstance(custom := item.get("custom"), dict):
        left_out += [f"custom.{name}" for name, value in custom.items() if not _own(raw, name, value)]
    note = item.get("note")
    extra_lines(raw, note.splitlines() if isinstance(note, str) else [_text(note)] if note else [])
    if not entry_types.from_csl(kind) and kind and "type" not in raw.fields:
        raw.fields["type"] = kind
    return paper_from(raw), left_out


def _containers(raw: Raw, value: object) -> None:
    """The venue. Of several titles, as Crossref has them for books in series, the others stay a field."""
    if isinstance(value, list) and len(value) > 1:
        raw.add("container-title", _text(value[1:]))
        value = value[0]
    raw.venue = _text(value)


def _field(raw: Raw, name: str, value: object) -> bool:
    """Take one variable over; False if there is no way to."""
    if name in _TEXTS or name in _OLD_TEXTS:
        raw.add(_TEXTS.get(name) or _OLD_TEXTS[name], _text(value))
    elif name in _PEOPLE or name in _OTHER_PEOPLE:
        from paperpath.formats.bibtex_names import plain_name

        raw.add(_PEOPLE.get(name, name), " and ".join(map(plain_name, people(value))), " and ")
    elif name in _DATES or name in _OTHER_DATES:
        raw.add(_DATES.get(name, name), _date_text(value))
    else:
        return _own(raw, name, value)
    return True


def _own(raw: Raw, name: str, value: object) -> bool:
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict | list) for one in value)):
        return False
    raw.add(name.lower(), _text(value))
    return True


def _numbers(raw: Raw, item: dict[str, Any]) -> None:
    """CSL has three numbers where BibTeX has one: of an issue, in a series, of a report. The first one there is it."""
    for name in ("number", "collection-number"):
        text = _text(item.get(name))
        if text.lower().startswith("arxiv:"):
            extra_lines(raw, [text])
        elif text:
            raw.add(name if "number" in raw.fields else "number", text)


def people(value: object) -> list[Author]:
    """The names of a name variable; what is none of a name's forms is left out."""
    names = value if isinstance(value, list) else [value]
    return [author for name in names if (author := _author(name)).family]


def _author(name: object) -> Author:
    if isinstance(name, str):
        return parse_name(tidy(name))
    if not isinstance(name, dict):
        return Author("")
    family, given, suffix = (_text(name.get(part)) for part in ("family", "given", "suffix"))
    particle = " ".join(filter(None, (_text(name.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping"))))
    if not family:
        whole = _text(name.get("literal") or name.get("name")) or given
        return Author(whole, literal=whole != "others") if whole != given else Author(given, suffix=suffix)
    return parted(family, given, particle, suffix)


def parted(family: str, given: str, particle: str, suffix: str) -> Author:
    """A name whose particle may still stand before the family name; quotes around that say that it does not."""
    if len(family) > 2 and family[0] == family[-1] == '"':
        return Author(family[1:-1].strip(), given, particle, suffix)
    if not particle and " " in family and "," not in family:
        plain = parse_name(f"{family}, x")
        return Author(plain.family, given, plain.particle, suffix)
    return Author(family, given, particle, suffix)


def _issued(raw: Raw, value: object) -> None:
    raw.date(_date_text(value))
    if isinstance(value, dict) and raw.month is None and (season := _text(value.get("season"))):
        raw.add("month", _SEASONS.get(season, season))


def _date_text(value: object) -> str:
    """``2017-06-12`` for date-parts, with / for a range and ~ for about; else the text that is given for it."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    dates = ["-".join(_digits(part)) for part in parts if isinstance(part, list)] if isinstance(parts, list) else []
    text = "/".join(filter(None, dates))
    if not text:
        return next(
            (found for name in ("edtf", "raw", "literal", "date-time") if (found := _text(value.get(name)))), ""
        )
    return f"{text}~" if value.get("circa") not in (None, False, 0, "", "0", "false") else text


def _digits(part: list[object]) -> list[str]:
    """Year, month and day; what is no number ends the date."""
    digits: list[str] = []
    for number in part[:3]:
        text = _text(number)
        if not (text.isascii() and text.isdigit() and int(text[:6])):
            break
        digits.append(text.lstrip("0").zfill(2 if digits else 4))
    return digits


def _text(value: object) -> str:
    """A text, a number, or a list of these, on one line."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return str(value).lower() if isinstance(value, bool) else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "; ".join(filter(None, map(_text, value))) if isinstance(value, list) else str(value)


# ------------------------------------------------------------------------------------------------- writing


def write(papers: Sequence[Paper]) -> str:
    """A CSL-JSON file of ``papers``, in the order given; an empty list for none."""
    items = [_item(paper, key) for paper, key in zip(papers, keys(papers), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(paper: Paper, key: str) -> dict[str, Any]:
    ids = identifiers(paper)
    kind = entry_type(paper, ids.arxiv)
    item: dict[str, Any] = {"id": key, "type": kind.csl, "title": plain(paper.title)}
    item["author"] = [_name(author) for author in paper.authors]
    item["issued"] = _date_parts(paper)
    item["container-title"] = plain(paper.venue)
    item["volume"] = tidy(paper.volume or "")
    item[_number_name(kind.bibtex)] = tidy(paper.number or "")
    item["page"] = "-".join(filter(None, first_and_last(paper.pages or "")))
    item["publisher"] = publisher(paper)
    item["genre"] = tidy(dict(paper.extra).get("type", "")) or entry_types.genre(paper.entry_type)
    if kind is entry_types.PREPRINT:
        item["number"] = f"arXiv:{ids.arxiv}"
        item["publisher"] = item["publisher"] or "arXiv"
    item["DOI"], item["URL"] = ids.doi, ids.url
    item["abstract"] = tidy(paper.abstract or "")
    _add_extra(paper, item)
    item["note"] = "\n".join(filter(None, (tidy(dict(paper.extra).get("note", "")), _note(paper, ids))))
    return {name: value for name, value in item.items() if value or name in ("id", "title")}


def _number_name(bibtex: str) -> str:
    return "collection-number" if bibtex in _BOOKISH else "number" if bibtex in _NUMBERED else "issue"


def _note(paper: Paper, ids: Identifiers) -> str:
    if not ids.arxiv:
        return ""
    return f"arXiv:{ids.arxiv} [{tidy(paper.primary_category)}]" if paper.primary_category else f"arXiv:{ids.arxiv}"


def _name(author: Author) -> dict[str, str]:
    if author.literal or (author.family == "others" and not author.given):
        return {"literal": plain(str(author))}
    parts = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.particle,
        "suffix": author.suffix,
    }
    return {name: text for name, part in parts.items() if (text := plain(part))}


def _date_parts(paper: Paper) -> dict[str, list[list[int]]]:
    year, month = year_and_month(paper)
    parts = (year, month, day(paper, year, month) if year and month else 0)
    return {"date-parts": [[part for part in parts if part]]} if year else {}


def _add_extra(paper: Paper, item: dict[str, Any]) -> None:
    """The further fields that CSL has a variable for; none that is known already is replaced."""
    from paperpath.formats.bibtex_names import authors
    from paperpath.formats.plain_read import read_date

    extra = dict(paper.extra)
    for csl, name in _TEXTS.items():
        if name in extra:
            item[csl] = item.get(csl) or tidy(extra[name])
    for csl, name in _PEOPLE.items():
        if name in extra:
            item[csl] = [_name(author) for author in authors(extra[name])]
    for csl, name in _DATES.items():
        year, month, whole = read_date(extra.get(name, ""))
        if year:
            parts = [year, month] if month else [year]
            item[csl] = {"date-parts": [[*parts, int(whole[8:10])] if month and len(whole) == 10 else parts]}
