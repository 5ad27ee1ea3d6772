"""What can be done to papers from any screen that has some: status, tags, citing, fetching, opening, undo.

Each key decides at once which papers it means, shows the effect, and queues the change: what is typed ahead then acts
on what the keys before it did, and the disk is never waited for.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from paperpath.errors import PaperpathError
from paperpath.model import STATUSES
from paperpath.tui.cells import clip, safe
from paperpath.tui.screens.base import Room
from paperpath.tui.screens.menu import Choice, Menu
from paperpath.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import Record, Status

MEANING: dict[Status, tuple[str, str]] = {
    "unread": ("u", "not opened yet"),
    "skimmed": ("s", "first pass: you know what it is about"),
    "reading": ("r", "you are in the middle of it"),
    "read": ("d", "done"),
}
"""Status → its key in the menu, and what it means."""


class PaperRoom(Room):
    """A screen with papers."""

    OPENS = "paper.open"
    """The binding that opens a PDF or a page."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "status", "Set the status", id="paper.status", priority=True),
        Binding("t", "tags", "Edit the tags", id="paper.tags", priority=True),
        Binding("y", "cite", "Copy the citation key", id="paper.cite", priority=True),
        Binding("Y", "bibtex", "Copy the BibTeX entry", id="paper.bibtex", priority=True),
        Binding("f", "fetch", "Fetch: download and read the PDF", id="paper.fetch", priority=True),
        Binding("Z", "pause_fetch", "Pause fetching, or go on", id="fetch.pause", priority=True),
        Binding("X", "stop_fetch", "Stop fetching", id="fetch.stop", priority=True),
    ]

    def targets(self) -> list[str]:
        """Keys of the papers that an action means."""
        raise NotImplementedError

    def _named(self, keys: Sequence[str]) -> str:
        """How to call the papers in a sentence."""
        row = self.front.catalogue.row(keys[0]) if len(keys) == 1 else None
        return f"“{clip(safe(row.title), 48)}”" if row else f"{len(keys)} papers"

    # status and tags

    async def action_status(self) -> None:
        """Choose a status; the cursor begins on the one that usually follows."""
        keys = self.targets()
        row = self.front.catalogue.row(keys[0]) if keys else None
        if row is None:
            return
        now = STATUSES.index(row.status)
        glyphs = self.front.glyphs
        choices = [
            Choice(key, f"{glyphs.status(status)} {status}", meaning, status)
            for status, (key, meaning) in MEANING.items()
        ]
        await self.app.push_screen(
            Menu(
                f"Status of {self._named(keys)}",
                choices,
                lambda status: self.set_status(keys, status),
                at=min(now + 1, len(choices) - 1) if row.status != "unread" else STATUSES.index("reading"),
            )
        )

    def set_status(self, keys: Sequence[str], status: Status) -> None:
        """Show it now, write it behind."""
        from paperpath.workflow import annotating

        self.front.catalogue.set_status(keys, status)
        self.front.show_catalogue()
        self.front.carry_out(
            lambda library: annotating.set_status(library, keys, status),
            f"{self._named(keys)} is {status}{self.undoable}",
        )

    def action_tags(self) -> None:
        """Edit the tags of one paper as a line, or add to and take from many."""
        keys = self.targets()
        row = self.front.catalogue.row(keys[0]) if keys else None
        if row is None:
            return
        known = sorted(self.front.catalogue.tags)
        if len(keys) == 1:
            before = " ".join(row.tags)
            question = Question(
                "Tags",
                lambda text: self._set_tags(keys, set(_tags(text)) - set(row.tags), set(row.tags) - set(_tags(text))),
                value=f"{before} " if before else "",
                placeholder="words with spaces between them, e.g. method to-cite",
                words=known,
            )
        else:
            question = Question(
                f"Tags of {len(keys)} papers",
                lambda text: self._set_tags(
                    keys,
                    {tag for tag in _tags(text) if not tag.startswith("-")},
                    {tag[1:] for tag in _tags(text) if tag.startswith("-")},
                ),
                placeholder="method adds the tag, -method takes it away",
                words=known,
            )
        self.ask(question)

    def _set_tags(self, keys: Sequence[str], add: set[str], remove: set[str]) -> None:
        from paperpath.workflow import annotating

        if not add and not remove:
            return
        said = " ".join([*(f"+{tag}" for tag in sorted(add)), *(f"-{tag}" for tag in sorted(remove))])
        self.front.carry_out(
            lambda library: annotating.tag(library, keys, add=sorted(add), remove=sorted(remove)),
            f"{self._named(keys)}: {said}{self.undoable}",
        )

    async def action_passes(self) -> None:
        """The passes over the paper that is meant."""
        from paperpath.tui.screens.passes import PassWindow
        from paperpath.workflow import passing

        targets = self.targets()
        if not targets:
            self.say("There is no paper here to go over", "warn")
            return
        try:
            now = await self.front.desk.read(partial(passing.passes, key=targets[0]))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        await self.app.push_screen(PassWindow(now))

    # citing

    def action_cite(self) -> None:
        """Copy the citation keys, as they stand between the braces of a \\cite."""
        keys = self.targets()
        if keys:
            text = ",".join(keys)
            self.app.copy_to_clipboard(text)
            self.say(f"Copied {clip(text, 50)}", "good")

    async def action_bibtex(self) -> None:
        """Copy the BibTeX entries."""
        keys = self.targets()
        if not keys:
            return
        from paperpath.formats import WRITERS

        try:
            text = await self.front.desk.read(
                lambda library: WRITERS["bibtex"].write([library.get(key).paper for key in keys])
            )
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        self.app.copy_to_clipboard(text)
        self.say(f"Copied the BibTeX of {self._named(keys)}, {len(text.splitlines())} lines", "good")

    # fetching and opening

    async def action_fetch(self) -> None:
        """Fetch what is meant, as far as there is something to fetch or to read."""
        keys = self.targets()
        try:
            elsewhere = await self.front.desk.read(partial(_elsewhere, keys=keys))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        here = [key for key in keys if key not in elsewhere]
        if here:
            self.front.fetch(here)
        if not elsewhere:
            return
        if here:
            self.say(f"{len(elsewhere)} of the {len(keys)} papers are not on arXiv and were left out", "warn")
        else:
            about = f"{keys[0]} is" if len(keys) == 1 else f"These {len(keys)} papers are"
            opens = f"{self.key(self.OPENS)} opens its page; " if any(elsewhere.values()) else ""
            self.say(f"{about} not on arXiv: {opens}paperpath add FILE.pdf brings your copy", "warn")

    def action_pause_fetch(self) -> None:
        """Pause the fetch, or go on with what is left."""
        self.front.pause_fetch()

    def action_stop_fetch(self) -> None:
        """Stop the fetch that runs; what is complete stays."""
        self.front.stop_fetch()

    async def action_open_pdf(self) -> None:
        """Open the PDF in the person's own viewer; without one, the paper's page in the browser."""
        keys = self.targets()
        if not keys:
            return
        try:
            record, path = await self.front.desk.read(lambda library: _pdf(library, keys[0]))
        except PaperpathError as error:
            self.say(str(error), "bad")
            return
        if path is not None:
            open_outside(str(path))
            self.say(f"Opened {path.name} of {record.key} in your viewer", "good")
        elif record.paper.web_page is not None:
            open_outside(record.paper.web_page)
            more = f"; {self.key('paper.fetch')} fetches the PDF" if record.paper.arxiv_id else ""
            self.say(f"Its page in your browser: {record.paper.web_page}{more}", "good")
        else:
            self.say("This paper has no PDF here and no address on the web", "warn")


def _tags(text: str) -> list[str]:
    return [word.strip("#,") for word in text.split() if word.strip("#,-")]


def _elsewhere(library: Library, keys: Sequence[str]) -> dict[str, str | None]:
    """Those of ``keys`` that arXiv does not have and whose PDF is not here either, with their pages on the web."""
    records = (library.get(key) for key in keys)
    return {
        record.key: record.paper.web_page for record in records if record.paper.arxiv_id is None and record.pdf is None
    }


def _pdf(library: Library, key: str) -> tuple[Record, Path | None]:
    record = library.get(key)
    path = library.files.pdf(record.paper)
    return record, path if path.is_file() else None


def open_outside(target: str) -> None:
    """Hand a file or an address to the system, or to ``BROWSER``; nothing it prints may reach our screen."""
    import subprocess
    import webbrowser

    if os.environ.get("BROWSER"):
        command = None
    elif sys.platform == "darwin":
        command = "open"
    elif sys.platform == "win32":
        os.startfile(target)  # noqa: S606
        return
    else:
        command = "xdg-open"
    try:
        if command is None:
            raise FileNotFoundError
        subprocess.Popen(
            [command, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        webbrowser.open(target if "://" in target else Path(target).as_uri())
