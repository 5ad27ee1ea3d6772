"""A few lines at the prompt in which one types words and picks papers; what is picked goes to the program that asked.

It draws on standard error, so that ``$(paperpath cite)`` and an editor's ``:read !`` get the citation alone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from paperpath.library.ranking import ranked
from paperpath.tui.cells import Run, fit, safe, width_of
from paperpath.tui.themed import Themed
from paperpath.tui.widgets.line import Line, settled
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.library import Row
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.keymap import Keymap


def pick(rows: Sequence[Row], text: str = "", *, ascii: bool = False, keymap: Keymap | None = None) -> tuple[str, ...]:  # noqa: A002 - the setting's name
    """Let a person choose among ``rows`` at the prompt; the keys, none if they left without choosing."""
    # Textual asks standard output how large the terminal is, and here that is a pipe.
    asked = {name: os.environ.get(name) for name in ("COLUMNS", "LINES")}
    size = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    os.environ |= {"COLUMNS": str(size.columns), "LINES": str(size.lines)}
    try:
        return Picker(rows, text, ascii=ascii, keymap=keymap).run(inline=True, mouse=False) or ()
    finally:
        for name, value in asked.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Papers(LineList):
    """What matches, the picked ones marked."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(glyphs)
        self.rows: Sequence[Row] = ()
        self.picked: dict[str, None] = {}
        self.led = True

    def draw(self, item: int, width: int) -> list[Run]:
        """Mark, title, and who and when at the right."""
        row = self.rows[item]
        who = fit(safe(f"{row.byline} {row.year or ''}".strip()), min(26, width // 3), self.glyphs.ellipsis)
        mark = "+" if row.key in self.picked else " "
        return [
            (f"{mark} ", "accent"),
            (fit(safe(row.title), width - width_of(who) - 4, self.glyphs.ellipsis), ""),
            (f"  {who}", "dim"),
        ]


class Picker(Themed[tuple[str, ...]]):
    """Returns the keys that were picked; empty when one left without any."""

    CSS = """
    Screen { height: 12; border: none; }
    Line { height: 1; margin: 0 1; }
    _Papers { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Cite", id="picker.typing_take", priority=True),
        Binding("tab", "mark", "Pick several", id="picker.typing_mark", priority=True),
        Binding("down,ctrl+n", "move(1)", "Down", id="picker.typing_down", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "Up", id="picker.typing_up", show=False, priority=True),
        Binding("escape,ctrl+c", "leave", "Leave", id="picker.typing_leave", priority=True),
    ]

    def __init__(
        self,
        rows: Sequence[Row],
        text: str = "",
        *,
        ascii: bool = False,  # noqa: A002
        keymap: Keymap | None = None,
    ) -> None:
        super().__init__(ascii=ascii, keymap=keymap)
        self._rows, self._text = rows, text

    def compose(self) -> ComposeResult:
        """The line and the papers."""
        yield Line(placeholder="Words of title, authors, year; tab picks several, enter cites, escape leaves")
        yield _Papers(self.glyphs)

    def on_mount(self) -> None:
        """Show what fits the words that came with the command."""
        papers = self.query_one(_Papers)
        papers.when_chosen = lambda _item: self.action_take()
        papers.empty = [[("No paper fits these words", "dim")]]
        line = self.query_one(Input)
        line.value = self._text
        line.cursor_position = len(self._text)
        self.set_focus(line)
        self._match(self._text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._match(event.value)

    def _match(self, text: str) -> None:
        papers = self.query_one(_Papers)
        papers.rows = ranked(self._rows, text)
        papers.show(range(len(papers.rows)))

    def action_move(self, step: int) -> None:
        """Choose among what matches."""
        self.query_one(_Papers).action_move(step)

    async def action_mark(self) -> None:
        """Pick the paper under the cursor too, or no longer."""
        await self._caught_up()
        papers = self.query_one(_Papers)
        if papers.item is not None:
            key = papers.rows[papers.item].key
            if key in papers.picked:
                del papers.picked[key]
            else:
                papers.picked[key] = None
            papers.forget_strips()
            papers.action_move(1)

    async def action_take(self) -> None:
        """Cite what was picked, or what is under the cursor."""
        await self._caught_up()
        papers = self.query_one(_Papers)
        under = (papers.rows[papers.item].key,) if papers.item is not None else ()
        self.exit(tuple(papers.picked) or under)

    def action_leave(self) -> None:
        """Cite nothing."""
        self.exit(())

    async def _caught_up(self) -> None:
        """Wait until what was typed before this key is matched."""
        line = self.query_one(Input)
        before = line.value
        await settled(line)
        if line.value != before:
            self._match(line.value)
