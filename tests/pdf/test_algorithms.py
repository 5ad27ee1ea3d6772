"""Algorithms: their captions end where the steps begin, and the steps keep their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath import pdf
from paperpath.pdf import algorithms, captions
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Edges, Line, Manuscript, Page, Role
from tests.pdf import goldens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROSE = "The running text goes on from edge to edge of its column, as it does in each of the papers."
"""As wide as the column when a letter is 5 points wide."""


def line(base: float, text: str, x0: float = 72) -> Line:
    x1 = x0 + 5.0 * len(text)
    return Line(page=1, x0=x0, y0=base - 2, x1=x1, y1=base + 7, base=base, size=10, font="Roman", text=text)


def manuscript(*lines: Line) -> Manuscript:
    m = Manuscript([Page(1, 612, 792, list(lines))], Anchors(), lines=list(lines), body=10, font="Roman")
    m.edges[1, 0] = Edges(72, 72 + 5.0 * len(PROSE))
    captions.find(m)
    algorithms.read(m)
    return m


def test_the_algorithms_of_a_paper_read_as_before(paper: Callable[[str], Path]) -> None:
    found = goldens.contents_as_text(paper("algorithms"))
    assert found == (goldens.FOLDER / "algorithms.txt").read_text(encoding="utf-8")


def test_running_text_around_algorithms_stays(paper: Callable[[str], Path]) -> None:
    (section,) = pdf.parse(paper("algorithms")).sections
    assert len(section.text.split("\n\n")) == 3
    assert "kettle do" not in section.text
    assert "whether they are thirsty. A kettle" in section.text


@pytest.mark.parametrize(
    "step", ["Require: a kettle", "1: fill the kettle", "Input: water", "for each kettle do", "Initialize the kettle"]
)
def test_a_caption_ends_where_the_steps_begin(step: str) -> None:
    m = manuscript(
        line(700, PROSE),
        line(680, "Algorithm 1: Boiling"),
        line(668, step),
        line(656, "return the kettle"),
        line(620, PROSE),
    )
    (caption,) = m.captions
    assert caption.text == "Boiling"
    assert caption.content == f"{step}\nreturn the kettle"
    assert m.lines[-1].role is Role.TEXT


def test_a_caption_of_two_lines_may_go_on_with_for() -> None:
    first = PROSE.replace("The running text", "Algorithm 1: Kettles", 1)
    m = manuscript(
        line(680, first),
        line(668, "for those who are in a hurry."),
        line(656, "Require: a kettle"),
        line(644, "while it is cold do"),
        line(632, "heat it", 84),
        line(600, PROSE),
    )
    (caption,) = m.captions
    assert caption.text.endswith("for those who are in a hurry.")
    assert caption.content == "Require: a kettle\nwhile it is cold do\n  heat it"


@pytest.mark.parametrize("word", ["For all of it,", "If it is cold,", "Let it be so:", "The running text"])
def test_running_text_that_begins_like_a_step_is_none(word: str) -> None:
    prose = PROSE.replace("The running text", word)
    prose += "x" * (len(PROSE) - len(prose))
    m = manuscript(
        line(720, "Algorithm 1: Boiling"),
        line(708, "while it is cold do"),
        line(696, "heat it", 84),
        line(670, prose),
        line(658, PROSE),
    )
    assert m.captions[0].content == "while it is cold do\n  heat it"
    assert [found.role for found in m.lines[-2:]] == [Role.TEXT] * 2


def test_running_text_below_the_words_algorithm_1_is_none() -> None:
    m = manuscript(line(680, "Algorithm 1. We boil."), line(660, PROSE), line(648, PROSE), line(636, PROSE))
    assert [caption.content for caption in m.captions] == [None]
    assert [found.role for found in m.lines[1:]] == [Role.TEXT] * 3


def test_numbers_stand_in_a_column_of_their_own() -> None:
    steps = [line(700 - 12 * i, f"{i}: step {i}", 72 if i > 9 else 77) for i in range(8, 12)]
    assert (algorithms.written(steps) or "").split("\n") == [" 8: step 8", " 9: step 9", "10: step 10", "11: step 11"]


def test_numbers_in_any_order_are_part_of_the_steps() -> None:
    assert algorithms.written([line(700, "3: three"), line(688, "1: one")]) == "3: three\n1: one"


def test_what_is_too_long_is_not_written() -> None:
    assert algorithms.written([line(700, "x" * 300)]) is None
    assert algorithms.written([]) is None
