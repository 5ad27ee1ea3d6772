"""Labels to jump to: which there are, and where each leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from paperpath.tui.catalogue import Scope
from paperpath.tui.jumping import LETTERS, labels
from tests.tui import samples
from tests.tui.conftest import SMALL, burst, screen_text, settle

if TYPE_CHECKING:
    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.screens.jump import Jump
    from paperpath.tui.screens.reader import Reader
    from tests.tui.conftest import Start


@pytest.mark.parametrize("count", [0, 1, 26, 27, 60, 300, 676])
def test_no_label_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert not any(one != other and other.startswith(one) for one in made for other in made)
    assert sum(len(label) == 1 for label in made) == {0: 0, 1: 1, 26: 26, 27: 25, 60: 24, 300: 15, 676: 0}[count]


def test_more_places_than_labels_leave_some_without() -> None:
    assert len(labels(5000)) == len(LETTERS) ** 2


def label_at(app: PaperpathApp, words: str) -> str:
    """The label on the line that has these words; the rightmost before them."""
    jump = cast("Jump", app.screen)
    lines = screen_text(app).splitlines()
    y, x = next((y, line.index(words)) for y, line in enumerate(lines) if words in line)
    label, spot = max(
        ((label, spot) for label, spot in jump.labelled if spot.y == y and spot.x <= x), key=lambda s: s[1].x
    )
    assert lines[y][spot.x : spot.x + len(label)] == label
    return label


async def test_a_label_leads_to_its_row_its_list_and_its_paragraph(start: Start) -> None:
    async with start() as (app, pilot):
        shelf = app.shelf
        await pilot.press("apostrophe")
        await settle(app, pilot)
        burst(app, label_at(app, "All papers") + "j")  # what is typed ahead goes to the papers
        await settle(app, pilot)
        assert (shelf.scope, shelf.focused, shelf.papers.at) == (Scope(), shelf.papers, 1)
        await pilot.press("apostrophe")
        await settle(app, pilot)
        burst(app, label_at(app, "Naïve"))
        await settle(app, pilot)
        row = app.catalogue.row(shelf.papers.key or "")
        assert row is not None
        assert row.title.startswith("Naïve")
        burst(app, "'\x1bx'")  # escape leaves
        await settle(app, pilot)
        assert len(shelf.papers.marked) == 1
        await pilot.press("apostrophe")
        await pilot.resize_terminal(*SMALL)  # and so does another size
        await settle(app, pilot)
        assert app.screen is shelf
        await pilot.resize_terminal(120, 36)
        burst(app, "1\x1b")
        await app.read(samples.READABLE)
        await settle(app, pilot)
        reader = cast("Reader", app.screen)
        heading = reader.document.blocks[reader.document.outline[1]].text.split()[-1]
        await pilot.press("apostrophe")
        await settle(app, pilot)
        burst(app, label_at(app, heading))
        await settle(app, pilot)
        assert reader.focused is reader.page
        assert reader.page.place.block == reader.document.outline[1]
