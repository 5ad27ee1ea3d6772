from __future__ import annotations

import pytest

from paperpath.workflow.places import places


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), ""),
        (("3.2.1",), "section 3.2.1"),
        (("Abstract", "3.2", "5", "Table 2"), "Abstract, sections 3.2, 5, Table 2"),
        (("A.1", "IV", "II-B", "B"), "sections A.1, IV, II-B, B"),
        (("Introduction", "Figure 1"), "Introduction, Figure 1"),
    ],
)
def test_numbers_are_called_sections_and_names_stand_as_they_are(names: tuple[str, ...], said: str) -> None:
    assert places(names) == said
