from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paperpath.tui.cells import cell_to_index, clip, fit, lines_of, rows, safe, wrap, wrap_rows

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("ab 注意力 é"), max_size=80)


@given(st.text(max_size=60))
def test_safe_text_is_as_long_and_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in shown)
    assert not any(c in shown for c in "\u202a\u202e\u2066\u2069\u200f\u2028")
    shown.encode()


def test_control_characters_are_seen_and_letters_stay() -> None:
    assert safe("a\x1b[31mb\tc") == "a␛[31mb c"
    assert safe("שלום é 注意") == "שלום é 注意"


@given(TEXTS, st.integers(0, 30))
def test_fit_takes_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fit(safe(text), width)) == width


@given(TEXTS, st.integers(1, 30))
def test_clip_never_takes_more(text: str, width: int) -> None:
    assert cell_len(clip(safe(text), width)) <= width


def test_a_cut_shows() -> None:
    assert fit("attention is all", 9) == "attentio…"
    assert fit("注意力机制", 5) == "注意…"


@given(st.lists(TEXTS), st.integers(2, 30))
def test_rows_of_a_table_stay_rows_and_fit(lines: list[str], width: int) -> None:
    lines = [safe(line) for line in lines] or [""]
    text = "\n".join(lines)
    found = [text[start:end] for start, end in rows(text, width)]
    assert len(found) == len(lines)
    for line, shown in zip(lines, found, strict=True):
        assert line.startswith(shown)
        assert cell_len(shown) <= width
        assert shown == line or cell_len(line) > width


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, width: int) -> None:
    text = safe(text)
    lines = wrap(text, width)
    assert all(cell_len(text[start:end].rstrip()) <= width for start, end in lines)
    assert [text[a:b] for a, b in lines]
    kept = "".join(text[start:end] for start, end in lines).replace(" ", "")
    assert kept == text.replace(" ", "")
    assert all(a <= b for a, b in lines)
    assert all(first[1] <= second[0] for first, second in pairwise(lines))


def test_words_break_between_and_long_ones_inside() -> None:
    text = "one two three"
    assert [text[a:b] for a, b in wrap(text, 7)] == ["one two", "three"]
    assert wrap("abcdefghij", 4) == [(0, 4), (4, 8), (8, 10)]
    assert [("注意力机制"[a:b]) for a, b in wrap("注意力机制", 4)] == ["注意", "力机", "制"]


@pytest.mark.parametrize(("cell", "index"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (99, 3)])
def test_a_cell_of_wide_text_is_a_character(cell: int, index: int) -> None:
    assert cell_to_index("注意x", cell) == index


def test_rows_of_a_formula_wrap_each_by_itself() -> None:
    text = "a = b + c\nd = e"
    assert [text[start:end] for start, end in wrap_rows(text, 6)] == ["a = b", "+ c", "d = e"]


def test_styled_runs_wrap_as_one_paragraph() -> None:
    lines = lines_of([("one two ", "a"), ("three", "b")], 9)
    assert lines == [[("one two", "a")], [("three", "b")]]


def test_rows_of_a_table_can_begin_further_right() -> None:
    table = "Wheel  Turns  Days\nfirst\n注意力  40     365"
    shown = [table[start:end] for start, end in rows(table, 8, "…", skip=7)]
    assert shown == ["Turns  ", "", " 40    "]
    assert [table[start:end] for start, end in rows(table, 8, "…", skip=11)] == ["s  Days", "", "    365"]
