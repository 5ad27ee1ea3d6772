from __future__ import annotations

from dataclasses import replace

import pytest

from paperpath.model import Caption, ParsedPaper, Position, Record
from paperpath.tui.document import Place, is_equation, of_abstract, of_parsed, sentences
from paperpath.tui.reading import own_words
from tests.tui import samples

RECORD = Record(samples.PAPERS[0])
DOCUMENT = of_parsed(RECORD, samples.PARSED)


def blocks_of(kind: str) -> list[str]:
    return [block.text for block in DOCUMENT.blocks if block.kind == kind]


def test_the_outline_has_every_section_and_what_follows() -> None:
    titles = [DOCUMENT.blocks[at].text for at in DOCUMENT.outline]
    assert titles == [
        "Abstract", "1  Introduction", "2  The mill", "2.1  Wheels", "3  Conclusion", "Footnotes", "References",
    ]  # fmt: skip


def test_a_caption_stands_after_the_paragraph_that_mentions_it_first() -> None:
    kinds = [block.kind for block in DOCUMENT.blocks]
    at = next(i for i, block in enumerate(DOCUMENT.blocks) if block.text.startswith("Figure 1: The mill"))
    assert DOCUMENT.blocks[at - 1].text.startswith("Figure 1 shows")
    assert kinds[at] == "caption"
    assert "Table 1: Never mentioned." in blocks_of("caption")


def test_a_table_stands_below_its_caption_line_by_line() -> None:
    table = Caption("table", "1", "Wheels.", 2, content="Wheel  Turns\nfirst   \x1b 40")
    document = of_parsed(RECORD, replace(samples.PARSED, captions=(table,)))
    at = next(i for i, block in enumerate(document.blocks) if block.kind == "table")
    assert document.blocks[at - 1].text == "Table 1: Wheels."
    assert document.blocks[at].text == "Wheel  Turns\nfirst   ␛ 40"
    assert [hit.block for hit in document.find("turns first")] == [at]


def test_equations_and_references_are_told_apart_from_text() -> None:
    assert blocks_of("equation") == ["x = a + b * c (1)"]
    assert len(blocks_of("reference")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attention(Q, K, V) = softmax(QKᵀ/√dk)V (1)", True),
        ("p(x) = ∑ p(x|z) p(z)", True),
        ("We set the rate to 0.1 and see that accuracy = 3, which is what we hoped for.", False),
        ("This holds for all (2)", False),
        ("", False),
    ],
)
def test_what_is_an_equation(text: str, expected: bool) -> None:
    assert is_equation(text) is expected


def test_every_place_survives_being_kept_as_a_position() -> None:
    for index, block in enumerate(DOCUMENT.blocks):
        if block.kind in ("text", "equation", "reference", "footnote"):
            for offset in (0, len(block.text) // 2):
                found = DOCUMENT.place(DOCUMENT.position(Place(index, offset)))
                assert found == Place(index, offset) or (offset == 0 and found.block in (index, index - 1))


def test_a_position_in_a_section_that_is_gone_falls_back_to_the_fraction() -> None:
    place = DOCUMENT.place(Position(99, 5, 0.5))
    assert DOCUMENT.fraction(place) == pytest.approx(0.5, abs=0.1)


def test_fraction_and_minutes_run_from_begin_to_end() -> None:
    end = Place(len(DOCUMENT.blocks) - 1, 0)
    assert DOCUMENT.fraction(Place(0, 0)) == 0.0
    assert DOCUMENT.fraction(end) == 1.0
    assert DOCUMENT.minutes_left(0.0) >= DOCUMENT.minutes_left(0.5) >= DOCUMENT.minutes_left(1.0) == 0


def test_find_ignores_case_and_spacing() -> None:
    hits = DOCUMENT.find("the  ENGINE weaves")
    assert [DOCUMENT.blocks[hit.block].text[hit.start : hit.end] for hit in hits] == ["The engine weaves"] * 2
    assert DOCUMENT.find("   ") == []


def test_a_paper_without_text_says_what_to_do_and_why_it_matters() -> None:
    document = of_abstract(RECORD, "Press f.", samples.LIST.entries[0])
    texts = [block.text for block in document.blocks]
    assert "Press f." in texts
    assert "The first programme [/x] ever." in texts
    assert "Programming, looping." in texts
    assert not document.parsed


def test_a_scan_shows_its_warning() -> None:
    document = of_parsed(RECORD, ParsedPaper(warnings=("2 of 2 pages hold no text.",), pages=2))
    assert document.blocks[-1].text == "2 of 2 pages hold no text."


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "See Fig. 3 of Smith et al. (2019) for it. Then go on, e.g. with J. Doe. Done."
    assert [text[a:b] for a, b in sentences(text)] == [
        "See Fig. 3 of Smith et al. (2019) for it.",
        "Then go on, e.g. with J. Doe.",
        "Done.",
    ]


def test_a_place_in_a_caption_is_found_again() -> None:
    caption = next(i for i, block in enumerate(DOCUMENT.blocks) if block.kind == "caption")
    assert DOCUMENT.place(DOCUMENT.position(Place(caption, 4))) == Place(caption, 0)
    following = DOCUMENT.place(DOCUMENT.position(Place(caption + 2, 3)))
    assert following.block != caption


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["2.1"], ["2.1  Wheels"]),
        (["Section 2."], ["2  The mill"]),
        (["abstract", "the  MILL", "3 Conclusion"], ["Abstract", "2  The mill", "3  Conclusion"]),
        (["Figure 1", "table 1"], ["Figure 1: The mill and its wheels.", "Table 1: Never mentioned."]),
        (["1"], ["1  Introduction"]),
        (["4", "", "wheel", "Figure 2", "Figure"], []),
    ],
)
def test_what_a_guide_names_is_found(names: list[str], found: list[str]) -> None:
    assert [DOCUMENT.blocks[at].text for at in sorted(DOCUMENT.named(names))] == found


def test_figures_are_in_the_order_of_their_pages() -> None:
    late = replace(samples.PARSED.captions[0], label="7", page=samples.PARSED.captions[1].page + 1)
    document = of_parsed(RECORD, replace(samples.PARSED, captions=(late, *samples.PARSED.captions)))
    assert [document.caption_name(block) for block in document.figures] == ["Figure 1", "Table 1", "Figure 7"]


def test_the_heading_that_a_draft_leaves_is_no_note() -> None:
    assert own_words("# Title\n\n## My notes\n\n") == ""
    assert own_words("# Title\n\n## My notes\n\nAsk why.\n\n## Later\nMore.\n") == "Ask why.\n\n## Later\nMore."
