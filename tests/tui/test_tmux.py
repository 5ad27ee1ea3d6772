"""The command as people run it who live in tmux: its own keys and colours are tmux's, and a pane changes its size."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from tests.tui import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TMUX = shutil.which("tmux")
LIMIT = 120.0
"""Seconds for one thing to happen; all of it takes some, but the machine may be busy."""

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


class Tmux:
    """A server of its own with one pane in which the interface runs."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._socket = folder / "socket"
        known = {"PAPERPATH_HOME": str(home), "PAPERPATH_CACHE": str(home / "cache"), "HOME": str(folder)}
        settings = [part for name, value in known.items() for part in ("-e", f"{name}={value}")]
        program = [sys.executable, "-m", "paperpath", "tui"]
        self.run("-f", os.devnull, "new-session", "-d", "-x", "120", "-y", "36", *settings, *program)

    def run(self, *words: str) -> str:
        assert TMUX is not None
        known = {name: value for name, value in os.environ.items() if name not in ("TMUX", "COLUMNS", "LINES")}
        done = subprocess.run(
            [TMUX, "-S", str(self._socket), *words], capture_output=True, text=True, check=False, env=known
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def wait_for(self, words: str) -> str:
        deadline = time.monotonic() + LIMIT
        while words not in (shown := self.run("capture-pane", "-p")):
            assert time.monotonic() < deadline, f"{words!r} never came:\n{shown}"
            time.sleep(0.05)
        return shown

    def wait_for_end(self) -> None:
        deadline = time.monotonic() + LIMIT
        while self.run("list-panes"):
            assert time.monotonic() < deadline, f"it never ended:\n{self.run('capture-pane', '-p')}"
            time.sleep(0.05)


@pytest.fixture
def tmux(tmp_path: Path, shelf_home: Path) -> Iterator[Tmux]:
    running = Tmux(tmp_path, shelf_home)
    yield running
    running.run("kill-server")


def test_reading_and_highlighting_in_a_pane_that_shrinks(tmux: Tmux, shelf_home: Path) -> None:
    tmux.wait_for("From zero to hero")
    tmux.keys(":")
    tmux.keys("-l", "analytical engines")
    tmux.keys("Enter")
    tmux.wait_for("The engine weaves patterns.")
    tmux.run("resize-window", "-x", "80", "-y", "24")
    shown = tmux.wait_for("The engine weaves patterns.")
    assert max(map(len, shown.splitlines())) <= 80
    tmux.keys("v", "h")
    tmux.wait_for("u takes it back")
    tmux.keys("m")
    tmux.keys("-l", "look again")
    tmux.keys("Escape")
    time.sleep(1.0)  # tmux itself waits whether a key follows the escape
    tmux.keys("i")  # in a small window the pane with the note is brought up
    tmux.wait_for("look again")
    tmux.keys("q")
    tmux.wait_for("f Fetch")
    tmux.keys("s", "r")
    tmux.wait_for("is reading")
    tmux.keys("q")
    tmux.wait_for_end()
    with Library.open(shelf_home) as library:
        record = library.get(samples.READABLE)
        assert len(record.highlights) == 1
        assert [row.key for row in library.rows() if row.status == "reading"] == ["turing1950computing"]
        note = library.note(samples.READABLE)
        assert note is not None
        assert "look again" in (note.text)
