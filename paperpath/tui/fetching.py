"""What is known about the papers being fetched, and how it is said.

The workflow tells each step of each paper; this keeps the last of each, in the order of the request, until the person
has seen how it ended. Nothing here draws or fetches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperpath.tui.cells import Run, safe

if TYPE_CHECKING:
    from paperpath.tui.glyphs import Glyphs
    from paperpath.workflow.fetch import FetchEvent

DONE = ("fetched", "cached")
ACTIVE = ("downloading", "parsing")


@dataclass
class Fetches:
    """All papers of the fetches since the list was last cleared."""

    events: dict[str, FetchEvent] = field(default_factory=dict)
    running: bool = False
    stopping: bool = False

    def apply(self, event: FetchEvent) -> None:
        """Take note of a step."""
        self.events[event.key or str(event.id)] = event

    def state(self, key: str) -> str | None:
        """How far a paper is; None when it is not being fetched."""
        event = self.events.get(key)
        return event.state if event else None

    def forget_done(self) -> None:
        """Drop what is over; called when it was seen."""
        self.events = {key: event for key, event in self.events.items() if self.running and not event.final}

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
    return {"cached": "already here", "parsing": "reading the PDF", "queued": "queued"}.get(event.state, event.state)


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
