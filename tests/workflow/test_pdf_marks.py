"""Highlights in and out of PDFs: what goes out comes back, once, and the stored PDF stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from paperpath import pdf
from paperpath.errors import BadFile, BadInput, ParseFailed
from paperpath.model import Highlight
from paperpath.workflow import annotating, noting, parsing, pdf_marks
from tests import papers
from tests.papers import SENTENCES
from tests.workflow.samples import LANTERNS

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import ParsedPaper

KEY = LANTERNS.key
STUDIED = f"Watching was first studied by Potter and Wheel (1998). {SENTENCES[0]}"
REVISITED = f"This was revisited by Steam (2017). {SENTENCES[1]}"


@pytest.fixture(scope="module")
def kettles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return papers.make("two_column", tmp_path_factory.mktemp("kettles"))


@pytest.fixture(scope="module")
def parsed(kettles: Path) -> ParsedPaper:
    return pdf.parse(kettles)


@pytest.fixture
def read(shelf: Library, kettles: Path, parsed: ParsedPaper, warm_parsers: None) -> Library:
    """The library where one paper has its PDF, its text and two highlights."""
    shelf.files.write(shelf.files.pdf(shelf.get(KEY).paper), kettles.read_bytes())
    parsing.keep_parsed(shelf, KEY, parsed)
    for quote, colour in ((STUDIED, "green"), (REVISITED, "purple")):
        section = next(section for section in parsed.sections if quote in section.text)
        before, _, after = section.text.partition(quote)
        mark = Highlight(quote, before[-40:], after[:40], section.title, section.page, colour)
        annotating.highlight(shelf, KEY, mark)
    return shelf


def quotes(library: Library) -> list[tuple[str, str, str]]:
    return sorted((mark.quote, mark.colour, mark.comment) for mark in library.get(KEY).highlights)


def test_out_and_back(read: Library, tmp_path: Path) -> None:
    stored = read.files.pdf(read.get(KEY).paper)
    before = stored.read_bytes()
    out = tmp_path / "out.pdf"
    assert pdf_marks.write_copy(read, KEY, out) == (2, (), True)
    assert stored.read_bytes() == before
    data = out.read_bytes()
    assert pdf_marks.write_copy(read, KEY, out) == (2, (), False)
    assert out.read_bytes() == data
    assert pdf_marks.read_back(read, KEY, out) == ((), (), 2)  # known by their names
    was = quotes(read)
    anchors = {(mark.prefix, mark.suffix, mark.section, mark.page) for mark in read.get(KEY).highlights}
    for mark in read.get(KEY).highlights:
        annotating.remove_highlight(read, KEY, mark.id or 0)
    assert len(pdf_marks.read_back(read, KEY, out).highlights) == 2
    assert quotes(read) == was
    assert {(m.prefix, m.suffix, m.section, m.page) for m in read.get(KEY).highlights} == anchors
    assert pdf_marks.read_back(read, KEY, out) == ((), (), 2)
    read.undo()
    assert quotes(read) == []


def with_marks_of_others(out: Path) -> None:
    """What happens in another viewer: a comment on a highlight of ours, a highlight, an underline, a sticky note."""
    writer = pypdf.PdfWriter(clone_from=out)
    page = writer.pages[0]
    first, second = (one.get_object() for one in page["/Annots"])
    first[NameObject("/Contents")] = TextStringObject("Is it?")
    foreign = second.clone(writer, force_duplicate=True)
    foreign[NameObject("/NM")] = TextStringObject("someone-1")
    whole = [float(number) for number in foreign["/QuadPoints"]]
    line = pypdf.annotations.Highlight(rect=(0, 0, 9, 9), quad_points=ArrayObject(second["/QuadPoints"][:8]))
    line[NameObject("/Subtype")] = NameObject("/Underline")
    writer.add_annotation(0, line)
    writer.add_annotation(0, Text(text="Ask Bo\nabout this.", rect=(50, 550, 70, 570)))
    page[NameObject("/Annots")].append(foreign.indirect_reference or foreign)
    assert len(whole) >= 16
    writer.write(out)


def test_what_others_wrote_comes_in_once_as_one_change(read: Library, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    pdf_marks.write_copy(read, KEY, out)
    with_marks_of_others(out)
    note = noting.ensure_note(read, KEY)
    was, changes = quotes(read), len(read.history())
    taken = pdf_marks.read_back(read, KEY, out)
    assert len(taken.highlights) == 2  # the line that was underlined, and ours that got a comment
    assert taken.notes == ("p. 1: Ask Bo\nabout this.",)
    assert taken.known == 2
    assert [change.what for change in read.history()[: len(read.history()) - changes]] == [
        f"annotations of {KEY} from out.pdf"
    ]
    assert "Is it?" in [mark.comment for mark in read.get(KEY).highlights]
    text = note.read_text(encoding="utf-8")
    assert "p. 1: Ask Bo\nabout this." in text
    assert "Is it?" in text
    assert pdf_marks.read_back(read, KEY, out) == ((), (), 5)
    # What others wrote stays in their copy, also when ours is brought up to date.
    pdf_marks.write_copy(read, KEY, out)
    assert pdf_marks.read_back(read, KEY, out).highlights == ()
    read.undo()
    assert quotes(read) == was


def test_places_where_no_copy_goes(read: Library, tmp_path: Path) -> None:
    stored = read.files.pdf(read.get(KEY).paper)
    before = stored.read_bytes()
    link = tmp_path / "link.pdf"
    link.hardlink_to(stored)
    for out in (stored, link, read.files.home / "copy.pdf"):
        with pytest.raises(BadInput, match="in the library itself"):
            pdf_marks.write_copy(read, KEY, out)
    with pytest.raises(BadFile, match="There is no folder"):
        pdf_marks.write_copy(read, KEY, tmp_path / "no" / "copy.pdf")
    with pytest.raises(BadFile, match="is a folder"):
        pdf_marks.write_copy(read, KEY, tmp_path)
    other = papers.make("one_column", tmp_path)
    whole = other.read_bytes()
    with pytest.raises(ParseFailed, match="is no copy of this paper"):
        pdf_marks.write_copy(read, KEY, other)
    assert (stored.read_bytes(), other.read_bytes()) == (before, whole)
    with pytest.raises(BadInput, match="not here yet"):
        pdf_marks.write_copy(read, "vega2001lamps", tmp_path / "x.pdf")


def test_a_paper_without_highlights_is_copied_as_it_is(read: Library, kettles: Path, tmp_path: Path) -> None:
    for mark in read.get(KEY).highlights:
        annotating.remove_highlight(read, KEY, mark.id or 0)
    assert pdf_marks.write_copy(read, KEY, tmp_path / "x.pdf") == (0, (), True)
    assert (tmp_path / "x.pdf").read_bytes() == kettles.read_bytes()


def test_words_that_are_not_in_the_text_are_kept_as_printed(read: Library, tmp_path: Path) -> None:
    read.files.parsed(read.get(KEY).paper).unlink()
    out = tmp_path / "out.pdf"
    pdf_marks.write_copy(read, KEY, out)
    for mark in read.get(KEY).highlights:
        annotating.remove_highlight(read, KEY, mark.id or 0)
    pdf_marks.read_back(read, KEY, out)
    assert {quote for quote, _, _ in quotes(read)} == {STUDIED, REVISITED}
    assert {mark.prefix for mark in read.get(KEY).highlights} == {""}


@pytest.mark.parametrize(
    ("date", "created"),
    [
        ("D:20260102030405Z", "2026-01-02T03:04:05Z"),
        ("D:20260102030405+02'30'", "2026-01-02T00:34:05Z"),
        ("D:20260102030405-05'00", "2026-01-02T08:04:05Z"),
        ("D:20260102", "2026-01-02T00:00:00Z"),
        ("D:20261302030405", ""),
        ("D:00010101000000+09'00'", ""),
        ("yesterday", ""),
    ],
)
def test_dates(date: str, created: str) -> None:
    assert pdf_marks._created(date) == created


@pytest.mark.parametrize(
    ("numbers", "name"),
    [
        ((1, 1, 0), "yellow"),
        ((0.49, 0.94, 0.4), "green"),
        ((1, 0.5, 0.6), "red"),
        ((0, 0.5, 1), "blue"),
        ((), "yellow"),
    ],
)
def test_colours_of_other_viewers(numbers: tuple[float, ...], name: str) -> None:
    assert pdf_marks._colour(numbers) == name
