from __future__ import annotations

from dataclasses import replace

from paperpath.model import Highlight, Record, Section
from paperpath.tui import anchors
from paperpath.tui.document import Document, Place, Range, of_parsed
from paperpath.tui.selecting import Choice
from tests.tui import samples

DOCUMENT = of_parsed(Record(samples.PAPERS[0]), samples.PARSED)


def text_of(document: Document, ranges: list[Range]) -> list[str]:
    return [document.blocks[r.block].text[r.start : r.end] for r in ranges]


def test_every_sentence_is_found_where_it_was_marked() -> None:
    choice = Choice.begin(DOCUMENT, Place(0, 0))
    seen = 0
    while choice is not None:
        assert anchors.locate(DOCUMENT, anchors.make(DOCUMENT, choice.ranges)) == choice.ranges
        following = choice.move(1)
        choice = following if following != choice else None
        seen += 1
    assert seen > 50


def test_equal_quotes_are_told_apart_by_what_surrounds_them() -> None:
    first, second = DOCUMENT.find("The engine weaves patterns")
    assert anchors.locate(DOCUMENT, anchors.make(DOCUMENT, [first])) == [first]
    assert anchors.locate(DOCUMENT, anchors.make(DOCUMENT, [second])) == [second]


def test_another_parse_with_other_hyphens_and_breaks_keeps_it() -> None:
    mark = Highlight("The store is larger\nthan the mill.", prefix="shows the mill. ", section="1  Introduction")
    sections = list(samples.PARSED.sections)
    moved = (
        sections[0]
        .text.replace("larger than", "lar-ger   than")
        .replace("Figure 1 shows", "As can be seen, Figure 1 shows")
    )
    sections[0] = Section("1", "Introduction", 1, 1, f"A new beginning.\n\n{moved}")
    document = of_parsed(Record(samples.PAPERS[0]), replace(samples.PARSED, sections=tuple(sections)))
    found = anchors.locate(document, mark)
    assert text_of(document, found) == ["The store is lar-ger   than the mill."]


def test_numbers_that_were_raised_since_are_the_same_numbers() -> None:
    sections = (replace(samples.PARSED.sections[0], text="It takes 10⁵ turns of the wheel w_i. Then it stops.²"),)
    document = of_parsed(Record(samples.PAPERS[0]), replace(samples.PARSED, sections=sections))
    mark = Highlight("It takes 105 turns of the wheel wi. Then it stops.2")
    assert text_of(document, anchors.locate(document, mark)) == ["It takes 10⁵ turns of the wheel w_i. Then it stops.²"]


def test_a_letter_with_another_form_at_the_end_of_a_word_is_the_same_letter() -> None:
    sections = (replace(samples.PARSED.sections[0], text="We add them up with ΣX as before."),)
    document = of_parsed(Record(samples.PAPERS[0]), replace(samples.PARSED, sections=sections))
    assert text_of(document, anchors.locate(document, Highlight("add them up with Σ"))) == ["add them up with Σ"]


def test_words_that_are_gone_are_lost_and_not_put_elsewhere() -> None:
    assert anchors.locate(DOCUMENT, Highlight("words that nobody wrote")) == []
    assert anchors.locate(DOCUMENT, Highlight("…")) == []


def test_a_highlight_over_two_paragraphs_has_a_range_in_each() -> None:
    choice = Choice.begin(DOCUMENT, Place(0, 0))
    assert choice is not None
    while len(choice.ranges) < 2:
        choice = choice.extend(1)
    mark = anchors.make(DOCUMENT, choice.ranges)
    assert "\n\n" in mark.quote
    assert anchors.locate(DOCUMENT, mark) == choice.ranges


def test_choosing_grows_and_shrinks_by_sentences_and_words() -> None:
    choice = Choice.begin(DOCUMENT, Place(DOCUMENT.outline[1], 0))
    assert choice is not None
    assert text_of(DOCUMENT, choice.ranges) == ["The engine weaves patterns."]
    assert choice.extend(1).extend(-1) == choice
    assert text_of(DOCUMENT, choice.word(-1).ranges) == ["The engine weaves"]
    assert text_of(DOCUMENT, choice.swap().word(1).ranges) == ["engine weaves patterns."]
    assert choice.move(1).move(-1) == choice
    assert choice.word(-1).word(-1).word(-1).word(-1).ranges, "never empty"
