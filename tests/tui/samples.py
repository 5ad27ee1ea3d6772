"""Papers with everything in their titles that has broken terminal programs, and one with a text. All made up."""

from __future__ import annotations

from paperpath.model import (
    Author,
    Caption,
    Citation,
    Footnote,
    ListEntry,
    Paper,
    ParsedPaper,
    ReadingList,
    Reference,
    Section,
    Stage,
    StoredPdf,
)

READABLE = "lovelace2001engines"

PAPERS = (
    Paper(
        "On Analytical Engines",
        (Author("Lovelace", "Ada"), Author("Babbage", "Charles"), Author("Menabrea", "Luigi")),
        key=READABLE,
        year=2001,
        venue="Journal of Engines",
        arxiv_id="2001.00001",
        abstract="We show that an engine may weave algebraic patterns.",
    ),
    Paper("Markup [/x] in [bold]titles[/bold]", (Author("Bracket", "B."),), key="bracket2002markup", year=2002),
    Paper("[all] of it", (Author("Gone", "G."),), key="gone2003all", year=2003, arxiv_id="2003.00003"),
    Paper("Red \x1b[31malert\x07 and\u202ereversed", (Author("Escape", "E."),), key="escape2004red", year=2004),
    Paper("שלום עולם של מכונות", (Author("כהן", "א"),), key="cohen2005shalom", year=2005),
    Paper("注意力机制在神经机器翻译中的应用研究综述", (Author("王", "伟"),), key="wang2006attention", year=2006),
    Paper("Naïve Erdős–Rényi models", (Author("Erdős", "Paul"),), key="erdos2007naive", year=2007),
    Paper("A paper of no one", (), key="anonymous2008", year=None),
)

LIST = ReadingList(
    "engines",
    "Engines, from steam to thought",
    "A list for tests.",
    (
        Stage(
            "Beginnings",
            "Where it starts.",
            (
                ListEntry(READABLE, "The first programme [/x] ever.", ("programming", "looping")),
                ListEntry("bracket2002markup", "It teaches care."),
            ),
        ),
        Stage(
            "Later",
            "What came of it.",
            (
                ListEntry("gone2003all", "It is complete.", (), (READABLE,)),
                ListEntry("wang2006attention", "A survey.", (), (READABLE, "gone2003all")),
            ),
        ),
    ),
)

_SENTENCES = (
    "The engine weaves patterns. It was shown by Menabrea et al. (1842) that cards suffice [1, 2]. "
    "Nothing more is needed."
)
_MILL = "It turns as follows.\n\nx = a + b * c (1)\n\nThe wheel turns. The engine weaves patterns again."
_WHEELS = "\n\n".join(f"Wheel number {n} turns and turns, {n} times a day." for n in range(40))
_FIGURE = "Figure 1 shows the mill. The store is larger than the mill."

PARSED = ParsedPaper(
    title="On Analytical Engines",
    abstract="We show that an engine may weave algebraic patterns.",
    sections=(
        Section("1", "Introduction", 1, 1, f"{_SENTENCES}\n\n{_FIGURE}"),
        Section(
            "2",
            "The mill",
            1,
            2,
            "It turns as follows.\n\nx = a + b * c (1)\n\nThe wheel turns. The engine weaves patterns again.",
        ),
        Section(
            "2.1", "Wheels", 2, 2, "\n\n".join(f"Wheel number {n} turns and turns, {n} times a day." for n in range(40))
        ),
        Section("3", "Conclusion", 1, 4, "Engines will think. We are certain of it."),
        Section(None, "References", 1, 5, ""),
    ),
    references=(
        Reference("1", "[1] L. Menabrea. Sketch of the analytical engine. 1842.", 5),
        Reference("2", "[2] C. Babbage. Passages from the life of a philosopher. 1864.", 5),
    ),
    citations=(Citation(1, "Menabrea et al. (1842)", (0,)), Citation(1, "[1, 2]", (0, 1))),
    captions=(Caption("figure", "1", "The mill and its wheels.", 1), Caption("table", "1", "Never mentioned.", 2)),
    footnotes=(Footnote(1, "Steam was planned."),),
    pages=5,
)

PDF = StoredPdf("0" * 64, 1000, 5, "2026-01-01T00:00:00Z")
