"""Which further fields each type of entry may have: biblatex's data model, by BibTeX's names of types and fields.

biber warns of a field that a type has no use for (a publisher of an ``@article``), and neither program prints it; a
careful author does not type it. BibTeX's own styles know no more fields for any type than these, so that the one table
is right for both dialects. Fields that every type may have, such as ``doi``, and those that an entry is about, such as
``author``, are not in it.
"""

from __future__ import annotations

_PEOPLE = "annotator commentator editor editora editorb editorc editoratype editorbtype editorctype translator"
_OPENINGS = "afterword foreword introduction"
_COMMON = "addendum language note pubstate titleaddon"
_WHOLE = f"{_COMMON} {_PEOPLE} {_OPENINGS} address edition isbn number publisher series volume volumes origlanguage"
_BOOK = f"{_WHOLE} chapter eid maintitle pages pagetotal part"
_PAPER = f"{_WHOLE} booktitle chapter eid maintitle pages part"
_EVENT = "eventdate eventtitle"
_LOOSE = f"{_COMMON} editor organization version"
_THESIS = f"{_COMMON} address chapter eid institution pages pagetotal school type"
_SERIAL = "editor editora editorb editorc editoratype editorbtype editorctype issn issue issuetitle"

_TAKES = {
    "article": f"{_COMMON} {_PEOPLE} {_SERIAL} eid journal number origlanguage pages series version volume",
    "book": _BOOK,
    "mvbook": f"{_WHOLE} pagetotal",
    "collection": _BOOK,
    "inbook": f"{_PAPER} bookauthor",
    "incollection": _PAPER,
    "inproceedings": f"{_COMMON} {_EVENT} address booktitle chapter editor eid isbn maintitle number organization pages"
    " part publisher series volume volumes",
    "proceedings": f"{_COMMON} {_EVENT} address chapter editor eid isbn maintitle number organization pages pagetotal"
    " part publisher series volume volumes",
    "booklet": f"{_COMMON} address chapter editor eid howpublished pages pagetotal type",
    "dataset": f"{_LOOSE} address edition number publisher series type",
    "manual": f"{_LOOSE} address chapter edition eid isbn number pages pagetotal publisher series type",
    "misc": f"{_LOOSE} address howpublished type",
    "software": f"{_LOOSE} address howpublished type",
    "online": _LOOSE,
    "patent": "addendum note pubstate titleaddon address number type version",
    "periodical": f"{_COMMON} {_SERIAL} number series volume",
    "techreport": f"{_COMMON} address chapter eid institution isrn number pages pagetotal type version",
    "thesis": _THESIS,
    "phdthesis": _THESIS,
    "mastersthesis": _THESIS,
    "unpublished": f"{_COMMON} {_EVENT} address howpublished type",
}
_FURTHER = frozenset(" ".join(_TAKES.values()).split())

FOREIGN: dict[str, frozenset[str]] = {name: _FURTHER - set(fields.split()) for name, fields in _TAKES.items()}
"""Fields that an entry of a type must not have, by type; every type that is written is in it."""
