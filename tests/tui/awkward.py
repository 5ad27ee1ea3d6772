"""Something for every screen, named and worded so that it breaks terminal programs: papers that are here twice,
preprints that were published, references, wide tables, highlights, marks, lists and saved searches. All made up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.formats.citekeys import make_key
from paperpath.model import Author, Caption, Highlight, Paper, Position, Reference
from paperpath.tui.state import Remembered, keep
from paperpath.tui.widgets.first_steps import STEPS
from paperpath.workflow import annotating, noting, parsing
from tests.tui import samples

if TYPE_CHECKING:
    from paperpath.library import Library

NASTY = "[/x] [all] \x1b[2J\x9b1m\u202eשלום 注意"
"""Markup, what a terminal obeys, letters from the right, wide ones."""
SHOWN = "[/x] [all] ␛[2J"
"""How its first part is shown."""
KESSEL = Author(f"Kessel {NASTY}", "Ann")

TWICE = (
    Paper(f"Why kettles sing {NASTY}", (KESSEL,), key="kessel2018kettles", year=2018, arxiv_id="1801.00001"),
    Paper(
        f"Why kettles sing {NASTY}",
        (KESSEL,),
        key="kessel2019kettles",
        year=2019,
        venue=f"Tunes {NASTY}",
        doi="10.5555/k",
        entry_type="article",
    ),
    *(
        Paper(
            "On wicks of hemp by night",
            (KESSEL,),
            key=f"kessel200{number}wicks",
            year=2001,
            volume=str(number),
            abstract=f"{number} {NASTY}",
        )
        for number in (1, 2)
    ),
)
PREPRINTS = tuple(
    Paper(
        f"Lanterns of the {side} {NASTY}",
        (KESSEL,),
        key=f"kessel2018{side}",
        year=2018,
        arxiv_id=f"1801.0000{number}",
        journal_ref=f"J. Lanterns 1{number} (2019) 101-117",
        doi=f"10.5555/{side}",
    )
    for number, side in enumerate(("north", "south"), 2)
)
REFERENCES = (
    Reference(
        "1", "[1] P. Erdős. Naïve Erdős–Rényi models. 2007.", 5, ("P. Erdős",), "Naïve Erdős–Rényi models", year=2007
    ),
    Reference("2", f"[2] C. Babbage. Passages {NASTY}. 1864.", 5, ("C. Babbage",), f"Passages {NASTY}", year=1864),
    Reference("3", f"[3] {NASTY} 1999.", 5),
    Reference("4", "[4] A. On. Arches. arXiv:1901.00009.", 5, ("A. On",), "Arches", year=2019, arxiv_id="1901.00009"),
    Reference("", "", 5),
)
WIDE = f"{'column ' * 30}{NASTY} [1, 2]\n{'1 ' * 120}注意 end"
CAPTIONS = (
    Caption("figure", "1", f"The mill {NASTY}.", 1),
    Caption("table", "1", f"Wide {NASTY}.", 2, content=WIDE),
)
PARSED = replace(
    samples.PARSED,
    sections=tuple(
        replace(section, title=f"{section.title} {NASTY}") if section.number == "2" else section
        for section in samples.PARSED.sections
    ),
    references=REFERENCES,
    captions=CAPTIONS,
)
"""The readable sample, with these in it."""


def furnish(library: Library, *, of: str = samples.READABLE) -> None:
    """Put something on every screen; ``of`` is the paper that is marked."""
    library.add([*TWICE, *PREPRINTS], make_key)
    mark = Highlight(f"The engine weaves patterns {NASTY}.", colour="green", comment=f"Why {NASTY}", page=1)
    annotating.highlight(library, of, Highlight("The engine weaves patterns.", comment="[/x]"))
    annotating.highlight(library, of, replace(mark, comment=f"Why {NASTY}?", colour="blue"))
    for key in (of, *(paper.key for paper in TWICE[:2])):
        annotating.highlight(library, key, mark)
        annotating.tag(library, [key], add=["warm", f"[/tag]{NASTY.replace(' ', '')}"])
        noting.append_note(library, key, f"Words {NASTY}")
        library.set_bookmark(key, "b", Position(1, 20, 0.1))
    library.collect([of, TWICE[0].key, TWICE[2].key], f"To cite {NASTY}")
    library.collect([of], "zero")
    library.save_search(f"later {NASTY}", "year:2018 or care")
    library.add_minutes(TWICE[0].key, "2026-11-23", 25)
    library.save_search("soon", "status:unread tag:warm")
    keep(library.files.home, Remembered(first_steps=tuple(STEPS)))


def parsed_sample(library: Library) -> None:
    """The text of the readable sample, with awkward references, tables and headings."""
    parsing.keep_parsed(library, samples.READABLE, PARSED)
