from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.pdf import sections
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Edges, Line, Manuscript, Page

if TYPE_CHECKING:
    from paperpath.model import Section

LEFT, RIGHT = 100.0, 500.0


def line(text: str, base: float, x0: float = LEFT, x1: float = RIGHT, font: str = "Roman") -> Line:
    return Line(page=1, x0=x0, y0=base - 2, x1=x1, y1=base + 7, base=base, size=10, font=font, text=text)


def assembled(*lines: Line) -> Section:
    m = Manuscript([Page(1, 612, 792, [])], Anchors(), lines=list(lines), edges={(1, 0): Edges(LEFT, RIGHT)})
    sections.assemble(m)
    return m.sections[0]


def parts(*lines: Line) -> list[tuple[str | None, str]]:
    return [(part.kind, part.text) for part in assembled(*lines).paragraphs()]


PROSE = (
    line("The hidden state depends on the one before it and on the letter that is read, as", 700),
    line("in every network of its kind:", 688, x1=230),
)


def test_a_formula_has_its_number_at_the_end() -> None:
    assert parts(
        *PROSE,
        line("h = tanh(W x + U h)", 660, 220, 340, "CMMI10"),
        line("(4)", 660, 488, RIGHT),
        line("where W and U are learnt.", 632, x1=230),
    ) == [
        ("text", f"{PROSE[0].text} {PROSE[1].text}"),
        ("equation", "h = tanh(W x + U h)    (4)"),
        ("text", "where W and U are learnt."),
    ]


def test_a_number_is_one_beside_a_figure_too() -> None:
    assert parts(*PROSE, line("s = f(s, y, c),", 660, 160, 260, "CMMI10"), line("(5)", 660, 364, 375))[1:] == [
        ("equation", "s = f(s, y, c),    (5)")
    ]


def test_formulas_with_numbers_stand_apart() -> None:
    first = line("a = b (1)", 660, 220, RIGHT, "CMMI10")
    second = line("c = d (2)", 646, 220, RIGHT, "CMMI10")
    assert parts(*PROSE, first, second)[1:] == [("equation", "a = b    (1)"), ("equation", "c = d    (2)")]


def test_the_rows_of_a_formula_stand_below_one_another() -> None:
    assert parts(
        *PROSE,
        line("PE_{(p,2i)} = sin(p/r^i )", 660, 220, 340, "CMMI10"),
        line("PE_{(p,2i+1)} = cos( p/r^i)", 646, 220, 340, "CMMI10"),
        line("n + 1", 632, 260, 290, "CMMI10"),
    )[1:] == [("equation", "PE_{(p,2i)} = sin(p/r^i)\nPE_{(p,2i+1)} = cos(p/r^i) n + 1")]


def test_a_citation_that_ends_a_paragraph_is_no_formula() -> None:
    assert parts(*PROSE, line("[12, 13].", 676, 120, 160))[-1][0] == "text"


def test_items_of_a_list_are_paragraphs_of_their_own() -> None:
    assert parts(
        *PROSE,
        line("• replace the word, and", 660, 110, 240),
        line("• leave it as it is", 648, 110, 220),
    )[1:] == [("item", "• replace the word, and"), ("item", "• leave it as it is")]


def test_each_paragraph_knows_its_page() -> None:
    assert assembled(*PROSE).pages == (1,)


def test_a_relation_between_named_functions_is_a_formula_only_in_the_middle_of_the_column() -> None:
    formula = "MultiHead(Q, K) = Concat(head_1, ..., head_h)W^O (Q)"
    assert parts(*PROSE, line(formula, 660, 200, 402, "Roman"))[1:] == [("equation", formula)]
    assert parts(*PROSE, line(formula, 660, 115, RIGHT, "Roman"))[1:] == [("text", formula)]
