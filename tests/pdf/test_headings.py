"""Numbers of headings, and which lines are headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf import headings
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.heading_numbers import follows as can_follow
from paperpath.pdf.heading_numbers import read_label
from paperpath.pdf.lines import Line, Manuscript, Page


@pytest.mark.parametrize(
    ("text", "scheme", "parts", "title"),
    [
        ("1 Introduction", "digits", (1,), "Introduction"),
        ("3.2.1. Scaled Attention", "digits", (3, 2, 1), "Scaled Attention"),
        ("IV. RESULTS", "roman", (4,), "RESULTS"),
        ("A.2 Proofs", "letter", (1, 2), "Proofs"),
        ("Appendix B: Tables", "appendix", (2,), "Tables"),
        ("Chapter 3 Method", "digits", (3,), "Method"),
    ],
)
def test_read_label(text: str, scheme: str, parts: tuple[int, ...], title: str) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.scheme, label.parts, label.title) == (scheme, parts, title)


@pytest.mark.parametrize(
    "text", ["", "Introduction", "1998 was a good year", "99 bottles", "3.14159 is pi", "(1) first"]
)
def test_no_label(text: str) -> None:
    assert read_label(text) is None


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.from_regex(r"[A-Z][a-z]{3,12}", fullmatch=True))
def test_every_number_reads_back(parts: list[int], title: str) -> None:
    label = read_label(f"{'.'.join(map(str, parts))} {title}")
    assert label is not None
    assert (label.parts, label.title) == (tuple(parts), title)


@given(st.text(max_size=80))
def test_read_label_takes_anything(text: str) -> None:
    label = read_label(text)
    assert label is None or label.parts[0] <= 40


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        (None, (1,), True), (None, (7,), False), ((1,), (2,), True), ((1,), (1, 1), True), ((1, 2), (1, 3), True),
        ((1, 2), (2,), True), ((1, 9), (2, 1), True), ((2,), (1,), False), ((2,), (2,), False), ((1,), (5,), False),
        ((3, 2, 1), (3, 3), True), ((3, 2), (3, 2, 1), True), ((3, 2), (4, 2), False), ((1, 10, 2), (2, 1), True),
    ],
)  # fmt: skip
def test_order_of_numbers(before: tuple[int, ...] | None, after: tuple[int, ...], follows: bool) -> None:
    assert can_follow(before, after) is follows


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("1.1 Global Optimality of p_g = p_data", True),
        ("1.1 p_g = p_data", False),
        ("1.1 Kettles of Copper", True),
    ],
)
def test_a_heading_may_hold_a_formula_behind_its_words(text: str, is_heading: bool) -> None:
    def line(base: float, text: str, font: str = "Roman") -> Line:
        style = {"bold": font == "Roman-Bold"}
        return Line(page=1, x0=72, y0=base - 2, x1=540, y1=base + 7, base=base, size=10, font=font, text=text, **style)

    prose = "Water that is heated slowly keeps more of its temper than water that is not."
    rows = [line(700, "1 Kettles", "Roman-Bold"), *(line(680 - 12 * i, prose) for i in range(3))]
    rows += [line(630, text, "Roman-Bold"), *(line(610 - 12 * i, prose) for i in range(3))]
    rows += [line(560, "1.2 Lids", "Roman-Bold"), line(540, prose)]
    m = Manuscript([Page(1, 612, 792, rows)], Anchors(), lines=rows, body=10, font="Roman")
    headings.find(m)
    assert (text.partition(" ")[2] in [heading.title for heading in m.headings]) is is_heading
