"""Highlights written into a copy of a PDF, as annotations that every viewer shows.

Ours are known by their names (/NM), so writing twice doubles nothing and what others wrote is never touched. What is
new is appended to the file, as PDF provides for changes (ISO 32000-1, 7.5.6); the file is written anew only where a
damaged table of objects does not allow that.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.errors import ParseFailed
from paperpath.pdf.annotated import entries, name_of, numbers_of, opened, text_of
from paperpath.pdf.bones import Sheets
from paperpath.pdf.places import Place, Words, find_words
from paperpath.pdf.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.pdf.pages import Document

OURS = "paperpath-"
"""What the names of our annotations begin with."""
AUTHOR = "paperpath"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Mark(NamedTuple):
    """A highlight to be written."""

    name: str
    """Begins with :data:`OURS`; of a highlight on two pages, the second annotation gets ``-2`` behind it."""
    words: Words
    colour: tuple[float, float, float]
    """Red, green and blue, 0 to 1."""
    comment: str = ""
    date: str = ""
    """As PDF writes dates: ``D:20260102030405Z``."""

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Mark:
        """The inverse of what JSON makes of one."""
        name, words, colour, comment, date = row
        return cls(name, Words(*words), (colour[0], colour[1], colour[2]), comment, date)


class Written(NamedTuple):
    """A PDF with marks."""

    data: bytes | None
    """None where the file has exactly these marks already."""
    missing: tuple[str, ...]
    """Names of the marks whose words are not printed in it."""


def write(path: Path, marks: Sequence[Mark], *, original: Path | None = None, most_pages: int = 2_000) -> Written:
    """The PDF at ``path`` with these marks, and without others of ours.

    Args:
        path: the PDF, or a copy that was marked before.
        marks: what to write.
        original: the PDF of which ``path`` must be a copy.
        most_pages: pages on which words are looked for.

    Raises:
        ParseFailed: it cannot be read, is encrypted, cannot be written safely, or is no copy of ``original``.
    """
    from paperpath import pdf

    with pdf.searchable(path) as document:
        count = len(document)
        found = find_words(document, [mark.words for mark in marks], most_pages)
        text = _letters(document, most_pages) if original else ""
    if original is not None:
        with pdf.searchable(original) as document:
            if len(document) != count or _letters(document, most_pages) != text:
                raise ParseFailed(f"{shown(path.name)} is there and is no copy of this paper. Name another file.")
    missing = tuple(mark.name for mark, places in zip(marks, found, strict=True) if not places)
    wanted: dict[int, list[tuple[Mark, str, Place]]] = {}
    for mark, places in zip(marks, found, strict=True):
        for number, place in enumerate(places, 1):
            name = mark.name if number == 1 else f"{mark.name}-{number}"
            wanted.setdefault(place.page, []).append((mark, name, place))
    data = path.read_bytes()
    opened(data, path)
    for incremental in (True, False):
        try:
            written = _written(data, wanted, incremental=incremental)
        except Exception:  # noqa: BLE001  a damaged file lets anything escape from pypdf; written anew it may do
            written = b""
        if written is None or _is_whole(written, count, wanted):
            return Written(written, missing)
    raise ParseFailed(f"{shown(path.name)} is damaged, so that nothing can be written into a copy of it.")


def _letters(document: Document, most: int) -> str:
    """All that is printed, by which a copy is known."""
    return Sheets([document.text(index) for index in range(min(len(document), most))]).text


def _written(data: bytes, wanted: dict[int, list[tuple[Mark, str, Place]]], *, incremental: bool) -> bytes | None:
    """The file with these marks; None where it has them and no others of ours."""
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, NameObject

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    file = io.BytesIO(data)
    writer = PdfWriter(file, incremental=True) if incremental else PdfWriter(clone_from=file)
    if incremental:
        _skip_used_numbers(writer, data)
    changed = False
    for number, page in enumerate(writer.pages, 1):
        there = page.get("/Annots")
        array = there.get_object() if there is not None else None
        before = list(array) if isinstance(array, list) else []
        ours = [entry for entry in before if name_of(entry).startswith(OURS)]
        fresh = [_annotation(mark, name, place, page) for mark, name, place in wanted.get(number, ())]
        if [_fingerprint(entry.get_object()) for entry in ours] == [_fingerprint(one) for one in fresh]:
            continue
        changed = True
        kept = [entry for entry in before if entry not in ours]
        added = [writer._add_object(one) for one in fresh]  # noqa: SLF001  what add_annotation does, but for one page's list at once
        page[NameObject("/Annots")] = ArrayObject([*kept, *added])
    if not changed:
        return None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _annotation(mark: Mark, name: str, place: Place, page: Any) -> Any:
    """One highlight annotation as an object of PDF."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

    def numbers(values: Sequence[float]) -> Any:
        return ArrayObject([FloatObject(f"{value:.2f}") for value in values])

    corners = [c for x0, y0, x1, y1 in place.boxes for c in (x0, y1, x1, y1, x0, y0, x1, y0)]
    lows, highs = ([f(box[i] for box in place.boxes) for i in at] for f, at in ((min, (0, 1)), (max, (2, 3))))
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): numbers([*lows, *highs]),
            NameObject("/QuadPoints"): numbers(corners),  # upper left, upper right, lower left, lower right: as all do
            NameObject("/C"): numbers(mark.colour),
            NameObject("/F"): NumberObject(4),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/NM"): TextStringObject(name),
            NameObject("/Contents"): TextStringObject(_CONTROL.sub("", mark.comment)),
        }
    )
    if mark.date:
        made[NameObject("/M")] = made[NameObject("/CreationDate")] = TextStringObject(mark.date)
    if page.indirect_reference is not None:
        made[NameObject("/P")] = page.indirect_reference
    return made


def _fingerprint(annotation: Any) -> tuple[Any, ...]:
    """What must be the same for an annotation to stay as it is."""
    quads = [round(number, 1) for number in numbers_of(annotation.get("/QuadPoints"))]
    colour = [round(number, 1) for number in numbers_of(annotation.get("/C"))]
    return (text_of(annotation, "/NM"), text_of(annotation, "/Contents"), quads, colour)


def _skip_used_numbers(writer: Any, data: bytes) -> None:
    """Keep new objects from the numbers of former tables of objects, which are objects too.

    pypdf does not count those, gives their numbers to the first annotations of a second update, and then reads the
    table in the place of the annotation.
    """
    from pypdf import PdfReader

    size = PdfReader(io.BytesIO(data)).trailer.get("/Size")
    objects = writer._objects  # noqa: SLF001  there is no other way to say where numbers begin
    if isinstance(size, int) and size < 2 * len(objects) + 100:  # a damaged file may say anything
        objects.extend([None] * (size - len(objects)))


def _is_whole(data: bytes, count: int, wanted: dict[int, list[tuple[Mark, str, Place]]]) -> bool:
    """Whether the engine that reads PDFs here finds all pages in what was written, and pypdf our annotations."""
    from pathlib import Path

    from paperpath.pdf import pages

    path = Path("copy.pdf")
    try:
        with pages.opened(path, data) as document:
            if len(document) != count or not document.loads():
                return False
        found = [row.name for row, _ in entries(opened(data, path)) if row.name.startswith(OURS)]
    except ParseFailed:
        return False
    return found == [name for _, marks in sorted(wanted.items()) for _, name, _ in marks]
