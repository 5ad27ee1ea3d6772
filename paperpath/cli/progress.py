"""Progress on standard error: a bar and a line that says what is going on now; nothing at all without a terminal.

rich costs 0.1 s to import, so it is imported when there is a terminal to draw on. What is printed while the bar is up
goes through :meth:`Progress.result` and :meth:`Progress.problem`, which put it above the bar instead of into it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from paperpath.cli import safe, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from rich.progress import Progress as Live


class Progress:
    """A bar over several things, as a context manager; without a terminal only results and problems are written."""

    def __init__(self, verb: str, total: int | None = None, *, ascii_only: bool = False) -> None:
        """``verb`` stands before the bar; ``ascii_only`` leaves the bar out and counts in figures."""
        self._live = _live(ascii_only) if sys.stderr.isatty() and sys.stderr is not sys.stdout else None
        if self._live is not None:
            self._task = self._live.add_task(verb, total=total, now="")

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def at(self, done: int, total: int | None) -> None:
        """``done`` of ``total`` things are through."""
        if self._live is not None:
            self._live.update(self._task, completed=done, total=total)

    def now(self, what: str) -> None:
        """Say what is going on; it stands beside the bar until something else does."""
        if self._live is not None:
            self._live.update(self._task, now=safe.line(what))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Take the bar away for as long as something is asked."""
        if self._live is not None:
            self._live.stop()
        yield
        if self._live is not None:
            self._live.start()

    def result(self, text: str) -> None:
        """A line of result, to standard output."""
        # Two streams on one terminal would write into each other, so there the bar's own console prints for both.
        if self._live is not None and sys.stdout.isatty():
            self._above(text)
        else:
            show.out(text)

    def problem(self, error: BaseException, about: str) -> None:
        """One failure, to standard error."""
        if self._live is not None:
            self._above(show.failure(error, about))
        else:
            show.fail(error, about=about)

    def _above(self, text: str) -> None:
        from rich.text import Text

        assert self._live is not None
        self._live.console.print(Text.from_ansi(text), soft_wrap=True)


def _live(ascii_only: bool) -> Live:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Live
    from rich.table import Column

    columns: list[ProgressColumn] = [
        TextColumn("{task.description}", markup=False),
        MofNCompleteColumn(" of "),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}", markup=False, table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")),
    ]
    if not ascii_only:
        columns.insert(1, BarColumn(20))
    # rich would send what is written to standard output to its own console, which is standard error: results would
    # vanish from the pipe that waits for them.
    return Live(
        *columns,
        console=Console(stderr=True),
        transient=True,
        expand=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
