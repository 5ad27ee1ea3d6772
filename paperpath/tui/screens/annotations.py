"""All annotations in one list: highlights and notes of the library, or of the papers that are marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container

from paperpath.errors import PaperpathError
from paperpath.tui.cells import Run, clip, fit, safe, width_of
from paperpath.tui.marks import Annotation, gather, matching
from paperpath.tui.screens.actions import PaperRoom
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.prompt import Question
from paperpath.tui.widgets.text import BLANK, Para, TextPane, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

LOOKS = {"yellow": "mark", "green": "good", "blue": "quote", "red": "bad", "purple": "title"}
"""The ink of a colour's sign."""


class MarkList(LineList):
    """Annotations, a line each, under the titles of their papers."""

    annotations: Sequence[Annotation] = ()
    _titles: tuple[tuple[str, int], ...] = ()

    def fill(self, annotations: Sequence[Annotation], shown: Sequence[int], keep: int | None) -> None:
        """Show these of them, with the cursor on ``keep`` if that is among them."""
        self.annotations = annotations
        items: list[int] = []
        titles: list[tuple[str, int]] = []
        before = ""
        for at in shown:
            one = annotations[at]
            if one.key != before:
                before = one.key
                titles.append((one.title, 0))
                items.append(-len(titles))
            titles[-1] = titles[-1][0], titles[-1][1] + 1
            items.append(at)
        self._titles = tuple(titles)
        self.show(items, keep=keep)

    def draw(self, item: int, width: int) -> list[Run]:
        """A title; or colour, page, words, date."""
        ellipsis = self.glyphs.ellipsis
        if item < 0:
            title, count = self._titles[-1 - item]
            words = f" {count} " if count > 1 else " "
            return [(f" {fit(safe(title), width - len(words) - 1, ellipsis)}", "title"), (words, "dim")]
        one = self.annotations[item]
        date = f" {one.created[:10]} " if width >= 64 and one.created else " "
        colour = f"{one.colour or 'note':<7}" if width >= 64 else ""
        head: list[Run] = [
            (f" {self.glyphs.quote if one.colour else '+'} ", LOOKS.get(one.colour, "accent")),
            (f"{colour}{f'p.{one.page}' if one.page else '':<6}", "dim"),
        ]
        room = width - sum(width_of(text) for text, _ in head) - width_of(date)
        quote = clip(safe(one.quote), room * 3 // 5 if one.comment else room, ellipsis)
        rest = room - width_of(quote)
        comment = f"  {safe(one.comment)}" if quote else safe(one.comment)
        said = [(quote, ""), (fit(comment if one.comment and rest > 4 else "", rest, ellipsis), "accent")]
        return [*head, *said, (date, "dim")]


class Annotations(PaperRoom):
    """The screen."""

    TITLE_OF_HELP = "All annotations"
    ASKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter: words, green, #tag, is:note, paper:x", id="marks.filter", priority=True),
        Binding("backspace", "back_to_library", "Back", id="marks.back", show=False, priority=True),
        Binding(
            "down", "move_while_typing(1)", "Down, while one types", id="marks.typing_down", show=False, priority=True
        ),
        Binding("up", "move_while_typing(-1)", "Up, while one types", id="marks.typing_up", show=False, priority=True),
        Binding("tab", "next_pane(1)", "Next pane", id="pane.next", show=False, priority=True),
        Binding("shift+tab", "next_pane(-1)", "Pane before", id="pane.before", show=False, priority=True),
    ]
    TYPING: ClassVar[frozenset[str]] = frozenset({"accept", "leave", "move_while_typing", "next_pane"})

    def __init__(self, keys: Sequence[str]) -> None:
        """``keys`` are the papers to show; none of them means all."""
        super().__init__()
        self._keys = frozenset(keys)
        self.words = ""
        self._annotations: Sequence[Annotation] = ()
        self._read = False

    def body(self) -> ComposeResult:
        """The list, and the whole of one."""
        glyphs = self.front.glyphs
        with Container(id="found"):
            yield MarkList(glyphs, id="hits")
            yield TextPane(glyphs, id="preview", classes="pane")

    def on_mount(self) -> None:
        """Ask the library."""
        self.marks.when_chosen = self._open
        self.set_focus(self.marks)
        about = f"   of {len(self._keys)} marked papers" if self._keys else "   of all papers"
        self.header([(" paperpath ", "key"), (" Annotations", "strong"), (about, "dim")], [])
        self.show_hints()
        self.library_changed()

    def show_hints(self) -> None:
        """The keys that matter here."""
        self.hints(
            [
                ("list.open", "Read there", "screen.chosen"),
                ("marks.filter", "Filter", "screen.filter"),
                ("paper.tags", "Tags", "screen.tags"),
                ("paper.cite", "Cite", "screen.cite"),
                ("app.undo", "Undo", "app.undo"),
                ("app.help", "Keys", "app.help"),
                ("app.back", "Back", "app.back"),
            ]
        )

    @property
    def marks(self) -> MarkList:
        """The list."""
        return self.query_one(MarkList)

    @property
    def chosen(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.marks.annotations[self.marks.item] if self.marks.item is not None else None

    def targets(self) -> list[str]:
        """The paper of the annotation under the cursor."""
        return [self.chosen.key] if self.chosen else []

    # what is shown

    def library_changed(self) -> None:
        """Read the annotations anew."""
        self.ask_library(self._gather)

    async def _gather(self) -> None:
        try:
            found = await self.front.desk.read(partial(gather, keys=self._keys))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        before = self.chosen
        self._annotations, self._read = found, True
        self._fill(before)

    def _fill(self, keep: Annotation | None) -> None:
        shown = matching(self._annotations, self.words)
        # What was changed meanwhile is still the same line: its words and its paper say which.
        same = [at for at in shown if keep and self._annotations[at][:1] + self._annotations[at][3:4] == _name(keep)]
        self._say_empty()
        self.marks.fill(self._annotations, shown, same[0] if same else None)
        papers = len({self._annotations[at].key for at in shown})
        count: list[Run] = [(f"{len(shown):,} in {papers:,} paper{'s' * (papers != 1)}", "dim")]
        self.prompt.found(count)
        filtered: list[Run] = [(f"{safe(self.words)}   ", "accent")] if self.words else []
        self.status.idle([*filtered, *count])

    def _say_empty(self) -> None:
        if not self._read:
            self.marks.empty = []
        elif self.words:
            self.marks.empty = [[(f"No annotation has “{clip(safe(self.words), 40)}”", "")]]
        else:
            whose = "The marked papers have no annotations" if self._keys else "There are no annotations yet"
            keys = [self.key(id) for id in ("reader.select", "reader.highlight", "reader.note")]  # noqa: A001
            told = "While you read, {} chooses a sentence, {} highlights it, {} writes a note".format(*keys)
            self.marks.empty = [[(whose, "")], [], [(told, "dim")]]

    @on(LineList.Moved, "#hits")
    def _moved(self) -> None:
        pane, one = self.query_one("#preview", TextPane), self.chosen
        if one is None:
            pane.show([])
            return
        small = self.has_class("-one")
        row = self.front.catalogue.row(one.key)
        said = [] if small else [line(safe(one.title), "title")]
        if row and not small:
            tags = " ".join(f"#{tag}" for tag in one.tags)
            said.append(line(safe(f"{row.byline} {row.year or ''}  {row.status}  {tags}".rstrip()), "dim"))
        place = (one.colour or "your note", one.section, f"p.{one.page}" if one.page else "", one.created[:10])
        said += [*([BLANK] if said else []), line(safe("  ".join(part for part in place if part)), "quote")]
        if one.quote:
            said += [
                BLANK,
                Para(((f"{self.front.glyphs.quote} ", LOOKS.get(one.colour, "mark")), (safe(one.quote), "")), 2),
            ]
        if one.comment:
            said += [BLANK, line(safe(one.comment), "accent" if one.quote else "")]
        pane.show(said)

    # what can be done

    def action_filter(self) -> None:
        """Filter while typing."""
        self.ask(
            Question(
                "/",
                self._changed,
                value=self.words,
                placeholder="words, a colour, #tag, is:note, paper:words",
                changed=self._changed,
                cancelled=lambda: self._changed(""),
            )
        )

    def _changed(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self._fill(self.chosen)

    async def action_move_while_typing(self, step: int) -> None:
        """Choose without leaving the line."""
        await self.prompt.caught_up()
        self.marks.action_move(step)

    async def action_next_pane(self, step: int) -> None:
        """Go round the line, the annotations and the whole of one."""
        await self.go_round(step, self.marks, self.query_one("#preview"))

    async def _open(self, item: int) -> None:
        one = self.marks.annotations[item]
        await self.front.read(one.key, find=one.quote)

    async def action_chosen(self) -> None:
        """Open the paper at the passage."""
        await self.marks.action_choose()

    def action_back_to_library(self) -> None:
        """Leave."""
        self.leave_room()

    def step_back(self) -> None:
        """Out of the filter, and then of the screen."""
        if self.words:
            self._changed("")
        else:
            self.leave_room()


def _name(one: Annotation) -> tuple[str, str]:
    return one.key, one.quote
