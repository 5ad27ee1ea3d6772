"""The reader's pen: choosing a passage, highlighting it, writing about it, and undoing all of that.

A part of the reader screen, kept apart because it is about the reader's marks and not about reading.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.tui import anchors
from paperpath.tui.cells import clip, safe
from paperpath.tui.screens.base import Room
from paperpath.tui.screens.menu import Choice as MenuChoice
from paperpath.tui.screens.menu import Menu
from paperpath.tui.selecting import Choice
from paperpath.tui.widgets.line import settled
from paperpath.tui.widgets.page import Mark, MarkKind
from paperpath.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widget import Widget

    from paperpath.model import Highlight
    from paperpath.tui.document import Document, Range
    from paperpath.tui.reading import Opened
    from paperpath.tui.widgets.aside import Aside
    from paperpath.tui.widgets.editor import Editor
    from paperpath.tui.widgets.page import Page

COLOURS: tuple[MarkKind, ...] = ("yellow", "green", "blue", "red")
CHOOSING = frozenset({"choose", "grow", "word", "other_end"})


class Annotating(Room):
    """What the reader does with a pen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "select", "Select: sentences, then words", id="reader.select", priority=True),
        Binding("h", "highlight", "Highlight what is selected", id="reader.highlight", priority=True),
        Binding("H", "highlight_in", "Highlight in a colour", id="reader.highlight_in", priority=True),
        Binding(
            "x,delete", "remove_highlight", "Remove the highlight under the cursor", id="reader.remove", priority=True
        ),
        Binding("Q", "card", "Make a question card of what is selected", id="reader.card", priority=True),
        Binding("m", "note", "Write a note here", id="reader.note", priority=True),
        Binding("M", "editor", "Open the note in $EDITOR", id="reader.editor", priority=True),
        Binding("j,down", "choose(1)", "Selecting: next sentence", id="select.next", show=False, priority=True),
        Binding("k,up", "choose(-1)", "Selecting: sentence before", id="select.before", show=False, priority=True),
        Binding("J,shift+down", "grow(1)", "Selecting: a sentence more", id="select.more", show=False, priority=True),
        Binding("K,shift+up", "grow(-1)", "Selecting: a sentence less", id="select.less", show=False, priority=True),
        Binding("w,right", "word(1)", "Selecting: a word further", id="select.word", show=False, priority=True),
        Binding("b,left", "word(-1)", "Selecting: a word back", id="select.word_back", show=False, priority=True),
        Binding("o", "other_end", "Selecting: move the other end", id="select.other_end", show=False, priority=True),
    ]
    opened: Opened
    choosing: Choice | None = None
    _editor: Editor | None = None
    located: list[list[Range]]
    """Where each highlight of the record is."""
    _about: list[Range]
    """What the note being written is about."""

    @property
    def page(self) -> Page:
        """The text."""
        raise NotImplementedError

    @property
    def text_pane(self) -> Widget:
        """What the text stands in; the editor opens at its foot."""
        raise NotImplementedError

    @property
    def aside(self) -> Aside:
        """The marks."""
        raise NotImplementedError

    @property
    def document(self) -> Document:
        """What is read."""
        raise NotImplementedError

    def extra_marks(self) -> list[Mark]:
        """Marks that are not the pen's."""
        raise NotImplementedError

    async def refresh_paper(self) -> None:
        """Read the paper anew."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys for choosing mean that only while one chooses."""
        if action in CHOOSING and self.choosing is None:
            return False
        if action == "remove_highlight" and not (self.is_mounted and self.focused is self.aside):
            return False
        return super().check_action(action, parameters)

    # highlights on the page

    def locate_highlights(self) -> None:
        """Find every highlight in the text that is shown."""
        highlights = self.opened.record.highlights
        self.located = [anchors.locate(self.document, highlight) for highlight in highlights]
        self.aside.fill(highlights, [bool(ranges) for ranges in self.located], self.opened.note)

    def paint_marks(self) -> None:
        """Highlights first, hits over them, the choice over all."""
        marks = [
            Mark(one, highlight.colour if highlight.colour in COLOURS else "yellow")
            for highlight, ranges in zip(self.opened.record.highlights, self.located, strict=True)
            for one in ranges
        ]
        marks += self.extra_marks()
        if self.choosing:
            marks += [Mark(one, "select") for one in self.choosing.ranges]
        self.page.mark(marks)

    # choosing

    def action_select(self) -> None:
        """Begin with the first whole sentence on the page, or stop."""
        if self.stop_choosing():
            return
        self.choosing = Choice.begin(self.document, self.page.place)
        if self.choosing is None:
            self.say("There is nothing to select below")
            return
        self.set_focus(self.page)
        self._chosen()

    def stop_choosing(self) -> bool:
        """End choosing; tells whether one was."""
        was, self.choosing = self.choosing is not None, None
        if was:
            self.paint_marks()
            self.show_hints()
            self.page.post_message(self.page.Scrolled(self.page))
        return was

    def _chosen(self) -> None:
        assert self.choosing is not None
        self.page.show_range(self.choosing.edge)
        self.paint_marks()
        words = sum(len(self.document.blocks[r.block].text[r.start : r.end].split()) for r in self.choosing.ranges)
        self.status.idle([("SELECT  ", "accent strong"), (f"{words} words, the {self.choosing.active} moves", "dim")])
        self.show_hints()

    def _choose(self, choice: Choice) -> None:
        self.choosing = choice
        self._chosen()

    def action_choose(self, step: int) -> None:
        """Another sentence."""
        if self.choosing:
            self._choose(self.choosing.move(step))

    def action_grow(self, step: int) -> None:
        """A sentence more or less."""
        if self.choosing:
            self._choose(self.choosing.extend(step))

    def action_word(self, step: int) -> None:
        """A word more or less."""
        if self.choosing:
            self._choose(self.choosing.word(step))

    def action_other_end(self) -> None:
        """Move the other end."""
        if self.choosing:
            self._choose(self.choosing.swap())

    # highlighting

    def _selection(self) -> list[Range]:
        return self.choosing.ranges if self.choosing else self.page.selected()

    def action_highlight(self, colour: str = "yellow") -> None:
        """Highlight what the keyboard or the mouse selected."""
        ranges = self._selection()
        if not ranges:
            self.say(
                f"Nothing is selected: {self.key('reader.select')} selects a sentence, or drag the mouse over the words"
            )
            return
        self._add(ranges, colour)

    async def action_highlight_in(self) -> None:
        """Choose the colour first."""
        ranges = self._selection()
        if not ranges:
            self.action_highlight()
            return
        choices = [MenuChoice(name[0], name, "", name) for name in COLOURS]
        await self.app.push_screen(Menu("Highlight in", choices, lambda colour: self._add(ranges, colour)))

    def _add(self, ranges: list[Range], colour: str, comment: str = "") -> None:
        from paperpath.workflow import annotating

        key = self.opened.record.key
        made = replace(anchors.make(self.document, ranges, colour), comment=comment)
        self.stop_choosing()
        self.clear_selection()
        record = self.opened.record
        self.opened = replace(self.opened, record=replace(record, highlights=(*record.highlights, made)))
        self.locate_highlights()
        self.paint_marks()
        words = clip(" ".join(made.quote.split()), 40, self.front.glyphs.ellipsis)
        self.front.carry_out(
            lambda library: annotating.highlight(library, key, made),
            f"Highlighted “{words}”{self.undoable}",
        )

    def action_remove_highlight(self) -> None:
        """Remove the highlight under the cursor of the right pane."""
        from paperpath.workflow import annotating

        number = self.aside.highlight_at(self.aside.item) if self.aside.item is not None else None
        if number is None:
            return
        record = self.opened.record
        gone: Highlight = record.highlights[number]
        if gone.id is None:
            self.say("This highlight is still being written: try again")
            return
        kept = tuple(one for one in record.highlights if one is not gone)
        self.opened = replace(self.opened, record=replace(record, highlights=kept))
        self.locate_highlights()
        self.paint_marks()
        key, number = record.key, gone.id
        self.front.carry_out(
            lambda library: annotating.remove_highlight(library, key, number),
            f"Highlight removed{self.undoable}",
        )

    # cards

    def action_card(self) -> None:
        """Ask for a question; what is selected is its answer."""
        ranges = self._selection()
        if not ranges:
            self.action_highlight()
            return
        made = partial(self._make_card, self.opened.record.key, anchors.make(self.document, ranges, "yellow"))
        self.ask(Question("Question", made, placeholder="What does this passage answer?"))

    def _make_card(self, key: str, passage: Highlight, question: str) -> None:
        from paperpath.workflow import card_making

        if not question.strip():
            self.say("No question, so no card was made")
            return
        self.stop_choosing()
        self.clear_selection()
        self.front.carry_out(
            lambda library: card_making.add(library, key, question, passage=passage),
            f"Card made: {clip(safe(question), 40, self.front.glyphs.ellipsis)}{self.undoable}",
        )

    # notes

    async def action_note(self) -> None:
        """Write about what is selected, or about this place."""
        from paperpath.tui.widgets.editor import Editor

        self._about = self._selection()
        if self._about:
            title = "A comment on what is selected"
        else:
            at = self.document.section_of(self.page.place.block)
            title = f"Note on {self.document.blocks[self.document.outline[at]].text}" if at is not None else "Note"
        self._editor = Editor(self.front.glyphs, title)
        await self.text_pane.mount(self._editor)
        self.set_focus(self._editor.area)

    async def action_leave(self) -> None:
        """Out of the editor first; what was written is kept."""
        if self._editor is not None:
            await self._end_note()
        else:
            await super().action_leave()

    async def _end_note(self) -> None:
        from paperpath.workflow import noting

        editor = self._editor
        assert editor is not None
        await settled(editor.area)
        self._editor = None  # only now: with two papers open, the note belongs to the one that has the keyboard
        text, about = editor.text.strip(), self._about
        self.set_focus(self.page)
        editor.remove()
        if not text:
            return
        if about:
            self._add(about, "yellow", text)
            return
        key, place = self.opened.record.key, self.page.place
        at = self.document.section_of(place.block)
        where = self.document.blocks[self.document.outline[at]].text.replace("  ", " ") if at is not None else ""
        page = self.document.blocks[place.block].page if self.document.parsed else None
        source = ", ".join(part for part in (where, f"p. {page}" if page else "") if part)
        words = f"{text} ({source})" if source else text
        self.opened = replace(self.opened, note=f"{self.opened.note}\n\n{words}".strip())
        self.locate_highlights()
        self.front.carry_out(
            lambda library: noting.append_note(library, key, words),
            f"Note kept{self.undoable}",
        )

    async def action_editor(self) -> None:
        """Open the whole note in the person's editor, and take in what was changed."""
        from paperpath.workflow import noting

        key = self.opened.record.key
        try:
            path = await self.front.desk.change(lambda library: noting.ensure_note(library, key))
            with self.app.suspend():
                self._run_editor(path)
            await self.front.desk.change(noting.refresh_notes)
        except SuspendNotSupported:
            self.say(f"No editor can be opened here; the note is {path}", "warn")
            return
        except (PaperpathError, OSError, subprocess.SubprocessError) as error:
            self.say(str(error), "bad")
            return
        await self.front.reload()
        await self.refresh_paper()
        self.say("The note is up to date", "good")

    @staticmethod
    def _run_editor(path: Path) -> None:
        chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        command = shlex.split(chosen, posix=os.name != "nt") if chosen else [_some_editor()]
        subprocess.run([*command, str(path)], check=False, stdin=sys.__stdin__)


def _some_editor() -> str:
    if os.name == "nt":
        return "notepad"
    return next((name for name in ("sensible-editor", "nano", "vim", "vi") if shutil.which(name)), "vi")
