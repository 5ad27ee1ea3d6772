"""The search screen: what enter opens is what was asked for, however fast it was typed."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from paperpath.embedding import Meaning
from paperpath.tui.screens.reader import Reader
from paperpath.tui.screens.search import Search
from tests.embedding.tiny import write_model
from tests.tui.conftest import burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

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


async def test_a_question_in_other_words_is_answered_with_a_model(start: Start, tmp_path: Path) -> None:
    async with start() as (app, pilot):
        app.desk.meaning = Meaning(write_model(tmp_path / "model"), tmp_path / "cache")
        burst(app, "F")
        await settle(app, pilot)
        search = app.screen
        assert isinstance(search, Search)
        await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "meaning"])
        burst(app, "of what are they sure?")
        await settle(app, pilot)
        assert search.passages.hits[0].section.endswith("Conclusion")
        assert "We are certain of it." in screen_text(app)


async def test_a_model_that_is_not_there_is_told_and_words_are_found(start: Start, tmp_path: Path) -> None:
    async with start() as (app, pilot):
        app.desk.meaning = Meaning(tmp_path / "nowhere", tmp_path)
        burst(app, "Fof what are we certain?")
        await settle(app, pilot)
        assert "there is no folder" in screen_text(app)
        burst(app, "\x15certain of it")
        await settle(app, pilot)
        assert "We are certain of it." in screen_text(app)
