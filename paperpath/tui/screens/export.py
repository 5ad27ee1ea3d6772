"""Citations to a file: in which format, of which papers, where to, and what it will look like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from paperpath.errors import PaperpathError
from paperpath.formats import WRITERS
from paperpath.tui.cells import Run, fit, safe
from paperpath.tui.file_names import short, typed
from paperpath.tui.keymap import Keyed
from paperpath.tui.widgets.bars import Bar
from paperpath.tui.widgets.line import Line, settled
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.text import TextPane, line
from paperpath.tui.working import start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from paperpath.library import Library
    from paperpath.tui.app import PaperpathApp
    from paperpath.tui.glyphs import Glyphs
    from paperpath.tui.screens.shelf import Shelf

PREVIEWED = 3


class Options(LineList):
    """Lines of which one is chosen."""

    def __init__(self, glyphs: Glyphs, options: Sequence[tuple[str, str]], *, id: str) -> None:  # noqa: A002
        super().__init__(glyphs, id=id)
        self.options = options

    def draw(self, item: int, width: int) -> list[Run]:
        """Its sign, its name, its meaning."""
        name, about = self.options[item]
        sign = self.glyphs.read if item == self.at else self.glyphs.unread
        return [(f" {sign} ", "accent"), (fit(name, 16), ""), (fit(about, width - 19, self.glyphs.ellipsis), "dim")]


class Export(Keyed, ModalScreen[None]):
    """The dialog. Tab goes round, enter writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="export.typing_close", show=False, priority=True),
        Binding("enter", "write", "Write the file", id="export.typing_write", show=False, priority=True),
        Binding("tab", "part(1)", "Next part", id="export.typing_next", show=False, priority=True),
        Binding("shift+tab", "part(-1)", "Part before", id="export.typing_before", show=False, priority=True),
    ]

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._scopes = _scopes(shelf)
        self._named = ""
        """The file name that we proposed; another was typed by the person and stays."""

    def compose(self) -> ComposeResult:
        """Format, papers, file, preview."""
        glyphs = cast("PaperpathApp", self.app).glyphs
        with Vertical(id="export", classes="dialog"):
            yield Bar(glyphs, id="export-title")
            yield Options(glyphs, [(writer.name, writer.description) for writer in WRITERS.values()], id="format")
            yield Options(glyphs, [(name, counted(len(keys))) for name, keys in self._scopes], id="scope")
            yield Line(id="file")
            yield TextPane(glyphs, id="export-preview")
            yield Bar(glyphs, id="export-hint")

    def on_mount(self) -> None:
        """Begin with the format."""
        self.query_one("#export-title", Bar).show(
            [("Export citations", "strong")],
            [
                ("tab ", "key"),
                ("goes on  ", "dim"),
                ("enter ", "key"),
                ("writes  ", "dim"),
                ("esc ", "key"),
                ("closes", "dim"),
            ],
        )
        for options in self.query(Options):
            options.styles.height = len(options.options)
            options.styles.margin = (1, 0, 0, 0)
            options.show(range(len(options.options)))
        field = self.query_one(Input)
        field.styles.margin = (1, 0, 0, 0)
        self.set_focus(self.query_one("#format"))
        self._propose()

    @property
    def _format(self) -> str:
        return list(WRITERS)[self.query_one("#format", Options).at]

    @property
    def _keys(self) -> Sequence[str]:
        return self._scopes[self.query_one("#scope", Options).at][1]

    @on(LineList.Moved)
    def _moved(self) -> None:
        for options in self.query(Options):
            options.forget_strips()
        self._propose()

    def _propose(self) -> None:
        field, suffix = self.query_one(Input), WRITERS[self._format].suffix
        if field.value == self._named:
            self._named = field.value = short(Path.cwd() / f"references{suffix}")
            field.cursor_position = len(field.value)
        start(self, self._preview, "preview", latest=True)

    async def _preview(self) -> None:
        keys, name = self._keys[:PREVIEWED], self._format
        try:
            text = await cast("PaperpathApp", self.app).desk.read(lambda library: _written(library, keys, name))
        except PaperpathError as error:
            text = str(error)
        self.query_one("#export-preview", TextPane).show([line(safe(part), "dim") for part in text.splitlines()])

    def action_part(self, step: int) -> None:
        """The next part of the dialog."""
        parts = [self.query_one(name) for name in ("#format", "#scope", "#file")]
        at = next((number for number, part in enumerate(parts) if self.focused is part), 0)
        self.set_focus(parts[(at + step) % len(parts)])

    async def action_write(self) -> None:
        """Write the file and close."""
        from paperpath.workflow import exporting

        app, keys, name = cast("PaperpathApp", self.app), self._keys, self._format
        await settled(self.query_one(Input))
        try:
            path = typed(self.query_one(Input).value)
            if not path.name:
                self._complain("Say which file to write")
                return
            text = await app.desk.read(lambda library: _written(library, keys, name))
            exporting.write_export(path, text)
            await app.desk.change(lambda library: exporting.pin_exported(library, keys))
        except (PaperpathError, OSError) as error:
            self._complain(str(error))
            return
        self.dismiss()
        app.say(f"Wrote {counted(len(keys))} to {path}", "good")

    def _complain(self, text: str) -> None:
        self.query_one("#export-hint", Bar).show([(safe(text), "bad")])

    def action_close(self) -> None:
        """Write nothing."""
        self.dismiss()


def counted(number: int) -> str:
    """``1 paper``, ``1,234 papers``."""
    return "1 paper" if number == 1 else f"{number:,} papers"


def _scopes(shelf: Shelf) -> list[tuple[str, Sequence[str]]]:
    """What could be meant: the marked, what is shown, everything; nothing twice."""
    rows = shelf.front.catalogue.rows
    found: list[tuple[str, Sequence[str]]] = []
    if shelf.papers.marked:
        found.append(("the marked", shelf.targets()))
    shown = [rows[item].key for item in shelf.papers.items if item >= 0]
    if 0 < len(shown) < len(rows):
        found.append(("all shown", shown))
    found.append(("the library", [row.key for row in rows]))
    if shelf.papers.key:
        found.append(("this paper", [shelf.papers.key]))
    return found


def _written(library: Library, keys: Sequence[str], name: str) -> str:
    from paperpath.workflow import exporting

    papers = [library.get(key).paper for key in keys]
    return WRITERS[name].write(exporting.with_former_keys(library, papers, name))
