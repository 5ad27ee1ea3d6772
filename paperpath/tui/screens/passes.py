"""The three passes over a paper in a window: what to read and to ask in each, and which are done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, clip, fit, safe, wrap
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar, Keys
from paperpath.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.glyphs import Glyphs
    from paperpath.workflow.passing import OnePass, Passes

WORDS = {"skim": "Skim", "understand": "Understand", "implement": "Implement"}


class Line(NamedTuple):
    """A line of the window."""

    text: str
    ink: str
    indent: int
    pass_number: int
    """The pass that it belongs to, from 0."""
    question: str = ""
    """The question that enter ticks; on a heading, enter does the pass."""
    chosen: bool = False
    """Whether the cursor may rest here: on headings and on the first lines of questions."""


class PassList(LineList):
    """Passes and their questions."""

    lines: tuple[Line, ...] = ()

    def fill(self, lines: tuple[Line, ...]) -> None:
        """Show other lines, with the cursor where it was."""
        at = self.at
        self.lines = lines
        self.show(range(len(lines)), keep=at if at < len(lines) else None)

    def selectable(self, item: int) -> bool:
        """Headings and questions."""
        return self.lines[item].chosen

    def draw(self, item: int, width: int) -> list[Run]:
        """Its words."""
        one = self.lines[item]
        return [(fit(f"{' ' * one.indent}{one.text}", width, self.glyphs.ellipsis), one.ink)]


def lines_of(passes: tuple[OnePass, ...], glyphs: Glyphs, width: int) -> tuple[Line, ...]:
    """The lines of all passes, in ``width`` cells."""
    lines: list[Line] = []
    for number, one in enumerate(passes):
        if number:
            lines.append(Line("", "", 0, number))
        sign = glyphs.read if one.done_at else glyphs.unread
        state = f"done {one.done_at[:10]}" if one.done_at else "to do"
        head = f"{number + 1} {sign} {WORDS[one.name]}: {state}"
        lines.append(Line(head, "good" if one.done_at else "strong", 1, number, chosen=True))
        about = [one.about]
        about += [f"Read {', '.join(one.sections)}."] if one.sections else []
        about += [f"Task: {one.task}"] if one.task else []
        for text in about:
            lines += [Line(part, "dim", 5, number) for part in _wrapped(text, width - 6)]
        for item in one.checklist:
            box = f"[{'x' if item.ticked else ' '}] "
            for at, part in enumerate(_wrapped(item.text, width - 10)):
                first = at == 0
                lines.append(Line(f"{box if first else '    '}{part}", "", 5, number, item.text, chosen=first))
    return tuple(lines)


def _wrapped(text: str, width: int) -> list[str]:
    text = safe(" ".join(text.split()))
    return [text[start:end] for start, end in wrap(text, max(20, width))]


class PassWindow(Keyed, ModalScreen[None]):
    """The window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "do(0)", "Skimmed, or to be skimmed again", id="passes.skim", priority=True),
        Binding("2", "do(1)", "Understood, or to be read again", id="passes.understand", priority=True),
        Binding("3", "do(2)", "Implemented, or to be implemented again", id="passes.implement", priority=True),
        Binding("x", "take", "Tick the question, or do the pass", id="passes.take", priority=True),
        Binding("escape,q,p", "close", "Close", id="passes.close", show=False, priority=True),
    ]

    def __init__(self, passes: Passes) -> None:
        super().__init__()
        self._now = passes

    def compose(self) -> ComposeResult:
        """Title, passes, what happened, keys."""
        glyphs = self._front.glyphs
        with Vertical(id="passes", classes="dialog"):
            yield Bar(glyphs, id="passes-title")
            yield PassList(glyphs)
            yield Bar(glyphs, id="passes-said")
            yield Keys(glyphs)

    @property
    def _front(self) -> PaperpathApp:
        return cast("PaperpathApp", self.app)

    def on_mount(self) -> None:
        """Take the keyboard."""
        listed = self.query_one(PassList)
        listed.when_chosen = self._take
        self.set_focus(listed)
        self._show()
        key = self._front.keymap.label
        self.query_one(Keys).hint(
            [
                (key("list.open"), "Done, or tick", "screen.take"),
                (key("passes.skim"), "Skim", "screen.do(0)"),
                (key("passes.understand"), "Understand", "screen.do(1)"),
                (key("passes.implement"), "Implement", "screen.do(2)"),
                (key("passes.close"), "Close", "screen.close"),
            ]
        )

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        glyphs = self._front.glyphs
        title = clip(safe(self._now.title), 60, glyphs.ellipsis)
        self.query_one("#passes-title", Bar).show(
            [(title, "strong")], [(f"{glyphs.status(self._now.status)} {self._now.status}", "accent")]
        )
        listed = self.query_one(PassList)
        lines = lines_of(self._now.passes, glyphs, listed.columns or 88)
        listed.fill(lines)

    async def action_do(self, number: int) -> None:
        """Do a pass, or take it back; waits, so that the next key means what is then."""
        from paperpath.workflow import passing

        one = self._now.passes[number]
        job = partial(passing.set_pass, key=self._now.key, name=one.name, done=one.done_at is None)
        try:
            changed = await self._front.desk.change(job)
        except PaperpathError as error:
            self._say(str(error), "bad")
            return
        state = "done" if one.done_at is None else "to do"
        status = f"the paper is {changed.status}" if changed.raised else f"the paper stays {changed.status}"
        self._say(f"{WORDS[one.name]}: {state}; {status}", "good")
        await self._again()

    async def action_take(self) -> None:
        """What enter does."""
        await self.query_one(PassList).action_choose()

    async def _take(self, item: int) -> None:
        from paperpath.workflow import passing

        line = self.query_one(PassList).lines[item]
        if not line.question:
            await self.action_do(line.pass_number)
            return
        on = not any(one.ticked for one in self._now.passes[line.pass_number].checklist if one.text == line.question)
        job = partial(passing.tick, key=self._now.key, question=line.question, on=on)
        try:
            await self._front.desk.change(job)
        except PaperpathError as error:
            self._say(str(error), "warn")
            return
        self._say("Ticked in the note" if on else "No longer ticked in the note", "good")
        await self._again()

    async def _again(self) -> None:
        from paperpath.workflow import passing

        try:
            self._now = await self._front.desk.read(partial(passing.passes, key=self._now.key))
        except PaperpathError as error:
            self._say(str(error), "bad")
            return
        self._show()
        await self._front.reload()

    def _say(self, words: str, ink: str) -> None:
        self.query_one("#passes-said", Bar).show([(words, ink)])

    def action_close(self) -> None:
        """Close."""
        self.dismiss()
