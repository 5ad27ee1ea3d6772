"""Names on the first page: told from places, over line ends, with marks that stand high."""

from __future__ import annotations

import pytest

from paperpath.pdf import authors
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Line, Manuscript, Page, Role
from paperpath.pdf.text import Words


def page(*rows: str | tuple[str, float]) -> Manuscript:
    """A front page: the title, then one row below the other, prose last."""
    texts = [row if isinstance(row, tuple) else (row, 150.0) for row in rows]
    lines = [
        Line(1, x, 700 - 14 * i, x + 5 * len(text), 710 - 14 * i, 700 - 14 * i, 10, "Roman", text)
        for i, (text, x) in enumerate(texts)
    ]
    manuscript = Manuscript([Page(1, 612, 792, lines)], Anchors(), lines=lines)
    manuscript.words = Words(["these are words of the paper that everybody may read, as position papers do"])
    manuscript.title_lines = (lines[0],)
    lines[0].role = Role.FRONT
    return manuscript


def names(*rows: str) -> list[str]:
    manuscript = page("A Title", *rows, "Abstract")
    authors.find(manuscript)
    return [author.name for author in manuscript.authors]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Ann Lee^a, Bob Ray^{a,∗}, Eva Noor^b", ["Ann Lee", "Bob Ray", "Eva Noor"]),
        ("Ann Lee¹ and Bob Ray²,³", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee∗+, Bob Ray$", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee, Stanford University; Bob Ray, Cornell University", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee, Google Inc.", ["Ann Lee"]),
        ("JEAN BOURGAIN, SJOERD DIRKSEN, AND JELANI NELSON", ["Jean Bourgain", "Sjoerd Dirksen", "Jelani Nelson"]),
        ("Leith (Casey) Leedom", ["Leith Leedom"]),
        ("Position Papers", []),
    ],
)
def test_one_row(row: str, expected: list[str]) -> None:
    assert names(row) == expected


def test_a_list_goes_on_in_the_next_row_even_inside_a_name() -> None:
    assert names("Ann Lee, Bob Ray, Eva Maria", "Noor, Tom Field", "University of Hamburg") == [
        "Ann Lee",
        "Bob Ray",
        "Eva Maria Noor",
        "Tom Field",
    ]


def test_two_whole_names_at_a_line_end_stay_two() -> None:
    assert names("Ann Lee, Bob Ray", "Eva Noor, Tom Field") == ["Ann Lee", "Bob Ray", "Eva Noor", "Tom Field"]


def test_affiliations_are_found_by_their_letters() -> None:
    manuscript = page(
        "A Title", "Ann Lee^a, Bob Ray^b", "^a University of Hamburg", "^b Cornell University", "Abstract"
    )
    authors.find(manuscript)
    assert [author.affiliation for author in manuscript.authors] == ["University of Hamburg", "Cornell University"]
