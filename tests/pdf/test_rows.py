"""Pieces of a line by their places: scripts, fractions, words."""

from __future__ import annotations

import pytest

from paperpath.pdf import rows
from paperpath.pdf.lines import Line


def pieces(*found: tuple[str, float, float, float]) -> str:
    """Pieces of one row as PDFium gives them, each (text, x0, baseline, size) with letters half as wide as high."""
    lines = [
        Line(page=1, x0=x, y0=base - 2, x1=x + size / 2 * len(text), y1=base + size, base=base, size=size, font="Roman",
             text=text)
        for text, x, base, size in found
    ]  # fmt: skip
    return " | ".join(row.text for row in rows.joined(lines))


@pytest.mark.parametrize(
    ("found", "written"),
    [
        ([("loses g", 72, 700, 10), ("2", 107, 703.6, 7), ("t", 107, 697.5, 7)], "loses g²_t"),
        ([("the x", 72, 700, 10), ("(k)", 97, 703.6, 7), ("of", 110, 700, 10)], "the x^{(k)} of"),
        ([("(x − y)", 72, 700, 10), ("2", 107, 703.6, 7)], "(x − y)²"),
        ([("about", 72, 700, 10), ("3", 100, 703.9, 7), ("4", 100, 696.6, 7), ("of", 107, 700, 10)], "about 3/4 of"),
        ([("about", 72, 700, 10), ("n", 103, 703.9, 7), ("m + 1", 96, 696.6, 7)], "about n/(m + 1)"),
        ([("by √", 72, 700, 10), ("k", 92, 703.9, 7), ("2", 95, 695.4, 7)], "by k/√2"),
        ([("log ¹", 72, 700, 10), ("δ", 92.5, 696.6, 7)], "log 1/δ"),
        ([("y =", 72, 700, 10), ("n", 96, 706.8, 10), ("m", 96, 693.1, 10), ("x", 104, 700, 10)], "y = n/m x"),
        ([("4.2", 72, 700, 10), ("+3.2", 87, 703.9, 7), ("−2.0", 87, 696.6, 7)], "4.2^{+3.2}_{−2.0}"),
        ([("∑", 72, 700, 10), ("P−1", 77, 703.9, 7), ("n=0", 77, 696.6, 7)], "∑_{n=0}^{P−1}"),
        (
            [("c =", 72, 700, 10), ("∑", 90, 700, 10), ("n", 90, 712.5, 7), ("i=1", 87, 688.3, 7), ("x", 104, 700, 10)],
            "c = ∑_{i=1}^n x",
        ),
        ([("max", 72, 700, 10), ("G", 78, 692, 7), ("V", 92, 700, 10)], "max_G V"),
        (
            [("y =", 72, 700, 10), ("z", 100, 706.8, 10), ("n + m", 90, 693.1, 10), (".", 116, 700, 10)],
            "y = z/(n + m).",
        ),
        ([("z", 100, 706.8, 10), ("n + m", 90, 693.1, 10), ("≤ 1", 117, 700, 10)], "z/(n + m) ≤ 1"),
        (
            [
                ("f(", 72, 700, 10),
                ("z", 90, 706.8, 10),
                ("√", 85, 693.1, 10),
                ("kq", 90, 693.1, 10),
                (")", 101, 700, 10),
            ],
            "f( z/(√kq))",
        ),
        ([("a", 72, 706, 10), ("b", 72, 693, 10)], "a | b"),  # two rows of a matrix, or of text
        ([("−→", 72, 706, 10), ("h _j is", 74, 700, 10)], "h⃗_j is"),
        ([("y_t", 72, 700, 10), ("′_{−1}}", 88, 701, 10)], "y_{t′−1}}"),
        ([("annotations h_i", 72, 700, 10), (":", 148.7, 700, 10)], "annotations h_i:"),
        ([("β", 72, 700, 10), ("p", 77, 704, 7), ("2", 77, 696.5, 7)], "β^p_2"),
        ([("QW^Q", 72, 700, 10), ("i", 86, 697.5, 7), (", K", 93, 700, 10)], "QW^Q_i, K"),
        ([("Anne", 72, 700, 10), ("xes", 92, 698.5, 7)], "Annexes"),
    ],
)
def test_what_stands_high_and_low(found: list[tuple[str, float, float, float]], written: str) -> None:
    assert pieces(*found) == written


@pytest.mark.parametrize("size", [7, 10])
def test_pieces_without_letters_do_no_harm(size: float) -> None:
    row = pieces(("about", 72, 700, 10), ("", 100, 707, size), ("m", 100, 693, size), ("x", 107, 700, 10))
    assert row.replace("_", "").replace(" ", "") == "aboutmx"
