"""Several programs at once, for tests of what one of them may do to the others.

A program that asks arXiv imports for half a second before it does anything, so eight of them are a run of the module
with the function, ``python -m tests…``, which imports once and divides itself. Each part is a process of its own and
opens everything itself.
"""

from __future__ import annotations

import multiprocessing
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def at_once(work: Callable[..., None], each: Sequence[Sequence[object]]) -> None:
    """Call ``work(*arguments)`` for ``each`` of the arguments, all at the same time, a process for each.

    Raises:
        SystemExit: with the exit codes, if one of them failed.
    """
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    gate = context.Barrier(len(each))
    running = [context.Process(target=_enter, args=(gate, work, arguments)) for arguments in each]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        sys.exit(f"exit codes {[process.exitcode for process in running]}")


def _enter(gate: multiprocessing.synchronize.Barrier, work: Callable[..., None], arguments: Sequence[object]) -> None:
    gate.wait()
    work(*arguments)
