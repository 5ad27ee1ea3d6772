"""Renders the pictures in ``docs/screenshots`` from the program itself, on a library that it seeds for the purpose.

    python docs/make_screenshots.py [FOLDER]

The reading lists are those that are shipped. The one text that is read in the pictures is made up here, because no
paper is copied into the project.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from paperpath.model import Caption, Citation, ParsedPaper, Reference, Section, StoredPdf
from paperpath.sources import Access
from paperpath.tui.app import PaperpathApp
from paperpath.tui.desk import Desk, glance
from paperpath.workflow import annotating, noting, parsing
from paperpath.workflow.opening import open_library

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from paperpath.library import Library

SIZES = {"120x36": (120, 36), "80x24": (80, 24)}
SHOTS: dict[str, tuple[str, ...]] = {
    "library": ("n",),
    "filter": ("slash", *"attention"),
    "status": ("n", "s"),
    "reader": ("slash", *"vaswani", "enter", "enter", *["right_square_bracket"] * 3),
    "citation": ("slash", *"vaswani", "enter", "enter", "right_square_bracket", "tab", "enter"),
    "highlight": ("slash", *"vaswani", "enter", "enter", *["right_square_bracket"] * 2, "v", "j", "J"),
    "search": ("F", *"attention", "down"),
    "export": ("e",),
    "palette": ("colon", *"atten"),
    "help": ("question_mark",),
}
"""Name → keys that lead to the picture."""

SHOWN = "vaswani2017attention"
TEXT = ParsedPaper(
    title="Attention Is All You Need",
    sections=(
        Section(
            "1",
            "What this text is",
            1,
            1,
            "This is not the paper. It is a stand-in that was written for the pictures, in the shape of the paper: "
            "sections, citations [1, 2], a formula and a figure. Press f on any paper of the list to fetch the real "
            "one.\n\nAn attention function looks at a query and at a set of keys, and mixes the values whose keys "
            "resemble the query most (Example et al., 2020). Figure 1 draws that.",
        ),
        Section("2", "How it looks in the reader", 1, 2, "A formula stands apart from the text around it."),
        Section(
            "2.1",
            "A formula",
            2,
            2,
            "With queries Q, keys K and values V it is written as follows.\n\nA(Q, K, V) = softmax(Q Kᵀ / √d) V (1)\n\n"
            "The root keeps the numbers small when there are many dimensions. Without it the softmax would nearly "
            "always choose a single key, and little could be learned from its mistakes [2].",
        ),
        Section("2.2", "A longer paragraph", 2, 3, " ".join(["Words flow at a width that is pleasant to read."] * 12)),
        Section("3", "Conclusion", 1, 4, "What is highlighted stays highlighted, whatever happens to the text."),
    ),
    references=(
        Reference("1", "[1] A. Example. A first reference. 2019.", 5, ("A. Example",), "A first reference", year=2019),
        Reference(
            "2",
            "[2] B. Sample and C. Example. A second reference. 2020.",
            5,
            ("B. Sample", "C. Example"),
            "A second reference",
            year=2020,
        ),
    ),
    citations=(Citation(1, "[1, 2]", (0, 1)), Citation(2, "[2]", (1,))),
    captions=(Caption("figure", "1", "A query, four keys, and how much each of them is attended to.", 1),),
    pages=5,
)


def seed(library: Library) -> None:
    """Somebody who has been reading for a while."""
    rows = library.rows(list_name=library.lists()[0].name)
    keys = [row.key for row in rows]
    annotating.set_status(library, keys[:7], "read")
    annotating.set_status(library, keys[7:9], "skimmed")
    annotating.set_status(library, [SHOWN], "reading")
    annotating.tag(library, keys[2:14:2], add=["method"])
    annotating.tag(library, [SHOWN, *keys[5:8]], add=["to-cite"])
    for key in [SHOWN, *keys[10:40:3]]:
        library.set_pdf(key, StoredPdf("0" * 64, 1_000_000, 5, "2026-01-01T00:00:00Z"))
    parsing.keep_parsed(library, SHOWN, TEXT)
    noting.append_note(library, SHOWN, "Ask: why is the root of d right, and not d itself?")


async def draw(home: Path, folder: Path) -> None:
    """Every picture in both sizes."""
    for size_name, size in SIZES.items():
        for name, keys in SHOTS.items():
            desk = Desk(home)
            app = PaperpathApp(desk, Access(cache=home / "cache"), desk.start(glance))
            async with app.run_test(size=size) as pilot:
                await _rest(pilot)
                for key in keys:
                    await pilot.press("space" if key == " " else key)
                await _rest(pilot)
                path = folder / f"{name}-{size_name}.svg"
                path.write_text(app.export_screenshot(title="paperpath"), encoding="utf-8", newline="\n")
            desk.close()


async def _rest(pilot: Pilot[None]) -> None:
    for _ in range(12):
        await pilot.pause(0.1)


def main() -> None:
    """Seed a library in a folder that is thrown away, and draw."""
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        os.environ.pop(name, None)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "screenshots"
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        work = home / "thesis"
        work.mkdir()
        os.environ["HOME"] = os.environ["USERPROFILE"] = temporary
        os.chdir(work)
        with open_library(home) as library:
            seed(library)
        asyncio.run(draw(home, folder))


if __name__ == "__main__":
    main()
