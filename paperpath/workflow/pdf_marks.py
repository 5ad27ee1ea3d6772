"""Highlights of a paper in and out of PDFs: written into a copy, read from what other viewers wrote into one.

The stored PDF is never written to. What is read becomes highlights and words in the note as an import from another
program does, through :mod:`~paperpath.workflow.companions`: what is there already is not gained, and it is one change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from paperpath.durable import atomic_write, require_folder
from paperpath.errors import BadFile, BadInput
from paperpath.formats.result import Beside
from paperpath.model import Highlight
from paperpath.pdf.bones import Sheets, bones, find
from paperpath.workflow import annotating, companions
from paperpath.workflow.texts import letters, read_parsed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import ParsedPaper
    from paperpath.pdf.annotated import Annotation

COLOURS = {
    "yellow": (1.0, 0.83, 0.0), "red": (1.0, 0.4, 0.4), "green": (0.37, 0.7, 0.21), "blue": (0.18, 0.66, 0.9),
    "purple": (0.64, 0.54, 0.9), "magenta": (0.9, 0.43, 0.93), "orange": (0.95, 0.6, 0.22), "grey": (0.67, 0.67, 0.67),
}  # fmt: skip
"""Red, green and blue of our colours: Zotero's, as most readers who move between programs know them."""
_CHOSEN = ("yellow", "red", "green", "blue", "purple")
"""What a colour of another viewer is taken for: those that one can choose here."""
_CONTEXT = 40
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:Z|([+-])(\d\d)'?(\d\d)?)?")
_SURE = 20
"""Letters of a quote that is the same passage whichever page it is said to be on."""
_LONGER = 1.5
"""How much longer than the words under an annotation a quote may be, where formulas come in between."""


class Copied(NamedTuple):
    """A copy of a PDF with highlights."""

    highlights: int
    """How many are in it."""
    missing: tuple[Highlight, ...]
    """Those whose words are not printed in it."""
    changed: bool
    """Whether it was written; else it said all this already."""


class Taken(NamedTuple):
    """What a PDF had that the library had not."""

    highlights: tuple[Highlight, ...]
    notes: tuple[str, ...]
    """Remarks that belong to no words; they went into the note."""
    known: int
    """Annotations that are in the library already."""


def write_copy(library: Library, key: str, out: Path) -> Copied:
    """Write the highlights of a paper into ``out``: a copy of its PDF, or one that is there and was annotated since.

    Raises:
        BadInput: the PDF is not here, or ``out`` is in the library itself.
        BadFile: there is no folder for it.
        ParseFailed: the PDF cannot be read or written, or ``out`` is no copy of it.
        DiskFull, LibraryError: it cannot be written; what was there is whole.
    """
    from paperpath.pdf.marking import Mark
    from paperpath.pdf.places import Words
    from paperpath.pdf.workers import Parsers

    stored = _stored(library, key)
    home = library.files.home.resolve()
    if home in out.resolve().parents or (out.exists() and out.samefile(stored)):
        raise BadInput(f"{out} is in the library itself, whose PDFs stay as they are. Name a file elsewhere.")
    require_folder(out)
    if out.is_dir():
        raise BadFile(f"{out} is a folder. Name a file.")
    highlights = library.get(key).highlights
    marks = [
        Mark(
            _name(mark),
            Words(mark.quote, mark.prefix, mark.suffix, mark.page),
            COLOURS.get(mark.colour, COLOURS["yellow"]),
            mark.comment,
            _pdf_date(mark.created),
        )
        for mark in highlights
    ]
    with Parsers() as parsers:
        written = parsers.mark(out, marks, stored) if out.exists() else parsers.mark(stored, marks)
    data = stored.read_bytes() if written.data is None and not out.exists() else written.data
    if data is not None:
        atomic_write(out, data)
    missing = tuple(mark for mark in highlights if _name(mark) in written.missing)
    return Copied(len(highlights) - len(missing), missing, data is not None)


def read_back(library: Library, key: str, path: Path | None = None) -> Taken:
    """Take over what other viewers wrote into a PDF of this paper; one change, which ``undo`` takes back.

    Marked passages become highlights, anchored by their words; other remarks become words in the note. What we wrote
    is known by its name: only a comment that it got since is taken over.

    Args:
        library: the library.
        key: the paper.
        path: the PDF; None for the one in the library.

    Raises:
        BadInput: it is not here.
        ParseFailed: it cannot be read.
    """
    from paperpath.pdf.workers import Parsers

    file = path or _stored(library, key)
    if not file.is_file():
        raise BadFile(f"{file} is not a file.")
    with Parsers() as parsers:
        found = parsers.annotations(file)
    record = library.get(key)
    ours = {_name(mark): mark for mark in record.highlights}
    quotes = {words for mark in record.highlights if len(words := letters(mark.quote)) >= _SURE}
    reader = _Anchor(read_parsed(library, key))
    commented: list[Highlight] = []
    fresh: list[Highlight] = []
    remarks: list[str] = []
    for one in found:
        known = ours.get(re.sub(r"-\d+$", "", one.name))
        if known is not None:
            if one.comment and not known.comment:
                commented.append(replace(known, comment=one.comment))
            continue
        mark = reader.highlight(one) if one.kind != "note" else None
        if mark is None:
            remarks += [f"p. {one.page}: {one.comment}"] if one.comment else []
        elif letters(mark.quote) not in quotes:
            fresh.append(mark)
    gained = companions.gains(library, key, Beside(notes=tuple(remarks), highlights=tuple(fresh)))
    if gained or commented:
        with library.change(f"annotations of {key} from {file.name}"):
            for mark in commented:
                library.update_highlight(key, mark)
            if commented:
                annotating.show_highlights(library, key)
            companions.carry_out(library, gained)
    new = (*gained.highlights, *commented)
    return Taken(new, tuple(remarks[: len(gained.notes)]), len(found) - len(new) - len(gained.notes))


def _stored(library: Library, key: str) -> Path:
    pdf = library.files.pdf(library.get(key).paper)
    if not pdf.is_file():
        raise BadInput(f"The PDF of {key} is not here yet. Bring it with: paperpath fetch {key}")
    return pdf


def _name(mark: Highlight) -> str:
    """What the annotation of a highlight is called: the same whatever its comment and colour, in any copy."""
    from paperpath.pdf.marking import OURS

    digest = blake2b(f"{mark.created}\n{mark.quote}".encode("utf-8", "replace"), digest_size=10).hexdigest()
    return f"{OURS}{digest}"


class _Anchor:
    """Finds in the text of a paper what is printed under an annotation."""

    def __init__(self, parsed: ParsedPaper | None) -> None:
        self._texts: list[tuple[str, int, str]] = []
        """Heading, page and text of each part."""
        if parsed is not None:
            self._texts = [("Abstract", 1, parsed.abstract or "")]
            self._texts += [(section.title, section.page, section.text) for section in parsed.sections]
            self._texts += [(c.name, c.page, c.text) for c in parsed.captions]
            self._texts += [("Footnotes", note.page, note.text) for note in parsed.footnotes]
            self._texts += [("References", reference.page, reference.text) for reference in parsed.references]
        self._sheets = Sheets([text for _, _, text in self._texts])

    def highlight(self, one: Annotation) -> Highlight | None:
        """The highlight that an annotation is; as it is printed where its words are not in the text; None for none."""
        mark = Highlight(
            one.words, page=one.page, colour=_colour(one.colour), comment=one.comment, created=_created(one.date)
        )
        wanted = bones(one.words).text
        if not wanted:
            return None
        before = [number for number, (_, page, _) in enumerate(self._texts) if page <= one.page]
        spans = find(
            self._sheets.text,
            wanted,
            before=bones(one.before).text,
            after=bones(one.after).text,
            near=self._sheets.start(before[-1] if before else 0),
        )
        pieces = [piece for span in spans for piece in self._sheets.characters(span)]
        if not pieces or len({number for number, _, _ in pieces}) > 1:
            return mark
        number, start, end = pieces[0][0], min(piece[1] for piece in pieces), max(piece[2] for piece in pieces)
        title, _, text = self._texts[number]
        if len(bones(text[start:end]).text) > _LONGER * len(wanted):
            return mark
        while end < len(text) and one.words.endswith(text[end]) and not text[end].isspace():
            end += 1
        return replace(
            mark,
            quote=text[start:end],
            prefix=text[max(0, start - _CONTEXT) : start],
            suffix=text[end : end + _CONTEXT],
            section=title,
        )


def _colour(numbers: Sequence[float]) -> str:
    """The nearest of our colours."""
    if len(numbers) != 3:
        return _CHOSEN[0]
    return min(_CHOSEN, key=lambda name: sum((a - b) ** 2 for a, b in zip(COLOURS[name], numbers, strict=True)))


def _pdf_date(created: str) -> str:
    """``D:20260102030405Z`` for a time as the library keeps it."""
    digits = re.sub(r"\D", "", created)[:14]
    return f"D:{digits}Z" if len(digits) == 14 else ""


def _created(date: str) -> str:
    """A PDF's date as the library keeps times: in UTC; empty for one that is none."""
    from datetime import UTC, datetime, timedelta

    found = _DATE.match(date)
    if not found:
        return ""
    try:
        at = datetime(*(int(part or 0) for part in found.groups()[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]  # six
        away = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
        return (at + away if found[7] == "-" else at - away).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
