"""What was read, week by week and stage by stage: the plots of :mod:`paperpath.workflow.picturing`, which scroll."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui.cells import safe
from paperpath.tui.glyphs import ASCII
from paperpath.tui.screens.base import Room
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from paperpath.workflow.measuring import Statistics as Counted

INKS = {"title": "dim strong", "text": "", "plot": "accent", "dim": "dim"}
WIDEST = 100
LEAST_WEEKS, MOST_WEEKS = 6, 96


class Statistics(Room):
    """The screen."""

    TITLE_OF_HELP = "Statistics"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "weeks(2)", "More weeks", id="statistics.more", priority=True),
        Binding("minus", "weeks(0.5)", "Fewer weeks", id="statistics.fewer", priority=True),
        Binding("l", "next_list", "The stages of the next list", id="statistics.list", priority=True),
    ]

    def __init__(self, list_name: str | None) -> None:
        """``list_name`` is the list whose stages are shown first; None for the one that the reader is on."""
        super().__init__()
        self._list = list_name
        self._weeks = 12
        self._found: Counted | None = None

    def body(self) -> ComposeResult:
        """One pane."""
        yield TextPane(self.front.glyphs, id="statistics")

    def on_mount(self) -> None:
        """Ask the library."""
        self._pane.show([BLANK, line(f"  Counting{self.front.glyphs.ellipsis}", "dim")])
        self.set_focus(self._pane)
        self.header([(" paperpath ", "key"), (" Statistics", "strong")], [])
        self.show_hints()
        self.library_changed()

    @property
    def _pane(self) -> TextPane:
        return self.query_one(TextPane)

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                ("pane.page_down", "Page", "screen.page_down"),
                ("statistics.more/statistics.fewer", "Weeks", "screen.weeks(2)"),
                ("statistics.list", "Next list", "screen.next_list"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    def library_changed(self) -> None:
        """Count again."""
        self.ask_library(self._count)

    async def _count(self) -> None:
        from paperpath.workflow import measuring

        today = date.today()  # noqa: DTZ011 - the reader's own day is meant
        count = partial(measuring.statistics, today=today, weeks=self._weeks, list_name=self._list)
        first = self._found is None
        try:
            self._found = await self.front.desk.read(count)
        except PaperpathError as error:
            self._pane.show([BLANK, line(f"  {safe(str(error))}", "bad")])
        else:
            self._show(keep_place=not first)

    def _show(self, *, keep_place: bool) -> None:
        from paperpath.workflow import picturing

        if self._found is None:
            return
        width = max(40, min(WIDEST, self._pane.columns - 2))
        shown = picturing.lines(self._found, width, ascii_only=self.front.glyphs is ASCII)
        said = [
            Para(((safe(one.text), INKS[one.kind]), (safe(one.tail), "")), indent=2, first=1) if one.text else BLANK
            for one in shown
        ]
        if not self._found.papers.read and not self._found.papers.skimmed:
            said += [BLANK, line(" Papers that you mark skimmed or read are counted here, week by week.", "dim")]
        said += [BLANK, line(" As a picture: paperpath stats --svg FILE", "dim")]
        self._pane.show([BLANK, *said], keep_place=keep_place)

    def on_resize(self, _event: events.Resize) -> None:
        """Plots as wide as there is room."""
        self.call_after_refresh(self._show, keep_place=True)

    async def action_weeks(self, times: float) -> None:
        """More weeks, or fewer."""
        self._weeks = round(max(LEAST_WEEKS, min(MOST_WEEKS, self._weeks * times)))
        await self._count()
        self.say(f"The last {self._weeks} weeks")

    async def action_next_list(self) -> None:
        """The stages of the next list."""
        if self._found is None or len(self._found.lists) < 2:
            self.say("There is no other reading list")
            return
        names = sorted(one.name for one in self._found.lists)
        self._list = names[(names.index(self._found.lists[0].name) + 1) % len(names)]
        await self._count()

    def action_page_down(self) -> None:
        """A click on the key."""
        self._pane.action_pages(1)
