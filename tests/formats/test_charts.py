"""Plots: something is never nothing, lines keep to their width, and an SVG is well-formed whatever the names are."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.charts import bar, columns
from paperpath.formats.charts_svg import Bars, Columns, write

VALUES = [0, 1, 4, 8]
LABELS = ["11-02", "11-09", "11-16", "11-23"]


def test_columns_of_eighths() -> None:
    assert columns(VALUES, LABELS, height=2) == [
        "8 │            ███",
        "0 │    ▂▂▂ ███ ███",
        "       11-09   11-23",
    ]


def test_columns_of_ascii() -> None:
    assert columns(VALUES, LABELS, height=2, ascii_only=True)[:2] == ["8 |            ###", "0 |    ::: ### ###"]


def test_bars() -> None:
    assert bar(0.5, 4) == "██  "
    assert bar(0.001, 4) == "▏   "
    assert bar(0.999, 4) == "███▉"
    assert bar(0.5, 4, ascii_only=True) == "##  "


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=120), st.integers(20, 100), st.booleans())
def test_columns_keep_to_their_width(values: list[int], width: int, ascii_only: bool) -> None:
    labels = [f"{number:02}-00" for number in range(len(values))]
    drawn = columns(values, labels, width=width, ascii_only=ascii_only)
    assert len(drawn) == 6
    assert all(len(line) <= width + 5 for line in drawn)  # the label of the last column may reach over it
    assert labels[-1] in drawn[-1]
    if ascii_only:
        assert all(line.isascii() for line in drawn)
    if width >= 2 * len(values) + 10:  # room for all, a blank after each: what is not nothing is seen
        floor = drawn[-2].split("|" if ascii_only else "│", 1)[1]
        assert len(floor.split()) == sum(value > 0 for value in values)


@given(st.lists(st.tuples(st.text(), st.integers(0, 20), st.integers(0, 20)), max_size=5), st.text(), st.text())
def test_an_svg_is_well_formed(rows: list[tuple[str, int, int]], title: str, about: str) -> None:
    columns = Columns(
        title, [done for _, done, _ in rows], [name for name, _, _ in rows], [1 for _ in rows], ("a", "b")
    )
    text = write(title, about, [columns, Bars(about, rows)])
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "prefers-color-scheme: dark" in text
