"""What an entry is called in each format: one table, so that the formats cannot disagree.

The library speaks BibTeX; CSL, RIS, Hayagriva and Zotero have names of their own, some finer and some coarser. Where
two of our types share a foreign name, the first row is what that name is read as. A type that no row knows is ``misc``.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class EntryType(NamedTuple):
    """One type of entry by its names."""

    bibtex: str
    csl: str
    ris: str
    hayagriva: str
    parent: str = ""
    """Hayagriva's type of what the paper appeared in; empty where venue and paper are one thing."""


TYPES = (
    EntryType("article", "article-journal", "JOUR", "article", "periodical"),
    EntryType("inproceedings", "paper-conference", "CPAPER", "article", "proceedings"),
    EntryType("incollection", "chapter", "CHAP", "anthos", "anthology"),
    EntryType("inbook", "chapter", "CHAP", "chapter", "book"),
    EntryType("inreference", "entry-encyclopedia", "ENCYC", "entry", "reference"),
    EntryType("book", "book", "BOOK", "book"),
    EntryType("proceedings", "book", "CONF", "proceedings"),
    EntryType("collection", "book", "EDBOOK", "anthology"),
    EntryType("manual", "book", "BOOK", "reference"),
    EntryType("booklet", "pamphlet", "PAMP", "misc"),
    EntryType("periodical", "periodical", "JFULL", "periodical"),
    EntryType("thesis", "thesis", "THES", "thesis"),
    EntryType("phdthesis", "thesis", "THES", "thesis"),
    EntryType("mastersthesis", "thesis", "THES", "thesis"),
    EntryType("techreport", "report", "RPRT", "report"),
    EntryType("unpublished", "manuscript", "UNPB", "manuscript"),
    EntryType("online", "webpage", "ELEC", "web", "web"),
    EntryType("software", "software", "COMP", "repository"),
    EntryType("dataset", "dataset", "DATA", "repository"),
    EntryType("patent", "patent", "PAT", "patent"),
    EntryType("misc", "document", "GEN", "misc"),
)
PREPRINT = EntryType("misc", "article", "UNPB", "article", "repository")
"""A paper that is on arXiv and nowhere else; for BibTeX it is a ``misc`` with an eprint."""

_OF_PREPRINTS = frozenset({"misc", "online", "unpublished"})
_BY_BIBTEX = {row.bibtex: row for row in TYPES}
_OURS = {
    "conference": "inproceedings", "report": "techreport", "electronic": "online", "www": "online",
    "mvbook": "book", "mvcollection": "collection", "mvproceedings": "proceedings", "reference": "book",
    "mvreference": "book", "bookinbook": "inbook", "suppbook": "inbook", "suppcollection": "incollection",
    "suppperiodical": "article", "review": "article",
}  # fmt: skip
_FROM_CSL = {row.csl: row.bibtex for row in reversed(TYPES)} | {
    "article": "misc", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "review-book": "article", "entry": "inreference", "entry-dictionary": "inreference", "post": "online",
    "post-weblog": "online",
    # Crossref's own names, which its CSL-JSON has too
    "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
    "book-section": "incollection", "posted-content": "misc", "dissertation": "thesis", "monograph": "book",
    "reference-book": "book", "edited-book": "collection", "proceedings": "proceedings",
    "reference-entry": "inreference", "report-component": "techreport",
}  # fmt: skip
_FROM_RIS = {row.ris: row.bibtex for row in reversed(TYPES)} | {
    "CONF": "inproceedings", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "INPR": "article",
    "ABST": "article", "ECHAP": "incollection", "EBOOK": "book", "SER": "book", "DICT": "inreference",
    "MANSCPT": "unpublished", "UNPD": "unpublished", "BLOG": "online", "GOVDOC": "techreport", "DBASE": "dataset",
    "AGGR": "dataset",
}  # fmt: skip
_FROM_ZOTERO = {
    "journalArticle": "article", "magazineArticle": "article", "newspaperArticle": "article",
    "conferencePaper": "inproceedings", "bookSection": "incollection", "encyclopediaArticle": "inreference",
    "dictionaryEntry": "inreference", "book": "book", "thesis": "thesis", "report": "techreport",
    "manuscript": "unpublished", "webpage": "online", "blogPost": "online", "forumPost": "online",
    "computerProgram": "software", "dataset": "dataset", "patent": "patent", "preprint": "misc", "document": "misc",
}  # fmt: skip


def named(bibtex: str) -> EntryType:
    """The names of the type that BibTeX or biblatex calls ``bibtex``."""
    return _BY_BIBTEX.get(_OURS.get(bibtex, bibtex), _BY_BIBTEX["misc"])


def from_csl(name: str) -> str | None:
    """BibTeX's type for one of CSL's or Crossref's; None for what neither knows, or for a song."""
    return _FROM_CSL.get(name)


def from_ris(name: str) -> str | None:
    """BibTeX's type for one of RIS, in any case; None for what it does not know."""
    return _FROM_RIS.get(name.upper())


def from_zotero(name: str) -> str | None:
    """BibTeX's type for Zotero's ``itemType``; None for a podcast and the like."""
    return _FROM_ZOTERO.get(name)


def is_preprint(bibtex: str, venue: str | None) -> bool:
    """Whether a paper that is on arXiv is there and nowhere else, whatever it calls itself."""
    return bibtex in _OF_PREPRINTS or (bibtex == "article" and not venue)


def genre(bibtex: str) -> str:
    """What a thesis is called where its type alone does not say which: ``PhD thesis``; empty for all others."""
    return {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}.get(bibtex, "")


def thesis(kind: str) -> str:
    """BibTeX's type of a thesis that calls itself ``kind``: ``PhD thesis``, ``Doctoral dissertation`` …"""
    if re.search(r"ph\.?\s?d|doctor", kind, re.I):
        return "phdthesis"
    return "mastersthesis" if re.search(r"master|m\.?\s?sc", kind, re.I) else "thesis"
