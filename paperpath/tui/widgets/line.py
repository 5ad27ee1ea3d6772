"""An input whose editing keys act in the order in which they were pressed.

Textual gives letters to the input at once, but takes the bindings (backspace, ctrl+u, the arrows) for keys that nobody
wanted, sends them up to the app and from there back as actions. When ``abx``, backspace, ``c`` come in one write, the
backspace arrives after the ``c``. Here an input looks at its own bindings first.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip
from textual.widgets import Input

from paperpath.tui.cells import safe

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget


async def run_own_binding(widget: Widget, event: events.Key) -> None:
    """Do what ``widget`` itself binds the key to, if anything, and let nobody else see the key."""
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):  # noqa: SLF001 - there is no public way to ask
        event.stop()
        event.prevent_default()
        await widget.run_action(binding.action)
        return


async def settled(widget: Widget) -> None:
    """Return when ``widget`` has taken every key that was pressed before now."""
    done = asyncio.Event()
    widget.call_later(done.set)
    await done.wait()


class Line(Input):
    """One line to type in."""

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        # A blinking cursor would wake the program twice a second.
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        await run_own_binding(self, event)

    @property
    def _value(self) -> Text:
        """What is shown of the value: a name, or what was pasted, may have characters that a terminal obeys."""
        return Text(safe(self.value), no_wrap=True, overflow="ignore", end="")

    def render_line(self, y: int) -> Strip:
        """The line; a suggestion has names in it too."""
        strip = super().render_line(y)
        if all(segment.text.isprintable() for segment in strip):
            return strip
        made_safe = [Segment(safe(segment.text), segment.style) for segment in strip]
        return Strip(made_safe).adjust_cell_length(strip.cell_length)
