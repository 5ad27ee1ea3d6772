"""How a fetch looks: one JSON line or one line of result per paper, progress while it runs, and its exit code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from paperpath.cli import safe, show
from paperpath.errors import BadInput, PaperpathError

if TYPE_CHECKING:
    from collections.abc import Container

    from paperpath.cli.progress import Progress
    from paperpath.workflow.fetch import FetchEvent

WORDS = {"fetched": "fetched", "cached": "already here", "failed": "failed", "waiting": "not tried"}


class FetchView:
    """Takes the events of one fetch, shows them, and knows in the end how it went."""

    def __init__(self, progress: Progress, *, as_json: bool, from_lists: Container[str] = ()) -> None:
        """
        Args:
            progress: the bar.
            as_json: print objects for programs instead of lines for people.
            from_lists: keys of papers that were asked for by the name of a list alone. Those that are not on arXiv
                are no failures: who says ``fetch zero-to-hero`` means what can be fetched of it.
        """
        self._progress = progress
        self._json = as_json
        self._from_lists = from_lists
        self._total = 0
        self._counts: Counter[str] = Counter()
        self._failures: list[PaperpathError] = []
        self._left_out: list[str] = []
        self._gave_up: PaperpathError | None = None

    def take(self, event: FetchEvent) -> None:
        """Show one event."""
        if event.state == "queued" or (event.final and event.state == "cached"):
            self._total += 1
        if not event.final:
            self._progress.now(_now(event))
            return
        self._counts[_status(event)] += 1
        self._show(event)
        done = sum(self._counts.values())
        self._progress.at(done, max(self._total, done))

    def conclude(self) -> int:
        """Sum up, and give the exit code."""
        counts = self._counts
        counts["failed"] -= len(self._left_out)
        parts = [f"{counts[status]:,} {words}" for status, words in WORDS.items() if counts[status]]
        if parts:
            show.say(", ".join(parts) + ".")
        if self._left_out:
            show.say(
                f"Not on arXiv, so left out: {show.names(self._left_out)}. Where they are: paperpath show KEY."
                " A PDF of your own becomes part of the library with: paperpath add FILE.pdf"
            )
        if self._gave_up is not None:
            show.fail(self._gave_up)
            return show.NO_NETWORK
        return show.code_of_all(self._failures, succeeded=counts["fetched"] + counts["cached"])

    def _show(self, event: FetchEvent) -> None:
        if self._json:
            self._progress.result(safe.json_text(event_json(event)))
        elif event.state in ("fetched", "cached"):
            self._progress.result(_line(event))
        if event.state in ("waiting", "stopped"):
            self._gave_up = event.error
        elif isinstance(event.error, BadInput) and event.key in self._from_lists:
            self._left_out.append(event.key or event.id)
        elif event.error is not None:
            self._failures.append(event.error)
            self._progress.problem(event.error, event.key or event.id)


def event_json(event: FetchEvent) -> dict[str, Any]:
    """The end of one paper, as ``fetch --json`` prints it."""
    return {
        "id": event.id,
        "key": event.key,
        "status": _status(event),
        "error": str(event.error) if event.error else "Interrupted." if event.state == "stopped" else None,
        "sha256": event.sha256,
        "pages": event.pages,
        "seconds": event.seconds,
    }


def _status(event: FetchEvent) -> str:
    return "waiting" if event.state == "stopped" else event.state


def _line(event: FetchEvent) -> str:
    """The end of one paper for a person, in fields that ``cut`` can take apart."""
    pages = show.plural(event.pages, "page") if event.pages else ""
    fields = (WORDS[event.state], event.key or event.id, pages, event.title, event.message)
    return "\t".join(safe.line(field) for field in fields if field)


def _now(event: FetchEvent) -> str:
    """What is going on, for the line beside the bar."""
    name = event.key or event.id
    match event.state:
        case "downloading":
            size = f"{event.received / 1e6:.1f}" + (f" of {event.total / 1e6:.1f}" if event.total else "")
            return f"{name}: {size} MB"
        case "waiting":
            return f"{name}: {event.seconds_to_wait:.0f} s, {event.message}"
        case "parsing":
            return f"{name}: reading the PDF"
        case _:
            return name
