"""The right pane of the reader: what the reader marked and wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from paperpath.tui.cells import Run, fit, safe, wrap
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.model import Highlight
    from paperpath.tui.themed import Themed

MOST_LINES = 4
"""Of a quote; the page shows the rest."""


class Aside(LineList):
    """Highlights, each with its comment, and then the reader's own note."""

    LEADS_ON = True
    _lines: tuple[tuple[int | None, str, str], ...] = ()
    """Number of a highlight (on its first line only), text, style."""
    _highlights: Sequence[Highlight] = ()
    _found: Sequence[bool] = ()
    _note = ""
    _width = 0

    def fill(self, highlights: Sequence[Highlight], found: Sequence[bool], note: str) -> None:
        """Show highlights (``found`` tells which are in the text) and the words of the note."""
        self._highlights, self._found, self._note = highlights, found, note
        self._build()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        if self.columns != self._width:
            self._build()

    def highlight_at(self, item: int) -> int | None:
        """Which highlight a line belongs to."""
        return self._lines[item][0]

    def _build(self) -> None:
        self._width = max(12, self.columns - 3)
        lines: list[tuple[int | None, str, str]] = [(None, self._count(), "dim strong")]
        for number, (highlight, found) in enumerate(zip(self._highlights, self._found, strict=True)):
            lines += self._quote(number, highlight, found=found)
        label = cast("Themed[None]", self.app).keymap.label
        if not self._highlights:
            lines += [
                (None, f"  {label('reader.select')} chooses a sentence,", "dim"),
                (None, f"  {label('reader.highlight')} highlights it", "dim"),
            ]
        lines += [(None, "", ""), (None, "NOTE", "dim strong")]
        if self._note:
            for paragraph in self._note.split("\n"):
                text = safe(paragraph)
                lines += [(None, text[start:end], "") for start, end in wrap(text, self._width)]
        else:
            lines += [
                (None, f"  {label('reader.note')} writes a line here,", "dim"),
                (None, f"  {label('reader.editor')} opens your editor", "dim"),
            ]
        before = self.item
        self._lines = tuple(lines)
        items = [i if line[0] is not None else -1 - i for i, line in enumerate(lines)]
        self.show(items, keep=before)

    def _count(self) -> str:
        return f"HIGHLIGHTS  {len(self._highlights)}" if self._highlights else "HIGHLIGHTS"

    def _quote(self, number: int, highlight: Highlight, *, found: bool) -> list[tuple[int | None, str, str]]:
        text = safe(" ".join(highlight.quote.split()))
        spans = wrap(text, self._width - 2)
        style = highlight.colour if found else "dim"
        lines: list[tuple[int | None, str, str]] = []
        for at, (start, end) in enumerate(spans[:MOST_LINES]):
            cut = self.glyphs.ellipsis if at == MOST_LINES - 1 and len(spans) > MOST_LINES else ""
            lines.append((number if at == 0 else None, f"{self.glyphs.quote} {text[start:end]}{cut}", style))
        where = f"p.{highlight.page}" if highlight.page else ""
        if not found:
            where = "not in this text any more"
        for line in safe(highlight.comment).split("\n") if highlight.comment else ():
            lines += [(None, f"  {line[start:end]}", "") for start, end in wrap(line, self._width - 2)]
        if where:
            lines.append((None, f"  {where}", "warn" if not found else "dim"))
        lines.append((None, "", ""))
        return lines

    def draw(self, item: int, width: int) -> list[Run]:
        """A line."""
        _, text, style = self._lines[item if item >= 0 else -1 - item]
        looks = {"yellow": "mark", "green": "good", "blue": "quote", "red": "bad"}
        if style in looks:  # a quote: its bar has the colour, its words are to be read
            return [(text[:1], looks[style]), (fit(text[1:], width - 2, self.glyphs.ellipsis), "")]
        return [(fit(text, width - 1, self.glyphs.ellipsis), style)]
