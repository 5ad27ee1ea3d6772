"""What readers left in a PDF with any viewer: passages that they marked, and remarks.

A PDF may hold anything in the place of anything; what is not as it should be is passed over.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.errors import ParseFailed
from paperpath.pdf.places import Place, words_at
from paperpath.pdf.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperpath.pdf.lines import Box

_PASSAGES = {"/Highlight": "highlight", "/Underline": "underline", "/Squiggly": "underline"}
_REMARKS = {"/Text": "note", "/FreeText": "note"}
_MOST = 5_000
"""Annotations that are read of one document."""
_LONGEST = 20_000
"""Characters of one comment."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Annotation(NamedTuple):
    """Something that a reader left on a page."""

    kind: str
    """``highlight``, ``underline`` or ``note``."""
    page: int
    """From 1."""
    words: str
    """What is printed under it; empty for a note."""
    comment: str
    colour: tuple[float, ...]
    """One number for grey, three for red, green and blue, four for inks; empty for none."""
    name: str
    date: str
    """As PDF writes dates; empty where it says none."""
    before: str = ""
    after: str = ""
    """What is printed around the words."""


def read(path: Path) -> list[Annotation]:
    """What readers left in the PDF at ``path``: marked passages and written remarks, in the order of its pages.

    Raises:
        ParseFailed: it cannot be read, or is encrypted.
    """
    from paperpath import pdf

    with pdf.searchable(path) as document:
        rows = list(entries(opened(path.read_bytes(), path)))
        words = words_at(document, [Place(row.page, boxes) for row, boxes in rows])
    return [
        row._replace(words=one.quote, before=one.before, after=one.after) if row.kind != "note" else row
        for (row, _), one in zip(rows, words, strict=True)
    ]


def opened(data: bytes, path: Path) -> Any:
    """pypdf's reader of a PDF whose pages it can find.

    Raises:
        ParseFailed: it is damaged, or encrypted.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    name = shown(path.name)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        encrypted = reader.is_encrypted
        if not encrypted:
            len(reader.pages)
    except pypdf.errors.DependencyError:  # a cipher that pypdf has only with another package
        encrypted = True
    except Exception as error:  # a damaged file lets anything escape
        raise ParseFailed(f"{name} is damaged, so that annotations can be neither read nor written.") from error
    if encrypted:
        raise ParseFailed(f"{name} is encrypted. Save a copy without a password, for example with qpdf --decrypt.")
    return reader


def entries(reader: Any) -> Iterator[tuple[Annotation, tuple[Box, ...]]]:
    """The annotations of a file with their boxes; what is not as it should be is passed over."""
    looked_at = count = 0
    for number, page in enumerate(reader.pages, 1):
        array = object_of(page.get("/Annots"))
        for entry in array if isinstance(array, list) else ():
            looked_at += 1
            if count >= _MOST or looked_at > 20 * _MOST:  # most are links
                return
            one = object_of(entry)
            found = _one(one, number) if isinstance(one, dict) else None
            if found:
                count += 1
                yield found


def _one(one: Any, page: int) -> tuple[Annotation, tuple[Box, ...]] | None:
    kind = str(object_of(one.get("/Subtype")))
    comment = text_of(one, "/Contents")
    colour = tuple(numbers_of(one.get("/C")))
    name, date = text_of(one, "/NM"), text_of(one, "/CreationDate") or text_of(one, "/M")
    if kind in _PASSAGES:
        boxes = _quads(numbers_of(one.get("/QuadPoints"))) or _quads(_corners(numbers_of(one.get("/Rect"))))
        return (Annotation(_PASSAGES[kind], page, "", comment, colour, name, date), boxes) if boxes else None
    if kind in _REMARKS and comment.strip() and "/StateModel" not in one:  # that says “accepted”, and by whom
        return Annotation(_REMARKS[kind], page, "", comment, colour, name, date), ()
    return None


def _quads(numbers: list[float]) -> tuple[Box, ...]:
    """The boxes around groups of four points, in whatever order a program wrote the points."""
    boxes = []
    for i in range(0, len(numbers) - 7, 8):
        xs, ys = numbers[i : i + 8 : 2], numbers[i + 1 : i + 8 : 2]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return tuple(boxes)


def _corners(rect: list[float]) -> list[float]:
    return [rect[i] for i in (0, 3, 2, 3, 0, 1, 2, 1)] if len(rect) == 4 else []


def numbers_of(value: Any) -> list[float]:
    """The numbers of an array; none for anything else."""
    array = object_of(value)
    found = [object_of(item) for item in array[:3_200]] if isinstance(array, list) else []
    return [float(item) for item in found if isinstance(item, (int, float))] if found else []


def text_of(one: Any, key: str) -> str:
    """A text of a dictionary, without control characters; empty for none."""
    value = object_of(one.get(key))
    if not isinstance(value, str):
        return ""
    text = value[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def name_of(entry: Any) -> str:
    """The name of an annotation; empty for none."""
    one = object_of(entry)
    return text_of(one, "/NM") if isinstance(one, dict) else ""


def object_of(value: Any) -> Any:
    """What a reference refers to, or the value itself."""
    return value.get_object() if hasattr(value, "get_object") else value
