"""Two orders in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.embedding.fusing import close, fused, measured

COSINES = st.lists(st.none() | st.floats(-1, 1), max_size=30)


def test_a_cosine_counts_beside_the_others() -> None:
    assert measured([0.7, 0.9, 0.8, None]) == [0.0, pytest.approx(1.0), pytest.approx(0.0), 0.0]
    assert measured([]) == measured([])[:0]
    assert measured([0.5]) == [0.0]
    assert measured([None, None]) == [0.0, 0.0]


@given(COSINES)
def test_measures_are_between_0_and_1_whatever_the_model(cosines: list[float | None]) -> None:
    found = measured(cosines)
    assert len(found) == len(cosines)
    assert all(0 <= one <= 1 + 1e-6 for one in found)
    assert all(one == 0 for one, cosine in zip(found, cosines, strict=True) if cosine is None)


def test_both_count() -> None:
    assert fused([2.0, 4.0, 0.0], [1.0, 0.0, 1.0], 0.5) == [0.75, 0.5, 0.5]
    assert fused([0.0, 0.0], [0.2, 0.4], 0.5) == [0.1, 0.2]


def test_close_is_far_from_what_is_usual() -> None:
    assert close([*[0.1, 0.2] * 10, 0.9, None]) == [*[False] * 20, True, False]
    assert close([0.1, 0.9]) == [False, False], "of two nobody can tell what is usual"
    assert not any(close([0.5] * 20))
