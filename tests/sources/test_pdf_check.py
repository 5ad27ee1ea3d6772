"""The shape of a whole PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.sources.pdf_check import flaw
from tests.sources.conftest import make_pdf

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = make_pdf(3000)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("check") / "paper.pdf"


def judged(file: Path, body: bytes, total: int | None = None) -> tuple[str, bool] | None:
    file.write_bytes(body)
    found = flaw(file, total)
    return (found.what, found.certain) if found else None


def test_a_whole_one_has_no_flaw(file: Path) -> None:
    assert judged(file, WHOLE) is None
    assert judged(file, WHOLE, len(WHOLE)) is None
    assert judged(file, WHOLE + b"\r\n" * 100) is None


@given(st.integers(0, len(WHOLE) - len(b"%EOF\n")))
def test_one_cut_short_anywhere_is_damaged_for_certain(file: Path, length: int) -> None:
    found = judged(file, WHOLE[:length])
    assert found is not None
    assert found[1]


def test_a_size_that_was_announced_counts(file: Path) -> None:
    assert judged(file, WHOLE, len(WHOLE) + 1) == (f"it has {len(WHOLE):,} bytes instead of {len(WHOLE) + 1:,}", True)


@pytest.mark.parametrize("body", [b"", b"Rate exceeded.", b"<!DOCTYPE html><html>%%EOF"])
def test_something_else_is_none(file: Path, body: bytes) -> None:
    assert judged(file, body) == ("it does not begin like a PDF", True)


def test_what_readers_repair_is_a_flaw_only_for_now(file: Path) -> None:
    table = WHOLE.rindex(b"startxref")
    assert judged(file, WHOLE[:table] + b"%%EOF\n") == ("its last lines do not say where its table is", False)
    assert judged(file, WHOLE[:table] + b"startxref\n999999\n%%EOF\n") == ("it is shorter than it says itself", False)
    doubled = WHOLE[:1500] + WHOLE[1000:]  # as a wrongly resumed download would be
    assert judged(file, doubled) == ("its table is not where it should be", False)


def test_the_last_of_several_ends_counts(file: Path) -> None:
    update = WHOLE + b"9 0 obj\n1\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n%d\n%%%%EOF\n" % (len(WHOLE) + 17)
    assert judged(file, update) is None
