"""Letters that a font draws one by one (Type 3): dvips made such fonts of bitmaps, and they say size 1 or less.

Their size is measured on the letters. Lines of digits alone have the size of the lines around them; they are years,
pages of references and numbers of equations, and LeCun 1998 lost hundreds of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from paperpath.pdf import cutting, pages
from tests.papers import written

if TYPE_CHECKING:
    from pathlib import Path

SCALE = 0.24
"""Points for a dot of 300 to the inch."""
CAPITAL, SMALL, DIGIT = 29, 19, 27
"""Heights in dots, as in Computer Modern at 10 points."""


def made(path: Path, lines: list[str]) -> Path:
    """A PDF whose one font holds bitmaps, with these lines on its second page: the first is read word by word."""
    letters = sorted({letter for line in lines for letter in line} - {" "})
    names = {letter: f"/u{ord(letter):04X}" for letter in letters}
    heights = {a: DIGIT if a.isdigit() else CAPITAL if a.isupper() or a in "bdfhkl" else SMALL for a in letters}
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
            b" /Resources << /Font << /F 6 0 R >> >> >>"
        ),
    ]
    rows = [f"{SCALE} 0 0 {SCALE} 72 {700 - 12 * i} Tm ({line}) Tj" for i, line in enumerate(lines)]
    objects.append(_stream("BT /F 1 Tf " + " ".join(rows) + " ET"))
    first, last = ord(" "), ord(letters[-1])
    widths = " ".join("20" for _ in range(first, last + 1))
    procs = " ".join(f"{names[letter]} {7 + i} 0 R" for i, letter in enumerate(letters))
    differences = " ".join(f"{ord(letter)} {names[letter]}" for letter in letters)
    objects.append(
        (
            f"<< /Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /FontBBox [0 0 20 30] /FirstChar {first}"
            f" /LastChar {last} /Widths [{widths}] /CharProcs << {procs} >>"
            f" /Encoding << /Type /Encoding /Differences [{differences}] >> >>"
        ).encode()
    )
    objects += [_stream(f"20 0 0 0 18 {heights[a]} d1 0 0 18 {heights[a]} re f") for a in letters]
    return written(path, objects)


def _stream(text: str) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text.encode())


def read(path: Path) -> list[tuple[str, float]]:
    with pages.opened(path) as document:
        page = document.read(1)
    assert page is not None
    return [(line.text, line.size) for line in page.lines]


def test_digits_alone_are_as_large_as_the_text_around_them(tmp_path: Path) -> None:
    lines = ["Kettles and their lids at sea level", "1997", "147 169", "were boiled for an hour"]
    assert read(made(tmp_path / "a.pdf", lines)) == [(line, 10.0) for line in lines]


def test_digits_are_measured_where_nothing_else_is(tmp_path: Path) -> None:
    assert read(made(tmp_path / "a.pdf", ["1997", "Kettles and lids"])) == [("1997", 10.0), ("Kettles and lids", 10.0)]


class Row(NamedTuple):
    """As much of ``letters.Letters`` as tells where letters stand: six points for each, a new row at every ``|``."""

    text: str
    boxes: list[tuple[float, float, float, float]]


def printed(rows: str) -> Row:
    boxes = [
        (6.0 * i, 6.0 * i + 5, -12.0 * y, -12.0 * y + 7)
        for y, row in enumerate(rows.split("|"))
        for i in range(len(row))
    ]
    return Row(rows.replace("|", ""), boxes)


@pytest.mark.parametrize(
    ("rows", "pieces"),
    [
        ("of neural net- |works and", ["of neural net-", "works and"]),
        ("pre- and |post-war", ["pre- and post-war"]),
        ("a self- |made net- |work", ["a self-", "made net-", "work"]),
    ],
)
def test_a_row_ends_at_its_hyphen_though_a_space_follows(rows: str, pieces: list[str]) -> None:
    letters = printed(rows)
    cutter = cutting._Cutter(letters, 2, 300)  # type: ignore[arg-type]
    assert [letters.text[a : z + 1] for a, z in cutter._rows(0, len(letters.text) - 1)] == pieces
