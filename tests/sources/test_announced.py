"""What arXiv announces: recorded feeds are read, half ones are not believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperpath.sources.announced import NothingThere, creators, read_oai, read_rss
from paperpath.sources.http import Again

RECORDED = Path(__file__).parents[1] / "data" / "recorded" / "arxiv"
RSS = (RECORDED / "rss-cs.CL.xml").read_bytes()
OAI = (RECORDED / "oai-raw-1706.03762.xml").read_bytes()


def test_the_day_of_a_category_is_read() -> None:
    page = read_rss(RSS)
    assert page.day == "2026-08-13"
    assert [one.kind for one in page.announced] == ["new", "cross", "replaced", "replaced"]
    first = page.announced[0]
    assert (first.paper.arxiv_id, first.paper.arxiv_version, first.day) == ("2608.11332", 1, "2026-08-13")
    assert first.paper.title == "Gloss-Free Representation Learning for Cross-Dataset Sign Spotting"
    assert (first.paper.categories, first.paper.primary_category) == (("cs.CL", "cs.CV"), "cs.CL")
    assert (first.paper.year, first.paper.month) == (2026, 8)
    assert first.paper.abstract is not None
    assert first.paper.abstract.startswith("Sign-language research for resource-constrained languages")
    assert first.creators[1:3] == ("Ezgi Ekin", "Mustafa Kaan \\c{C}evik")
    assert all((one.paper.arxiv_version or 0) > 1 for one in page.announced if one.kind == "replaced")


def test_a_day_without_announcements_is_believed() -> None:
    page = read_rss((RECORDED / "rss-physics-none.xml").read_bytes())
    assert (page.day, page.announced) == ("2025-12-31", ())


def test_a_record_with_its_versions_is_read() -> None:
    [one] = read_oai(OAI).announced
    paper = one.paper
    assert (paper.arxiv_id, paper.arxiv_version, one.kind, one.day) == ("1706.03762", 7, "replaced", "2023-08-03")
    assert (paper.published, paper.updated) == ("2017-06-12", "2023-08-02")
    assert paper.categories == ("cs.CL", "cs.LG")
    assert one.creators[0] == "Ashish Vaswani"
    assert len(one.creators) == 8
    [higgs] = read_oai((RECORDED / "oai-raw-1207.7214.xml").read_bytes()).announced
    assert higgs.creators == ("The ATLAS Collaboration",)


@pytest.mark.parametrize(("body", "read"), [(RSS, read_rss), (OAI, read_oai)])
@settings(max_examples=40)
@given(share=st.floats(0.0, 0.999))
def test_half_an_answer_is_not_believed(body: bytes, read: object, share: float) -> None:
    assert callable(read)
    with pytest.raises(Again):
        read(body.rstrip()[: int(len(body.rstrip()) * share)])


@settings(max_examples=60)
@given(st.binary(max_size=60), st.sampled_from([b"</rss>", b"</OAI-PMH>", b""]))
def test_anything_else_is_not_believed(noise: bytes, end: bytes) -> None:
    for read in (read_rss, read_oai):
        with pytest.raises(Again):
            read(noise + end)


def test_one_item_that_cannot_be_read_costs_the_others_nothing() -> None:
    broken = RSS.replace(b"2608.11332v1", b"nonsense")
    assert len(read_rss(broken.replace(b"abs/2608.11332", b"abs/nonsense")).announced) == 3
    strange = RSS.replace(b"<arxiv:announce_type>cross<", b"<arxiv:announce_type>who knows<")
    assert len(read_rss(strange).announced) == 3
    with pytest.raises(Again):
        read_rss(RSS.replace(b"<title>", b"<headline>").replace(b"</title>", b"</headline>"))


def test_entities_and_control_characters_do_no_harm() -> None:
    with pytest.raises(Again):
        read_rss(b'<!DOCTYPE x [<!ENTITY a "b">]>' + RSS)
    assert len(read_rss(RSS.replace(b"Abstract: Sign", b"Abstract: \x0b\x00Sign")).announced) == 4


def test_errors_of_oai_come_with_their_code() -> None:
    error = b'<error code="noRecordsMatch">The combination gives an empty list.</error>'
    start, end = OAI.index(b"<GetRecord>"), OAI.index(b"</GetRecord>") + len(b"</GetRecord>")
    with pytest.raises(NothingThere, match="noRecordsMatch The combination"):
        read_oai(OAI[:start] + error + OAI[end:])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Kessel", ("Ann Kessel",)),
        ("Ann Kessel, Bo Li and Cy Day", ("Ann Kessel", "Bo Li", "Cy Day")),
        ("Ann Kessel (1), Bo Li (1 and 2) ((1) Here, There, (2) Elsewhere)", ("Ann Kessel", "Bo Li")),
        ("Martin King, Jr., Bo Li", ("Martin King, Jr.", "Bo Li")),
        ("Alexandra Sandoval", ("Alexandra Sandoval",)),
        ("  ", ()),
    ],
)
def test_names_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert creators(text) == names
