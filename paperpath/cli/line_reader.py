"""Reading a paper line after line: all of it into a pipe, section by section with a question between on a terminal."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show, spoken

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.tui.document import Document
    from paperpath.tui.reading import Opened

COMMANDS_HELP = (
    "Enter: next section. b: the one before. c: contents; a number of it goes there. h: highlight the last sentence;"
    " h and words: the last sentence with these words. n and words: a line for your note. q: quit. ?: this again."
)


def someone_is_there() -> bool:
    """Whether there is a person to ask where to go on."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def print_all(opened: Opened) -> None:
    """Every line; a blank one stands before each heading alone."""
    for number, chapter in enumerate(spoken.chapters(opened.document)):
        if number:
            show.out()
        _print(chapter)


def _print(chapter: spoken.Chapter) -> None:
    for line in chapter.lines:
        show.out(safe.line(line.text))


def read(library: Library, opened: Opened) -> None:
    """Read on from where the paper was left, until ``q``, the end of the input or Ctrl-C."""
    Reading(library, opened).run()


class Reading:
    """A paper, the section one is in, and what a person says."""

    def __init__(self, library: Library, opened: Opened) -> None:
        self._library = library
        self._key = opened.record.key
        self._document: Document = opened.document
        self._chapters = spoken.chapters(opened.document)
        self._at = self._begin(opened)

    def _begin(self, opened: Opened) -> int:
        """The section in which the paper was left; the first one if it was read to its end."""
        position = opened.record.position
        if position is None or position.fraction >= 1:
            return 0
        block = self._document.place(position).block
        return max(n for n, chapter in enumerate(self._chapters) if chapter.block <= block)

    def run(self) -> None:
        """Print, ask, and do what is said."""
        if self._at:
            title = safe.line(self._chapters[self._at].title)
            show.say(f"Part {self._at + 1} of {len(self._chapters)}, where you left it: {title}. b goes back.")
        show.say(COMMANDS_HELP)
        self._go(self._at)
        while (said := self._asked()) is not None:
            if self._done(said):
                return

    def _asked(self) -> str | None:
        """What is typed; None at the end of the input."""
        where = f"Part {self._at + 1} of {len(self._chapters)}"
        try:
            return str(click.prompt(where, default="", show_default=False, prompt_suffix="> ", err=True)).strip()
        except click.Abort:
            return None

    def _done(self, said: str) -> bool:
        """Do one thing; whether reading is over."""
        verb, _, words = said.partition(" ")
        match verb.lower():
            case "q":
                return True
            case "":
                if self._at + 1 == len(self._chapters):
                    show.say("That was the end.")
                    return True
                self._go(self._at + 1)
            case "b":
                self._go(max(0, self._at - 1))
            case "c":
                for number, chapter in enumerate(self._chapters, 1):
                    show.say(f"{number}: {safe.line(chapter.title)}")
            case "h":
                self._highlight(words)
            case "n":
                self._note(words.strip())
            case number if number.isdecimal() and not words and 1 <= int(number) <= len(self._chapters):
                self._go(int(number) - 1)
            case _:
                show.say(COMMANDS_HELP)
        return False

    def _go(self, at: int) -> None:
        """Read a section out, and keep it as the place in the paper; with the last one the paper is read."""
        from paperpath.tui.document import Place
        from paperpath.workflow import annotating

        self._at = at
        _print(self._chapters[at])
        position = self._document.position(Place(self._chapters[at].block, 0))
        if at + 1 == len(self._chapters):
            position = replace(position, fraction=1.0)
        annotating.set_position(self._library, self._key, position)

    def _highlight(self, words: str) -> None:
        from paperpath.tui import anchors
        from paperpath.workflow import annotating

        wanted = " ".join(words.lower().split())
        for line in reversed(self._chapters[self._at].lines):
            if line.sentence is not None and wanted in line.text.lower():
                annotating.highlight(self._library, self._key, anchors.make(self._document, [line.sentence]))
                show.say(f"Highlighted: {safe.line(line.text)}")
                return
        show.say("No sentence of this section has these words." if wanted else "This section has no sentence.")

    def _note(self, words: str) -> None:
        from paperpath.workflow import noting

        if not words:
            show.say("Type the words after n, as in: n compare with LSTMs")
            return
        noting.append_note(self._library, self._key, f"{words} ({self._chapters[self._at].title})")
        show.say("Note kept.")
