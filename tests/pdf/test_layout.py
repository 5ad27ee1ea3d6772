from __future__ import annotations

import pytest

from paperpath.pdf import captions, layout
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Edges, Line, Manuscript, Page

HEAD = "9th International Particle Accelerator Conference"


def line(page: int, base: float, text: str, x1: float = 540) -> Line:
    return Line(page=page, x0=72, y0=base - 2, x1=x1, y1=base + 7, base=base, size=10, font="Roman", text=text)


def kept(*pages: list[Line]) -> list[str]:
    m = Manuscript([Page(i, 612, 792, lines) for i, lines in enumerate(pages, 1)], Anchors())
    layout.tidy(m)
    return [found.text for found in m.lines]


def body(page: int) -> list[Line]:
    words = ("alpha", "beta", "gamma") if page == 1 else ("delta", "epsilon", "zeta")
    return [line(page, 700 - 12 * i, f"The {word} of page {'one' if page == 1 else 'two'}.") for i, word in
            enumerate(words)]  # fmt: skip


def test_the_same_long_line_at_the_edge_of_two_pages_is_a_running_head() -> None:
    assert HEAD not in kept([line(1, 762, HEAD), *body(1)], [line(2, 762, HEAD), *body(2)])


def test_a_running_head_is_one_however_it_is_cut() -> None:
    cut = [line(2, 762, HEAD, 300), line(2, 762, "JACoW Publishing")]
    cut[1].x0 = 320
    found = kept([line(1, 762, f"{HEAD} JACoW Publishing"), *body(1)], [*cut, *body(2)])
    assert not [text for text in found if HEAD in text or "JACoW" in text]


def test_two_tables_with_one_head_keep_it() -> None:
    heads = [[line(i, 730, "Operation", 150), line(i, 730, "Read", 300), line(i, 730, "Append")] for i in (1, 2)]
    for head in heads:
        head[1].x0, head[2].x0 = 200, 350
    assert kept(*[[*head, *body(i)] for i, head in enumerate(heads, 1)]).count("Operation") == 2


def test_what_two_pages_share_inside_the_text_stays() -> None:
    pages = [[*body(i), line(i, 660, HEAD), line(i, 640, f"The end of page {i}.")] for i in (1, 2)]
    assert kept(*pages).count(HEAD) == 2


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Figure 3 Short-range tuner performance.", True),
        ("Figure 3 shows the tuner.", False),
        ("Figure 3 it is.", False),
    ],
)
def test_a_caption_without_a_colon_stands_alone(text: str, is_caption: bool) -> None:
    lines = [
        line(1, 700, "The tuner is slow, and so is the other one that was installed before it on the"),
        line(1, 688, "cavity.", 110),
        line(1, 660, text, 300),
        line(1, 630, "The running text goes on here and does so for the whole of the line, as it has to."),
    ]
    m = Manuscript([Page(1, 612, 792, lines)], Anchors(), lines=lines, body=10, font="Roman")
    m.edges[1, 0] = Edges(72, 540)
    captions.find(m)
    assert bool(m.captions) is is_caption


def captioned(*lines: Line) -> Manuscript:
    m = Manuscript([Page(1, 612, 792, list(lines))], Anchors(), lines=list(lines), body=10, font="Roman")
    m.edges[1, 0] = Edges(72, 540)
    captions.find(m)
    return m


@pytest.mark.parametrize(
    ("font", "first", "second", "whole"),
    [
        ("Roman", 9.0, 9.0, True),
        ("Roman", 10.0, 9.0, True),  # the label is as large as the text, what it labels is not
        ("Roman", 10.0, 6.0, True),
        ("Roman", 9.0, 8.5, False),
        ("", 8.0, 8.5, True),  # a font drawn letter by letter
        ("Roman", 9.0, 10.0, False),
    ],
)
def test_a_caption_goes_on_in_its_own_letters(font: str, first: float, second: float, whole: bool) -> None:
    rows = [
        line(1, 640, "Figure 3: The lid of a kettle, seen from above by a fly that is in no hurry, and the steam"),
        line(1, 629, "that it lets out while nobody watches, which is most of the time, and then some of it is"),
        line(1, 618, "on the window.", 140),
        line(1, 580, "The running text goes on here and does so for the whole of the line, as it has to."),
    ]
    for row, size in zip(rows, (first, second, second, 10.0), strict=True):
        row.size, row.font = size, font
    (caption,) = captioned(*rows).captions
    assert caption.text.endswith("on the window.") is whole
