"""Digests of new papers, as they are promised: files that a reviewer can read."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperpath.formats.digest import DIGESTS, Entry, is_digest
from paperpath.model import Author, Paper

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "formats"
AT = "2026-08-13T09:00:00Z"
ENTRIES = [
    Entry(
        Paper(
            "Kettles & <lanterns> of *great* [age]",
            (Author("Törnberg", "Petter"), Author("Li", "Bo", suffix="Jr.")),
            arxiv_id="2608.00001",
            arxiv_version=1,
            primary_category="cs.CL",
            categories=("cs.CL", "cs.LG"),
            abstract="We look at kettles with $x_1 < x_2$ \x1b[2J and more.",
        ),
        "2026-08-13",
        "like “Old kettles”, which you read: kettle, steam",
    ),
    Entry(Paper("Bare", arxiv_id="hep-th/9901001"), "2026-08-12"),
    Entry(
        Paper("Lanterns again", arxiv_id="1801.00002", arxiv_version=3), "2026-08-13", update_of="kessel2018lanterns"
    ),
]


@pytest.mark.parametrize("form", DIGESTS)
def test_a_digest_is_what_the_golden_file_says(form: str) -> None:
    text = DIGESTS[form](ENTRIES, AT)
    assert text == (GOLDEN / f"digest.{form}").read_text(encoding="utf-8")
    assert is_digest(text[:600])


def test_other_files_are_no_digests() -> None:
    assert not is_digest("# New papers, 2026-08-13\n")
    assert not is_digest("")


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=30))
def test_any_text_makes_a_feed_that_can_be_read(title: str, abstract: str, name: str) -> None:
    entry = Entry(
        Paper(title, (Author(name),), arxiv_id="2608.00001", abstract=abstract, categories=(name,)), "2026-08-13"
    )
    feed = ET.fromstring(DIGESTS["atom"]([entry], AT))
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    assert DIGESTS["md"]([entry], AT).count("\n## ") == 1
