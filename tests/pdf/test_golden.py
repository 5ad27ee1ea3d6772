"""Whole papers against files that a reviewer can read; ``python -m tests.pdf.goldens`` writes them anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from paperpath import pdf
from paperpath.errors import ParseFailed
from paperpath.model import ParsedPaper
from tests.pdf import goldens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("name", goldens.NAMES)
def test_paper_reads_as_before(name: str, paper: Callable[[str], Path]) -> None:
    assert goldens.as_text(paper(name)) == (goldens.FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("plain", "marked"), [("one_column", "anchored"), ("two_column", "anchored_two_column")])
def test_marks_confirm_what_the_page_says(plain: str, marked: str, paper: Callable[[str], Path]) -> None:
    without, with_marks = pdf.parse(paper(plain)), pdf.parse(paper(marked))
    assert with_marks.sections == without.sections
    assert with_marks.references == without.references
    assert with_marks.title == without.title


def test_a_parsed_paper_survives_json(paper: Callable[[str], Path]) -> None:
    parsed = pdf.parse(paper("one_column"))
    assert ParsedPaper.from_dict(json.loads(json.dumps(parsed.to_dict()))) == parsed


def test_paragraphs_go_on_over_columns_and_pages(paper: Callable[[str], Path]) -> None:
    section = next(s for s in pdf.parse(paper("two_column")).sections if s.title == "Introduction")
    assert [p[:30] for p in section.text.split("\n\n")] == [
        "Watching was first studied by ",
        "Later work used attention (Ste",
    ]


def test_scripts_and_fractions_are_read_from_the_page(paper: Callable[[str], Path]) -> None:
    (section,) = pdf.parse(paper("formulas")).sections
    assert "The heat of kettle x^{(k)} is lost by g²_t to the room." in section.text
    assert "loses about n/m of its heat in an hour, or 3/4 if it is old." in section.text
    assert "the sum of α_ij h_j and H2O of mark¹, where lids take x = α/β and no more." in section.text


@pytest.mark.parametrize(("accent", "read"), [(r"\264", "expérience"), (r"\140", "expèrience")])
def test_an_accent_at_the_end_of_a_line_finds_its_letter(tmp_path: Path, accent: str, read: str) -> None:
    line = "The experience of kettles that nobody watches is that they sing for longer than others do"
    canvas = Canvas(str(tmp_path / "accent.pdf"))
    text = canvas.beginText(72, 700)
    text.setFont("Times-Roman", 10)
    back = stringWidth(line, "Times-Roman", 10) - stringWidth(line[: line.index("erience")], "Times-Roman", 10) - 0.6
    text._code.append(f"[({line}) {100 * back} ({accent})] TJ")  # reportlab has no word for going back
    canvas.drawText(text)
    canvas.save()
    (section,) = pdf.parse(tmp_path / "accent.pdf").sections
    assert section.text == line.replace("experience", read)


def test_figures_and_running_heads_stay_out_of_the_text(paper: Callable[[str], Path]) -> None:
    for name in ("one_column", "two_column"):
        parsed = pdf.parse(paper(name))
        text = "\n".join(s.text for s in parsed.sections)
        assert "output" not in text
        assert "Steam and Vapour:" not in text
        assert "copper never" not in text


def test_divided_words_are_whole_again(paper: Callable[[str], Path]) -> None:
    text = "\n".join(s.text for s in pdf.parse(paper("one_column")).sections)
    assert "-" not in text.replace("[1-3]", "")
    assert text.count("Information about kettles is represented in temperatures.") == 6


def test_nothing_that_a_terminal_obeys_gets_out(paper: Callable[[str], Path]) -> None:
    text = json.dumps(pdf.parse(paper("terminal_escapes")).to_dict(), ensure_ascii=False)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text)
    assert "Red Kettles and Bells" in text


def test_the_caption_has_its_place(paper: Callable[[str], Path]) -> None:
    figure, table = pdf.parse(paper("one_column")).captions
    assert (figure.kind, figure.label, table.kind, table.label) == ("figure", "1", "table", "1")
    assert figure.box is not None
    x0, y0, x1, y1 = figure.box
    assert 70 < x0 < x1 < 545
    assert 0 < y0 < y1 < 792


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a PDF"),
        (b"<html>This paper has been withdrawn</html>", "is not a PDF"),
        (b"%PDF-1.4\ntruncated", "damaged beyond repair"),
    ],
)
def test_what_is_no_pdf_is_said_in_one_line(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(content)
    for call in (pdf.parse, pdf.page_count):
        with pytest.raises(ParseFailed, match=says) as caught:
            call(path)
        assert "\n" not in str(caught.value)


def test_encrypted_and_missing_files(paper: Callable[[str], Path], tmp_path: Path) -> None:
    with pytest.raises(ParseFailed, match=r"encrypted\.pdf is encrypted and wants a password"):
        pdf.parse(paper("encrypted"))
    with pytest.raises(ParseFailed, match="is not there"):
        pdf.parse(tmp_path / "none.pdf")


def test_a_file_name_cannot_carry_escapes_into_a_message(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred\x07.pdf"
    path.write_bytes(b"no")
    with pytest.raises(ParseFailed) as caught:
        pdf.parse(path)
    assert str(caught.value).startswith("[31mred.pdf is not a PDF")


def test_long_books_and_crowded_pages_are_cut_short(
    paper: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperpath.pdf import pages

    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    parsed = pdf.parse(paper("one_column"))
    assert parsed.pages == 2
    assert parsed.warnings == ("Only the first 1 of 2 pages were read.",)
    monkeypatch.setattr(pages, "MAX_OBJECTS", 3)
    assert pdf.parse(paper("one_column")).warnings[1] == "Pages that are damaged or too crowded were left out: 1."
    monkeypatch.setattr(pages, "MAX_OBJECTS", 60_000)
    monkeypatch.setattr(pages, "MAX_LETTERS", 100)
    assert "too crowded" in pdf.parse(paper("one_column")).warnings[1]
