"""The program in a real terminal: its own process, a pseudo-terminal, and an emulator that reads what it paints."""

from __future__ import annotations

import os
import select
import sys
import time
from typing import TYPE_CHECKING

import pyte
import pytest

from paperpath.library import Library
from tests.tui import samples

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
LIMIT = 300.0
"""Seconds; it takes one, but the machine may be busy."""


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, home: Path, columns: int, rows: int) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execv(sys.executable, [sys.executable, "-c", PROGRAM, str(home)])
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def send(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + LIMIT
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} never came:\n{self.text}"
            assert self._read() or words in self.text, f"the program has ended:\n{self.text}"

    def _read(self) -> bool:
        if not self._waiting(0.05):
            return True
        try:
            data = os.read(self._end, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
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


@pytest.fixture(params=[(120, 36), (80, 24)], ids=str)
def terminal(request: pytest.FixtureRequest, shelf_home: Path) -> Iterator[Terminal]:
    running = Terminal(shelf_home, *request.param)
    yield running
    running.close()


def test_a_session_from_start_to_end(terminal: Terminal, shelf_home: Path) -> None:
    terminal.wait_for("From zero to hero")
    # Each of these is one write, as when somebody types faster than the screen changes.
    terminal.send(":analytical engines\r")
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
