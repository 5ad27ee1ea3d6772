"""The search screen: what enter opens is what was asked for, however fast it was typed."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.search import Search
from tests.tui.conftest import burst, screen_text, settle, until

if TYPE_CHECKING:
    from tests.tui.conftest import Start


async def test_enter_waits_for_the_words_before_it_and_rows_tell_section_and_page(start: Start) -> None:
    async with start() as (app, pilot):
        burst(app, "Fwheel 37")
        await settle(app, pilot)
        assert isinstance(app.screen, Search)
        assert "p.2   2.1 Wheels" in screen_text(app)
        search, busy = app.screen, threading.Event()
        app.desk.start(lambda _library: busy.wait(10))  # the passages of the words before are on show meanwhile
        burst(app, "\x15certain of it")
        await until(pilot, lambda: search.words == "certain of it")
        burst(app, "\r\r")
        await asyncio.sleep(0.05)
        busy.set()
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        assert reader._landed is not None
        assert "We are certain of it." in reader.document.blocks[reader._landed.block].text
        await pilot.press("s", "d", "q")
        await settle(app, pilot)
        assert isinstance(app.screen, Search)
        assert "read" in screen_text(app).splitlines()[2]
        assert app.screen.passages.hits[app.screen.passages.item or 0].section.endswith("Conclusion")


async def test_what_ends_with_a_question_mark_is_asked(start: Start) -> None:
    async with start() as (app, pilot):
        burst(app, "Fof what are we certain?")
        await settle(app, pilot)
        assert isinstance(app.screen, Search)
        assert "We are certain of it." in screen_text(app)
        assert app.screen.passages.hits[0].section.endswith("Conclusion")
        burst(app, "\r\r")
        await settle(app, pilot)
        reader = app.screen
        assert isinstance(reader, Reader)
        assert reader._landed is not None
        assert "We are certain of it." in reader.document.blocks[reader._landed.block].text


async def test_a_question_that_no_paper_answers_is_told_so(start: Start) -> None:
    async with start() as (app, pilot):
        burst(app, "Fwhich aspirin prevents strokes of wheels?")
        await settle(app, pilot)
        assert isinstance(app.screen, Search)
        assert "nearest, no answer" in screen_text(app)
        assert app.screen.passages.hits
        burst(app, "\x15which aspirin?")
        await settle(app, pilot)
        assert "Nothing says" in screen_text(app)
