"""Sentences, the problem, and contributions in the forms in which papers write them."""

from __future__ import annotations

import pytest

from paperpath.model import ParsedPaper, Section
from paperpath.notes.gist import contributions, opening, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("As in Smith et al. The rest. End.", ["As in Smith et al. The rest.", "End."]),
        ("Nets, e.g. LSTMs, and Fig. 3 by J. Doe. Next.", ["Nets, e.g. LSTMs, and Fig. 3 by J. Doe.", "Next."]),
        ("A BLEU of 28.4. $x$ wins.", ["A BLEU of 28.4.", "$x$ wins."]),
        ("He said “no.” Then left.", ["He said “no.”", "Then left."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_opening_takes_whole_sentences_and_always_one() -> None:
    assert opening("Short one. Second one. Third one. Fourth one.") == "Short one. Second one. Third one."
    long = "Word " + "word " * 200 + "end."
    assert opening(f"{long} Next.") == long
    assert opening(f"First. {long}") == "First."


def listed(*paragraphs: str, title: str = "Introduction", abstract: str | None = None) -> list[tuple[str, int | None]]:
    parsed = ParsedPaper(sections=(Section("1", title, 1, 2, "\n\n".join(paragraphs)),))
    return [(claim.text, claim.page) for claim in contributions(abstract, parsed)]


def test_a_bulleted_list() -> None:
    assert listed(
        "Our main contributions are as follows:",
        "• A fast method;",
        "• A proof of it, and",
        "• A data set of cats",
        "Next.",
    ) == [("A fast method.", 2), ("A proof of it.", 2), ("A data set of cats.", 2)]


def test_a_numbered_list() -> None:
    found = listed("In summary, our contributions are:", "1. We do this thing.", "2) We do another one.")
    assert found == [("We do this thing.", 2), ("We do another one.", 2)]


def test_a_list_inside_the_sentence() -> None:
    found = listed(
        "Our key contributions are: (1) a very fast new method, (2) a proof that it is right;"
        " and (3) the code for all of it."
    )
    assert [text for text, _ in found] == [
        "a very fast new method.",
        "a proof that it is right.",
        "the code for all of it.",
    ]


def test_ordinals() -> None:
    found = listed("We make two contributions. First, we light the lamp. Second, we measure how bright it is.")
    assert [text for text, _ in found] == ["First, we light the lamp.", "Second, we measure how bright it is."]


def test_a_section_called_contributions() -> None:
    assert len(listed("- One good thing here.", "- Two good things here.", title="Contributions")) == 2


def test_claims_where_there_is_no_list_and_each_only_once() -> None:
    found = listed(
        "Lamps are old. In this work we propose the Lantern, a lamp based solely on light, without any matches."
        " Rooms are dark.",
        "Furthermore, we show that larger lanterns are not brighter than small ones in practice."
        " In Section 3 we describe how lanterns are made, from wick to handle.",
        abstract="Lamps are bad. We propose the Lantern, a new lamp based solely on light, without matches.",
    )
    assert found == [
        ("We propose the Lantern, a new lamp based solely on light, without matches.", None),
        ("Furthermore, we show that larger lanterns are not brighter than small ones in practice.", 2),
    ]


def test_nothing_is_made_up() -> None:
    assert listed("Lamps have been around for long. They are useful.", abstract="A survey of lamps.") == []
