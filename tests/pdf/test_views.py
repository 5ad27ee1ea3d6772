"""Views of pages and figures in few pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest

from paperpath import pdf
from paperpath.errors import ParseFailed
from paperpath.pdf import pages
from paperpath.pdf.views import MOST, Frame, averaged, window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHITE = b"\xff\xff\xff"


@pytest.mark.parametrize(
    ("frame", "size", "seen", "part"),
    [
        (Frame(100, 100), (50, 100), (50, 100), (0, 0, 1, 1)),
        (Frame(100, 100), (200, 100), (100, 50), (0, 0, 1, 1)),
        (Frame(100, 100, aspect=2), (100, 100), (50, 100), (0, 0, 1, 1)),
        (Frame(100, 100, zoom=2), (100, 100), (100, 100), (0.25, 0.25, 0.75, 0.75)),
        (Frame(100, 100, zoom=2, x=0, y=7), (100, 100), (100, 100), (0, 0.5, 0.5, 1)),
        (Frame(100, 100, zoom=2), (25, 100), (50, 100), (0, 0.25, 1, 0.75)),
        (Frame(0, -3, aspect=0, zoom=-1), (0, 0), (1, 1), (0, 0, 1, 1)),
        (Frame(10**9, 10**9), (1, 1), (MOST, MOST), (0, 0, 1, 1)),
    ],
)
def test_what_is_seen_of_a_thing_in_a_frame(
    frame: Frame, size: tuple[int, int], seen: tuple[int, int], part: tuple[float, ...]
) -> None:
    found = window(frame, *size)
    assert (found.width, found.height) == seen
    assert found.part == part


def test_samples_become_their_mean() -> None:
    red, green, blue = b"\xff\0\0", b"\0\xff\0", b"\0\0\xff"
    rows = (red + red + WHITE * 2) + (red + red + bytes(6)) + (green * 4) + (blue * 4)
    assert averaged(rows, 2, 2, 2) == bytes([255, 0, 0, 127, 127, 127, 0, 127, 127, 0, 127, 127])
    assert averaged(rows, 4, 4, 1) == rows


def test_a_page_is_seen_whole_and_from_near(paper: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = paper("one_column")
    whole = pdf.view(path, 1, None, Frame(100, 110, samples=3))
    assert (whole.width, whole.height) == (85, 110)
    assert len(whole.pixels) == 3 * 85 * 110
    assert whole.pixels[:3] == WHITE
    near = pdf.view(path, 1, None, Frame(100, 110, zoom=2, x=0, y=0, samples=3))
    assert (near.width, near.height) == (100, 110)
    assert near.part == (0, 0, pytest.approx(100 / 170), 0.5)
    # Twice as near with one sample shows the very samples that the whole is the mean of.
    fine = pdf.view(path, 1, None, Frame(85, 110, zoom=2, x=0, y=0))
    coarse = pdf.view(path, 1, None, Frame(85, 110, samples=2))
    corner = b"".join(coarse.pixels[3 * 85 * y :][: 3 * 42] for y in range(55))
    mean = averaged(b"".join(fine.pixels[3 * 85 * y :][: 3 * 84] for y in range(110)), 42, 55, 2)
    assert corner == mean
    assert len(set(zip(mean[::3], mean[1::3], mean[2::3], strict=True))) > 10, "something is written there"
    monkeypatch.setattr(pages, "MAX_PIXELS", 9)
    assert pdf.view(path, 1, None, Frame(85, 110, samples=2)).pixels != coarse.pixels
    with pytest.raises(ParseFailed, match="Page 99 is damaged"):
        pdf.view(path, 99, None, Frame(10, 10))


def test_a_box_is_seen_alone_on_pages_that_are_turned_or_cut(paper: Callable[[str], Path], tmp_path: Path) -> None:
    path, box = paper("one_column"), (100.0, 300.0, 300.0, 400.0)
    straight = pdf.view(path, 1, box, Frame(200, 200))
    cut, turned = tmp_path / "cut.pdf", tmp_path / "turned.pdf"
    for target in (cut, turned):
        writer = pypdf.PdfWriter(clone_from=path)
        if target == cut:
            writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 100, 550, 700))
        else:
            writer.pages[0].rotate(90)
        writer.write(target)
    assert (straight.width, straight.height) == (200, 100)
    assert pdf.view(cut, 1, box, Frame(200, 200)).pixels == straight.pixels
    seen = pdf.view(turned, 1, box, Frame(200, 200))
    assert (seen.width, seen.height) == (100, 200)
    assert set(straight.pixels) != {255}
