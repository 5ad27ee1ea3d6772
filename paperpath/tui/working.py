"""Starting slow work of a widget or of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.dom import DOMNode


def start(node: DOMNode, job: Callable[[], Coroutine[Any, Any, None]], group: str, *, latest: bool = False) -> None:
    """Run ``job`` beside the messages of ``node``; with ``latest``, what still runs in the group is cancelled.

    The function is handed over and not its coroutine: one that is cancelled before it was started would warn.
    """
    work: Any = job  # Textual's annotation allows for a callable, but not for the coroutine that it returns
    node.run_worker(work, group=group, exclusive=latest)
