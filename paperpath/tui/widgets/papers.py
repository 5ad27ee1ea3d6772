"""The middle pane of the library: the papers, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.tui.cells import Run, clip, fit, safe, width_of
from paperpath.tui.fetching import ACTIVE, fraction
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from paperpath.tui.catalogue import Catalogue, View
    from paperpath.tui.fetching import Fetches
    from paperpath.tui.glyphs import Glyphs

YEAR = 4
SIGN = 3


class PaperList(LineList):
    """Papers, and the stages of a reading list above theirs."""

    def __init__(self, glyphs: Glyphs, fetches: Fetches, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id)
        self._fetches = fetches
        self._catalogue: Catalogue | None = None
        self._view: View | None = None
        self.marked: set[str] = set()
        """Keys of the papers that the next action means."""

    @property
    def key(self) -> str | None:
        """Key of the paper under the cursor."""
        if self.item is None or self._catalogue is None:
            return None
        return self._catalogue.rows[self.item].key

    def fill(self, catalogue: Catalogue, view: View, *, key: str | None = None) -> None:
        """Show a view; the cursor goes to the paper ``key`` if it is in it."""
        self._catalogue, self._view = catalogue, view
        self.show(view.items, keep=catalogue.place.get(key) if key else None)

    def toggle_mark(self) -> None:
        """Mark the paper under the cursor or take the mark away, and go on to the next."""
        if self.key is not None:
            self.marked ^= {self.key}
            self._strips.clear()
            self.refresh()
            self.action_move(1)

    def draw(self, item: int, width: int) -> list[Run]:
        """A stage, or sign, title, progress, authors, year."""
        if item < 0:
            return self._draw_stage(-1 - item, width)
        assert self._catalogue is not None
        row = self._catalogue.rows[item]
        byline_width, pdf = byline_cells(width), 2
        room = width - SIGN - byline_width - pdf - YEAR - 1
        progress = self._progress(row.key, row.status, row.progress)
        title = safe(row.title)
        style = "dim" if row.status == "read" else ""
        runs: list[Run] = [self._sign(row.key, row.status, row.problem)]
        if progress and room > 24:
            runs += [(fit(title, room - 6, self.glyphs.ellipsis), style), (f"{progress:>5} ", "accent")]
        else:
            runs += [(fit(title, room, self.glyphs.ellipsis), style)]
        runs += [
            (" ", ""),
            (short_byline(safe(row.byline), byline_width - 1, self.glyphs.ellipsis), "dim"),
            (f"{self.glyphs.pdf if row.has_pdf else ' '} ", "quote"),
            (f"{row.year or '':>4} ", "dim"),
        ]
        return runs

    def _sign(self, key: str, status: str, problem: str | None) -> Run:
        glyphs = self.glyphs
        mark = glyphs.mark if key in self.marked else " "
        state = self._fetches.state(key) if self._fetches.events else None
        if state in ACTIVE:
            return f"{mark}{glyphs.arrow} ", "accent"
        if state in ("queued", "waiting") and self._fetches.running:
            return f"{mark}{glyphs.wait} ", "mark"
        if problem or state == "failed":
            return f"{mark}{glyphs.problem} ", "bad"
        sign = {"unread": glyphs.unread, "skimmed": glyphs.skimmed, "reading": glyphs.reading, "read": glyphs.read}[
            status
        ]
        style = {"unread": "dim", "skimmed": "quote", "reading": "accent", "read": "good"}[status]
        return f"{mark}{sign} ", "mark" if mark != " " else style

    def _progress(self, key: str, status: str, progress: float) -> str:
        event = self._fetches.events.get(key)
        if event and event.state in ACTIVE:
            return f"{fraction(event):.0%}"
        return f"{progress:.0%}" if 0 < progress < 1 and status != "read" else ""

    def _draw_stage(self, number: int, width: int) -> list[Run]:
        assert self._view is not None
        heading = self._view.headings[number]
        count = f"{heading.read}/{heading.total} "
        if not heading.total:
            count = f"{heading.resources} resource{'s' * (heading.resources != 1)} " if heading.resources else ""
        title = f" {heading.number}  {safe(heading.title)} "
        rule = max(0, width - len(count) - 1 - len(title))
        if rule == 0:
            title = fit(title, max(0, width - len(count) - 1), self.glyphs.ellipsis)
        return [(title, "title"), (self.glyphs.rule * rule, "dim"), (f" {count}", "dim")]


def byline_cells(width: int) -> int:
    """The authors' column: what is left over goes to titles first."""
    return 13 if width < 64 else 18 if width < 90 else 24


def short_byline(byline: str, width: int, ellipsis: str = "…") -> str:
    """Authors in exactly ``width`` cells; what gives way is the second name, then the end of the first.

    ``Bousquet & Elisseeff`` in 12 cells is ``Bousquet +1``, and ``Felzenszwalb +2`` is ``Felzensz… +2``.
    """
    if width_of(byline) > width:
        first, between, second = byline.partition(" & ")
        if between and second != "al.":
            byline = f"{first} +1"
    name, more, count = byline.rpartition(" +")
    if more and width_of(byline) > width:
        return fit(clip(name, width - width_of(count) - 2, ellipsis) + more + count, width)
    return fit(byline, width, ellipsis)
