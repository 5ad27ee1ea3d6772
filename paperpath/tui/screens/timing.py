"""Minutes of reading: while a paper is in front and somebody is there, its day gets a minute each minute.

Somebody is there if there was a key, a click or a turn of the wheel within :data:`IDLE`: a screen of 36 lines has some
500 words, which take two to three minutes, and nothing is pressed meanwhile. Each minute is written when it is over, so
a crash loses one at most; what is less than a minute is not counted.
"""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

from paperpath.tui.screens.base import Room

if TYPE_CHECKING:
    from paperpath.tui.reading import Opened

TICK = 60.0
IDLE = 180.0


class Timed(Room):
    """The reader's clock."""

    opened: Opened

    def on_mount(self) -> None:
        """Start it; a handler of the same name in a subclass is called too."""
        self.set_interval(TICK, self.minute_over)

    def minute_over(self) -> None:
        """Count the minute, unless nobody was there."""
        there = time.monotonic() - self.front.last_input <= IDLE and self.app.app_focus
        if there and self.front.rooms[-1] is self:
            key, day = self.opened.record.key, date.today().isoformat()  # noqa: DTZ011 - the reader's own day
            self.front.carry_out(lambda library: library.add_minutes(key, day, 1), "")
