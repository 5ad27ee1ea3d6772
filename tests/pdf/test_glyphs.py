from __future__ import annotations

import unicodedata

import pytest

from paperpath.pdf import glyphs
from paperpath.pdf.text import clean


@pytest.mark.parametrize(
    ("font", "printed", "meant"),
    [
        ("CMEX10", "X", "∑"),
        ("CMEX10", "Z", "∫"),
        ("CMEX10", "vuut", "√"),
        ("CMEX10", "\x12\x13", "()"),
        ("CMEX10", "X Y", "∑ ∏"),
        ("CMEX10", "\uf8f1\uf8f2\uf8f3", "{"),
        ("CMSY10", "kxk", "‖x‖"),
        ("CMSY8", "|1i", "|1⟩"),
        ("MTSY", "0", "′"),
        ("CMMI10", "\x0f", "ϵ"),
        ("CMMI7", "?", "⋆"),
        ("MSBM10", "R", "ℝ"),
        ("MT2MIT", "f.x/;", "f(x),"),
        ("MT2SYT", "k D x2f", "‖ = x∈{"),
        ("CMR10", "Xk0", "Xk0"),
        ("NimbusRomNo9L-Regu", "hi", "hi"),
    ],
)
def test_letters_of_fonts_of_symbols_are_signs(font: str, printed: str, meant: str) -> None:
    table = glyphs.table(font)
    assert clean(printed.translate(table) if table else printed) == meant


def test_a_table_never_moves_a_letter() -> None:
    for font in ("CMEX10", "CMSY10", "CMMI10", "MSBM10", "MTEX", "MT2MIT", "MT2SYS"):
        table = glyphs.table(font)
        assert table
        assert all(len(chr(letter).translate(table)) == 1 for letter in table)


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("a \u0338= b", "a ≠ b"),
        ("x \u0338∈ S", "x ∉ S"),
        ("m\u0302_t", "m\u0302_t"),
        ("v \u0302_t", "v\u0302_t"),
        ("x ↦→ y", "x ↦ y"),
    ],
)
def test_signs_in_two_pieces_become_one(drawn: str, read: str) -> None:
    assert clean(drawn) == unicodedata.normalize("NFC", read)
