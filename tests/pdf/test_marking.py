"""Highlights in PDFs: where they lie, what others wrote, and files that are no help."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from pypdf.annotations import FreeText, Highlight, Text
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

from paperpath import pdf
from paperpath.errors import ParseFailed
from paperpath.pdf import annotated, marking, places
from paperpath.pdf.marking import Mark
from paperpath.pdf.places import Words
from tests import papers
from tests.papers import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.pdf.workers import Parsers

YELLOW = (1.0, 0.83, 0.0)
FIRST = Mark("paperpath-1", Words(SENTENCES[1], page=1), YELLOW, "Which flame?\n“Über” ∑", "D:20260102030405Z")
SECOND = Mark("paperpath-2", Words(SENTENCES[3], page=1), (0.37, 0.7, 0.21))


@pytest.fixture(scope="module")
def kettles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper in two columns, whose sentences run over lines."""
    return papers.make("two_column", tmp_path_factory.mktemp("kettles"))


def annotations(data: bytes) -> list[Any]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]


def written(path: Path, *marks: Mark, original: Path | None = None) -> bytes:
    done = marking.write(path, marks, original=original)
    assert done.missing == ()
    assert done.data is not None
    return done.data


def ours(data: bytes) -> list[Any]:
    found = [one for one in annotations(data) if isinstance(one, dict)]
    return [one for one in found if str(one.get("/NM", "")).startswith("paperpath-")]


def test_a_highlight_covers_its_words_line_by_line(kettles: Path) -> None:
    with pdf.searchable(kettles) as document:
        (found,) = places.find_words(document, [FIRST.words], 99)
        (place,) = found
        (back,) = places.words_at(document, [place])
        assert back.quote == SENTENCES[1]
        assert back.after.startswith(SENTENCES[2][:40])
        assert places.words_at(document, [place._replace(page=99)]) == [Words("")]
    assert len(place.boxes) > 1
    assert all(x1 - x0 < 240 and 6 < y1 - y0 < 16 for x0, y0, x1, y1 in place.boxes)
    assert [box[1] for box in place.boxes] == sorted((box[1] for box in place.boxes), reverse=True)


def test_what_is_written_is_an_annotation_as_pdf_has_them(kettles: Path) -> None:
    before = kettles.read_bytes()
    data = written(kettles, FIRST, SECOND)
    assert kettles.read_bytes() == before
    assert data.startswith(before)  # appended: nothing of the paper is written anew
    one, other = ours(data)
    assert (one["/Subtype"], one["/NM"], one["/T"]) == ("/Highlight", "paperpath-1", "paperpath")
    assert one["/Contents"] == FIRST.comment
    assert one["/M"] == one["/CreationDate"] == FIRST.date
    assert [float(number) for number in other["/C"]] == [0.37, 0.7, 0.21]
    quads = [float(number) for number in one["/QuadPoints"]]
    assert len(quads) % 8 == 0
    x = [float(number) for number in one["/Rect"]]
    assert (x[0], x[1], x[2], x[3]) == (min(quads[::2]), min(quads[1::2]), max(quads[::2]), max(quads[1::2]))


def test_writing_twice_changes_nothing_and_what_is_gone_goes(kettles: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(written(kettles, FIRST, SECOND))
    assert marking.write(copy, [FIRST, SECOND], original=kettles) == (None, ())
    data = written(copy, FIRST._replace(comment="That one."), original=kettles)
    assert [(one["/NM"], one["/Contents"]) for one in ours(data)] == [("paperpath-1", "That one.")]


def test_what_others_wrote_stays(kettles: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=kettles)
    note = Text(text="Mine.", rect=(50, 550, 70, 570))
    writer.add_annotation(0, note)
    copy = tmp_path / "copy.pdf"
    writer.write(copy)
    for marks in ((FIRST, SECOND), (SECOND,), ()):
        copy.write_bytes(written(copy, *marks, original=kettles))
        assert "Mine." in [one["/Contents"] for one in annotations(copy.read_bytes())]
        assert [one["/NM"] for one in ours(copy.read_bytes())] == [mark.name for mark in marks]


def test_words_that_are_not_printed_are_told(kettles: Path) -> None:
    lost = Mark("paperpath-3", Words("Nobody ever wrote this sentence about anything at all."), YELLOW)
    done = marking.write(kettles, [lost, FIRST])
    assert done.missing == ("paperpath-3",)
    assert done.data is not None
    assert [one["/NM"] for one in ours(done.data)] == ["paperpath-1"]


def test_another_paper_is_no_copy(kettles: Path, tmp_path: Path) -> None:
    other = papers.make("one_column", tmp_path)
    with pytest.raises(ParseFailed, match=r"one_column\.pdf is there and is no copy of this paper"):
        marking.write(other, [FIRST], original=kettles)


def test_reading_what_other_viewers_wrote(kettles: Path, tmp_path: Path) -> None:
    with pdf.searchable(kettles) as document:
        (((page, boxes),),) = places.find_words(document, [FIRST.words], 99)
    corners = [FloatObject(c) for x0, y0, x1, y1 in boxes for c in (x0, y0, x1, y0, x1, y1, x0, y1)]  # as Preview does
    writer = pypdf.PdfWriter(clone_from=kettles)
    mark = Highlight(rect=(0, 0, 9, 9), quad_points=ArrayObject(corners), highlight_color="2ea8e5")
    mark[NameObject("/Contents")] = TextStringObject("So \x1b[31mthere")
    line = Highlight(rect=boxes[0], quad_points=ArrayObject(corners[:8]))
    line[NameObject("/Subtype")] = NameObject("/Underline")
    remark = FreeText(text="A remark.", rect=(50, 550, 70, 570))
    reply = Text(text="Accepted set by B", rect=(50, 550, 70, 570))
    reply[NameObject("/StateModel")] = TextStringObject("Review")
    for one in (mark, line, remark, reply):
        writer.add_annotation(page - 1, one)
    copy = tmp_path / "copy.pdf"
    writer.write(copy)
    one, other, third = [row for row in annotated.read(copy) if row.kind]
    assert (one.kind, one.page, one.words, one.comment) == ("highlight", page, SENTENCES[1], "So [31mthere")
    assert [round(number, 2) for number in one.colour] == [0.18, 0.66, 0.9]
    assert other.kind == "underline"
    assert SENTENCES[1].startswith(other.words)
    assert len(other.words) > 10
    assert (third.kind, third.words, third.comment) == ("note", "", "A remark.")


def test_annotations_that_are_not_as_they_should_be_are_passed_over(kettles: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=kettles)
    strange: list[dict[str, Any]] = [
        {"/Subtype": NameObject("/Highlight")},
        {"/Subtype": NameObject("/Highlight"), "/QuadPoints": NumberObject(3), "/Rect": ArrayObject([NumberObject(1)])},
        {"/Subtype": NumberObject(7), "/Contents": TextStringObject("x")},
        {"/Subtype": NameObject("/Text"), "/Contents": ArrayObject(), "/NM": NumberObject(1), "/C": NumberObject(1)},
    ]
    page = writer.pages[0]
    array = ArrayObject([NumberObject(4), TextStringObject("no")])
    for row in strange:
        one = pypdf.generic.DictionaryObject({NameObject(key): value for key, value in row.items()})
        array.append(one)
    page[NameObject("/Annots")] = array
    copy = tmp_path / "copy.pdf"
    writer.write(copy)
    assert annotated.read(copy) == []
    data = written(copy, FIRST)
    assert [one["/NM"] for one in ours(data)] == ["paperpath-1"]


@pytest.mark.parametrize("name", ["encrypted", "broken", "empty"])
def test_files_that_are_no_help_say_so(name: str, tmp_path: Path) -> None:
    if name == "encrypted":
        path = papers.make("encrypted", tmp_path)
    else:
        path = tmp_path / "x.pdf"
        path.write_bytes(b"%PDF-1.5\n1 0 obj <<" if name == "broken" else b"")
    with pytest.raises(ParseFailed):
        annotated.read(path)
    with pytest.raises(ParseFailed):
        marking.write(path, [FIRST])


def test_a_worker_does_it(kettles: Path, warm_worker: None) -> None:
    from tests.warm import WarmParsers

    parsers: Parsers = WarmParsers()
    done = parsers.mark(kettles, [FIRST], kettles)
    assert done.data == written(kettles, FIRST)
    assert parsers.mark(kettles, []).data is None
    assert parsers.annotations(kettles) == annotated.read(kettles)
