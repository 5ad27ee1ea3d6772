"""Citations in the three styles."""

from __future__ import annotations

import pytest

from paperpath.model import Reference
from paperpath.pdf import citations


def refs(*labels: str) -> list[Reference]:
    return [Reference(label, f"[{label}] …", 1) for label in labels]


NUMBERED = refs(*map(str, range(1, 13)))
NAMED = [
    Reference(None, "Peters et al. 2018a.", 1, ("Matthew Peters", "Mark Neumann", "Mohit Iyyer"), "x", year=2018),
    Reference(None, "Peters et al. 2018b.", 1, ("Matthew Peters", "Mark Neumann", "Luke Zettlemoyer"), "y", year=2018),
    Reference(None, "Dai and Le. 2015.", 1, ("Andrew Dai", "Quoc Le"), "z", year=2015),
    Reference(None, "Taylor. 1953.", 1, ("Wilson Taylor",), "t", year=1953),
    Reference(
        None, "van der Maaten and Hinton. 2008.", 1, ("Laurens van der Maaten", "Geoffrey Hinton"), "v", year=2008
    ),
    Reference(None, "Kalchbrenner and Blunsom. 2013.", 1, ("Nal Kalchbrenner", "Phil Blunsom"), "k", year=2013),
    Reference(None, "Ioffe and Szegedy. 2015.", 1, ("Sergey Ioffe", "Christian Szegedy"), "i", year=2015),
    Reference(None, "Szegedy. 2015.", 1, ("Christian Szegedy",), "s", year=2015),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as in [3].", [("[3]", (2,))]),
        ("see [1, 5–7] and [2; 4]", [("[1, 5–7]", (0, 4, 5, 6)), ("[2; 4]", (1, 3))]),
        ("see [2, Section 4]", [("[2, Section 4]", (1,))]),
        ("x ∈ [1, 2] and in the range [3, 4]", []),
        ("an unknown [13] and zero [0, 1]", []),
    ],
)
def test_numbers(text: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(f.text, f.references) for f in citations._style(NUMBERED)(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as was shown.³ Then", [("³", (2,))]),
        ("methods¹,⁵–⁷ and 10² of them", [("¹,⁵–⁷", (0, 4, 5, 6))]),
        ("unknown⁵⁰", []),
    ],
)
def test_numbers_that_stand_high(text: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(f.text, f.references) for f in citations._Raised(NUMBERED)(text)] == found


def test_alphabetic() -> None:
    search = citations._style(refs("AAB+15", "Knu84", "FZ02"))
    assert [(f.text, f.references) for f in search("by [AAB+15, Knu84] and [x, y] and [FZ02]")] == [
        ("[AAB+15, Knu84]", (0, 1)),
        ("[FZ02]", (2,)),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ELMo (Peters et al., 2018a) and", [(0,)]),
        ("shown by Peters et al. (2018b).", [(1,)]),
        ("(Dai and Le, 2015; Taylor, 1953)", [(2,), (3,)]),
        ("van der Maaten and Hinton (2008) show", [(4,)]),
        ("(Peters et al., 2017)", []),
        ("as Kalchbrenner and Blunsom (2013) did", [(5,)]),  # an s inside a name
        ("(Ioffe & Szegedy, 2015; Szegedy, 2015)", [(6,), (7,)]),  # the second author has an entry of that year
        ("Taylor was born long before the war of 1953", []),
    ],
)
def test_author_and_year(text: str, found: list[tuple[int, ...]]) -> None:
    assert [f.references for f in citations._style(NAMED)(text)] == found
