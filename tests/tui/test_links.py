from __future__ import annotations

from dataclasses import replace

import pytest

from paperpath.model import Caption, Citation, ParsedPaper, Record, Reference, Section
from paperpath.tui.document import Place, of_parsed
from paperpath.tui.links import Links, find
from tests.tui import samples

RECORD = Record(samples.PAPERS[0])
REFERENCES = tuple(Reference(str(n), f"[{n}] A paper.", 9) for n in range(1, 9))


def linked(
    text: str, *citations: tuple[str, tuple[int, ...]], **more: object
) -> list[tuple[str, str | tuple[int, ...]]]:
    """What is followed in a text, and where it leads: numbers of references, or the beginning of a block."""
    paper = ParsedPaper(
        sections=(Section("1", "Text", 1, 1, text), Section("3.2", "Wheels", 2, 1, "x = y (1)\n\nEnd.")),
        references=REFERENCES,
        citations=tuple(Citation(1, words, targets) for words, targets in citations),
        captions=(Caption("figure", "2", "A mill.", 1), Caption("table", "IV", "Turns.", 1)),
    )
    paper = replace(paper, **more)  # type: ignore[arg-type]
    document = of_parsed(replace(RECORD, paper=replace(RECORD.paper, abstract=None)), paper)
    return [
        (
            document.blocks[link.range.block].text[link.range.start : link.range.end],
            link.targets if link.kind == "reference" else document.blocks[link.targets[0]].text[:8],
        )
        for link in find(document, paper).all
    ]


@pytest.mark.parametrize(
    ("text", "citation", "shown"),
    [
        ("as in [3–7], and", "[3–7]", "[3–7]"),
        ("as in [1,\n2] and", "[1, 2]", "[1, 2]"),
        ("attention (Bahdanau et al., 2014) is", "Bahdanau et al., 2014", "Bahdanau et al., 2014"),
        ("as [VSP+17] show", "[VSP+17]", "[VSP+17]"),
        ("as was shown.¹² Then", "¹²", "¹²"),
    ],
)
def test_citations_of_all_styles_are_found_whatever_their_spaces(text: str, citation: str, shown: str) -> None:
    assert linked(text, (citation, (2, 4))) == [(shown, (2, 4))]


def test_the_longest_citation_is_taken_and_no_exponent() -> None:
    citations = (("Ho et al. (2020", (1,)), ("Ho et al. (2020)", (1,)), ("Ho et al. (2020a)", (2,)), ("²", (3,)))
    found = linked("By Ho et al. (2020) and Ho et al. (2020a), not x = 2², [2] or word¹²³.", *citations)
    assert found == [("Ho et al. (2020)", (1,)), ("Ho et al. (2020a)", (2,))]


def test_a_citation_of_nothing_is_no_link() -> None:
    assert linked("as in [9]", ("[9]", (8, -1))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See Figure 2 for it.", [("Figure 2", "Figure 2")]),
        ("See Figs. 1 and 2(a), or fig. 2b.", [("2(a)", "Figure 2"), ("fig. 2b", "Figure 2")]),
        ("In (Table IV) and tables IV, V", [("Table IV", "Table IV"), ("tables IV", "Table IV")]),
        ("By Eq. (1) and equation 1, but not Eq. 2", [("Eq. (1)", "x = y (1"), ("equation 1", "x = y (1")]),
        ("As Section 3.2 says, and §3.2; see Section 3.", [("Section 3.2", "3.2  Whe"), ("§3.2", "3.2  Whe")]),
        ("Nine figures, 2 tables and a section on it.", []),
    ],
)
def test_what_a_text_names_leads_there(text: str, expected: list[tuple[str, str]]) -> None:
    assert linked(text) == expected


def test_a_caption_does_not_lead_to_itself() -> None:
    assert linked("It turns.", captions=(Caption("figure", "2", "As Figure 2 shows in Section 3.2.", 1),)) == [
        ("Section 3.2", "3.2  Whe")
    ]


def test_links_are_asked_for_by_place_and_by_reference() -> None:
    document = of_parsed(RECORD, samples.PARSED)
    links = find(document, samples.PARSED)
    both = next(link for link in links.all if link.targets == (0, 1))
    assert links.at(Place(both.range.block, both.range.start + 2)) is both
    assert links.at(Place(both.range.block, both.range.end)) is None
    assert [link.targets for link in links.mentions(0)] == [(0,), (0, 1)]
    assert links.all[links.index_from(Place(both.range.block, both.range.start))] is both
    assert Links().mentions(0) == ()
