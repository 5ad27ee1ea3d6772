"""A pane of paragraphs of which some lead somewhere: the cursor goes from one to the next, and enter follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.tui.widgets.text import TextPane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual import events

    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.widgets.text import Para


class LinkPane(TextPane):
    """Paragraphs with a cursor on those that have a ``link``; between them, the keys scroll as they do elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "follow", "Go there", id="pane.follow", show=False, priority=True),
    ]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs, id=id, classes=classes)
        self.when_followed: Callable[[str], Awaitable[None] | None] | None = None
        self._at: int | None = None
        """The paragraph under the cursor."""

    @property
    def link(self) -> str:
        """Where the paragraph under the cursor leads; empty when it is on none."""
        return self._paragraphs[self._at].link if self._at is not None else ""

    def show(self, paragraphs: Sequence[Para], *, keep_place: bool = False) -> None:
        """Show other paragraphs; the cursor stays on its link only if they are the same text anew."""
        before = self.link if keep_place else ""
        self._at = next((at for at, para in enumerate(paragraphs) if before and para.link == before), None)
        super().show(paragraphs, keep_place=keep_place)

    def over(self, line: int) -> str:
        """The cursor's line looks as in a list."""
        return "cursor" if self.has_focus and self._at is not None and self._owners[line] == self._at else ""

    def action_lines(self, count: int) -> None:
        """To the next link if that is in sight, and else a line further."""
        step = 1 if count > 0 else -1
        top, height = int(self.scroll_y), self.size.height
        seen = [(line, owner) for line, owner in enumerate(self._owners) if self._paragraphs[owner].link]
        if step < 0:
            seen.reverse()
        here = self._at if self._at is not None else -1 if step > 0 else len(self._paragraphs)
        for line, owner in seen:
            if (owner - here) * step > 0 and top <= line < top + height:
                self._at = owner
                self.forget_strips()
                return
        self.jump_to(self.scroll_y + count)
        if self._at is not None and not any(top <= line < top + height for line, owner in seen if owner == self._at):
            self._at = None
        self.forget_strips()

    async def action_follow(self) -> None:
        """Go where the link leads."""
        if self.link and self.when_followed is not None:
            done = self.when_followed(self.link)
            if done is not None:
                await done

    async def on_click(self, event: events.Click) -> None:
        """A click chooses a link, a second one follows it."""
        line = event.y + int(self.scroll_y)
        if line < len(self._owners) and self._paragraphs[self._owners[line]].link:
            self._at = self._owners[line]
            self.forget_strips()
            if event.chain == 2:
                await self.action_follow()
