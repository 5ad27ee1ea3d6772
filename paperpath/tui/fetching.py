"""What is known about the papers being fetched, and how it is said.

The workflow tells each step of each paper; this keeps the last of each, in the order of the request, until the person
has seen how it ended. Nothing here draws or fetches.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperpath.tui.cells import Run, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.tui.glyphs import Glyphs
    from paperpath.workflow.fetch import FetchEvent

RATE_AFTER = 0.5
"""Seconds of a download before its rate means something."""
DONE = ("fetched", "cached")
USUAL_WAIT = "keeping requests apart"
"""What the gate says of the usual wait."""
ACTIVE = ("downloading", "parsing")


@dataclass
class Fetches:
    """All papers of the fetches since the list was last cleared."""

    events: dict[str, FetchEvent] = field(default_factory=dict)
    running: bool = False
    stopping: bool = False
    paused: bool = False
    """Whether what is left waits until the person says to go on."""
    rate: float = 0.0
    """Bytes a second of the download that runs; 0 while it is not known."""
    _began: tuple[str, int, float] | None = None
    """The download that runs: its paper, bytes and time when it was first heard of."""

    def apply(self, event: FetchEvent, now: float | None = None) -> None:
        """Take note of a step; ``now`` is the time in seconds."""
        if event.key and event.key != event.id and event.id in self.events:  # it has its key only now
            self.events = {event.key if name == event.id else name: one for name, one in self.events.items()}
        self.events[event.key or event.id] = event
        self._measure(event, time.monotonic() if now is None else now)

    def _measure(self, event: FetchEvent, now: float) -> None:
        if event.state != "downloading":
            if self._began and self._began[0] == event.id:
                self._began, self.rate = None, 0.0
            return
        if self._began is None or self._began[0] != event.id or event.received < self._began[1]:
            self._began, self.rate = (event.id, event.received, now), 0.0
        elif now - self._began[2] >= RATE_AFTER:
            self.rate = (event.received - self._began[1]) / (now - self._began[2])

    def queue(self, events: Iterable[FetchEvent]) -> None:
        """Let papers wait behind the others, in the place of what was known of them."""
        for event in events:
            self.events.pop(event.key or event.id, None)
            self.events[event.key or event.id] = event

    def open(self, name: str) -> bool:
        """Whether something will still happen with a paper."""
        event = self.events.get(name)
        return event is not None and not event.final

    def state(self, key: str) -> str | None:
        """How far a paper is; None when it is not being fetched."""
        event = self.events.get(key)
        return event.state if event else None

    def forget_done(self) -> None:
        """Drop what is over; called when it was seen."""
        waits = self.running or self.paused
        self.events = {key: event for key, event in self.events.items() if waits and not event.final}

    def forget_fetched(self) -> None:
        """Drop what went well; what failed stays until it was seen."""
        self.events = {key: event for key, event in self.events.items() if not event.final or event.error is not None}

    @property
    def failed(self) -> list[FetchEvent]:
        """Those that failed, those that were not reached, and those whose PDF could not be read."""
        return [event for event in self.events.values() if event.final and event.error is not None]

    @property
    def done(self) -> int:
        """Papers that are there now."""
        return sum(1 for event in self.events.values() if event.state in DONE)

    @property
    def over(self) -> int:
        """Papers with which nothing more will happen."""
        return sum(1 for event in self.events.values() if event.final)

    @property
    def current(self) -> FetchEvent | None:
        """The paper that is on its way now; a download before a parse, and any of them before a wait."""
        for states in (("downloading",), ("parsing",), ("waiting",)):
            for event in self.events.values():
                if event.state in states and not event.final:
                    return event
        return None

    def summary(self) -> str:
        """``3 of 6, 1 failed``."""
        text = f"{self.done} of {len(self.events)}"
        if self.failed:
            text += f", {len(self.failed)} failed"
        return text


def said_briefly(fetches: Fetches, glyphs: Glyphs) -> list[Run]:
    """The fetch in a corner of the status line."""
    if not fetches.events:
        return []
    full, empty = glyphs.bar(fetches.over / len(fetches.events), 12)
    runs: list[Run] = [(f"fetch {fetches.summary()} ", ""), (full, "accent"), (empty, "dim")]
    event = fetches.current
    if fetches.running and event:
        runs.append((f"  {event.id} {step(event)} ", "dim"))
    return runs


def step(event: FetchEvent) -> str:
    """Where a paper is, in a few words."""
    if event.state == "downloading":
        if event.total:
            return f"{size(event.received)} of {size(event.total)}"
        return size(event.received) if event.received else "asking"
    if event.state == "waiting":
        return f"next request in {event.seconds_to_wait:.0f} s" if event.seconds_to_wait else "waiting"
    if event.state == "fetched":
        return f"{event.pages} pages" if event.pages else "fetched"
    return {"cached": "already here", "stopped": "left out", "parsing": "reading the PDF", "queued": "queued"}.get(
        event.state, event.state
    )


def pace(fetches: Fetches) -> str:
    """How fast it goes, or what is waited for; empty when neither is known."""
    if fetches.paused:
        return "pausing after this step" if fetches.running else "paused"
    # What is being read meanwhile holds up nothing.
    moving = (one for one in fetches.events.values() if one.state in ("downloading", "waiting") and not one.final)
    event = next(moving, None) if fetches.running else None
    if event is None:
        return ""
    if event.state == "downloading":
        return f"{size(int(fetches.rate))} a second" if fetches.rate else ""
    if event.state == "waiting" and event.seconds_to_wait:
        seconds = f"{event.seconds_to_wait:.0f} s"
        if event.message in ("", USUAL_WAIT):
            return f"arXiv allows the next request in {seconds}"
        return f"{safe(event.message)}: on in {seconds}"
    return ""


def fraction(event: FetchEvent) -> float:
    """How much of a paper is there, for a bar."""
    if event.state in DONE:
        return 1.0
    if event.state == "parsing":
        return 0.95
    return 0.9 * event.received / event.total if event.total else 0.0


def reason(event: FetchEvent) -> str:
    """Why a paper failed and what to do, as one line of safe text."""
    return safe(str(event.error or event.message or "It failed without a reason.")).replace("\n", " ")


def size(count: int) -> str:
    """``812 KB``, ``2.1 MB``."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"
