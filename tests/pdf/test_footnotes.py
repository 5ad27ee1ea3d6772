from __future__ import annotations

from paperpath.pdf import footnotes
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Line, Manuscript, Page, Role


def line(page: int, column: int, base: float, text: str, size: float = 8) -> Line:
    x0 = 72.0 if column == 1 else 310.0
    return Line(
        page=page, x0=x0, y0=base - 2, x1=x0 + 220, y1=base + 6, base=base, size=size, font="Roman", text=text,
        column=column,
    )  # fmt: skip


def found(*lines: Line) -> list[tuple[int, str]]:
    m = Manuscript([Page(i, 612, 792, []) for i in (1, 2, 3)], Anchors(), lines=list(lines), body=10)
    footnotes.find(m)
    return [(note.page, note.text) for note in m.footnotes]


TEXT = line(2, 1, 120, "The running text of the left column ends here.", 10)


def test_a_note_that_breaks_off_goes_on_in_the_next_column() -> None:
    assert found(
        TEXT,
        line(2, 1, 79, "⁴ We note that in the literature the bidirectional trans-"),
        line(2, 2, 120, "The right column has text too.", 10),
        line(2, 2, 99, "former is often called an encoder."),
        line(2, 2, 79, "⁵ The final model is better."),
    ) == [
        (2, "⁴ We note that in the literature the bidirectional transformer is often called an encoder."),
        (2, "⁵ The final model is better."),
    ]


def test_small_print_after_a_whole_note_is_none() -> None:
    whole = line(2, 1, 79, "⁴ We note that.")
    stray = line(2, 2, 79, "former is often called an encoder.")
    assert found(TEXT, whole, line(2, 2, 120, "Text.", 10), stray) == [(2, "⁴ We note that.")]
    assert stray.role is Role.TEXT


def test_marks_with_a_parenthesis() -> None:
    assert found(TEXT, line(2, 1, 90, "3) 개정 이유는"), line(2, 1, 79, "4) Siehe dort.")) == [
        (2, "3) 개정 이유는"),
        (2, "4) Siehe dort."),
    ]
