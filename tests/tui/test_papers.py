"""The columns of the list of papers."""

from __future__ import annotations

import pytest

from paperpath.tui.cells import width_of
from paperpath.tui.widgets.papers import short_byline


@pytest.mark.parametrize(
    ("byline", "width", "shown"),
    [
        ("LeCun", 12, "LeCun"),
        ("Kingma & Ba", 12, "Kingma & Ba"),
        ("Bousquet & Elisseeff", 12, "Bousquet +1"),
        ("Felzenszwalb +2", 12, "Felzensz… +2"),
        ("Veličković +5", 8, "Veli… +5"),
        ("Silver & al.", 12, "Silver & al."),
        ("Silver & al.", 8, "Silver …"),
        ("王 & 李明明明明", 8, "王 +1"),
        ("", 5, ""),
    ],
)
def test_a_byline_gives_way_without_losing_how_many_there_are(byline: str, width: int, shown: str) -> None:
    drawn = short_byline(byline, width)
    assert (drawn.rstrip(), width_of(drawn)) == (shown, width)
