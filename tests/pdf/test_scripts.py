"""Superscripts and subscripts in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf import scripts


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2", "²"),
        ("−5", "⁻⁵"),
        ("10", "¹⁰"),
        ("1,3–5", "¹,³–⁵"),
        ("1∗", "¹∗"),
        ("∗†", "∗†"),
        ("⊤", "^⊤"),
        ("∞", "^∞"),
        ("T", "^T"),
        ("(i)", "^{(i)}"),
        ("a,∗", "^{a,∗}"),
        ("", ""),
    ],
)
def test_what_stands_high(text: str, written: str) -> None:
    assert scripts.raised(text) == written


@pytest.mark.parametrize(
    ("text", "written"), [("k", "_k"), ("model", "_model"), ("i+1", "_{i+1}"), (",", ","), ("", "")]
)
def test_what_stands_low(text: str, written: str) -> None:
    assert scripts.lowered(text) == written


@given(st.integers(0, 10**6))
def test_raised_numbers_are_the_same_numbers(number: int) -> None:
    assert scripts.flat(scripts.raised(str(number))) == str(number)
