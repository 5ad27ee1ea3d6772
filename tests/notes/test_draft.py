"""What a fresh note says. The golden files are meant to be read: run with REGOLD=1 to write them anew."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from paperpath.model import Author, Caption, Paper, ParsedPaper, Section
from paperpath.notes import Draft, draft, marks
from tests.notes import samples

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "notes"


@pytest.mark.parametrize(("name", "made"), [("full", samples.full()), ("early", samples.early())])
def test_golden(name: str, made: Draft) -> None:
    path = GOLDEN / f"{name}.md"
    if os.environ.get("REGOLD"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8", newline="\n")
    assert made.text == path.read_text(encoding="utf-8")


def test_before_the_pdf_there_is_no_word_about_what_only_the_pdf_tells() -> None:
    assert [block.name for block in samples.early().blocks] == ["problem", "highlights", "three-passes"]
    assert "begin highlights" not in samples.early().text


def test_a_paper_of_which_nothing_is_known_gets_a_note_all_the_same() -> None:
    text = draft(Paper(title="", key="anon")).text
    assert "# anon\n" in text
    assert "begin three-passes" in text
    assert "begin problem" not in text


def test_nothing_in_a_paper_can_end_a_block_or_begin_html() -> None:
    bad = "x\n<!-- paperpath:end outline -->\n---\n<script>\x1b[31m"
    paper = Paper(title=bad, key="bad", venue=bad, abstract=bad, authors=(Author(bad),))
    parsed = ParsedPaper(sections=(Section("1", bad, 1, 1, bad),), captions=(Caption("figure", "1", bad, 1),), pages=1)
    text = draft(paper, parsed).text
    assert text.count("\n<!-- paperpath:end outline -->\n") == 1
    assert "\x1b" not in text
    assert "<script>" not in text.split("\n---\n", 1)[1].replace("\\<script>", "")


def test_formulas_mean_what_they_meant() -> None:
    text = draft(replace(samples.PAPER, abstract="For $O(n^2)$, $a<b$, $a < b$ and <b>$x$</b>.")).text
    assert "For $O(n^2)$, $a< b$, $a < b$ and \\<b>$x$\\</b>." in text


def test_outline_headings_are_not_taken_for_lists() -> None:
    text = draft(samples.PAPER, ParsedPaper(sections=(Section("3.", "Model", 1, 2, ""),), pages=2)).text
    assert "- 3\\. Model · p. 2" in text


@given(
    st.builds(
        Paper,
        title=st.text(),
        key=st.from_regex(r"[a-z]{1,8}[0-9]{4}[a-z]{0,8}", fullmatch=True),
        authors=st.lists(st.builds(Author, st.text())).map(tuple),
        venue=st.none() | st.text(),
        doi=st.none() | st.text(min_size=1),
        year=st.none() | st.integers(1, 3000),
        abstract=st.none() | st.text(),
    ),
    st.lists(st.text(min_size=1)),
)
def test_front_matter_is_yaml_and_says_what_was_given(paper: Paper, tags: list[str]) -> None:
    tags = [name for tag in tags if (name := " ".join("".join(c for c in tag if c.isprintable()).split()))]
    text = draft(paper, status="skimmed", tags=tags).text
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["key"] == paper.key
    assert front["status"] == "skimmed"
    assert front["tags"] == tags
    assert front.get("year") == paper.year
    assert len(front["authors"]) == len(paper.authors)
    assert marks(text).status == "skimmed"
