"""A small library with awkward titles, one parsed paper, and the app on it in a terminal of any size."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from textual import _wait, events
from textual import screen as textual_screen
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.worker import WorkerCancelled

from paperpath.errors import PaperpathError
from paperpath.formats.citekeys import make_key
from paperpath.library import Library
from paperpath.sources import Access
from paperpath.tui.app import PaperpathApp
from paperpath.tui.desk import Desk, glance
from paperpath.workflow import parsing
from tests.tui import samples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.css.model import RuleSet
    from textual.pilot import Pilot

    Start = Callable[..., contextlib.AbstractAsyncContextManager[tuple[PaperpathApp, Pilot[None]]]]

# Textual looks every 20 ms whether an app under test has come to rest: half of the time of these tests. Much less would
# take a starved process for one at rest.
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.008, 0.0008
# It would paint up to 60 times a second. ``pause`` paints too before it returns, so nothing is looked at unpainted; the
# frames in between took 16 % of the processor time of these tests (35.5 and 29.8 s).
textual_screen.UPDATE_PERIOD = 0.25
# It would also paint at each step of opening a screen, for a terminal that is not there. What has changed is only noted
# and painted when a test has waited (:func:`paint`), as it then stands: 60.1 and 45.1 s for all of these tests. What
# goes through all screens, and what presses any key at any time, asks for :func:`every_frame`.
_render_update, Compositor.render_update = Compositor.render_update, lambda *_, **__: None  # type: ignore[assignment]


_parse_rules = Stylesheet._parse_rules
_rules: dict[object, list[RuleSet]] = {}


def _parse_once(self: Stylesheet, *args: Any, **options: Any) -> list[RuleSet]:
    """The rules of a text, which Textual keeps for one app only; each of some hundred apps would parse all of them."""
    key = (args, *options.items(), *self._variables.items())
    if key not in _rules:
        _rules[key] = _parse_rules(self, *args, **options)
    return _rules[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
WIDE = (120, 36)
SMALL = (80, 24)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exported sizes would freeze that of the test, and NO_COLOR the colours."""
    for name in ("COLUMNS", "LINES", "NO_COLOR", "BROWSER", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each frame is painted, as in a terminal: also those of a screen that waits for what it shows."""
    monkeypatch.setattr(Compositor, "render_update", _render_update)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of :func:`shelf_home`, made once."""
    home = tmp_path_factory.mktemp("furnished")
    with Library.open(home) as library:
        _fill(library)
    return home


def _fill(library: Library) -> None:
    library.add(samples.PAPERS, make_key)
    library.set_list(samples.LIST, origin="own", fingerprint="1")
    parsing.keep_parsed(library, samples.READABLE, samples.PARSED)
    library.set_pdf(samples.READABLE, samples.PDF)


@pytest.fixture
def shelf_home(home: Path, furnished: Path) -> Path:
    """A home with the sample papers, their reading list, and the text of one of them."""
    shutil.copytree(furnished, home, dirs_exist_ok=True)
    return home


@pytest.fixture
def quiet_home(tmp_path: Path) -> Path:
    """Such a home with something awkward on every screen, and nothing that undo could take back."""
    from tests.tui import awkward

    home = tmp_path / "quiet"
    with Library.open(home) as library, library.quietly():
        _fill(library)
        awkward.parsed_sample(library)
        awkward.furnish(library)
    return home


@pytest.fixture
def start(shelf_home: Path, tmp_path: Path) -> Start:
    """``async with start(size=…, home=…, fetch=…) as (app, pilot)``: the app, its library read."""

    @contextlib.asynccontextmanager
    async def running(
        size: tuple[int, int] = WIDE, home: Path = shelf_home, **options: object
    ) -> AsyncIterator[tuple[PaperpathApp, Pilot[None]]]:
        desk = Desk(home, Library.open)
        first = desk.start(glance)
        app = PaperpathApp(desk, Access(cache=tmp_path / "cache"), first, **options)  # type: ignore[arg-type]
        try:
            async with app.run_test(size=size) as pilot:
                await until(pilot, lambda: app._opened.is_set())
                await settle(app, pilot)
                yield app, pilot
        finally:
            desk.close()

    return running


async def settle(app: PaperpathApp, pilot: Pilot[None]) -> None:
    """Wait until everything that was started is done and shown."""
    for _ in range(2):
        taken = asyncio.Event()
        app.call_later(taken.set)
        while not taken.is_set():  # every key before is dealt with
            assert app.is_running, "the app has ended"
            await asyncio.sleep(0.001)
        await pilot.pause()
        with contextlib.suppress(PaperpathError):
            await app.desk.change(lambda _library: None)
        for worker in [worker for worker in app.workers if worker.group != "fetch"]:
            with contextlib.suppress(WorkerCancelled):  # a later question made it superfluous
                await worker.wait()
        await pilot.pause()
    paint(app)
    assert all(room.filled.is_set() for room in app.rooms), "every key would wait for an answer that never comes"


def paint(app: PaperpathApp) -> None:
    """Draw all that has changed since the last time, so that what cannot be drawn is found."""
    _render_update(app.screen._compositor, screen_stack=app._background_screens)


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for something that happens by itself; the limit is for a machine that is very busy."""
    for _ in range(10_000):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never happened")


def burst(app: PaperpathApp, keys: str) -> None:
    """Send keys as a terminal does when they come in one write: all are queued before the first is looked at."""
    names = {"\r": "enter", "\x1b": "escape", "\t": "tab", "\x15": "ctrl+u", "\x7f": "backspace"}
    for key in keys:
        app.post_message(events.Key(names.get(key) or _character_to_key(key), key if key.isprintable() else None))


def screen_text(app: PaperpathApp) -> str:
    """What the terminal shows, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip)[:width] for strip in lines[:height])
