"""Names of journals in full and abbreviated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.journals import Journals, journals, read_pairs, renamed
from paperpath.model import Paper

LANTERNS = Journals([("Journal of Lantern & Wick Studies", "J. Lantern Wick Stud."), ("Warm Letters", "Warm Lett.")])


@pytest.mark.parametrize(
    "name",
    [
        "Journal of Lantern & Wick Studies", "JOURNAL OF LANTERN AND WICK STUDIES",
        r"{J}ournal of Lantern \& Wick Studies",
        "The Journal of Lantern & Wick Studies", "J. Lantern Wick Stud.", "J Lantern Wick Stud",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    assert LANTERNS.abbreviated(name) == "J. Lantern Wick Stud."


def test_an_abbreviation_is_expanded() -> None:
    assert LANTERNS.full("J Lantern Wick Stud") == "Journal of Lantern & Wick Studies"
    assert LANTERNS.full("warm lett.") == "Warm Letters"


def test_nothing_is_guessed() -> None:
    assert LANTERNS.abbreviated("Journal of Kettle Studies") is None
    assert LANTERNS.full("J. Kettle Stud.") is None
    assert LANTERNS.full("Warm Letters") is None
    assert LANTERNS.abbreviated("") is None
    twice = Journals([("Warm Letters", "W. L."), ("Wick Letters", "W. L.")])
    assert (twice.abbreviated("Wick Letters"), twice.full("W. L.")) == ("W. L.", None)
    assert twice.abbreviated("W. L.") is None


def test_the_first_list_counts() -> None:
    both = journals("Warm Letters;W. Lett.", "Warm Letters = Wm. Lett.\nJournal of the ACM,Journ. ACM")
    assert both.abbreviated("Warm Letters") == "W. Lett."
    assert both.full("Wm. Lett.") == "Warm Letters"
    assert both.abbreviated("Journal of the ACM") == "Journ. ACM"
    assert both.full("J. ACM") == "Journal of the ACM"  # ours, behind them


def test_lists_are_read_in_every_form_that_is_about() -> None:
    text = (
        "\ufeff# a comment\n\n"
        '"Journal of Lanterns, Series B","J. Lanterns, B",""\n'
        "Letters, Warm;Warm Lett.;WL\n"
        '"Wicks; and Oil";"Wicks Oil"\n'
        "Kettles Today,Kettles\r\n"
        "Steam = St.\n"
        "alone\n,nothing\n"
    )
    assert list(read_pairs(text)) == [
        ("Journal of Lanterns, Series B", "J. Lanterns, B"),
        ("Letters, Warm", "Warm Lett."),
        ("Wicks; and Oil", "Wicks Oil"),
        ("Kettles Today", "Kettles"),
        ("Steam", "St."),
    ]


@given(st.text(st.sampled_from('aB ";,=\n#&\\{}') | st.characters(), max_size=60))
def test_any_text_is_a_list(text: str) -> None:
    known = Journals(read_pairs(text))
    for full, short in read_pairs(text):
        assert full
        assert short
        assert known.abbreviated(full)


def test_ours_go_both_ways() -> None:
    from paperpath.formats.journal_names import NAMES

    pairs = list(read_pairs(NAMES))
    assert len(pairs) == len(NAMES.strip().splitlines()) > 200
    assert pairs == sorted(pairs)
    known = journals()
    for full, short in pairs:
        assert known.abbreviated(full) == short
        assert known.full(short) in (full, None)
        assert "\\" not in full + short


def test_papers_are_renamed_where_the_name_is_known() -> None:
    papers = [
        Paper("A", entry_type="article", venue="Warm Letters"),
        Paper("B", entry_type="inproceedings", venue="Warm Letters"),
        Paper("C", entry_type="article", venue="Kettles Today"),
        Paper("D", entry_type="article", venue="Kettles Today", extra=(("shortjournal", "Kettles"),)),
        Paper("E"),
    ]
    short = renamed(papers, "abbreviated", LANTERNS)
    assert [paper.venue for paper in short] == ["Warm Lett.", "Warm Letters", "Kettles Today", "Kettles", None]
    assert [paper.venue for paper in renamed(short, "full", LANTERNS)][:1] == ["Warm Letters"]
