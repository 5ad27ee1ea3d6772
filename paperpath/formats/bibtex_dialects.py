"""What the two dialects of .bib files differ in: entry types, names of fields, and which fields a type must have.

The requirements are those of BibTeX's standard styles and of biblatex's data model; an entry that cannot meet them
becomes one that has none, so that neither program ever warns about an export. Where biblatex knows BibTeX's name of a
type or a field as well as its own (``journal``, ``phdthesis``), BibTeX's is written, and a month is a macro: such a
file works with the old program too, for whoever has to hand it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["bibtex", "biblatex"]


@dataclass(frozen=True, slots=True)
class DialectRules:
    """One dialect."""

    ascii_only: bool
    types: dict[str, str]
    """Entry types that are called otherwise here; a type that is in neither column is ``misc``."""
    required: dict[str, tuple[str, ...]]
    """Fields that a type must have; ``a|b`` is either. The keys are all types that the dialect knows."""
    fields: dict[str, str]
    """Names of fields that are called otherwise here."""
    fallbacks: dict[str, str]
    """The next best type where the requirements of one are not met; ``misc`` for all others."""
    known: frozenset[str]
    """Further fields, by BibTeX's names, that may be written; anything else stays in the library."""


_BIBTEX_KNOWN = frozenset(
    "address annote chapter edition eid howpublished institution key note organization school series type isbn issn"
    " language editor".split()
)
_BIBLATEX_KNOWN = frozenset(
    "address annote chapter edition howpublished institution key note organization school series type isbn"
    " issn language editor translator eventtitle eventdate version addendum pubstate titleaddon maintitle"
    " part isrn issue issuetitle origdate origlanguage pagetotal volumes shorttitle editora editorb editorc"
    " editoratype editorbtype editorctype bookauthor annotator commentator afterword foreword introduction eid"
    " urldate ids".split()
)

BIBTEX = DialectRules(
    ascii_only=True,
    types={
        "conference": "inproceedings", "thesis": "phdthesis", "report": "techreport", "collection": "book",
        "mvbook": "book", "mvcollection": "book", "mvproceedings": "proceedings", "reference": "book",
        "mvreference": "book", "bookinbook": "inbook", "suppbook": "inbook", "suppcollection": "incollection",
        "inreference": "incollection", "review": "article", "periodical": "misc", "suppperiodical": "article",
    },
    required={
        "article": ("author", "title", "journal", "year"),
        "book": ("author|editor", "title", "publisher", "year"),
        "booklet": ("author", "title"),
        "inbook": ("author|editor", "title", "chapter|pages", "publisher", "year"),
        "incollection": ("author", "title", "booktitle", "publisher", "year"),
        "inproceedings": ("author", "title", "booktitle", "year"),
        "manual": ("author|organization", "title", "year"),
        "mastersthesis": ("author", "title", "school", "year"),
        "misc": (),
        "phdthesis": ("author", "title", "school", "year"),
        "proceedings": ("editor|organization", "title", "year"),
        "techreport": ("author", "title", "institution", "year"),
        "unpublished": ("author", "title", "note"),
    },
    fields={"eprinttype": "archiveprefix", "eprintclass": "primaryclass"},
    fallbacks={"inbook": "incollection", "incollection": "inproceedings"},
    known=_BIBTEX_KNOWN,
)  # fmt: skip

BIBLATEX = DialectRules(
    ascii_only=False,
    types={
        "conference": "inproceedings", "electronic": "online", "www": "online", "report": "techreport",
        "mvcollection": "collection", "mvproceedings": "proceedings", "reference": "collection",
        "bookinbook": "inbook", "suppbook": "inbook", "suppcollection": "incollection", "review": "article",
        "inreference": "incollection", "suppperiodical": "article",
    },
    required={
        "article": ("author", "title", "journal", "year"),
        "book": ("author", "title", "year"),
        "mvbook": ("author", "title", "year"),
        "booklet": ("author|editor", "title", "year"),
        "collection": ("editor", "title", "year"),
        "dataset": ("author|editor", "title", "year"),
        "inbook": ("author", "title", "booktitle", "year"),
        "incollection": ("author", "editor", "title", "booktitle", "year"),
        "inproceedings": ("author", "title", "booktitle", "year"),
        "manual": ("author|editor", "title", "year"),
        "mastersthesis": ("author", "title", "school", "year"),
        "misc": (),
        "online": ("author|editor", "title", "year", "doi|eprint|url"),
        "patent": ("author", "title", "number", "year"),
        "periodical": ("editor", "title", "year"),
        "phdthesis": ("author", "title", "school", "year"),
        "proceedings": ("title", "year"),
        "software": (),
        "techreport": ("author", "title", "institution", "year"),
        "thesis": ("author", "title", "school", "year"),
        "unpublished": ("author", "title", "year"),
    },
    fields={},
    fallbacks={"incollection": "inbook", "inbook": "book", "book": "collection"},
    known=_BIBLATEX_KNOWN,
)  # fmt: skip

ORDER = tuple(
    "ids author editor translator title titleaddon journal booktitle maintitle eventtitle eventdate series edition"
    " volume number part issue issuetitle chapter pages eid publisher school institution organization address"
    " howpublished type version year month doi eprint eprinttype eprintclass url urldate isbn issn isrn language note"
    " addendum pubstate annote key".split()
)
"""In which the fields of an entry are written; others follow by name."""
