"""A made-up paper with everything a note can show."""

from __future__ import annotations

from paperpath.model import Author, Caption, Highlight, Paper, ParsedPaper, Reference, Section
from paperpath.notes import Draft, OwnedReference, draft

PAPER = Paper(
    title="Lanterns: Attention for Small Rooms",
    authors=(Author("Vega", "Ana"), Author("Maaten", "Laurens", "van der"), Author("OpenLamp", literal=True)),
    key="vega2021lanterns",
    year=2021,
    venue="Journal of Small Rooms",
    doi="10.1234/lamps.2021",
    arxiv_id="2101.00001",
    abstract=(
        "Small rooms are dark. Existing lamps (e.g. candles) need $O(n^2)$ matches, as shown by Smith et al. Twice. "
        "We propose Lanterns, which need one match. On two houses, Lanterns are brighter."
    ),
)
PARSED = ParsedPaper(
    title=PAPER.title,
    abstract=PAPER.abstract,
    sections=(
        Section(
            "1",
            "Introduction",
            1,
            1,
            "Dark rooms are a nuisance.\n\nThe main contributions of this paper are:\n\n"
            "• A lamp that needs one match;\n\n• A proof that no lamp needs fewer, and\n\n• Two lit houses.\n\n"
            "The rest follows.",
        ),
        Section("2", "Method", 1, 2, "We light the match."),
        Section("2.1", "Wicks <!-- paperpath:end outline -->", 2, 2, "Cotton."),
        Section(None, "References", 1, 4, ""),
    ),
    references=(
        Reference("1", "[1] J. Smith. Candles. 2019.", 4, title="Candles"),
        Reference("2", "[2] Matches. 2020.", 4),
    ),
    captions=(
        Caption("figure", "1", "A lantern\nin a [small] room.", 2),
        Caption("table", "1", "Brightness. " + "Higher is better. " * 30, 3),
    ),
    pages=4,
)
OWNED = (OwnedReference("smith2019candles", "Candles [and] wax", "Smith & Wax", 2019, "1"),)
HIGHLIGHTS = (
    Highlight("Lanterns need one match.", page=2, section="Method", comment="Really?\nTry it."),
    Highlight("Two lit houses.", page=1, colour="green"),
)


def full() -> Draft:
    return draft(PAPER, PARSED, status="reading", tags=("light", "to-check"), owned=OWNED, highlights=HIGHLIGHTS)


def early() -> Draft:
    """The draft before there is a PDF."""
    return draft(PAPER)
