"""The measure itself: a wrong parser must score badly."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from paperpath.model import Caption, ParsedAuthor, ParsedPaper, Reference, Section
from tests.pdf.scoring import Score, measure, total

LATEXML = """<article class="ltx_document">
<div class="ltx_abstract"><h6 class="ltx_title">Abstract</h6><p class="ltx_p">Kettles boil.</p></div>
<section class="ltx_section"><h2 class="ltx_title"><span class="ltx_tag">1 </span>Introduction</h2>
<p class="ltx_p">A kettle of <math><mi>size</mi></math> ten<span class="ltx_note"><sup>1</sup>steel</span> boils<br>
when <em class="ltx_emph">nobody</em> looks&#160;<cite>[<a class="ltx_ref">3</a>]</cite>.</p>
<table class="ltx_equation"><tr><td>boil = heat</td></tr></table>
<figure class="ltx_figure"><figcaption class="ltx_caption"><p class="ltx_p">A kettle.</p></figcaption></figure>
</section><section class="ltx_bibliography"><p class="ltx_p">On wheels.</p></section></article>"""
TEI = """<TEI><teiHeader><abstract><p>Kettles boil.</p></abstract></teiHeader><text><head>Introduction</head>
<p>A ket-<lb/>tle of 10<lb/> l boils, says <ref>Potter</ref><ref>and Wheel</ref>.</p><formula>boil = heat</formula>
<figure>Figure 1: A kettle.</figure></text></TEI>"""
TRUTH = {
    "refs": ["[1] A. Potter. On kettles.", "[2] B. Wheel. On wheels."],
    "headings": ["1 Introduction", "2 Method"],
    "captions": [["fig", "1"], ["tab", "2"]],
    "title": "Watched Kettles",
    "authors": ["Ada Potter"],
}


@pytest.fixture(scope="module")
def text() -> dict[str, Any]:
    """The benchmark of the running text."""
    return runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "text.py"))


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


def test_words_that_are_left_out_added_or_in_another_order(text: dict[str, Any]) -> None:
    truth = text["words"]("One flame heats two kettles in the kitchen of my aunt.")
    assert text["score"](truth, truth) == (1, 1, 1)
    lost = text["score"](truth, truth[:6])
    assert (lost.recall, lost.order) == (6 / 11, 1)
    assert lost.f1 == 12 / 17
    padded = text["score"](truth, [*truth, *["page"] * 11])
    assert (padded.recall, padded.order) == (1, 1)
    assert padded.f1 == 22 / 33
    halves = text["score"](truth, truth[5:] + truth[:5])
    assert (halves.f1, halves.order) == (1, 6 / 11)
    assert text["score"](truth, []) == (0, 0, 0)
    assert text["differences"](truth, truth[:2] + truth[4:] + ["far"]) == [("heats two", ""), ("", "far")]


def test_words_are_the_same_in_every_format(text: dict[str, Any]) -> None:
    printed = "Ket-\r\ntles with ﬁve lids [1, 3–5] were “watched”.⁴ Each weighs w_k = 10² kg"
    assert text["words"](printed) == text["words"]("kettles with five lids were 'watched'. Each weighs kg")


def test_truths_are_their_paragraphs(text: dict[str, Any], tmp_path: Path) -> None:
    page, tei = tmp_path / "page.html", tmp_path / "paper.tei.xml"
    page.write_text(LATEXML, encoding="utf-8")
    tei.write_text(TEI, encoding="utf-8")
    assert " ".join(text["words"](text["latexml"](page))) == "kettles boil kettle of ten boils when nobody looks"
    assert " ".join(text["words"](text["tei"](tei))) == "kettles boil kettle of boils says potter and wheel"
