"""What the author's own tools left in the PDF: bookmarks, named destinations and links, by pypdf.

hyperref marks every section (``section.3``), every bibliography entry (``cite.vaswani2017``) and every citation (a link
to one). 19 of 21 arXiv papers since 2015 have these; papers before, scans and publishers' copies have none. So the
anchors confirm and complete what the printed page says, and every step does without them when they are missing or
wrong.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperpath.pdf.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pypdf


MAX_BOOKMARKS = 5_000
MAX_LINKS = 20_000
_SECTION = re.compile(r"(?:part|chapter|appendix|(?:sub){0,2}section)\*?\.")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of the outline."""

    title: str
    level: int
    """From 1."""
    page: int
    y: float | None


@dataclass(frozen=True, slots=True)
class Target:
    """A named place that links can lead to."""

    name: str
    page: int
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to a bibliography entry."""

    page: int
    box: tuple[float, float, float, float]
    name: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """All marks of one PDF; empty for most older papers."""

    outline: tuple[Bookmark, ...] = ()
    sections: tuple[Target, ...] = ()
    cites: tuple[Target, ...] = ()
    links: tuple[Link, ...] = ()


def read(path: Path) -> Anchors:
    """The anchors of the PDF at ``path``; none when pypdf cannot make sense of the file."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity on standard error
    try:
        with pypdf.PdfReader(path) as reader:
            if reader.is_encrypted:
                return Anchors()
            return _read(reader)
    except Exception:  # noqa: BLE001  a damaged file lets anything escape, RecursionError included; anchors are a help
        return Anchors()


def _read(reader: pypdf.PdfReader) -> Anchors:
    pages = {}
    for number, page in enumerate(reader.pages, 1):
        if page.indirect_reference is not None:
            pages[page.indirect_reference.idnum] = number
    outline = (
        tuple(_guarded(_outline(reader.outline, pages, 1), MAX_BOOKMARKS)) if "/Outlines" in reader.root_object else ()
    )
    sections: list[Target] = []
    cites: list[Target] = []
    for name, destination in reader.named_destinations.items():
        wanted = cites if name.startswith("cite.") else sections if _SECTION.match(name) else None
        if wanted is not None and (place := _page(destination, pages)):
            wanted.append(Target(name, place, _number(destination.left), _number(destination.top)))
    links = tuple(_guarded(_links(reader), MAX_LINKS)) if cites else ()
    return Anchors(outline, tuple(sections), tuple(cites), links)


def _guarded(items: Iterator[Any], most: int) -> Iterator[Any]:
    """At most that many: outlines and annotation lists of hostile files have no end."""
    for _, item in zip(range(most), items, strict=False):
        yield item


def _outline(entries: list[Any], pages: dict[int, int], level: int) -> Iterator[Bookmark]:
    for entry in entries:
        if isinstance(entry, list):
            if level < 8:
                yield from _outline(entry, pages, level + 1)
        elif page := _page(entry, pages):
            title = " ".join(clean(str(entry.title or "")).split())
            if title:
                yield Bookmark(title, level, page, _number(entry.top))


def _page(destination: Any, pages: dict[int, int]) -> int | None:
    return pages.get(getattr(destination.page, "idnum", None) or -1)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _links(reader: pypdf.PdfReader) -> Iterator[Link]:
    for number, page in enumerate(reader.pages, 1):
        for annotation in page.get("/Annots") or ():
            link = annotation.get_object()
            target = link.get("/Dest") or (link["/A"].get_object().get("/D") if "/A" in link else None)
            if isinstance(target, bytes):
                target = target.decode("latin-1")
            if isinstance(target, str) and target.startswith("cite.") and "/Rect" in link:
                x0, y0, x1, y1 = (float(v) for v in link["/Rect"])
                yield Link(number, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), target)
