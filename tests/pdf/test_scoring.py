"""The measure itself: a wrong parser must score badly."""

from __future__ import annotations

from paperpath.model import Caption, ParsedAuthor, ParsedPaper, Reference, Section
from tests.pdf.scoring import Score, measure, total

TRUTH = {
    "refs": ["[1] A. Potter. On kettles.", "[2] B. Wheel. On wheels."],
    "headings": ["1 Introduction", "2 Method"],
    "captions": [["fig", "1"], ["tab", "2"]],
    "title": "Watched Kettles",
    "authors": ["Ada Potter"],
}


def test_everything_found() -> None:
    parsed = ParsedPaper(
        title="Watched kettles",
        authors=(ParsedAuthor("A. Potter"),),
        sections=(
            Section("1", "Introduction", 1, 1, ""),
            Section("2", "Method", 1, 1, ""),
            Section(None, "References", 1, 1, ""),
        ),
        references=(
            Reference("1", "[1] A. Potter. On kettles. 1998.", 1),
            Reference("2", "[2] B. Wheel. On wheels.", 1),
        ),
        captions=(Caption("figure", "1", "", 1), Caption("table", "II", "", 1)),
    )
    assert {name: score.f1 for name, score in measure(TRUTH, parsed).items()} == dict.fromkeys(
        ("references", "headings", "captions", "title", "authors"), 1.0
    )


def test_nothing_found_and_too_much_found() -> None:
    assert all(score.f1 == 0 for score in measure(TRUTH, ParsedPaper()).values())
    wrong = ParsedPaper(sections=(Section(None, "Table of rows", 1, 1, ""), Section("1", "Introduction", 1, 1, "")))
    assert measure(TRUTH, wrong)["headings"] == Score(hits=1, extra=1, missed=1)
    assert total([{"x": Score(1, 1, 0)}, {"x": Score(1, 0, 1)}]) == {"x": Score(2, 1, 1)}
