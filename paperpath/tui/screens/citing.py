"""What a window on a reference needs to know of the screen whose paper cites it, and of BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.model import Reference
    from paperpath.tui.document import Document
    from paperpath.tui.links import Link
    from paperpath.tui.reading import Opened
    from paperpath.tui.widgets.bars import Tone
    from paperpath.tui.widgets.page import Page


class Citing(Protocol):
    """The screen whose paper cites."""

    opened: Opened

    @property
    def page(self) -> Page:
        """The text."""

    @property
    def document(self) -> Document:
        """What is read."""

    async def in_library(self) -> tuple[str | None, ...]:
        """For each reference its key in the library, if it is there."""

    def go_to_link(self, link: Link) -> None:
        """Show a link."""

    def jump(self, block: int) -> None:
        """Go to a block."""

    def key(self, ids: str) -> str:
        """How the key of a binding is written."""

    async def read_beside(self, key: str) -> None:
        """Open another paper beside this one."""

    @property
    def undoable(self) -> str:
        """What a message ends with when undo takes back what it tells of."""

    def say(self, text: str, tone: Tone = "") -> None:
        """A word on what happened."""


def bibtex_of(library: Library, reference: Reference) -> str:
    """An entry made of a reference, under a key that no paper of the library has."""
    from dataclasses import replace

    from paperpath.formats import WRITERS
    from paperpath.formats.citekeys import make_key
    from paperpath.workflow.taking_references import as_paper

    paper = as_paper(reference)
    return WRITERS["bibtex"].write([replace(paper, key=make_key(paper, library.keys()))])
