"""Papers to play with, and a library that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.library.samples import PAPERS, add

if TYPE_CHECKING:
    from paperpath.library import Library


@pytest.fixture
def shelf(library: Library) -> Library:
    """The library with the four sample papers, added quietly: its history is empty."""
    with library.quietly():
        add(library, *PAPERS)
    return library
