"""Figures and tables: where they are on the page, and their pictures."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pypdf
import pytest

from paperpath import pdf
from paperpath.errors import ParseFailed
from paperpath.pdf import pages, png
from paperpath.pdf.views import Frame
from paperpath.pdf.workers import Parsers
from tests import papers
from tests.papers import BOLD, ROMAN, Paper, prose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.pdf.lines import Box
    from paperpath.pdf.pictures import Region


def size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, all of whose pixels are there."""
    assert data.startswith(png.SIGNATURE)
    width, height = struct.unpack(">II", data[16:24])
    length = struct.unpack(">I", data[33:37])[0]
    assert len(zlib.decompress(data[41 : 41 + length])) == height * (3 * width + 1)
    return width, height


def pixels(data: bytes) -> bytes:
    length = struct.unpack(">I", data[33:37])[0]
    return zlib.decompress(data[41 : 41 + length])


def named(regions: tuple[Region, ...]) -> dict[str, Region]:
    return {f"{region.caption.kind} {region.caption.label}": region for region in regions}


def box_of(region: Region) -> Box:
    assert region.box is not None
    assert region.caption.box is not None
    return region.box


def opening(paper: Paper) -> None:
    """A title and a paragraph, so that there is running text."""
    paper.centred("On Kettles That Are Drawn", BOLD, 16)
    paper.heading("1", "Introduction")
    paper.paragraph(prose(8))


def test_a_figure_stands_above_its_caption_and_a_table_below(paper: Callable[[str], Path]) -> None:
    found = named(pdf.regions(paper("one_column")))
    figure, table = found["figure 1"], found["table 1"]
    x0, y0, x1, y1 = box_of(figure)
    assert y0 >= figure.caption.box[3]  # type: ignore[index]
    assert (round(x1 - x0), round(y1 - y0)) == pytest.approx((206, 54), abs=6), "three boxes of 60 by 50, 70 apart"
    assert box_of(table)[3] <= table.caption.box[1]  # type: ignore[index]
    assert 25 < box_of(table)[3] - box_of(table)[1] < 50, "three rows"


def test_a_figure_of_one_column_stays_in_it(paper: Callable[[str], Path]) -> None:
    (figure,) = pdf.regions(paper("two_column"))
    x0, y0, x1, y1 = box_of(figure)
    assert x1 - x0 < 160
    assert 45 < y1 - y0 < 65


def test_a_figure_across_both_columns(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "wide.pdf", columns=2)
    paper.canvas.rect(80, 620, 440, 90)
    for x in (100, 300, 500):
        paper.canvas.line(x, 630, x, 700)
    paper.y = 600
    paper.centred("Figure 1: A row of kettles from one wall to the other, seen from the door.", ROMAN, 9)
    paper.y -= 20
    paper.top = paper.y
    paper.heading("1", "Introduction")
    paper.paragraph(prose(40))
    (figure,) = pdf.regions(paper.save())
    assert box_of(figure) == pytest.approx((77, 617, 523, 713), abs=3)


def test_labels_belong_to_a_figure_and_the_heading_above_does_not(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "labels.pdf")
    opening(paper)
    paper.heading("2", "Results")
    top = paper.y
    canvas = paper.canvas
    canvas.line(120, paper.y - 100, 120, paper.y - 10)
    canvas.line(120, paper.y - 100, 320, paper.y - 100)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(200, paper.y - 112, "minutes")
    canvas.saveState()
    canvas.translate(110, paper.y - 70)
    canvas.rotate(90)
    canvas.drawString(0, 0, "heat")
    canvas.restoreState()
    paper.y -= 130
    below = paper.y
    paper.paragraph("Figure 2: Heat over time.", size=9, indent=0)
    paper.paragraph(prose(8))
    x0, y0, x1, y1 = box_of(named(pdf.regions(paper.save()))["figure 2"])
    assert y1 < top + 4
    assert below + 8 < y0 < top - 110
    assert x0 < 106
    assert x1 > 320


def test_a_table_and_a_figure_between_their_captions_are_shared_out(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "shared.pdf")
    opening(paper)
    paper.table("1", "Minutes until boiling.", [("Kettle", "Minutes"), ("copper", "3.5"), ("steel", "4.2")])
    end = paper.y + 14
    paper.canvas.line(72, end, 250, end)
    paper.canvas.line(72, end + 38, 250, end + 38)
    paper.canvas.rect(80, end - 70, 60, 60)
    paper.y = end - 90
    paper.paragraph("Figure 1: A kettle.", size=9, indent=0)
    paper.paragraph(prose(9))
    found = named(pdf.regions(paper.save()))
    assert box_of(found["table 1"])[1] == pytest.approx(end, abs=5)
    assert box_of(found["figure 1"]) == pytest.approx((77, end - 73, 143, end - 7), abs=4)


def test_a_caption_with_nothing_beside_it(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "bare.pdf")
    opening(paper)
    paper.y -= 12
    paper.paragraph("Figure 1: A kettle that was forgotten.", size=9, indent=0)
    paper.y -= 12
    paper.paragraph(prose(9))
    (figure,) = pdf.regions(paper.save())
    assert figure.box is None


def test_what_is_as_large_as_the_page_is_no_figure(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "sheet.pdf")
    paper.canvas.setFillGray(0.97)
    paper.canvas.rect(0, 0, 612, 792, fill=1)
    paper.canvas.setFillGray(0)
    opening(paper)
    paper.figure("1", "A kettle on grey paper.")
    paper.paragraph(prose(9))
    (figure,) = pdf.regions(paper.save())
    assert box_of(figure)[3] - box_of(figure)[1] < 70


def test_a_drawing_is_as_large_as_it_shows(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "clipped.pdf")
    opening(paper)
    canvas = paper.canvas
    paper.y -= 90
    canvas.saveState()
    window = canvas.beginPath()
    window.rect(100, paper.y, 120, 80)
    canvas.clipPath(window, stroke=0, fill=0)
    canvas.setFillGray(0.5)
    canvas.rect(60, paper.y - 60, 400, 300, fill=1)
    canvas.restoreState()
    place = (97, paper.y - 3, 223, paper.y + 83)
    paper.y -= 20
    paper.paragraph("Figure 1: Steam behind a window.", size=9, indent=0)
    paper.paragraph(prose(9))
    (figure,) = pdf.regions(paper.save())
    assert box_of(figure) == pytest.approx(place, abs=4)


def test_the_picture_has_the_size_of_the_region(paper: Callable[[str], Path]) -> None:
    path = paper("one_column")
    figure = named(pdf.regions(path))["figure 1"]
    x0, y0, x1, y1 = box_of(figure)
    for dpi in (36, 150, 300):
        data = pdf.picture(path, figure.caption.page, (x0, y0, x1, y1), dpi)
        assert size(data) == pytest.approx(((x1 - x0) * dpi / 72, (y1 - y0) * dpi / 72), abs=2)
    assert bytes(9) in pixels(data), "the kettle is drawn in black"


def test_pages_that_are_turned_or_cut(paper: Callable[[str], Path], tmp_path: Path) -> None:
    path, box = paper("one_column"), (100.0, 300.0, 300.0, 400.0)
    straight = pdf.picture(path, 1, box, 72)
    cut, turned = tmp_path / "cut.pdf", tmp_path / "turned.pdf"
    for target in (cut, turned):
        writer = pypdf.PdfWriter(clone_from=path)
        if target == cut:
            writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 100, 550, 700))
        else:
            writer.pages[0].rotate(90)
        writer.write(target)
    assert pixels(pdf.picture(cut, 1, box, 72)) == pixels(straight)
    assert size(straight) == (200, 100)
    assert size(pdf.picture(turned, 1, box, 72)) == (100, 200)


def test_a_picture_has_a_most_of_pixels(paper: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PIXELS", 10_000)
    width, height = size(pdf.picture(paper("one_column"), 1, (0, 0, 612, 792), 600))
    assert width * height < 11_000


def test_workers_cut_too(paper: Callable[[str], Path], tmp_path: Path) -> None:
    path = paper("one_column")
    with Parsers(1) as parsers:
        found = parsers.regions(path)
        assert found == pdf.regions(path)
        region = found[0]
        assert parsers.picture(path, region.caption.page, box_of(region), 72) == pdf.picture(
            path, region.caption.page, box_of(region), 72
        )
        with pytest.raises(ParseFailed, match="Page 99 is damaged"):
            parsers.picture(path, 99, (0, 0, 10, 10), 72)
        with pytest.raises(ParseFailed, match="wants a password"):
            parsers.regions(papers.encrypted(tmp_path / "locked.pdf"))
        frame = Frame(80, 40, 0.9, 2.0, 0.3, 0.6, 2)
        seen = parsers.view(path, region.caption.page, box_of(region), frame)
        assert seen == pdf.view(path, region.caption.page, box_of(region), frame)
        assert parsers.view(path, 2, None, frame) == pdf.view(path, 2, None, frame)
