"""What a newcomer is told, and that it goes away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats.citekeys import make_key
from paperpath.library import Library
from paperpath.tui import state
from tests.tui import samples
from tests.tui.conftest import burst, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start


async def test_first_steps_are_hinted_at_until_they_were_done(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "new"
    with Library.open(home) as library:
        library.add(samples.PAPERS, make_key)
    async with start((80, 24), home) as (app, pilot):
        hints = ("enter opens the paper", "f fetches its PDF", "? shows every key")
        assert all(hint in screen_text(app) for hint in hints)
        assert not (home / state.FILE).exists()
        burst(app, "?\x1b\rq")
        await settle(app, pilot)
        assert [hint in screen_text(app) for hint in hints] == [False, True, False]
    async with start(home=home) as (app, pilot):  # for good
        assert [hint in screen_text(app) for hint in hints] == [False, True, False]
        await app.desk.change(lambda library: library.set_pdf(samples.READABLE, samples.PDF))
    async with start(home=home) as (app, _):  # fetched on the command line
        assert not app.shelf.first_steps.display
