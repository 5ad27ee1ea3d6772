"""The left pane of the library: what can be shown, with how much of it there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.model import STATUSES
from paperpath.tui.catalogue import Scope
from paperpath.tui.cells import Run, fit, safe, width_of
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from paperpath.tui.catalogue import Catalogue

_Line = tuple[Scope | None, str, str, tuple[int, int] | None]
"""What it shows (None for a heading), its name, a count, and progress."""

MOST_TAGS = 200
BAR = 5


class Sidebar(LineList):
    """Everything, statuses, reading lists, saved searches, tags."""

    LEADS_ON = True
    scope = Scope()
    _lines: tuple[_Line, ...] = ()

    def fill(self, catalogue: Catalogue, scope: Scope) -> None:
        """Show the counts of ``catalogue`` and which scope is shown; the cursor stays where it is."""
        before = self._lines[self.item][0] if self.item is not None and self._lines else scope
        self.scope = scope
        self._lines = tuple(self._build(catalogue))
        items = [index if line[0] is not None else -1 - index for index, line in enumerate(self._lines)]
        wanted = before if self.screen.focused is self else scope
        keep = next((index for index, line in enumerate(self._lines) if line[0] == wanted), None)
        self.show(items, keep=keep)

    def scope_at(self, item: int) -> Scope:
        """What an item shows."""
        return self._lines[item][0] or Scope()

    def _build(self, catalogue: Catalogue) -> list[_Line]:
        lines: list[_Line] = []
        for heading, own in (("READING LISTS", False), ("YOUR LISTS", True)):
            some = [one for one in catalogue.lists if (one.name in catalogue.own) == own]
            if some:
                lines.append((None, heading, "", None))
            for one in some:
                read, total = catalogue.progress(one)
                lines.append((Scope("list", one.name), one.title, f"{read}/{total}", (read, total)))
            if some:
                lines.append((None, "", "", None))
        lines.append((None, "LIBRARY", "", None))
        lines.append((Scope(), "All papers", f"{len(catalogue.rows):,}" if catalogue.complete else "", None))
        for status in STATUSES:
            count = catalogue.statuses[status]
            if count and catalogue.complete:
                sign = self.glyphs.status(status)
                lines.append((Scope("status", status), f"{sign} {status.capitalize()}", f"{count:,}", None))
        if catalogue.problems:
            lines.append((Scope("problem"), f"{self.glyphs.problem} Needs a look", f"{catalogue.problems:,}", None))
        if catalogue.searches:
            lines += [(None, "", "", None), (None, "SAVED SEARCHES", "", None)]
            for found in catalogue.searches:
                said = self.glyphs.problem if found.trouble else f"{len(found.keys):,}" if catalogue.complete else ""
                lines.append((Scope("saved", found.name), found.name, said, None))
        if catalogue.tags:
            lines += [(None, "", "", None), (None, "TAGS", "", None)]
            lines += [
                (Scope("tag", tag), f"#{tag}", f"{count:,}", None)
                for tag, count in catalogue.tags.most_common(MOST_TAGS)
            ]
        return lines

    def draw(self, item: int, width: int) -> list[Run]:
        """A heading, or a name with its bar and its count."""
        scope, name, count, progress = self._lines[item if item >= 0 else -1 - item]
        if scope is None:
            return [(name, "dim strong")]
        shown = scope == self.scope
        runs: list[Run] = [(f"{self.glyphs.here} " if shown else "  ", "mark")]
        room = width - 2 - width_of(count) - 1
        bar = self.glyphs.bar(progress[0] / max(1, progress[1]), BAR) if progress else ("", "")
        if not progress or width_of(name) + BAR + 1 > room:  # the name is worth more than its bar
            bar = ("", "")
        else:
            room -= BAR + 1
        runs.append((fit(safe(name), room, self.glyphs.ellipsis), "accent" if shown else ""))
        if "".join(bar):
            runs += [(" ", ""), (bar[0], "accent"), (bar[1], "dim")]
        runs += [(" ", ""), (count, "dim")]
        return runs
