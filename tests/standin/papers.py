"""What the stand-in knows: records of metadata and a folder of PDFs, found by arXiv id and version."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>\d+))?")
_FILE = re.compile(r"(?P<id>.+?)(?:v(?P<version>\d+))?\.pdf")
_TERM = re.compile(r'(?:(?P<field>[a-z]+):)?(?P<words>"[^"]*"|[^\s"()]+)')


@dataclass(frozen=True)
class Record:
    """Metadata of one version of a paper; dates as ``2017-06-12T17:57:34Z``."""

    id: str
    version: int
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    primary_category: str
    published: str
    updated: str
    comment: str | None
    journal_ref: str | None
    doi: str | None

    @property
    def name(self) -> str:
        return f"{self.id}v{self.version}"

    @classmethod
    def of(cls, data: dict[str, Any], version: int) -> Record:
        """From a line of JSON, of which only ``id`` must be there."""
        categories = tuple(data.get("categories") or ("cs.LG",))
        published = _moment(data.get("published") or "2000-01-01")
        return cls(
            id=data["id"],
            version=version,
            title=data.get("title") or f"Paper {data['id']}",
            authors=tuple(data.get("authors") or ("Anonymous",)),
            abstract=data.get("abstract") or "",
            categories=categories,
            primary_category=data.get("primary_category") or categories[0],
            published=published,
            updated=_moment(data.get("updated") or published),
            comment=data.get("comment"),
            journal_ref=data.get("journal_ref"),
            doi=data.get("doi"),
        )


@dataclass(frozen=True)
class Pdf:
    """One file, as the server sends it."""

    body: bytes
    etag: str
    version: int
    modified: float


class Papers:
    """Everything that can be asked for."""

    def __init__(self, lines: Iterable[dict[str, Any]] = (), pdf: Path | None = None) -> None:
        self._files = {(m["id"].replace("_", "/"), int(m["version"] or 1)): path for path, m in _pdfs(pdf)}
        self._records: dict[str, dict[int, Record]] = {}
        for line in lines:
            held = [version for name, version in self._files if name == line["id"]]
            version = line.get("version") or max(held, default=1)
            self._records.setdefault(line["id"], {})[version] = Record.of(line, version)

    def latest(self, name: str) -> int:
        """Number of the latest version of a known paper; 0 for an unknown one."""
        versions = [*self._records.get(name, ()), *(v for n, v in self._files if n == name)]
        return max(versions, default=0)

    def get(self, name: str, version: int | None) -> Record | None:
        """The record of that version (of the latest without one); None if there never was such a version."""
        name = _bare(name)
        known = self._records.get(name)
        version = version or self.latest(name)
        if not known or not 0 < version <= self.latest(name):
            return None
        return known.get(version) or replace(known[max(known)], version=version)

    def by_ids(self, names: Iterable[str]) -> list[Record]:
        """The known ones among ``names``, in an order that is not that of the request, as on the real service."""
        found: dict[str, Record] = {}
        for name in names:
            match = ID.fullmatch(name)
            assert match
            record = self.get(match["id"], int(match["version"]) if match["version"] else None)
            if record:
                found.setdefault(record.id, record)
        return sorted(found.values(), key=lambda record: hashlib.sha256(record.id.encode()).digest())

    def search(self, query: str) -> list[Record]:
        """Latest versions that a query of ``ti: au: abs: cat: all:`` terms with AND, OR and ANDNOT finds."""
        records = [record for name in self._records if (record := self.get(name, None))]
        result: list[Record] = []
        operator = "OR"
        for match in _TERM.finditer(query.replace("(", " ").replace(")", " ")):
            if match["field"] is None and match["words"] in ("AND", "OR", "ANDNOT"):
                operator = match["words"]
                continue
            found = [r for r in records if _matches(r, match["field"] or "all", match["words"].strip('"'))]
            result = _COMBINE[operator](result, found)
            operator = "OR"
        return result

    def in_categories(self, categories: Iterable[str]) -> list[Record]:
        """Latest versions of the papers in any of ``categories`` (``cs`` holds ``cs.LG``)."""
        wanted = tuple(categories)
        records = [record for name in self._records if (record := self.get(name, None))]
        return [r for r in records if any(c == w or c.startswith(w + ".") for c in r.categories for w in wanted)]

    def all(self) -> list[Record]:
        """Latest version of every paper."""
        return [record for name in sorted(self._records) if (record := self.get(name, None))]

    def pdf(self, name: str, version: int | None) -> Pdf | None:
        """The file of that version, of the latest without one; None if it was withdrawn or never there."""
        name = _bare(name)
        held = [v for n, v in self._files if n == name]
        wanted = version or max(held, default=0)
        path = self._files.get((name, wanted))
        return _read(path, wanted) if path else None


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


_COMBINE: dict[str, Callable[[list[Record], list[Record]], list[Record]]] = {
    "AND": lambda one, two: [r for r in one if r in two],
    "OR": lambda one, two: one + [r for r in two if r not in one],
    "ANDNOT": lambda one, two: [r for r in one if r not in two],
}


def _pdfs(folder: Path | None) -> list[tuple[Path, re.Match[str]]]:
    paths = sorted(folder.glob("*.pdf")) if folder else []
    return [(path, match) for path in paths if (match := _FILE.fullmatch(path.name))]


@lru_cache(maxsize=64)
def _read(path: Path, version: int) -> Pdf:
    body = path.read_bytes()
    return Pdf(body, f'"sha256:{hashlib.sha256(body).hexdigest()}"', version, path.stat().st_mtime)


def _matches(record: Record, field: str, words: str) -> bool:
    texts = {
        "ti": record.title,
        "au": " ".join(record.authors),
        "abs": record.abstract,
        "co": record.comment or "",
        "jr": record.journal_ref or "",
        "cat": " ".join(record.categories),
    }
    text = texts.get(field) if field != "all" else " ".join(texts.values())
    return text is not None and f" {_plain(words.replace('_', ' '))} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+(?:\.\w+)*", bare.casefold()))


def _bare(name: str) -> str:
    """``math.GT/0309136`` → ``math/0309136``."""
    archive, slash, number = name.partition("/")
    return archive.split(".")[0] + slash + number if slash else name


def _moment(date: str) -> str:
    return date if "T" in date else f"{date}T00:00:00Z"
