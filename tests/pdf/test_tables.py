"""Tables as aligned text, from lines with known places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf import tables
from paperpath.pdf.lines import Cell, Line
from tests.pdf import goldens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WIDTH = 5.0
"""Of a letter, in points; letters are 10 points high."""


def line(base: float, *cells: tuple[float, str]) -> Line:
    """A line with texts that begin at these places."""
    pieces = tuple(Cell(x, x + WIDTH * len(text), text, base) for x, text in cells)
    return Line(
        page=1,
        x0=pieces[0].x0,
        y0=base - 2,
        x1=pieces[-1].x1,
        y1=base + 8,
        base=base,
        size=10.0,
        font="Roman",
        text=" ".join(cell.text for cell in pieces),
        cells=pieces if len(pieces) > 1 else (),
    )


def right(edge: float, text: str) -> tuple[float, str]:
    """``text`` that ends at ``edge``."""
    return edge - WIDTH * len(text), text


def rows(*lines: Line) -> list[str]:
    text = tables.aligned(lines)
    assert text is not None
    return text.split("\n")


def test_numbers_stand_below_each_other_by_their_right_edges() -> None:
    assert rows(
        line(100, (0, "Kettle"), right(100, "Minutes"), right(150, "Cups")),
        line(88, (0, "copper"), right(100, "12.5"), right(150, "4")),
        line(76, (0, "steel"), right(100, "9.75"), right(150, "12")),
    ) == [
        "Kettle  Minutes  Cups",
        "copper     12.5     4",
        "steel      9.75    12",
    ]  # fmt: skip


def test_a_head_over_two_columns_stands_over_both() -> None:
    assert rows(
        line(112, (95, "Watched"), (185, "Not watched")),
        line(100, (0, "Kettle"), right(100, "low"), right(140, "high"), right(200, "low"), right(240, "high")),
        line(88, (0, "copper"), right(100, "12.5"), right(140, "9"), right(200, "4.0"), right(240, "3")),
        line(76, (0, "steel"), right(100, "13.5"), right(140, "8"), right(200, "5.0"), right(240, "2")),
    ) == [
        "         Watched    Not watched",
        "Kettle   low  high  low  high",
        "copper  12.5     9  4.0     3",
        "steel   13.5     8  5.0     2",
    ]  # fmt: skip


def test_empty_cells_stay_empty() -> None:
    assert rows(
        line(100, (0, "A"), right(60, "10"), right(100, "20"), right(140, "30")),
        line(88, (0, "B"), right(140, "31")),
        line(76, (0, "C"), right(60, "12"), right(140, "32")),
        line(64, right(100, "23")),
    ) == [
        "A  10  20  30",
        "B          31",
        "C  12      32",
        "       23",
    ]  # fmt: skip


def test_cells_of_two_lines_go_on_in_their_column() -> None:
    assert rows(
        line(100, (0, "Potter"), (60, "No kettle of mine")),
        line(88, (60, "ever boiled.")),
        line(76, (0, "Wheel"), (60, "Mine did.")),
    ) == [
        "Potter  No kettle of mine",
        "        ever boiled.",
        "Wheel   Mine did.",
    ]  # fmt: skip


def test_a_head_beside_two_lines_of_another_stands_on_the_lower_one() -> None:
    assert rows(
        line(105, (60, "Time in")),
        line(100, (0, "Kettle")),
        line(95, (60, "minutes")),
        line(83, (0, "copper"), right(95, "12")),
        line(71, (0, "steel"), right(95, "13")),
    ) == [
        "        Time in",
        "Kettle  minutes",
        "copper       12",
        "steel        13",
    ]  # fmt: skip


def test_labels_of_sub_rows_stand_further_in_and_centred_ones_do_not() -> None:
    assert rows(
        line(100, (0, "Kettles"), right(120, "low")),
        line(88, (10, "copper"), right(120, "12")),
        line(76, (10, "steel and tin"), right(120, "13")),
    ) == [
        "Kettles          low",
        "  copper          12",
        "  steel and tin   13",
    ]  # fmt: skip
    assert rows(
        line(100, (20, "Kettle"), right(120, "low")),
        line(88, (12.5, "of copper"), right(120, "12")),
        line(76, (27.5, "tin"), right(120, "13")),
    ) == [
        "Kettle     low",
        "of copper   12",
        "tin         13",
    ]  # fmt: skip


def test_a_wider_gap_parts_groups() -> None:
    found = rows(*(line(y, (0, "copper"), right(90, "12")) for y in (100, 88, 76, 58, 46)))
    assert [bool(row) for row in found] == [True, True, True, False, True, True]


def test_a_long_label_runs_under_the_head_of_the_next_column() -> None:
    found = rows(
        line(100, (0, "Kettle"), (70, "Minutes on fire")),
        line(88, (0, "copper and tin, old"), right(140, "12")),
        line(76, (0, "steel"), right(140, "13")),
        line(64, (0, "iron"), right(140, "14")),
    )
    assert [row.split()[-1] for row in found] == ["fire", "12", "13", "14"]
    assert len({len(row) for row in found}) == 1


def test_what_is_no_table_is_not_written() -> None:
    assert tables.aligned([]) is None
    assert tables.aligned([line(100, (0, "one"), (50, "row"))]) is None
    assert tables.aligned([line(100 - 12 * i, (0, "one column")) for i in range(5)]) is None
    strewn = [line(300 - 9.7 * i, (37.0 * i % 200, "label")) for i in range(20)]
    assert tables.aligned([*strewn, line(300, (150, "legend"))]) is None


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 60), st.text("abc123", min_size=1, max_size=9)), max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_every_word_is_written_once(table: list[list[tuple[float, str]]]) -> None:
    lines, count = [], 0
    for i, cells in enumerate(table):
        x, placed = 0.0, []
        for gap, text in cells:
            x += gap
            count += 1
            placed.append((x, f"{text}w{count}"))
            x += WIDTH * len(placed[-1][1]) + 6
        if placed:
            lines.append(line(200 - 12 * i, *placed))
    text = tables.aligned(lines)
    if text is not None:
        assert sorted(text.split()) == sorted(word for one in lines for word in one.text.split())


def test_tables_of_a_paper_read_as_before(paper: Callable[[str], Path]) -> None:
    assert goldens.contents_as_text(paper("tables")) == (goldens.FOLDER / "tables.txt").read_text(encoding="utf-8")
