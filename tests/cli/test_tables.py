"""Tables fit the terminal; pipes get every field whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from paperpath.cli import safe, tables
from paperpath.cli.tables import Column

if TYPE_CHECKING:
    import pytest

COLUMNS = (Column("Key", most=12), Column("Year", most=4, right=True), Column("Title", share=3), Column("By", share=1))
ROWS = [
    ("a2020", "2020", "A \x1b[31mlong\x1b[0m title\nover two lines " * 4, "Someone"),
    ("日本" * 9, "", "短い", "誰か"),
]


def test_a_pipe_gets_tabs_and_whole_fields(capsys: pytest.CaptureFixture[str]) -> None:
    tables.table(COLUMNS, ROWS)
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [len(row) for row in rows] == [4, 4]
    assert rows[0][2] == " ".join(["A long title over two lines"] * 4)
    assert rows[1][0] == "日本" * 9


def test_a_terminal_gets_a_heading_and_lines_that_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    tables.table(COLUMNS, ROWS)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Key", "Year", "Title", "By"]
    assert len(lines) == 3
    assert max(safe.width(line) for line in lines) <= 60
    assert lines[2].startswith("日本日本日…  ")


def test_no_rows_no_heading(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    tables.table(COLUMNS, [])
    assert capsys.readouterr().out == ""


@given(st.lists(st.tuples(*[st.text(max_size=40).map(safe.line)] * 4), min_size=1, max_size=5), st.integers(70, 200))
def test_a_row_is_never_wider_than_the_terminal(rows: list[tuple[str, ...]], width: int) -> None:
    widths = tables.fit(COLUMNS, rows, width)
    assert sum(widths) + len(tables.GAP) * 3 <= width
    assert all(safe.width(tables._row(COLUMNS, widths, row)) <= width for row in rows)
