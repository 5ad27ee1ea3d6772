"""The program in a real terminal: its own process, a pseudo-terminal, and an emulator that reads what it paints."""

from __future__ import annotations

import codecs
import os
import random
import re
import select
import shutil
import sys
import time
from itertools import islice
from typing import TYPE_CHECKING

import pyte
import pytest
from pyte.screens import wcwidth

from paperpath.library import Library
from paperpath.workflow import annotating
from tests.library.samples import timeless
from tests.tui import samples
from tests.tui.fuzzing import phrases, typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")

PROGRAM = """
import sys
from pathlib import Path
from paperpath.sources import Access
from paperpath.tui import run
run(Path(sys.argv[1]), Access(cache=Path(sys.argv[1]) / "cache"))
"""
NO_CELL = re.compile("[\u200b-\u200f\u2060-\u2064\ufe0f\ufeff]")
"""Signs that take no cell: pyte drops what comes behind them in the same chunk."""
LIMIT = 300.0
"""Seconds; it takes one, but the machine may be busy."""


class _Screen(pyte.Screen):
    """One that can be read at any time: pyte's fails while a sign of two cells is half painted over."""

    @property
    def display(self) -> list[str]:
        return ["".join(self._cells(y)) for y in range(self.lines)]

    def _cells(self, y: int) -> Iterator[str]:
        cells = (self.buffer[y][x].data for x in range(self.columns))
        for cell in cells:
            yield cell or " "
            if cell and wcwidth(cell[0]) == 2:
                next(cells, "")  # its second half


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, home: Path, columns: int, rows: int) -> None:
        import pty

        self.screen = _Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.raw = b""
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            os.chdir(home.parent)  # what the keys export lands there
            # The environment by itself: readline, which pytest imports, exports a size behind the back of os.environ.
            known = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execve(sys.executable, [sys.executable, "-c", PROGRAM, str(home)], known)
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """As when somebody drags the corner of the window."""
        import fcntl
        import struct
        import termios

        self.screen.resize(rows, columns)
        self.screen.reset()  # what was painted for the other size
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    @property
    def seen(self) -> str:
        """Without the line of what was said last: whether a word was said before a key or after is a matter of time."""
        return "\n".join([*self.screen.display[:-2], self.screen.display[-1]])

    def send(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + LIMIT
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} never came:\n{self.text}"
            assert self._read() or words in self.text, f"the program has ended:\n{self.text}"

    def rest(self, seconds: float) -> None:
        """Read until nothing was painted for so long."""
        while self._waiting(seconds):
            assert self._read(), f"the program has ended:\n{self.text}"

    def _read(self) -> bool:
        if not self._waiting(0.05):
            return True
        try:
            data = os.read(self._end, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(NO_CELL.sub("", self._decoder.decode(data)))
        return bool(data)

    def _waiting(self, seconds: float) -> bool:
        return bool(select.select([self._end], [], [], seconds)[0])

    def wait_for_exit(self) -> int:
        while self._read():
            done, status = os.waitpid(self._pid, os.WNOHANG)
            if done:
                while self._waiting(0) and self._read():
                    pass  # what it wrote last
                return os.waitstatus_to_exitcode(status)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def close(self) -> None:
        os.close(self._end)


@pytest.fixture
def terminal(shelf_home: Path) -> Iterator[Terminal]:
    running = Terminal(shelf_home, 120, 36)
    yield running
    running.close()


def test_a_session_from_start_to_end(terminal: Terminal, shelf_home: Path) -> None:
    terminal.wait_for("From zero to hero")
    terminal.send("A")  # before the reader, whose keys it names, was ever opened
    terminal.wait_for("v chooses a sentence, h highlights it")
    # Each of these is one write, as when somebody types faster than the screen changes.
    terminal.send("q")
    terminal.send(":analytical engines\r")
    terminal.wait_for("The engine weaves patterns.")
    terminal.resize(80, 24)
    terminal.wait_for("The engine weaves patterns.")
    terminal.send("sdq:all] of it\r")
    terminal.wait_for("abstract only")
    terminal.send("srq?")
    terminal.wait_for("Next unread paper")
    terminal.send("\x1b")
    time.sleep(0.3)  # a lone escape is told from a key's code by the silence after it
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert b"\x1b[?1049l" in terminal.raw, "the terminal is as it was"
    assert b"Traceback" not in terminal.raw
    with Library.open(shelf_home) as library:
        assert library.get(samples.READABLE).status == "read"
        assert library.get("gone2003all").status == "reading"


PHRASES = int(os.environ.get("PAPERPATH_KEYS", "100")) // 4
LEFT_OUT = frozenset([*"efMop", "?", "f1"])
"""Keys that write files, open programs or ask the network, and the help, by which the end is known."""
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def outcome(terminal: Terminal, home: Path) -> list[str]:
    """Three screens, and the library, when every key before has been taken."""
    terminal.send("".join(map(typed, [*["escape"] * 12, "?"])))
    terminal.wait_for("HERE")
    terminal.rest(0.3)
    shown = [terminal.seen]
    terminal.send(typed("escape"))
    terminal.rest(0.3)
    shown.append(terminal.seen)
    terminal.send(":on analytical engines\rg")  # its beginning, wherever the keys before have read
    terminal.wait_for("The engine weaves patterns.")
    terminal.rest(0.3)
    shown.append(terminal.seen)
    with Library.open(home) as library:
        kept = timeless(library)
        changes = [change.what for change in library.history(1000)]
    return [*shown, TIME.sub("then", f"{kept}\n{changes}")]


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.corpus) for n in range(2, 8))])
def test_a_burst_of_keys_does_what_they_do_one_by_one(quiet_home: Path, tmp_path: Path, seed: int) -> None:
    keys = [
        typed(key)
        for phrase in islice(phrases(random.Random(seed)), PHRASES if seed > 1 else 4)
        for key in phrase
        if key not in LEFT_OUT
    ]
    with Library.open(quiet_home) as library, library.quietly():
        annotating.set_status(library, [samples.READABLE], "reading")  # else it becomes so after a while in the reader
    homes = [shutil.copytree(quiet_home, tmp_path / name) for name in ("at once", "one by one")]
    at_once, one_by_one = terminals = [Terminal(home, 120, 36) for home in homes]
    try:
        for terminal in terminals:
            terminal.wait_for("From zero to hero")
            terminal.rest(0.3)
        at_once.send("".join(keys))
        for key in keys:
            one_by_one.send(key)
            one_by_one.rest(0.02)
        ours, theirs = map(outcome, terminals, homes)
        for mine, other in zip(ours, theirs, strict=True):
            assert mine == other, " ".join(map(repr, keys))
    finally:
        for terminal in terminals:
            terminal.close()
