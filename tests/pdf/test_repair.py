"""Fonts that do not say which letters they hold."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from paperpath import pdf
from paperpath.pdf import repair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def font(*differences: int | str) -> DictionaryObject:
    items = [NumberObject(d) if isinstance(d, int) else NameObject(d) for d in differences]
    return DictionaryObject(
        {NameObject("/Encoding"): DictionaryObject({NameObject("/Differences"): ArrayObject(items)})}
    )


LETTERS = [f"/{c}" for c in "abcdefghij"]


def test_glyph_names_become_a_table_of_letters() -> None:
    mended = font(2, "/.", "/1", "/\x0c", 97, *LETTERS)
    assert repair._mend(pypdf.PdfWriter(), mended)
    table = mended["/ToUnicode"].get_object().get_data().decode("ascii").splitlines()
    assert {"<02> <002e>", "<03> <0031>", "<04> <00660069>", "<61> <0061>"} <= set(table)
    assert "13 beginbfchar" in table


def test_mathematics_and_proper_names_are_left_alone() -> None:
    for left in (
        font(0, "/\x0f", 2, "/;", "/2"),
        font(97, *LETTERS),
        font(46, "/period", 97, *LETTERS),
        DictionaryObject(),
    ):
        assert not repair._mend(pypdf.PdfWriter(), left)
        assert "/ToUnicode" not in left


def test_a_sound_paper_needs_no_repair(paper: Callable[[str], Path], tmp_path: Path) -> None:
    assert repair.repaired(paper("one_column")) is None
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    assert repair.repaired(broken) is None


@pytest.mark.parametrize("table", ["sound", "broken"])
def test_readable_fonts_are_appended_or_all_is_written_anew(
    table: str, paper: Callable[[str], Path], tmp_path: Path
) -> None:
    writer = pypdf.PdfWriter(clone_from=paper("one_column"))
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    fonts[NameObject("/Tex")] = writer._add_object(font(2, "/.", "/1", "/\x0c", 97, *LETTERS))
    path = tmp_path / "tex.pdf"
    with path.open("wb") as file:
        writer.write(file)
    data = path.read_bytes()
    if table == "broken":
        at = data.rindex(b"startxref") + len(b"startxref\n")
        path.write_bytes(data[:at] + b"7\n%%EOF\n")
    mended = repair.repaired(path)
    assert mended is not None
    assert mended.startswith(data) == (table == "sound")
    (tmp_path / "mended.pdf").write_bytes(mended)
    assert pdf.parse(tmp_path / "mended.pdf") == pdf.parse(path)
    page = pypdf.PdfReader(io.BytesIO(mended), strict=table == "sound").pages[0]
    known = page["/Resources"]["/Font"]["/Tex"]["/ToUnicode"].get_object()  # type: ignore[index]
    assert b"<04> <00660069>" in known.get_data()
