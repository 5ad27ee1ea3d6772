"""Better BibTeX JSON: Zotero's own items, with citation keys and the paths of attachments → papers.

It is what Better BibTeX exports besides CSL-JSON, and says more: files, tags, notes, and the lines of ``Extra`` in
which Zotero keeps what it has no field for. ``json_references`` opens the file; here is one item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperpath.formats import entry_types
from paperpath.formats.csl_json import parted
from paperpath.formats.plain_read import Raw, clean_key, extra_lines, paper_from
from paperpath.formats.tidy import tidy
from paperpath.model import Author
from paperpath.names import parse_name

if TYPE_CHECKING:
    from paperpath.model import Paper

_VENUES = (
    "publicationTitle proceedingsTitle bookTitle encyclopediaTitle dictionaryTitle blogTitle forumTitle websiteTitle"
    " programTitle conferenceName"
).split()
_FIELDS = {
    "issue": "number", "reportNumber": "number", "patentNumber": "number", "seriesNumber": "number",
    "repository": "publisher", "university": "publisher", "institution": "publisher", "company": "publisher",
    "label": "publisher", "distributor": "publisher", "place": "address", "seriesTitle": "series",
    "abstractNote": "abstract", "shortTitle": "shorttitle", "journalAbbreviation": "shortjournal",
    "conferenceName": "eventtitle", "callNumber": "call-number", "archiveLocation": "archive_location",
    "libraryCatalog": "source", "numPages": "pagetotal", "numberOfVolumes": "volumes", "versionNumber": "version",
    "thesisType": "type", "reportType": "type", "manuscriptType": "type", "websiteType": "type", "genre": "type",
    "originalDate": "origdate", "eventPlace": "venue",
}  # fmt: skip
"""BibTeX's names, where these are others than Zotero's in lower case."""
_NOT_OF_THE_PAPER = frozenset(
    "itemType title date creators extra tags notes attachments citationKey citekey citation-key accessDate archiveID"
    " itemID itemKey key libraryID groupID uri uris select dateAdded dateModified version relations related seeAlso"
    " collections uniqueFields contributors autoJournalAbbreviation inPublications".split()
)
_AUTHORS = (
    "author inventor programmer presenter artist cartographer composer director podcaster interviewee performer"
).split()
"""Who counts as author, the first role that somebody has."""
_ROLES = {"bookAuthor": "bookauthor", "seriesEditor": "collection-editor"}


def paper_of(item: dict[str, Any]) -> tuple[Paper, list[str]]:
    """The paper that one item describes, and the names of what could not be taken over; never raises."""
    kind = _text(item.get("itemType"))
    raw = Raw(
        entry_type=entry_types.from_zotero(kind) or "misc",
        key=clean_key(next((key for name in _KEYS if (key := _text(item.get(name)))), "")),
        title=_text(item.get("title") or item.get("caseName") or item.get("subject") or item.get("nameOfAct")),
    )
    _creators(raw, item.get("creators"))
    raw.date(_text(item.get("date")))
    venue = next((name for name in _VENUES if _text(item.get(name))), "")
    raw.venue = _text(item.get(venue))
    left_out = []
    for name, value in item.items():
        if name in _NOT_OF_THE_PAPER or name == venue:
            continue
        if isinstance(value, dict | list):
            if value:
                left_out.append(name)
        elif not (name == "number" and _text(value).lower().startswith("arxiv:")):
            raw.add(_FIELDS.get(name, name.lower()), _text(value))
    _add_lists(raw, item)
    raw.add("urldate", _text(item.get("accessDate")).partition("T")[0].partition(" ")[0])
    extra = item.get("extra")
    lines = extra.splitlines() if isinstance(extra, str) else map(_text, extra) if isinstance(extra, list) else ()
    extra_lines(raw, [_text(item.get(name)) for name in ("archiveID", "number") if _arxiv(item.get(name))])
    extra_lines(raw, (line for line in lines if line.strip()))
    if not _arxiv(item.get("archiveID")):
        raw.add("archiveid", _text(item.get("archiveID")))
    if kind and not entry_types.from_zotero(kind) and "type" not in raw.fields:
        raw.fields["type"] = kind
    return paper_from(raw), left_out


_KEYS = ("citationKey", "citekey", "citation-key")


def _arxiv(value: object) -> bool:
    return _text(value).lower().startswith("arxiv:")


def _text(value: object) -> str:
    if isinstance(value, str):
        return tidy(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _add_lists(raw: Raw, item: dict[str, Any]) -> None:
    """Tags, notes and attachments: a list of keywords, a comment, and paths with ; between, as BibTeX's ``file``."""
    tags = (_text(tag.get("tag") if isinstance(tag, dict) else tag) for tag in _list(item.get("tags")))
    notes = (_text(note.get("note") if isinstance(note, dict) else note) for note in _list(item.get("notes")))
    attachments = (one for one in _list(item.get("attachments")) if isinstance(one, dict))
    files = (_text(one.get("path") or one.get("localPath") or one.get("url")) for one in attachments)
    raw.add("keywords", ", ".join(filter(None, tags)), ", ")
    raw.add("annote", " ".join(filter(None, notes)), " ")
    raw.add("file", ";".join(path.replace(";", r"\;") for path in files if path), ";")


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _creators(raw: Raw, value: object) -> None:
    from paperpath.formats.bibtex_names import plain_name

    creators = [creator for creator in _list(value) if isinstance(creator, dict)]
    roles = [_text(creator.get("creatorType")) or "author" for creator in creators]
    main = next((role for role in _AUTHORS if role in roles), "")
    others: dict[str, list[str]] = {}
    for creator, role in zip(creators, roles, strict=True):
        person = _person(creator)
        if person.family and role == main:
            raw.authors.append(person)
        elif person.family:
            others.setdefault(_ROLES.get(role, role.lower()), []).append(plain_name(person))
    for role, names in others.items():
        raw.add(role, " and ".join(names), " and ")


def _person(creator: dict[str, Any]) -> Author:
    """A name in Zotero's two fields: particles stand on either side of the border, suffixes behind the first name."""
    family, given = _text(creator.get("lastName")), _text(creator.get("firstName"))
    if not family or creator.get("fieldMode") in (1, "1"):
        whole = _text(creator.get("name")) or family or given
        return Author(whole, literal=True) if whole else Author("")
    if not given:
        return parse_name(family) if "," in family or " " not in family else Author(family, literal=True)
    given, suffix = _without_suffix(given)
    words = given.split()
    first = len(words)
    while first > 1 and words[first - 1][:1].islower():  # Alexander von | Humboldt
        first -= 1
    return parted(family, " ".join(words[:first]), " ".join(words[first:]), suffix)


def _without_suffix(given: str) -> tuple[str, str]:
    """``Martin Luther, Jr.`` and, where the comma must be printed, ``Frank G.,! Jr.``."""
    first, comma, last = given.rpartition(",")
    last = last.removeprefix("!").strip()
    if comma and first and parse_name(f"x, {last}").suffix == last:
        return first.strip(), last
    return given, ""
