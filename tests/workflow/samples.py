"""Three papers that build on one another, PDFs of them that we made, and lines of metadata."""

from __future__ import annotations

import io
from typing import Any

from paperpath.model import Author, Caption, Paper, ParsedPaper, Reference, Section

LAMPS = Paper(
    "Lamps and How They Burn",
    (Author("Vega", "Ana"),),
    key="vega2001lamps",
    year=2001,
    doi="10.1234/lamps.2001",
    abstract="Lamps burn. We show how.",
)
LANTERNS = Paper(
    "Lanterns: Attention for Small Rooms",
    (Author("Vega", "Ana"), Author("Okafor", "Bo")),
    key="vega2101lanterns",
    year=2021,
    arxiv_id="2101.00001",
)
BULBS = Paper("Bulbs at Scale", (Author("Okafor", "Bo"),), key="okafor2022bulbs", year=2022, arxiv_id="2202.00002")
PARSED = ParsedPaper(
    title=LANTERNS.title,
    abstract="Rooms are dark. We propose lanterns.",
    sections=(
        Section("1", "Introduction", 1, 1, "Small rooms are dark.\n\nWicks made of cotton burn for long."),
        Section("2", "Method", 1, 2, "One match suffices."),
    ),
    captions=(Caption("figure", "1", "A lantern in a room.", 2),),
    references=(
        Reference("1", "[1] A. Vega. Lamps and how they burn. 2001.", 2, title="Lamps and how they burn", year=2001),
        Reference("2", "[2] A. Vega. Lanterns. 2021.", 2, title="Lanterns", year=2021),
    ),
    pages=2,
)


def pdf_bytes(
    title: str, authors: str, *, stamp: str | None = None, body: tuple[str, ...] = (), doi: str | None = None
) -> bytes:
    """A small paper of two pages, set by us."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), invariant=1)
    canvas.setTitle(title)

    def put(x: float, y: float, size: float, text: str, font: str = "Times-Roman") -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)

    put(120, 700, 18, title, "Times-Bold")
    put(180, 670, 11, authors)
    put(280, 630, 11, "Abstract", "Times-Bold")
    put(110, 612, 10, f"This paper is about {title.lower()} and it says a little about it, in two")
    put(110, 600, 10, "sentences that are long enough to be taken for an abstract. We propose a lantern.")
    put(72, 560, 13, "1   Introduction", "Times-Bold")
    y = 540.0
    for line in body or ("Small rooms are dark, and lamps are old. Wicks made of cotton burn for a long time, as",):
        put(72, y, 10, line)
        y -= 12
    if doi:
        put(72, 750, 8, f"Journal of Small Rooms 12 (2001). https://doi.org/{doi}")
    if stamp:
        canvas.saveState()
        canvas.translate(30, 250)
        canvas.rotate(90)
        put(0, 0, 20, stamp)
        canvas.restoreState()
    canvas.showPage()
    put(72, 700, 13, "2   Method", "Times-Bold")
    put(72, 680, 10, "One match suffices for a whole evening, which is the main result of all this work here.")
    put(72, 560, 13, "References", "Times-Bold")
    put(72, 540, 10, "[1] A. Vega. Lamps and how they burn. Journal of Small Rooms, 2001.")
    put(72, 526, 10, "[2] B. Okafor. Bulbs at scale. arXiv:2202.00002, 2022.")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def record(arxiv_id: str, title: str, authors: list[str], *, version: int = 1, **more: Any) -> dict[str, Any]:
    """A line of metadata as the stand-in wants it."""
    return {
        "id": arxiv_id,
        "version": version,
        "title": title,
        "authors": authors,
        "abstract": f"The abstract of {title}. We propose {title.split(':')[0].lower()}.",
        "categories": ["cs.LG"],
        "primary_category": "cs.LG",
        "published": "2021-01-02",
        "updated": "2021-02-03",
        "comment": None,
        "journal_ref": None,
        "doi": None,
        **more,
    }
