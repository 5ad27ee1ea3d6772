"""Starting slow work of a widget or of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.dom import DOMNode


def start(node: DOMNode, job: Callable[[], Coroutine[Any, Any, None]], group: str, *, latest: bool = False) -> None:
    """Run ``job`` beside the messages of ``node``; with ``latest``, what still runs in the group is cancelled.

    The function is handed over and not its coroutine: one that is cancelled before it was started would warn.
    """

    async def work() -> None:
        try:
            await job()
        except NoMatches:
            # The answer came when the screen had been left: its widgets go before its work is cancelled.
            if not _is_left(node):
                raise

    run: Any = work  # Textual's annotation allows for a callable, but not for the coroutine that it returns
    node.run_worker(run, group=group, exclusive=latest)


def _is_left(node: DOMNode) -> bool:
    """Whether the program ends, or a screen is gone or going: widgets go while their screen is still on the stack."""
    if not node.app.is_running:
        return True
    return isinstance(node, Screen) and (node not in node.app.screen_stack or not node.children)
