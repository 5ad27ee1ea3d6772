"""Fields of single references against hand-labelled ones: ``python benchmarks/reference_fields.py [FOLDER] [-v]``.

The folder holds TEI files whose ``<bibl>`` elements are reference strings with their fields marked, as GROBID's
training data are; it comes from the argument or from PAPERPATH_CORPUS (its ``groundtruth/grobid_citation``). A field
counts as right when its letters and digits are at least 0.8 alike by Levenshtein's distance (GROBID's "soft" matching);
F1 is over all strings together. Authors are compared as one text, first authors by their surname; years, identifiers,
volumes, issues and pages exactly, but for spaces and the kind of dash.

GROBID 0.8.2 publishes soft F1 of 88.7 (PubMed Central) to 92.4 (bioRxiv) for the titles of references, from PDFs and
not from clean strings, so the figures are neighbours and no race.
"""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from rapidfuzz.distance import Levenshtein

from paperpath.pdf import reference_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

SOFT = 0.8
EXACT = ("year", "arxiv", "doi", "first author", "volume", "issue", "pages")
SCOPES = {"volume": ("volume", "vol"), "issue": ("issue",), "pages": ("page", "pp")}


class Labelled(NamedTuple):
    """One reference as a person marked it."""

    text: str
    fields: dict[str, str]


class Count:
    """Right, wrong and missing answers for one field."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = self.unmarked = 0

    def add(self, wanted: str, found: str, *, exact: bool) -> bool:
        same = bool(wanted) and bool(found) and (wanted == found if exact else alike(wanted, found))
        self.right += same
        self.wrong += bool(found) and not same
        self.unmarked += bool(found) and not wanted
        self.missed += bool(wanted) and not same
        return same or (not wanted and not found)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def alike(a: str, b: str) -> bool:
    """Whether two normalised texts are the same by soft matching."""
    return Levenshtein.normalized_similarity(a, b) >= SOFT


def letters(text: str) -> str:
    """Small letters and digits without accents."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text).casefold())


def labelled(path: Path) -> Iterator[Labelled]:
    """The references of one file."""
    for bibl in ET.parse(path).iter():
        if _tag(bibl) != "bibl":
            continue
        text = " ".join("".join(bibl.itertext()).split())
        if len(text) > 15:
            yield Labelled(text, _fields(bibl))


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _fields(bibl: ET.Element) -> dict[str, str]:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for element in bibl.iter():
        name = _tag(element)
        kind = element.get("level") or (element.get("type") or "").lower()
        parts[f"{name} {kind}".strip()].append(" ".join("".join(element.itertext()).split()))
    author = " ".join(parts["author"] + parts["orgName collaboration"])
    analytic = " ".join(parts["title a"])
    book = " ".join(parts["title m"])
    year = re.search(r"(?:1[6-9]|20)\d\d", " ".join(parts["date"]))
    return {
        "title": letters(analytic or book),
        "authors": people(author),
        "first author": first(author),
        "venue": letters(" ".join(parts["title j"]) or (book if analytic else "")),
        "year": year[0] if year else "",
        # An identifier inside an address is marked as the address.
        "arxiv": _arxiv(" ".join(parts["idno arxiv"])) or _arxiv(_near("arxiv", parts["ptr web"])),
        "doi": _doi(" ".join(parts["idno doi"])) or _doi(_near("doi", parts["ptr web"])),
        **{field: scope(_scoped(bibl, *units)) for field, units in SCOPES.items()},
    }


def _scoped(bibl: ET.Element, *units: str) -> str:
    """The first ``<biblScope>`` of the units: later ones are of a translation, or slips of the pen."""
    for element in bibl.iter():
        if _tag(element) == "biblScope" and (element.get("unit") or element.get("type")) in units:
            ends = (element.get("from"), element.get("to"))
            return "-".join(end for end in ends if end) if all(ends) else "".join(element.itertext())
    return ""


def scope(text: str) -> str:
    """A volume, an issue or pages without spaces, with one kind of dash; ``(9pp)`` is how many pages there are."""
    text = re.sub(r"\(\d+\s?pp\)|^\s*pp?\.", "", text)
    return re.sub(r"[-‐‑–—−~～]+", "-", re.sub(r"\s", "", text)).strip(".,:;").casefold()


def people(text: str) -> str:
    """Names in no order: initials stand before family names or behind them."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sorted(letters(word) for word in words if word not in ("and", "et", "al", "others", "und", "the")))


def first(text: str) -> str:
    """The first of a list of names, as far as a comma or a word tells."""
    return letters(re.split(r"\s(?:and|et|&)\s|;|,\s(?=\w+\s)", text.replace(".", ". "))[0])


def _near(name: str, addresses: list[str]) -> str:
    return " ".join(address for address in addresses if name in address.casefold())


def _arxiv(text: str) -> str:
    found = re.search(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}", text.replace(" ", ""), re.I)
    return letters(re.sub(r"\.[A-Z]{2}(?=/)", "", found[0])) if found else ""


def _doi(text: str) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", text.replace(" ", ""))
    return letters(found[0]) if found else ""


def read(text: str) -> dict[str, str]:
    """What paperpath makes of the same string."""
    found = reference_fields.read(text, 1)
    return {
        "title": letters(found.title or ""),
        "authors": people(" ".join(found.authors)),
        "first author": letters(found.authors[0].replace(".", ". ").split()[-1] if found.authors else ""),
        "venue": letters(found.venue or ""),
        "year": str(found.year or ""),
        "arxiv": letters(found.arxiv_id or ""),
        "doi": letters(found.doi or ""),
        "volume": scope(found.volume or ""),
        "issue": scope(found.issue or ""),
        "pages": scope(found.pages or ""),
    }


def compared(field: str, wanted: str, found: str) -> str:
    """``found``, or ``wanted`` where both say the same: the family name of a first author stands in the whole name."""
    return wanted if field == "first author" and found and found in wanted else found


def score(entries: list[Labelled], answers: list[dict[str, str]]) -> Iterator[tuple[str, Count, list[str]]]:
    """Each field, how it was read over all entries, and the entries that were read otherwise than marked."""
    for field in entries[0].fields:
        count, missed = Count(), []
        for entry, answer in zip(entries, answers, strict=True):
            wanted = entry.fields[field]
            if not count.add(wanted, compared(field, wanted, answer[field]), exact=field in EXACT):
                missed.append(f"{entry.text}\n    wanted {wanted}\n    found  {answer[field]}")
        yield field, count, missed


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    folder = Path(words[0]) if words else Path(os.environ["PAPERPATH_CORPUS"]) / "groundtruth" / "grobid_citation"
    entries = [entry for path in sorted(folder.glob("*.xml")) for entry in labelled(path)]
    begun = time.process_time()
    answers = [read(entry.text) for entry in entries]
    spent = time.process_time() - begun
    print(f"{len(entries)} references, {1000 * spent / max(1, len(entries)):.2f} ms of processor time each")
    for field, count, missed in score(entries, answers):
        print(
            f"{field:13s} precision {count.precision:.3f}  recall {count.recall:.3f}  F1 {count.f1:.3f}"
            f"  ({count.unmarked} of {count.wrong} wrong ones where nothing is marked)"
        )
        if "-v" in sys.argv:
            print(*missed, sep="\n")
    print("GROBID 0.8.2 publishes a soft F1 of .887 to .924 for titles of references, read from PDFs")


if __name__ == "__main__":
    main()
